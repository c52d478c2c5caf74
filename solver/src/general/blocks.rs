//! What can happen in one unit: seats, seniors, speakers and couples there.
//!
//! Rules about who serves beside whom are rows with a flag, and the relaxation puts up half a flag
//! for half a senior. But the rows of one unit are few, and columns that are alike in all of them
//! count as one, so that everything that can happen there is a short list; what no mixture of it
//! reaches is cut off.

use super::placements::Placements;
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::milp::{Failure, separate_from};
use crate::program::{Column, Limit, Program, Row};
use std::collections::BTreeMap;

/// With more points than this a unit stays as it is.
const POINTS: usize = 2_000;

/// Values tried for the points of one unit.
const TRIALS: usize = 50_000;

/// Further than any row of a unit adds up to.
const FAR: i64 = 1 << 40;

/// Where each placement is, and whose.
pub(super) struct Blocks {
    units: usize,
    /// Unit and first person of each placement.
    places: Vec<(u32, u32)>,
}

impl Blocks {
    pub(super) fn new(market: Market<'_>, placements: &Placements) -> Self {
        let place = |pairs: &[Pair]| {
            let first = &pairs[0];
            (market.unit_of(first), first.person)
        };
        Self {
            units: market.instance.units.len(),
            places: placements.iter().map(place).collect(),
        }
    }

    /// Rows that all whole points of the program obey, and a point of the relaxation breaks.
    pub(super) fn broken(&self, program: &Program, x: &[f64]) -> Result<Vec<Row>, Failure> {
        let mut broken = Vec::new();
        for rows in self.rows_by_unit(program) {
            let split = |&(column, _): &(u32, i64)| {
                let value = x[column as usize];
                (value - value.round()).abs() > 1e-6
            };
            let binds = rows
                .iter()
                .any(|&row| is_no_network(program, &program.rows[row as usize]));
            let open = || (rows.iter()).any(|&row| program.rows[row as usize].entries.iter().any(split));
            if !binds || !open() {
                continue;
            }
            let Some(block) = Block::of(program, &rows) else {
                continue;
            };
            let point: Vec<f64> = (block.kinds.iter())
                .map(|kind| kind.columns.iter().map(|&column| x[column as usize]).sum())
                .collect();
            if let Some(cut) = separate_from(&block.points, &point)? {
                broken.push(block.row(&cut.weights, cut.most));
            }
        }
        Ok(broken)
    }

    /// The rows that are about one unit and about more than one person.
    fn rows_by_unit(&self, program: &Program) -> Vec<Vec<u32>> {
        let mut rows = vec![Vec::new(); self.units];
        let mut unit_of = vec![None; program.columns.len() - self.places.len()];
        let mut without = Vec::new();
        for (at, row) in (0_u32..).zip(&program.rows) {
            let (said, placed): (Vec<_>, Vec<_>) = (row.entries.iter().map(|&(column, _)| column as usize))
                .partition(|&column| column >= self.places.len());
            let Some(&first) = placed.first() else {
                without.push((at, said));
                continue;
            };
            let (unit, person) = self.places[first];
            let others = || placed.iter().map(|&column| self.places[column]);
            if others().all(|(other, _)| other == unit) && others().any(|(_, other)| other != person) {
                rows[unit as usize].push(at);
                said.into_iter()
                    .for_each(|column| unit_of[column - self.places.len()] = Some(unit));
            }
        }
        for (at, said) in without {
            let units = || said.iter().map(|&column| unit_of[column - self.places.len()]);
            if let Some(Some(unit)) = units().next()
                && units().all(|other| other == Some(unit))
            {
                rows[unit as usize].push(at);
            }
        }
        rows
    }
}

/// Whether a row holds a flag, or people who come together.
fn is_no_network(program: &Program, row: &Row) -> bool {
    (row.entries.iter()).any(|&(column, amount)| {
        if column as usize >= program.auxiliary {
            amount < -1 || row.limit == Limit::AtMost(0)
        } else {
            amount > 1
        }
    })
}

/// Columns that count alike in every row of a block.
struct Kind {
    columns: Vec<u32>,
    /// By row of the block.
    amounts: Vec<(usize, i64)>,
    most: i64,
}

/// The rows of one unit and every whole point that obeys them.
struct Block {
    kinds: Vec<Kind>,
    points: Vec<Vec<i64>>,
}

