//! The seats of an auction: as many as a need asks for, and not more in a unit than it absorbs.

use super::auction::People;
use super::journeys::Journeys;
use super::kinds::Kinds;
use super::network::Network;
use super::offers::Offers;
use super::tree::NONE;
use std::{iter, mem};

/// Who sits where, at which prices.
pub(super) struct Seats {
    /// What a seat costs everybody: its standing costs and the higher of the two prices.
    pub(super) price: Vec<i64>,
    /// Standing costs of each need, the unit's included.
    base: Vec<i64>,
    unit_base: Vec<i64>,
    need: Limits,
    unit: Limits,
    unit_of: Vec<u32>,
    /// The needs of each unit.
    starts: Vec<u32>,
    needs: Vec<u32>,
    sitting: Sitting,
}

/// Who sits at each need, in lists that take no memory of their own: seats are mostly single.
struct Sitting {
    /// Of each need, the one who came last; `NONE` where nobody sits.
    last: Vec<u32>,
    /// Of each person, who came before to the same need.
    before: Vec<u32>,
}

impl Sitting {
    fn at(&self, need: u32) -> impl Iterator<Item = u32> {
        let next = |person: u32| (person != NONE).then_some(person);
        let last = next(self.last[need as usize]);
        iter::successors(last, move |&person| next(self.before[person as usize]))
    }

    fn enter(&mut self, person: u32, need: u32) {
        self.before[person as usize] = mem::replace(&mut self.last[need as usize], person);
    }

    fn leave(&mut self, person: u32, need: u32) {
        let after = self.at(need).find(|&after| self.before[after as usize] == person);
        let before = self.before[person as usize];
        match after {
            Some(after) => self.before[after as usize] = before,
            None => self.last[need as usize] = before,
        }
    }
}

/// Needs or units: how many they take and have, and what the lowest bid above standing costs is.
struct Limits {
    room: Vec<i64>,
    taken: Vec<i64>,
    price: Vec<i64>,
}

impl Limits {
    fn new(room: Vec<i64>) -> Self {
        Self {
            taken: vec![0; room.len()],
            price: vec![0; room.len()],
            room,
        }
    }

    /// Seats that stayed free cost nothing, the others a little less than before.
    fn restart(&mut self, step: i64) {
        for ((room, taken), price) in self.room.iter().zip(&mut self.taken).zip(&mut self.price) {
            *price = if *taken < *room { 0 } else { (*price - step).max(0) };
            *taken = 0;
        }
    }
}

impl Seats {
    pub(super) fn new(network: &Network, cost: impl Fn(u32) -> i64) -> Self {
        let needs: Vec<u32> = network.need_nodes().collect();
        let first_unit = network.unit_node(0);
        let unit_of: Vec<u32> = (needs.iter())
            .map(|&node| network.above[node as usize] - first_unit)
            .collect();
        let unit_base = network
            .units()
            .map(|unit| cost(network.unit_node(unit)))
            .collect();
        let units = network.units().map(|unit| network.unit_node(unit));
        let room = |node: u32| network.bounds.upper(node);
        let base: Vec<i64> = (needs.iter().zip(&unit_of))
            .map(|(&node, &unit)| cost(node) + cost(network.unit_node(unit)))
            .collect();
        let (starts, by_unit) = super::settle::by_node(network.units().len(), unit_of.iter().copied());
        Self {
            price: base.clone(),
            base,
            unit_base,
            need: Limits::new(needs.iter().map(|&node| room(node)).collect()),
            unit: Limits::new(units.map(room).collect()),
            unit_of,
            starts,
            needs: by_unit,
            sitting: Sitting {
                last: vec![NONE; needs.len()],
                before: vec![NONE; network.people().len()],
            },
        }
    }

    pub(super) fn restart(&mut self, step: i64) {
        self.need.restart(step);
        self.unit.restart(step);
        self.sitting.last.fill(NONE);
        for need in 0..crate::index(self.price.len()) {
            self.reprice(need);
        }
    }

