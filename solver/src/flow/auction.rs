//! A good start for the simplex: people bid for seats, and for staying at home where their
//! department needs them, with bids that grow finer and finer (Bertsekas 1988).
//!
//! The outcome is a plan that keeps every rule and prices that nearly prove it, not a proof: what
//! is left to do, and all of the proof, is the simplex's part. So nothing here has to be exact,
//! only the same on every run.
//!
//! Whoever has no place takes the best one and bids as much as the second best would cost. Where
//! more have come than there are places, the lowest bid gives way, and the lowest that stays is the
//! price from then on. A place is bound by two limits, the need's and the unit's, or those of group,
//! department and province.

use super::homes::Homes;
use super::journeys::Journeys;
use super::network::{Network, ROOT};
use super::offers::{Offers, Prices};
use super::seats::Seats;
use super::shortlist::Shortlists;
use super::tree::{NONE, PLENTY};
use std::mem;

/// Costs are multiplied by 2 to the power of this, so that bids may be finer than one.
pub(super) const SHIFT: u32 = 3;

/// Bids get finer by this factor.
const FINER: i64 = 6;

/// The first bids are this fraction of the largest cost, and those for kinds end at the next.
const COARSEST: i64 = 24;
const FINEST_BY_KIND: i64 = 3000;

/// Needs are of one kind if their costs differ by this fraction of the largest cost at most.
const BLUR: i64 = 1000;

/// The first bids for needs are this fraction of the largest cost.
const START: i64 = 6000;

/// Bids in a round for each person, in the mean, after which the simplex takes over: where a few
/// seats are worth far more than all others, bidding them up takes longer than pivots.
const PATIENCE: usize = 150;

/// Costs larger than this are left to the simplex alone.
const LARGEST: i64 = 1 << 30;

/// Where everybody is, at which prices.
pub(super) struct Auction<'a> {
    pub(super) network: &'a Network,
    offers: &'a Offers,
    journeys: &'a Journeys,
    pub(super) seats: Seats,
    pub(super) homes: Homes,
    pub(super) people: People,
    pub(super) lists: Shortlists,
    active: Vec<u32>,
    waiting: Vec<u32>,
}

/// How an auction ended, in the network's terms.
pub(super) struct Outcome {
    /// For each person: the node that they are at.
    pub(super) at: Vec<u32>,
    /// What the pair costs that brought them there.
    pub(super) paid: Vec<i64>,
    /// Of each node, multiplied.
    pub(super) price: Vec<i64>,
    /// On each standing arc.
    pub(super) flow: Vec<i64>,
}

/// What is known of each person.
pub(super) struct People {
    /// The need that they serve; `NONE` for those at home.
    pub(super) need: Vec<u32>,
    /// What the pair costs.
    pub(super) paid: Vec<i64>,
    /// What they would go up to for their place: the value of the second best, and a bid.
    pub(super) bid: Vec<i64>,
}

/// The best that a person has seen, and the value of the second best.
pub(super) struct Choice {
    pub(super) value: i64,
    /// `NONE` for staying at home.
    pub(super) need: u32,
    /// What the pair costs.
    pub(super) cost: i64,
    second: i64,
}

impl Choice {
    /// To stay at home at its price.
    pub(super) fn home(value: i64) -> Self {
        Self {
            value,
            need: NONE,
            cost: 0,
            second: i64::MAX,
        }
    }

    /// Looks at an offer.
    pub(super) fn see(&mut self, value: i64, need: u32, cost: i64) {
        if value < self.value {
            let second = self.value;
            *self = Self {
                value,
                need,
                cost,
                second,
            };
        } else if value < self.second {
            self.second = value;
        }
    }

    /// What the person goes up to: the value of the second best, and a step.
    pub(super) fn bid(&self, step: i64) -> i64 {
        self.second.saturating_add(step).min(PLENTY)
    }
}

impl<'a> Auction<'a> {
    /// Holds the auction. `None` if costs are too large for it.
    pub(super) fn hold(
        network: &'a Network,
        cost: &[i64],
        offers: &'a Offers,
        journeys: &'a Journeys,
    ) -> Option<Self> {
        let most = cost.iter().map(|cost| cost.abs()).max().unwrap_or(0) + offers.most();
        if most > LARGEST {
            return None;
        }
        let most = most << SHIFT;
        let count = network.people().len();
        let mut auction = Self {
            network,
            offers,
            journeys,
            seats: Seats::new(network, |arc| cost[arc as usize] << SHIFT),
            homes: Homes::new(network, most),
            people: People {
                need: vec![NONE; count],
                paid: vec![0; count],
                bid: vec![0; count],
            },
            lists: Shortlists::new(count),
            active: Vec::new(),
            waiting: Vec::new(),
        };
        auction.by_kind(most);
        let mut step = (most / START).max(1);
        loop {
            if !auction.round(step) || step == 1 {
                return Some(auction);
            }
            // prices that stand too high are never bid down, so all start somewhat lower again
            let back = 2 * step;
            auction.seats.restart(back);
            auction.homes.restart(back);
            auction.lists.fall(back);
            step = (step / FINER).max(1);
        }
    }

