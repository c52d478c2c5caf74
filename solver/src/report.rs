//! From the chosen pairs to the plan people read.

use crate::census::Census;
use crate::check::{Disagreement, check};
use crate::eligibility::{Pair, Reason};
use crate::fingerprint::{SOLVER_VERSION, problem_hash};
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::outcome::OneCost;
use crate::plan::{
    Assignment, Counts, Fit, PLAN_FORMAT, Plan, Proof, Tier, TierScore, UnmetNeed, UnservableUnit,
};
use crate::score::{Found, Score, TierFound};
use crate::terms::{self, FitTerm};
use std::collections::BTreeMap;

/// A plan of what has been found so far.
pub(crate) struct SoFar {
    pub(crate) plan: Plan,
    pub(crate) open_tier: Tier,
    pub(crate) one_cost: Option<OneCost>,
}

/// Writes the plan of what has been found so far, if anything is still open and the checker agrees.
pub(crate) fn so_far(score: &Score<'_>, mut found: Found) -> Option<SoFar> {
    score.complete(&mut found);
    let open_tier = found.open_tier()?;
    let plan = checked(score.market, score.census, &found).ok()?;
    Some(SoFar {
        plan,
        open_tier,
        one_cost: found.one_cost,
    })
}

/// Writes the plan and has it checked.
pub(crate) fn checked(market: Market<'_>, census: &Census, found: &Found) -> Result<Plan, Vec<Disagreement>> {
    let plan = plan(market, census, found);
    check(market.instance, &plan)?;
    Ok(plan)
}

/// Writes the plan.
pub(crate) fn plan(market: Market<'_>, census: &Census, found: &Found) -> Plan {
    let score = Score::new(market, census);
    let report = Report {
        instance: market.instance,
        census,
        fit: terms::fit_terms(market.instance),
        chosen: &found.chosen,
    };
    let tier = |found: &TierFound| TierScore {
        tier: found.tier,
        sense: found.tier.sense(),
        value: found.value.clone(),
        bound: found.bound.clone(),
        proof: found.proof,
        terms: score.terms(found.tier, report.chosen),
    };
    Plan {
        format: PLAN_FORMAT.to_owned(),
        problem_hash: problem_hash(market.instance.problem()),
        solver_version: SOLVER_VERSION.to_owned(),
        seed: market.seed,
        optimal: found.tiers.iter().all(|tier| tier.proof != Proof::Open),
        quality_floor: found.quality_floor,
        counts: report.counts(),
        score: found.tiers.iter().map(tier).collect(),
        assignments: report.assignments(),
        unmet: report.unmet(),
        unservable_units: report.unservable_units(),
    }
}

struct Report<'r> {
    instance: &'r Instance,
    census: &'r Census,
    fit: Vec<FitTerm>,
    chosen: &'r [Pair],
}

impl Report<'_> {
    fn counts(&self) -> Counts {
        let problem = self.instance.problem();
        Counts {
            people: problem.people.len() as u64,
            units: problem.units.len() as u64,
            needs: problem.needs.len() as u64,
            seats: self.instance.seats(),
            eligible_pairs: self.census.eligible_pairs,
        }
    }

    fn assignments(&self) -> Vec<Assignment> {
        let problem = self.instance.problem();
        let mut assignments: Vec<_> = (self.chosen.iter())
            .map(|pair| {
                let need = &problem.needs[pair.need as usize];
                Assignment {
                    person: problem.people[pair.person as usize].id.clone(),
                    need: need.id.clone(),
                    unit: need.unit.clone(),
                    travel_minutes: pair.minutes,
                    pinned: self.instance.pins.contains(&(pair.person, pair.need)),
                    fit: self.fit(pair),
                }
            })
            .collect();
        assignments.sort_by(|a, b| (&a.unit, &a.need, &a.person).cmp(&(&b.unit, &b.need, &b.person)));
        assignments
    }

    fn fit(&self, pair: &Pair) -> Fit {
        let part = |term: &FitTerm| (term.part)(self.instance, pair);
        Fit {
            score: (self.fit.iter())
                .map(|term| term.weight * u32::from(part(term)))
                .sum(),
            parts: (self.fit.iter())
                .map(|term| (term.id.to_owned(), part(term)))
                .collect(),
        }
    }

    fn unmet(&self) -> Vec<UnmetNeed> {
        let needs = self.instance.needs.len();
        let mut filled = vec![0_u32; needs];
        for pair in self.chosen {
            filled[pair.need as usize] += 1;
        }
        let mut unmet: Vec<_> = (0..index(needs))
            .zip(filled)
            .filter(|&(need, filled)| filled < self.instance.need(need).headcount)
            .map(|(need, filled)| self.unmet_need(need, filled))
            .collect();
        unmet.sort_by(|a, b| (&a.unit, &a.need).cmp(&(&b.unit, &b.need)));
        unmet
    }

    fn unmet_need(&self, need: u32, filled: u32) -> UnmetNeed {
        let row = self.instance.need(need);
        let holders = self.instance.holders_of(row.field);
        let mut eligible = 0;
        let mut reasons: BTreeMap<Reason, u32> = BTreeMap::new();
        for holder in holders {
            let stopped_by = self.instance.reasons_of(holder.person, need);
            eligible += u32::from(stopped_by.is_empty());
            for reason in stopped_by {
                *reasons.entry(reason).or_default() += 1;
            }
        }
        let need = &self.instance.problem().needs[need as usize];
        UnmetNeed {
            need: need.id.clone(),
            unit: need.unit.clone(),
            field: need.field.clone(),
            priority: need.priority,
            requested: row.headcount,
            filled,
            missing: row.headcount - filled,
            have_field: index(holders.len()),
            eligible,
            reasons,
        }
    }

    fn unservable_units(&self) -> Vec<UnservableUnit> {
        let units = &self.instance.units;
        let mut unservable: Vec<_> = (self.instance.problem().units.iter())
            .zip(units)
            .zip(&self.census.servable)
            .filter(|((_, row), servable)| row.requested > 0 && !**servable)
            .map(|((unit, row), _)| UnservableUnit {
                unit: unit.id.clone(),
                requested: row.requested,
            })
            .collect();
        unservable.sort_by(|a, b| a.unit.cmp(&b.unit));
        unservable
    }
}
