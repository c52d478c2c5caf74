//! Eligible pairs that need not be built: they are priced from lists by field.
//!
//! What a pair costs depends on little: on the *kind* of person (level, experience, languages and
//! the like), on the *kind* of need, and on the journey. So a field is a small table of kind
//! against kind, a list of its people and a list of its needs; a journey is two bytes in a row per
//! place. A pass over hundreds of millions of pairs then takes a look-up and two additions each.
//! The few pairs that the document names one by one are kept apart, with costs of their own.

use super::face::Face;
use super::journeys::{Journeys, TOO_FAR};
use super::network::Network;
use super::simplex::{PairArc, Simplex};
use super::tree::PLENTY;
use crate::eligibility::Pair;
use crate::index;
use crate::instance::{Holder, Instance};
use crate::problem::{Category, Priority};
use std::collections::{BTreeSet, HashMap};

/// What pairs cost in one step.
pub(crate) struct PairCosts<'c> {
    /// By the kinds of person and need alone.
    pub(crate) kinds: &'c dyn Fn(&Pair) -> i64,
    /// For each started bucket of travel.
    pub(crate) bucket: i64,
    /// Of a pair that the document names: all of the above, and what is said of it alone.
    pub(crate) named: &'c dyn Fn(&Pair) -> i64,
}

/// The price list of one step.
pub(crate) struct Offers {
    fields: Vec<FieldList>,
    bucket: i64,
}

struct FieldList {
    needs: Vec<u32>,
    /// The unit of each need.
    units: Vec<u32>,
    /// The kind of each need.
    kinds: Vec<u32>,
    groups: Vec<Group>,
}

/// People of one kind.
struct Group {
    /// Cost against each kind of need, without travel; `PLENTY` where a reason forbids the pair.
    costs: Vec<i64>,
    people: Vec<Member>,
}

struct Member {
    person: u32,
    place: u32,
    /// What a journey beyond the limit costs: nothing, or more than anything.
    beyond: i64,
    /// Positions in the list of needs that have a price of their own, ascending; `PLENTY` where
    /// the pair is forbidden.
    apart: Vec<(u32, i64)>,
}

/// What a pass keeps for each person and field, and how prices are read.
struct Pass<'p> {
    price: &'p [i64],
    /// Pairs whose reduced cost is at least this are of no interest.
    below: i64,
    most: usize,
    best: Vec<(i64, u32)>,
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
        let listing = Listing {
            instance,
            network,
            face,
            journeys,
            costs,
        };
        Self {
            fields: (0..index(instance.holders.len()))
                .map(|field| listing.field(field))
                .collect(),
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
        let network = &simplex.network;
        let mut pass = Pass {
            price: &simplex.tree.price,
            below,
            most,
            best: Vec::with_capacity(64),
        };
        let mut row = Vec::new();
        for list in &self.fields {
            let prices: Vec<i64> = (list.needs.iter())
                .map(|&need| pass.price[network.need_node(need) as usize])
                .collect();
            for group in &list.groups {
                row.clear();
                row.extend(
                    (list.kinds.iter().zip(&prices)).map(|(&kind, price)| group.costs[kind as usize] + price),
                );
                for member in &group.people {
                    if !network.open_person[member.person as usize] {
                        continue;
                    }
                    let tail = network.person_node(member.person);
                    self.price_member(journeys, list, member, &row, &prices, tail, &mut pass);
                    out.extend(pass.best.iter().map(|&(value, at)| PairArc {
                        tail,
                        head: network.need_node(list.needs[at as usize]),
                        cost: value - prices[at as usize],
                    }));
                }
            }
        }
    }

    /// How many pairs have a reduced cost below `below`.
    pub(crate) fn count_below(&self, journeys: &Journeys, simplex: &Simplex, below: i64) -> u64 {
        let mut count = 0;
        let (network, price) = (&simplex.network, &simplex.tree.price);
        let mut row = Vec::new();
        for list in &self.fields {
            for group in &list.groups {
                row.clear();
                row.extend((list.kinds.iter().zip(&list.needs)).map(|(&kind, &need)| {
                    group.costs[kind as usize] + price[network.need_node(need) as usize]
                }));
                for member in &group.people {
                    let limit = price[network.person_node(member.person) as usize] + below;
                    let journeys = journeys.from(member.place);
                    for (&base, &unit) in row.iter().zip(&list.units) {
                        let journey = journeys[unit as usize];
                        let value = base
                            + i64::from(journey & !TOO_FAR) * self.bucket
                            + i64::from(journey >> 15) * member.beyond;
                        count += u64::from(value < limit);
                    }
                }
            }
        }
        count
    }

    fn price_member(
        &self,
        journeys: &Journeys,
        list: &FieldList,
        member: &Member,
        row: &[i64],
        prices: &[i64],
        tail: u32,
        pass: &mut Pass<'_>,
    ) {
        pass.best.clear();
        // value = cost + price of the need; the reduced cost is that minus the person's price
        let mut limit = pass.price[tail as usize] + pass.below;
        for &(at, cost) in &member.apart {
            if cost < PLENTY {
                limit = pass.keep(cost + prices[at as usize], at, limit);
            }
        }
        let journeys = journeys.from(member.place);
        for (at, (&base, &unit)) in (0_u32..).zip(row.iter().zip(&list.units)) {
            let journey = journeys[unit as usize];
            let value =
                base + i64::from(journey & !TOO_FAR) * self.bucket + i64::from(journey >> 15) * member.beyond;
            if value < limit && !member.is_apart(at) {
                limit = pass.keep(value, at, limit);
            }
        }
    }
}

