//! What HR asks of a plan before proposing it: about one seat that stays empty, and about one person.

use super::client::Client;
use crate::error::{Error, Result};
use serde_json::Value;
use std::cmp::Reverse;

/// Of how many people HR asks why they are not sent there.
const PEOPLE: usize = 12;

/// The answers, in lines.
pub struct Answers {
    /// Why a seat stays empty, and what would fill it.
    pub certificate: Vec<String>,
    /// Why somebody who serves elsewhere is not sent there: the shortest chain of moves among those asked about.
    pub why_not: Vec<String>,
}

/// Asks about the empty seat that the most people could take, and about those who fit best elsewhere in its field.
pub(super) fn ask(hr: &Client, plan: &Value, unmet: &[Value]) -> Result<Answers> {
    let (plan, round) = (text(&plan["id"]), text(&plan["round"]));
    let seat = (unmet.iter())
        .max_by_key(|row| (row["eligible"].as_i64(), Reverse(text(&row["need"]))))
        .ok_or_else(|| Error::internal("every seat is filled, the story needs an empty one"))?;
    let (need, field) = (text(&seat["need"]), text(&seat["field"]));
    let certificate = hr.get(&format!("/plans/{plan}/unmet-needs/{need}/certificate"))?;
    let alike = hr.all(&format!("/needs?round={round}&field={field}"))?;
    let mut people = hr.all(&format!("/plans/{plan}/assignments"))?;
    people.retain(|row| alike.iter().any(|need| need["id"] == row["need"]));
    people.sort_by_key(|row| (Reverse(row["fit"].as_i64()), text(&row["id"])));
    let mut chains = Vec::new();
    for person in people.iter().take(PEOPLE) {
        let staff = text(&person["staff"]);
        let answer = hr.get(&format!("/plans/{plan}/explanations?staff={staff}&need={need}"))?;
        if let Some(moves) = answer.json["chain"]["moves"].as_array() {
            chains.push((moves.len(), lines(&answer.json)));
        }
    }
    let shortest = chains.into_iter().min_by_key(|(moves, _)| *moves);
    let (_, why_not) = shortest
        .ok_or_else(|| Error::internal("the story needs somebody who may serve at the empty seat"))?;
    Ok(Answers {
        certificate: lines(&certificate.json),
        why_not,
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn lines(answer: &Value) -> Vec<String> {
    let lines = answer["text"].as_array().into_iter().flatten();
    lines.map(text).collect()
}
