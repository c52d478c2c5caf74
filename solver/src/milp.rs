//! The engine for programs of any shape: HiGHS, through good_lp.
//!
//! Floating point stays inside this room. What leaves it is whole: a point that obeys the program
//! exactly, and a bound that is either recomputed in whole numbers or named as HiGHS's word.

mod highs;
mod sift;

use crate::outcome::FailureCode;
use crate::plan::Proof;
use crate::program::{Answer, Order, Program, cost};
use std::time::Instant;

/// The engine misbehaved.
#[derive(Clone, Debug)]
pub(crate) struct Failure {
    pub(crate) code: FailureCode,
    pub(crate) message: String,
}

/// When to stop and how to break ties inside the engine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) deadline: Instant,
    pub(crate) seed: u64,
}

/// Minimises `costs` over `program`, starting from a point that the program admits.
///
/// First the relaxation by simplex: on a network its vertices are whole and its multipliers too,
/// which makes the certificate. Only where that fails the program is solved as a MILP. At the
/// deadline the answer is the incumbent, with the best bound at hand. `floor` is a bound that the
/// caller knows.
pub(crate) fn minimise(
    program: &Program,
    costs: &[i64],
    incumbent: &[i64],
    floor: i64,
    limits: Limits,
) -> Result<Answer, Failure> {
    let mut best = Answer {
        x: incumbent.to_vec(),
        cost: cost(costs, incumbent),
        bound: floor,
        proof: Proof::Open,
        multipliers: None,
    };
    best.meet(floor);
    for order in [Order::Forward, Order::Backward] {
        let multipliers = program.ascend(costs, order);
        best.prove(program, costs, multipliers);
    }
    if best.proof == Proof::Certified || Instant::now() >= limits.deadline {
        return Ok(best);
    }
    let relaxed = sift::relaxation(program, costs, incumbent, limits)?;
    best.take(program, costs, relaxed.x.as_deref());
    best.prove(program, costs, relaxed.multipliers.unwrap_or_default());
    best.meet(floor);
    if best.proof == Proof::Certified || Instant::now() >= limits.deadline {
        return Ok(best);
    }
    let question = highs::Question {
        program,
        costs,
        active: &vec![true; program.columns.len()],
        incumbent: &best.x,
        kind: highs::Kind::Whole,
    };
    let whole = highs::solve(question, limits)?;
    best.take(program, costs, whole.x.as_deref());
    if whole.optimal {
        if whole.x.is_none() {
            return Err(Failure {
                code: FailureCode::FractionalSolution,
                message: "HiGHS calls a point optimal that is not whole or breaks a row".to_owned(),
            });
        }
        if whole.cost(costs) > Some(best.cost) {
            return Err(Failure {
                code: FailureCode::WorseThanIncumbent,
                message: format!(
                    "HiGHS calls cost {:?} optimal, but a plan of cost {} is in hand",
                    whole.cost(costs),
                    best.cost
                ),
            });
        }
        best.bound = best.cost;
        best.proof = Proof::Engine;
    }
    best.meet(floor);
    Ok(best)
}

impl Answer {
    /// Takes a point over if it is admitted and better.
    fn take(&mut self, program: &Program, costs: &[i64], x: Option<&[i64]>) {
        if let Some(x) = x
            && program.admits(x)
            && cost(costs, x) < self.cost
        {
            self.cost = cost(costs, x);
            self.x = x.to_vec();
        }
    }

    /// A bound known from elsewhere proves the point optimal, without multipliers.
    fn meet(&mut self, floor: i64) {
        if self.cost == floor && self.multipliers.is_none() {
            self.bound = floor;
            self.proof = Proof::Certified;
        }
    }

    /// Takes a bound over if it is better, and the multipliers if they prove the point optimal.
    fn prove(&mut self, program: &Program, costs: &[i64], multipliers: Vec<i64>) {
        let bound = program.bound(costs, &multipliers);
        self.bound = self.bound.max(bound);
        // a bound known from elsewhere says nothing about these multipliers
        if bound == self.cost && self.proof == Proof::Open {
            self.proof = Proof::Certified;
            self.multipliers = Some(multipliers);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Limit, Row};
    use std::time::Duration;

    fn limits(seconds: u64) -> Limits {
        Limits {
            deadline: Instant::now() + Duration::from_secs(seconds),
            seed: 1,
        }
    }

    /// Three things of which no two go together: the relaxation takes half of each.
    fn odd_cycle() -> Program {
        let rows = [[0, 1], [1, 2], [0, 2]];
        Program::binary(3, rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec())
    }

    #[test]
    fn what_is_no_network_is_solved_as_a_milp() {
        let answer = minimise(&odd_cycle(), &[-3, -4, -3], &[0, 0, 0], i64::MIN, limits(60)).unwrap();
        assert_eq!((answer.cost, answer.bound, answer.x), (-4, -4, vec![0, 1, 0]));
        assert_eq!(answer.proof, Proof::Engine);
        assert!(answer.multipliers.is_none());
    }

    #[test]
    fn tiers_go_on_where_there_is_no_certificate() {
        let mut program = odd_cycle();
        program.narrow_to_cost(&[-3, -4, -4], -4);
        let answer = minimise(&program, &[0, 1, 0], &[0, 1, 0], i64::MIN, limits(60)).unwrap();
        assert_eq!(answer.x, [0, 0, 1]);
    }

    #[test]
    fn a_network_comes_with_a_certificate() {
        let rows = [[0, 1], [2, 3], [0, 2], [1, 3]];
        let rows = rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec();
        let answer = minimise(
            &Program::binary(4, rows),
            &[-5, -4, -4, -1],
            &[0; 4],
            i64::MIN,
            limits(60),
        )
        .unwrap();
        assert_eq!((answer.cost, answer.proof), (-8, Proof::Certified));
        assert!(answer.multipliers.is_some());
    }

    #[test]
    fn columns_without_rows_take_their_cheaper_bound() {
        let answer = minimise(
            &Program::binary(2, Vec::new()),
            &[-1, 1],
            &[0, 1],
            i64::MIN,
            limits(60),
        )
        .unwrap();
        assert_eq!((answer.x, answer.proof), (vec![1, 0], Proof::Certified));
    }

    #[test]
    fn past_the_deadline_the_incumbent_comes_back_with_a_true_bound() {
        let answer = minimise(&odd_cycle(), &[-3, -4, -3], &[1, 0, 0], i64::MIN, limits(0)).unwrap();
        assert_eq!((answer.x, answer.proof), (vec![1, 0, 0], Proof::Open));
        assert!(answer.bound <= -4 && answer.cost == -3);
    }
}
