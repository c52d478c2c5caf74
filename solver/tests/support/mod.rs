//! Small problems in few words, for the tests beside the code and those in `tests/`.
//!
//! Everyone is in department `home`, lives where the unit is, speaks nothing in particular and has
//! level 2; a test changes only what it is about.
#![allow(
    dead_code,
    clippy::allow_attributes,
    clippy::expect_used,
    clippy::panic,
    clippy::unwrap_used,
    reason = "every test binary uses a part of this module, and a helper that fails fails its test"
)]

use cadre_solver::explain::Rule;
use cadre_solver::{
    Assignment, BaseAssignment, Category, Contradiction, Department, Engine, FORMAT, Field, Fit, Instance,
    Invalid, Need, Outcome, Person, Pin, Plan, Policy, Priority, Problem, Settings, Skill, Team, Term,
    Together, Unit, check, solve,
};

/// A problem of 92 days with fields `land` and `it`, department `home`, and nobody in it.
pub fn problem() -> Problem {
    Problem {
        format: FORMAT.to_owned(),
        title: None,
        term: Term {
            start: "2026-08-01".parse().unwrap(),
            end: "2026-10-31".parse().unwrap(),
        },
        fields: ["land", "it"].map(|id| Field { id: id.into() }).to_vec(),
        departments: vec![department("home")],
        units: Vec::new(),
        people: Vec::new(),
        needs: Vec::new(),
        pins: Vec::new(),
        prohibitions: Vec::new(),
        waivers: Vec::new(),
        base: Vec::new(),
        teams: Vec::new(),
        policy: Policy::default(),
    }
}

pub fn department(id: &str) -> Department {
    Department {
        id: id.into(),
        release_cap: None,
        field_floors: [].into(),
    }
}

pub fn unit(id: &str) -> Unit {
    Unit {
        id: id.into(),
        lat: 11.94,
        lon: 108.44,
        cap: None,
        housing: false,
        hardship: 0,
        acceptable: Vec::new(),
        speaker: Vec::new(),
    }
}

/// Someone of level 2 in one field, which is also the primary one.
pub fn person(id: &str, field: &str) -> Person {
    Person {
        id: id.into(),
        department: "home".into(),
        category: Category::CivilServant,
        primary_field: field.into(),
        lat: 11.94,
        lon: 108.44,
        skills: vec![skill(field, 2)],
        languages: Vec::new(),
        unavailable: Vec::new(),
        bars: Vec::new(),
        last_secondment_end: None,
        volunteer: false,
        conflicts: Vec::new(),
        past_secondments: 0,
        hardship_so_far: 0,
        preferences: Vec::new(),
    }
}

pub fn skill(field: &str, level: u8) -> Skill {
    Skill {
        field: field.into(),
        level,
        verified: false,
        years: None,
        last_worked: None,
    }
}

/// A need of normal priority that any level serves.
pub fn need(id: &str, unit: &str, field: &str, headcount: u32) -> Need {
    Need {
        id: id.into(),
        unit: unit.into(),
        field: field.into(),
        headcount,
        min_level: 0,
        languages: Vec::new(),
        preferred_languages: Vec::new(),
        priority: Priority::Normal,
        authority_seat: false,
        senior_from: None,
    }
}

pub fn pin(person: &str, need: &str) -> Pin {
    Pin {
        person: person.into(),
        need: need.into(),
    }
}

/// A line of a base plan that nobody was told of yet.
pub fn base(person: &str, need: &str) -> BaseAssignment {
    BaseAssignment {
        person: person.into(),
        need: need.into(),
        announced: false,
    }
}

pub fn team(id: &str, members: &[&str], together: Together) -> Team {
    Team {
        id: id.into(),
        members: members.iter().map(|&member| member.into()).collect(),
        together,
    }
}

/// Adds units `u1…`, land people `p1…` and nothing else.
pub fn land_people(units: usize, people: usize) -> Problem {
    let mut problem = problem();
    problem.units = (1..=units).map(|nth| unit(&format!("u{nth}"))).collect();
    problem.people = (1..=people)
        .map(|nth| person(&format!("p{nth}"), "land"))
        .collect();
    problem
}

