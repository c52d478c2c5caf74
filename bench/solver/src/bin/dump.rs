//! Writes a problem's base model for the peers: `dump PROBLEM [FOLDER]`. Prints the number of pairs;
//! without a folder that is all.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::base_model::BaseModel;
use cadre_bench::{Fault, dump};
use cadre_solver::Problem;
use std::path::Path;

fn main() -> Result<(), Fault> {
    let words: Vec<_> = std::env::args().skip(1).collect();
    let [problem, folder @ ..] = words.as_slice() else {
        return Err("usage: dump PROBLEM [FOLDER]".into());
    };
    let instance =
        Problem::parse(&std::fs::read_to_string(problem)?).map_err(|invalid| invalid.to_string())?;
    let mut pairs: u64 = 0;
    match folder.first() {
        Some(folder) => pairs = dump::write(&instance, Path::new(folder))?,
        None => BaseModel::new(&instance).each_arc(|_, _, _| pairs += 1),
    }
    println!("{pairs}");
    Ok(())
}
