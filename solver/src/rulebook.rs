//! The rules of one instance, written out: rows with limits, and which of them a pair is in.
//!
//! Rules are written by column: a rule lists its rows once, and then says of any single pair which
//! of them it counts in. So a program can be made of any choice of pairs, and a pair that is in no
//! program can still be priced by the multipliers of one.

mod ledger;

use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::program::{Column, Limit, Mixtures, Program, Row};
use crate::terms::{Kind, REGISTRY};
use std::collections::BTreeSet;

pub(crate) use ledger::Ledger;

/// (row, coefficient), each row at most once.
pub(crate) type Entries = Vec<(u32, i64)>;

/// Tells which rows a pair is in.
pub(crate) type OfPair<'i> = Box<dyn Fn(&Pair, &mut Entries) + 'i>;

/// What of a pair decides which rows of a rule it is in. So whoever looks for a good pair among
/// millions need not look at each.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Scope {
    /// Who goes, wherever it is.
    Person,
    /// The need, and of the person level and languages.
    Kind,
    /// How long the journey is: the longer, the more it counts against what is at most.
    Journey,
    /// Whether the problem names the pair: pins, lines of a base plan, couples.
    Name,
}

/// What one rule writes. Rows are numbered from 0 here.
pub(crate) struct Clauses<'i> {
    pub(crate) limits: Vec<Limit>,
    /// Auxiliary yes-or-no columns by their entries: a flag is up exactly when a row that it would
    /// mend, «at most» or «exactly», is broken without it.
    pub(crate) flags: Vec<Entries>,
    pub(crate) scope: Scope,
    pub(crate) of_pair: OfPair<'i>,
}

impl<'i> Clauses<'i> {
    /// A rule that has nothing to say about this instance.
    pub(crate) fn none() -> Self {
        Self::blank(Scope::Person)
    }

    /// A rule whose rows are still to be written.
    pub(crate) fn blank(scope: Scope) -> Self {
        Self::counts(scope, Vec::new(), |_| None)
    }

    /// Adds an auxiliary column.
    pub(crate) fn flag(&mut self) -> usize {
        self.flags.push(Entries::new());
        self.flags.len() - 1
    }

    /// Adds a row that a flag is in.
    pub(crate) fn row(&mut self, limit: Limit, flag: usize, amount: i64) -> u32 {
        let row = index(self.limits.len());
        self.limits.push(limit);
        if amount != 0 {
            self.flags[flag].push((row, amount));
        }
        row
    }

    /// Rows of which each pair is in one at most, and counts one there.
    pub(crate) fn counts(
        scope: Scope,
        limits: Vec<Limit>,
        row_of: impl Fn(&Pair) -> Option<u32> + 'i,
    ) -> Self {
        Self {
            scope,
            limits,
            flags: Vec::new(),
            of_pair: Box::new(move |pair, entries| {
                entries.extend(row_of(pair).map(|row| (row, 1)));
            }),
        }
    }

    /// A cap for some of the things that pairs belong to, by number; the others have none.
    pub(crate) fn caps(
        scope: Scope,
        caps: impl Iterator<Item = Option<u32>>,
        owner: impl Fn(&Pair) -> Option<u32> + 'i,
    ) -> Self {
        let mut limits = Vec::new();
        let rows: Vec<Option<u32>> = caps
            .map(|cap| {
                let row = index(limits.len());
                limits.push(Limit::AtMost(i64::from(cap?)));
                Some(row)
            })
            .collect();
        Self::counts(scope, limits, move |pair| *rows.get(owner(pair)? as usize)?)
    }
}

/// A rule and where its rows and flags start.
struct Chapter<'i> {
    clauses: Clauses<'i>,
    first_row: u32,
}

/// All rules of an instance, or some of them.
pub(crate) struct Rulebook<'i> {
    chapters: Vec<Chapter<'i>>,
    limits: Vec<Limit>,
    flags: Vec<Entries>,
}

impl<'i> Rulebook<'i> {
    /// Every rule.
    pub(crate) fn new(market: Market<'i>) -> Self {
        Self::of(market, |_| true)
    }

    /// The rules that break the network, where they could bind.
    pub(crate) fn breaking(market: Market<'i>) -> Self {
        let ids: BTreeSet<_> = crate::terms::breaking(market.instance).into_iter().collect();
        Self::of(market, |id| ids.contains(id))
    }

    /// The rules of some ids.
    pub(crate) fn of(market: Market<'i>, keep: impl Fn(&str) -> bool) -> Self {
        let mut book = Self {
            chapters: Vec::new(),
            limits: Vec::new(),
            flags: Vec::new(),
        };
        for term in REGISTRY {
            let Kind::Rule(rule) = &term.kind else { continue };
            if !keep(term.id) {
                continue;
            }
            let clauses = (rule.write)(market);
            let first_row = index(book.limits.len());
            book.limits.extend(&clauses.limits);
            for flag in &clauses.flags {
                let moved = flag.iter().map(|&(row, amount)| (first_row + row, amount));
                book.flags.push(moved.collect());
            }
            book.chapters.push(Chapter { clauses, first_row });
        }
        book
    }

