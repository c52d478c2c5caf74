//! What the tiers solved so far leave open.
//!
//! By complementary slackness a plan keeps every tier solved so far at its best exactly when it
//! uses no arc whose reduced cost in that tier is not zero, beyond what such an arc carries now.
//! For standing arcs that is a matter of bounds. A pair that costs nothing in a tier is open when
//! the prices of its ends are equal, so classes of equal prices say it for all pairs at once.

use super::network::Network;
use super::simplex::Simplex;
use crate::index;
use crate::instance::Instance;
use std::collections::{BTreeMap, HashMap};

/// Classes of nodes that are still open to each other, and the pairs that are named one by one.
#[derive(Clone, Debug)]
pub(crate) struct Face {
    person: Vec<u32>,
    need: Vec<u32>,
    /// By person and need: whether the pair is open.
    named: HashMap<u32, BTreeMap<u32, bool>>,
}

impl Face {
    /// Everything is open but what is forbidden by name.
    pub(crate) fn new(instance: &Instance) -> Self {
        let mut face = Self {
            person: vec![0; instance.people.len()],
            need: vec![0; instance.needs.len()],
            named: HashMap::new(),
        };
        let mut needs_of = vec![Vec::new(); instance.units.len()];
        for (number, need) in (0_u32..).zip(&instance.needs) {
            needs_of[need.unit as usize].push(number);
        }
        for (number, person) in (0_u32..).zip(&instance.people) {
            for &unit in person.preferences.iter().chain(&person.conflicts) {
                face.name(number, needs_of[unit as usize].iter().copied(), true);
            }
        }
        for (needs, unit) in needs_of.iter().zip(&instance.units) {
            for &person in &unit.acceptable {
                face.name(person, needs.iter().copied(), true);
            }
        }
        for &(person, need) in instance.base.keys() {
            face.name(person, [need], true);
        }
        for &(person, need) in instance.waivers.keys() {
            face.name(person, [need], true);
        }
        // last, because it overrules the rest
        for &(person, need) in &instance.forbidden {
            face.name(person, [need], false);
        }
        for (number, person) in (0_u32..).zip(&instance.people) {
            for &unit in &person.conflicts {
                face.name(number, needs_of[unit as usize].iter().copied(), false);
            }
        }
        face
    }

    fn name(&mut self, person: u32, needs: impl IntoIterator<Item = u32>, open: bool) {
        let named = self.named.entry(person).or_default();
        named.extend(needs.into_iter().map(|need| (need, open)));
    }

    pub(crate) fn of_person(&self, person: u32) -> u32 {
        self.person[person as usize]
    }

    pub(crate) fn of_need(&self, need: u32) -> u32 {
        self.need[need as usize]
    }

    /// Whether a pair that may be chosen is open.
    pub(crate) fn is_open(&self, person: u32, need: u32) -> bool {
        let named = self.named.get(&person).and_then(|named| named.get(&need));
        named
            .copied()
            .unwrap_or(self.of_person(person) == self.of_need(need))
    }

    /// The pairs of a person that are named, and whether they are open.
    pub(crate) fn named_of(&self, person: u32) -> impl Iterator<Item = (u32, bool)> {
        let named = self.named.get(&person).into_iter().flatten();
        named.map(|(&need, &open)| (need, open))
    }

    /// Narrows the face to the optimum of a step in which pairs cost nothing but what `named`
    /// says; the simplex holds the step's prices.
    pub(crate) fn narrow(&mut self, simplex: &mut Simplex, named: impl Fn(u32, u32) -> i64) {
        simplex.fix_standing();
        let (network, price) = (&simplex.network, &simplex.tree.price);
        let of_person = |person: u32| price[network.person_node(person) as usize];
        let of_need = |need: u32| price[network.need_node(need) as usize];
        for (&person, needs) in &mut self.named {
            for (&need, open) in needs {
                *open &= named(person, need) - of_person(person) + of_need(need) == 0;
            }
        }
        let mut classes = HashMap::new();
        let mut class = |old: u32, price: i64| {
            let next = index(classes.len());
            *classes.entry((old, price)).or_insert(next)
        };
        for (person, old) in (0_u32..).zip(&mut self.person) {
            *old = class(*old, of_person(person));
        }
        for (need, old) in (0_u32..).zip(&mut self.need) {
            *old = class(*old, of_need(need));
        }
        simplex.forget_pairs();
    }
}

/// The people and needs of a pair's nodes.
pub(crate) fn ends(network: &Network, tail: u32, head: u32) -> (u32, u32) {
    (
        tail - network.person_nodes().start,
        head - network.need_nodes().start,
    )
}

/// The nodes of a person and a need.
pub(crate) fn nodes(network: &Network, person: u32, need: u32) -> (u32, u32) {
    (network.person_node(person), network.need_node(need))
}
