//! The program `cadre`: arguments in, one command, an exit code out.

use std::process::ExitCode;

fn main() -> ExitCode {
    cadre::cli::main(std::env::args_os())
}
