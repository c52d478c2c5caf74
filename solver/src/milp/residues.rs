//! Cuts from residues: the mod-k cuts of Caprara, Fischetti and Letchford (2000).
//!
//! Take rows that a point fills to their limit, each so many times that for a prime k every column
//! which the point splits adds a multiple of k to their sum. If what the whole columns leave of the
//! limit is no multiple of k, no whole point can be here: divide the sum by k, round all amounts down,
//! and it is a row that whole points obey and this one breaks. Which rows to take says a system of
//! equations in residues, no larger than what the point splits.
//!
//! The numbers of a cut come from the rows alone. So it holds however it was found, and for every
//! column, also for those that the engine has not seen.

use super::highs::whole;
use super::master::float;
use super::{SPLIT, is_split};
use crate::program::{Column, Cut, Limit, Mixture, Program, Row};
use std::collections::BTreeMap;

/// Least by which a point breaks a cut that is worth a row.
const DEEP: f64 = 1e-3;

/// Rows of more entries, as of a budget over a whole country, are in no mixture: their cuts would be
/// as long.
const LONGEST: usize = 20_000;

/// Greatest amount in a cut. Cuts are mixed into further cuts, and without an end their amounts could
/// outgrow the engine's tolerance and at last the numbers here.
const GREATEST: i64 = 1_000;

/// Most cuts of one point.
const MOST: usize = 100;

/// A row that a point fills to its limit, as `Σ sign · amount · x ≤ limit`.
#[derive(Clone, Copy)]
struct Tight {
    row: u32,
    /// -1 where the row is «at least».
    sign: i64,
    limit: i64,
}

/// Tight rows by how many times they are taken, fewer than k.
type Taken = Vec<(Tight, i64)>;

/// Rows that all whole points of a program obey, and a point of its relaxation breaks; the deepest
/// first. Not every such row.
pub(super) fn broken(program: &Program, x: &[f64]) -> Vec<Cut> {
    let split: BTreeMap<u32, usize> = ((0_u32..).zip(x).filter(|(_, value)| is_split(**value)))
        .map(|(column, _)| column)
        .zip(0..)
        .collect();
    if split.is_empty() {
        return Vec::new();
    }
    let point = Point {
        program,
        x,
        tight: tight(program, x, &split),
        split,
    };
    // the values of a vertex are halves and thirds, seldom fifths: seats shared by two or three
    let mut cuts = point.cuts::<2>();
    cuts.extend(point.cuts::<3>());
    cuts.extend(point.cuts::<5>());
    cuts.sort_by(|(one, _), (other, _)| other.total_cmp(one));
    // mixtures of different primes can come to the same
    cuts.dedup_by(|(_, one), (_, other)| {
        one.row.limit == other.row.limit && one.row.entries == other.row.entries
    });
    cuts.truncate(MOST);
    cuts.into_iter().map(|(_, cut)| cut).collect()
}

/// The rows with a split column that are filled to their limit, short ones first: then mixtures are
/// short as well.
fn tight(program: &Program, x: &[f64], split: &BTreeMap<u32, usize>) -> Vec<Tight> {
    let mut is_split = vec![false; x.len()];
    split.keys().for_each(|&column| is_split[column as usize] = true);
    let mut tight: Vec<(usize, Tight)> = Vec::new();
    for (row, Row { entries, limit }) in (0_u32..).zip(&program.rows) {
        if entries.len() > LONGEST || !entries.iter().any(|&(column, _)| is_split[column as usize]) {
            continue;
        }
        let (sign, limit) = match *limit {
            Limit::AtMost(limit) | Limit::Exactly(limit) => (1, limit),
            Limit::AtLeast(limit) => (-1, -limit),
        };
        let sum: f64 = (entries.iter())
            .map(|&(column, amount)| float(sign * amount) * x[column as usize])
            .sum();
        if (sum - float(limit)).abs() < SPLIT {
            tight.push((entries.len(), Tight { row, sign, limit }));
        }
    }
    tight.sort_by_key(|&(entries, Tight { row, .. })| (entries, row));
    tight.into_iter().map(|(_, tight)| tight).collect()
}

/// A point of a program's relaxation.
struct Point<'p> {
    program: &'p Program,
    x: &'p [f64],
    /// The columns whose values are not whole, numbered.
    split: BTreeMap<u32, usize>,
    tight: Vec<Tight>,
}

