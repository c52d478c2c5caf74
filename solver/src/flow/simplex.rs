//! The network simplex on the arcs at hand: the standing ones and the pairs offered so far.
//!
//! Costs are whole numbers, so is every price and flow, and nothing is ever rounded. Pairs carry
//! no cap of their own (a person has only one unit to give), so one that is not in the tree carries
//! nothing, and can be forgotten at any time.

use super::network::{Network, ROOT};
use super::tree::{Entering, NONE, Tree};
use crate::index;
use std::collections::HashSet;
use std::ops::Range;
use std::time::Instant;

/// Pivots between two looks at the clock.
const LOOK_EVERY: u32 = 256;

/// What pairs of somebody who has withdrawn cost: more than any way home saves.
const FORBIDDING: i64 = 1 << 58;

/// A pair as an arc.
#[derive(Clone, Copy, Debug)]
pub(crate) struct PairArc {
    /// The node of the person.
    pub(crate) tail: u32,
    /// The node of the need.
    pub(crate) head: u32,
    pub(crate) cost: i64,
}

/// Where a standing arc outside the tree rests; a factor of its reduced cost.
const AT_LOWER: i8 = 1;
const AT_UPPER: i8 = -1;
/// It may not move at all.
const FIXED: i8 = 0;

/// A network, a tree on it, and the arcs that may enter.
#[derive(Clone, Debug)]
pub(crate) struct Simplex {
    pub(crate) network: Network,
    pub(crate) tree: Tree,
    /// Cost of each standing and surplus arc.
    pub(crate) cost: Vec<i64>,
    rest: Vec<i8>,
    pub(crate) pairs: Vec<PairArc>,
    /// Where the search for an entering arc goes on.
    next: u32,
    pub(crate) pivots: u64,
    pub(crate) degenerate: u64,
}

impl Simplex {
    /// Everybody at home, every standing arc in the tree.
    pub(crate) fn new(network: Network) -> Self {
        let nodes = network.nodes();
        let standing = network.standing() as usize;
        let mut tree = Tree::new(nodes);
        let mut flow = vec![0_i64; nodes];
        for person in network.people() {
            if network.open_person[person as usize] {
                let mut at = network.person_node(person);
                while at != ROOT {
                    flow[at as usize] += 1;
                    at = network.above[at as usize];
                }
            }
        }
        for node in 1..index(nodes) {
            tree.hang(
                node,
                network.above[node as usize],
                node,
                true,
                flow[node as usize],
            );
        }
        let mut simplex = Self {
            network,
            tree,
            cost: vec![0; standing],
            rest: vec![AT_LOWER; standing],
            pairs: Vec::new(),
            next: 0,
            pivots: 0,
            degenerate: 0,
        };
        (simplex.rest[nodes..].iter_mut()).for_each(|rest| *rest = FIXED);
        simplex.reprice();
        simplex
    }

    /// Recomputes all prices after costs have changed.
    pub(crate) fn reprice(&mut self) {
        let (cost, pairs, standing) = (&self.cost, &self.pairs, self.network.standing());
        self.tree.reprice(|arc| match arc.checked_sub(standing) {
            None => cost[arc as usize],
            Some(pair) => pairs[pair as usize].cost,
        });
    }

    /// Pivots until no arc at hand would pay, or the time is up; whether the former.
    pub(crate) fn optimise(&mut self, deadline: Instant) -> bool {
        let mut until_look = 0;
        while let Some(enter) = self.entering() {
            if until_look == 0 {
                if Instant::now() >= deadline {
                    return false;
                }
                until_look = LOOK_EVERY;
            }
            until_look -= 1;
            self.step(enter);
        }
        true
    }

    /// Gives the pairs at hand other costs, and everything the prices that follow.
    pub(crate) fn recost(&mut self, cost: impl Fn(u32, u32) -> i64) {
        for pair in &mut self.pairs {
            pair.cost = cost(pair.tail, pair.head);
        }
        self.reprice();
    }

