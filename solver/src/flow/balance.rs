//! Leximin: the worst-served unit as high as it goes, then the second worst, and so on.
//!
//! What units can be given at the same time forms the bases of a polymatroid, and a seat is worth
//! less to a unit the more it has. So greed is exact (Federgruen and Groenevelt 1986): seats are
//! granted in the order of the coverage they start from, the lowest first, and among equals the
//! one that lifts its unit furthest. Units that ask for as much and hold as much compete for one
//! such *step*; the step's question «how many of them at once?» is a network problem with a cost
//! of -1 on each unit's next seat. Its prices then say who has the seat for good, who does without
//! and who may share it out among themselves, and the tiers below decide that.

use super::simplex::Simplex;

/// A unit that takes part.
#[derive(Clone, Copy, Debug)]
pub(super) struct Claim {
    pub(super) unit: u32,
    /// Seats asked for.
    pub(super) requested: u64,
    /// Seats filled by pins, which are not part of the network.
    pub(super) pinned: u64,
    /// Nothing more will change for this unit.
    settled: bool,
}

/// Units that ask for `requested` seats each and hold `held` of them.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) held: u64,
    pub(super) requested: u64,
    /// Positions among the claims.
    pub(super) members: Vec<usize>,
}

impl Claim {
    pub(super) fn new(unit: u32, requested: u64, pinned: u64) -> Self {
        Self {
            unit,
            requested,
            pinned,
            settled: false,
        }
    }

    /// Seats that are the unit's in every plan from now on.
    fn held(&self, simplex: &Simplex) -> u64 {
        let arc = simplex.network.unit_node(self.unit);
        self.pinned + u64::try_from(simplex.network.bounds.lower(arc)).unwrap_or(0)
    }

    /// Whether the unit's own limits let it hold one more.
    fn may_grow(&self, simplex: &Simplex) -> bool {
        let arc = simplex.network.unit_node(self.unit);
        !self.settled && simplex.network.bounds.lower(arc) < simplex.network.bounds.upper(arc)
    }
}

/// The next step: the lowest coverage of all, and then the smallest unit.
pub(super) fn next_step(claims: &[Claim], simplex: &Simplex) -> Option<Step> {
    let mut best: Option<Step> = None;
    for (at, claim) in claims.iter().enumerate() {
        if !claim.may_grow(simplex) {
            continue;
        }
        let (held, requested) = (claim.held(simplex), claim.requested);
        // held/requested against best.held/best.requested, without division
        let order = best.as_ref().map(|best| {
            let (mine, other) = (held * best.requested, best.held * requested);
            mine.cmp(&other).then(requested.cmp(&best.requested))
        });
        match order {
            Some(std::cmp::Ordering::Greater) => {}
            Some(std::cmp::Ordering::Equal) => {
                if let Some(best) = &mut best {
                    best.members.push(at);
                }
            }
            None | Some(std::cmp::Ordering::Less) => {
                best = Some(Step {
                    held,
                    requested,
                    members: vec![at],
                });
            }
        }
    }
    best
}

impl Step {
    /// Grants the seat to all if the plan in hand already gives it to all.
    pub(super) fn grant_in_hand(&self, claims: &[Claim], simplex: &mut Simplex) -> bool {
        let more = |at: &usize| {
            let arc = simplex.network.unit_node(claims[*at].unit);
            simplex.flow(arc) > simplex.network.bounds.lower(arc)
        };
        if !self.members.iter().all(more) {
            return false;
        }
        for &at in &self.members {
            simplex.raise_lower(simplex.network.unit_node(claims[at].unit));
        }
        true
    }

    /// Puts each member's next seat on an arc of its own, which earns one.
    pub(super) fn split(&self, claims: &[Claim], simplex: &mut Simplex) {
        for &at in &self.members {
            let unit = claims[at].unit;
            simplex.split_unit(unit);
            let arc = simplex.network.unit_node(unit);
            simplex.cost[arc as usize] = -1;
        }
    }

    /// Whether every member has the seat in the plan in hand.
    pub(super) fn all_served(&self, claims: &[Claim], simplex: &Simplex) -> bool {
        (self.members.iter()).all(|&at| {
            let arc = simplex.network.unit_node(claims[at].unit);
            simplex.flow(arc) > simplex.network.bounds.lower(arc)
        })
    }

    /// Makes the seat obligatory for every member; all have it, and their arcs are split.
    pub(super) fn grant(&self, claims: &[Claim], simplex: &mut Simplex) {
        for &at in &self.members {
            simplex.raise_lower(simplex.network.unit_node(claims[at].unit));
        }
    }

    /// Whether both steps start from the same coverage.
    pub(super) fn same_coverage(&self, other: &Self) -> bool {
        self.held * other.requested == other.held * self.requested
    }

    /// Whether a unit that can grow no more stays at the coverage that the step starts from, or
    /// below it.
    pub(super) fn leaves_behind(&self, claims: &[Claim], simplex: &Simplex) -> bool {
        (claims.iter()).any(|claim| {
            let held = claim.held(simplex);
            held < claim.requested
                && !claim.may_grow(simplex)
                && held * self.requested <= self.held * claim.requested
        })
    }

    /// Who shares the seat out with others: between the bounds, at a price that balances. Asked
    /// before the face is narrowed.
    pub(super) fn settle_sharers(&self, claims: &mut [Claim], simplex: &Simplex) {
        for &at in &self.members {
            let arc = simplex.network.unit_node(claims[at].unit);
            claims[at].settled = simplex.reduced(arc) == 0;
        }
    }

    /// Joins the two arcs of each member again, after the face was narrowed.
    pub(super) fn join(&self, claims: &[Claim], simplex: &mut Simplex) {
        for &at in &self.members {
            let unit = claims[at].unit;
            simplex.cost[simplex.network.unit_node(unit) as usize] = 0;
            simplex.join_unit(unit);
        }
    }
}
