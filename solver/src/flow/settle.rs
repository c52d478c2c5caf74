//! From the outcome of an auction to a tree for the simplex: the pairs that matter, a spanning tree
//! along arcs that cost next to nothing at the auction's prices, and the flow on it.
//!
//! The tree holds for each node the cheapest way on which one more unit could still flow to the
//! root, so it is strongly feasible. Arcs that flow leaves free and that are not in it are then
//! pivoted in one by one.

use super::auction::{Auction, Outcome};
use super::network::{Network, ROOT};
use super::simplex::{PairArc, Simplex};
use super::tree::{NONE, PLENTY, Tree};
use crate::index;
use std::cmp::Reverse;
use std::collections::BinaryHeap;

/// Pairs that cost up to so many units at the auction's prices are built.
const NEAR: i64 = 6;

/// A way from a node to its parent in the tree to be.
#[derive(Clone, Copy)]
struct Link {
    parent: u32,
    arc: u32,
    upward: bool,
}

/// What is needed to find the tree.
struct Ways<'w> {
    network: &'w Network,
    /// Cost of each standing arc.
    cost: &'w [i64],
    outcome: &'w Outcome,
    shift: u32,
    pairs: &'w [PairArc],
    standing: u32,
    /// For each need node, where the pairs to it begin in `into`.
    starts: Vec<u32>,
    into: Vec<u32>,
    /// For each node of a home, where the people begin in `homes`.
    home_starts: Vec<u32>,
    homes: Vec<u32>,
    /// The same for nodes that are not people.
    below_starts: Vec<u32>,
    below: Vec<u32>,
    distance: Vec<i64>,
    link: Vec<Link>,
    heap: BinaryHeap<Reverse<(i64, u32)>>,
}

/// Puts a simplex that knows no pairs yet where an auction ended.
pub(super) fn settle(simplex: &mut Simplex, auction: Auction<'_>, shift: u32) {
    let network = auction.network;
    let outcome = &auction.outcome();
    let standing = network.standing();
    // the pairs used first, in order of person, so that their numbers are known
    let mut used = vec![NONE; network.people().len()];
    let mut pairs = Vec::new();
    for person in network.people() {
        let at = outcome.at[person as usize];
        if network.need_nodes().contains(&at) {
            used[person as usize] = standing + index(pairs.len());
            pairs.push(PairArc {
                tail: network.person_node(person),
                head: at,
                cost: outcome.paid[person as usize],
            });
        }
    }
    let near = |person: u32| {
        let (tail, at) = (network.person_node(person), outcome.at[person as usize]);
        let limit = outcome.price[tail as usize] + (NEAR << shift);
        let lists = &auction.lists;
        lists.of(person).filter_map(move |(need, cost)| {
            let head = network.need_node(need);
            let value = (cost << shift) + outcome.price[head as usize];
            (head != at && value <= limit).then_some(PairArc { tail, head, cost })
        })
    };
    let count: usize = network.people().map(|person| near(person).count()).sum();
    pairs.reserve_exact(count);
    pairs.extend(network.people().flat_map(near));
    // the lists are the largest part of what is in memory by now
    drop(auction);
    let link = Ways::new(network, &simplex.cost, outcome, &pairs, shift).find(&used);
    simplex.pairs = pairs;
    plant(simplex, network, outcome, &used, &link);
}

impl<'w> Ways<'w> {
    fn new(
        network: &'w Network,
        cost: &'w [i64],
        outcome: &'w Outcome,
        pairs: &'w [PairArc],
        shift: u32,
    ) -> Self {
        let nodes = network.nodes();
        let (starts, into) = by_node(nodes, pairs.iter().map(|pair| pair.head));
        let open = network
            .people()
            .filter(|&person| network.open_person[person as usize]);
        let people: Vec<u32> = open.map(|person| network.person_node(person)).collect();
        let (home_starts, places) = by_node(nodes, people.iter().map(|&node| network.above[node as usize]));
        let inner = 1..network.person_nodes().start;
        let (below_starts, places_below) = by_node(nodes, inner.map(|node| network.above[node as usize]));
        Self {
            network,
            cost,
            outcome,
            shift,
            pairs,
            standing: network.standing(),
            below_starts,
            below: places_below.into_iter().map(|place| place + 1).collect(),
            starts,
            into,
            home_starts,
            homes: places.into_iter().map(|at| people[at as usize]).collect(),
            distance: vec![PLENTY; nodes],
            link: vec![
                Link {
                    parent: NONE,
                    arc: NONE,
                    upward: true
                };
                nodes
            ],
            heap: BinaryHeap::new(),
        }
    }

