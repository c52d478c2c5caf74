//! The engine for programs of any shape: HiGHS, through good_lp.
//!
//! Floating point stays inside this room. What leaves it is whole: a point that obeys the program
//! exactly, and a bound that is either recomputed in whole numbers or named as HiGHS's word.

mod branch;
#[cfg(test)]
pub(crate) mod faults;
mod highs;
mod master;
mod pace;
mod residues;
mod row_bounds;
mod search;
mod session;
mod sift;

use crate::outcome::FailureCode;
use crate::plan::Proof;
use crate::program::{Answer, Multipliers, Order, Program, cost};
use master::float;
use search::Search;
use session::Patience;
use sift::Relaxed;
use std::time::Instant;

pub(crate) use crate::outcome::Failure;
pub(crate) use pace::Depth;
pub(crate) use session::Session;

/// When to stop and how to break ties inside the engine.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Limits {
    pub(crate) deadline: Instant,
    pub(crate) seed: u64,
    /// A program of more columns is wide. Passes over all of it take longer than what it would lose
    /// by them, so it keeps its rows, and the engine its last basis; and guides wait for the MILPs:
    /// with them almost no two columns cost the same, and most pivots settle what the question does
    /// not ask (measured on 405,000 columns: without guides a quarter of the pivots).
    pub(crate) wide: usize,
    /// With fewer open columns than this a thorough search is no longer than one on some of them.
    pub(crate) small: usize,
    /// As many new columns join by primal pivots, whatever they cost.
    pub(crate) few: usize,
}

impl Limits {
    pub(crate) fn new(deadline: Instant, seed: u64) -> Self {
        Self {
            deadline,
            seed,
            wide: 50_000,
            small: 3_000,
            few: 1_000,
        }
    }

    /// The same, with every program, however small, treated as a large one.
    #[cfg(test)]
    pub(crate) fn for_large(self) -> Self {
        Self {
            wide: 0,
            small: 0,
            few: 0,
            ..self
        }
    }

    /// The same, with half of the time that is left.
    pub(crate) fn halved(self) -> Self {
        let left = self.deadline.saturating_duration_since(Instant::now());
        Self {
            deadline: self.deadline - left / 2,
            ..self
        }
    }

    /// Whether a program is wide.
    pub(crate) fn is_wide(&self, program: &Program) -> bool {
        program.columns.len() > self.wide
    }
}

/// What to minimise.
#[derive(Clone, Copy)]
pub(crate) struct Question<'q> {
    pub(crate) costs: &'q [i64],
    /// What to prefer among equals: small costs that add up to less than [`GUIDE`] in any point,
    /// so that they never outweigh a whole one. Good guides keep later questions short.
    pub(crate) guide: &'q [f64],
    /// A point that the program admits.
    pub(crate) incumbent: &'q [i64],
    /// A bound that the caller knows.
    pub(crate) floor: i64,
    /// Where more columns than this stay open, the thorough search is left out.
    pub(crate) most: usize,
}

/// Values nearer to a whole number than this are whole, within the engine's tolerance.
const SPLIT: f64 = 1e-6;

fn is_split(value: f64) -> bool {
    (value - value.round()).abs() > SPLIT
}

/// Most that a guide may add up to.
pub(crate) const GUIDE: f64 = 0.4;

/// How fine multipliers are rounded: whole first, as those of a network are, then in the parts that
/// small cycles leave, then as fine as numbers go, because rows of large amounts, as of minutes, have
/// multipliers far below one.
const SCALES: [i64; 2] = [1, 12];

/// What the greatest multiplier is at most, in the finest parts: half of what the engine's words are held
/// below when they become whole.
const FINEST: f64 = 549_755_813_888.0;

/// Branch and bound before a broad search, where a better point may still be found otherwise.
const SHORT: Patience = Patience { gap: 12, nodes: 16 };

/// Branch and bound when nothing else is left but a thorough search.
const LONG: Patience = Patience { gap: 100, nodes: 100 };

/// Minimises a question's costs over a program, starting from its incumbent.
///
/// First the relaxation by simplex, on the columns that matter. Its multipliers, rounded, give a
/// bound in whole numbers. Then a MILP on the cheapest columns of each row, which on most programs
/// finds a point that meets the bound; where it nearly does, branch and bound over relaxations; and
/// only where that is no proof either, a MILP on all columns that the prices do not exclude. A narrow
/// part of a program has a ladder of MILPs of its own. At the deadline the answer is the incumbent, with
/// the best bound at hand; so it is where the engine fails. Cuts that were found stay in the program.
/// `ear` is told of each better point.
pub(crate) fn minimise(
    session: &mut Session,
    program: &mut Program,
    question: Question<'_>,
    limits: Limits,
    ear: &mut dyn FnMut(&Answer),
) -> (Answer, Result<(), Failure>) {
    let mut best = Answer::in_hand(question);
    let ended = improve(session, program, question, &mut best, limits, ear);
    (best, ended)
}

