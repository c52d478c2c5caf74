//! Balance as columns: one for each seat that a unit can fill, filled from the first on.
//!
//! With `w_k = 1` when the unit holds k seats or more, `Σ_unit x = Σ_k w_k` and `w_k ≥ w_(k+1)`, and
//! how many units reach a ratio is a sum of one column per unit. No variable stands for a ratio,
//! and no number is large.

use crate::census::Census;
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::plan::Ratio;
use crate::program::{Column, Limit, Program, Row};
use std::collections::BTreeSet;

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
    /// For each unit that can reach the ratio, the seat that reaches it.
    pub(super) columns: Vec<u32>,
    /// Every unit that takes part is among them.
    pub(super) everyone: bool,
}

/// Adds the seats of every unit that somebody could serve.
pub(super) fn add_seats(
    program: &mut Program,
    market: Market<'_>,
    census: &Census,
    pairs: &[Pair],
) -> Vec<Seats> {
    let instance = market.instance;
    let mut of_need = vec![0_u64; instance.needs.len()];
    let mut of_unit: Vec<Vec<(u32, i64)>> = vec![Vec::new(); instance.units.len()];
    for (column, pair) in (0_u32..).zip(pairs) {
        of_need[pair.need as usize] += 1;
        of_unit[market.unit_of(pair) as usize].push((column, 1));
    }
    let mut reachable = vec![0_u64; instance.units.len()];
    for (need, eligible) in instance.needs.iter().zip(of_need) {
        reachable[need.unit as usize] += eligible.min(u64::from(need.headcount));
    }
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
    (ratios.into_iter())
        .map(|ratio| {
            let columns: Vec<u32> = seats.iter().filter_map(|unit| reaching(unit, ratio)).collect();
            Reach {
                everyone: columns.len() == seats.len(),
                columns,
            }
        })
        .collect()
}
