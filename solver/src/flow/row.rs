//! The inner loop of a pass: what the needs of a field cost a person, in short numbers.
//!
//! Short numbers are the exact values, rounded down and cut to what fits; so whatever a short
//! number rules out is ruled out, and the exact value is worked out for the few others only. Where
//! most units ask for a field, the cheapest need of each unit stands for it in a row of 16 bits,
//! eight of which a processor adds and compares at once.

use super::journeys::{Journeys, TOO_FAR};
use super::listing::{FieldList, Group, Member};
use super::offers::{Offers, Prices, Shopper};
use super::tree::PLENTY;
use crate::index;

/// Short numbers of 32 bits from here on mean «not at all».
const NEVER: i32 = 1 << 30;

/// Bits of a price, of a cost and of a journey in short numbers of 32 bits: their sums stay below
/// `NEVER`, and above `NEVER` minus a price there is nothing.
const BITS: u32 = 27;

/// Values that are looked at together.
const BLOCK: usize = 32;

/// A unit in so many needs of a field at least makes rows by unit worth their while.
const DENSE: usize = 5;

/// The offers of a field to a group, before travel.
pub(super) struct Row<'r> {
    offers: &'r Offers,
    prices: &'r Prices<'r>,
    journeys: &'r Journeys,
    /// The field that `short_prices` are of, and the group that `base` is of.
    field: Option<u32>,
    group: Option<u32>,
    short_prices: Vec<i32>,
    short_costs: Vec<i32>,
    /// By position in the list of needs.
    base: Vec<i32>,
    /// Exact values are divided by 2 to the power of this.
    cut: u32,
    bucket: i32,
    /// Whether rows by unit are in use, and allowed at all.
    dense: bool,
    may_be_dense: bool,
    /// By unit, above `low`, divided by 2 to the power of `further`.
    least: Vec<i16>,
    low: i32,
    further: u32,
    short_bucket: i16,
}

impl<'r> Row<'r> {
    pub(super) fn new(offers: &'r Offers, prices: &'r Prices<'r>, journeys: &'r Journeys) -> Self {
        let dearest = prices.needs.iter().map(|price| price.abs()).max().unwrap_or(0);
        let reach = dearest.max(offers.most << prices.shift);
        let cut = bits(reach).saturating_sub(BITS);
        Self {
            offers,
            prices,
            journeys,
            field: None,
            group: None,
            short_prices: Vec::new(),
            short_costs: Vec::new(),
            base: Vec::new(),
            cut,
            bucket: i32::try_from((offers.bucket << prices.shift) >> cut).unwrap_or(0),
            dense: false,
            may_be_dense: true,
            least: Vec::new(),
            low: 0,
            further: 0,
            short_bucket: 0,
        }
    }

    /// Never by unit.
    pub(super) fn each(mut self) -> Self {
        self.may_be_dense = false;
        self
    }

    /// Shows a person the offers of a field, as far as their limit allows.
    pub(super) fn show(&mut self, field: u32, group: u32, member: &Member, shopper: &mut impl Shopper) {
        let Some(limit) = shopper.starts(member.person) else {
            return;
        };
        let list = &self.offers.fields[field as usize];
        let members = &list.groups[group as usize];
        if self.field != Some(field) || self.group != Some(group) {
            self.fill(list, members, self.field != Some(field));
            self.dense = self.may_be_dense && list.needs.len() * DENSE > self.journeys.units();
            if self.dense {
                self.fill_by_unit(list, limit);
            }
            (self.field, self.group) = (Some(field), Some(group));
        }
        let mut visit = Visit {
            row: self,
            list,
            group: members,
            member,
            limit,
            shopper,
        };
        visit.apart();
        if self.dense {
            visit.by_unit();
        } else {
            visit.by_need();
        }
        visit.shopper.ends(member.person);
    }

    /// Rounding down each part on its own keeps sums below the exact ones.
    fn fill(&mut self, list: &FieldList, group: &Group, new_field: bool) {
        let (prices, cut) = (self.prices, self.cut);
        let short = |value: i64| i32::try_from(value >> cut).unwrap_or(NEVER);
        if new_field {
            self.short_prices.clear();
            let price = |&need: &u32| short(prices.needs[need as usize]);
            self.short_prices.extend(list.needs.iter().map(price));
        }
        let cost = |&cost: &i64| match cost {
            PLENTY => NEVER,
            cost => short(cost << prices.shift),
        };
        self.short_costs.clear();
        self.short_costs.extend(group.costs.iter().map(cost));
        self.base.clear();
        let kinds = list.kinds.iter().zip(&self.short_prices);
        self.base
            .extend(kinds.map(|(&kind, price)| self.short_costs[kind as usize] + price));
    }