fn improve(
    session: &mut Session,
    program: &mut Program,
    question: Question<'_>,
    best: &mut Answer,
    limits: Limits,
    ear: &mut dyn FnMut(&Answer),
) -> Result<(), Failure> {
    if best.proof == Proof::Open {
        let values = program.ascend(question.costs, Order::Forward);
        best.prove(program, question.costs, Multipliers { values, scale: 1 });
    }
    let goal = Depth::Towards(best.cost);
    let Some(relaxed) = relax(session, program, question, best, goal, limits)? else {
        return Ok(());
    };
    let alone = question.most == usize::MAX;
    let mut told = cost(question.costs, question.incumbent);
    let mut tell = |best: &Answer| {
        if best.cost < told {
            told = best.cost;
            ear(best);
        }
    };
    tell(best);
    let mut search = |best: &mut Answer, program: &Program, search: Search| {
        let ended = search.run(program, question, &relaxed, best, limits);
        tell(best);
        ended
    };
    if session.is_of_part() && !limits.is_wide(program) {
        for step in Search::LADDER {
            search(best, program, step)?;
        }
        return Ok(());
    }
    search(best, program, Search::QUICK)?;
    // where several costs are asked for, the first will be asked for alone
    if alone && limits.is_wide(program) {
        session.branch(program, question, best, &relaxed, SHORT, limits)?;
        search(best, program, Search::BROADER)?;
    }
    if alone || !limits.is_wide(program) {
        session.branch(program, question, best, &relaxed, LONG, limits)?;
    }
    search(best, program, Search::THOROUGH)
}

/// How far from the relaxation a better point is looked for.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Reach {
    /// Among its own columns: any point is soon better than none.
    Own,
    /// Then also among those of low prices where it leaves something open.
    Near,
    /// Further and further, all over the program.
    Broad,
}

/// Does of [`minimise`] what is sound for a part of a program, which more columns may join: MILPs, with
/// the relaxation as it is cut already. Bound and proof are of the part.
pub(crate) fn approach(
    session: &mut Session,
    program: &mut Program,
    question: Question<'_>,
    reach: Reach,
    limits: Limits,
) -> Result<Answer, Failure> {
    let mut best = Answer::in_hand(question);
    if let Some(relaxed) = relax(session, program, question, &mut best, Depth::Plain, limits)? {
        let searches: &[Search] = match reach {
            Reach::Own => &[Search::OWN],
            Reach::Near => &[Search::OWN, Search::NEAR_ENOUGH],
            Reach::Broad => &[Search::NEAR, Search::QUICK, Search::BROADER],
        };
        for search in searches {
            search.run(program, question, &relaxed, &mut best, limits)?;
        }
    }
    Ok(best)
}

/// Solves the relaxation, and takes over what it says about the answer in hand. `None` when there is
/// nothing to be asked any more, or no time.
fn relax(
    session: &mut Session,
    program: &mut Program,
    question: Question<'_>,
    best: &mut Answer,
    depth: Depth,
    limits: Limits,
) -> Result<Option<Relaxed>, Failure> {
    if best.proof == Proof::Certified || Instant::now() >= limits.deadline {
        return Ok(None);
    }
    let Question { costs, guide, .. } = question;
    let guided: Vec<f64> = (costs.iter().zip(guide))
        .map(|(&cost, guide)| float(cost) + guide)
        .collect();
    let plain: Vec<f64> = costs.iter().map(|&cost| float(cost)).collect();
    let relaxed = session.relax(
        program,
        if limits.is_wide(program) { &plain } else { &guided },
        |program| first_prices(program, costs, &guided, limits),
        question,
        depth,
        limits,
    )?;
    let Some(mut relaxed) = relaxed else {
        return Ok(None);
    };
    if limits.is_wide(program) {
        (relaxed.prices.iter_mut().zip(guide)).for_each(|(price, guide)| *price += guide);
    }
    best.take(program, costs, &rounded(&relaxed.x));
    best.prove(program, costs, best_of(program, costs, &relaxed.multipliers));
    Ok(Some(relaxed))
}

