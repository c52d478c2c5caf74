//! From the document to the instance: every reference resolved, every range checked, every fault
//! listed.

mod base;
mod names;
mod people;
mod pins;
mod policy;
mod requests;
mod teams;
mod waivers;

use crate::faults::Faults;
use crate::instance::Instance;
use crate::invalid::{ErrorCode, Invalid};
use crate::message::{Message, both};
use crate::problem::{FORMAT, Problem, Term};
use names::Names;
#[cfg(feature = "schema")]
pub(crate) use policy::MAX_MINUTES;
use std::collections::BTreeSet;

/// Most seats one need may ask for: above it a typing slip is likelier than a request.
pub(crate) const MAX_HEADCOUNT: u32 = 10_000;
/// Most seats of all needs together, so that every score fits an `i64` with room to spare.
pub(crate) const MAX_SEATS: u64 = 10_000_000;
/// Most past secondments of a person, and most hardship so far: a lifetime, and no score overflows.
pub(crate) const MAX_HISTORY: u32 = 10_000;

/// Checks a problem and compiles it.
pub(crate) fn compile(problem: Problem) -> Result<Instance, Invalid> {
    let mut faults = Faults::default();
    head(&problem, &mut faults);
    let names = Names::collect(&problem, &mut faults);
    let mut languages = names::Languages::default();
    let people = people::rows(&problem, &names, &mut languages, &mut faults);
    let holders = people::holders(&problem, &names, &mut faults);
    let departments = requests::departments(&problem, &names, &mut faults);
    let needs = requests::needs(&problem, &names, &mut languages, &mut faults);
    let units = requests::units(&problem, &needs, &names, &mut languages, &mut faults);
    let forbidden = pins::prohibitions(&problem, &names, &needs, &mut faults);
    let waivers = waivers::check(&problem, &names, &mut faults);
    let pinned = pins::references(&problem, &names, &mut faults);
    let base = base::check(&problem, &mut faults);
    let teams = teams::check(&problem, &names, &mut faults);
    let field_caps = policy::field_caps(&problem, &names, &mut faults);
    let measured = policy::check(&problem, &names, &mut faults);
    faults.into_result()?;
    let mut skills = problem.people.iter().flat_map(|person| &person.skills);
    let instance = Instance {
        tells_recency: skills.any(|skill| skill.last_worked.is_some()),
        pins: pinned.iter().copied().collect::<BTreeSet<_>>(),
        problem,
        people,
        needs,
        units,
        departments,
        holders,
        forbidden,
        waivers,
        measured,
        base,
        teams,
        field_caps,
    };
    pins::check(&instance, &pinned)?;
    Ok(instance)
}

/// A document of another format.
pub(crate) fn unsupported(format: &str) -> Message {
    both!(
        "the format is `{format}`, this version reads `{FORMAT}`: convert the document or use the version that wrote it",
        "định dạng là `{format}`, phiên bản này đọc `{FORMAT}`: hãy chuyển đổi tệp hoặc dùng phiên bản đã tạo ra nó",
    )
}

fn head(problem: &Problem, faults: &mut Faults) {
    if problem.format != FORMAT {
        let message = unsupported(&problem.format);
        faults.add(ErrorCode::UnsupportedFormat, "/format", message);
    }
    let Term { start, end } = problem.term;
    if end < start {
        let message = both!(
            "the term ends on {end} before it starts on {start}: swap or correct the dates",
            "thời hạn biệt phái kết thúc ngày {end}, trước ngày bắt đầu {start}: hãy đổi chỗ hoặc sửa lại ngày",
        );
        faults.add(ErrorCode::TermReversed, "/term/end", message);
    }
}
