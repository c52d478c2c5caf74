//! The difference between two plans as a chain of moves: who takes whose seat, and what it costs.
//!
//! In a network, forcing or forbidding one assignment moves a plan along one cycle of the residual
//! graph, the cheapest. So the moves hang together: each frees or takes a seat, or a place in a
//! quota, of the one before.

use crate::ids::{NeedId, PersonId, UnitId};
use crate::plan::{Plan, Sense, Tier, Value};
use serde::{Deserialize, Serialize};
use std::cmp::Ordering;
use std::collections::BTreeMap;

/// What changes from one plan to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Chain {
    /// Who moves, each after the move that makes it necessary.
    pub moves: Vec<Move>,
    /// The tiers whose value differs, most important first; the first one decides.
    pub tiers: Vec<TierChange>,
    /// Needs with fewer people than before, and how many fewer.
    pub lose: BTreeMap<NeedId, u32>,
    /// Needs with more people than before, and how many more.
    pub gain: BTreeMap<NeedId, u32>,
}

/// One person goes from one place to another.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Move {
    /// Who.
    pub person: PersonId,
    /// The place left; absent means home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub from: Option<Place>,
    /// The place taken; absent means home.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub to: Option<Place>,
}

/// A need and its unit.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Place {
    /// The need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
}

/// One tier before and after.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TierChange {
    /// Which tier.
    pub tier: Tier,
    /// Which direction is better.
    pub sense: Sense,
    /// The value before; absent where the tier was not in force.
    pub before: Option<Value>,
    /// The value after; absent where the tier is not in force.
    pub after: Option<Value>,
}

impl TierChange {
    /// Whether the value after is the better one; `None` where they can't be compared.
    #[must_use]
    pub fn improves(&self) -> Option<bool> {
        let (before, after) = (self.before.as_ref()?, self.after.as_ref()?);
        after.against(before, self.sense).map(Ordering::is_gt)
    }
}

type Places<'p> = BTreeMap<&'p PersonId, Place>;

fn places(plan: &Plan) -> Places<'_> {
    (plan.assignments.iter())
        .map(|row| {
            let (need, unit) = (row.need.clone(), row.unit.clone());
            (&row.person, Place { need, unit })
        })
        .collect()
}

impl Chain {
    /// The moves from one plan to another, beginning with a person if one is named.
    pub(super) fn between(before: &Plan, after: &Plan, first: Option<&PersonId>) -> Self {
        let (old, new) = (places(before), places(after));
        let mut open: Vec<Move> = (old.keys().chain(new.keys()))
            .collect::<std::collections::BTreeSet<_>>()
            .into_iter()
            .filter(|person| old.get(**person) != new.get(**person))
            .map(|person| Move {
                person: (*person).clone(),
                from: old.get(*person).cloned(),
                to: new.get(*person).cloned(),
            })
            .collect();
        let mut moves = Vec::with_capacity(open.len());
        while !open.is_empty() {
            let start = (open.iter())
                .position(|step| Some(&step.person) == first)
                // without a hint, whoever comes from home sets the others in motion
                .or_else(|| open.iter().position(|step| step.from.is_none()))
                .unwrap_or(0);
            link(open.remove(start), &mut open, &mut moves);
        }
        let (lose, gain) = seats(before, after);
        Self {
            moves,
            tiers: tiers(before, after),
            lose,
            gain,
        }
    }

    /// Whether the two plans are the same.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.moves.is_empty()
    }
}

/// Moves a step and all that hang on it: first whoever makes room for it, then whoever takes the
/// place that it leaves.
fn link(start: Move, open: &mut Vec<Move>, moves: &mut Vec<Move>) {
    let mut take = |test: &dyn Fn(&Move) -> bool| open.iter().position(test).map(|at| open.remove(at));
    let (mut taken, mut left) = (start.to.clone(), start.from.clone());
    moves.push(start);
    while let Some(place) = taken {
        let displaced = take(&|step: &Move| step.from.as_ref() == Some(&place));
        taken = displaced.as_ref().and_then(|step| step.to.clone());
        moves.extend(displaced);
    }
    while let Some(place) = left {
        let heir = take(&|step: &Move| step.to.as_ref() == Some(&place));
        left = heir.as_ref().and_then(|step| step.from.clone());
        moves.extend(heir);
    }
}

type Seats = BTreeMap<NeedId, u32>;

fn seats(before: &Plan, after: &Plan) -> (Seats, Seats) {
    let count = |plan: &Plan| {
        let mut count = Seats::new();
        for row in &plan.assignments {
            *count.entry(row.need.clone()).or_default() += 1;
        }
        count
    };
    let (old, new) = (count(before), count(after));
    let more = |one: &Seats, other: &Seats| -> Seats {
        (one.iter())
            .map(|(need, count)| {
                (
                    need.clone(),
                    count.saturating_sub(other.get(need).copied().unwrap_or(0)),
                )
            })
            .filter(|&(_, count)| count > 0)
            .collect()
    };
    (more(&old, &new), more(&new, &old))
}

fn tiers(before: &Plan, after: &Plan) -> Vec<TierChange> {
    (Tier::ALL.into_iter())
        .map(|tier| TierChange {
            tier,
            sense: tier.sense(),
            before: before.tier(tier).map(|score| score.value.clone()),
            after: after.tier(tier).map(|score| score.value.clone()),
        })
        .filter(|change| change.before != change.after)
        .collect()
}