impl Pass<'_> {
    /// Keeps a value if it is among the best; returns what the next one must stay below.
    fn keep(&mut self, value: i64, at: u32, limit: i64) -> i64 {
        if value >= limit {
            return limit;
        }
        let place = self.best.partition_point(|&other| other <= (value, at));
        self.best.insert(place, (value, at));
        if self.best.len() > self.most {
            self.best.pop();
        }
        match self.best.last() {
            Some(&(worst, _)) if self.best.len() == self.most => worst,
            _ => limit,
        }
    }
}

impl Member {
    fn is_apart(&self, at: u32) -> bool {
        self.apart.binary_search_by_key(&at, |&(at, _)| at).is_ok()
    }
}

/// All that a list is made from.
struct Listing<'l> {
    instance: &'l Instance,
    network: &'l Network,
    face: &'l Face,
    journeys: &'l Journeys,
    costs: &'l PairCosts<'l>,
}

/// What of a person a kind of need can tell apart.
type PersonKind = (u8, bool, u8, BTreeSet<u32>, Category, [bool; 4], u32, u32);

/// What of a need a kind of person can tell apart.
type NeedKind = (u8, BTreeSet<u32>, BTreeSet<u32>, Priority, bool, u8, u32);

impl Listing<'_> {
    fn field(&self, field: u32) -> FieldList {
        let network = self.network;
        let mut needs: Vec<u32> = (network.needs())
            .filter(|&need| self.instance.need(need).field == field && network.open_need[need as usize])
            .collect();
        // neighbours in the list are neighbours in a row of journeys
        needs.sort_by_key(|&need| (self.instance.need(need).unit, need));
        let mut examples: Vec<u32> = Vec::new();
        let mut known: HashMap<NeedKind, u32> = HashMap::new();
        let kinds = (needs.iter())
            .map(|&need| {
                *known.entry(self.need_kind(need)).or_insert_with(|| {
                    examples.push(need);
                    index(examples.len() - 1)
                })
            })
            .collect();
        FieldList {
            groups: self.groups(field, &needs, &examples),
            units: needs.iter().map(|&need| self.instance.need(need).unit).collect(),
            needs,
            kinds,
        }
    }

    /// Puts people together whose costs are the same against every kind of need.
    fn groups(&self, field: u32, needs: &[u32], examples: &[u32]) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_costs: HashMap<Vec<i64>, usize> = HashMap::new();
        let mut by_kind: HashMap<PersonKind, usize> = HashMap::new();
        for holder in self.instance.holders_of(field) {
            if !self.network.open_person[holder.person as usize] {
                continue;
            }
            let group = *by_kind.entry(self.person_kind(holder)).or_insert_with(|| {
                let costs: Vec<i64> = examples
                    .iter()
                    .map(|&need| self.cost_of_kinds(holder, need))
                    .collect();
                *by_costs.entry(costs.clone()).or_insert_with(|| {
                    groups.push(Group {
                        costs,
                        people: Vec::new(),
                    });
                    groups.len() - 1
                })
            });
            let member = self.member(holder, needs);
            groups[group].people.push(member);
        }
        groups.retain(|group| {
            group.costs.iter().any(|&cost| cost < PLENTY)
                || group
                    .people
                    .iter()
                    .any(|member| member.apart.iter().any(|&(_, cost)| cost < PLENTY))
        });
        groups
    }

    fn person_kind(&self, holder: &Holder) -> PersonKind {
        let person = self.instance.person(holder.person);
        let flags = [person.away, person.barred, person.resting, person.volunteer];
        (
            holder.level,
            holder.verified,
            holder.years,
            person.languages.clone(),
            person.category,
            flags,
            person.history,
            self.face.of_person(holder.person),
        )
    }

    fn need_kind(&self, need: u32) -> NeedKind {
        let row = self.instance.need(need);
        (
            row.min_level,
            row.languages.clone(),
            row.preferred_languages.clone(),
            row.priority,
            row.authority_seat,
            self.instance.unit(row.unit).hardship,
            self.face.of_need(need),
        )
    }

    fn cost_of_kinds(&self, holder: &Holder, need: u32) -> i64 {
        let open = self.face.of_person(holder.person) == self.face.of_need(need);
        if open && self.instance.kinds_allow(holder, need) {
            (self.costs.kinds)(&self.instance.pair_without_travel(holder, need))
        } else {
            PLENTY
        }
    }

    fn member(&self, holder: &Holder, needs: &[u32]) -> Member {
        let person = self.instance.person(holder.person);
        let travel = &self.instance.problem().policy.travel;
        let excused = person.volunteer && travel.volunteers_exceed_limit;
        let mut apart = Vec::new();
        if self.face.has_named(holder.person) {
            for (at, &need) in (0_u32..).zip(needs) {
                if let Some(open) = self.face.named(holder.person, need) {
                    let pair = open.then(|| self.instance.pair(holder.person, need)).flatten();
                    apart.push((at, pair.map_or(PLENTY, |pair| (self.costs.named)(&pair))));
                }
            }
        }
        Member {
            person: holder.person,
            place: self.journeys.place(holder.person),
            beyond: if excused { 0 } else { PLENTY },
            apart,
        }
    }
}
