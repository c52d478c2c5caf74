//! The plan that is revised. It was made on another day, so it is told in words of its own when
//! somebody or something in it is gone.

use crate::faults::Faults;
use crate::index;
use crate::invalid::ErrorCode;
use crate::message::both;
use crate::problem::Problem;
use std::collections::{BTreeMap, HashMap};

/// The assignments of the base plan, and whether each was announced.
pub(super) fn check(problem: &Problem, faults: &mut Faults) -> BTreeMap<(u32, u32), bool> {
    // the common case, a first plan, need not index anyone
    if problem.base.is_empty() {
        return BTreeMap::new();
    }
    let people: HashMap<&str, u32> = (problem.people.iter().enumerate())
        .map(|(at, row)| (row.id.as_str(), index(at)))
        .collect();
    let needs: HashMap<&str, u32> = (problem.needs.iter().enumerate())
        .map(|(at, row)| (row.id.as_str(), index(at)))
        .collect();
    let mut base = BTreeMap::new();
    let mut seen: HashMap<&str, usize> = HashMap::new();
    for (at, row) in problem.base.iter().enumerate() {
        let here = format!("/base/{at}");
        let (who, what) = (&row.person, &row.need);
        let (person, need) = (
            people.get(who.as_str()).copied(),
            needs.get(what.as_str()).copied(),
        );
        if person.is_none() {
            faults.add(
                ErrorCode::UnknownPerson,
                format!("{here}/person"),
                both!(
                    "the base plan sends `{who}`, who is not among the people: remove this line of the base plan, or \
                     add the person",
                    "phương án trước cử `{who}`, người không có trong danh sách: hãy bỏ dòng này của phương án trước, hoặc \
                     thêm người đó",
                ),
            );
        }
        if need.is_none() {
            faults.add(
                ErrorCode::UnknownNeed,
                format!("{here}/need"),
                both!(
                    "the base plan serves need `{what}`, which is not among the needs: remove this line of the base \
                     plan, or add the need",
                    "phương án trước có nhu cầu `{what}`, không có trong danh sách: hãy bỏ dòng này của phương án trước, \
                     hoặc thêm nhu cầu đó",
                ),
            );
        }
        if let Some(first) = seen.insert(row.person.as_str(), at) {
            faults.add_with(
                ErrorCode::Duplicate,
                format!("{here}/person"),
                vec![format!("/base/{first}/person")],
                both!(
                    "the base plan sends `{who}` twice, and a person serves once: keep the line that holds",
                    "phương án trước cử `{who}` hai lần, trong khi mỗi người chỉ đi một nơi: hãy giữ dòng đúng",
                ),
            );
        }
        base.extend(person.zip(need).map(|pair| (pair, row.announced)));
    }
    base
}
