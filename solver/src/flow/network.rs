//! The bihierarchy as a graph: who is released by whom on one side, who asks through whom on the
//! other.
//!
//! Every open person holds one unit of flow. It stays at home (person → group → department →
//! province → root) or serves (person → need → unit → root). «At most so many leave» is therefore
//! «at least so many stay», a lower bound on the way home; the caps of needs and units are upper
//! bounds. Everybody at home is a feasible flow, so there is always one to start from.
//!
//! Each node but the root has one *standing* arc towards the root, which bears the node's own
//! number. A unit has a second one, its *surplus*, for the seats beyond those that a balance step
//! counts. Eligible pairs are arcs from people to needs; they are not part of this graph, because
//! there may be hundreds of millions of them.

use super::tree::PLENTY;
use crate::index;
use crate::instance::Instance;
use std::collections::{HashMap, HashSet};
use std::ops::Range;

/// The node that all flow ends in.
pub(crate) const ROOT: u32 = 0;

/// How much may flow on each standing arc; pairs carry what they like.
#[derive(Clone, Debug)]
pub(crate) struct Bounds {
    lower: Vec<i64>,
    upper: Vec<i64>,
}

impl Bounds {
    pub(crate) fn lower(&self, arc: u32) -> i64 {
        self.lower.get(arc as usize).copied().unwrap_or(0)
    }

    pub(crate) fn upper(&self, arc: u32) -> i64 {
        self.upper.get(arc as usize).copied().unwrap_or(PLENTY)
    }

    pub(crate) fn set(&mut self, arc: u32, lower: i64, upper: i64) {
        self.lower[arc as usize] = lower;
        self.upper[arc as usize] = upper;
    }
}

/// The graph without its pairs.
#[derive(Clone, Debug)]
pub(crate) struct Network {
    /// For each node, the head of its standing arc.
    pub(crate) above: Vec<u32>,
    /// For each standing arc, surplus arcs included.
    pub(crate) bounds: Bounds,
    /// The node of each person; those who are pinned or can't serve have none.
    person_nodes: Range<u32>,
    need_nodes: Range<u32>,
    unit_nodes: Range<u32>,
    /// For each person, whether they are free to be placed.
    pub(crate) open_person: Vec<bool>,
    /// For each need, whether it has seats left that its unit and the round can fill.
    pub(crate) open_need: Vec<bool>,
}

impl Network {
    /// Reads the caps of an instance. Pinned people are taken out, with what they use up.
    pub(crate) fn new(instance: &Instance) -> Self {
        let pins = Pinned::count(instance);
        let mut build = Build::default();
        build.node(ROOT, 0, 0);
        let province = build.node(ROOT, 0, PLENTY);
        let mut homes = HashMap::new();
        let mut group_homes = HashMap::new();
        for (number, department) in (0_u32..).zip(&instance.departments) {
            let node = build.node(province, 0, PLENTY);
            homes.insert(number, node);
            for &(field, _) in &department.group_quotas {
                group_homes.insert((number, field), build.node(node, 0, PLENTY));
            }
        }
        let unit_nodes = build.range(instance.units.iter().zip(&pins.by_unit), |(unit, pinned)| {
            let cap = unit
                .cap
                .map_or(unit.requested, |cap| unit.requested.min(cap.into()));
            (ROOT, 0, i64::try_from(cap).unwrap_or(PLENTY) - pinned)
        });
        let need_nodes = build.range(instance.needs.iter().zip(&pins.by_need), |(need, pinned)| {
            (
                unit_nodes.start + need.unit,
                0,
                i64::from(need.headcount) - pinned,
            )
        });
        let person_nodes = build.range(instance.people.iter(), |person| {
            let group = group_homes.get(&(person.department, person.primary_field));
            let home = group.or_else(|| homes.get(&person.department));
            (home.copied().unwrap_or(province), 0, PLENTY)
        });
        let open_person: Vec<bool> = (0..index(instance.people.len()))
            .map(|person| !pins.people.contains(&person))
            .collect();
        let open_need = (instance.needs.iter().zip(need_nodes.clone()))
            .map(|(need, node)| {
                let unit = build.upper[(unit_nodes.start + need.unit) as usize];
                build.upper[node as usize] > 0 && unit > 0
            })
            .collect();
        let mut network = Self {
            above: build.above,
            bounds: Bounds {
                lower: build.lower,
                upper: build.upper,
            },
            person_nodes,
            need_nodes,
            unit_nodes,
            open_person,
            open_need,
        };
        network.close_surplus();
        network.keep_at_home(instance, province, &homes, &group_homes, &pins);
        network
    }

    /// Surplus arcs exist from the start and carry nothing until a balance step opens them.
    fn close_surplus(&mut self) {
        let units = self.unit_nodes.len();
        self.bounds.lower.extend(vec![0; units]);
        self.bounds.upper.extend(vec![0; units]);
    }

