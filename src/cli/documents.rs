//! The documents that commands read from files or from stdin: problems and plans.

use crate::error::{Code, Error, Result};
use crate::say;
use cadre_solver::{Instance, Plan, Problem};
use std::path::Path;
use std::{fs, io};

/// Reads a problem (cadre-problem/1) and checks it.
pub(super) fn problem(file: &Path) -> Result<Instance> {
    Ok(Problem::parse(&text(file)?)?)
}

/// Reads a plan (cadre-plan/1) as `cadre solve` prints it, with explanations or without.
pub(super) fn plan(file: &Path) -> Result<Plan> {
    let text = text(file)?;
    let read = serde_json::from_str(&text).and_then(|mut document: serde_json::Value| {
        let inside = document.get_mut("plan").map(serde_json::Value::take);
        serde_json::from_value(inside.unwrap_or(document))
    });
    read.map_err(|cause| {
        let file = file.display();
        let told = say!(
            "{file} holds no plan; give the JSON that `cadre solve --format json` prints",
            "{file} không chứa phương án; hãy dùng JSON do `cadre solve --format json` in ra"
        );
        Error::new(Code::MalformedRequest, told).because(cause)
    })
}

/// Reads a file, or stdin for `-`.
pub(super) fn text(file: &Path) -> Result<String> {
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin())
    } else {
        fs::read_to_string(file)
    };
    text.map_err(|cause| {
        let file = file.display();
        Error::new(
            Code::MalformedRequest,
            say!("{file} can't be read", "không đọc được {file}"),
        )
        .because(cause)
    })
}
