//! A solve from start to end: which engine has the problem, and what comes of it.

use crate::census::{self, Census};
use crate::eligibility::Pair;
use crate::flow;
use crate::general::{self, End, one_cost};
use crate::instance::Instance;
use crate::market::Market;
use crate::outcome::{Engine, Event, Failure, FailureCode, OneCost, Outcome, Settings};
use crate::problem::{Mode, Pin};
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::Found;
use crate::terms;
use crate::watch::Watch;

/// Finds the best plan, tier by tier, and has it checked before it leaves.
///
/// The network core solves the problem without the rules that break a network. A plan that keeps
/// those as well is the best one; otherwise the general model takes over. Where its tiers, one after
/// the other, would not fit into memory, one cost stands for them, and the outcome says so
/// ([`OneCost`]).
///
/// Blocks until done or until the time limit; `progress` is called on the same thread. The time
/// limit is kept between steps and handed to HiGHS within one, which may overrun it by seconds on
/// large models: whoever needs a hard limit, or wants to stop at any time, runs the solve in a thread
/// that can be left or a process that can be killed, and keeps the last [`Event::BestSoFar`].
pub fn solve(instance: &Instance, settings: &Settings, progress: &mut dyn FnMut(Event)) -> Outcome {
    // a plan that revises another one is like it
    let base: Vec<_> = instance.base.keys().copied().collect();
    Solve::start(instance, settings, &Census::take(instance), &base, progress).run(true)
}

/// Finds the same plan as [`solve`], sooner if it is like a plan that is known, by person and need; but
/// only one that can be proven: what one cost says of a trial answers nothing.
pub(crate) fn solve_near(
    instance: &Instance,
    settings: &Settings,
    known: &[(u32, u32)],
    progress: &mut dyn FnMut(Event),
) -> Outcome {
    Solve::start(instance, settings, &Census::take(instance), known, progress).run(false)
}

/// Where the general model would not fit, the core has one part in so many of the time to find a plan
/// that keeps all rules by itself.
const TRIAL: u32 = 16;

struct Solve<'s, 'p> {
    market: Market<'s>,
    census: &'s Census,
    settings: &'s Settings,
    known: &'s [(u32, u32)],
    watch: Watch<'p>,
}

/// What an engine found, and what stood for the tiers if they did not fit.
struct Solved {
    found: Found,
    engine: Engine,
    failure: Option<Failure>,
    one_cost: Option<OneCost>,
}

impl<'s, 'p> Solve<'s, 'p> {
    fn start(
        instance: &'s Instance,
        settings: &'s Settings,
        census: &'s Census,
        known: &'s [(u32, u32)],
        progress: &'p mut dyn FnMut(Event),
    ) -> Self {
        Self {
            market: Market {
                instance,
                seed: settings.seed,
            },
            census,
            settings,
            known,
            watch: Watch::start(settings.time_limit(), progress),
        }
    }

    /// Solves; `roughly` allows one cost to stand for the tiers.
    fn run(mut self, roughly: bool) -> Outcome {
        let solved = match self.solved(roughly) {
            Ok(solved) => solved,
            Err(outcome) => return *outcome,
        };
        let plan = match report::checked(self.market, self.census, &solved.found) {
            Ok(plan) => plan,
            Err(findings) => {
                let listed: Vec<_> = findings.iter().map(ToString::to_string).collect();
                return Outcome::Failed {
                    code: FailureCode::CheckerDisagreement,
                    message: listed.join("; "),
                };
            }
        };
        let seconds = self.watch.seconds();
        match solved.found.open_tier() {
            None => Outcome::Solved {
                plan,
                engine: solved.engine,
                seconds,
            },
            Some(open_tier) => Outcome::LimitReached {
                plan,
                open_tier,
                engine: solved.engine,
                seconds,
                failure: solved.failure,
                one_cost: solved.one_cost,
            },
        }
    }

