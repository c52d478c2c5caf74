//! Balance as columns: one for each seat that a unit can fill, filled from the first on.
//!
//! With `w_k = 1` when the unit holds k seats or more, `Σ_unit x = Σ_k w_k` and `w_k ≥ w_(k+1)`, and
//! how many units reach a ratio is a sum of one column per unit. No variable stands for a ratio,
//! and no number is large.

use super::model::Model;
use super::placements::Placements;
use super::stack::Stack;
use crate::census::Census;
use crate::index;
use crate::market::Market;
use crate::plan::{Ratio, Value};
use crate::program::{Column, Limit, Program, Row};
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::iter;

/// The seats of a unit that takes part.
#[derive(Clone, Debug)]
pub(super) struct Seats {
    pub(super) unit: u32,
    requested: u64,
    /// The first seat's column, the second's, and so on, as many as can be filled at best.
    pub(super) columns: Vec<u32>,
}

/// A ratio and who can reach it.
#[derive(Clone, Debug)]
pub(super) struct Reach {
    ratio: Ratio,
    /// For each unit that can reach the ratio, the seat that reaches it.
    columns: Vec<u32>,
    /// Every unit that takes part is among them.
    everyone: bool,
    /// Most units that can stay below the ratio and reach the one before.
    most_below: i64,
}

/// Greatest cost of a seat.
const REACH: i64 = 2_000_000;

/// Several ratios in one whole number: units that reach one ratio and not the next are counted, and
/// each count is multiplied by more than all later ones can add up to.
pub(super) struct Pack {
    ratios: Vec<Ratio>,
    everyone: bool,
    /// For each ratio, minus the number of units that reach it, as costs; one count ends where the
    /// next begins, so its factor is what it weighs more than the next.
    pub(super) stack: Stack,
}

impl Pack {
    /// As many of the ratios, from the first on, as fit; one if `alone`.
    pub(super) fn fill(model: &Model<'_>, reaches: &[Reach], alone: bool) -> Self {
        let mut product = 1_i64;
        let mut count = 1;
        for reach in reaches.iter().skip(1) {
            product = product.saturating_mul(reach.most_below + 1);
            if alone || product > REACH {
                break;
            }
            count += 1;
        }
        let taken = &reaches[..count];
        let mut factors = vec![1_i64; count];
        for at in (1..count).rev() {
            factors[at - 1] = factors[at] * (taken[at].most_below + 1);
        }
        for at in 1..count {
            factors[at - 1] -= factors[at];
        }
        let rows = taken.iter().map(|reach| {
            let mut row = vec![0; model.program.columns.len()];
            reach.columns.iter().for_each(|&column| row[column as usize] = -1);
            row
        });
        Self {
            ratios: taken.iter().map(|reach| reach.ratio).collect(),
            everyone: taken.iter().all(|reach| reach.everyone),
            stack: Stack {
                rows: rows.collect(),
                factors,
            },
        }
    }

    /// What the counts of a ladder that nothing beats would cost.
    pub(super) fn floor(&self, target: Option<&Value>) -> i64 {
        let Some(Value::Ladder(rungs)) = target else {
            return i64::MIN;
        };
        let reaching = |ratio: Ratio| -> i64 {
            let units = rungs
                .iter()
                .filter(|rung| rung.ratio() >= ratio)
                .map(|rung| rung.units);
            i64::try_from(units.sum::<u64>()).unwrap_or(0)
        };
        (self.ratios.iter().zip(&self.stack.factors))
            .map(|(&ratio, factor)| -factor * reaching(ratio))
            .sum()
    }

    /// The least cost when no ratio is reached by more units than a number.
    pub(super) fn floor_below(&self, units: i64) -> i64 {
        -units * self.stack.factors.iter().sum::<i64>()
    }

    /// Whether a cost means that every unit reaches the ratio; asked of a ratio alone.
    pub(super) fn all_reach(&self, cost: i64) -> bool {
        let all: i64 = self.stack.rows[0].iter().sum();
        self.everyone && cost == all
    }
}