impl Block {
    /// `None` where there are too many points.
    fn of(program: &Program, rows: &[u32]) -> Option<Self> {
        let mut amounts: BTreeMap<u32, Vec<(usize, i64)>> = BTreeMap::new();
        let mut ranges = Vec::new();
        for (at, &row) in rows.iter().enumerate() {
            let row = &program.rows[row as usize];
            let mut fixed = 0;
            for &(column, amount) in &row.entries {
                let Column { lower, upper } = program.columns[column as usize];
                if lower == upper {
                    fixed += amount * lower;
                } else {
                    amounts.entry(column).or_default().push((at, amount));
                }
            }
            let (low, high) = row.limit.range();
            ranges.push((low.max(-FAR) - fixed, high.min(FAR) - fixed));
        }
        let mut alike: BTreeMap<Vec<(usize, i64)>, Vec<u32>> = BTreeMap::new();
        for (column, amounts) in amounts {
            if program.columns[column as usize] != (Column { lower: 0, upper: 1 }) {
                return None;
            }
            alike.entry(amounts).or_default().push(column);
        }
        let kinds: Vec<Kind> = (alike.into_iter())
            .map(|(amounts, columns)| Kind {
                most: i64::from(index(columns.len())),
                columns,
                amounts,
            })
            .collect();
        let points = Listing::new(&kinds, ranges).all()?;
        Some(Self { kinds, points })
    }

    fn row(&self, weights: &[i64], most: i64) -> Row {
        let mut entries: Vec<(u32, i64)> = (self.kinds.iter().zip(weights))
            .filter(|&(_, &weight)| weight != 0)
            .flat_map(|(kind, &weight)| kind.columns.iter().map(move |&column| (column, weight)))
            .collect();
        entries.sort_unstable();
        Row {
            entries,
            limit: Limit::AtMost(most),
        }
    }
}

/// Lists the points of a block.
struct Listing<'k> {
    kinds: &'k [Kind],
    /// What each row may still add up to.
    ranges: Vec<(i64, i64)>,
    /// Least and most that the kinds from one on can add to each row.
    rest: Vec<Vec<(i64, i64)>>,
    point: Vec<i64>,
    points: Vec<Vec<i64>>,
    trials: usize,
}

impl<'k> Listing<'k> {
    fn new(kinds: &'k [Kind], ranges: Vec<(i64, i64)>) -> Self {
        let mut rest = vec![vec![(0, 0); ranges.len()]];
        for kind in kinds.iter().rev() {
            let mut next = rest[rest.len() - 1].clone();
            for &(row, amount) in &kind.amounts {
                next[row].0 += (amount * kind.most).min(0);
                next[row].1 += (amount * kind.most).max(0);
            }
            rest.push(next);
        }
        rest.reverse();
        Self {
            kinds,
            ranges,
            rest,
            point: vec![0; kinds.len()],
            points: Vec::new(),
            trials: TRIALS,
        }
    }

    fn all(mut self) -> Option<Vec<Vec<i64>>> {
        self.go_on(0)?;
        Some(self.points)
    }

    /// Tries every value of the kinds from one on; `None` when there are too many.
    fn go_on(&mut self, from: usize) -> Option<()> {
        let possible = (self.ranges.iter().zip(&self.rest[from]))
            .all(|(&(low, high), &(least, most))| most >= low && least <= high);
        if !possible {
            return Some(());
        }
        let Some(kind) = self.kinds.get(from) else {
            self.points.push(self.point.clone());
            return (self.points.len() <= POINTS).then_some(());
        };
        for value in 0..=kind.most {
            self.trials = self.trials.checked_sub(1)?;
            self.point[from] = value;
            let mut kept = true;
            for &(row, amount) in &kind.amounts {
                let (low, high) = &mut self.ranges[row];
                (*low, *high) = (*low - amount * value, *high - amount * value);
                kept &= self.rest[from + 1][row].0 <= *high;
            }
            let went = self.go_on(from + 1);
            for &(row, amount) in &kind.amounts {
                let (low, high) = &mut self.ranges[row];
                (*low, *high) = (*low + amount * value, *high + amount * value);
            }
            went?;
            // positive amounts alone only grow
            if !kept && kind.amounts.iter().all(|&(_, amount)| amount > 0) {
                break;
            }
        }
        self.point[from] = 0;
        Some(())
    }
}
