//! A stand-in for the solver, for tests: the real one can't be told to misbehave.

use super::solver_process::SolverProgram;
use std::path::Path;
use std::process::Command;

/// A script in this folder, in the solver's place.
pub(super) fn stand_in(folder: &Path, script: &str) -> SolverProgram {
    let path = folder.join("solver");
    // Written by a process of its own: while this one has a file open for writing, a fork on another thread could hold
    // it open, and then it can't be run.
    let written = Command::new("sh")
        .args([
            "-c",
            "printf '#!/bin/sh\n%s\n' \"$1\" >\"$2\" && chmod 755 \"$2\"",
            "sh",
            script,
        ])
        .arg(&path)
        .status();
    assert!(written.unwrap().success());
    SolverProgram {
        path,
        memory_limit_mib: 512,
    }
}