    /// Forgets the pairs at hand that do not cost nothing, and fixes the standing arcs like them.
    pub(crate) fn keep_free_pairs(&mut self) {
        self.fix_standing();
        let price = &self.tree.price;
        let free: Vec<_> = (self.pairs.iter())
            .filter(|pair| pair.cost - price[pair.tail as usize] + price[pair.head as usize] == 0)
            .copied()
            .collect();
        self.take_list(free);
    }

    /// Takes a list over in place of the pairs at hand; those in the tree are kept in any case.
    pub(crate) fn take_list(&mut self, list: Vec<PairArc>) {
        self.forget_pairs();
        let inside: HashSet<_> = self.pairs.iter().map(|pair| (pair.tail, pair.head)).collect();
        self.pairs.extend(
            list.into_iter()
                .filter(|pair| !inside.contains(&(pair.tail, pair.head))),
        );
    }

    /// Who serves what, by person and need.
    pub(crate) fn assignments(&self) -> Vec<(u32, u32)> {
        let standing = self.network.standing();
        (self.tree.nodes.iter().skip(1))
            .filter(|node| node.arc != NONE && node.arc >= standing && node.flow > 0)
            .map(|node| self.pairs[(node.arc - standing) as usize])
            .map(|pair| super::face::ends(&self.network, pair.tail, pair.head))
            .collect()
    }

    /// Takes a person out: they stay at home from the next optimum on.
    pub(crate) fn withdraw(&mut self, person: u32) {
        self.network.open_person[person as usize] = false;
        let node = self.network.person_node(person);
        for pair in self.pairs.iter_mut().filter(|pair| pair.tail == node) {
            pair.cost = FORBIDDING;
        }
        self.reprice();
    }

    /// What using a pair would cost beside the plan in hand.
    pub(crate) fn reduced_pair(&self, tail: u32, head: u32, cost: i64) -> i64 {
        cost - self.price(tail) + self.price(head)
    }

    /// The price at a node.
    pub(crate) fn price(&self, node: u32) -> i64 {
        self.tree.price[node as usize]
    }

    /// Notes where the arcs rest that are not in a tree just planted.
    pub(super) fn rest_outside(&mut self, flow: impl Fn(u32) -> i64) {
        for arc in 0..index(self.network.nodes()) {
            self.rest[arc as usize] = self.rest_of(arc, flow(arc));
        }
    }

    /// Pivots the arcs in that carry less than they could and more than they must, and are not in
    /// the tree: standing arcs and the first few pairs.
    pub(super) fn enter_free(&mut self, pairs: usize, flow: impl Fn(u32) -> i64) {
        let (nodes, standing) = (index(self.network.nodes()), self.network.standing());
        let mut inside = vec![false; self.pairs.len() + standing as usize];
        for node in &self.tree.nodes {
            if node.arc != NONE {
                inside[node.arc as usize] = true;
            }
        }
        let serving = standing..standing + index(pairs);
        for arc in (1..nodes).chain(serving) {
            let (flow, bounds) = (flow(arc), &self.network.bounds);
            let (lower, upper) = (bounds.lower(arc), bounds.upper(arc));
            if inside[arc as usize] || flow == lower || flow == upper {
                continue;
            }
            let (tail, head, cost) = match arc.checked_sub(standing) {
                None => {
                    let tail = self.network.tail(arc);
                    (tail, self.network.above[tail as usize], self.cost[arc as usize])
                }
                Some(pair) => {
                    let pair = self.pairs[pair as usize];
                    (pair.tail, pair.head, pair.cost)
                }
            };
            let reduced = self.reduced_pair(tail, head, cost);
            let forward = reduced < 0;
            let (from, to) = if forward { (tail, head) } else { (head, tail) };
            self.step(Entering {
                arc,
                from,
                to,
                forward,
                flow,
                room: if forward { upper - flow } else { flow - lower },
                gain: -reduced.abs(),
            });
        }
    }

