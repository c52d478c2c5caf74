//! The general model: every rule as rows over columns, one tier after the other, each on the optimal
//! face of those above. It takes what the network core can't.
//!
//! The core has solved the problem without the rules that break the network. So its values are
//! bounds, and a tier in which the general model reaches the same value, after doing so in all
//! tiers above, is proven in whole numbers without asking HiGHS.

mod balance;
mod choices;
mod conflict;
mod model;
pub(crate) mod one_cost;
mod outside;
mod pack;
#[cfg(test)]
mod parity;
mod part;
mod placements;
pub(crate) mod prices;
mod rungs;
mod searches;
pub(crate) mod single;
mod stack;
pub(crate) mod start;

use crate::binding::Contradictions;
use crate::census::Census;
use crate::eligibility::Pair;
use crate::market::Market;
use crate::milp::{self, Depth, Failure, Limits, Question, Session};
use crate::outcome::Engine;
use crate::plan::{Proof, QualityFloor, Tier, Value};
use crate::problem::Mode;
use crate::program::{Answer, Multipliers, cost};
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::{Found, Score, TierFound};
use crate::tier_cost;
use crate::watch::Watch;
use model::Model;
use pack::Pack;
use stack::Stack;
use std::time::Instant;

pub(crate) use conflict::explain as contradictions;

/// How a solve of the general model ends.
pub(crate) enum End {
    /// With what the engine did wrong, if that ended the search.
    Found(Found, Option<Failure>),
    /// No plan keeps all rules.
    Infeasible(Contradictions),
    /// The time ran out before there was any plan that keeps the pins and the change budget.
    NoPlanInTime,
}

/// Solves every tier in force. `relaxed` is the core's answer without the breaking rules, if it
/// had one.
pub(crate) fn solve(
    market: Market<'_>,
    census: &Census,
    relaxed: Option<&Found>,
    watch: &mut Watch<'_>,
) -> Result<End, Failure> {
    let limits = Limits::new(watch.deadline, market.seed);
    solve_within(limits, market, census, relaxed, watch)
}

fn solve_within(
    limits: Limits,
    market: Market<'_>,
    census: &Census,
    relaxed: Option<&Found>,
    watch: &mut Watch<'_>,
) -> Result<End, Failure> {
    let book = Rulebook::new(market);
    let pairs = market.instance.eligible_pairs();
    let first = match start::find(market, &book, &pairs, limits)? {
        start::Start::Plan(chosen) => chosen,
        start::Start::Infeasible(conflict) => return Ok(End::Infeasible(conflict)),
        start::Start::TimeUp => return Ok(End::NoPlanInTime),
    };
    let score = &Score::new(market, census);
    let model = Model::new(market, book, &pairs);
    let mut driver = Driver {
        x: model.point(&first),
        model,
        score,
        relaxed: relaxed.map_or(&[], |found| found.tiers.as_slice()),
        limits,
        session: Session::default(),
        watch,
        tiers: Vec::new(),
        quality_floor: None,
    };
    let choosing = market.instance.problem().policy.mode == Mode::ConstrainedPriority;
    let mut above = score.tiers();
    let mut below = Vec::new();
    if choosing {
        let chosen = |tier: &Tier| matches!(tier, Tier::Preference | Tier::Fit);
        below = above.split_off(above.iter().position(chosen).unwrap_or(above.len()));
        below.retain(|&tier| tier != Tier::Preference);
    }
    driver.watch.tell_at_once();
    driver.tell();
    // whatever the engine does wrong from here on, there is a plan
    let failure = driver.solve(above, choosing.then_some(below), census).err();
    let mut found = driver.found();
    score.complete(&mut found);
    Ok(End::Found(found, failure))
}

/// Most open columns with which several costs are minimised together where their relaxation leaves
/// a gap: with more, the gap in the first keeps too many open for the others.
const EASY: usize = 1_500;

struct Driver<'d, 'p> {
    /// Narrowed after every tier to the points that are optimal in it.
    model: Model<'d>,
    score: &'d Score<'d>,
    /// The core's tiers, as long as they have the values found here.
    relaxed: &'d [TierFound],
    /// The plan in hand; the model admits it at all times.
    x: Vec<i64>,
    limits: Limits,
    session: Session,
    watch: &'d mut Watch<'p>,
    tiers: Vec<TierFound>,
    /// What people's choices had to leave of the fit, once they have chosen.
    quality_floor: Option<QualityFloor>,
}

/// A plan, with what is proven so far.
fn found(chosen: Vec<Pair>, tiers: &[TierFound], quality_floor: Option<QualityFloor>) -> Found {
    Found {
        chosen,
        tiers: tiers.to_vec(),
        quality_floor,
        one_cost: None,
    }
}

