//! A solve that ends with its best plan so far when Ctrl-C is pressed, the solver panics, or it goes on far beyond its
//! time limit.
//!
//! HiGHS can't be stopped within a step, so nobody waits for it: the solver has a thread of its own, which the end of
//! the program ends.

use super::signals;
use crate::error::{Error, Result};
use cadre_solver::{Event, Instance, Outcome, Settings};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::thread;
use std::time::{Duration, Instant};

/// As much as the main thread of a program has.
const STACK: usize = 8 << 20;

/// How far past twice its time limit a solver is waited for: HiGHS overruns it by seconds on large models, and the checker
/// looks at every pair when the time is up already.
const GRACE: Duration = Duration::from_secs(60);

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// How a solve ended.
pub(super) enum Ended {
    /// By itself.
    Outcome(Outcome),
    /// Somebody stopped it; what is left is the last plan that the solver told of.
    Stopped(Option<Outcome>),
    /// It went on far beyond its time limit; the same is left.
    Late(Option<Outcome>),
    /// It broke off; the same is left.
    Broken(Option<Outcome>),
}

impl Ended {
    /// What there is, whoever ended it.
    pub(super) fn outcome(&self) -> Option<&Outcome> {
        match self {
            Self::Outcome(outcome) => Some(outcome),
            Self::Stopped(best) | Self::Late(best) | Self::Broken(best) => best.as_ref(),
        }
    }
}

enum News {
    Event(Event),
    /// Nothing if the solver panicked; its words are on stderr.
    Ended(Option<Box<Outcome>>),
    Stop,
}

/// Solves until there is an end or Ctrl-C is pressed; pressed once more, it ends the program.
pub(super) fn solve(instance: &Arc<Instance>, settings: Settings, ear: impl FnMut(&Event)) -> Result<Ended> {
    let (sender, news) = mpsc::channel();
    let stop = sender.clone();
    signals::on_interrupt(move || {
        if stop.send(News::Stop).is_err() {
            // nobody listens any more
            std::process::exit(INTERRUPTED);
        }
    });
    let instance = Arc::clone(instance);
    let run = move || {
        let mut tell = |event| drop(sender.send(News::Event(event)));
        let outcome = catch_unwind(AssertUnwindSafe(|| {
            cadre_solver::solve(&instance, &settings, &mut tell)
        }));
        drop(sender.send(News::Ended(outcome.ok().map(Box::new))));
    };
    (thread::Builder::new().stack_size(STACK).spawn(run)).map_err(Error::internal)?;
    let wait = settings.time_limit().saturating_mul(2).saturating_add(GRACE);
    // a limit beyond what the clock can count is none
    let deadline = Instant::now().checked_add(wait);
    Ok(hear(&news, deadline, ear))
}

/// Takes what is told, until the end.
fn hear(news: &Receiver<News>, deadline: Option<Instant>, mut ear: impl FnMut(&Event)) -> Ended {
    let mut best = None;
    loop {
        let told = match deadline {
            Some(deadline) => news.recv_timeout(deadline.saturating_duration_since(Instant::now())),
            None => news.recv().map_err(|_| RecvTimeoutError::Disconnected),
        };
        match told {
            Ok(News::Event(event)) => {
                ear(&event);
                best = event.so_far().or(best);
            }
            Ok(News::Ended(Some(outcome))) => return Ended::Outcome(outcome.or_best(best)),
            Ok(News::Stop) => return Ended::Stopped(best),
            Err(RecvTimeoutError::Timeout) => return Ended::Late(best),
            Ok(News::Ended(None)) | Err(RecvTimeoutError::Disconnected) => return Ended::Broken(best),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadre_solver::{Engine, Failure, FailureCode, Problem, Tier, solve};

    const OFFICE: &str = include_str!("../../data/examples/district-office.json");

    fn heard(told: impl IntoIterator<Item = News>) -> Ended {
        let (sender, news) = mpsc::channel();
        told.into_iter().for_each(|told| sender.send(told).unwrap());
        hear(
            &news,
            Instant::now().checked_add(Duration::from_millis(200)),
            |_| {},
        )
    }

    fn best(seconds: f64) -> News {
        let instance = Problem::parse(OFFICE).unwrap();
        let plan = solve(&instance, &Settings::default(), &mut |_| {})
            .plan()
            .unwrap()
            .clone();
        News::Event(Event::BestSoFar {
            plan: Box::new(plan),
            engine: Engine::Network,
            open_tier: Tier::Travel,
            one_cost: None,
            seconds,
        })
    }

    #[test]
    fn a_stop_leaves_the_last_plan_or_none() {
        let ended = heard([best(1.0), best(2.0), News::Stop, best(3.0)]);
        assert!(matches!(
            ended,
            Ended::Stopped(Some(Outcome::LimitReached { seconds: 2.0, .. }))
        ));
        assert!(matches!(heard([News::Stop]), Ended::Stopped(None)));
    }

    #[test]
    fn so_does_a_solve_that_fails() {
        let failed = || {
            let code = FailureCode::CheckerDisagreement;
            let message = "/score: 1 is 2".to_owned();
            News::Ended(Some(Box::new(Outcome::Failed { code, message })))
        };
        let ended = heard([best(1.0), failed()]);
        assert!(matches!(
            ended,
            Ended::Outcome(Outcome::LimitReached {
                failure: Some(Failure {
                    code: FailureCode::CheckerDisagreement,
                    ..
                }),
                ..
            })
        ));
        assert!(matches!(
            heard([failed()]),
            Ended::Outcome(Outcome::Failed { .. })
        ));
    }

    #[test]
    fn so_does_a_solver_that_panics_or_never_ends() {
        let panics = heard([best(1.0), News::Ended(None), News::Stop]);
        assert!(matches!(panics, Ended::Broken(Some(_))));
        assert!(matches!(heard([News::Ended(None)]), Ended::Broken(None)));
        // the sender stays alive, and silent
        let (sender, news) = mpsc::channel();
        sender.send(best(1.0)).unwrap();
        let ended = hear(&news, Some(Instant::now() + Duration::from_millis(50)), |_| {});
        assert!(matches!(ended, Ended::Late(Some(_))));
        drop(sender);
    }
}
