//! The documents that commands read from files or from stdin: problems and plans.

use crate::error::{Code, Error, Fault, Result, Text};
use crate::say;
use cadre_solver::{Instance, Plan, Problem};
use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::Value;
use serde_json::value::RawValue;
use std::path::Path;
use std::{fs, io};

/// Reads a problem (cadre-problem/1) and checks it. `cadre replan --format json` prints one beside its plan.
pub(super) fn problem(file: &Path) -> Result<Instance> {
    let text = text(file)?;
    let Ok(Replanned { problem, .. }) = serde_json::from_str(&text) else {
        return Ok(Problem::parse(&text)?);
    };
    Ok(Problem::parse(problem.get()).map_err(|mut invalid| {
        for error in &mut invalid.errors {
            error.pointer.insert_str(0, "/problem");
            error
                .also
                .iter_mut()
                .for_each(|also| also.insert_str(0, "/problem"));
        }
        invalid
    })?)
}

/// What of a document that holds a problem and its plan is read for the problem.
#[derive(Deserialize)]
struct Replanned<'t> {
    #[serde(borrow)]
    problem: &'t RawValue,
    #[serde(rename = "plan")]
    _plan: IgnoredAny,
}

/// Reads a plan (cadre-plan/1) as `cadre solve` prints it, with explanations and measures or without, or `cadre replan`.
pub(super) fn plan(file: &Path) -> Result<Plan> {
    let text = text(file)?;
    let read = serde_json::from_str(&text).and_then(|mut document: Value| {
        let inside = document.get_mut("plan").map(Value::take);
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

/// Has the checker look at a plan that says it answers this problem. Whether it does.
pub(super) fn checked(instance: &Instance, plan: &Plan, file: &Path) -> Result<bool> {
    let answers = plan.problem_hash == cadre_solver::problem_hash(instance.problem());
    if answers {
        check(instance, plan, file)?;
    }
    Ok(answers)
}

/// Has the checker look at a plan.
pub(super) fn check(instance: &Instance, plan: &Plan, file: &Path) -> Result<()> {
    let Err(findings) = cadre_solver::check(instance, plan) else {
        return Ok(());
    };
    let file = file.display();
    let told = say!(
        "the checker does not agree with the plan in {file}; solve the problem again",
        "bộ kiểm tra không đồng ý với phương án trong {file}; hãy giải lại bài toán"
    );
    let faults = findings.into_iter().map(|finding| {
        let told = Text {
            vi: format!("Bộ kiểm tra: {}", finding.message).into(),
            en: finding.message.into(),
        };
        Fault::new(finding.pointer, finding.finding.as_str(), told)
    });
    Err(Error::new(Code::ValidationFailed, told).at(faults.collect()))
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
