//! Eligible pairs that need not be built: they are priced from lists by field.
//!
//! What a pair costs depends on little: on the *kind* of person (level, experience, languages and
//! the like), on the *kind* of need, and on the journey. So a field is a small table of kind
//! against kind, a list of its people and a list of its needs; a journey is two bytes in a row per
//! place. A pass over hundreds of millions of pairs then takes a look-up and two additions each.
//! The few pairs that the document names one by one are kept apart, with costs of their own.

use super::face::Face;
use super::journeys::{Journeys, TOO_FAR};
use super::listing::{FieldList, Group, Looks, Member};
use super::network::Network;
use super::simplex::{PairArc, Simplex};
use super::tree::PLENTY;
use crate::eligibility::Pair;
use crate::index;
use crate::instance::Instance;

/// What pairs cost in one step.
pub(crate) struct PairCosts<'c> {
    /// By the kinds of person and need alone.
    pub(crate) kinds: &'c dyn Fn(&Pair) -> i64,
    /// For each started bucket of travel.
    pub(crate) bucket: i64,
    /// Of a pair that the document names: all of the above, and what is said of it alone.
    pub(crate) named: &'c dyn Fn(&Pair) -> i64,
    /// What `kinds` looks at.
    pub(crate) looks: Looks,
}

/// The price list of one step.
pub(crate) struct Offers {
    fields: Vec<FieldList>,
    bucket: i64,
    /// No cost of a pair is further from zero, journey included.
    most: i64,
}

/// What is on offer at which prices.
pub(super) struct Prices<'p> {
    /// Of each need.
    pub(super) needs: &'p [i64],
    /// Costs are multiplied by 2 to the power of this before they meet prices.
    pub(super) shift: u32,
}

/// Who looks at the offers of each person, field by field.
pub(super) trait Shopper {
    /// The value that offers to a person must stay below; `None` if the person wants none.
    fn starts(&mut self, person: u32) -> Option<i64>;

    /// An offer: its value is the cost of the pair plus the price of the need. Returns what the
    /// next one must stay below.
    fn finds(&mut self, value: i64, need: u32, cost: i64) -> i64;

    /// The field has no more offers for this person.
    fn ends(&mut self, person: u32);
}

/// What a value must stay below when the person's limit is `limit`, in the short numbers of a row.
const NEVER: i32 = 1 << 30;

/// Values that are looked at together.
const BLOCK: usize = 16;

/// A group's offers before travel, in short numbers that are never above the exact ones.
struct Row {
    base: Vec<i32>,
    /// Exact values are divided by 2 to the power of this.
    cut: u32,
    bucket: i32,
}

impl Offers {
    /// Lists every open person and need that the face still leaves open to each other.
    pub(crate) fn new(
        instance: &Instance,
        network: &Network,
        face: &Face,
        journeys: &Journeys,
        costs: &PairCosts<'_>,
    ) -> Self {
        let fields = FieldList::all(instance, network, face, journeys, costs);
        let kinds = (fields.iter()).map(FieldList::most).max().unwrap_or(0);
        Self {
            most: kinds + costs.bucket.abs() * i64::from(!TOO_FAR),
            fields,
            bucket: costs.bucket,
        }
    }

    /// For each person and field, up to `most` pairs of the smallest reduced cost below `below`.
    pub(crate) fn offer(
        &self,
        journeys: &Journeys,
        simplex: &Simplex,
        below: i64,
        most: usize,
        out: &mut Vec<PairArc>,
    ) {
        let (network, price) = (&simplex.network, &simplex.tree.price);
        let prices = Prices {
            needs: &price[network.need_nodes_range()],
            shift: 0,
        };
        let mut best = Best {
            network,
            price,
            below,
            most,
            limit: 0,
            found: Vec::with_capacity(64),
            out,
        };
        self.scan(journeys, &prices, &mut best);
    }

    /// Shows every eligible pair to a shopper, as far as their limits allow.
    pub(super) fn scan(&self, journeys: &Journeys, prices: &Prices<'_>, shopper: &mut impl Shopper) {
        let dearest = prices.needs.iter().map(|price| price.abs()).max().unwrap_or(0);
        let reach = dearest + (self.most << prices.shift);
        let mut row = Row {
            base: Vec::new(),
            // 2²⁹ for the base and 2²⁹ for the journey stay below `NEVER`
            cut: (i64::BITS - reach.leading_zeros()).saturating_sub(29),
            bucket: 0,
        };
        row.bucket = i32::try_from((self.bucket << prices.shift) >> row.cut).unwrap_or(0);
        for list in &self.fields {
            for group in &list.groups {
                let mut ready = false;
                for member in &group.people {
                    let Some(limit) = shopper.starts(member.person) else {
                        continue;
                    };
                    if !ready {
                        row.fill(list, group, prices);
                        ready = true;
                    }
                    let journeys = journeys.from(member.place);
                    self.scan_member(list, group, member, journeys, &row, prices, limit, shopper);
                    shopper.ends(member.person);
                }
            }
        }
    }