/// Multipliers that bound a question well, whatever its optimum.
pub(crate) fn multipliers(
    session: &mut Session,
    program: &mut Program,
    question: Question<'_>,
    depth: Depth,
    limits: Limits,
) -> Result<Option<Multipliers>, Failure> {
    let costs = question.costs;
    let plain: Vec<f64> = costs.iter().map(|&cost| float(cost)).collect();
    let prices = |program: &Program| first_prices(program, costs, &plain, limits);
    let relaxed = session.relax(program, &plain, prices, question, depth, limits)?;
    Ok(relaxed.map(|relaxed| best_of(program, costs, &relaxed.multipliers)))
}

/// What columns are worth before there is any multiplier of the relaxation: what dual ascent leaves
/// of their costs, but in wide programs the costs themselves. There ascent gave worse columns
/// (measured at M: with them the first relaxation took three times as long, or longer).
fn first_prices(program: &Program, costs: &[i64], guided: &[f64], limits: Limits) -> Vec<f64> {
    if limits.is_wide(program) {
        return guided.to_vec();
    }
    let prices = program.prices(costs, program.ascend(costs, Order::Backward));
    (prices.iter().zip(guided).zip(costs))
        .map(|((price, guided), &cost)| price + guided - float(cost))
        .collect()
}

/// Rounds multipliers in the way that gives the best bound, the coarsest of equals.
fn best_of(program: &Program, costs: &[i64], multipliers: &[f64]) -> Multipliers {
    let rounded = |scale: i64| Multipliers {
        values: (multipliers.iter())
            .map(|&multiplier| highs::whole(multiplier * float(scale)))
            .collect(),
        scale,
    };
    let most = multipliers.iter().fold(1.0, |most: f64, y| most.max(y.abs()));
    let finest = highs::whole((FINEST / most).max(1.0));
    let mut best = rounded(SCALES[0]);
    let mut bound = program.exact_bound(costs, &best);
    for scale in SCALES.into_iter().skip(1).chain([finest]) {
        let finer = rounded(scale);
        let other = program.exact_bound(costs, &finer);
        if other > bound {
            (best, bound) = (finer, other);
        }
    }
    best
}

fn rounded(x: &[f64]) -> Vec<i64> {
    x.iter().map(|&value| highs::whole(value)).collect()
}

impl Answer {
    /// A question's incumbent.
    fn in_hand(question: Question<'_>) -> Self {
        let mut answer = Self {
            x: question.incumbent.to_vec(),
            cost: cost(question.costs, question.incumbent),
            bound: question.floor,
            proof: Proof::Open,
            multipliers: None,
        };
        answer.meet();
        answer
    }

    /// A bound that is met proves the point optimal.
    fn meet(&mut self) {
        if self.cost == self.bound {
            self.proof = Proof::Certified;
        }
    }

    /// Takes a point over if it is admitted and better.
    fn take(&mut self, program: &Program, costs: &[i64], x: &[i64]) {
        if cost(costs, x) < self.cost && program.admits(x) {
            self.cost = cost(costs, x);
            self.x = x.to_vec();
        }
    }

    /// Takes a bound over if it is better, and the multipliers that give it.
    fn prove(&mut self, program: &Program, costs: &[i64], multipliers: Multipliers) {
        let bound = program.bound(costs, &multipliers);
        if bound > self.bound || (bound == self.bound && self.multipliers.is_none()) {
            self.bound = bound;
            self.multipliers = Some(multipliers);
        }
        self.meet();
    }

    /// The columns that a point of at most such a cost may use.
    fn exclusions(&self, program: &Program, costs: &[i64], most: i64) -> Vec<bool> {
        match &self.multipliers {
            Some(multipliers) => program.open_columns(costs, multipliers, most),
            None => vec![true; program.columns.len()],
        }
    }

