//! Random small problems: every rule and every tier has a say in a good part of them.

use crate::support;
use cadre_solver::explain::Rule;
use cadre_solver::{
    Absence, Balance, Bar, BaseAssignment, Category, Department, Mode, Need, Person, Policy, Priority,
    PriorityWeights, Problem, Prohibition, Reason, Skill, Together, TravelMatrix, Unit, Waiver,
};
use chrono::{NaiveDate, TimeDelta};
use proptest::collection::vec;
use proptest::option::weighted;
use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed};

/// So many cases, or more if `PROPTEST_CASES` says so; the same on every run.
pub fn config(cases: u32) -> Config {
    Config {
        cases: Config::default().cases.max(cases),
        rng_seed: RngSeed::Fixed(20_260_801),
        failure_persistence: None,
        ..Config::default()
    }
}

const FIELDS: [&str; 2] = ["land", "it"];
const LANGUAGES: [&str; 2] = ["mnong", "koho"];

/// Up to 5 people, 4 needs, 3 units and 2 departments, without pins, with any rules.
pub fn problems() -> impl Strategy<Value = Problem> {
    networks().prop_flat_map(|problem| {
        let (people, needs) = (problem.people.len(), problem.needs.len());
        let (units, base) = (problem.units.len(), problem.base.len());
        let parts = (
            vec(0..4_u8, units),
            vec(weighted(0.8, 1..=4_u8), needs),
            (weighted(0.6, 0..3_u32), weighted(0.6, 0..3_u32)),
            0..120_u64,
            0..=base,
            (
                Just((0..people).collect::<Vec<_>>()).prop_shuffle(),
                2..4_usize,
                any::<bool>(),
            ),
            [0.3, 0.5, 0.3, 0.4, 0.5, 0.3].map(prop::bool::weighted),
        );
        (Just(problem), parts).prop_map(with_breaking)
    })
}

type Breaking = (
    Vec<u8>,
    Vec<Option<u8>>,
    (Option<u32>, Option<u32>),
    u64,
    usize,
    (Vec<usize>, usize, bool),
    [bool; 6],
);

/// Each of the rules that break the network is there in some problems and absent from others.
fn with_breaking((mut problem, parts): (Problem, Breaking)) -> Problem {
    let (speakers, seniors, caps, minutes, changes, (order, size, couple), there) = parts;
    let [speak, senior, field, travel, change, together] = there;
    for (unit, set) in problem.units.iter_mut().zip(speakers).filter(|_| speak) {
        unit.speaker = spoken(set);
    }
    for (need, from) in problem.needs.iter_mut().zip(seniors).filter(|_| senior) {
        need.senior_from = from;
    }
    if field {
        problem.policy.field_caps = (FIELDS.into_iter().zip([caps.0, caps.1]))
            .filter_map(|(field, cap)| Some((field.into(), cap?)))
            .collect();
    }
    problem.policy.travel_budget_minutes = travel.then_some(minutes);
    if change && !problem.base.is_empty() {
        problem.policy.change_budget = u32::try_from(changes).ok();
    }
    if together {
        let ids: Vec<&str> = order.iter().map(|&at| problem.people[at].id.as_str()).collect();
        let kinds = if couple {
            [Together::SameUnit, Together::AllOrNone]
        } else {
            [Together::AllOrNone, Together::SameUnit]
        };
        problem.teams = (ids.chunks(size).zip(kinds).enumerate())
            .filter(|(_, (members, _))| members.len() > 1)
            .map(|(at, (members, kind))| support::team(&format!("t{at}"), members, kind))
            .collect();
    }
    problem
}

/// A problem without one of the breaking rules that it has, for each.
pub fn without_each_rule(problem: &Problem) -> Vec<(&'static str, Problem)> {
    let without = |rule: &'static str| {
        let mut less = problem.clone();
        match rule {
            "speaker" => less.units.iter_mut().for_each(|unit| unit.speaker.clear()),
            "senior" => less.needs.iter_mut().for_each(|need| need.senior_from = None),
            "field_cap" => less.policy.field_caps.clear(),
            "travel_budget" => less.policy.travel_budget_minutes = None,
            "change_budget" => less.policy.change_budget = None,
            "couples" => less.teams.retain(|team| team.together != Together::SameUnit),
            _ => less.teams.retain(|team| team.together != Together::AllOrNone),
        }
        (rule, less)
    };
    let budgets = ["field_cap", "travel_budget", "change_budget"];
    (["speaker", "senior", "couples", "teams"]
        .into_iter()
        .chain(budgets))
    .map(without)
    .filter(|(_, less)| less != problem)
    .collect()
}

