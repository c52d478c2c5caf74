//! The independent checker: reads the problem and the plan as documents and works everything out a
//! second time.
//!
//! It shares no code with the solver beyond the documents' own types: neither eligibility nor
//! travel nor any term. What it cannot check is optimality: it sees whether a plan is lawful, worth
//! what it claims and told truly, not whether a better one exists.

mod hash;
mod pairs;
#[cfg(test)]
mod parity;
mod report;
mod rules;
mod score;

use crate::codes::codes;
use crate::ids::{NeedId, PersonId};
use crate::instance::Instance;
use crate::plan::{Assignment, PLAN_FORMAT, Plan, Proof};
use crate::problem::{Need, Person, Problem};
use pairs::Rules;
use serde::{Deserialize, Serialize};
use std::collections::HashMap;
use std::fmt;

/// A plan that the checker agrees with. Only [`check()`] makes one.
#[derive(Clone, Copy, Debug)]
pub struct Verified<'p>(&'p Plan);

impl<'p> Verified<'p> {
    /// The plan.
    #[must_use]
    pub fn plan(self) -> &'p Plan {
        self.0
    }
}

/// One point on which the checker does not agree with a plan.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Disagreement {
    /// What kind.
    pub finding: Finding,
    /// Where in the plan: a JSON pointer.
    pub pointer: String,
    /// The term that is broken or miscounted, if it is one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub term: Option<String>,
    /// The same in words, with both figures.
    pub message: String,
}

impl fmt::Display for Disagreement {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {} [{}]", self.pointer, self.message, self.finding)
    }
}

codes! {
    /// The kinds of disagreement.
    Finding {
        /// The plan is written in another format.
        WrongFormat => "wrong_format",
        /// The plan names the hash of another problem.
        WrongProblem => "wrong_problem",
        /// The plan names a person or a need that the problem does not have.
        UnknownReference => "unknown_reference",
        /// A person is sent to a need that a reason of eligibility forbids.
        Ineligible => "ineligible",
        /// A rule is broken; `term` names it.
        RuleBroken => "rule_broken",
        /// A figure of an assignment is wrong: unit, minutes, pin flag or fit.
        WrongDetail => "wrong_detail",
        /// A tier or a term is not worth what the plan claims; `term` names the term.
        WrongScore => "wrong_score",
        /// Proofs, bounds and the word «optimal» do not go together.
        ProofInconsistent => "proof_inconsistent",
        /// The counts, the unmet needs or the units that nobody can serve are told wrongly.
        WrongReport => "wrong_report",
        /// A list is not in the order the format promises.
        WrongOrder => "wrong_order",
    }
}

/// Checks a plan against the problem it answers.
///
/// An [`Instance`] is taken because it vouches for the problem being valid; only the document in it
/// is read.
///
/// # Errors
/// Every disagreement found. A plan with any must not be used.
pub fn check<'p>(instance: &Instance, plan: &'p Plan) -> Result<Verified<'p>, Vec<Disagreement>> {
    let problem = instance.problem();
    let mut findings = Findings::default();
    if plan.format != PLAN_FORMAT {
        let message = format!("the format is `{}`, not `{PLAN_FORMAT}`", plan.format);
        findings.add(Finding::WrongFormat, "/format", message);
    }
    hash::check(problem, plan, &mut findings);
    let rules = Rules::new(problem);
    let placed = placements(problem, plan, &mut findings);
    for placement in &placed {
        pairs::check(&rules, placement, &mut findings);
    }
    rules::check(problem, &placed, &mut findings);
    let market = report::survey(&rules);
    score::check(problem, plan, &placed, &market, &mut findings);
    report::check(&rules, plan, &placed, &market, &mut findings);
    proofs(plan, &mut findings);
    if findings.0.is_empty() {
        Ok(Verified(plan))
    } else {
        Err(findings.0)
    }
}

/// An assignment with the records it names.
struct Placement<'d> {
    pointer: String,
    assignment: &'d Assignment,
    person: &'d Person,
    need: &'d Need,
}

fn placements<'d>(problem: &'d Problem, plan: &'d Plan, findings: &mut Findings) -> Vec<Placement<'d>> {
    let people: HashMap<&PersonId, &Person> = problem.people.iter().map(|row| (&row.id, row)).collect();
    let needs: HashMap<&NeedId, &Need> = problem.needs.iter().map(|row| (&row.id, row)).collect();
    let mut placed = Vec::new();
    for (at, assignment) in plan.assignments.iter().enumerate() {
        let pointer = format!("/assignments/{at}");
        let person = people.get(&assignment.person);
        let need = needs.get(&assignment.need);
        if let (Some(person), Some(need)) = (person, need) {
            placed.push(Placement {
                pointer,
                assignment,
                person,
                need,
            });
        } else {
            let message = format!(
                "the problem does not have person `{}` or need `{}`",
                assignment.person, assignment.need
            );
            findings.add(Finding::UnknownReference, pointer, message);
        }
    }
    placed
}

/// «Proven» means that the bound is met, and «optimal» that every tier is proven.
fn proofs(plan: &Plan, findings: &mut Findings) {
    for (at, tier) in plan.score.iter().enumerate() {
        if tier.proof != Proof::Open && tier.value != tier.bound {
            let message = format!(
                "tier {:?} is called proven at {:?} with bound {:?}",
                tier.tier, tier.value, tier.bound
            );
            findings.add(Finding::ProofInconsistent, format!("/score/{at}"), message);
        }
    }
    let proven = plan.score.iter().all(|tier| tier.proof != Proof::Open);
    if plan.optimal != proven {
        let message = format!("optimal is {}, all tiers proven is {proven}", plan.optimal);
        findings.add(Finding::ProofInconsistent, "/optimal", message);
    }
}

/// The list that disagreements are collected in.
#[derive(Default)]
struct Findings(Vec<Disagreement>);

impl Findings {
    fn add(&mut self, finding: Finding, pointer: impl Into<String>, message: impl Into<String>) {
        self.0.push(Disagreement {
            finding,
            pointer: pointer.into(),
            term: None,
            message: message.into(),
        });
    }

    fn add_term(
        &mut self,
        finding: Finding,
        term: &str,
        pointer: impl Into<String>,
        message: impl Into<String>,
    ) {
        self.add(finding, pointer, message);
        if let Some(last) = self.0.last_mut() {
            last.term = Some(term.to_owned());
        }
    }

    /// Complains unless the plan's figure is the recomputed one.
    fn expect<T: PartialEq + fmt::Debug>(
        &mut self,
        finding: Finding,
        pointer: impl Into<String>,
        claimed: &T,
        computed: &T,
    ) {
        if claimed != computed {
            let message = format!("the plan says {claimed:?}, the checker finds {computed:?}");
            self.add(finding, pointer, message);
        }
    }
}
