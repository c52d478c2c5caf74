//! For each open person, the few pairs that were best when they last looked.
//!
//! Prices of needs mostly rise while people bid for them, so a pair that was not among the best
//! then is not among them later, and a bid rarely has to look at all pairs again.

use super::journeys::Journeys;
use super::offers::{Offers, Prices, Shopper};

/// Pairs kept for a person: as many as fit into the room for all, within bounds. Where lists hold
/// nearly all pairs, as in a province, nobody has to look again.
const LENGTH: std::ops::RangeInclusive<usize> = 24..=128;

/// Room for the lists of all, in pairs.
const ROOM: usize = 1 << 18;

/// Nothing there.
const NOBODY: u32 = u32::MAX;

/// The best pairs of each person, and how good any other can be at most.
pub(super) struct Shortlists {
    /// Places for each person.
    length: usize,
    needs: Vec<u32>,
    costs: Vec<i32>,
    /// No pair outside the list has a value below this, unless prices have fallen since.
    others: Vec<i64>,
    /// By how much prices can have fallen since the beginning.
    fallen: i64,
    /// Who looks again.
    looking: Vec<Look>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Look {
    No,
    First,
    Further,
}

impl Shortlists {
    pub(super) fn new(people: usize) -> Self {
        let length = (ROOM / people.max(1)).clamp(*LENGTH.start(), *LENGTH.end());
        Self {
            length,
            needs: vec![NOBODY; people * length],
            costs: vec![0; people * length],
            others: vec![i64::MIN; people],
            fallen: 0,
            looking: vec![Look::No; people],
        }
    }

    /// The pairs of a person: (need, cost).
    pub(super) fn of(&self, person: u32) -> impl Iterator<Item = (u32, i64)> {
        let range = person as usize * self.length..(person as usize + 1) * self.length;
        let needs = self.needs[range.clone()].iter().copied();
        let list = needs.zip(self.costs[range].iter().map(|&cost| cost.into()));
        list.take_while(|&(need, _)| need != NOBODY)
    }

    /// No pair outside a person's list has a value below this.
    pub(super) fn others(&self, person: u32) -> i64 {
        self.others[person as usize].saturating_sub(self.fallen)
    }

    /// Prices have fallen by up to so much.
    pub(super) fn fall(&mut self, by: i64) {
        self.fallen += by;
    }

    /// Makes the lists of some people anew.
    pub(super) fn look(&mut self, people: &[u32], offers: &Offers, journeys: &Journeys, prices: &Prices<'_>) {
        for &person in people {
            self.looking[person as usize] = Look::First;
            self.others[person as usize] = i64::MAX;
        }
        let mut search = Search {
            found: Vec::with_capacity(2 * self.length),
            lists: self,
            prices,
            limit: 0,
        };
        offers.scan_people(people, journeys, prices, &mut search);
        for &person in people {
            self.looking[person as usize] = Look::No;
            let others = &mut self.others[person as usize];
            *others = others.saturating_add(self.fallen);
        }
    }
}

struct Search<'s> {
    lists: &'s mut Shortlists,
    prices: &'s Prices<'s>,
    /// (value, need, cost), in no order, twice as many as are kept.
    found: Vec<(i64, u32, i64)>,
    limit: i64,
}

impl Search<'_> {
    /// Keeps only the best.
    fn prune(&mut self) {
        let length = self.lists.length;
        if self.found.len() >= length {
            let (_, &mut (worst, ..), _) = self.found.select_nth_unstable(length - 1);
            self.found.truncate(length);
            self.limit = worst;
        }
    }
}

impl Shopper for Search<'_> {
    fn starts(&mut self, person: u32) -> Option<i64> {
        let at = person as usize;
        let Self { lists, prices, .. } = self;
        let value = |(need, cost): (u32, i64)| {
            let value = (cost << prices.shift) + prices.needs[need as usize];
            (value, need, cost)
        };
        self.found.clear();
        self.found.extend(lists.of(person).map(value));
        if lists.looking[at] == Look::First {
            lists.looking[at] = Look::Further;
            // as many pairs as before are at least as good as the worst of these
            let worst = self.found.iter().map(|&(value, ..)| value).max();
            if let Some(worst) = worst.filter(|_| self.found.len() == lists.length) {
                lists.others[at] = worst + 1;
            }
            self.found.clear();
        }
        self.limit = lists.others[at];
        Some(self.limit)
    }

    fn finds(&mut self, value: i64, need: u32, cost: i64) -> i64 {
        self.found.push((value, need, cost));
        if self.found.len() == 2 * self.lists.length {
            self.prune();
        }
        self.limit
    }

    fn ends(&mut self, person: u32, limit: i64) {
        self.limit = self.limit.min(limit);
        self.prune();
        let length = self.lists.length;
        let first = person as usize * length;
        self.lists.others[person as usize] = self.limit;
        for (at, &(_, need, cost)) in self.found.iter().enumerate() {
            self.lists.needs[first + at] = need;
            // an auction takes no larger costs
            self.lists.costs[first + at] = i32::try_from(cost).unwrap_or(i32::MAX);
        }
        self.lists.needs[first + self.found.len()..first + length].fill(NOBODY);
    }

    fn wants(&self) -> usize {
        self.lists.length
    }
}