/// A problem with none of the rules that a policy chooses but those listed.
pub fn only_rules(problem: &Problem, rules: &[Rule]) -> Problem {
    let mut less = problem.clone();
    let kept = |rule: Rule| rules.contains(&rule);
    let capped = less.policy.unit_cap.take();
    for unit in &mut less.units {
        let id = unit.id.clone();
        unit.cap = unit
            .cap
            .or(capped)
            .filter(|_| kept(Rule::UnitCap { unit: id.clone() }));
        if !kept(Rule::Speakers { unit: id }) {
            unit.speaker.clear();
        }
    }
    if !kept(Rule::Seniors) {
        less.needs.iter_mut().for_each(|need| need.senior_from = None);
    }
    less.teams.retain(|team| {
        kept(Rule::Team {
            team: team.id.clone(),
        })
    });
    let policy = &mut less.policy;
    policy
        .field_caps
        .retain(|field, _| kept(Rule::FieldCap { field: field.clone() }));
    policy.travel_budget_minutes = policy.travel_budget_minutes.filter(|_| kept(Rule::TravelBudget));
    policy.change_budget = policy.change_budget.filter(|_| kept(Rule::ChangeBudget));
    policy.max_secondments = policy.max_secondments.filter(|_| kept(Rule::MaxSecondments));
    for row in &mut less.departments {
        let department = row.id.clone();
        row.release_cap = row.release_cap.filter(|_| {
            kept(Rule::ReleaseCap {
                department: department.clone(),
            })
        });
        row.field_floors.retain(|field, _| {
            kept(Rule::FieldFloor {
                department: department.clone(),
                field: field.clone(),
            })
        });
    }
    less
}

/// Up to 5 people, 4 needs, 3 units and 2 departments, without pins, all rules a network's.
pub fn networks() -> impl Strategy<Value = Problem> {
    (1..=5_usize, 1..=4_usize, 1..=3_usize).prop_flat_map(|(people, needs, units)| {
        (
            vec(person_parts(units), people),
            vec(need_parts(units), needs),
            vec((weighted(0.4, 0..4_u32), any::<bool>()), units),
            vec(department_parts(), 2),
            vec((0..people, 0..needs, any::<bool>()), 0..3),
            vec(
                vec(
                    prop_oneof![5 => 0..120_u32, 5 => 0..6_u32, 1 => 0..600_u32],
                    units,
                ),
                people,
            ),
            policy_parts(),
        )
            .prop_map(assemble)
            .prop_flat_map(move |problem| {
                (Just(problem), extra_parts(people, needs, units)).prop_map(with_extras)
            })
    })
}

/// What a person carries and wishes, what a unit asks of people, and what was planned before.
type Extras = (
    Vec<(u32, u32, Vec<usize>)>,
    Vec<(u8, Vec<usize>)>,
    Vec<Option<(usize, bool)>>,
    Option<u32>,
    Vec<(usize, usize, usize)>,
    [bool; 3],
);

fn extra_parts(people: usize, needs: usize, units: usize) -> impl Strategy<Value = Extras> {
    (
        vec((0..3_u32, 0..3_u32, vec(0..units, 0..3)), people),
        vec((0..=4_u8, vec(0..people, 0..2)), units),
        vec(weighted(0.6, (0..needs, any::<bool>())), people),
        weighted(0.3, prop_oneof![0..=100_u32, Just(100), Just(90)]),
        vec((0..people, 0..needs, 0..Reason::WAIVABLE.len()), 0..3),
        [0.4, 0.4, 0.4].map(prop::bool::weighted),
    )
}

