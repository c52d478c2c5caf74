//! The spanning tree of the network simplex: who hangs below whom, over which arc, with what flow
//! and at what price.
//!
//! The tree is *strongly feasible* (Cunningham 1976): from every node one more unit could flow to
//! the root along the tree. Together with the choice of the leaving arc in [`Tree::pivot`] this
//! rules out cycling, so no perturbation is needed and every run takes the same steps.

use super::network::Bounds;

/// No node, no arc.
pub(super) const NONE: u32 = u32::MAX;

/// More flow than there can be.
pub(super) const PLENTY: i64 = i64::MAX / 4;

/// A node's place in the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) parent: u32,
    /// The arc to the parent.
    pub(super) arc: u32,
    /// What flows on that arc.
    pub(super) flow: i64,
    /// Whether the arc leads from this node to its parent.
    pub(super) upward: bool,
    depth: u32,
    first_child: u32,
    next: u32,
    previous: u32,
}

impl Node {
    const LONE: Self = Self {
        parent: NONE,
        arc: NONE,
        flow: 0,
        upward: true,
        depth: 0,
        first_child: NONE,
        next: NONE,
        previous: NONE,
    };
}

/// An arc that wants into the tree, with the direction in which it pays to push.
#[derive(Clone, Copy, Debug)]
pub(super) struct Entering {
    pub(super) arc: u32,
    /// The push goes from here …
    pub(super) from: u32,
    /// … over the arc to here.
    pub(super) to: u32,
    /// Whether that is the arc's own direction.
    pub(super) forward: bool,
    /// What flows on the arc now.
    pub(super) flow: i64,
    /// How much more the arc takes in that direction.
    pub(super) room: i64,
    /// Change of cost per unit pushed; negative.
    pub(super) gain: i64,
}

/// What a pivot did to the arcs outside the tree.
#[derive(Clone, Copy, Debug)]
pub(super) struct Pivoted {
    /// The arc that is now outside, which may be the one that wanted in.
    pub(super) arc: u32,
    /// What flows on it.
    pub(super) flow: i64,
    /// How many units were pushed around the cycle.
    pub(super) pushed: i64,
}

/// A spanning tree over nodes 0 (the root) to n - 1.
#[derive(Clone, Debug)]
pub(crate) struct Tree {
    pub(super) nodes: Vec<Node>,
    /// The cost of sending one unit from each node to the root along the tree. Every arc of the
    /// tree has reduced cost `cost - price[tail] + price[head] = 0`.
    pub(super) price: Vec<i64>,
}

impl Tree {
    /// A root and nothing below it yet.
    pub(super) fn new(nodes: usize) -> Self {
        Self {
            nodes: vec![Node::LONE; nodes],
            price: vec![0; nodes],
        }
    }

    pub(super) fn node(&self, at: u32) -> &Node {
        &self.nodes[at as usize]
    }

    fn node_mut(&mut self, at: u32) -> &mut Node {
        &mut self.nodes[at as usize]
    }

    /// Hangs a node that has no parent yet below another.
    pub(super) fn hang(&mut self, at: u32, parent: u32, arc: u32, upward: bool, flow: i64) {
        let first = self.node(parent).first_child;
        let node = self.node_mut(at);
        node.parent = parent;
        node.arc = arc;
        node.upward = upward;
        node.flow = flow;
        node.previous = NONE;
        node.next = first;
        if first != NONE {
            self.node_mut(first).previous = at;
        }
        self.node_mut(parent).first_child = at;
    }

    fn detach(&mut self, at: u32) {
        let Node {
            parent,
            previous,
            next,
            ..
        } = *self.node(at);
        if previous == NONE {
            self.node_mut(parent).first_child = next;
        } else {
            self.node_mut(previous).next = next;
        }
        if next != NONE {
            self.node_mut(next).previous = previous;
        }
    }

    /// Recomputes depth below a node, which must be right itself, and prices by `cost` of arcs.
    pub(super) fn reprice(&mut self, cost: impl Fn(u32) -> i64) {
        self.price[0] = 0;
        self.walk(0, |tree, at| {
            let Node {
                parent, arc, upward, ..
            } = *tree.node(at);
            if parent != NONE {
                let step = if upward { cost(arc) } else { -cost(arc) };
                tree.price[at as usize] = tree.price[parent as usize] + step;
                tree.node_mut(at).depth = tree.node(parent).depth + 1;
            }
        });
    }