    fn step(&mut self, enter: Entering) {
        let pivoted = self.tree.pivot(enter, &self.network.bounds);
        self.pivots += 1;
        self.degenerate += u64::from(pivoted.pushed == 0);
        if pivoted.arc < self.network.standing() {
            self.rest[pivoted.arc as usize] = self.rest_of(pivoted.arc, pivoted.flow);
        }
    }

    fn rest_of(&self, arc: u32, flow: i64) -> i8 {
        let (lower, upper) = (self.network.bounds.lower(arc), self.network.bounds.upper(arc));
        match () {
            () if lower == upper => FIXED,
            () if flow == lower => AT_LOWER,
            () => AT_UPPER,
        }
    }

    /// The arc of the steepest gain in the next block that has one (Grigoriadis 1986).
    fn entering(&mut self) -> Option<Entering> {
        let standing = self.network.standing();
        let arcs = standing + index(self.pairs.len());
        let block = arcs.isqrt().max(16);
        let mut best = (0_i64, NONE);
        let mut seen = 0;
        let mut at = if self.next < arcs { self.next } else { 0 };
        while seen < arcs {
            let end = arcs.min(at + block);
            if at < standing {
                self.scan_standing(at..end.min(standing), &mut best);
            }
            if end > standing {
                self.scan_pairs(at.max(standing) - standing..end - standing, &mut best);
            }
            seen += end - at;
            at = if end == arcs { 0 } else { end };
            if best.1 != NONE {
                break;
            }
        }
        self.next = at;
        (best.1 != NONE).then(|| self.describe(best.1, best.0))
    }

    fn scan_standing(&self, range: Range<u32>, best: &mut (i64, u32)) {
        for arc in range {
            let rest = i64::from(self.rest[arc as usize]);
            if rest == 0 {
                continue;
            }
            let gain = self.reduced(arc) * rest;
            if gain < best.0 {
                *best = (gain, arc);
            }
        }
    }

    fn scan_pairs(&self, range: Range<u32>, best: &mut (i64, u32)) {
        let standing = self.network.standing();
        let price = &self.tree.price;
        let pairs = &self.pairs[range.start as usize..range.end as usize];
        for (arc, pair) in (standing + range.start..).zip(pairs) {
            let gain = pair.cost - price[pair.tail as usize] + price[pair.head as usize];
            if gain < best.0 {
                *best = (gain, arc);
            }
        }
    }

    /// Reduced cost of a standing or surplus arc.
    pub(crate) fn reduced(&self, arc: u32) -> i64 {
        let tail = self.network.tail(arc);
        let head = self.network.above[tail as usize];
        self.cost[arc as usize] - self.tree.price[tail as usize] + self.tree.price[head as usize]
    }

    fn describe(&self, arc: u32, gain: i64) -> Entering {
        let Some(pair) = arc.checked_sub(self.network.standing()) else {
            let tail = self.network.tail(arc);
            let head = self.network.above[tail as usize];
            let (lower, upper) = (self.network.bounds.lower(arc), self.network.bounds.upper(arc));
            let forward = self.rest[arc as usize] == AT_LOWER;
            let (from, to, flow) = if forward {
                (tail, head, lower)
            } else {
                (head, tail, upper)
            };
            return Entering {
                arc,
                from,
                to,
                forward,
                flow,
                room: upper - lower,
                gain,
            };
        };
        let PairArc { tail, head, .. } = self.pairs[pair as usize];
        Entering {
            arc,
            from: tail,
            to: head,
            forward: true,
            flow: 0,
            room: super::tree::PLENTY,
            gain,
        }
    }

    /// What flows on a standing or surplus arc.
    pub(crate) fn flow(&self, arc: u32) -> i64 {
        let node = self.tree.node(self.network.tail(arc));
        if node.arc == arc {
            node.flow
        } else {
            self.resting_flow(arc)
        }
    }

