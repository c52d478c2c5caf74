//! From the code's own comments to descriptions for readers of JSON.

use crate::problem::MAX_HARDSHIP;
use crate::{FORMAT, MAX_LEVEL, MAX_WEIGHT, PLAN_FORMAT};
use schemars::Schema;
use serde_json::Value;

/// Takes the links to other code out of a description.
pub(super) fn plain(schema: &mut Schema) {
    if let Some(Value::String(description)) = schema.get_mut("description") {
        *description = unlinked(description);
    }
}

/// The text with every «[`Name`]» and «[`Name`](place)» in plain words.
fn unlinked(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, link)) = rest.split_once("[`") {
        let Some((name, after)) = link.split_once("`]") else {
            break;
        };
        plain += before;
        plain += &word(name);
        rest = after;
        if let Some((_place, after)) = after.strip_prefix('(').and_then(|place| place.split_once(')')) {
            rest = after;
        }
    }
    (plain + rest).replace('\n', " ")
}

/// A constant as its value, anything else as the path of its key.
fn word(name: &str) -> String {
    match name {
        "FORMAT" => format!("`{FORMAT}`"),
        "PLAN_FORMAT" => format!("`{PLAN_FORMAT}`"),
        "MAX_LEVEL" => MAX_LEVEL.to_string(),
        "MAX_HARDSHIP" => MAX_HARDSHIP.to_string(),
        "MAX_WEIGHT" => MAX_WEIGHT.to_string(),
        "SOLVER_VERSION" => "version of the solver".to_owned(),
        "weighable_terms" => "those listed here".to_owned(),
        "problem_hash" => "hash".to_owned(),
        "Reason::WAIVABLE" => "those listed here".to_owned(),
        path => format!("`{}`", path.to_lowercase().replace("::", ".")),
    }
}

#[cfg(test)]
mod tests {
    use super::unlinked;

    #[test]
    fn links_become_words() {
        assert_eq!(
            unlinked("0 to [`MAX_LEVEL`], of\n[`Problem::base`](crate::Problem::base) (tier `fit`)."),
            "0 to 4, of `problem.base` (tier `fit`)."
        );
        assert_eq!(unlinked("no [`link"), "no [`link");
    }
}