    /// The cheapest way from every node that has one to the root.
    fn find(mut self, used: &[u32]) -> Vec<Link> {
        let (network, outcome) = (self.network, self.outcome);
        let person_nodes = network.person_nodes();
        self.distance[ROOT as usize] = 0;
        self.heap.push(Reverse((0, ROOT)));
        let mut done = vec![false; network.nodes()];
        while let Some(Reverse((_, at))) = self.heap.pop() {
            if std::mem::replace(&mut done[at as usize], true) {
                continue;
            }
            if person_nodes.contains(&at) {
                let person = at - person_nodes.start;
                match used[person as usize] {
                    NONE => self.back(at),
                    arc => {
                        let pair = self.pairs[(arc - self.standing) as usize];
                        self.offer(at, pair.head, arc, false, -self.reduced(&pair));
                    }
                }
                continue;
            }
            if network.need_nodes().contains(&at) {
                for place in self.starts[at as usize]..self.starts[at as usize + 1] {
                    let number = self.into[place as usize];
                    let pair = self.pairs[number as usize];
                    let arc = self.standing + number;
                    self.offer(at, pair.tail, arc, true, self.reduced(&pair));
                }
            }
            if at != ROOT && outcome.flow[at as usize] > network.bounds.lower(at) {
                self.back(at);
            }
            for place in self.below_starts[at as usize]..self.below_starts[at as usize + 1] {
                let child = self.below[place as usize];
                if outcome.flow[child as usize] < network.bounds.upper(child) {
                    self.offer(at, child, child, true, self.standing_reduced(child));
                }
            }
            for place in self.home_starts[at as usize]..self.home_starts[at as usize + 1] {
                let person = self.homes[place as usize];
                self.offer(at, person, person, true, self.standing_reduced(person));
            }
        }
        self.link
    }

    /// The reduced cost of a standing arc, multiplied.
    fn standing_reduced(&self, arc: u32) -> i64 {
        let (price, above) = (&self.outcome.price, self.network.above[arc as usize]);
        (self.cost[arc as usize] << self.shift) + price[above as usize] - price[arc as usize]
    }

    fn reduced(&self, pair: &PairArc) -> i64 {
        let price = &self.outcome.price;
        (pair.cost << self.shift) + price[pair.head as usize] - price[pair.tail as usize]
    }

    /// Offers the node above a way down the standing arc.
    fn back(&mut self, at: u32) {
        let above = self.network.above[at as usize];
        if above != ROOT {
            self.offer(at, above, at, false, -self.standing_reduced(at));
        }
    }

    fn offer(&mut self, parent: u32, node: u32, arc: u32, upward: bool, length: i64) {
        let distance = self.distance[parent as usize] + length.max(0);
        if distance < self.distance[node as usize] {
            self.distance[node as usize] = distance;
            self.link[node as usize] = Link { parent, arc, upward };
            self.heap.push(Reverse((distance, node)));
        }
    }
}

/// Sorts positions by node: where each node's begin, and the positions.
pub(super) fn by_node(nodes: usize, of: impl Iterator<Item = u32> + Clone) -> (Vec<u32>, Vec<u32>) {
    let mut starts = vec![0_u32; nodes + 1];
    for node in of.clone() {
        starts[node as usize + 1] += 1;
    }
    for node in 0..nodes {
        starts[node + 1] += starts[node];
    }
    let mut places = starts.clone();
    let mut sorted = vec![0; starts[nodes] as usize];
    for (position, node) in (0..).zip(of) {
        sorted[places[node as usize] as usize] = position;
        places[node as usize] += 1;
    }
    (starts, sorted)
}

/// Builds the tree, with what flows, and pivots in what is free outside.
fn plant(simplex: &mut Simplex, network: &Network, outcome: &Outcome, used: &[u32], links: &[Link]) {
    let standing = network.standing();
    let start = network.person_nodes().start;
    let serving = used.iter().filter(|&&arc| arc != NONE).count();
    let flow_of = |arc: u32| match arc.checked_sub(standing) {
        Some(pair) => i64::from((pair as usize) < serving),
        None if arc >= index(network.nodes()) => 0,
        None if arc >= start => match used.get((arc - start) as usize) {
            Some(&NONE) => i64::from(network.open_person[(arc - start) as usize]),
            _ => 0,
        },
        None => outcome.flow[arc as usize],
    };
    let mut tree = Tree::new(network.nodes());
    for node in 1..index(network.nodes()) {
        let link = links[node as usize];
        if link.parent == NONE {
            tree.hang(node, network.above[node as usize], node, true, flow_of(node));
        } else {
            tree.hang(node, link.parent, link.arc, link.upward, flow_of(link.arc));
        }
    }
    simplex.tree = tree;
    simplex.rest_outside(flow_of);
    simplex.reprice();
    simplex.enter_free(serving, flow_of);
}
