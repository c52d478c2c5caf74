//! Changes that have to be tried: where rules bind people or units together, no graph says what one
//! change more would do.

use super::certificate::Remedy;
use super::chain::{Chain, Move};
use super::quotas::Quotas;
use super::{Explainer, Refusal};
use crate::edit::Edit;
use crate::eligibility::Reason;
use crate::index;
use crate::invalid::Invalid;
use crate::outcome::Outcome;
use crate::problem::{Balance, Mode, Problem};
use crate::solve::solve_near;
use std::collections::BTreeSet;

impl Explainer<'_> {
    /// Every change that fills a seat of a need, tried by solving, and those for which the time did
    /// not suffice. Where the network alone forbids the seat, only the changes `offered` there can
    /// help.
    pub(super) fn tried(
        &self,
        need: u32,
        quotas: &Quotas,
        offered: Option<Vec<Edit>>,
    ) -> Result<(Vec<Remedy>, Vec<Edit>), Refusal> {
        let (mut remedies, mut undecided) = (Vec::new(), Vec::new());
        let mut rested = false;
        let edits = match offered {
            Some(offered) => offered
                .into_iter()
                .flat_map(|edit| self.no_weaker(edit))
                .collect(),
            None => self.changes(need, quotas),
        };
        for edit in edits {
            // of the days of rest, longest first, only the longest that help are told
            let rest = matches!(edit, Edit::RestDays { .. });
            if rest && rested {
                continue;
            }
            match self.fills(need, &edit) {
                Ok(Some(moves)) => {
                    rested |= rest;
                    remedies.push(Remedy { edit, moves });
                }
                Ok(None) => {}
                Err(refusal) if refusal.is_of_a_limit() => undecided.push(edit),
                Err(refusal) => return Err(refusal),
            }
        }
        Ok((remedies, undecided))
    }

    /// An edit and, of days of rest, all shorter ones as well, longest first.
    fn no_weaker(&self, edit: Edit) -> Vec<Edit> {
        match edit {
            Edit::RestDays { days: longest } => {
                let days = self
                    .shorter_rests()
                    .into_iter()
                    .rev()
                    .filter(|&days| days <= longest);
                days.map(|days| Edit::RestDays { days }).collect()
            }
            other => vec![other],
        }
    }

    /// Whether some lawful plan after an edit has one more in the need and none fewer anywhere, and
    /// who would move. The needs are cut down to just these seats, and all must be filled.
    fn fills(&self, need: u32, edit: &Edit) -> Result<Option<Vec<Move>>, Refusal> {
        let trial = self.cut_down(need, edit).map_err(Refusal::Invalid)?;
        let seats: u64 = trial.needs.iter().map(|row| u64::from(row.headcount)).sum();
        let Ok(instance) = trial.compile() else {
            // an edit can make pins contradict a rule; then it fills nothing
            return Ok(None);
        };
        let base: Vec<_> = instance.base.keys().copied().collect();
        match solve_near(&instance, &self.settings, &base, &mut |_| {}) {
            Outcome::Solved { plan, .. } => Ok((plan.assignments.len() as u64 == seats)
                .then(|| Chain::between(self.plan, &plan, None).moves)),
            Outcome::Infeasible { .. } => Ok(None),
            other => Err(Refusal::not_solved(&other)),
        }
    }

    fn cut_down(&self, need: u32, edit: &Edit) -> Result<Problem, Invalid> {
        let mut trial = self.instance.problem().edited(std::slice::from_ref(edit))?;
        let filled = self.filled();
        for ((at, row), filled) in (0_u32..).zip(&mut trial.needs).zip(filled) {
            row.headcount = filled + u32::from(at == need);
        }
        trial.needs.retain(|row| row.headcount > 0);
        let there: BTreeSet<_> = trial.needs.iter().map(|row| row.id.clone()).collect();
        trial.waivers.retain(|row| there.contains(&row.need));
        (trial.prohibitions).retain(|row| row.need.as_ref().is_none_or(|need| there.contains(need)));
        // a line of the base plan whose need is gone is a change already
        let lines = trial.base.len();
        trial.base.retain(|row| there.contains(&row.need));
        let gone = index(lines - trial.base.len());
        match &mut trial.policy.change_budget {
            Some(budget) => *budget = budget.saturating_sub(gone),
            // nothing hangs on the base plan, so the one in hand tells who should rather stay
            None => trial = trial.revising(self.plan, true),
        }
        trial.policy.balance = Balance::Off;
        trial.policy.mode = Mode::Balanced;
        Ok(trial)
    }

    /// Every single change of the kinds that a certificate speaks of.
    fn changes(&self, need: u32, quotas: &Quotas) -> Vec<Edit> {
        let (instance, problem) = (self.instance, self.instance.problem());
        let mut edits: Vec<Edit> = quotas
            .one_more(instance)
            .into_iter()
            .map(|(_, _, edit)| edit)
            .collect();
        let row = &problem.needs[need as usize];
        let unit = &problem.units[instance.need(need).unit as usize];
        if let Some(cap) = instance.unit(instance.need(need).unit).cap {
            edits.push(Edit::UnitCap {
                unit: unit.id.clone(),
                cap: cap + 1,
            });
        }
        for holder in instance.holders_of(instance.need(need).field) {
            if let &[reason] = instance.reasons_of(holder.person, need).as_slice()
                && Reason::WAIVABLE.contains(&reason)
            {
                let person = self.person_id(holder.person).clone();
                edits.push(Edit::Waive {
                    person,
                    need: row.id.clone(),
                    reason,
                });
            }
        }
        edits.extend(
            self.shorter_rests()
                .into_iter()
                .rev()
                .map(|days| Edit::RestDays { days }),
        );
        edits.extend(problem.pins.iter().map(|pin| Edit::Unpin {
            person: pin.person.clone(),
        }));
        if let Some(cap) = problem.policy.field_caps.get(&row.field) {
            edits.push(Edit::FieldCap {
                field: row.field.clone(),
                cap: Some(cap + 1),
            });
        }
        edits.extend(
            problem
                .policy
                .travel_budget_minutes
                .map(|_| Edit::TravelBudget { minutes: None }),
        );
        edits.extend(
            problem
                .policy
                .change_budget
                .map(|cap| Edit::ChangeBudget { cap: Some(cap + 1) }),
        );
        if !unit.speaker.is_empty() {
            edits.push(Edit::Speakers {
                unit: unit.id.clone(),
                languages: Vec::new(),
            });
        }
        let beside = problem
            .needs
            .iter()
            .filter(|other| other.unit == unit.id && other.senior_from.is_some());
        edits.extend(beside.map(|other| Edit::SeniorFrom {
            need: other.id.clone(),
            level: None,
        }));
        edits.extend(problem.teams.iter().map(|team| Edit::Disband {
            team: team.id.clone(),
        }));
        edits
    }

    /// Numbers of days of rest, below the policy's, from which on somebody is rested; ascending.
    pub(super) fn shorter_rests(&self) -> Vec<u32> {
        let problem = self.instance.problem();
        let rested = (problem.people.iter())
            .filter_map(|person| Some((problem.term.start - person.last_secondment_end?).num_days() - 1));
        let days: BTreeSet<u32> = (rested.filter_map(|days| u32::try_from(days).ok()))
            .filter(|&days| days < problem.policy.rest_days)
            .collect();
        days.into_iter().collect()
    }
}
