//! Waivers: whom and what they are for, and whether the reason may be set aside at all.

use super::names::Names;
use crate::eligibility::Reason;
use crate::faults::Faults;
use crate::invalid::ErrorCode;
use crate::problem::Problem;
use std::collections::BTreeMap;

/// The reasons set aside, by person and need.
pub(super) fn check(
    problem: &Problem,
    names: &Names<'_>,
    faults: &mut Faults,
) -> BTreeMap<(u32, u32), Vec<Reason>> {
    let mut waivers: BTreeMap<(u32, u32), Vec<Reason>> = BTreeMap::new();
    for (at, row) in problem.waivers.iter().enumerate() {
        let here = format!("/waivers/{at}");
        if !Reason::WAIVABLE.contains(&row.reason) {
            let words: Vec<_> = Reason::WAIVABLE.iter().map(ToString::to_string).collect();
            faults.add(
                ErrorCode::WaiverReason,
                format!("{here}/reason"),
                format!(
                    "`{}` can't be set aside, only {} can: remove the waiver",
                    row.reason,
                    words.join(", ")
                ),
            );
        }
        let person = (names.people).find(row.person.as_str(), format!("{here}/person"), faults);
        let need = (names.needs).find(row.need.as_str(), format!("{here}/need"), faults);
        if let Some(pair) = person.zip(need) {
            let reasons = waivers.entry(pair).or_default();
            if reasons.contains(&row.reason) {
                let message = format!(
                    "`{}` is set aside twice for `{}` and `{}`: keep one of the two",
                    row.reason, row.person, row.need
                );
                faults.add(ErrorCode::Duplicate, here, message);
            }
            reasons.push(row.reason);
        }
    }
    waivers
}
