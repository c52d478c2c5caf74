//! Staying at home in an auction: groups, departments and the province keep at least so many, and
//! reward staying as far as that takes.

use super::network::{Network, ROOT};
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Who stays where, at which prices. Nodes are numbered as in the network, up to the last home.
pub(super) struct Homes {
    above: Vec<u32>,
    /// The homes right below each home.
    below: Vec<Vec<u32>>,
    /// How many must stay.
    least: Vec<i64>,
    staying: Vec<i64>,
    /// What staying costs where a limit holds; negative is a reward.
    level: Vec<i64>,
    /// Those who stay, by their bid: the lowest would leave first.
    people: Vec<BinaryHeap<Reverse<(i64, u32)>>>,
    home_of: Vec<u32>,
}

impl Homes {
    pub(super) fn new(network: &Network, most: i64) -> Self {
        let count = network.unit_node(0) as usize;
        let above = network.above[..count].to_vec();
        let mut below = vec![Vec::new(); count];
        for node in 1..network.unit_node(0) {
            below[above[node as usize] as usize].push(node);
        }
        let least: Vec<i64> = (0..network.unit_node(0))
            .map(|node| network.bounds.lower(node))
            .collect();
        Self {
            // staying is rewarded more than anything else where somebody has to
            level: least
                .iter()
                .map(|&least| if least > 0 { -4 * most } else { 0 })
                .collect(),
            staying: vec![0; count],
            people: vec![BinaryHeap::new(); count],
            home_of: (network.people())
                .map(|person| network.above[network.person_node(person) as usize])
                .collect(),
            above,
            below,
            least,
        }
    }

    pub(super) fn restart(&mut self, step: i64) {
        for at in 1..self.least.len() {
            // where more stayed than had to, no reward was needed
            self.level[at] = if self.staying[at] > self.least[at] {
                0
            } else {
                self.level[at] - step
            };
            self.staying[at] = 0;
            self.people[at].clear();
        }
    }

    pub(super) fn of(&self, person: u32) -> u32 {
        self.home_of[person as usize]
    }

    /// What staying costs at a home: the lowest level up to the root.
    pub(super) fn price(&self, mut home: u32) -> i64 {
        let mut price = 0;
        while home != ROOT {
            price = price.min(self.level[home as usize]);
            home = self.above[home as usize];
        }
        price
    }

    /// A person stays; returns who goes in exchange.
    pub(super) fn enter(&mut self, person: u32, bid: i64) -> Option<u32> {
        let home = self.of(person);
        self.people[home as usize].push(Reverse((bid, person)));
        self.count(home, 1);
        let mut at = home;
        while at != ROOT {
            let place = at as usize;
            if self.staying[place] < self.least[place] {
                return None;
            }
            let above = self.price(self.above[place]);
            let (lowest, from) = self.lowest(at)?;
            if self.staying[place] == self.least[place] {
                self.level[place] = self.level[place].max(lowest.min(above));
                return None;
            }
            if lowest < above {
                let away = self.people[from as usize].pop();
                self.count(from, -1);
                let next = self.lowest(at).map_or(above, |(bid, _)| bid.min(above));
                self.level[place] = self.level[place].max(next);
                return away.map(|Reverse((_, person))| person);
            }
            self.level[place] = above;
            at = self.above[place];
        }
        None
    }

    fn count(&mut self, mut home: u32, by: i64) {
        while home != ROOT {
            self.staying[home as usize] += by;
            home = self.above[home as usize];
        }
    }

    /// The lowest bid below a home that may go as far as the homes between are concerned, and
    /// where it is.
    fn lowest(&self, home: u32) -> Option<(i64, u32)> {
        let own = self.people[home as usize]
            .peek()
            .map(|Reverse((bid, _))| (*bid, home));
        let further = self.below[home as usize]
            .iter()
            .filter(|&&below| self.staying[below as usize] > self.least[below as usize])
            .filter_map(|&below| self.lowest(below));
        own.into_iter().chain(further).min()
    }

    /// Homes with fewer people than must stay, and how many are missing.
    pub(super) fn missing(&self) -> Vec<i64> {
        let missing = self.least.iter().zip(&self.staying);
        let missing: Vec<i64> = missing.map(|(least, staying)| least - staying).collect();
        if missing.iter().skip(1).any(|&missing| missing > 0) {
            missing
        } else {
            Vec::new()
        }
    }

    /// Calls a person home if one of their homes misses somebody.
    pub(super) fn call(&mut self, person: u32, value: i64, missing: &mut [i64]) -> bool {
        let home = self.of(person);
        let mut wanted = None;
        let mut at = home;
        while at != ROOT {
            if missing[at as usize] > 0 {
                wanted = Some(at);
            }
            at = self.above[at as usize];
        }
        let Some(wanted) = wanted else { return false };
        self.level[wanted as usize] = self.level[wanted as usize].min(value);
        let mut at = home;
        while at != ROOT {
            missing[at as usize] -= 1;
            at = self.above[at as usize];
        }
        self.count(home, 1);
        true
    }
}
