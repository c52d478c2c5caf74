//! Local cuts (Applegate, Bixby, Chvátal and Cook 2001): a part of a program so small that its whole
//! points can be optimised over says by itself which points of the relaxation no mixture of them
//! reaches.

use super::master::{float, refused};
use super::{Failure, highs::whole};
use highs::{HighsModelStatus, Model, RowProblem, Sense};

/// A set of whole points, none below zero, that holds with every point all whole ones below it.
pub(crate) trait Hull {
    /// A point of the greatest weight, and that weight.
    fn best(&self, weights: &[i64]) -> (i64, Vec<i64>);
}

/// A row that all points of a hull obey: `Σ weight · value ≤ most`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Cut {
    pub(crate) weights: Vec<i64>,
    pub(crate) most: i64,
}

/// What a weight may be beside the others, whose points reach 1.
const STEEPEST: f64 = 32.0;

/// What weights are rounded to while points are collected, in parts of 1.
const FINE: f64 = 1_048_576.0;

/// Least that a cut takes away, in parts of its `most`.
const DEEP: f64 = 1e-4;

/// More than weights of 1 reach.
const FAR: f64 = 1e4;

/// Points after which the search is given up.
const POINTS: usize = 200;

/// Greatest denominator of a weight. Weights come from vertices of small systems with small numbers.
const DENOMINATOR: u8 = 60;

/// The cut that a point breaks by most in parts of its `most`, or `None` when points of the hull
/// mix to it.
pub(crate) fn separate(hull: &impl Hull, point: &[f64]) -> Result<Option<Cut>, Failure> {
    let mut problem = RowProblem::new();
    let columns: Vec<_> = (point.iter())
        .map(|&value| problem.add_column(value, 0.0..=STEEPEST))
        .collect();
    let mut model = quiet(problem)?;
    let mut weights = vec![STEEPEST; point.len()];
    for _ in 0..POINTS {
        let fine: Vec<i64> = weights.iter().map(|weight| whole(weight * FINE)).collect();
        let (best, found) = hull.best(&fine);
        if float(best) <= FINE * (1.0 + 1e-7) {
            return Ok(round(|weights| hull.best(weights).0, &weights, point));
        }
        let entries = (columns.iter().copied()).zip(found.into_iter().map(float));
        let entries = entries.filter(|&(_, value)| value != 0.0);
        (model.try_add_row(..=1.0, entries)).map_err(|_| refused())?;
        let solved = model.try_solve().map_err(|_| refused())?;
        if solved.status() != HighsModelStatus::Optimal {
            return Ok(None);
        }
        weights = solved.get_solution().columns().to_vec();
        let reach: f64 = weights
            .iter()
            .zip(point)
            .map(|(weight, value)| weight * value)
            .sum();
        if reach <= 1.0 + DEEP {
            return Ok(None);
        }
        model = Model::from(solved);
    }
    Ok(None)
}

/// The same for a hull whose points can all be listed, whatever its shape: weights may be negative,
/// and none is greater than another's 1.
pub(crate) fn separate_from(points: &[Vec<i64>], point: &[f64]) -> Result<Option<Cut>, Failure> {
    let reach_of = |weights: &[f64], other: &[i64]| -> f64 {
        weights
            .iter()
            .zip(other)
            .map(|(weight, &value)| weight * float(value))
            .sum()
    };
    let mut problem = RowProblem::new();
    let columns: Vec<_> = (point.iter())
        .map(|&value| problem.add_column(value, -1.0..=1.0))
        .collect();
    let most = problem.add_column(-1.0, -FAR..=FAR);
    let mut model = quiet(problem)?;
    let mut known = vec![false; points.len()];
    for _ in 0..POINTS {
        let solved = model.try_solve().map_err(|_| refused())?;
        if solved.status() != HighsModelStatus::Optimal {
            return Ok(None);
        }
        let solution = solved.get_solution();
        let weights = solution.columns()[..point.len()].to_vec();
        let at_most = solution[most];
        if solved.objective_value() < DEEP {
            return Ok(None);
        }
        model = Model::from(solved);
        let furthest = (points.iter().enumerate())
            .map(|(at, other)| (at, reach_of(&weights, other)))
            .max_by(|one, other| one.1.total_cmp(&other.1));
        let Some((at, reach)) = furthest else {
            return Ok(None);
        };
        if reach <= at_most + 1e-7 || known[at] {
            let best = |weights: &[i64]| {
                let sum = |other: &Vec<i64>| weights.iter().zip(other).map(|(a, b)| a * b).sum();
                points.iter().map(sum).max().unwrap_or(0)
            };
            return Ok(round(best, &weights, point));
        }
        known[at] = true;
        let entries = (columns.iter().copied()).zip(points[at].iter().map(|&value| float(value)));
        let entries = entries.filter(|&(_, value)| value != 0.0).chain([(most, -1.0)]);
        (model.try_add_row(..=0.0, entries)).map_err(|_| refused())?;
    }
    Ok(None)
}

