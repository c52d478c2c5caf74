//! A plan as tables for a terminal: summary, score by tier, who goes where, what stays empty and why.

use super::output::table;
use cadre_solver::{Engine, Plan};
use serde::Serialize;

/// The plan's tables.
pub(super) fn text(plan: &Plan, engine: Engine) -> String {
    let mut text = summary(plan, engine) + "\n" + &score(plan);
    if !plan.assignments.is_empty() {
        text += &("\n".to_owned() + &assignments(plan));
    }
    if !plan.unmet.is_empty() {
        text += &("\n".to_owned() + &unmet(plan));
    }
    text
}

fn summary(plan: &Plan, engine: Engine) -> String {
    let counts = plan.counts;
    let proof = if plan.optimal {
        "the best there is, in every tier"
    } else {
        "not proven to be the best"
    };
    let engine = match engine {
        Engine::Network => "network core, in whole numbers",
        Engine::General => "general model, recomputed in whole numbers",
    };
    let filled = plan.assignments.len();
    table(
        &[],
        [
            ["plan", proof],
            ["engine", engine],
            ["seats", &format!("{filled} of {} filled", counts.seats)],
            ["needs", &counts.needs.to_string()],
            [
                "people",
                &format!("{}, in {} eligible pairs", counts.people, counts.eligible_pairs),
            ],
            ["seed", &plan.seed.to_string()],
        ],
    )
}

fn score(plan: &Plan) -> String {
    let rows = plan.score.iter().map(|score| {
        [
            word(&score.tier),
            score.value.to_string(),
            score.bound.to_string(),
            word(&score.proof),
        ]
    });
    table(&["TIER", "VALUE", "AT BEST", "PROOF"], rows)
}

fn assignments(plan: &Plan) -> String {
    let rows = plan.assignments.iter().map(|assignment| {
        [
            assignment.unit.to_string(),
            assignment.need.to_string(),
            assignment.person.to_string(),
            assignment.travel_minutes.to_string(),
            assignment.fit.score.to_string(),
            if assignment.pinned { "pinned" } else { "" }.to_owned(),
        ]
    });
    table(&["UNIT", "NEED", "PERSON", "MINUTES", "FIT", ""], rows)
}

fn unmet(plan: &Plan) -> String {
    let rows = plan.unmet.iter().map(|unmet| {
        let reasons = unmet
            .reasons
            .iter()
            .map(|(reason, people)| format!("{} {people}", word(reason)));
        let reasons: Vec<_> = reasons.collect();
        [
            unmet.unit.to_string(),
            unmet.need.to_string(),
            unmet.field.to_string(),
            word(&unmet.priority),
            format!("{} of {}", unmet.missing, unmet.requested),
            unmet.have_field.to_string(),
            unmet.eligible.to_string(),
            reasons.join(", "),
        ]
    });
    let header = [
        "UNIT",
        "NEED",
        "FIELD",
        "PRIORITY",
        "EMPTY",
        "HAVE FIELD",
        "ELIGIBLE",
        "STOPPED BY",
    ];
    table(&header, rows)
}

/// A word of the solver's vocabulary, as its JSON writes it.
pub(super) fn word(word: &impl Serialize) -> String {
    match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    }
}