impl Point<'_> {
    /// The cuts of a prime, each with its depth.
    fn cuts<const K: u8>(&self) -> Vec<(f64, Cut)> {
        let equations = self.tight.iter().map(|tight| self.residues(tight, K)).collect();
        let mixtures = System::<K>::new(equations).solve().into_iter();
        let by_row = |taken: Vec<u8>| -> Taken {
            (self.tight.iter().copied().zip(taken.into_iter().map(i64::from)))
                .filter(|&(_, times)| times != 0)
                .collect()
        };
        mixtures
            .filter_map(|taken| self.divided(&by_row(taken), i64::from(K)))
            .collect()
    }

    /// What a tight row says of the split columns, by their numbers, and at the end what the whole
    /// ones leave of its limit.
    fn residues(&self, tight: &Tight, prime: u8) -> Vec<u8> {
        let residue = |amount: i64| u8::try_from(amount.rem_euclid(i64::from(prime))).unwrap_or_default();
        let mut residues = vec![0; self.split.len() + 1];
        let mut left = tight.limit;
        for &(column, amount) in &self.program.rows[tight.row as usize].entries {
            let amount = tight.sign * amount;
            match self.split.get(&column) {
                Some(&at) => residues[at] = residue(amount),
                None => left -= amount * whole(self.x[column as usize]),
            }
        }
        residues[self.split.len()] = residue(left);
        residues
    }

    /// A mixture divided by its prime and rounded down, with its depth: how far the point is beyond
    /// it. `None` where it hardly is, or where an amount is too great.
    ///
    /// Columns count from their lower bounds, those that are full from their upper ones down, for
    /// there nothing is lost by rounding.
    fn divided(&self, taken: &Taken, prime: i64) -> Option<(f64, Cut)> {
        let mut amounts: BTreeMap<u32, i64> = BTreeMap::new();
        let mut limit = 0;
        for &(tight, times) in taken {
            limit += times * tight.limit;
            for &(column, amount) in &self.program.rows[tight.row as usize].entries {
                *amounts.entry(column).or_default() += times * tight.sign * amount;
            }
        }
        let mut entries = Vec::new();
        for (column, amount) in amounts {
            let Column { lower, upper } = self.program.columns[column as usize];
            let (mut part, rest) = (amount.div_euclid(prime), amount.rem_euclid(prime));
            if lower == upper {
                limit -= amount * lower;
                continue;
            } else if rest != 0 && self.x[column as usize] > float(upper) - SPLIT {
                limit += (prime - rest) * upper;
                part += 1;
            } else {
                limit -= rest * lower;
            }
            if part.abs() > GREATEST {
                return None;
            }
            if part != 0 {
                entries.push((column, part));
            }
        }
        let most = limit.div_euclid(prime);
        let (mut sum, mut squares) = (0.0, 0.0);
        for &(column, amount) in &entries {
            sum += float(amount) * self.x[column as usize];
            squares += float(amount) * float(amount);
        }
        let over = sum - float(most);
        let limit = Limit::AtMost(most);
        let of = |&(Tight { row, sign, .. }, times): &(Tight, i64)| (row, times * sign);
        (over > DEEP).then(|| {
            let cut = Cut {
                row: Row { entries, limit },
                mixture: Mixture {
                    of: taken.iter().map(of).collect(),
                    divisor: prime,
                },
            };
            (over / squares.sqrt(), cut)
        })
    }
}

/// Equations in residues of a prime: the coefficients of some columns, and what they add up to.
struct System<const K: u8> {
    equations: Vec<Vec<u8>>,
    /// How many times each of the first equations is in each of these.
    taken: Vec<Vec<u8>>,
}

impl<const K: u8> System<K> {
    fn new(equations: Vec<Vec<u8>>) -> Self {
        let one = |at| {
            let mut taken = vec![0; equations.len()];
            taken[at] = 1;
            taken
        };
        Self {
            taken: (0..equations.len()).map(one).collect(),
            equations,
        }
    }

    /// Contradictions: mixtures in which every column is gone and something is left. What is left is
    /// k - 1, for then most is rounded away. Gaussian elimination.
    fn solve(mut self) -> Vec<Vec<u8>> {
        let columns = self.equations.first().map_or(0, |equation| equation.len() - 1);
        let mut left: Vec<usize> = (0..self.equations.len()).collect();
        for column in 0..columns {
            let length = |at: usize| self.taken[at].iter().filter(|&&times| times != 0).count();
            let holding = left.iter().filter(|&&at| self.equations[at][column] != 0);
            let Some(&pivot) = holding.min_by_key(|&&at| length(at)) else {
                continue;
            };
            left.retain(|&at| at != pivot);
            let equation = std::mem::take(&mut self.equations[pivot]);
            let taken = std::mem::take(&mut self.taken[pivot]);
            let inverse = inverse::<K>(equation[column]);
            for &at in &left {
                let times = self.equations[at][column] * inverse % K;
                if times != 0 {
                    add::<K>(&mut self.equations[at], &equation, K - times);
                    add::<K>(&mut self.taken[at], &taken, K - times);
                }
            }
        }
        (left.into_iter())
            .filter(|&at| self.equations[at][columns] != 0)
            .map(|at| {
                let times = (K - 1) * inverse::<K>(self.equations[at][columns]) % K;
                self.taken[at].iter().map(|&taken| taken * times % K).collect()
            })
            .collect()
    }
}

/// What gives 1 when multiplied by a residue other than 0.
fn inverse<const K: u8>(residue: u8) -> u8 {
    (1..K).find(|other| residue * other % K == 1).unwrap_or(1)
}

