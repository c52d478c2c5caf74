//! Who serves elsewhere, no longer or for the first time.

use crate::ids::{NeedId, PersonId, UnitId};
use crate::plan::{Assignment, Plan};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// One person for whom the second plan is another one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "change", rename_all = "snake_case", deny_unknown_fields)]
pub enum Move {
    /// Serves another need.
    Moved {
        /// Who.
        person: PersonId,
        /// Where in the first plan.
        from: Post,
        /// Where in the second.
        to: Post,
    },
    /// Serves in the second plan only.
    Joined {
        /// Who.
        person: PersonId,
        /// Where.
        to: Post,
    },
    /// Serves in the first plan only.
    Left {
        /// Who.
        person: PersonId,
        /// Where.
        from: Post,
    },
}

/// Where somebody serves.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Post {
    /// The need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
}

impl Post {
    fn of(row: &Assignment) -> Self {
        Self {
            need: row.need.clone(),
            unit: row.unit.clone(),
        }
    }
}

/// Every change, by person.
pub(super) fn between(first: &Plan, second: &Plan) -> Vec<Move> {
    let mut rows: BTreeMap<&PersonId, (Option<&Assignment>, Option<&Assignment>)> = BTreeMap::new();
    for row in &first.assignments {
        rows.entry(&row.person).or_default().0 = Some(row);
    }
    for row in &second.assignments {
        rows.entry(&row.person).or_default().1 = Some(row);
    }
    let change = |(person, (from, to)): (&PersonId, (Option<&Assignment>, Option<&Assignment>))| {
        let person = person.clone();
        match (from, to) {
            (Some(from), Some(to)) if from.need != to.need => Some(Move::Moved {
                person,
                from: Post::of(from),
                to: Post::of(to),
            }),
            (None, Some(to)) => Some(Move::Joined {
                person,
                to: Post::of(to),
            }),
            (Some(from), None) => Some(Move::Left {
                person,
                from: Post::of(from),
            }),
            _ => None,
        }
    };
    rows.into_iter().filter_map(change).collect()
}