    fn in_tree(&self, arc: u32) -> bool {
        // the arcs that leave units, needs and people hang their own tails, or they hang a tail's
        // parent below it; only the former can be told from the tail alone
        self.tree.node(self.network.tail(arc)).arc == arc
    }

    /// Makes one unit more of what flows on a unit's arc obligatory; it must flow already.
    pub(crate) fn raise_lower(&mut self, arc: u32) {
        let (lower, upper) = (self.network.bounds.lower(arc) + 1, self.network.bounds.upper(arc));
        let flow = self.flow(arc);
        self.network.bounds.set(arc, lower, upper);
        if !self.in_tree(arc) {
            self.rest[arc as usize] = self.rest_of(arc, flow);
        }
    }

    /// Splits the arc of a unit: one more than it must carry stays, the rest goes to the surplus.
    pub(crate) fn split_unit(&mut self, unit: u32) {
        let (arc, surplus) = (self.network.unit_node(unit), self.network.surplus(unit));
        let (lower, upper) = (self.network.bounds.lower(arc), self.network.bounds.upper(arc));
        let (inside, flow) = (self.in_tree(arc), self.flow(arc));
        self.network.bounds.set(arc, lower, lower + 1);
        self.network.bounds.set(surplus, 0, upper - lower - 1);
        let own = flow.min(lower + 1);
        self.rest[arc as usize] = self.rest_of(arc, own);
        self.rest[surplus as usize] = self.rest_of(surplus, flow - own);
        if inside && own > lower {
            // the full arc steps out of the tree, the other one takes its place
            let node = &mut self.tree.nodes[arc as usize];
            (node.arc, node.flow) = (surplus, flow - own);
        }
    }

    /// Undoes [`Simplex::split_unit`]; what was fixed on either arc stays fixed.
    pub(crate) fn join_unit(&mut self, unit: u32) {
        let (arc, surplus) = (self.network.unit_node(unit), self.network.surplus(unit));
        let flow = self.flow(arc) + self.flow(surplus);
        let inside = self.in_tree(arc) || self.in_tree(surplus);
        let bounds = &self.network.bounds;
        let (lower, upper) = (
            bounds.lower(arc) + bounds.lower(surplus),
            bounds.upper(arc) + bounds.upper(surplus),
        );
        self.network.bounds.set(arc, lower, upper);
        self.network.bounds.set(surplus, 0, 0);
        self.rest[surplus as usize] = FIXED;
        self.rest[arc as usize] = self.rest_of(arc, flow);
        if inside {
            let node = &mut self.tree.nodes[arc as usize];
            (node.arc, node.flow) = (arc, flow);
        }
    }

    /// Fixes what rests on standing arcs that do not cost nothing: no better plan moves them.
    pub(crate) fn fix_standing(&mut self) {
        for arc in 1..self.network.standing() {
            let rest = self.rest[arc as usize];
            // arcs of the tree cost nothing, so only those that rest outside are meant
            if rest != FIXED && self.reduced(arc) != 0 {
                let flow = self.resting_flow(arc);
                self.network.bounds.set(arc, flow, flow);
                self.rest[arc as usize] = FIXED;
            }
        }
    }

    fn resting_flow(&self, arc: u32) -> i64 {
        match self.rest[arc as usize] {
            AT_UPPER => self.network.bounds.upper(arc),
            _ => self.network.bounds.lower(arc),
        }
    }

    /// Forgets every pair outside the tree, and renumbers those inside.
    pub(crate) fn forget_pairs(&mut self) {
        let standing = self.network.standing();
        let mut kept = Vec::new();
        for node in &mut self.tree.nodes {
            if let Some(pair) = node.arc.checked_sub(standing).filter(|_| node.arc != NONE) {
                node.arc = standing + index(kept.len());
                kept.push(self.pairs[pair as usize]);
            }
        }
        self.pairs = kept;
        self.next = 0;
    }
}
