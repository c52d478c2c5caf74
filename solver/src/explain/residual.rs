//! The residual graph of a plan, as far as seats go: who could come, who could be moved to make
//! room, and which quotas stand in the way.
//!
//! Nodes are the province, departments, groups with a quota, people who are not pinned, and needs.
//! An arc says «one unit more could flow here without any need losing a seat»: down from the
//! province to whoever may still leave, from a person to every need that the person is eligible
//! for, from a need to whoever serves it now, and up from there back home. A need can get one more
//! person exactly when it is reached from the root (Ford and Fulkerson 1956).

use super::quotas::Quotas;
use crate::index;
use crate::instance::Instance;
use std::collections::{HashMap, HashSet, VecDeque};

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
        if self.quotas.has_group(group) {
            Node::Group(group.0, group.1)
        } else {
            Node::Department(row.department)
        }
    }

    fn people_below(&self, node: Node) -> impl Iterator<Item = u32> {
        self.below.get(&node).into_iter().flatten().copied()
    }

    /// Everything that can be reached from the root: seats in here could be filled.
    pub(super) fn reached_from_root(&self) -> Reached {
        let mut unseen: Vec<Vec<u32>> = self.needs_of.clone();
        self.search(Node::Root, |graph, node, visit| match node {
            Node::Root => {
                if graph.quotas.province_is_open() {
                    visit(Node::Province);
                }
            }
            Node::Province => {
                let departments = graph.quotas.departments();
                departments
                    .filter(|&at| graph.quotas.department_is_open(at))
                    .for_each(|at| visit(Node::Department(at)));
            }
            Node::Department(at) => {
                (graph
                    .quotas
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
                (graph.quotas.departments()).for_each(|at| visit(Node::Department(at)));
            }
            Node::Department(at) => {
                if graph.quotas.department_is_open(at) {
                    visit(Node::Province);
                }
                graph
                    .quotas
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
