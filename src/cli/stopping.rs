//! A solve that Ctrl-C ends, with the best plan so far.
//!
//! HiGHS can't be stopped within a step, so nobody waits for it: the solver has a thread of its own, which the end of
//! the program ends.

use super::signals;
use crate::error::{Error, Result};
use cadre_solver::{Event, Instance, Outcome, Settings};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;
use std::sync::mpsc::{self, Receiver};
use std::thread;

/// As much as the main thread of a program has.
const STACK: usize = 8 << 20;

/// What a shell says of a program that Ctrl-C ended.
const INTERRUPTED: i32 = 130;

/// How a solve ended.
pub(super) enum Ended {
    /// By itself.
    Outcome(Outcome),
    /// Somebody stopped it; what is left is the last plan that the solver told of.
    Stopped(Option<Outcome>),
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
    hear(news, ear)
}

/// Takes what is told, until the end.
fn hear(news: Receiver<News>, mut ear: impl FnMut(&Event)) -> Result<Ended> {
    let mut best = None;
    for news in news {
        match news {
            News::Event(event) => {
                ear(&event);
                best = event.so_far().or(best);
            }
            News::Ended(Some(outcome)) => return Ok(Ended::Outcome(*outcome)),
            News::Ended(None) => break,
            News::Stop => return Ok(Ended::Stopped(best)),
        }
    }
    Err(Error::internal("the solver ended without an answer"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use cadre_solver::{Engine, Problem, Tier, solve};

    const OFFICE: &str = include_str!("../../data/examples/district-office.json");

    fn heard(told: impl IntoIterator<Item = News>) -> Result<Ended> {
        let (sender, news) = mpsc::channel();
        told.into_iter().for_each(|told| sender.send(told).unwrap());
        hear(news, |_| {})
    }

    #[test]
    fn a_stop_leaves_the_last_plan_or_none() {
        let best = |seconds| {
            let instance = Problem::parse(OFFICE).unwrap();
            let plan = solve(&instance, &Settings::default(), &mut |_| {})
                .plan()
                .unwrap()
                .clone();
            News::Event(Event::BestSoFar {
                plan: Box::new(plan),
                engine: Engine::Network,
                open_tier: Tier::Travel,
                seconds,
            })
        };
        let ended = heard([best(1.0), best(2.0), News::Stop, best(3.0)]).unwrap();
        assert!(matches!(
            ended,
            Ended::Stopped(Some(Outcome::LimitReached { seconds: 2.0, .. }))
        ));
        assert!(matches!(heard([News::Stop]).unwrap(), Ended::Stopped(None)));
    }

    #[test]
    fn a_solver_that_panics_is_not_waited_for() {
        assert!(heard([News::Ended(None), News::Stop]).is_err());
    }
}