    #[expect(clippy::too_many_arguments, reason = "the inner loop, taken out to be read")]
    fn scan_member(
        &self,
        list: &FieldList,
        group: &Group,
        member: &Member,
        journeys: &[u16],
        row: &Row,
        prices: &Prices<'_>,
        mut limit: i64,
        shopper: &mut impl Shopper,
    ) {
        for &(at, cost) in &member.apart {
            let need = list.needs[at as usize];
            let value = (cost << prices.shift) + prices.needs[need as usize];
            if cost < PLENTY && value < limit {
                limit = shopper.finds(value, need, cost);
            }
        }
        let mut short = row.limit(limit);
        let blocks = row.base.chunks(BLOCK).zip(list.units.chunks(BLOCK));
        for (block, (base, units)) in blocks.enumerate() {
            let mut least = i32::MAX;
            for (base, &unit) in base.iter().zip(units) {
                let journey = i32::from(journeys[unit as usize] & !TOO_FAR);
                least = least.min(base + journey * row.bucket);
            }
            if least >= short {
                continue;
            }
            for (within, &unit) in units.iter().enumerate() {
                let journey = journeys[unit as usize];
                let buckets = journey & !TOO_FAR;
                if base[within] + i32::from(buckets) * row.bucket >= short {
                    continue;
                }
                let at = block * BLOCK + within;
                let need = list.needs[at];
                let cost = group.costs[list.kinds[at] as usize] + i64::from(buckets) * self.bucket;
                let value = (cost << prices.shift) + prices.needs[need as usize];
                let near = journey == buckets || member.excused;
                if value < limit && near && !member.is_apart(index(at)) {
                    limit = shopper.finds(value, need, cost);
                    short = row.limit(limit);
                }
            }
        }
    }
}

impl Row {
    fn fill(&mut self, list: &FieldList, group: &Group, prices: &Prices<'_>) {
        self.base.clear();
        let cut = self.cut;
        let base = |(&kind, &need): (&u32, &u32)| {
            let cost = group.costs[kind as usize];
            let value = ((cost << prices.shift) + prices.needs[need as usize]) >> cut;
            if cost < PLENTY {
                i32::try_from(value).unwrap_or(NEVER)
            } else {
                NEVER
            }
        };
        self.base.extend(list.kinds.iter().zip(&list.needs).map(base));
    }

    /// What short values must stay below for the exact one to be below a limit.
    fn limit(&self, limit: i64) -> i32 {
        let last = limit.saturating_sub(1) >> self.cut;
        i32::try_from(last + 1)
            .unwrap_or(if last > 0 { NEVER } else { i32::MIN })
            .min(NEVER)
    }
}

/// Keeps the best offers of each person and field.
struct Best<'b> {
    network: &'b Network,
    price: &'b [i64],
    below: i64,
    most: usize,
    limit: i64,
    /// (value, need, cost), the best first.
    found: Vec<(i64, u32, i64)>,
    out: &'b mut Vec<PairArc>,
}

impl Shopper for Best<'_> {
    fn starts(&mut self, person: u32) -> Option<i64> {
        // the reduced cost is the value minus the person's price
        self.limit = self.price[self.network.person_node(person) as usize] + self.below;
        self.network.open_person[person as usize].then_some(self.limit)
    }

    fn finds(&mut self, value: i64, need: u32, cost: i64) -> i64 {
        let place = self
            .found
            .partition_point(|&(other, to, _)| (other, to) <= (value, need));
        self.found.insert(place, (value, need, cost));
        if self.found.len() > self.most {
            self.found.pop();
        }
        match self.found.last() {
            Some(&(worst, ..)) if self.found.len() == self.most => worst,
            _ => self.limit,
        }
    }

    fn ends(&mut self, person: u32) {
        let tail = self.network.person_node(person);
        let arcs = self.found.drain(..).map(|(_, need, cost)| PairArc {
            tail,
            head: self.network.need_node(need),
            cost,
        });
        self.out.extend(arcs);
    }
}
