//! The inner loop of a pass: what the needs of a field cost a person, in short numbers.
//!
//! Short numbers are the exact values, rounded down and cut to 16 bits, eight of which a processor
//! adds and compares at once; so whatever a short number rules out is ruled out, and the exact value
//! is worked out for the few others only. Each need has a slot in the row. Where most units ask for
//! a field, each unit has one instead, with its cheapest need: journeys then lie in the row's order.

use super::journeys::{JourneyRow, Journeys, TOO_FAR};
use super::listing::{FieldList, Group, Member};
use super::offers::{Offers, Prices, Shopper};
use super::tree::PLENTY;
use crate::index;

/// Numbers of 32 bits from here on mean «not at all».
const NEVER: i32 = 1 << 30;

/// Bits of a price, of a cost and of a journey in numbers of 32 bits: their sums stay below
/// `NEVER`, and above `NEVER` minus a price there is nothing.
const BITS: u32 = 27;

/// Bits of the longest journey in a short number.
const TRAVEL_BITS: u32 = 14;

/// Slots that are looked at together.
const BLOCK: usize = 32;

/// Numbers that a processor compares at once.
const LANES: usize = 8;

/// Blocks that have one lowest number for each lane together.
const BAND: usize = 8;

/// A unit in so many needs of a field at least makes rows by unit worth their while.
const DENSE: usize = 5;

/// The offers of a field to a group, before travel.
pub(super) struct Row<'r> {
    offers: &'r Offers,
    prices: &'r Prices<'r>,
    journeys: &'r Journeys,
    /// The field that `prices_cut` and `costs_cut` are of, and the group that `kinds_cut` is of.
    field: Option<u32>,
    group: Option<u32>,
    prices_cut: Vec<i32>,
    costs_cut: Vec<i32>,
    kinds_cut: Vec<i32>,
    /// By position in the list of needs.
    base: Vec<i32>,
    /// Exact values are divided by 2 to the power of this, and by 2 to the power of `further` again
    /// in short numbers.
    cut: u32,
    further: u32,
    bucket: i16,
    /// Whether slots are units.
    by_unit: bool,
    /// Short numbers by slot, above the lowest of `base`.
    slots: Vec<i16>,
    low: i32,
    /// With a person's journeys, and the lowest of each block and lane.
    values: Vec<[i16; BLOCK]>,
    minima: Vec<[i16; LANES]>,
}

impl<'r> Row<'r> {
    pub(super) fn new(offers: &'r Offers, prices: &'r Prices<'r>, journeys: &'r Journeys) -> Self {
        let dearest = prices.needs.iter().map(|price| price.abs()).max().unwrap_or(0);
        let reach = dearest.max(offers.most << prices.shift);
        let cut = bits(reach).saturating_sub(BITS);
        let bucket = (offers.bucket << prices.shift) >> cut;
        let further = bits(bucket * i64::from(journeys.longest())).saturating_sub(TRAVEL_BITS);
        Self {
            offers,
            prices,
            journeys,
            field: None,
            group: None,
            prices_cut: Vec::new(),
            costs_cut: Vec::new(),
            kinds_cut: Vec::new(),
            base: Vec::new(),
            cut,
            further,
            bucket: i16::try_from(bucket >> further).unwrap_or(0),
            by_unit: false,
            slots: Vec::new(),
            low: 0,
            values: Vec::new(),
            minima: Vec::new(),
        }
    }

    /// Shows a person the offers of a field, as far as their limit allows.
    pub(super) fn show(&mut self, field: u32, group: u32, member: &Member, shopper: &mut impl Shopper) {
        let Some(limit) = shopper.starts(member.person) else {
            return;
        };
        let list = &self.offers.fields[field as usize];
        let members = &list.groups[group as usize];
        if self.field != Some(field) || self.group != Some(group) {
            self.by_unit = list.needs.len() * DENSE > self.journeys.columns();
            self.fill(list, members, self.field != Some(field));
            (self.field, self.group) = (Some(field), Some(group));
        }
        self.travel(list, member);
        let mut visit = Visit {
            row: self,
            list,
            group: members,
            member,
            limit,
            shown: 0,
            shopper,
        };
        visit.apart();
        visit.slots();
        visit.shopper.ends(member.person, visit.limit);
    }

