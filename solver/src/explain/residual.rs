//! The residual graph of a plan, as far as seats go: who could come, who could be moved to make
//! room, and which quotas stand in the way.
//!
//! Nodes are the province, departments, groups with a quota, people who are not pinned, and needs.
//! An arc says «one unit more could flow here without any need losing a seat»: down from the
//! province to whoever may still leave, from a person to every need that the person is eligible
//! for, from a need to whoever serves it now, and up from there back home. A need can get one more
//! person exactly when it is reached from the root (Ford and Fulkerson 1956).

use super::Explainer;
use crate::index;
use crate::instance::Instance;
use std::collections::{BTreeMap, HashMap, HashSet, VecDeque};

/// A node of the graph.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) enum Node {
    Root,
    Province,
    Department(u32),
    /// A department's people of one primary field, where these have a quota.
    Group(u32, u32),
    Person(u32),
    Need(u32),
}

/// How many may leave, and how many do.
pub(super) struct Quotas {
    all: (u32, Option<u32>),
    departments: Vec<(u32, Option<u32>)>,
    groups: BTreeMap<(u32, u32), (u32, u32)>,
}

impl Quotas {
    pub(super) fn of(explainer: &Explainer<'_>) -> Self {
        let instance = explainer.instance;
        let mut quotas = Self {
            all: (0, instance.problem().policy.max_secondments),
            departments: instance
                .departments
                .iter()
                .map(|row| (0, row.release_cap))
                .collect(),
            groups: (0_u32..)
                .zip(&instance.departments)
                .flat_map(|(at, row)| {
                    row.group_quotas
                        .iter()
                        .map(move |&(field, quota)| ((at, field), (0, quota)))
                })
                .collect(),
        };
        for (person, _) in (0_u32..)
            .zip(&explainer.serves)
            .filter(|(_, serves)| serves.is_some())
        {
            let row = instance.person(person);
            quotas.all.0 += 1;
            quotas.departments[row.department as usize].0 += 1;
            if let Some(group) = quotas.groups.get_mut(&(row.department, row.primary_field)) {
                group.0 += 1;
            }
        }
        quotas
    }

    pub(super) fn province_is_open(&self) -> bool {
        self.all.1.is_none_or(|cap| self.all.0 < cap)
    }

    pub(super) fn department_is_open(&self, department: u32) -> bool {
        let (left, cap) = self.departments[department as usize];
        cap.is_none_or(|cap| left < cap)
    }

    pub(super) fn group_is_open(&self, group: (u32, u32)) -> bool {
        self.groups.get(&group).is_none_or(|&(left, quota)| left < quota)
    }

    pub(super) fn groups(&self) -> impl Iterator<Item = ((u32, u32), u32)> {
        self.groups.iter().map(|(&group, &(_, quota))| (group, quota))
    }

    /// Whether nothing at home holds a person back.
    pub(super) fn lets_go(&self, instance: &Instance, person: u32) -> bool {
        let row = instance.person(person);
        self.province_is_open()
            && self.department_is_open(row.department)
            && self.group_is_open((row.department, row.primary_field))
    }
}

/// The graph.
pub(super) struct Residual<'r> {
    instance: &'r Instance,
    serves: &'r [Option<u32>],
    pub(super) quotas: &'r Quotas,
    pinned: HashSet<u32>,
    /// Who serves each need, pins left out.
    servants: Vec<Vec<u32>>,
    /// People by the node above them, pins left out.
    below: HashMap<Node, Vec<u32>>,
    /// Needs by field.
    needs_of: Vec<Vec<u32>>,
}

/// What one search reached, and over which node.
pub(super) struct Reached(HashMap<Node, Node>);

impl Reached {
    pub(super) fn has(&self, node: Node) -> bool {
        self.0.contains_key(&node)
    }

    /// From a node, step by step, to where the search began.
    pub(super) fn path(&self, from: Node) -> Vec<Node> {
        let mut path = vec![from];
        let mut at = from;
        while let Some(&next) = self.0.get(&at).filter(|&&next| next != at) {
            path.push(next);
            at = next;
        }
        path
    }
}

impl<'r> Residual<'r> {
    /// The graph of some placements on an instance, which may be an edited one.
    pub(super) fn new(instance: &'r Instance, serves: &'r [Option<u32>], quotas: &'r Quotas) -> Self {
        let pinned: HashSet<u32> = instance.pins.iter().map(|&(person, _)| person).collect();
        let mut graph = Self {
            instance,
            serves,
            quotas,
            pinned,
            servants: vec![Vec::new(); instance.needs.len()],
            below: HashMap::new(),
            needs_of: vec![Vec::new(); instance.holders.len()],
        };
        for person in 0..index(serves.len()) {
            if !graph.pinned.contains(&person) {
                graph.below.entry(graph.home(person)).or_default().push(person);
                if let Some(need) = serves[person as usize] {
                    graph.servants[need as usize].push(person);
                }
            }
        }
        for (need, row) in (0_u32..).zip(&instance.needs) {
            graph.needs_of[row.field as usize].push(need);
        }
        graph
    }