impl Driver<'_, '_> {
    /// What the core found for a tier, if that is a bound: it found the same in all tiers above.
    fn bound_of(&self, tier: Tier) -> Option<Value> {
        let relaxed = self.relaxed.get(self.tiers.len())?;
        (relaxed.tier == tier && relaxed.proof == Proof::Certified).then(|| relaxed.value.clone())
    }

    fn chosen(&self) -> Vec<Pair> {
        self.model.chosen(&self.x)
    }

    /// The plan in hand, with what is proven of it.
    fn found(&self) -> Found {
        found(self.chosen(), &self.tiers, self.quality_floor)
    }

    /// Tells what would be left if the solve were stopped now.
    fn tell(&mut self) {
        let (model, x, tiers, floor) = (&self.model, &self.x, &self.tiers, self.quality_floor);
        let write = || report::so_far(self.score, found(model.chosen(x), tiers, floor));
        self.watch.best_so_far(Engine::General, write);
    }

    /// Solves all tiers; where people choose, they do so before those that are given apart.
    fn solve(&mut self, above: Vec<Tier>, below: Option<Vec<Tier>>, census: &Census) -> Result<(), Failure> {
        self.descend_all(above, census)?;
        let Some(below) = below else {
            return Ok(());
        };
        self.quality_floor = self.choices()?;
        self.tell();
        self.descend_all(below, census)
    }

    /// Solves some tiers, most important first.
    fn descend_all(&mut self, mut tiers: Vec<Tier>, census: &Census) -> Result<(), Failure> {
        while let Some(&tier) = tiers.first() {
            if tier == Tier::Balance {
                tiers.remove(0);
                self.balance(census, &tiers)?;
            } else {
                self.sums(&mut tiers)?;
            }
            self.tell();
        }
        Ok(())
    }

    /// Minimises costs in their order, all of a stack or where that is hard the first alone. The
    /// floors are known bounds on all in one number and on the first. Returns for each minimised cost
    /// its bound and what stands behind it.
    ///
    /// Together they are easier than one by one: costs of 0 and 1 alone leave the engine no way to
    /// tell most columns apart.
    fn descend(
        &mut self,
        stack: &Stack,
        (floor, first_floor): (i64, i64),
        below: &[Tier],
    ) -> Result<Vec<(i64, Proof)>, Failure> {
        let whole = stack.whole();
        let mut guide = pack::guide(&self.model, below);
        let alone = stack.rows.len() == 1;
        let most = if alone { usize::MAX } else { EASY };
        let answer = self.ask(&whole, &guide, floor, most)?;
        if answer.proof != Proof::Open || alone || Instant::now() >= self.limits.deadline {
            let (bound, proof) = (answer.bound, answer.proof);
            self.settle(&whole, answer, &stack.rows)?;
            let known = |row: &Vec<i64>| match proof {
                Proof::Open if alone => bound,
                // a bound on the whole says little of its parts
                Proof::Open => i64::MIN,
                _ => cost(row, &self.x),
            };
            return Ok(stack.rows.iter().map(|row| (known(row), proof)).collect());
        }
        self.x = answer.x;
        let first = &stack.rows[0];
        pack::guide_first_by(&self.model, &stack.rest(), &mut guide);
        let answer = self.ask(first, &guide, first_floor, usize::MAX)?;
        let known = (answer.bound, answer.proof);
        self.settle(first, answer, &stack.rows[..1])?;
        Ok(vec![known])
    }

    /// One question about the program, which narrows nothing. Where the engine fails, what it found
    /// before that is kept.
    fn ask(&mut self, costs: &[i64], guide: &[f64], floor: i64, most: usize) -> Result<Answer, Failure> {
        let question = Question {
            costs,
            guide,
            incumbent: &self.x,
            floor,
            most,
        };
        let Model {
            program, placements, ..
        } = &mut self.model;
        let tell = &mut |best: &Answer| {
            let found = || found(placements.chosen(&best.x), &self.tiers, self.quality_floor);
            (self.watch).best_so_far(Engine::General, || report::so_far(self.score, found()));
        };
        let (answer, ended) = milp::minimise(&mut self.session, program, question, self.limits, tell);
        if let Err(failure) = ended {
            self.x = answer.x;
            return Err(failure);
        }
        Ok(answer)
    }

