//! What can be invented, by name.

use crate::{Fault, assign, round, transport};
use cadre_solver::Problem;

/// A round: so many people, so many needs, in one province or in all.
#[derive(Clone, Copy, Debug)]
pub struct Size {
    /// What the command line calls it.
    pub name: &'static str,
    /// How many people.
    pub people: u32,
    /// How many needs.
    pub needs: u32,
    /// The code of the only province.
    pub province: Option<&'static str>,
}

const LAM_DONG: Option<&str> = Some("68");

/// The rounds, smallest first.
pub const SIZES: [Size; 7] = [
    size("S", 260, 420, LAM_DONG),
    size("province", 900, 420, LAM_DONG),
    size("M", 2_600, 1_736, None),
    size("ML", 5_000, 6_000, None),
    size("L", 10_000, 20_000, None),
    size("LX", 30_000, 30_000, None),
    size("XL", 100_000, 46_494, None),
];

const fn size(name: &'static str, people: u32, needs: u32, province: Option<&'static str>) -> Size {
    Size {
        name,
        people,
        needs,
        province,
    }
}

/// The problem of a name: a round by its size (`M`), or by its size and how many minutes people travel at
/// most (`M45`), a dense assignment by its order (`assign400`), a transportation by its sources and
/// sinks (`transport2000x100`).
///
/// # Errors
/// A name that means nothing, or breaking terms for anything but a round.
pub fn invent(name: &str, seed: u64, terms: bool) -> Result<Problem, Fault> {
    let round_name = name.trim_end_matches(|digit: char| digit.is_ascii_digit());
    if let Some(size) = SIZES.iter().find(|size| size.name == round_name) {
        let mut problem = round::invent(size, seed, terms)?;
        if name != round_name {
            problem.policy.travel.limit_minutes = Some(name[round_name.len()..].parse()?);
        }
        return Ok(problem);
    }
    if terms {
        return Err(format!("{name} is no round, so it can't have breaking terms").into());
    }
    if let Some(order) = name.strip_prefix("assign") {
        return assign::invent(order.parse()?, seed);
    }
    if let Some((sources, sinks)) = name
        .strip_prefix("transport")
        .and_then(|both| both.split_once('x'))
    {
        return transport::invent(sources.parse()?, sinks.parse()?, seed);
    }
    let known: Vec<&str> = SIZES.iter().map(|size| size.name).collect();
    Err(format!(
        "no case {name}: use {} (with minutes: M45), assignN or transportNxM",
        known.join(", ")
    )
    .into())
}