    /// Rounding down each part on its own keeps sums below the exact ones.
    fn fill(&mut self, list: &FieldList, group: &Group, new_field: bool) {
        let (prices, cut) = (self.prices, self.cut);
        let short = |value: i64| i32::try_from(value >> cut).unwrap_or(NEVER);
        if new_field {
            self.prices_cut.clear();
            let price = |&need: &u32| short(prices.needs[need as usize]);
            self.prices_cut.extend(list.needs.iter().map(price));
            let cost = |&cost: &i64| match cost {
                PLENTY => NEVER,
                cost => short(cost << prices.shift),
            };
            self.costs_cut.clear();
            self.costs_cut.extend(list.costs.iter().map(cost));
        }
        self.base.clear();
        let kinds = list.kinds.iter().zip(&self.prices_cut);
        self.kinds_cut.clear();
        let cost = |&cost: &u32| self.costs_cut[cost as usize];
        self.kinds_cut.extend(group.costs.iter().map(cost));
        self.base
            .extend(kinds.map(|(&kind, price)| self.kinds_cut[kind as usize] + price));
        let (low, further) = (self.base.iter().copied().min().unwrap_or(0), self.further);
        self.low = low;
        let above = |base: &i32| i16::try_from((base - low) >> further).unwrap_or(i16::MAX);
        self.slots.clear();
        if self.by_unit {
            self.slots.resize(self.journeys.stride(), i16::MAX);
            for (base, &column) in self.base.iter().zip(&list.columns) {
                let slot = &mut self.slots[column as usize];
                *slot = (*slot).min(above(base));
            }
        } else {
            self.slots.extend(self.base.iter().map(above));
            self.slots
                .resize(self.slots.len().next_multiple_of(BLOCK), i16::MAX);
        }
    }

    /// Adds a person's journeys; what is too far for the person is beyond every other value.
    fn travel(&mut self, list: &FieldList, member: &Member) {
        let bucket = self.bucket;
        let longer = |slot: i16, buckets: i16| slot.saturating_add(buckets.wrapping_mul(bucket));
        let byte = |slot, journey: u8| longer(slot, i16::from(journey));
        let word = |slot, journey: u16| longer(slot, (journey & !TOO_FAR).cast_signed());
        let near = |slot, journey| match journey {
            0..TOO_FAR => word(slot, journey),
            TOO_FAR.. => i16::MAX,
        };
        match self.journeys.from(member.place) {
            JourneyRow::Bytes(row, _) => self.travel_by(list, row, byte),
            JourneyRow::Words(row) if member.excused => self.travel_by(list, row, word),
            JourneyRow::Words(row) => self.travel_by(list, row, near),
        }
    }

    fn travel_by<T: Copy>(&mut self, list: &FieldList, row: &[T], add: impl Fn(i16, T) -> i16) {
        self.values.clear();
        self.minima.clear();
        let slots = self.slots.as_chunks::<BLOCK>().0;
        let mut push = |values: [i16; BLOCK]| {
            self.minima.push(least(&values));
            self.values.push(values);
        };
        if self.by_unit {
            for (slots, row) in slots.iter().zip(row.as_chunks::<BLOCK>().0) {
                let mut values = [0; BLOCK];
                for ((value, &slot), &journey) in values.iter_mut().zip(slots).zip(row) {
                    *value = add(slot, journey);
                }
                push(values);
            }
        } else {
            for (slots, columns) in slots.iter().zip(list.columns.chunks(BLOCK)) {
                let mut values = [i16::MAX; BLOCK];
                for ((value, &slot), &column) in values.iter_mut().zip(slots).zip(columns) {
                    *value = add(slot, row[column as usize]);
                }
                push(values);
            }
        }
    }

    /// What short numbers may be at most for the exact one to be below a limit. Whatever is cut off
    /// at the top passes if the limit is there, too.
    fn last(&self, limit: i64) -> i16 {
        let last = (limit.saturating_sub(1) >> self.cut).saturating_sub(self.low.into()) >> self.further;
        i16::try_from(last).unwrap_or(if last > 0 { i16::MAX } else { i16::MIN })
    }

