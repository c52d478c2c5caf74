//! A solve from start to end: which engine has the problem, and what comes of it.

use crate::binding::Contradictions;
use crate::census::{self, Census};
use crate::flow;
use crate::general::one_cost::{self, Room};
use crate::general::{self, End};
use crate::instance::Instance;
use crate::market::Market;
use crate::milp::Limits;
use crate::outcome::{Engine, Event, Failure, FailureCode, Outcome, Settings};
use crate::plan::Tier;
use crate::problem::{Mode, Problem};
use crate::report;
use crate::rulebook::Rulebook;
use crate::score::{Found, Score};
use crate::terms;
use crate::watch::Watch;

/// Finds the best plan, tier by tier, and has it checked before it leaves.
///
/// The network core solves the problem without the rules that break a network. A plan that keeps
/// those as well is the best one; otherwise the general model takes over. Where its tiers, one after
/// the other, would not fit into memory, one cost stands for them, and the outcome says so
/// ([`OneCost`](crate::OneCost)).
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
/// only tier by tier: what one cost says of a trial answers nothing.
pub(crate) fn solve_near(
    instance: &Instance,
    settings: &Settings,
    known: &[(u32, u32)],
    progress: &mut dyn FnMut(Event),
) -> Outcome {
    Solve::start(instance, settings, &Census::take(instance), known, progress).run(false)
}

/// What of a problem's pins and rules no plan keeps together, of a problem that is known to have none.
pub(crate) fn contradictions(problem: &Problem, settings: &Settings) -> Contradictions {
    let deadline = Watch::start(settings.time_limit(), &mut |_| {}).deadline;
    let limits = Limits::new(deadline, settings.seed);
    general::contradictions(problem, limits, settings.memory_limit_mib)
}

/// Where the general model's tiers would not fit: after which part of the time that is left the core's plan is
/// looked at, and to which tier it must be proven then. A plan that is nearly empty keeps most rules.
const LOOKS: [(u32, Tier); 4] = [
    (16, Tier::Critical),
    (8, Tier::Headcount),
    (2, Tier::Headcount),
    (1, Tier::Headcount),
];

struct Solve<'s, 'p> {
    market: Market<'s>,
    census: &'s Census,
    settings: &'s Settings,
    known: &'s [(u32, u32)],
    watch: Watch<'p>,
}

/// What an engine found.
struct Answer {
    found: Found,
    engine: Engine,
    /// What the engine did wrong, if that ended the search.
    failure: Option<Failure>,
}

impl Answer {
    fn of_core(found: Found) -> Self {
        Self {
            found,
            engine: Engine::Network,
            failure: None,
        }
    }

    fn of_general((found, failure): (Found, Option<Failure>)) -> Self {
        Self {
            found,
            engine: Engine::General,
            failure,
        }
    }
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
        let Answer {
            found,
            engine,
            failure,
        } = match self.answer(roughly) {
            Ok(answer) => answer,
            Err(outcome) => return *outcome,
        };
        let plan = match report::checked(self.market, self.census, &found) {
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
        match found.open_tier() {
            None => Outcome::Solved {
                plan,
                engine,
                seconds,
            },
            Some(open_tier) => Outcome::LimitReached {
                plan,
                open_tier,
                engine,
                seconds,
                failure,
                one_cost: found.one_cost,
            },
        }
    }

    /// What is found, or the outcome where nothing is.
    fn answer(&mut self, roughly: bool) -> Result<Answer, Box<Outcome>> {
        let core_mib = flow::estimate_mib(self.market.instance);
        let general_mib = census::estimate_mib(self.census.eligible_pairs);
        if core_mib > self.settings.memory_limit_mib {
            return Err(self.refused(core_mib));
        }
        self.watch.started(self.census.eligible_pairs, core_mib);
        let breaking = !terms::breaking(self.market.instance).is_empty();
        let fits = general_mib <= self.settings.memory_limit_mib;
        if breaking && roughly && !fits {
            // no cost can choose for people, and the core doesn't know what fit the rules leave them
            return if self.is_choosing() {
                Err(self.refused(general_mib))
            } else {
                self.without_room(core_mib, general_mib)
            };
        }
        match self.core(self.known) {
            Some(found) if self.is_lawful(&found) => Ok(Answer::of_core(found)),
            core if fits => self.generally(core.as_ref()),
            // the estimate was the core's, which can't do it alone
            _ => Err(self.refused(general_mib)),
        }
    }

    fn core(&mut self, known: &[(u32, u32)]) -> Option<Found> {
        flow::solve(self.market, self.census, known, &mut self.watch)
    }

    /// Whether the core's plan is an answer.
    fn is_lawful(&self, found: &Found) -> bool {
        // where people choose, breaking rules lower the fit that their floor is a share of
        terms::breaking(self.market.instance).is_empty()
            || (!self.is_choosing() && Rulebook::breaking(self.market).admits(&found.chosen))
    }

