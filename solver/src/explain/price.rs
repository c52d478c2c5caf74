//! The price of each rule and quota: what the plan would be worth without it.

use super::quotas::Quotas;
use super::{Explainer, Refusal};
use crate::edit::Edit;
use crate::ids::{DepartmentId, FieldId, PersonId, TeamId, UnitId};
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
    /// How many serve needs of a field in all.
    FieldCap {
        /// Which field.
        field: FieldId,
    },
    /// The limit on all journeys together.
    TravelBudget,
    /// The limit on changes of the base plan.
    ChangeBudget,
    /// The speakers that a unit asks for.
    Speakers {
        /// Which unit.
        unit: UnitId,
    },
    /// That juniors serve beside seniors.
    Seniors,
    /// That a team goes together.
    Team {
        /// Which team.
        team: TeamId,
    },
    /// One pin.
    Pin {
        /// Whose.
        person: PersonId,
    },
    /// All pins together, where there are several.
    Pins,
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
    /// Time or memory did not suffice to know it; the numbers say nothing then.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub undecided: bool,
}

impl Price {
    fn undecided(rule: Rule) -> Self {
        Self {
            rule,
            critical: 0,
            seats: 0,
            first_better: None,
            undecided: true,
        }
    }
}

impl Explainer<'_> {
    /// The price of every rule that the problem sets, dearest first: each is lifted on its own and
    /// the problem solved again. Those for which time or memory did not suffice come last, among them
    /// all that a plan which is not proven to be the best does worse than without.
    ///
    /// # Errors
    /// [`Refusal::Invalid`] when the problem contradicts itself without a rule,
    /// [`Refusal::NotSolved`] when the engine fails.
    pub fn prices(&self) -> Result<Vec<Price>, Refusal> {
        let mut prices = Vec::new();
        for (rule, edits) in self.rules() {
            let after = match self.solve_with(&edits) {
                Ok(after) => after,
                Err(refusal) if refusal.is_of_a_limit() => {
                    prices.push(Price::undecided(rule));
                    continue;
                }
                Err(refusal) => return Err(refusal),
            };
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
            if !self.plan.optimal && first_better.is_some() {
                // it may be the plan that falls short, rather than the rule that costs
                prices.push(Price::undecided(rule));
                continue;
            }
            prices.push(Price {
                rule,
                critical: gained(Tier::Critical),
                seats: gained(Tier::Headcount),
                first_better,
                undecided: false,
            });
        }
        prices.sort_by_key(|price| {
            (
                price.undecided,
                -price.critical,
                -price.seats,
                price.first_better.is_none(),
                price.first_better,
            )
        });
        Ok(prices)
    }

    /// Every rule that could bind, and the edits that lift it. A quota with room to spare costs
    /// nothing and is left out.
    fn rules(&self) -> Vec<(Rule, Vec<Edit>)> {
        let mut rules = self.quotas();
        rules.extend(self.units());
        rules.extend(self.policy());
        rules.extend(self.company());
        rules
    }

    fn quotas(&self) -> Vec<(Rule, Vec<Edit>)> {
        // lifting a quota is one more of it, without end
        (Quotas::of(self).one_more(self.instance).into_iter())
            .filter_map(|(_, _, edit)| match edit {
                Edit::ReleaseCap { department, .. } => {
                    let edit = Edit::ReleaseCap {
                        department: department.clone(),
                        cap: None,
                    };
                    Some((Rule::ReleaseCap { department }, vec![edit]))
                }
                Edit::FieldFloor {
                    department, field, ..
                } => {
                    let edit = Edit::FieldFloor {
                        department: department.clone(),
                        field: field.clone(),
                        floor: 0,
                    };
                    Some((Rule::FieldFloor { department, field }, vec![edit]))
                }
                Edit::MaxSecondments { .. } => {
                    Some((Rule::MaxSecondments, vec![Edit::MaxSecondments { cap: None }]))
                }
                _ => None,
            })
            .collect()
    }

    /// Units that are full below what they ask for.
    fn units(&self) -> Vec<(Rule, Vec<Edit>)> {
        let mut there = vec![0; self.instance.units.len()];
        for need in self.serves.iter().flatten() {
            there[self.instance.need(*need).unit as usize] += 1;
        }
        (self.instance.problem().units.iter())
            .zip(&self.instance.units)
            .zip(there)
            .filter(|((_, unit), there)| {
                unit.cap
                    .is_some_and(|cap| *there >= cap && u64::from(cap) < unit.requested)
            })
            .map(|((row, unit), _)| {
                let cap = u32::try_from(unit.requested).unwrap_or(u32::MAX);
                let edit = Edit::UnitCap {
                    unit: row.id.clone(),
                    cap,
                };
                (Rule::UnitCap { unit: row.id.clone() }, vec![edit])
            })
            .collect()
    }

    fn policy(&self) -> Vec<(Rule, Vec<Edit>)> {
        let policy = &self.instance.problem().policy;
        let mut rules = Vec::new();
        if self.instance.people.iter().any(|person| person.resting) {
            rules.push((Rule::RestDays, vec![Edit::RestDays { days: 0 }]));
        }
        if policy.travel.limit_minutes.is_some() {
            rules.push((Rule::TravelLimit, vec![Edit::TravelLimit { minutes: None }]));
        }
        for field in policy.field_caps.keys() {
            let edit = Edit::FieldCap {
                field: field.clone(),
                cap: None,
            };
            rules.push((Rule::FieldCap { field: field.clone() }, vec![edit]));
        }
        if policy.travel_budget_minutes.is_some() {
            rules.push((Rule::TravelBudget, vec![Edit::TravelBudget { minutes: None }]));
        }
        if policy.change_budget.is_some() {
            rules.push((Rule::ChangeBudget, vec![Edit::ChangeBudget { cap: None }]));
        }
        rules
    }

    /// Speakers, seniors, teams and pins.
    fn company(&self) -> Vec<(Rule, Vec<Edit>)> {
        let problem = self.instance.problem();
        let mut rules = Vec::new();
        for row in problem.units.iter().filter(|row| !row.speaker.is_empty()) {
            let unit = row.id.clone();
            let edit = Edit::Speakers {
                unit: unit.clone(),
                languages: Vec::new(),
            };
            rules.push((Rule::Speakers { unit }, vec![edit]));
        }
        let seniors: Vec<Edit> = (problem.needs.iter())
            .filter(|row| row.senior_from.is_some())
            .map(|row| Edit::SeniorFrom {
                need: row.id.clone(),
                level: None,
            })
            .collect();
        if !seniors.is_empty() {
            rules.push((Rule::Seniors, seniors));
        }
        for row in &problem.teams {
            let team = row.id.clone();
            rules.push((Rule::Team { team: team.clone() }, vec![Edit::Disband { team }]));
        }
        let mut unpinned = Vec::new();
        for pin in &problem.pins {
            let person = pin.person.clone();
            let edit = Edit::Unpin {
                person: person.clone(),
            };
            rules.push((Rule::Pin { person }, vec![edit.clone()]));
            unpinned.push(edit);
        }
        if unpinned.len() > 1 {
            rules.push((Rule::Pins, unpinned));
        }
        rules
    }
}