fn add<const K: u8>(to: &mut [u8], what: &[u8], times: u8) {
    for (to, what) in to.iter_mut().zip(what) {
        *to = (*to + times * what) % K;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sum(row: &Row, x: &[f64]) -> f64 {
        (row.entries.iter())
            .map(|&(column, amount)| float(amount) * x[column as usize])
            .sum()
    }

    /// Of three things no two go together: half of each is no mixture of whole choices.
    #[test]
    fn halves_around_an_odd_cycle_are_cut_off() {
        let rows = [[0, 1], [1, 2], [0, 2]];
        let program = Program::binary(3, rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec());
        let cuts = broken(&program, &[0.5; 3]);
        let [Cut { row, mixture }] = cuts.as_slice() else {
            panic!("{cuts:?}")
        };
        assert_eq!(
            (row.entries.as_slice(), row.limit),
            ([(0, 1), (1, 1), (2, 1)].as_slice(), Limit::AtMost(1))
        );
        assert_eq!(
            (mixture.of.as_slice(), mixture.divisor),
            ([(0, 1), (1, 1), (2, 1)].as_slice(), 2)
        );
        assert!(broken(&program, &[0.0, 1.0, 0.0]).is_empty());
    }

    #[test]
    fn cuts_of_great_amounts_are_left_out() {
        let cuts_of = |amount: i64| {
            let rows = [[0, 1], [1, 2], [0, 2]].map(|row| Row {
                entries: row.map(|column| (column, amount)).to_vec(),
                limit: Limit::AtMost(amount),
            });
            broken(&Program::binary(3, rows.to_vec()), &[0.5; 3])
        };
        assert_eq!(cuts_of(3).len(), 1);
        assert!(cuts_of(2 * GREATEST + 1).is_empty());
    }

    /// Three go together or not at all, and there are four places: one more may go beside them.
    #[test]
    fn a_third_of_a_team_is_cut_off() {
        let mut program = Program::binary(5, vec![Row::count([1, 2, 3, 4], Limit::AtMost(4))]);
        program.rows.push(Row {
            entries: vec![(0, 3), (1, 1), (2, 1), (3, 1), (4, 1)],
            limit: Limit::AtMost(5),
        });
        let x = [1.0 / 3.0, 1.0, 1.0, 1.0, 1.0];
        let cuts = broken(&program, &x);
        assert!(!cuts.is_empty());
        for Cut { row, .. } in &cuts {
            assert!(!row.limit.admits(whole(sum(row, &x).ceil())));
            for lawful in [[1.0, 1.0, 1.0, 0.0, 0.0], [0.0, 1.0, 1.0, 1.0, 1.0]] {
                assert!(row.limit.admits(whole(sum(row, &lawful))), "{row:?}");
            }
        }
    }

    /// Amounts and side.
    type Rows = Vec<(Vec<i64>, i32)>;

    /// The point in sixths above the lower bound, that bound, and how far up the other is.
    type Columns = Vec<(i64, i64, i64)>;

    /// Small programs whose rows a point of halves and thirds fills where it can.
    #[test]
    fn no_whole_point_is_ever_cut_off() {
        use proptest::prelude::*;
        let row = (prop::collection::vec(-2_i64..=3, 4), 0..3);
        let column = (0_i64..=6, 0_i64..=1, 0_i64..=2);
        let programs = (prop::collection::vec(row, 1..5), prop::collection::vec(column, 4));
        let mut runner = proptest::test_runner::TestRunner::deterministic();
        let found = std::cell::Cell::new(0);
        let check = |(rows, columns): (Rows, Columns)| {
            // from the lower bound to one or two above
            let columns: Vec<_> = (columns.into_iter())
                .map(|(sixths, lower, range)| (6 * lower + sixths.min(6 * range), lower, lower + range))
                .collect();
            let rows = rows.into_iter().map(|(amounts, side)| {
                let sixths: i64 = (amounts.iter().zip(&columns))
                    .map(|(amount, (sixths, ..))| amount * sixths)
                    .sum();
                Row {
                    entries: (0_u32..).zip(amounts).collect(),
                    limit: match side {
                        0 => Limit::AtMost(sixths.div_euclid(6)),
                        1 => Limit::AtLeast(sixths.div_euclid(6)),
                        _ => Limit::Exactly(sixths.div_euclid(6)),
                    },
                }
            });
            let program = Program {
                rows: rows.collect(),
                columns: (columns.iter())
                    .map(|&(_, lower, upper)| Column { lower, upper })
                    .collect(),
                choices: 0..4,
                mixtures: crate::program::Mixtures::default(),
            };
            let x: Vec<f64> = columns.iter().map(|&(sixths, ..)| float(sixths) / 6.0).collect();
            for Cut { row: cut, .. } in broken(&program, &x) {
                found.set(found.get() + 1);
                for code in 0..256_i64 {
                    let point: Vec<i64> = (0..4).map(|at| code >> (2 * at) & 3).collect();
                    let values: Vec<f64> = point.iter().map(|&value| float(value)).collect();
                    let kept = cut.limit.admits(whole(sum(&cut, &values)));
                    prop_assert!(
                        kept || !program.admits(&point),
                        "{cut:?} of {program:?} at {point:?}"
                    );
                }
            }
            Ok(())
        };
        runner.run(&programs, check).unwrap();
        assert!(found.get() > 20, "{} cuts", found.get());
    }
}
