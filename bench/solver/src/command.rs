//! What the programs that time something are given: a problem, and perhaps a number.

use crate::Fault;
use cadre_solver::{Instance, Problem};
use std::str::FromStr;

/// Reads the problem named first on the command line, and the number after it if there is one.
///
/// # Errors
/// Other words than these, which the usage tells; a problem that can't be read; no number.
pub fn problem<N>(usage: &str) -> Result<(Instance, Option<N>), Fault>
where
    N: FromStr,
    N::Err: std::error::Error + 'static,
{
    let words: Vec<_> = std::env::args().skip(1).collect();
    let (path, number) = match words.as_slice() {
        [path] => (path, None),
        [path, number] => (path, Some(number.parse()?)),
        _ => return Err(format!("usage: {usage}").into()),
    };
    let instance = Problem::parse(&std::fs::read_to_string(path)?).map_err(|invalid| invalid.to_string())?;
    Ok((instance, number))
}
