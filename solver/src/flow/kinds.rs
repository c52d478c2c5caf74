//! Where an auction starts: people bid for kinds of needs first, wherever these are.
//!
//! How dear a seat becomes is mostly a matter of its field, its level and its priority, and only a
//! little of where it is. So the first, coarse bids are for kinds of needs, of which there are few;
//! whoever looks for a seat looks at hundreds of them instead of thousands of needs. What a kind
//! costs in the end is what its needs cost at first.

use super::auction::{Choice, SHIFT};
use super::homes::Homes;
use super::journeys::{Journeys, TOO_FAR};
use super::listing::FieldList;
use super::offers::Offers;
use super::tree::{NONE, PLENTY};
use crate::index;
use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

/// People of a field whose journeys tell what is typical.
const SAMPLE: usize = 16;

/// The market of kinds. Costs and prices are multiplied, as in the auction.
pub(super) struct Kinds<'a> {
    offers: &'a Offers,
    quotes: Vec<Quote>,
    seats: Vec<Seats>,
    /// Where the kinds of each field are.
    fields: Vec<Range<usize>>,
    /// Of each need; `NONE` for those that nobody can serve.
    of_need: Vec<u32>,
    active: Vec<u32>,
}

/// What a kind costs.
#[derive(Clone, Copy)]
struct Quote {
    /// The column of the field's costs that stands for all its needs.
    column: u32,
    /// Beside that: standing costs, a typical journey, and the price.
    value: i64,
}

/// The seats of a kind.
struct Seats {
    /// Standing costs and a typical journey.
    standing: i64,
    room: i64,
    price: i64,
    /// Who sits there, by what they offer for the seat: the lowest gives way.
    sitting: BinaryHeap<Reverse<(i64, u32)>>,
}

impl<'a> Kinds<'a> {
    /// Puts needs together whose costs differ by `blur` at most, whoever comes. Each need has
    /// standing costs and free seats.
    pub(super) fn new(
        offers: &'a Offers,
        journeys: &Journeys,
        standing: &[i64],
        free: &[i64],
        blur: i64,
    ) -> Self {
        let mut market = Self {
            offers,
            quotes: Vec::new(),
            seats: Vec::new(),
            fields: Vec::new(),
            of_need: vec![NONE; standing.len()],
            active: Vec::new(),
        };
        for list in &offers.fields {
            let first = market.seats.len();
            for (&need, &column) in list.needs.iter().zip(&list.kinds) {
                let (standing, free) = (standing[need as usize], free[need as usize]);
                let alike = |(quote, seats): (&Quote, &Seats)| {
                    let left = blur - (standing - seats.standing).abs();
                    left >= 0 && are_alike(list, quote.column, column, left)
                };
                let mut known = market.quotes[first..].iter().zip(&market.seats[first..]);
                let at = first + known.position(alike).unwrap_or(market.seats.len() - first);
                if at == market.seats.len() {
                    market.quotes.push(Quote {
                        column,
                        value: standing,
                    });
                    market.seats.push(Seats {
                        standing,
                        room: 0,
                        price: 0,
                        sitting: BinaryHeap::new(),
                    });
                }
                market.seats[at].room += free;
                market.of_need[need as usize] = index(at);
            }
            market.travel(list, journeys, first);
            market.fields.push(first..market.seats.len());
        }
        market
    }

