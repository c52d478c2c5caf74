//! What pairs cost beyond what they are charged for.

use crate::eligibility::Pair;
use crate::program::{Mixtures, Multipliers, Program};
use crate::rulebook::{Entries, Rulebook, Scope};

/// Says what pairs cost beyond what they are charged for, and what each part of that is.
pub(crate) trait Prices {
    /// What a person adds, wherever they go.
    fn of_person(&self, person: u32) -> i128;
    /// What a need adds for people of a kind, without a journey.
    fn of_kind(&self, kind: &Kind<'_>) -> i128;
    /// The price of pairs chosen together; never less than both of the above added up over them,
    /// but for pairs that the problem names.
    fn of(&self, pairs: &[Pair]) -> i128;
}

/// A need and people of one kind.
pub(crate) struct Kind<'k> {
    /// The first of them, without a journey.
    pub(crate) pair: &'k Pair,
    pub(crate) cost: i64,
    /// The rows that all of them are in there.
    pub(crate) entries: &'k [(u32, i64)],
}

/// Prices at multipliers of a program's rows, in their parts.
pub(super) struct Charged<'p, 'i, C> {
    book: &'p Rulebook<'i>,
    cost_of: &'p C,
    mixtures: &'p Mixtures,
    /// Zero where a multiplier pushes against nothing.
    values: Vec<i64>,
    scale: i128,
}

impl<'p, 'i, C> Charged<'p, 'i, C> {
    /// Of a program whose first rows are those of a rulebook, all of them.
    pub(super) fn new(
        book: &'p Rulebook<'i>,
        cost_of: &'p C,
        program: &'p Program,
        multipliers: &Multipliers,
    ) -> Self {
        Self {
            book,
            cost_of,
            mixtures: &program.mixtures,
            values: program.pushing(multipliers),
            scale: i128::from(multipliers.scale),
        }
    }

    fn entries(&self, entries: &[(u32, i64)]) -> i128 {
        let charge = |&(row, amount): &(u32, i64)| i128::from(self.values[row as usize]) * i128::from(amount);
        let charges = |entries: &[(u32, i64)]| entries.iter().map(charge).sum::<i128>();
        let mixed = self.mixtures.of(entries);
        -charges(entries) - charges(&mixed)
    }
}

impl<C: Fn(&Pair) -> i64> Prices for Charged<'_, '_, C> {
    fn of_person(&self, person: u32) -> i128 {
        let mut entries = Entries::new();
        // rules of this scope look at nothing but the person
        let pair = Pair::of_person(person);
        let is_own = |scope| scope == Scope::Person;
        self.book.entries_within(is_own, &pair, &mut entries);
        self.entries(&entries)
    }

    fn of_kind(&self, kind: &Kind<'_>) -> i128 {
        i128::from(kind.cost) * self.scale + self.entries(kind.entries)
    }

    fn of(&self, pairs: &[Pair]) -> i128 {
        let mut entries = Entries::new();
        self.book.entries_of(pairs, &mut entries);
        let cost: i64 = pairs.iter().map(self.cost_of).sum();
        i128::from(cost) * self.scale + self.entries(&entries)
    }
}
