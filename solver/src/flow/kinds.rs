//! Where an auction starts: people bid for kinds of needs first, wherever these are.
//!
//! How dear a seat becomes is mostly a matter of its field, its level and its priority, and only a
//! little of where it is. So the first, coarse bids are for kinds of needs, of which there are few;
//! whoever looks for a seat looks at hundreds of them instead of tens of thousands of needs. What
//! a kind costs in the end is what its needs cost at first.

use super::auction::{Choice, SHIFT};
use super::homes::Homes;
use super::journeys::{Journeys, TOO_FAR};
use super::offers::Offers;
use super::tree::{NONE, PLENTY};
use crate::index;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// People of a field whose journeys are looked at.
const SAMPLE: usize = 16;

/// The needs of a field that cost everybody about the same.
struct Kind {
    /// The column of the field's costs that stands for all.
    column: u32,
    /// Standing costs, multiplied.
    base: i64,
    room: i64,
    /// What it costs beside standing costs, multiplied.
    price: i64,
    /// Who sits there, by their offers: the lowest gives way.
    sitting: BinaryHeap<Reverse<(i64, u32)>>,
}

/// The market of kinds.
pub(super) struct Kinds<'a> {
    offers: &'a Offers,
    kinds: Vec<Kind>,
    /// Where the kinds of each field begin.
    starts: Vec<u32>,
    /// Of each need; `NONE` for those that nobody can serve.
    of_need: Vec<u32>,
    active: Vec<u32>,
}

impl<'a> Kinds<'a> {
    /// Puts needs together whose costs differ by `blur` at most, for everybody. `base` and `room` are
    /// standing costs, multiplied, and free seats of each need.
    pub(super) fn new(offers: &'a Offers, journeys: &Journeys, base: &[i64], room: &[i64], blur: i64) -> Self {
        let mut market = Self {
            offers,
            kinds: Vec::new(),
            starts: vec![0],
            of_need: vec![NONE; base.len()],
            active: Vec::new(),
        };
        for list in &offers.fields {
            let first = market.kinds.len();
            let alike = |kind: &Kind, column: u32, own: i64| {
                let apart = (own - kind.base).abs();
                let mut groups = list.groups.iter();
                kind.column == column && apart <= blur
                    || groups.all(|group| {
                        let [one, other] = [kind.column, column].map(|column| group.costs[column as usize]);
                        (one == PLENTY) == (other == PLENTY)
                            && (one == other || ((one - other) << SHIFT).abs() + apart <= blur)
                    })
            };
            for (&need, &column) in list.needs.iter().zip(&list.kinds) {
                let (base, room) = (base[need as usize], room[need as usize]);
                let known = market.kinds[first..].iter().position(|kind| alike(kind, column, base));
                let at = known.map_or(market.kinds.len(), |at| first + at);
                if known.is_none() {
                    market.kinds.push(Kind {
                        column,
                        base,
                        room: 0,
                        price: 0,
                        sitting: BinaryHeap::new(),
                    });
                }
                market.kinds[at].room += room;
                market.of_need[need as usize] = index(at);
            }
            let bucket = offers.bucket << SHIFT;
            let kinds = &mut market.kinds[first..];
            let mut nearest = vec![u16::MAX; kinds.len()];
            let mut sum = vec![0_i64; kinds.len()];
            let places = list.groups.iter().flat_map(|group| &group.people).map(|member| member.place);
            let step = places.clone().count().div_ceil(SAMPLE).max(1);
            let mut count = 0;
            for place in places.step_by(step) {
                let journeys = journeys.from(place);
                nearest.fill(u16::MAX);
                for (&need, &unit) in list.needs.iter().zip(&list.units) {
                    let nearest = &mut nearest[market.of_need[need as usize] as usize - first];
                    *nearest = (*nearest).min(journeys[unit as usize] & !TOO_FAR);
                }
                for (sum, nearest) in sum.iter_mut().zip(&nearest) {
                    *sum += i64::from(*nearest);
                }
                count += 1;
            }
            for (kind, sum) in kinds.iter_mut().zip(sum) {
                kind.base += sum * bucket / i64::max(count, 1);
            }
            market.starts.push(index(market.kinds.len()));
        }
        market
    }

    /// One round of bids of the same fineness: everybody of a list comes anew.
    pub(super) fn round(&mut self, people: impl Iterator<Item = u32>, homes: &mut Homes, step: i64) {
        self.active.extend(people);
        while let Some(person) = self.active.pop() {
            let choice = self.choose(person, homes);
            let bid = choice.bid(step);
            let away = match choice.need {
                NONE => homes.enter(person, bid),
                kind => self.kinds[kind as usize].enter(person, bid - (choice.cost << SHIFT)),
            };
            self.active.extend(away);
        }
    }

    fn choose(&self, person: u32, homes: &Homes) -> Choice {
        let mut choice = Choice::home(homes.price(homes.of(person)));
        for (field, group) in self.offers.lists_of(person) {
            let costs = &self.offers.fields[field as usize].groups[group as usize].costs;
            let [first, end] = [0, 1].map(|next| self.starts[field as usize + next]);
            for (at, kind) in (first..end).zip(&self.kinds[first as usize..end as usize]) {
                let cost = costs[kind.column as usize];
                if cost < PLENTY && kind.room > 0 {
                    choice.see((cost << SHIFT) + kind.base + kind.price, at, cost);
                }
            }
        }
        choice
    }

    /// Kinds with free seats cost nothing, the others a little less than before.
    pub(super) fn restart(&mut self, step: i64) {
        for kind in &mut self.kinds {
            kind.price = if kind.is_full() { (kind.price - step).max(0) } else { 0 };
            kind.sitting.clear();
        }
    }

    /// What a need costs beside standing costs.
    pub(super) fn price(&self, need: u32) -> i64 {
        (self.kinds.get(self.of_need[need as usize] as usize)).map_or(0, |kind| kind.price)
    }
}

impl Kind {
    fn is_full(&self) -> bool {
        i64::from(index(self.sitting.len())) >= self.room
    }

    /// Seats a person; returns who has to go.
    fn enter(&mut self, person: u32, offer: i64) -> Option<u32> {
        let over = self.is_full();
        self.sitting.push(Reverse((offer - self.base, person)));
        let away = if over { self.sitting.pop() } else { None };
        if self.is_full() {
            let lowest = self.sitting.peek().map_or(0, |Reverse((offer, _))| *offer);
            self.price = self.price.max(lowest);
        }
        away.map(|Reverse((_, person))| person)
    }
}
