//! What the demo prints.
use crate::demo::Ending;
use crate::error::Result;

pub(super) fn text(ending: &Ending) -> Result<String> {
    Ok(format!("{:#}\n", ending.plan))
}

pub(super) fn invitation(base: &str, _ending: &Ending) -> String {
    format!("{base}\n")
}
