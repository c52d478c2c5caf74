//! Prints an invented problem: `generate CASE [SEED] [--terms]`, for instance `generate M 1`.

use cadre_bench::{Fault, cases};
use std::io::{BufWriter, stdout};

fn main() -> Result<(), Fault> {
    let (flags, words): (Vec<_>, Vec<_>) = std::env::args().skip(1).partition(|word| word == "--terms");
    let [name, rest @ ..] = words.as_slice() else {
        return Err("usage: generate CASE [SEED] [--terms]".into());
    };
    let seed = rest.first().map_or(Ok(1), |seed| seed.parse())?;
    let problem = cases::invent(name, seed, !flags.is_empty())?;
    Ok(serde_json::to_writer(BufWriter::new(stdout().lock()), &problem)?)
}