/// Each of burden, wishes and a base plan is there in some problems and absent from others.
fn with_extras((mut problem, (people, units, base, floor, waivers, there)): (Problem, Extras)) -> Problem {
    let [burden, wishes, planned] = there;
    let unit_ids: Vec<_> = problem.units.iter().map(|unit| unit.id.clone()).collect();
    let person_ids: Vec<_> = problem.people.iter().map(|person| person.id.clone()).collect();
    for (person, (past, hardship, wished)) in problem.people.iter_mut().zip(people) {
        if burden {
            (person.past_secondments, person.hardship_so_far) = (past, hardship);
        }
        if wishes {
            for unit in wished {
                if !person.preferences.contains(&unit_ids[unit]) {
                    person.preferences.push(unit_ids[unit].clone());
                }
            }
        }
    }
    for (unit, (hardship, welcome)) in problem.units.iter_mut().zip(units) {
        if burden {
            unit.hardship = hardship;
        }
        if wishes {
            for person in welcome {
                if !unit.acceptable.contains(&person_ids[person]) {
                    unit.acceptable.push(person_ids[person].clone());
                }
            }
        }
    }
    for (person, need, reason) in waivers {
        let waiver = Waiver {
            person: person_ids[person].clone(),
            need: problem.needs[need].id.clone(),
            reason: Reason::WAIVABLE[reason],
        };
        if !problem.waivers.contains(&waiver) {
            problem.waivers.push(waiver);
        }
    }
    if let Some(percent) = floor {
        problem.policy.mode = Mode::ConstrainedPriority;
        problem.policy.quality_floor_percent = percent;
    }
    if planned {
        problem.base = (base.into_iter().zip(&person_ids))
            .filter_map(|(line, person)| {
                let (need, announced) = line?;
                Some(BaseAssignment {
                    announced,
                    ..support::base(person.as_str(), problem.needs[need].id.as_str())
                })
            })
            .collect();
    }
    problem
}

type PersonParts = (
    usize,
    usize,
    Vec<Option<(u8, bool, Option<u8>, Option<i64>)>>,
    u8,
    [bool; 8],
    usize,
);
type NeedParts = (usize, usize, u32, u8, u8, u8, Priority, bool);
type PolicyParts = (
    Option<u32>,
    Option<u32>,
    Option<u32>,
    bool,
    Balance,
    [u32; 4],
    Vec<u32>,
    u32,
);
type Parts = (
    Vec<PersonParts>,
    Vec<NeedParts>,
    Vec<(Option<u32>, bool)>,
    Vec<(Option<u32>, Option<u32>)>,
    Vec<(usize, usize, bool)>,
    Vec<Vec<u32>>,
    PolicyParts,
);

fn person_parts(units: usize) -> impl Strategy<Value = PersonParts> {
    let years = weighted(0.7, 0..12_u8);
    let days_since = weighted(0.5, -100..2_200_i64);
    let skill = weighted(0.75, (0..=4_u8, any::<bool>(), years, days_since));
    // away, barred, just back, volunteer, support, armed, in conflict, none of these
    let rare = [0.06, 0.06, 0.08, 0.3, 0.15, 0.03, 0.1, 0.5].map(prop::bool::weighted);
    (0..2_usize, 0..2_usize, vec(skill, 2), 0..4_u8, rare, 0..units)
}

fn need_parts(units: usize) -> impl Strategy<Value = NeedParts> {
    let priority = prop_oneof![
        Just(Priority::Critical),
        Just(Priority::High),
        Just(Priority::Normal),
        Just(Priority::Low)
    ];
    let mandatory = prop_oneof![5 => Just(0_u8), 1 => 1..4_u8];
    (
        0..units,
        0..2_usize,
        1..=3_u32,
        0..=3_u8,
        mandatory,
        0..4_u8,
        priority,
        any::<bool>(),
    )
}

fn department_parts() -> impl Strategy<Value = (Option<u32>, Option<u32>)> {
    (weighted(0.4, 0..4_u32), weighted(0.3, 0..3_u32))
}

fn policy_parts() -> impl Strategy<Value = PolicyParts> {
    (
        weighted(0.2, 0..5_u32),
        weighted(0.3, 1..4_u32),
        weighted(0.3, 20..120_u32),
        any::<bool>(),
        prop_oneof![3 => Just(Balance::Leximin), 1 => Just(Balance::MaxMin), 1 => Just(Balance::Off)],
        [0..9_u32, 0..9_u32, 0..9_u32, 0..9_u32],
        vec(1..4_u32, 10),
        1..30_u32,
    )
}