    /// A limit that so many values stay below, reckoned from parts of the row: each has its lowest.
    /// Where fewer stay below a limit that there is anyway, there is nothing to reckon.
    fn limit_for(&self, wanted: usize, limit: i64) -> i64 {
        let mut lowest: Vec<i16> = Vec::with_capacity(self.minima.len().div_ceil(BAND) * LANES);
        for band in self.minima.chunks(BAND) {
            let mut least = [i16::MAX; LANES];
            for lanes in band {
                for (least, value) in least.iter_mut().zip(lanes) {
                    *least = (*least).min(*value);
                }
            }
            lowest.extend(least);
        }
        let last = self.last(limit);
        if lowest.iter().filter(|&&value| value <= last).count() <= wanted {
            return limit;
        }
        let (_, &mut short, _) = lowest.select_nth_unstable(wanted);
        if short == i16::MAX {
            return limit;
        }
        // what rounding can have taken away from the parts: price, cost, and each bucket
        let buckets = i64::from(self.journeys.longest());
        let rounded = |by: u32, parts: i64| if by == 0 { 0 } else { parts + buckets };
        let value = (i64::from(short) + 1 + rounded(self.further, 1)) << self.further;
        limit.min((value + rounded(self.cut, 2) + i64::from(self.low)) << self.cut)
    }
}

/// The lowest of a block, lane by lane.
fn least(values: &[i16; BLOCK]) -> [i16; LANES] {
    let mut least = [i16::MAX; LANES];
    for lanes in values.as_chunks::<LANES>().0 {
        for (least, value) in least.iter_mut().zip(lanes) {
            *least = (*least).min(*value);
        }
    }
    least
}

fn bits(value: i64) -> u32 {
    i64::BITS - value.leading_zeros()
}

/// One person at one field's list.
struct Visit<'v, 'r, S> {
    row: &'v mut Row<'r>,
    list: &'v FieldList,
    group: &'v Group,
    member: &'v Member,
    limit: i64,
    /// Offers shown so far.
    shown: usize,
    shopper: &'v mut S,
}

impl<S: Shopper> Visit<'_, '_, S> {
    /// Pairs with a price of their own.
    fn apart(&mut self) {
        for &(at, cost) in &self.member.apart {
            let need = self.list.needs[at as usize];
            if cost < PLENTY {
                let value = self.value(need, cost);
                self.show(value, need, cost);
            }
        }
    }

    fn show(&mut self, value: i64, need: u32, cost: i64) {
        if value < self.limit {
            self.limit = self.limit.min(self.shopper.finds(value, need, cost));
            self.shown += 1;
        }
    }

    fn value(&self, need: u32, cost: i64) -> i64 {
        (cost << self.row.prices.shift) + self.row.prices.needs[need as usize]
    }

    /// Works out one pair, and shows it if it is good enough.
    fn exactly(&mut self, at: usize, journey: u16) {
        let cost = self.list.cost(self.group, self.list.kinds[at]);
        let buckets = journey & !TOO_FAR;
        if cost == PLENTY || (journey != buckets && !self.member.excused) {
            return;
        }
        let need = self.list.needs[at];
        let cost = cost + i64::from(buckets) * self.row.offers.bucket;
        let value = self.value(need, cost);
        if !self.member.is_apart(index(at)) {
            self.show(value, need, cost);
        }
    }

    /// Works out the pairs whose short numbers are low enough. Those may be the forbidden ones, of which
    /// short numbers know nothing: where all are, the limit that they gave is none.
    fn slots(&mut self) {
        let asked = self.limit;
        self.limit = self.row.limit_for(self.shopper.wants(), asked);
        let lowered = self.limit < asked;
        self.look();
        if lowered && self.shown == 0 {
            self.limit = asked;
            self.look();
        }
    }

    fn look(&mut self) {
        let journeys = self.row.journeys.from(self.member.place);
        let mut last = self.row.last(self.limit);
        for block in 0..self.row.values.len() {
            if self.row.minima[block].iter().all(|&least| least > last) {
                continue;
            }
            for (slot, value) in (block * BLOCK..).zip(self.row.values[block]) {
                if value > last {
                    continue;
                }
                if self.row.by_unit {
                    for at in self.list.of_column(slot) {
                        self.exactly(at, journeys.to(self.list.columns[at]));
                    }
                } else if let Some(&column) = self.list.columns.get(slot) {
                    self.exactly(slot, journeys.to(column));
                }
                last = self.row.last(self.limit);
            }
        }
    }
}