    /// Finds the first prices of needs and homes.
    fn by_kind(&mut self, most: i64) {
        let mut kinds = self.seats.kinds(self.offers, self.journeys, most / BLUR);
        let mut step = most / COARSEST;
        while step > most / FINEST_BY_KIND {
            kinds.round(self.everybody(), &mut self.homes, step);
            let back = step.max(most / START);
            kinds.restart(back);
            self.homes.restart(back);
            step /= FINER;
        }
        self.seats.start(&kinds);
    }

    /// Who may be placed, the last first.
    fn everybody(&self) -> impl Iterator<Item = u32> + use<'a> {
        let network = self.network;
        let people = network.people().rev();
        people.filter(|&person| network.open_person[person as usize])
    }

    /// One round of bids of the same fineness: everybody comes anew. Whether everybody found a
    /// place in time; who did not stays at home.
    fn round(&mut self, step: i64) -> bool {
        let mut bids = PATIENCE * self.network.people().len();
        self.active.extend(self.everybody());
        loop {
            while bids > 0
                && let Some(person) = self.active.pop()
            {
                self.bid(person, step);
                bids -= 1;
            }
            if self.waiting.is_empty() || bids == 0 {
                break;
            }
            let prices = Prices {
                needs: &self.seats.price,
                shift: SHIFT,
            };
            self.lists
                .look(&self.waiting, self.offers, self.journeys, &prices);
            self.active.append(&mut self.waiting);
        }
        for person in mem::take(&mut self.active)
            .into_iter()
            .chain(mem::take(&mut self.waiting))
        {
            self.people.need[person as usize] = NONE;
        }
        self.call_home();
        bids > 0
    }

    /// A person without a place takes the best one.
    fn bid(&mut self, person: u32, step: i64) {
        let home = self.homes.of(person);
        let mut choice = Choice::home(self.homes.price(home));
        for (need, cost) in self.lists.of(person) {
            choice.see((cost << SHIFT) + self.seats.price[need as usize], need, cost);
        }
        let others = self.lists.others(person);
        if others < choice.value {
            self.waiting.push(person);
            return;
        }
        choice.second = choice.second.min(others);
        let Choice { need, cost, .. } = choice;
        self.people.need[person as usize] = need;
        self.people.paid[person as usize] = cost;
        self.people.bid[person as usize] = choice.bid(step);
        let away = if need == NONE {
            self.homes.enter(person, self.people.bid[person as usize])
        } else {
            self.seats.enter(person, need, &self.people)
        };
        self.active.extend(away);
    }

    /// Where everybody ended up. What people pay is their price.
    pub(super) fn outcome(&self) -> Outcome {
        let network = self.network;
        let mut outcome = Outcome {
            at: vec![NONE; network.people().len()],
            paid: self.people.paid.clone(),
            price: vec![0; network.nodes()],
            flow: vec![0; network.nodes()],
        };
        for home in 1..network.unit_node(0) {
            outcome.price[home as usize] = self.homes.price(home);
        }
        for unit in network.units() {
            outcome.price[network.unit_node(unit) as usize] = self.seats.unit_price(unit);
        }
        for need in network.needs() {
            outcome.price[network.need_node(need) as usize] = self.seats.price[need as usize];
        }
        for person in network.people() {
            let node = network.person_node(person);
            if !network.open_person[person as usize] {
                continue;
            }
            let need = self.people.need[person as usize];
            let (mut at, price) = if need == NONE {
                outcome.flow[node as usize] = 1;
                let home = self.homes.of(person);
                outcome.paid[person as usize] = 0;
                (home, outcome.price[home as usize])
            } else {
                (network.need_node(need), self.people.value(person, &self.seats))
            };
            outcome.at[person as usize] = at;
            outcome.price[node as usize] = price;
            while at != ROOT {
                outcome.flow[at as usize] += 1;
                at = network.above[at as usize];
            }
        }
        outcome
    }

    /// Calls people home where fewer have come than must stay, those first who lose least.
    fn call_home(&mut self) {
        let mut missing = self.homes.missing();
        if missing.is_empty() {
            return;
        }
        let mut serving: Vec<(i64, u32)> = (self.network.people())
            .filter(|&person| self.people.need[person as usize] != NONE)
            .map(|person| (self.people.value(person, &self.seats), person))
            .collect();
        serving.sort_unstable_by_key(|&(value, person)| (-value, person));
        for (value, person) in serving {
            if self.homes.call(person, value, &mut missing) {
                self.seats.leave(person, self.people.need[person as usize]);
                self.people.need[person as usize] = NONE;
                self.people.paid[person as usize] = 0;
            }
        }
    }
}

impl People {
    /// What the seat of a person costs them at its price.
    fn value(&self, person: u32, seats: &Seats) -> i64 {
        (self.paid[person as usize] << SHIFT) + seats.price[self.need[person as usize] as usize]
    }

    /// What a person offers for the seat itself.
    pub(super) fn offers(&self, person: u32) -> i64 {
        self.bid[person as usize] - (self.paid[person as usize] << SHIFT)
    }
}