    /// The market of kinds of needs, those put together that differ by `blur` at most. What a unit
    /// absorbs goes to its most urgent needs.
    pub(super) fn kinds<'o>(&self, offers: &'o Offers, journeys: &Journeys, blur: i64) -> Kinds<'o> {
        let mut free = self.need.room.clone();
        for (unit, &room) in (0..).zip(&self.unit.room) {
            let mut needs = self.needs_of(unit).to_vec();
            needs.sort_by_key(|&need| self.base[need as usize]);
            let mut left = room;
            for need in needs {
                let free = &mut free[need as usize];
                *free = left.min(*free);
                left -= *free;
            }
        }
        Kinds::new(offers, journeys, &self.base, &free, blur)
    }

    /// Needs cost at first what their kind cost in the end.
    pub(super) fn start(&mut self, kinds: &Kinds<'_>) {
        for need in 0..crate::index(self.price.len()) {
            self.need.price[need as usize] = kinds.price(need);
            self.reprice(need);
        }
    }

    fn reprice(&mut self, need: u32) {
        let unit = self.unit_of[need as usize] as usize;
        let need = need as usize;
        self.price[need] = self.base[need] + self.need.price[need].max(self.unit.price[unit]);
    }

    fn needs_of(&self, unit: u32) -> &[u32] {
        let [first, end] = [0, 1].map(|next| self.starts[unit as usize + next] as usize);
        &self.needs[first..end]
    }

    pub(super) fn leave(&mut self, person: u32, need: u32) {
        self.sitting.leave(person, need);
        self.need.taken[need as usize] -= 1;
        self.unit.taken[self.unit_of[need as usize] as usize] -= 1;
    }

    /// Seats a person; returns who has to go.
    pub(super) fn enter(&mut self, person: u32, need: u32, people: &People) -> Option<u32> {
        let (at, unit) = (need as usize, self.unit_of[need as usize]);
        self.sitting.enter(person, need);
        self.need.taken[at] += 1;
        self.unit.taken[unit as usize] += 1;
        let mut away = None;
        if self.need.taken[at] >= self.need.room[at] {
            let full = self.need.taken[at] > self.need.room[at];
            let (lowest, next) = lowest(self.sitting.at(need).map(|who| (people.offers(who), who)));
            let price = if full { next } else { lowest.0 };
            self.need.price[at] = self.need.price[at].max(price - self.base[at]);
            if full {
                self.leave(lowest.1, need);
                away = Some(lowest.1);
            }
        }
        if self.unit.taken[unit as usize] >= self.unit.room[unit as usize] {
            let full = self.unit.taken[unit as usize] > self.unit.room[unit as usize];
            let of_need = |&need: &u32| {
                let base = self.base[need as usize];
                let sitting = self.sitting.at(need);
                sitting.map(move |who| (people.offers(who) - base, who))
            };
            let (lowest, next) = lowest(self.needs_of(unit).iter().flat_map(of_need));
            let price = if full { next } else { lowest.0 };
            self.unit.price[unit as usize] = self.unit.price[unit as usize].max(price);
            if full {
                let from = people.need[lowest.1 as usize];
                self.leave(lowest.1, from);
                // the seat is free again, and bound by the unit's price alone
                self.need.price[from as usize] = 0;
                away = Some(lowest.1);
            }
            for place in self.starts[unit as usize]..self.starts[unit as usize + 1] {
                self.reprice(self.needs[place as usize]);
            }
        } else {
            self.reprice(need);
        }
        away
    }

    /// What a unit costs: its standing cost and its price.
    pub(super) fn unit_price(&self, unit: u32) -> i64 {
        self.unit_base[unit as usize] + self.unit.price[unit as usize]
    }
}

/// The lowest bid with its bidder, and the next lowest.
fn lowest(bids: impl Iterator<Item = (i64, u32)>) -> ((i64, u32), i64) {
    let (mut lowest, mut next) = ((i64::MAX, u32::MAX), i64::MAX);
    for bid in bids {
        if bid < lowest {
            next = lowest.0;
            lowest = bid;
        } else {
            next = next.min(bid.0);
        }
    }
    (lowest, next)
}