    /// Chooses how fine 16 bits can be: journeys have to fit, and the way from the lowest value to
    /// the limit should.
    fn fill_by_unit(&mut self, list: &FieldList, limit: i64) {
        self.low = self.base.iter().copied().min().unwrap_or(0);
        let journey = i64::from(self.journeys.longest()) * i64::from(self.bucket);
        let far = i64::from(self.limit(limit).min(NEVER / 2)) - i64::from(self.low);
        self.further = (bits(journey).saturating_sub(14)).max(bits(far.max(0)).saturating_sub(15));
        self.short_bucket = i16::try_from(self.bucket >> self.further).unwrap_or(0);
        self.least.clear();
        self.least.resize(self.journeys.stride(), i16::MAX);
        for (base, &unit) in self.base.iter().zip(&list.units) {
            let above = (base - self.low) >> self.further;
            let least = &mut self.least[unit as usize];
            *least = (*least).min(i16::try_from(above).unwrap_or(i16::MAX));
        }
    }

    /// What short values may be at most for the exact one to be below a limit.
    fn limit(&self, limit: i64) -> i32 {
        const MOST: i32 = 1 << (BITS + 2);
        let last = limit.saturating_sub(1) >> self.cut;
        i32::try_from(last)
            .unwrap_or(if last > 0 { MOST } else { -MOST })
            .clamp(-MOST, MOST)
    }

    /// The same by unit. What is cut off at the top passes if the limit is there, too.
    fn limit_by_unit(&self, limit: i64) -> i16 {
        let last = (self.limit(limit) - self.low) >> self.further;
        i16::try_from(last).unwrap_or(if last > 0 { i16::MAX } else { i16::MIN })
    }
}

fn bits(value: i64) -> u32 {
    i64::BITS - value.leading_zeros()
}

/// One person at one field's list.
struct Visit<'v, S> {
    row: &'v Row<'v>,
    list: &'v FieldList,
    group: &'v Group,
    member: &'v Member,
    limit: i64,
    shopper: &'v mut S,
}

impl<S: Shopper> Visit<'_, S> {
    /// Pairs with a price of their own.
    fn apart(&mut self) {
        for &(at, cost) in &self.member.apart {
            let need = self.list.needs[at as usize];
            if cost < PLENTY {
                let value = self.value(need, cost);
                if value < self.limit {
                    self.limit = self.shopper.finds(value, need, cost);
                }
            }
        }
    }

    fn value(&self, need: u32, cost: i64) -> i64 {
        (cost << self.row.prices.shift) + self.row.prices.needs[need as usize]
    }

    /// Works out one pair, and shows it if it is good enough.
    fn exactly(&mut self, at: usize, journey: u16) {
        let cost = self.group.costs[self.list.kinds[at] as usize];
        let buckets = journey & !TOO_FAR;
        if cost == PLENTY || (journey != buckets && !self.member.excused) {
            return;
        }
        let need = self.list.needs[at];
        let cost = cost + i64::from(buckets) * self.row.offers.bucket;
        let value = self.value(need, cost);
        if value < self.limit && !self.member.is_apart(index(at)) {
            self.limit = self.shopper.finds(value, need, cost);
        }
    }

    fn by_need(&mut self) {
        let row = self.row;
        let journeys = row.journeys.from(self.member.place);
        let mut last = row.limit(self.limit);
        let blocks = row.base.chunks(BLOCK).zip(self.list.units.chunks(BLOCK));
        for (block, (base, units)) in blocks.enumerate() {
            let short = |(base, unit): (&i32, &u32)| {
                base + i32::from(journeys[*unit as usize] & !TOO_FAR) * row.bucket
            };
            let values = base.iter().zip(units);
            if values.clone().map(short).fold(i32::MAX, i32::min) > last {
                continue;
            }
            for (within, value) in values.enumerate() {
                if short(value) <= last {
                    self.exactly(block * BLOCK + within, journeys[units[within] as usize]);
                    last = row.limit(self.limit);
                }
            }
        }
    }

    fn by_unit(&mut self) {
        let row = self.row;
        let journeys = row.journeys.from(self.member.place);
        let mut last = row.limit_by_unit(self.limit);
        let blocks = (row.least.as_chunks::<BLOCK>().0.iter()).zip(journeys.as_chunks::<BLOCK>().0);
        for (block, (least, journeys)) in blocks.enumerate() {
            let mut values = [0_i16; BLOCK];
            for ((value, least), journey) in values.iter_mut().zip(least).zip(journeys) {
                let travel = (journey & !TOO_FAR).cast_signed().wrapping_mul(row.short_bucket);
                *value = least.saturating_add(travel);
            }
            if values.iter().copied().fold(i16::MAX, i16::min) > last {
                continue;
            }
            for (within, &value) in values.iter().enumerate() {
                if value <= last {
                    let unit = block * BLOCK + within;
                    for at in self.list.of_unit(unit) {
                        self.exactly(at, journeys[within]);
                    }
                    last = row.limit_by_unit(self.limit);
                }
            }
        }
    }
}