fn assemble((people, needs, units, departments, prohibitions, minutes, policy): Parts) -> Problem {
    let mut problem = support::problem();
    problem.units = (units.into_iter().enumerate())
        .map(|(at, (cap, housing))| Unit {
            cap,
            housing,
            ..support::unit(&format!("u{at}"))
        })
        .collect();
    problem.departments = (departments.into_iter().enumerate())
        .map(|(at, (release_cap, floor))| Department {
            release_cap,
            field_floors: floor
                .map(|floor| (FIELDS[at].into(), floor))
                .into_iter()
                .collect(),
            ..support::department(&format!("d{at}"))
        })
        .collect();
    problem.people = people
        .into_iter()
        .enumerate()
        .map(|(at, parts)| person(at, parts))
        .collect();
    problem.needs = needs
        .into_iter()
        .enumerate()
        .map(|(at, parts)| need(at, parts))
        .collect();
    problem.prohibitions = (prohibitions.into_iter())
        .map(|(person, need, whole_unit)| {
            let need = &problem.needs[need];
            Prohibition {
                person: problem.people[person].id.clone(),
                need: (!whole_unit).then(|| need.id.clone()),
                unit: whole_unit.then(|| need.unit.clone()),
            }
        })
        .collect();
    problem.policy = self::policy(policy);
    problem.policy.travel.matrix = Some(TravelMatrix {
        people: problem.people.iter().map(|row| row.id.clone()).collect(),
        units: problem.units.iter().map(|row| row.id.clone()).collect(),
        minutes: (minutes.into_iter())
            .map(|row| row.into_iter().map(Some).collect())
            .collect(),
    });
    problem
}

fn person(at: usize, (department, primary, skills, languages, flags, unit): PersonParts) -> Person {
    let [away, barred, back, volunteer, support, armed, conflict, _] = flags;
    let day = |text: &str| text.parse::<NaiveDate>().unwrap();
    Person {
        department: format!("d{department}").into(),
        category: match (support, armed) {
            (_, true) => Category::ArmedForces,
            (true, false) => Category::Support,
            (false, false) => Category::PublicEmployee,
        },
        skills: (skills.into_iter().zip(FIELDS))
            .filter_map(|(skill, field)| {
                let (level, verified, years, days_since) = skill?;
                Some(Skill {
                    verified,
                    years,
                    last_worked: days_since.map(|days| day("2026-08-01") - TimeDelta::days(days)),
                    ..support::skill(field, level)
                })
            })
            .collect(),
        languages: spoken(languages),
        unavailable: if away {
            vec![Absence {
                from: day("2026-10-31"),
                to: day("2026-11-30"),
                reason: "leave".into(),
            }]
        } else {
            Vec::new()
        },
        bars: if barred {
            vec![Bar {
                code: "bar".into(),
                until: None,
            }]
        } else {
            Vec::new()
        },
        last_secondment_end: back.then(|| day("2026-07-01")),
        volunteer,
        conflicts: if conflict {
            vec![format!("u{unit}").into()]
        } else {
            Vec::new()
        },
        ..support::person(&format!("p{at}"), FIELDS[primary])
    }
}

fn need(at: usize, parts: NeedParts) -> Need {
    let (unit, field, headcount, min_level, languages, preferred, priority, authority_seat) = parts;
    Need {
        min_level,
        languages: spoken(languages),
        preferred_languages: spoken(preferred),
        priority,
        authority_seat,
        ..support::need(&format!("n{at}"), &format!("u{unit}"), FIELDS[field], headcount)
    }
}

fn policy(parts: PolicyParts) -> Policy {
    let (max_secondments, unit_cap, limit_minutes, exceed, balance, priorities, weights, bucket) = parts;
    let [critical, high, normal, low] = priorities;
    let mut policy = Policy {
        max_secondments,
        unit_cap,
        balance,
        priority_weights: PriorityWeights {
            critical,
            high,
            normal,
            low,
        },
        weights: (cadre_solver::weighable_terms().zip(weights))
            .map(|((id, _), weight)| (id.to_owned(), weight))
            .collect(),
        ..Policy::default()
    };
    policy.travel.limit_minutes = limit_minutes;
    policy.travel.volunteers_exceed_limit = exceed;
    policy.travel.bucket_minutes = bucket;
    policy
}

/// The languages of a two-bit set.
fn spoken(set: u8) -> Vec<String> {
    (LANGUAGES.iter().enumerate())
        .filter(|(bit, _)| set >> bit & 1 == 1)
        .map(|(_, code)| (*code).to_owned())
        .collect()
}
