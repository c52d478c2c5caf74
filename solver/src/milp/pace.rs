//! How the relaxation goes on: by which pivots, and how long with cuts. Nothing here decides what is
//! right, only what is quick.

use super::master::{Pivots, float};
use std::collections::HashSet;

/// What still pays, within the engine's tolerance, which is about as many parts of a cost.
const PAYS: f64 = -1e-6;

/// As many columns join by primal pivots, whatever they cost, and are too few to stop on the way.
pub(super) const FEW: usize = 1_000;

/// With more different costs than this, columns differ.
const DIFFERENT: usize = 8;

/// Costs above this stand for several things, each of which outweighs the next.
const STEEP: f64 = 100_000.0;

/// Rounds of cuts after which they are given up, when none has raised the bound by a whole unit.
const IDLE: usize = 4;

/// Coarse cuts go on while a round gains one part in so many of all that they gained.
const MUCH: f64 = 30.0;

/// A round of coarse cuts that gains less than such a part of the cost gains nothing.
const LITTLE: f64 = 1e-6;

/// How far a bound may be from what it meets, within the engine's tolerance.
const MET: f64 = 1e-6;

/// What costs are like.
pub(super) struct Kind {
    greatest: f64,
    are_different: bool,
}

impl Kind {
    pub(super) fn of(costs: &[f64]) -> Self {
        let mut known = HashSet::new();
        let is_different = |cost: &f64| {
            known.insert(cost.to_bits());
            known.len() > DIFFERENT
        };
        Self {
            greatest: costs.iter().fold(0.0, |most, cost| cost.abs().max(most)),
            are_different: costs.iter().any(is_different),
        }
    }

    /// Below which price a column pays.
    pub(super) fn pays(&self) -> f64 {
        PAYS * (self.greatest / 1_000.0).max(1.0)
    }

    /// How to go on when many columns have joined. All have two bounds, so that one that pays can start
    /// at its upper one, and dual pivots do the rest in a quarter of the time of primal ones (measured
    /// at M under one cost). But where many columns cost the same, or costs are steep, dual pivots go
    /// round in circles (M, tiers: twice the time, and once no end).
    pub(super) fn pivots(&self) -> Pivots {
        if self.are_different && self.greatest < STEEP {
            Pivots::Dual
        } else {
            Pivots::Primal
        }
    }
}

/// How far a relaxation goes.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Depth {
    /// Where many columns have joined, some of the way: for whoever wants multipliers by which more will
    /// join, and asks again then.
    Draft,
    /// To its end, without cuts.
    Plain,
    /// With cuts as long as they gain much.
    Coarse,
    /// With cuts until the bound meets the cost of a point in hand, or they have no effect.
    Towards(i64),
}

impl Depth {
    /// By which pivots, where there are others for the whole way, and so many columns at hand.
    pub(super) fn pivots(self, whole: Pivots, columns: usize) -> Pivots {
        match (self, whole) {
            (Self::Draft, Pivots::Dual) if columns > FEW => Pivots::Brief,
            _ => whole,
        }
    }
}

/// Whether cuts are worth their rows.
pub(super) struct Cutting {
    depth: Depth,
    started: Option<f64>,
    reached: f64,
    idle: usize,
}

impl Cutting {
    pub(super) fn new(depth: Depth) -> Self {
        Self {
            depth,
            started: None,
            reached: f64::NEG_INFINITY,
            idle: 0,
        }
    }

    /// Costs are whole, so a bound less than one below the goal meets it when it is rounded up.
    pub(super) fn goes_on(&mut self, cost: f64) -> bool {
        let gained = cost - *self.started.get_or_insert(cost);
        let (least, patience, goal) = match self.depth {
            Depth::Draft | Depth::Plain => return false,
            Depth::Coarse => (
                (gained / MUCH).max(LITTLE * cost.abs()).max(1.0),
                IDLE - 1,
                f64::INFINITY,
            ),
            Depth::Towards(goal) => (1.0, IDLE, float(goal) - 1.0 + MET),
        };
        if cost >= self.reached + least {
            (self.reached, self.idle) = (cost, 0);
        } else {
            self.idle += 1;
        }
        self.idle < patience && cost <= goal
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dual_pivots_are_for_costs_that_differ_and_are_not_steep() {
        let different: Vec<f64> = (0..20).map(f64::from).collect();
        assert!(matches!(Kind::of(&different).pivots(), Pivots::Dual));
        let same: Vec<f64> = (0..20).map(|at| f64::from(at % 2)).collect();
        assert!(matches!(Kind::of(&same).pivots(), Pivots::Primal));
        let steep: Vec<f64> = (0..20).map(|at| f64::from(at) * STEEP).collect();
        assert!(matches!(Kind::of(&steep).pivots(), Pivots::Primal));
        assert!(Kind::of(&steep).pays() < Kind::of(&same).pays());
    }

    #[test]
    fn cuts_go_on_until_the_goal_is_met_or_they_have_no_effect() {
        let mut cutting = Cutting::new(Depth::Towards(-10));
        assert!(cutting.goes_on(-13.5));
        assert!(!cutting.goes_on(-10.9), "rounded up it is -10");
        let mut cutting = Cutting::new(Depth::Towards(0));
        let rounds = (0..9).take_while(|&round| cutting.goes_on(-50.0 + 0.1 * f64::from(round)));
        assert_eq!(rounds.count(), IDLE);
        assert!(!cutting.goes_on(-49.9));
    }

    #[test]
    fn coarse_cuts_stop_when_most_is_gained() {
        let mut cutting = Cutting::new(Depth::Coarse);
        let bounds = [-1000.0, -1000.0, -500.0, -400.0, -399.5, -399.0, -398.5, 0.0];
        assert_eq!(
            bounds.iter().take_while(|&&bound| cutting.goes_on(bound)).count(),
            6
        );
        assert!(!Cutting::new(Depth::Plain).goes_on(0.0));
    }
}
