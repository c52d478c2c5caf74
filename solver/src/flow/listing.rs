//! Makes the price lists: who is of one kind, what kinds cost against each other, which pairs stand
//! apart.

use super::face::Face;
use super::journeys::Journeys;
use super::network::Network;
use super::offers::PairCosts;
use super::tree::PLENTY;
use crate::index;
use crate::instance::{Holder, Instance};
use crate::problem::{Category, Priority};
use crate::set::Set;
use crate::terms::{Merit, Merits};
use std::collections::HashMap;
use std::ops::Range;

/// People and needs of one field.
pub(super) struct FieldList {
    pub(super) needs: Vec<u32>,
    /// The column of each need's unit among the journeys.
    pub(super) columns: Vec<u32>,
    /// Where the needs of each column begin.
    starts: Vec<u32>,
    /// The kind of each need.
    pub(super) kinds: Vec<u32>,
    /// What pairs can cost without travel, each sum once; `PLENTY` where a reason forbids them.
    pub(super) costs: Vec<i64>,
    pub(super) groups: Vec<Group>,
}

/// People of one kind.
pub(super) struct Group {
    /// For each kind of need, which of the field's costs.
    pub(super) costs: Vec<u32>,
    pub(super) people: Vec<Member>,
}

/// A person in the list of one field.
pub(super) struct Member {
    pub(super) person: u32,
    pub(super) place: u32,
    /// May go beyond the travel limit.
    pub(super) excused: bool,
    /// Positions in the list of needs that have a price of their own, ascending; `PLENTY` where
    /// the pair is forbidden.
    pub(super) apart: Box<[(u32, i64)]>,
}

/// What costs by kind look at: the fewer differences count, the fewer kinds there are.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Looks {
    /// How well people fit: level, experience, preferred languages, and the priority of needs.
    pub(crate) fit: bool,
    /// Who bore what, and how hard the place is.
    pub(crate) burden: bool,
}

/// Places for costs noted last; odd, so that multiples spread.
const RECENT: usize = 31;

/// Costs with their numbers.
#[derive(Default)]
struct Costs {
    all: Vec<i64>,
    known: HashMap<i64, u32>,
    /// The last ones noted: most are asked for again at once.
    recent: [Option<(i64, u32)>; RECENT],
}

impl Costs {
    fn note(&mut self, cost: i64) -> u32 {
        #[expect(clippy::cast_possible_truncation, reason = "any place will do")]
        let place = cost.unsigned_abs() as usize % RECENT;
        let recent = &mut self.recent[place];
        if let Some((_, number)) = recent.filter(|&(other, _)| other == cost) {
            return number;
        }
        let number = *self.known.entry(cost).or_insert_with(|| {
            self.all.push(cost);
            index(self.all.len() - 1)
        });
        *recent = Some((cost, number));
        number
    }
}

/// All that a list is made from.
struct Listing<'l> {
    instance: &'l Instance,
    network: &'l Network,
    face: &'l Face,
    journeys: &'l Journeys,
    costs: &'l PairCosts<'l>,
    merits: Merits,
}

/// What of a person a kind of need can tell apart.
type PersonKind<'l> = (u8, Option<Merit>, &'l Set, bool, Option<(bool, u32)>, u32);

