//! How the relaxation goes on: by which pivots, and how long with cuts. Nothing here decides what is
//! right, only what is quick.

use super::Limits;
use super::master::{Pivots, float};
use std::collections::HashSet;

/// What still pays, within the engine's tolerance, which is about as many parts of a cost.
const PAYS: f64 = -1e-6;

/// With more different costs than this, columns differ.
const DIFFERENT: usize = 8;

/// Costs above this stand for several things, each of which outweighs the next.
const STEEP: f64 = 100_000.0;

/// Rounds of cuts after which they are given up, when none has raised the bound by what is worth it.
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

    /// How to go on when so many columns have joined. All have two bounds, so that one that pays can start
    /// at its upper one, and where they are many dual pivots do the rest in a quarter of the time of primal
    /// ones (measured at M under one cost). But where many columns cost the same, or costs are steep, dual
    /// pivots go round in circles (M, tiers: twice the time, and once no end).
    pub(super) fn pivots(&self, joined: usize, limits: Limits) -> Pivots {
        if joined > limits.few && self.are_different && self.greatest < STEEP {
            Pivots::Dual
        } else {
            Pivots::Primal
        }
    }

    /// How to go to a depth with so many columns at hand, if `whole` is how to go to the end.
    pub(super) fn pivots_to(&self, depth: Depth, columns: usize, whole: Pivots, limits: Limits) -> Pivots {
        match (depth, whole, self.pivots(columns, limits)) {
            (Depth::Draft, Pivots::Dual, Pivots::Dual) => Pivots::Brief,
            _ => whole,
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
    use std::time::Instant;

    #[test]
    fn dual_pivots_are_for_many_columns_of_costs_that_differ_and_are_not_steep() {
        let limits = Limits::new(Instant::now(), 1);
        let (few, many) = (limits.few, limits.few + 1);
        let different: Vec<f64> = (0..20).map(f64::from).collect();
        let same: Vec<f64> = (0..20).map(|at| f64::from(at % 2)).collect();
        let steep: Vec<f64> = (0..20).map(|at| f64::from(at) * STEEP).collect();
        let [different, same, steep] = [different, same, steep].map(|costs| Kind::of(&costs));
        assert!(matches!(different.pivots(many, limits), Pivots::Dual));
        assert!(matches!(different.pivots(few, limits), Pivots::Primal));
        assert!(matches!(same.pivots(many, limits), Pivots::Primal));
        assert!(matches!(steep.pivots(many, limits), Pivots::Primal));
        assert!(steep.pays() < same.pays());
    }

    #[test]
    fn a_draft_is_brief_only_where_dual_pivots_are_quick() {
        let limits = Limits::new(Instant::now(), 1);
        let (few, many) = (limits.few, limits.few + 1);
        let of = |most: u32| Kind::of(&(0..most).map(f64::from).collect::<Vec<_>>());
        let to = |kind: &Kind, depth, columns| kind.pivots_to(depth, columns, Pivots::Dual, limits);
        assert!(matches!(to(&of(20), Depth::Draft, many), Pivots::Brief));
        assert!(matches!(to(&of(20), Depth::Draft, few), Pivots::Dual));
        assert!(matches!(to(&of(20), Depth::Plain, many), Pivots::Dual));
        assert!(matches!(to(&of(3), Depth::Draft, many), Pivots::Dual));
        let primal = of(20).pivots_to(Depth::Draft, many, Pivots::Primal, limits);
        assert!(matches!(primal, Pivots::Primal));
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
        let bounds = [-1000.0, -1000.0, -500.0, -400.0, -395.0, -390.0, -385.0, 0.0];
        assert_eq!(
            bounds.iter().take_while(|&&bound| cutting.goes_on(bound)).count(),
            6,
            "of 600 that are gained, fives are little"
        );
        let mut cutting = Cutting::new(Depth::Coarse);
        let bounds = [-1e9, -1e9 + 10.0, -1e9 + 20.0, -1e9 + 30.0, 0.0];
        assert_eq!(
            bounds.iter().take_while(|&&bound| cutting.goes_on(bound)).count(),
            3,
            "of a milliard, tens are nothing"
        );
        assert!(!Cutting::new(Depth::Plain).goes_on(0.0));
    }
}