    fn is_choosing(&self) -> bool {
        self.market.instance.problem().policy.mode == Mode::ConstrainedPriority
    }

    /// The tiers in the general model.
    fn generally(&mut self, core: Option<&Found>) -> Result<Answer, Box<Outcome>> {
        match general::solve(self.market, self.census, core, &mut self.watch) {
            Ok(End::Found(found, failure)) => Ok(Answer::of_general((found, failure))),
            Ok(End::Infeasible(contradictions)) => Err(Box::new(Outcome::Infeasible {
                contradictions,
                seconds: self.watch.seconds(),
            })),
            Ok(End::NoPlanInTime) => Err(Box::new(Outcome::Failed {
                code: FailureCode::NoPlanInTime,
                message: "the time ran out before any plan was found that keeps the pins and the change \
                          budget; allow more time"
                    .to_owned(),
            })),
            Err(Failure { code, message }) => Err(Box::new(Outcome::Failed { code, message })),
        }
    }

    /// An answer without the general model's tiers: the core's as long as its plans keep all rules, or else
    /// one under one cost.
    fn without_room(&mut self, core_mib: u64, general_mib: u64) -> Result<Answer, Box<Outcome>> {
        // the last that keeps all rules, and the last of all
        let (mut lawful, mut last) = (None, None);
        let mut promises = true;
        for (parts, proven) in LOOKS {
            let own = named(last.as_ref());
            let known: &[_] = if own.is_empty() { self.known } else { &own };
            let Some(found) = self.core_within(parts, known) else {
                break;
            };
            let keeps = self.is_lawful(&found);
            if keeps && found.open_tier().is_none() {
                return Ok(Answer::of_core(found));
            }
            if keeps {
                self.tell(Engine::Network, &found);
                lawful = Some(found.clone());
            }
            promises = keeps && found.is_proven_to(proven);
            last = Some(found);
            if !promises {
                break;
            }
        }
        if promises && let Some(found) = lawful {
            // it has had all the time
            return Ok(Answer::of_core(found));
        }
        let core = last.as_ref();
        let rough = self.under_one_cost(core, lawful.as_ref(), core_mib, general_mib);
        if let Ok(answer) = &rough {
            self.watch.tell_at_once();
            self.tell(answer.engine, &answer.found);
        }
        // a rule that plans break on the way may be kept in the end, as limits on journeys are
        let late = if self.watch.has_time() && core.is_none_or(|found| found.open_tier().is_some()) {
            self.core_within(1, &named(core))
        } else {
            None
        };
        let late = late.filter(|found| self.is_lawful(found));
        let late = match (late, lawful) {
            (Some(late), Some(lawful)) if lawful.is_better_than(&late) => Some(lawful),
            (late, lawful) => late.or(lawful),
        };
        match (rough, late) {
            (Ok(rough), Some(late)) if !late.is_better_than(&rough.found) => Ok(rough),
            (_, Some(late)) => Ok(Answer::of_core(late)),
            (rough, None) => rough,
        }
    }

    /// What the core finds in one part in so many of the time that is left.
    fn core_within(&mut self, parts: u32, known: &[(u32, u32)]) -> Option<Found> {
        let whole = self.watch.deadline;
        self.watch.deadline = self.watch.part_of_time(parts);
        let found = self.core(known);
        self.watch.deadline = whole;
        found
    }

    /// Tells of a plan, for whoever stops the solve.
    fn tell(&mut self, engine: Engine, found: &Found) {
        let score = Score::new(self.market, self.census);
        (self.watch).best_so_far(engine, || report::so_far(&score, found.clone()));
    }

    /// One cost in the general model, if at least that fits.
    fn under_one_cost(
        &mut self,
        core: Option<&Found>,
        lawful: Option<&Found>,
        core_mib: u64,
        general_mib: u64,
    ) -> Result<Answer, Box<Outcome>> {
        let part_mib = census::estimate_part_mib(core_mib, self.census.eligible_pairs);
        let least_mib = general_mib.min(part_mib);
        if least_mib > self.settings.memory_limit_mib {
            return Err(self.refused(least_mib));
        }
        let room = Room {
            estimate_mib: general_mib,
            limit_mib: self.settings.memory_limit_mib,
        };
        let plan = lawful.or(core).map(|found| found.chosen.as_slice());
        one_cost::solve(self.market, self.census, (core, plan), room, &mut self.watch)
            .map(Answer::of_general)
            .ok_or_else(|| self.refused(general_mib))
    }

    fn refused(&self, estimate_mib: u64) -> Box<Outcome> {
        Box::new(Outcome::Refused {
            estimate_mib,
            limit_mib: self.settings.memory_limit_mib,
            eligible_pairs: self.census.eligible_pairs,
        })
    }
}

/// The pairs of a plan, if there is one.
fn named(found: Option<&Found>) -> Vec<(u32, u32)> {
    (found.iter())
        .flat_map(|found| &found.chosen)
        .map(|pair| (pair.person, pair.need))
        .collect()
}
