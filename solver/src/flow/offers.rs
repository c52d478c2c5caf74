//! Eligible pairs that need not be built: they are priced from lists by field.
//!
//! What a pair costs depends on little: on the *kind* of person (level, experience, languages and
//! the like), on the *kind* of need, and on the journey. So a field is a small table of kind
//! against kind, a list of its people and a list of its needs; a journey is two bytes in a row per
//! place. A pass over hundreds of millions of pairs then takes a look-up and two additions each.
//! The few pairs that the document names one by one are kept apart, with costs of their own.

use super::face::Face;
use super::journeys::{Journeys, TOO_FAR};
use super::listing::{FieldList, Looks};
use super::network::Network;
use super::row::Row;
use super::simplex::{PairArc, Simplex};
use crate::eligibility::Pair;
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
    pub(super) fields: Vec<FieldList>,
    pub(super) bucket: i64,
    /// No cost of a pair is further from zero, journey included.
    pub(super) most: i64,
    /// Where each person is listed, by person.
    listed: Vec<Listed>,
    /// Where the places of a person begin among those.
    starts: Vec<u32>,
}

/// A place in the lists.
#[derive(Clone, Copy)]
struct Listed {
    field: u32,
    group: u32,
    member: u32,
}

/// What is on offer at which prices.
pub(super) struct Prices<'p> {
    /// Of each need.
    pub(super) needs: &'p [i64],
    /// Costs are multiplied by 2 to the power of this before they meet prices.
    pub(super) shift: u32,
}

impl<'p> Prices<'p> {
    fn of(simplex: &'p Simplex) -> Self {
        Self {
            needs: &simplex.tree.price[simplex.network.need_nodes_range()],
            shift: 0,
        }
    }
}

/// Who looks at the offers of each person, field by field.
pub(super) trait Shopper {
    /// The value that offers to a person must stay below; `None` if the person wants none.
    fn starts(&mut self, person: u32) -> Option<i64>;

    /// An offer: its value is the cost of the pair plus the price of the need. Returns what the
    /// next one must stay below.
    fn finds(&mut self, value: i64, need: u32, cost: i64) -> i64;

    /// The field has no more offers to this person of a value below a limit.
    fn ends(&mut self, person: u32, limit: i64);

    /// How many offers of a field to a person are enough.
    fn wants(&self) -> usize;
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
        let mut starts = vec![0_u32; network.people().len() + 1];
        let mut places = Vec::new();
        for (field, list) in (0..).zip(&fields) {
            for (group, row) in (0..).zip(&list.groups) {
                for (member, person) in (0..).zip(row.people.iter().map(|member| member.person)) {
                    starts[person as usize + 1] += 1;
                    places.push((person, Listed { field, group, member }));
                }
            }
        }
        places.sort_by_key(|&(person, _)| person);
        for person in network.people() {
            starts[person as usize + 1] += starts[person as usize];
        }
        Self {
            listed: places.into_iter().map(|(_, place)| place).collect(),
            starts,
            most: kinds + costs.bucket.abs() * i64::from(!TOO_FAR),
            fields,
            bucket: costs.bucket,
        }
    }

    /// No cost of a pair is further from zero.
    pub(super) fn most(&self) -> i64 {
        self.most
    }

    /// The lists that a person is in: field and group.
    pub(super) fn lists_of(&self, person: u32) -> impl Iterator<Item = (u32, u32)> {
        (self.places_of(person).iter()).map(|place| (place.field, place.group))
    }

    fn places_of(&self, person: u32) -> &[Listed] {
        let [first, end] = [0, 1].map(|next| self.starts[person as usize + next] as usize);
        &self.listed[first..end]
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
        let prices = Prices::of(simplex);
        self.scan(journeys, &prices, &mut Best::new(simplex, below, most, out));
    }

    /// For how many people and fields some pair would pay, each pair priced on its own: what there
    /// is to do at least when pairs have nothing in common. For measurements.
    pub(crate) fn count_paying(&self, journeys: &Journeys, simplex: &Simplex) -> u64 {
        let prices = Prices::of(simplex);
        let mut paying = 0;
        let mut base = Vec::new();
        for list in &self.fields {
            for group in &list.groups {
                base.clear();
                base.extend((list.needs.iter().zip(&list.kinds)).map(|(&need, &kind)| {
                    list.cost(group, kind).saturating_add(prices.needs[need as usize])
                }));
                for member in &group.people {
                    let row = journeys.from(member.place);
                    let value = |(at, (base, &column)): (u32, (&i64, &u32))| {
                        let journey = row.to(column);
                        let far = journey >= TOO_FAR && !member.excused;
                        (!far && !member.is_apart(at))
                            .then(|| base + self.bucket * i64::from(journey & !TOO_FAR))
                    };
                    let least = (0..).zip(base.iter().zip(&list.columns)).filter_map(value).min();
                    let limit = simplex.tree.price[simplex.network.person_node(member.person) as usize];
                    paying += u64::from(least.is_some_and(|least| least < limit));
                }
            }
        }
        paying
    }

    /// Shows every eligible pair to a shopper, as far as their limits allow.
    pub(super) fn scan(&self, journeys: &Journeys, prices: &Prices<'_>, shopper: &mut impl Shopper) {
        let mut row = Row::new(self, prices, journeys);
        for (field, list) in (0..).zip(&self.fields) {
            for (group, members) in (0..).zip(&list.groups) {
                for member in &members.people {
                    row.show(field, group, member, shopper);
                }
            }
        }
    }

    /// The same for some people only.
    pub(super) fn scan_people(
        &self,
        people: &[u32],
        journeys: &Journeys,
        prices: &Prices<'_>,
        shopper: &mut impl Shopper,
    ) {
        let mut places: Vec<_> = (people.iter())
            .flat_map(|&person| self.places_of(person))
            .copied()
            .collect();
        places.sort_unstable_by_key(|place| (place.field, place.group, place.member));
        let mut row = Row::new(self, prices, journeys);
        for Listed { field, group, member } in places {
            let list = &self.fields[field as usize];
            let member = &list.groups[group as usize].people[member as usize];
            row.show(field, group, member, shopper);
        }
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

impl<'b> Best<'b> {
    fn new(simplex: &'b Simplex, below: i64, most: usize, out: &'b mut Vec<PairArc>) -> Self {
        Self {
            network: &simplex.network,
            price: &simplex.tree.price,
            below,
            most,
            limit: 0,
            found: Vec::with_capacity(64),
            out,
        }
    }
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

    fn ends(&mut self, person: u32, _limit: i64) {
        let tail = self.network.person_node(person);
        let arcs = self.found.drain(..).map(|(_, need, cost)| PairArc {
            tail,
            head: self.network.need_node(need),
            cost,
        });
        self.out.extend(arcs);
    }

    fn wants(&self) -> usize {
        self.most
    }
}