    /// The node that a person returns to.
    pub(super) fn home(&self, person: u32) -> Node {
        let row = self.instance.person(person);
        let group = (row.department, row.primary_field);
        if self.quotas.groups.contains_key(&group) {
            Node::Group(group.0, group.1)
        } else {
            Node::Department(row.department)
        }
    }

    fn people_below(&self, node: Node) -> impl Iterator<Item = u32> {
        self.below.get(&node).into_iter().flatten().copied()
    }

    fn groups_of(&self, department: u32) -> impl Iterator<Item = (u32, u32)> {
        (self.quotas.groups.range((department, 0)..=(department, u32::MAX))).map(|(&group, _)| group)
    }

    /// Everything that can be reached from the root: seats in here could be filled.
    pub(super) fn from_root(&self) -> Reached {
        let mut unseen: Vec<Vec<u32>> = self.needs_of.clone();
        self.search(Node::Root, |graph, node, visit| match node {
            Node::Root => {
                if graph.quotas.province_is_open() {
                    visit(Node::Province);
                }
            }
            Node::Province => {
                let departments = 0..index(graph.quotas.departments.len());
                departments
                    .filter(|&at| graph.quotas.department_is_open(at))
                    .for_each(|at| visit(Node::Department(at)));
            }
            Node::Department(at) => {
                (graph
                    .groups_of(at)
                    .filter(|&group| graph.quotas.group_is_open(group)))
                .for_each(|(department, field)| visit(Node::Group(department, field)));
                graph.at_home(node).for_each(|person| visit(Node::Person(person)));
                visit(Node::Province);
            }
            Node::Group(department, _) => {
                graph.at_home(node).for_each(|person| visit(Node::Person(person)));
                visit(Node::Department(department));
            }
            Node::Person(person) => {
                for field in graph.fields_of(person) {
                    unseen[field as usize].retain(|&need| {
                        let reached = graph.instance.pair(person, need).is_some();
                        if reached {
                            visit(Node::Need(need));
                        }
                        !reached
                    });
                }
                if graph.serves[person as usize].is_some() {
                    visit(graph.home(person));
                }
            }
            Node::Need(need) => graph.servants[need as usize]
                .iter()
                .for_each(|&person| visit(Node::Person(person))),
        })
    }

    /// Everything from which a need can be reached: whoever is in here could fill the seat, at once
    /// or over others.
    pub(super) fn towards(&self, need: u32) -> Reached {
        self.search(Node::Need(need), |graph, node, visit| match node {
            Node::Root => visit(Node::Province),
            Node::Province => {
                if graph.quotas.province_is_open() {
                    visit(Node::Root);
                }
                (0..index(graph.quotas.departments.len())).for_each(|at| visit(Node::Department(at)));
            }
            Node::Department(at) => {
                if graph.quotas.department_is_open(at) {
                    visit(Node::Province);
                }
                graph
                    .groups_of(at)
                    .for_each(|(department, field)| visit(Node::Group(department, field)));
                graph.away(node).for_each(|person| visit(Node::Person(person)));
            }
            Node::Group(department, field) => {
                if graph.quotas.group_is_open((department, field)) {
                    visit(Node::Department(department));
                }
                graph.away(node).for_each(|person| visit(Node::Person(person)));
            }
            Node::Person(person) => visit(match graph.serves[person as usize] {
                Some(need) => Node::Need(need),
                None => graph.home(person),
            }),
            Node::Need(need) => {
                let field = graph.instance.need(need).field;
                for holder in graph.instance.holders_of(field) {
                    let person = holder.person;
                    let open = !graph.pinned.contains(&person) && graph.serves[person as usize] != Some(need);
                    if open && graph.instance.pair(person, need).is_some() {
                        visit(Node::Person(person));
                    }
                }
            }
        })
    }

    /// Breadth first, so that chains are short.
    fn search(&self, start: Node, mut neighbours: impl FnMut(&Self, Node, &mut dyn FnMut(Node))) -> Reached {
        let mut over = HashMap::from([(start, start)]);
        let mut queue = VecDeque::from([start]);
        while let Some(node) = queue.pop_front() {
            neighbours(self, node, &mut |next| {
                over.entry(next).or_insert_with(|| {
                    queue.push_back(next);
                    node
                });
            });
        }
        Reached(over)
    }

    fn at_home(&self, node: Node) -> impl Iterator<Item = u32> {
        self.people_below(node)
            .filter(|&person| self.serves[person as usize].is_none())
    }

    fn away(&self, node: Node) -> impl Iterator<Item = u32> {
        self.people_below(node)
            .filter(|&person| self.serves[person as usize].is_some())
    }

    /// The fields that a person has.
    fn fields_of(&self, person: u32) -> Vec<u32> {
        (0_u32..)
            .zip(&self.instance.holders)
            .filter(|(_, holders)| {
                holders
                    .binary_search_by_key(&person, |holder| holder.person)
                    .is_ok()
            })
            .map(|(field, _)| field)
            .collect()
    }
}