    /// Takes an answer over and narrows the program to what is as good. `rows` are costs that add up
    /// to those of the question. Where its multipliers leave a gap, each of several rows has its own
    /// asked for, which leave a smaller one, and is kept as a row of the program if it must.
    fn settle(&mut self, costs: &[i64], answer: Answer, rows: &[Vec<i64>]) -> Result<(), Failure> {
        if Instant::now() >= self.limits.deadline {
            // nothing will be asked any more
            self.x = answer.x;
            return Ok(());
        }
        let loose = match &answer.multipliers {
            Some(multipliers) => self.model.program.narrow(costs, multipliers, answer.cost),
            None => true,
        };
        self.x = answer.x;
        self.tidy();
        // a single cost has been narrowed to already, unless nothing was known of it
        let known = rows.len() == 1 && answer.multipliers.is_some();
        for row in rows.iter().filter(|_| loose) {
            let value = cost(row, &self.x);
            let multipliers = if known { None } else { self.multipliers(row)? };
            let program = &mut self.model.program;
            if multipliers.is_none_or(|multipliers| program.narrow(row, &multipliers, value)) {
                program.narrow_to_cost(row, value);
            }
            self.tidy();
        }
        if !self.limits.is_wide(&self.model.program) {
            self.model.program.probe();
            self.tidy();
        }
        Ok(())
    }

    /// Multipliers of the program's rows under one cost.
    fn multipliers(&mut self, costs: &[i64]) -> Result<Option<Multipliers>, Failure> {
        let question = Question {
            costs,
            guide: &[],
            incumbent: &self.x,
            floor: i64::MIN,
            most: usize::MAX,
        };
        let depth = Depth::Towards(cost(costs, &self.x));
        milp::multipliers(
            &mut self.session,
            &mut self.model.program,
            question,
            depth,
            self.limits,
        )
    }

    /// Takes out of the program what is decided. That renumbers its rows, so a wide one, of which the
    /// engine's last basis is worth more, stays as it is.
    fn tidy(&mut self) {
        if !self.limits.is_wide(&self.model.program) {
            self.model.program.shrink();
            self.session = Session::default();
        }
    }

    /// Tiers whose values are sums over assignments, as many as fit into one number.
    fn sums(&mut self, tiers: &mut Vec<Tier>) -> Result<(), Failure> {
        let is_wide = self.limits.is_wide(&self.model.program);
        let pack = Pack::fill(&self.model, tiers, is_wide);
        self.watch.tier_started(pack.tiers[0]);
        let before: Vec<i64> = pack.stack.rows.iter().map(|row| cost(row, &self.x)).collect();
        let floor = self.floor(&pack);
        let bounds = self.descend(&pack.stack, (floor, i64::MIN), tiers)?;
        tiers.splice(0..0, pack.tiers[bounds.len()..].iter().copied());
        let better = pack.stack.rows.iter().map(|row| cost(row, &self.x)).ne(before);
        for ((&tier, row), (bound, proof)) in pack.tiers.iter().zip(&pack.stack.rows).zip(bounds) {
            let value = in_sense(tier, cost(row, &self.x));
            let open = proof == Proof::Open;
            let bound = if open {
                self.nearer(tier, bound)
            } else {
                value.clone()
            };
            // counting may prove what the time did not suffice for
            let proof = if open && value == bound {
                Proof::Certified
            } else {
                proof
            };
            if better {
                self.watch.incumbent(tier, value.clone(), bound.clone());
            }
            self.finish_tier(tier, value, bound, proof);
        }
        Ok(())
    }

    /// The tighter of a bound on a tier's cost and what counting says.
    fn nearer(&self, tier: Tier, bound: i64) -> Value {
        let ceiling = self.score.ceiling(tier);
        let bound = Value::Integer(tier_cost::sign(tier).saturating_mul(bound));
        match bound.against(&ceiling, tier.sense()) {
            Some(std::cmp::Ordering::Less) => bound,
            _ => ceiling,
        }
    }

    /// What the core knows of a pack of tiers.
    fn floor(&self, pack: &Pack) -> i64 {
        let known = |(nth, &tier): (usize, &Tier)| {
            let relaxed = self.relaxed.get(self.tiers.len() + nth)?;
            match relaxed.value {
                Value::Integer(value) if relaxed.tier == tier && relaxed.proof == Proof::Certified => {
                    Some(tier_cost::sign(tier) * value)
                }
                _ => None,
            }
        };
        pack.floor(pack.tiers.iter().enumerate().map(known))
    }

    fn finish_tier(&mut self, tier: Tier, value: Value, bound: Value, proof: Proof) {
        self.watch
            .tier_finished(tier, value.clone(), proof != Proof::Open);
        if self.bound_of(tier).as_ref() != Some(&value) {
            self.relaxed = &[];
        }
        self.tiers.push(TierFound {
            tier,
            value,
            bound,
            proof,
        });
    }
}

/// What two proofs are worth together.
fn proof_of(one: Proof, other: Proof) -> Proof {
    match (one, other) {
        (Proof::Open, _) | (_, Proof::Open) => Proof::Open,
        (Proof::Engine, _) | (_, Proof::Engine) => Proof::Engine,
        _ => Proof::Certified,
    }
}

fn in_sense(tier: Tier, cost: i64) -> Value {
    Value::Integer(tier_cost::sign(tier) * cost)
}