/// Adds the seats of every unit that somebody could serve.
pub(super) fn add_seats(
    program: &mut Program,
    market: Market<'_>,
    census: &Census,
    placements: &Placements,
) -> Vec<Seats> {
    let instance = market.instance;
    let mut of_unit: Vec<Vec<(u32, i64)>> = vec![Vec::new(); instance.units.len()];
    for (column, pairs) in (0_u32..).zip(placements.iter()) {
        for pair in pairs {
            let entries = &mut of_unit[market.unit_of(pair) as usize];
            match entries.last_mut() {
                Some((last, people)) if *last == column => *people += 1,
                _ => entries.push((column, 1)),
            }
        }
    }
    let mut reachable = vec![0_u64; instance.units.len()];
    for (number, need) in (0_u32..).zip(&instance.needs) {
        // also those who may go under no rule that breaks the network: the core's counts, which bound
        // these here, are of all coverage that they could bring about
        let eligible = instance.eligible_for(number).take(need.headcount as usize);
        reachable[need.unit as usize] += eligible.count() as u64;
    }
    let flagged = flagged(program);
    let mut seats = Vec::new();
    for (unit, mut entries) in (0_u32..).zip(of_unit) {
        let row = instance.unit(unit);
        if !census.servable[unit as usize] {
            continue;
        }
        let most = row.cap.map_or(reachable[unit as usize], |cap| {
            reachable[unit as usize].min(u64::from(cap))
        });
        let first = index(program.columns.len());
        let columns: Vec<u32> = (first..).take(usize::try_from(most).unwrap_or(0)).collect();
        for &column in &columns {
            program.columns.push(Column { lower: 0, upper: 1 });
            entries.push((column, -1));
        }
        if let Some(&first) = columns.first() {
            let placed = &entries[..entries.len() - columns.len()];
            program.rows.extend(covers(first, placed, &flagged));
            program.rows.extend(once(first, placed));
        }
        program.rows.push(Row {
            entries,
            limit: Limit::Exactly(0),
        });
        for two in columns.windows(2) {
            program.rows.push(Row {
                entries: vec![(two[0], 1), (two[1], -1)],
                limit: Limit::AtLeast(0),
            });
        }
        seats.push(Seats {
            unit,
            requested: row.requested,
            columns,
        });
    }
    seats
}

/// The flags that each column puts up.
type Flagged = HashMap<u32, Vec<u32>>;

/// Reads the flags of columns from the rows of the form `Σ x ≤ amount · flag`.
fn flagged(program: &Program) -> Flagged {
    let mut flagged = Flagged::new();
    for row in &program.rows {
        let mut flags = row
            .entries
            .iter()
            .filter(|(at, _)| !program.choices.contains(&(*at as usize)));
        let (Some(&(flag, ..=-1)), None, Limit::AtMost(0)) = (flags.next(), flags.next(), row.limit) else {
            continue;
        };
        for &(column, amount) in &row.entries {
            if amount > 0 {
                flagged.entry(column).or_default().push(flag);
            }
        }
    }
    flagged
}

/// A unit's first seat is filled only when a flag is up of those that its columns put up, or one of
/// its columns that put up none is used. Without these rows, half a person in each of two needs
/// fills the seat and puts up half a flag.
fn covers(first: u32, columns: &[(u32, i64)], flagged: &Flagged) -> Vec<Row> {
    let mut counts: BTreeMap<u32, usize> = BTreeMap::new();
    let none = Vec::new();
    let of = |column: u32| flagged.get(&column).unwrap_or(&none);
    for &(column, _) in columns {
        let mut flags = of(column).clone();
        flags.sort_unstable();
        flags.dedup();
        flags
            .into_iter()
            .for_each(|flag| *counts.entry(flag).or_default() += 1);
    }
    let (whole, part): (Vec<_>, Vec<_>) =
        (counts.into_iter()).partition(|&(_, count)| count == columns.len());
    let row = |others: Vec<u32>| Row {
        entries: iter::once((first, 1))
            .chain(others.into_iter().map(|column| (column, -1)))
            .collect(),
        limit: Limit::AtMost(0),
    };
    let mut rows: Vec<Row> = whole.into_iter().map(|(flag, _)| row(vec![flag])).collect();
    if !part.is_empty() {
        let part: Vec<u32> = part.into_iter().map(|(flag, _)| flag).collect();
        let free = columns.iter().map(|&(column, _)| column);
        let free = free.filter(|&column| !of(column).iter().any(|flag| part.contains(flag)));
        rows.push(row(part.iter().copied().chain(free).collect()));
    }
    rows
}

/// Whoever comes fills a unit's first seat once. Without this row half a couple, which is one person,
/// fills it in each of two units.
fn once(first: u32, columns: &[(u32, i64)]) -> Option<Row> {
    let couples = columns.iter().any(|&(_, people)| people > 1);
    couples.then(|| Row {
        entries: iter::once((first, 1))
            .chain(columns.iter().map(|&(column, _)| (column, -1)))
            .collect(),
        limit: Limit::AtMost(0),
    })
}

/// Every ratio above nothing that some unit can have, ascending.
pub(super) fn reaches(seats: &[Seats]) -> Vec<Reach> {
    let ratios: BTreeSet<Ratio> = (seats.iter())
        .flat_map(|unit| {
            (1_u64..)
                .zip(&unit.columns)
                .map(|(filled, _)| Ratio::new(filled, unit.requested))
        })
        .collect();
    let reaching = |unit: &Seats, ratio: Ratio| {
        let floor = usize::try_from(ratio.floor_of(unit.requested)).ok()?;
        unit.columns.get(floor.checked_sub(1)?).copied()
    };
    let mut before: Vec<Option<u32>> = vec![None; seats.len()];
    (ratios.into_iter())
        .map(|ratio| {
            let now: Vec<Option<u32>> = seats.iter().map(|unit| reaching(unit, ratio)).collect();
            let changed = before
                .iter()
                .zip(&now)
                .filter(|(before, now)| before != now)
                .count();
            before.clone_from(&now);
            Reach {
                ratio,
                everyone: now.iter().all(Option::is_some),
                columns: now.into_iter().flatten().collect(),
                most_below: i64::try_from(changed).unwrap_or(i64::MAX),
            }
        })
        .collect()
}