    /// Turns «at most so many leave» into «at least so many of the open people stay».
    fn keep_at_home(
        &mut self,
        instance: &Instance,
        province: u32,
        homes: &HashMap<u32, u32>,
        group_homes: &HashMap<(u32, u32), u32>,
        pins: &Pinned,
    ) {
        let mut open: HashMap<u32, i64> = HashMap::new();
        for person in self.person_nodes.clone() {
            if self.open_person[(person - self.person_nodes.start) as usize] {
                let mut at = self.above[person as usize];
                while at != ROOT {
                    *open.entry(at).or_default() += 1;
                    at = self.above[at as usize];
                }
            }
        }
        let mut keep = |node: u32, may_leave: i64| {
            let stay = open.get(&node).copied().unwrap_or(0) - may_leave.max(0);
            self.bounds.set(node, stay.max(0), PLENTY);
        };
        if let Some(cap) = instance.problem().policy.max_secondments {
            keep(province, i64::from(cap) - pins.all);
        }
        for (number, department) in (0_u32..).zip(&instance.departments) {
            if let (Some(cap), Some(&node)) = (department.release_cap, homes.get(&number)) {
                keep(node, i64::from(cap) - pins.by_department[number as usize]);
            }
            for &(field, quota) in &department.group_quotas {
                if let Some(&node) = group_homes.get(&(number, field)) {
                    let pinned = pins.by_group.get(&(number, field)).copied().unwrap_or(0);
                    keep(node, i64::from(quota) - pinned);
                }
            }
        }
    }

    pub(crate) fn nodes(&self) -> usize {
        self.above.len()
    }

    /// Standing and surplus arcs; pairs are numbered from here on.
    pub(crate) fn standing(&self) -> u32 {
        index(self.above.len() + self.unit_nodes.len())
    }

    /// The node that a standing or surplus arc leaves.
    pub(crate) fn tail(&self, arc: u32) -> u32 {
        let nodes = index(self.nodes());
        if arc < nodes {
            arc
        } else {
            self.unit_nodes.start + (arc - nodes)
        }
    }

    /// The second arc of a unit's node.
    pub(crate) fn surplus(&self, unit: u32) -> u32 {
        index(self.nodes()) + unit
    }

    pub(crate) fn person_node(&self, person: u32) -> u32 {
        self.person_nodes.start + person
    }

    pub(crate) fn need_node(&self, need: u32) -> u32 {
        self.need_nodes.start + need
    }

    pub(crate) fn unit_node(&self, unit: u32) -> u32 {
        self.unit_nodes.start + unit
    }

    pub(crate) fn people(&self) -> Range<u32> {
        0..index(self.open_person.len())
    }

    pub(crate) fn needs(&self) -> Range<u32> {
        0..index(self.open_need.len())
    }

    pub(crate) fn units(&self) -> Range<u32> {
        0..index(self.unit_nodes.len())
    }

    pub(crate) fn need_nodes(&self) -> Range<u32> {
        self.need_nodes.clone()
    }

    /// Where needs are in lists by node.
    pub(crate) fn need_nodes_range(&self) -> Range<usize> {
        self.need_nodes.start as usize..self.need_nodes.end as usize
    }

    pub(crate) fn person_nodes(&self) -> Range<u32> {
        self.person_nodes.clone()
    }
}

/// Nodes and their standing arcs, in order of number.
#[derive(Default)]
struct Build {
    above: Vec<u32>,
    lower: Vec<i64>,
    upper: Vec<i64>,
}

impl Build {
    fn node(&mut self, above: u32, lower: i64, upper: i64) -> u32 {
        self.above.push(above);
        self.lower.push(lower);
        self.upper.push(upper);
        index(self.above.len() - 1)
    }

    fn range<T>(&mut self, rows: impl Iterator<Item = T>, arc: impl Fn(T) -> (u32, i64, i64)) -> Range<u32> {
        let start = index(self.above.len());
        for row in rows {
            let (above, lower, upper) = arc(row);
            self.node(above, lower, upper);
        }
        start..index(self.above.len())
    }
}

/// What the pins use up.
struct Pinned {
    people: HashSet<u32>,
    by_need: Vec<i64>,
    by_unit: Vec<i64>,
    by_department: Vec<i64>,
    by_group: HashMap<(u32, u32), i64>,
    all: i64,
}

impl Pinned {
    fn count(instance: &Instance) -> Self {
        let mut pinned = Self {
            people: HashSet::new(),
            by_need: vec![0; instance.needs.len()],
            by_unit: vec![0; instance.units.len()],
            by_department: vec![0; instance.departments.len()],
            by_group: HashMap::new(),
            all: 0,
        };
        for &(person, need) in &instance.pins {
            let row = instance.person(person);
            pinned.people.insert(person);
            pinned.by_need[need as usize] += 1;
            pinned.by_unit[instance.need(need).unit as usize] += 1;
            pinned.by_department[row.department as usize] += 1;
            *pinned
                .by_group
                .entry((row.department, row.primary_field))
                .or_default() += 1;
            pinned.all += 1;
        }
        pinned
    }
}