    /// Takes HiGHS's word for it that there is nothing better.
    fn trust(&mut self, x: Option<&[i64]>, costs: &[i64]) -> Result<(), Failure> {
        let Some(x) = x else {
            return Err(Failure {
                code: FailureCode::FractionalSolution,
                message: "HiGHS calls a point optimal that is not whole or breaks a row".to_owned(),
            });
        };
        if cost(costs, x) > self.cost {
            return Err(Failure {
                code: FailureCode::WorseThanIncumbent,
                message: format!(
                    "HiGHS calls cost {} optimal, but a plan of cost {} is in hand",
                    cost(costs, x),
                    self.cost
                ),
            });
        }
        self.bound = self.cost;
        self.proof = Proof::Engine;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::program::{Limit, Row};
    use std::time::Duration;

    fn limits(seconds: u64) -> Limits {
        Limits::new(Instant::now() + Duration::from_secs(seconds), 1)
    }

    fn ask(program: &Program, costs: &[i64], incumbent: &[i64], limits: Limits) -> Result<Answer, Failure> {
        let question = Question {
            costs,
            guide: &vec![0.0; costs.len()],
            incumbent,
            floor: i64::MIN,
            most: usize::MAX,
        };
        let session = &mut Session::default();
        let (answer, ended) = minimise(session, &mut program.clone(), question, limits, &mut |_| {});
        ended.map(|()| answer)
    }

    #[test]
    fn an_optimum_that_cannot_be_one_is_no_proof() {
        let costs = [-3, -4, -3];
        let in_hand = Answer {
            x: vec![0, 1, 0],
            cost: -4,
            bound: -5,
            proof: Proof::Open,
            multipliers: None,
        };
        let trusted = |x: Option<&[i64]>| in_hand.clone().trust(x, &costs).map_err(|failure| failure.code);
        assert_eq!(trusted(None), Err(FailureCode::FractionalSolution));
        assert_eq!(trusted(Some(&[1, 0, 0])), Err(FailureCode::WorseThanIncumbent));
        assert_eq!(trusted(Some(&[0, 1, 0])), Ok(()));
    }

    /// Three things of which no two go together: the relaxation takes half of each.
    fn odd_cycle() -> Program {
        let rows = [[0, 1], [1, 2], [0, 2]];
        Program::binary(3, rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec())
    }

    #[test]
    fn what_is_no_network_is_solved_as_a_milp() {
        // the gap is too wide for branch and bound
        let costs = [-300, -400, -300];
        let answer = ask(&odd_cycle(), &costs, &[0, 0, 0], limits(60)).unwrap();
        assert_eq!((answer.cost, answer.bound, answer.x), (-400, -400, vec![0, 1, 0]));
        assert_eq!(answer.proof, Proof::Engine);
        let multipliers = answer.multipliers.unwrap();
        assert!(odd_cycle().bound(&costs, &multipliers) < -400);
    }

    #[test]
    fn a_small_gap_is_closed_in_whole_numbers() {
        let answer = ask(&odd_cycle(), &[-3, -4, -3], &[0, 0, 0], limits(60)).unwrap();
        assert_eq!((answer.cost, answer.bound, answer.x), (-4, -4, vec![0, 1, 0]));
        assert_eq!(answer.proof, Proof::Certified);
        let multipliers = answer.multipliers.unwrap();
        assert!(odd_cycle().bound(&[-3, -4, -3], &multipliers) < -4);
    }

    #[test]
    fn tiers_go_on_where_there_is_no_certificate() {
        let mut program = odd_cycle();
        program.narrow_to_cost(&[-3, -4, -4], -4);
        let answer = ask(&program, &[0, 1, 0], &[0, 1, 0], limits(60)).unwrap();
        assert_eq!(answer.x, [0, 0, 1]);
    }

    #[test]
    fn a_network_comes_with_a_certificate() {
        let rows = [[0, 1], [2, 3], [0, 2], [1, 3]];
        let rows = rows.map(|row| Row::count(row, Limit::AtMost(1))).to_vec();
        let answer = ask(&Program::binary(4, rows), &[-5, -4, -4, -1], &[0; 4], limits(60)).unwrap();
        assert_eq!((answer.cost, answer.proof), (-8, Proof::Certified));
        assert!(answer.multipliers.is_some());
    }

    #[test]
    fn columns_without_rows_take_their_cheaper_bound() {
        let answer = ask(&Program::binary(2, Vec::new()), &[-1, 1], &[0, 1], limits(60)).unwrap();
        assert_eq!((answer.x, answer.proof), (vec![1, 0], Proof::Certified));
    }

    #[test]
    fn half_of_the_time_is_half_of_what_is_left() {
        let whole = limits(60);
        let seconds = (whole.deadline - whole.halved().deadline).as_secs_f64();
        assert!((29.0..=30.0).contains(&seconds), "{seconds}");
        let over = Limits::new(Instant::now(), 1);
        assert_eq!(over.halved().deadline, over.deadline);
    }

    #[test]
    fn past_the_deadline_the_incumbent_comes_back_with_a_true_bound() {
        let answer = ask(&odd_cycle(), &[-3, -4, -3], &[1, 0, 0], limits(0)).unwrap();
        assert_eq!((answer.x, answer.proof), (vec![1, 0, 0], Proof::Open));
        assert!(answer.bound <= -4 && answer.cost == -3);
    }
}
