//! `cadre completions`: prints a shell's completion script.

use super::{Exit, output};
use crate::error::Result;
use clap::{Args, CommandFactory};
use clap_complete::Shell;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// The shell to print it for
    shell: Shell,
}

pub(super) fn run<Arguments: CommandFactory>(options: &Options) -> Result<Exit> {
    let mut script = Vec::new();
    clap_complete::generate(options.shell, &mut Arguments::command(), "cadre", &mut script);
    output::data(&String::from_utf8_lossy(&script))?;
    Ok(Exit::Ok)
}