    /// What is found, or the outcome where nothing is.
    fn solved(&mut self, roughly: bool) -> Result<Solved, Box<Outcome>> {
        let core_mib = flow::estimate_mib(self.market.instance);
        let general_mib = census::estimate_mib(self.census.eligible_pairs);
        if core_mib > self.settings.memory_limit_mib {
            return Err(self.refused(core_mib));
        }
        self.watch.started(self.census.eligible_pairs, core_mib);
        let fits = general_mib <= self.settings.memory_limit_mib;
        let core = if fits || !roughly {
            flow::solve(self.market, self.census, self.known, &mut self.watch)
        } else {
            self.core_as_long_as_it_may()
        };
        match core {
            Some(found) if self.is_lawful(&found) => Ok(Solved {
                found,
                engine: Engine::Network,
                failure: None,
                one_cost: None,
            }),
            core if fits => self.generally(core.as_ref()),
            // the estimate was the core's, which can't do it alone
            core if roughly => self.roughly(core.as_ref(), general_mib),
            _ => Err(self.refused(general_mib)),
        }
    }

    /// Whether the core's plan is an answer.
    fn is_lawful(&self, found: &Found) -> bool {
        let instance = self.market.instance;
        // where people choose, breaking rules lower the fit that their floor is a share of
        let choosing = instance.problem().policy.mode == Mode::ConstrainedPriority;
        terms::breaking(instance).is_empty()
            || (!choosing && Rulebook::breaking(self.market).admits(&found.chosen))
    }

    /// Gives the core the rest of the time only if what it has by then keeps all rules.
    fn core_as_long_as_it_may(&mut self) -> Option<Found> {
        if terms::breaking(self.market.instance).is_empty() {
            return flow::solve(self.market, self.census, self.known, &mut self.watch);
        }
        let whole = self.watch.deadline;
        self.watch.deadline = self.watch.part_of_time(TRIAL);
        let tried = flow::solve(self.market, self.census, self.known, &mut self.watch);
        self.watch.deadline = whole;
        match tried {
            Some(found) if found.open_tier().is_some() && self.is_lawful(&found) => {
                let named = |pair: &Pair| (pair.person, pair.need);
                let known: Vec<_> = found.chosen.iter().map(named).collect();
                flow::solve(self.market, self.census, &known, &mut self.watch)
            }
            tried => tried,
        }
    }

    /// The tiers in the general model.
    fn generally(&mut self, core: Option<&Found>) -> Result<Solved, Box<Outcome>> {
        match general::solve(self.market, self.census, core, &mut self.watch) {
            Ok(End::Found(found, failure)) => Ok(Solved {
                found,
                engine: Engine::General,
                failure,
                one_cost: None,
            }),
            Ok(End::Infeasible(conflict)) => Err(self.infeasible(conflict)),
            Ok(End::NoPlanInTime) => Err(Box::new(Outcome::Failed {
                code: FailureCode::NoPlanInTime,
                message:
                    "the time ran out before any plan was found that keeps the pins and the change budget; \
                          allow more time"
                        .to_owned(),
            })),
            Err(Failure { code, message }) => Err(Box::new(Outcome::Failed { code, message })),
        }
    }

    /// One cost in the general model, if at least that fits.
    fn roughly(&mut self, core: Option<&Found>, general_mib: u64) -> Result<Solved, Box<Outcome>> {
        let least_mib = general_mib.min(census::estimate_part_mib(self.census.eligible_pairs));
        if least_mib > self.settings.memory_limit_mib {
            return Err(self.refused(least_mib));
        }
        let found = one_cost::solve(self.market, self.census, core, &mut self.watch);
        let one_cost::Found {
            found,
            cost,
            bound,
            failure,
        } = found.ok_or_else(|| self.refused(general_mib))?;
        Ok(Solved {
            found,
            engine: Engine::General,
            failure,
            one_cost: Some(OneCost {
                estimate_mib: general_mib,
                limit_mib: self.settings.memory_limit_mib,
                cost,
                bound,
            }),
        })
    }

    fn refused(&self, estimate_mib: u64) -> Box<Outcome> {
        Box::new(Outcome::Refused {
            estimate_mib,
            limit_mib: self.settings.memory_limit_mib,
            eligible_pairs: self.census.eligible_pairs,
        })
    }

    fn infeasible(&self, conflict: general::Conflict) -> Box<Outcome> {
        let problem = self.market.instance.problem();
        let pin = |&(person, need): &(u32, u32)| Pin {
            person: problem.people[person as usize].id.clone(),
            need: problem.needs[need as usize].id.clone(),
        };
        Box::new(Outcome::Infeasible {
            pins: conflict.pins.iter().map(pin).collect(),
            rules: conflict.rules.into_iter().map(str::to_owned).collect(),
            minimal: conflict.minimal,
            seconds: self.watch.seconds(),
        })
    }
}