/// A model for HiGHS to maximise, small and always the same.
fn quiet(problem: RowProblem) -> Result<Model, Failure> {
    let mut model = problem.try_optimise(Sense::Maximise).map_err(|_| refused())?;
    for (option, value) in [("threads", 1), ("random_seed", 0)] {
        model.try_set_option(option, value).map_err(|_| refused())?;
    }
    model.try_set_option("presolve", "off").map_err(|_| refused())?;
    Ok(model)
}

/// Weights in whole numbers, and the most that they reach, so that the cut holds however they were
/// found. `None` when it takes nothing away any more.
fn round(best: impl Fn(&[i64]) -> i64, weights: &[f64], point: &[f64]) -> Option<Cut> {
    let off = |denominator: u8| -> f64 {
        let apart = |weight: &f64| {
            let parts = weight * f64::from(denominator);
            (parts - parts.round()).abs()
        };
        weights.iter().map(apart).fold(0.0, f64::max)
    };
    let denominator = (1..=DENOMINATOR).find(|&denominator| off(denominator) < 1e-5)?;
    let weights: Vec<i64> = (weights.iter())
        .map(|weight| whole(weight * f64::from(denominator)))
        .collect();
    let most = best(&weights);
    let reach: f64 = (weights.iter().zip(point))
        .map(|(&weight, value)| float(weight) * value)
        .sum();
    (reach > float(most) + DEEP).then_some(Cut { weights, most })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Points of a knapsack: `Σ size · value ≤ room`, each value 0 or 1.
    struct Knapsack {
        sizes: Vec<i64>,
        room: i64,
    }

    impl Hull for Knapsack {
        fn best(&self, weights: &[i64]) -> (i64, Vec<i64>) {
            let points = (0..1_usize << self.sizes.len()).map(|bits| -> Vec<i64> {
                (0..self.sizes.len())
                    .map(|at| i64::from(bits >> at & 1 == 1))
                    .collect()
            });
            let sum = |one: &[i64], other: &[i64]| -> i64 { one.iter().zip(other).map(|(a, b)| a * b).sum() };
            points
                .filter(|point| sum(&self.sizes, point) <= self.room)
                .map(|point| (sum(weights, &point), point))
                .max()
                .unwrap()
        }
    }

    #[test]
    fn of_two_that_do_not_fit_together_one_goes() {
        let hull = Knapsack {
            sizes: vec![3, 2],
            room: 4,
        };
        let cut = separate(&hull, &[2.0 / 3.0, 1.0]).unwrap().unwrap();
        assert_eq!(
            cut,
            Cut {
                weights: vec![1, 1],
                most: 1
            }
        );
        assert_eq!(separate(&hull, &[0.5, 0.5]).unwrap(), None);
    }

    #[test]
    fn what_never_fits_is_cut_off() {
        let hull = Knapsack {
            sizes: vec![3, 1],
            room: 2,
        };
        let cut = separate(&hull, &[0.5, 0.5]).unwrap().unwrap();
        assert!(cut.weights[0] > 0 && cut.most <= cut.weights[1], "{cut:?}");
    }

    #[test]
    fn listed_points_may_have_any_shape() {
        // a junior only beside a senior, in two seats: seniors, juniors, flag
        let points = [[0, 0, 0], [1, 0, 1], [2, 0, 1], [1, 1, 1]].map(|point| point.to_vec());
        let cut = separate_from(&points, &[0.5, 0.5, 0.5]).unwrap();
        assert_eq!(cut, None, "half of one and half of the other");
        let cut = separate_from(&points, &[0.5, 0.75, 0.5]).unwrap().unwrap();
        let reach = |point: &[i64]| -> i64 { cut.weights.iter().zip(point).map(|(a, b)| a * b).sum() };
        assert!(points.iter().all(|point| reach(point) <= cut.most));
    }

    #[test]
    fn whole_points_stay() {
        let hull = Knapsack {
            sizes: vec![3, 2, 2],
            room: 4,
        };
        for point in [[1.0, 0.0, 0.0], [0.0, 1.0, 1.0], [0.0, 0.0, 0.0]] {
            assert_eq!(separate(&hull, &point).unwrap(), None);
        }
    }
}
