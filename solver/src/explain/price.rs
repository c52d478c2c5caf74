//! The price of each rule and quota: what the plan would be worth without it.

use super::{Explainer, Refusal};
use crate::edit::Edit;
use crate::ids::{DepartmentId, FieldId, PersonId, UnitId};
use crate::plan::{Tier, Value};
use serde::{Deserialize, Serialize};

/// A rule that can be lifted.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "rule", rename_all = "snake_case", deny_unknown_fields)]
pub enum Rule {
    /// The round's cap on secondments.
    MaxSecondments,
    /// A department's release cap.
    ReleaseCap {
        /// Which department.
        department: DepartmentId,
    },
    /// How many of a field a department keeps.
    FieldFloor {
        /// Which department.
        department: DepartmentId,
        /// Whose primary field.
        field: FieldId,
    },
    /// How many people a unit absorbs.
    UnitCap {
        /// Which unit.
        unit: UnitId,
    },
    /// The rest window.
    RestDays,
    /// The travel limit.
    TravelLimit,
    /// One pin.
    Pin {
        /// Whose.
        person: PersonId,
    },
}

/// What a rule costs.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Price {
    /// Which rule.
    pub rule: Rule,
    /// Seats of critical needs lost to it.
    pub critical: i64,
    /// Seats lost to it in all.
    pub seats: i64,
    /// The first tier that would be better without it; absent where it costs nothing at all.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_better: Option<Tier>,
}

impl Explainer<'_> {
    /// The price of every rule that the problem sets, dearest first: each is lifted on its own and
    /// the problem solved again.
    ///
    /// # Errors
    /// Those of [`Explainer::what_if`].
    pub fn prices(&self) -> Result<Vec<Price>, Refusal> {
        let mut prices = Vec::new();
        for (rule, edit) in self.rules() {
            let after = self.solve_with(&[edit])?;
            let gained = |tier: Tier| {
                let seats = |plan: &crate::Plan| match plan.tier(tier).map(|score| &score.value) {
                    Some(Value::Integer(seats)) => *seats,
                    _ => 0,
                };
                seats(&after) - seats(self.plan)
            };
            let first_better = (Tier::ALL.into_iter()).find(|&tier| {
                let value = |plan: &crate::Plan| plan.tier(tier).map(|score| score.value.clone());
                value(&after) != value(self.plan)
            });
            prices.push(Price {
                rule,
                critical: gained(Tier::Critical),
                seats: gained(Tier::Headcount),
                first_better,
            });
        }
        prices.sort_by_key(|price| {
            (
                -price.critical,
                -price.seats,
                price.first_better.is_none(),
                price.first_better,
            )
        });
        Ok(prices)
    }

    /// Every rule that could bind, and the edit that lifts it. A quota with room to spare costs
    /// nothing and is left out.
    fn rules(&self) -> Vec<(Rule, Edit)> {
        let problem = self.instance.problem();
        let quotas = super::residual::Quotas::of(self);
        let mut rules = Vec::new();
        if problem.policy.max_secondments.is_some() && !quotas.province_is_open() {
            rules.push((Rule::MaxSecondments, Edit::MaxSecondments { cap: None }));
        }
        for (at, row) in (0_u32..).zip(&problem.departments) {
            let department = row.id.clone();
            if row.release_cap.is_some() && !quotas.department_is_open(at) {
                let edit = Edit::ReleaseCap {
                    department: department.clone(),
                    cap: None,
                };
                rules.push((Rule::ReleaseCap { department }, edit));
            }
        }
        for ((at, field), _) in quotas.groups().filter(|&(group, _)| !quotas.group_is_open(group)) {
            let department = problem.departments[at as usize].id.clone();
            let field = problem.fields[field as usize].id.clone();
            let edit = Edit::FieldFloor {
                department: department.clone(),
                field: field.clone(),
                floor: 0,
            };
            rules.push((Rule::FieldFloor { department, field }, edit));
        }
        let mut there = vec![0; problem.units.len()];
        for need in self.serves.iter().flatten() {
            there[self.instance.need(*need).unit as usize] += 1;
        }
        for ((row, compiled), there) in problem.units.iter().zip(&self.instance.units).zip(there) {
            if compiled
                .cap
                .is_some_and(|cap| there >= cap && u64::from(cap) < compiled.requested)
            {
                let unit = row.id.clone();
                let cap = u32::try_from(compiled.requested).unwrap_or(u32::MAX);
                rules.push((Rule::UnitCap { unit: unit.clone() }, Edit::UnitCap { unit, cap }));
            }
        }
        if self.instance.people.iter().any(|person| person.resting) {
            rules.push((Rule::RestDays, Edit::RestDays { days: 0 }));
        }
        if problem.policy.travel.limit_minutes.is_some() {
            rules.push((Rule::TravelLimit, Edit::TravelLimit { minutes: None }));
        }
        for pin in &problem.pins {
            let person = pin.person.clone();
            rules.push((
                Rule::Pin {
                    person: person.clone(),
                },
                Edit::Unpin { person },
            ));
        }
        rules
    }
}