/// What of a need a kind of person can tell apart.
type NeedKind<'l> = (u8, &'l Set, Option<(&'l Set, Priority)>, bool, u8, u32);

impl FieldList {
    /// The lists of all fields.
    pub(super) fn all(
        instance: &Instance,
        network: &Network,
        face: &Face,
        journeys: &Journeys,
        costs: &PairCosts<'_>,
    ) -> Vec<Self> {
        let listing = Listing {
            instance,
            network,
            face,
            journeys,
            costs,
            merits: Merits::new(instance),
        };
        let mut needs_of = vec![Vec::new(); instance.holders.len()];
        for need in network.needs() {
            if network.open_need[need as usize] {
                needs_of[instance.need(need).field as usize].push(need);
            }
        }
        let mut position = vec![0; instance.needs.len()];
        (0_u32..)
            .zip(needs_of)
            .map(|(field, needs)| listing.field(field, needs, &mut position))
            .collect()
    }

    /// Positions of the needs of a column, which may be one that there is not.
    pub(super) fn of_column(&self, column: usize) -> Range<usize> {
        match self.starts.get(column..=column + 1) {
            Some(&[first, end]) => first as usize..end as usize,
            _ => 0..0,
        }
    }

    /// What a kind of need costs a group, without travel.
    pub(super) fn cost(&self, group: &Group, kind: u32) -> i64 {
        self.costs[group.costs[kind as usize] as usize]
    }

    /// No cost by kind is further from zero.
    pub(super) fn most(&self) -> i64 {
        let members = self.groups.iter().flat_map(|group| &group.people);
        let apart = members.flat_map(|member| &member.apart).map(|(_, cost)| cost);
        let open = self.costs.iter().chain(apart).filter(|&&cost| cost < PLENTY);
        open.map(|cost| cost.abs()).max().unwrap_or(0)
    }
}

impl Member {
    pub(super) fn is_apart(&self, at: u32) -> bool {
        self.apart.binary_search_by_key(&at, |&(at, _)| at).is_ok()
    }
}

impl Listing<'_> {
    fn field(&self, field: u32, mut needs: Vec<u32>, position: &mut [u32]) -> FieldList {
        // neighbours in the list are neighbours in a row of journeys
        needs.sort_by_key(|&need| (self.instance.need(need).unit, need));
        let mut examples: Vec<u32> = Vec::new();
        let mut known: HashMap<NeedKind<'_>, u32> = HashMap::new();
        for (at, &need) in (0..).zip(&needs) {
            position[need as usize] = at;
        }
        let kinds = (needs.iter())
            .map(|&need| {
                *known.entry(self.need_kind(need)).or_insert_with(|| {
                    examples.push(need);
                    index(examples.len() - 1)
                })
            })
            .collect();
        let column = |&need: &u32| self.journeys.column(self.instance.need(need).unit);
        let columns: Vec<u32> = needs.iter().map(column).collect();
        let mut starts = vec![0_u32; self.journeys.columns() + 1];
        for &column in &columns {
            starts[column as usize + 1] += 1;
        }
        for column in 0..self.journeys.columns() {
            starts[column + 1] += starts[column];
        }
        let mut costs = Costs::default();
        FieldList {
            starts,
            groups: self.groups(field, &examples, position, &mut costs),
            costs: costs.all,
            columns,
            needs,
            kinds,
        }
    }

    /// Puts people together whose costs are the same against every kind of need.
    fn groups(&self, field: u32, examples: &[u32], position: &[u32], costs: &mut Costs) -> Vec<Group> {
        let mut groups: Vec<Group> = Vec::new();
        let mut by_kind: HashMap<PersonKind<'_>, usize> = HashMap::new();
        for holder in self.instance.holders_of(field) {
            if !self.network.open_person[holder.person as usize] || !self.instance.may_serve(holder.person) {
                continue;
            }
            let group = *by_kind.entry(self.person_kind(holder)).or_insert_with(|| {
                groups.push(Group {
                    costs: (examples.iter())
                        .map(|&need| costs.note(self.cost_of_kinds(holder, need)))
                        .collect(),
                    people: Vec::new(),
                });
                groups.len() - 1
            });
            groups[group].people.push(self.member(holder, field, position));
        }
        groups.retain(|group| {
            let apart = group.people.iter().flat_map(|member| &member.apart);
            let by_kind = group.costs.iter().map(|&cost| &costs.all[cost as usize]);
            by_kind
                .chain(apart.map(|(_, cost)| cost))
                .any(|&cost| cost < PLENTY)
        });
        groups
    }

    fn person_kind(&self, holder: &Holder) -> PersonKind<'_> {
        let person = self.instance.person(holder.person);
        let Looks { fit, burden } = self.costs.looks;
        (
            holder.level,
            fit.then(|| self.merits.of(holder)),
            &person.languages,
            person.category == Category::Support,
            burden.then_some((person.volunteer, person.history)),
            self.face.of_person(holder.person),
        )
    }

    fn need_kind(&self, need: u32) -> NeedKind<'_> {
        let row = self.instance.need(need);
        let Looks { fit, burden } = self.costs.looks;
        (
            row.min_level,
            &row.languages,
            fit.then_some((&row.preferred_languages, row.priority)),
            row.authority_seat,
            if burden {
                self.instance.unit(row.unit).hardship
            } else {
                0
            },
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

    fn member(&self, holder: &Holder, field: u32, position: &[u32]) -> Member {
        let person = self.instance.person(holder.person);
        let travel = &self.instance.problem().policy.travel;
        let mut apart: Vec<(u32, i64)> = (self.face.named_of(holder.person))
            .filter(|&(need, _)| {
                self.network.open_need[need as usize] && self.instance.need(need).field == field
            })
            .map(|(need, open)| {
                let pair = open.then(|| self.instance.pair(holder.person, need)).flatten();
                let cost = pair.map_or(PLENTY, |pair| (self.costs.named)(&pair));
                (position[need as usize], cost)
            })
            .collect();
        apart.sort_unstable();
        Member {
            person: holder.person,
            place: self.journeys.place(holder.person),
            excused: person.volunteer && travel.volunteers_exceed_limit,
            apart: apart.into(),
        }
    }
}