/// A plan of just these pairs, whatever else would be better. Its score is empty, as nobody worked
/// one out, so the checker would not agree.
pub fn plan_of(instance: &Instance, pairs: &[(&str, &str)]) -> Plan {
    let problem = instance.problem();
    let pinned = Problem {
        pins: pairs.iter().map(|(person, need)| pin(person, need)).collect(),
        ..problem.clone()
    };
    let plan_with_fit = pinned.compile().ok().map(|instance| {
        let outcome = solve(&instance, &Settings::default(), &mut |_| {});
        outcome.plan().expect("a problem this small is solved").clone()
    });
    let assignments = pairs.iter().map(|&(person, need)| {
        let known = plan_with_fit.iter().flat_map(|plan| &plan.assignments);
        let known = known
            .into_iter()
            .find(|row| row.person.as_str() == person)
            .cloned();
        let unit = problem
            .needs
            .iter()
            .find(|row| row.id.as_str() == need)
            .map(|row| row.unit.clone());
        known.unwrap_or_else(|| Assignment {
            person: person.into(),
            need: need.into(),
            unit: unit.unwrap_or_else(|| "gone".into()),
            travel_minutes: 0,
            pinned: false,
            fit: Fit {
                score: 0,
                parts: [].into(),
            },
        })
    });
    Plan {
        assignments: assignments.collect(),
        ..solved(&self::problem())
    }
}

/// Solves to proven optimality and has the checker agree; anything else fails the test.
pub fn solved(problem: &Problem) -> Plan {
    solved_by(problem).0
}

/// A problem whose answer the network core gives.
pub fn network(problem: &Problem) -> Plan {
    let (plan, engine) = solved_by(problem);
    assert_eq!(engine, Engine::Network);
    plan
}

/// A problem that takes the general model.
pub fn general(problem: &Problem) -> Plan {
    let (plan, engine) = solved_by(problem);
    assert_eq!(engine, Engine::General);
    plan
}

/// What a problem without any plan contradicts itself in, one line each: pins and rules, as in
/// `p1→n1, team t1`.
pub fn infeasible(problem: &Problem) -> Vec<String> {
    let instance = problem.clone().compile().expect("no fault");
    let outcome = solve(&instance, &Settings::default(), &mut |_| {});
    let Outcome::Infeasible { contradictions, .. } = outcome else {
        panic!("not infeasible: {outcome:#?}");
    };
    assert!(!contradictions.more, "{contradictions:#?}");
    contradictions.found.iter().map(line).collect()
}

fn line(one: &Contradiction) -> String {
    assert!(one.minimal, "{one:#?}");
    let pins = one.pins.iter().map(|pin| format!("{}→{}", pin.person, pin.need));
    let rules = one.rules.iter().map(|rule| match rule {
        Rule::Team { team } => format!("team {team}"),
        Rule::Speakers { unit } => format!("speakers {unit}"),
        Rule::UnitCap { unit } => format!("unit_cap {unit}"),
        other => serde_json::to_value(other).unwrap()["rule"]
            .as_str()
            .unwrap()
            .to_owned(),
    });
    pins.chain(rules).collect::<Vec<_>>().join(", ")
}

/// Solves to proven optimality.
pub fn solved_by(problem: &Problem) -> (Plan, Engine) {
    let instance = problem
        .clone()
        .compile()
        .unwrap_or_else(|invalid| panic!("{invalid}"));
    let outcome = solve(&instance, &Settings::default(), &mut |_| {});
    let Outcome::Solved { plan, engine, .. } = outcome else {
        panic!("not solved: {outcome:#?}");
    };
    check(&instance, &plan).unwrap_or_else(|findings| panic!("{findings:#?}"));
    (plan, engine)
}

/// The faults of a problem that must have some.
pub fn faults(problem: &Problem) -> Invalid {
    problem.clone().compile().expect_err("the problem has a fault")
}

/// «p1→n1 p2→n1», in the plan's order.
pub fn pairs(plan: &Plan) -> String {
    let pairs: Vec<_> = (plan.assignments.iter())
        .map(|row| format!("{}→{}", row.person, row.need))
        .collect();
    pairs.join(" ")
}

/// How many people serve each need, as «n1:2 n2:0».
pub fn filled(problem: &Problem, plan: &Plan) -> String {
    let counts: Vec<_> = (problem.needs.iter())
        .map(|need| {
            let count = plan.assignments.iter().filter(|row| row.need == need.id).count();
            format!("{}:{count}", need.id)
        })
        .collect();
    counts.join(" ")
}
