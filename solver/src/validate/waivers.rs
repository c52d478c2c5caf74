//! Waivers: whom and what they are for, and whether the reason may be set aside at all.

use super::names::Names;
use crate::eligibility::Reason;
use crate::faults::Faults;
use crate::invalid::ErrorCode;
use crate::message::both;
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
            let (reason, words) = (row.reason, words.join(", "));
            faults.add(
                ErrorCode::WaiverReason,
                format!("{here}/reason"),
                both!(
                    "`{reason}` can't be set aside, only {words} can: remove the waiver",
                    "không thể miễn `{reason}`, chỉ miễn được {words}: hãy bỏ mục này",
                ),
            );
        }
        let person = (names.people).find(row.person.as_str(), format!("{here}/person"), faults);
        let need = (names.needs).find(row.need.as_str(), format!("{here}/need"), faults);
        if let Some(pair) = person.zip(need) {
            let reasons = waivers.entry(pair).or_default();
            if reasons.contains(&row.reason) {
                let (reason, person, need) = (row.reason, &row.person, &row.need);
                let message = both!(
                    "`{reason}` is set aside twice for `{person}` and `{need}`: keep one of the two",
                    "`{reason}` được miễn hai lần cho `{person}` và `{need}`: hãy giữ một",
                );
                faults.add(ErrorCode::Duplicate, here, message);
            }
            reasons.push(row.reason);
        }
    }
    waivers
}