    /// Visits a node and everything below it, parents first.
    fn walk(&mut self, top: u32, mut visit: impl FnMut(&mut Self, u32)) {
        let mut at = top;
        loop {
            visit(self, at);
            let child = self.node(at).first_child;
            if child != NONE {
                at = child;
                continue;
            }
            while at != top && self.node(at).next == NONE {
                at = self.node(at).parent;
            }
            if at == top {
                return;
            }
            at = self.node(at).next;
        }
    }

    /// How much more can go from a node to its parent.
    fn room_up(&self, node: &Node, bounds: &Bounds) -> i64 {
        if node.upward {
            bounds.upper(node.arc) - node.flow
        } else {
            node.flow - bounds.lower(node.arc)
        }
    }

    /// How much more can come to a node from its parent.
    fn room_down(&self, node: &Node, bounds: &Bounds) -> i64 {
        if node.upward {
            node.flow - bounds.lower(node.arc)
        } else {
            bounds.upper(node.arc) - node.flow
        }
    }

    /// Pushes what fits around the cycle that an arc closes, and exchanges it for the last arc that
    /// stops the push, seen from the cycle's topmost node in the direction of the push: the choice
    /// that keeps the tree strongly feasible.
    pub(super) fn pivot(&mut self, enter: Entering, bounds: &Bounds) -> Pivoted {
        let (mut near, mut far) = (enter.from, enter.to);
        // the tightest arc on the way down to `from` (the lowest of several), and on the way up
        // from `to` (the highest of several)
        let (mut down, mut down_at) = (PLENTY, NONE);
        let (mut up, mut up_at) = (PLENTY, NONE);
        while near != far {
            let (a, b) = (self.node(near), self.node(far));
            if a.depth >= b.depth {
                let room = self.room_down(a, bounds);
                if room < down {
                    (down, down_at) = (room, near);
                }
                near = a.parent;
            } else {
                let room = self.room_up(b, bounds);
                if room <= up {
                    (up, up_at) = (room, far);
                }
                far = b.parent;
            }
        }
        let top = near;
        let pushed = down.min(up).min(enter.room);
        if pushed > 0 {
            self.push(enter.from, top, -pushed);
            self.push(enter.to, top, pushed);
        }
        let flow = if enter.forward {
            enter.flow + pushed
        } else {
            enter.flow - pushed
        };
        let (leaving, inner, outer) = if up == pushed {
            (up_at, enter.to, enter.from)
        } else if enter.room == pushed {
            return Pivoted {
                arc: enter.arc,
                flow,
                pushed,
            };
        } else {
            (down_at, enter.from, enter.to)
        };
        let left = *self.node(leaving);
        // seen from the inner end, does the arc lead outwards, that is to the new parent?
        let upward = (inner == enter.from) == enter.forward;
        self.turn(
            inner,
            leaving,
            outer,
            Node {
                arc: enter.arc,
                flow,
                upward,
                ..Node::LONE
            },
        );
        let shift = if inner == enter.from {
            enter.gain
        } else {
            -enter.gain
        };
        self.shift(inner, shift);
        Pivoted {
            arc: left.arc,
            flow: left.flow,
            pushed,
        }
    }

    /// Adds to the flow towards the root on every arc from a node up to another.
    fn push(&mut self, mut at: u32, top: u32, amount: i64) {
        while at != top {
            let node = self.node_mut(at);
            node.flow += if node.upward { amount } else { -amount };
            at = node.parent;
        }
    }

    /// Turns the path from `inner` up to `last` around, so that `inner` hangs below `outer`.
    fn turn(&mut self, inner: u32, last: u32, outer: u32, arc: Node) {
        let (mut at, mut parent, mut link) = (inner, outer, arc);
        loop {
            let old = *self.node(at);
            self.detach(at);
            self.hang(at, parent, link.arc, link.upward, link.flow);
            if at == last {
                return;
            }
            link = Node {
                upward: !old.upward,
                ..old
            };
            (parent, at) = (at, old.parent);
        }
    }

    /// Moves the prices of a node and of everything below it, and counts their depth anew.
    fn shift(&mut self, top: u32, by: i64) {
        self.walk(top, |tree, at| {
            tree.price[at as usize] += by;
            let depth = tree.node(tree.node(at).parent).depth + 1;
            tree.node_mut(at).depth = depth;
        });
    }
}