    /// Counts the way to the nearest need of a kind, in the mean over a few people, as a cost of the
    /// kind: without it nobody would stay at home.
    fn travel(&mut self, list: &FieldList, journeys: &Journeys, first: usize) {
        let seats = &mut self.seats[first..];
        let people = list.groups.iter().flat_map(|group| &group.people);
        let every = people.clone().count().div_ceil(SAMPLE).max(1);
        let mut nearest = vec![u16::MAX; seats.len()];
        let (mut sums, mut looked) = (vec![0; seats.len()], 0);
        for member in people.step_by(every) {
            let journeys = journeys.from(member.place);
            nearest.fill(u16::MAX);
            for (&need, &column) in list.needs.iter().zip(&list.columns) {
                let kind = (self.of_need[need as usize] as usize).checked_sub(first);
                if let Some(nearest) = kind.and_then(|kind| nearest.get_mut(kind)) {
                    *nearest = (*nearest).min(journeys.to(column) & !TOO_FAR);
                }
            }
            for (sum, &nearest) in sums.iter_mut().zip(&nearest) {
                *sum += i64::from(nearest);
            }
            looked += 1;
        }
        for ((seats, quote), sum) in seats.iter_mut().zip(&mut self.quotes[first..]).zip(sums) {
            seats.standing += ((sum * self.offers.bucket) << SHIFT) / i64::max(looked, 1);
            quote.value = seats.quote();
        }
    }

    /// One round of bids of the same fineness: everybody of a list comes anew.
    pub(super) fn round(&mut self, people: impl Iterator<Item = u32>, homes: &mut Homes, step: i64) {
        self.active.extend(people);
        while let Some(person) = self.active.pop() {
            let choice = self.choose(person, homes);
            let bid = choice.bid(step);
            let away = match choice.need {
                NONE => homes.enter(person, bid),
                kind => self.enter(kind as usize, person, bid - (choice.cost << SHIFT)),
            };
            self.active.extend(away);
        }
    }

    fn choose(&self, person: u32, homes: &Homes) -> Choice {
        let mut choice = Choice::home(homes.price(homes.of(person)));
        for (field, group) in self.offers.lists_of(person) {
            let list = &self.offers.fields[field as usize];
            let group = &list.groups[group as usize];
            let kinds = self.fields[field as usize].clone();
            for (kind, quote) in (index(kinds.start)..).zip(&self.quotes[kinds]) {
                let cost = list.cost(group, quote.column);
                if cost < PLENTY {
                    choice.see((cost << SHIFT) + quote.value, kind, cost);
                }
            }
        }
        choice
    }

    /// Seats a person; returns who has to go.
    fn enter(&mut self, kind: usize, person: u32, offer: i64) -> Option<u32> {
        let seats = &mut self.seats[kind];
        let over = seats.are_taken();
        seats.sitting.push(Reverse((offer, person)));
        let away = if over { seats.sitting.pop() } else { None };
        let lowest = seats.sitting.peek().filter(|_| seats.are_taken());
        if let Some(Reverse((lowest, _))) = lowest {
            seats.price = seats.price.max(lowest - seats.standing);
            self.quotes[kind].value = seats.quote();
        }
        away.map(|Reverse((_, person))| person)
    }

    /// Kinds with free seats cost nothing, the others somewhat less than before.
    pub(super) fn restart(&mut self, back: i64) {
        for (seats, quote) in self.seats.iter_mut().zip(&mut self.quotes) {
            seats.price = if seats.are_taken() {
                (seats.price - back).max(0)
            } else {
                0
            };
            quote.value = seats.quote();
            seats.sitting.clear();
        }
    }

    /// What a seat of a need costs beside standing costs.
    pub(super) fn price(&self, need: u32) -> i64 {
        let seats = self.seats.get(self.of_need[need as usize] as usize);
        seats.map_or(0, |seats| seats.price)
    }
}

impl Seats {
    /// Needs of which the units absorb nobody are no kind to bid for.
    fn quote(&self) -> i64 {
        if self.room > 0 {
            self.standing + self.price
        } else {
            PLENTY
        }
    }

    fn are_taken(&self) -> bool {
        i64::from(index(self.sitting.len())) >= self.room
    }
}

/// Whether two columns of costs differ by so much at most for every group.
fn are_alike(list: &FieldList, one: u32, other: u32, most: i64) -> bool {
    one == other
        || (list.groups.iter()).all(|group| {
            let [one, other] = [one, other].map(|column| list.cost(group, column));
            // where one is forbidden they are as far apart as can be
            ((one - other).abs()) <= most >> SHIFT
        })
}
