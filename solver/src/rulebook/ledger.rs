//! What a plan adds up to in each row, so that a few moves are judged by the rows that they touch.

use super::{Entries, Rulebook};
use crate::eligibility::Pair;
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// The sums of a plan that keeps every rule.
pub(crate) struct Ledger<'b, 'i> {
    book: &'b Rulebook<'i>,
    /// By row, flags aside.
    sums: Vec<i64>,
    /// By row: the flags that stand in it.
    flags_of: HashMap<u32, Vec<u32>>,
}

impl<'b, 'i> Ledger<'b, 'i> {
    pub(crate) fn new(book: &'b Rulebook<'i>, chosen: &[Pair]) -> Self {
        let mut flags_of: HashMap<u32, Vec<u32>> = HashMap::new();
        for (flag, entries) in (0_u32..).zip(&book.flags) {
            for &(row, _) in entries {
                flags_of.entry(row).or_default().push(flag);
            }
        }
        Self {
            book,
            sums: book.sums(chosen),
            flags_of,
        }
    }

    /// Whether the plan still keeps every rule when some pairs leave it and others join.
    pub(crate) fn admits(&self, leave: &[Pair], join: &[Pair]) -> bool {
        let mut sums = self.touched(leave, join);
        let flags = self.tied(&mut sums);
        let flags = flags.iter().map(|&flag| &self.book.flags[flag as usize]);
        let raised: Vec<&Entries> = flags
            .filter(|flag| self.book.is_raised(flag, |row| sums[&row]))
            .collect();
        for &(row, amount) in raised.into_iter().flatten() {
            *sums.entry(row).or_default() += amount;
        }
        (sums.iter()).all(|(&row, &sum)| self.book.limits[row as usize].admits(sum))
    }

    /// The rows that the moves touch, with their sums afterwards.
    fn touched(&self, leave: &[Pair], join: &[Pair]) -> BTreeMap<u32, i64> {
        let mut sums = BTreeMap::new();
        let mut entries = Entries::new();
        for (pairs, sign) in [(leave, -1), (join, 1)] {
            for pair in pairs {
                self.book.entries(pair, &mut entries);
                for &(row, amount) in &entries {
                    *sums.entry(row).or_insert(self.sums[row as usize]) += sign * amount;
                }
            }
        }
        sums
    }

    /// The flags that stand in some rows, and all rows that they tie to these.
    fn tied(&self, sums: &mut BTreeMap<u32, i64>) -> BTreeSet<u32> {
        let mut flags = BTreeSet::new();
        let mut open: Vec<u32> = sums.keys().copied().collect();
        while let Some(row) = open.pop() {
            for &flag in self.flags_of.get(&row).into_iter().flatten() {
                if flags.insert(flag) {
                    for &(row, _) in &self.book.flags[flag as usize] {
                        sums.entry(row).or_insert_with(|| {
                            open.push(row);
                            self.sums[row as usize]
                        });
                    }
                }
            }
        }
        flags
    }
}