    pub(crate) fn flags(&self) -> usize {
        self.flags.len()
    }

    /// The rows that a pair is in.
    pub(crate) fn entries(&self, pair: &Pair, entries: &mut Entries) {
        self.entries_within(|_| true, pair, entries);
    }

    /// The rows of some scopes that a pair is in.
    pub(crate) fn entries_within(&self, scopes: impl Fn(Scope) -> bool, pair: &Pair, entries: &mut Entries) {
        entries.clear();
        for chapter in (self.chapters.iter()).filter(|chapter| scopes(chapter.clauses.scope)) {
            let from = entries.len();
            (chapter.clauses.of_pair)(pair, entries);
            for (row, _) in &mut entries[from..] {
                *row += chapter.first_row;
            }
        }
    }

    /// The rows that pairs are in which are chosen together.
    pub(crate) fn entries_of(&self, pairs: &[Pair], entries: &mut Entries) {
        let mut own = Entries::new();
        entries.clear();
        match pairs {
            [pair] => self.entries(pair, entries),
            _ => {
                for pair in pairs {
                    self.entries(pair, &mut own);
                    entries.append(&mut own);
                }
                add_up(entries);
            }
        }
    }

    /// A program of some placements, each of pairs that are chosen together or not at all, in their
    /// order, and then the flags. Its rows are those of the book, none left out.
    pub(crate) fn program<'p>(&self, placements: impl Iterator<Item = &'p [Pair]>) -> Program {
        let mut rows: Vec<Row> = (self.limits.iter()).map(|&limit| Row::count([], limit)).collect();
        let mut entries = Entries::new();
        let mut columns = 0_u32;
        for pairs in placements {
            self.entries_of(pairs, &mut entries);
            for &(row, amount) in &entries {
                rows[row as usize].entries.push((columns, amount));
            }
            columns += 1;
        }
        for (column, flag) in (columns..).zip(&self.flags) {
            for &(row, amount) in flag {
                rows[row as usize].entries.push((column, amount));
            }
        }
        Program {
            columns: vec![Column { lower: 0, upper: 1 }; columns as usize + self.flags.len()],
            rows,
            choices: 0..columns as usize,
            mixtures: Mixtures::default(),
        }
    }

    /// What each row adds up to over a set of pairs, flags aside.
    fn sums(&self, chosen: &[Pair]) -> Vec<i64> {
        let mut sums = vec![0; self.limits.len()];
        let mut entries = Entries::new();
        for pair in chosen {
            self.entries(pair, &mut entries);
            for &(row, amount) in &entries {
                sums[row as usize] += amount;
            }
        }
        sums
    }

    /// The flags that a set of pairs puts up.
    pub(crate) fn raised(&self, chosen: &[Pair]) -> Vec<bool> {
        let sums = self.sums(chosen);
        self.flags
            .iter()
            .map(|flag| self.is_raised(flag, |row| sums[row as usize]))
            .collect()
    }

    fn is_raised(&self, flag: &Entries, sum_of: impl Fn(u32) -> i64) -> bool {
        flag.iter().any(|&(row, amount)| {
            let over = matches!(
                self.limits[row as usize],
                Limit::AtMost(limit) | Limit::Exactly(limit) if sum_of(row) > limit
            );
            amount < 0 && over
        })
    }

    /// The rows that a set of pairs breaks.
    pub(crate) fn broken_rows(&self, chosen: &[Pair]) -> Vec<u32> {
        let mut sums = self.sums(chosen);
        let raised: Vec<bool> = self
            .flags
            .iter()
            .map(|flag| self.is_raised(flag, |row| sums[row as usize]))
            .collect();
        for (flag, _) in self.flags.iter().zip(raised).filter(|(_, raised)| *raised) {
            for &(row, amount) in flag {
                sums[row as usize] += amount;
            }
        }
        (0_u32..)
            .zip(self.limits.iter().zip(sums))
            .filter(|(_, (limit, sum))| !limit.admits(*sum))
            .map(|(row, _)| row)
            .collect()
    }

    /// Whether a set of pairs keeps every rule.
    pub(crate) fn admits(&self, chosen: &[Pair]) -> bool {
        self.broken_rows(chosen).is_empty()
    }
}

/// Puts amounts in the same row together, and leaves out those that cancel.
fn add_up(entries: &mut Entries) {
    entries.sort_unstable_by_key(|&(row, _)| row);
    entries.dedup_by(|other, first| {
        let same = other.0 == first.0;
        if same {
            first.1 += other.1;
        }
        same
    });
    entries.retain(|&(_, amount)| amount != 0);
}
