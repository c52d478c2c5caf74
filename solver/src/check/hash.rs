//! The plan names the problem it answers: the problem's hash, worked out again from its text.
//!
//! `fingerprint` takes apart a tree of typed values; this reads the document as text, byte by byte.

use super::{Finding, Findings};
use crate::plan::Plan;
use crate::problem::{Problem, TravelMatrix};
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;

/// Checks the hash that the plan names.
pub(super) fn check(problem: &Problem, plan: &Plan, findings: &mut Findings) {
    // a problem is always JSON; should it ever not be, the hash of nothing will not agree
    let json = serde_json::to_string(problem).unwrap_or_default();
    let matrix = problem
        .policy
        .travel
        .matrix
        .as_ref()
        .map(matrix)
        .unwrap_or_default();
    let canonical = Scanner {
        rest: &json,
        matrix: &matrix,
    }
    .value(false);
    let mut hash = String::new();
    for byte in Sha256::digest(canonical) {
        hash += &format!("{byte:02x}");
    }
    findings.expect(
        Finding::WrongProblem,
        "/problem_hash",
        &plan.problem_hash.to_string(),
        &hash,
    );
}

/// Reads JSON without white space off the front of a text.
struct Scanner<'t> {
    rest: &'t str,
    /// What stands for the travel matrix.
    matrix: &'t str,
}

impl<'t> Scanner<'t> {
    /// The next value in canonical form; lists stay as they are where `keep` says so.
    fn value(&mut self, keep: bool) -> String {
        match self.rest.as_bytes().first() {
            Some(b'{') => {
                let mut members = self.between('}', |scanner| {
                    let key = scanner.string();
                    scanner.skip(1);
                    let mut value = scanner.value(matches!(key, "\"preferences\"" | "\"minutes\""));
                    if key == "\"matrix\"" {
                        scanner.matrix.clone_into(&mut value);
                    }
                    (key, value)
                });
                members.sort();
                let told = members
                    .iter()
                    .filter(|(_, value)| !["null", "[]"].contains(&value.as_str()));
                let told: Vec<_> = told.map(|(key, value)| format!("{key}:{value}")).collect();
                "{".to_owned() + &told.join(",") + "}"
            }
            Some(b'[') => {
                let mut items = self.between(']', |scanner| scanner.value(keep));
                if !keep {
                    items.sort();
                }
                "[".to_owned() + &items.join(",") + "]"
            }
            Some(b'"') => self.string().to_owned(),
            _ => {
                let end = self.rest.find([',', ']', '}']).unwrap_or(self.rest.len());
                self.skip(end).to_owned()
            }
        }
    }

    /// What stands between the bracket at the front and the one that closes it.
    fn between<T>(&mut self, close: char, mut next: impl FnMut(&mut Self) -> T) -> Vec<T> {
        self.skip(1);
        let mut found = Vec::new();
        while !self.rest.is_empty() && !self.rest.starts_with(close) {
            found.push(next(self));
            if self.rest.starts_with(',') {
                self.skip(1);
            }
        }
        self.skip(1);
        found
    }

    /// The string at the front, with its quotes.
    fn string(&mut self) -> &'t str {
        let mut escaped = true; // the opening quote does not close
        let end = self.rest.bytes().position(|byte| {
            let closes = byte == b'"' && !escaped;
            escaped = byte == b'\\' && !escaped;
            closes
        });
        self.skip(end.map_or(self.rest.len(), |end| end + 1))
    }

    fn skip(&mut self, bytes: usize) -> &'t str {
        let (read, rest) = self.rest.split_at_checked(bytes).unwrap_or((self.rest, ""));
        self.rest = rest;
        read
    }
}

/// A travel matrix as a table by person and unit, which is in order by itself.
fn matrix(matrix: &TravelMatrix) -> String {
    let quoted = |text: &str| serde_json::Value::from(text).to_string();
    let units: Vec<String> = matrix.units.iter().map(|unit| quoted(unit.as_str())).collect();
    let rows: BTreeMap<String, BTreeMap<&String, String>> = (matrix.people.iter())
        .zip(&matrix.minutes)
        .map(|(person, row)| {
            let cells = row
                .iter()
                .map(|cell| cell.map_or("null".to_owned(), |minutes| minutes.to_string()));
            (quoted(person.as_str()), units.iter().zip(cells).collect())
        })
        .collect();
    let minutes: Vec<String> = (rows.values())
        .map(|row| {
            format!(
                "[{}]",
                row.values().map(String::as_str).collect::<Vec<_>>().join(",")
            )
        })
        .collect();
    let people: Vec<String> = rows.into_keys().collect();
    let mut units = units;
    units.sort();
    let parts = [("minutes", minutes), ("people", people), ("units", units)];
    let told = parts.iter().filter(|(_, items)| !items.is_empty());
    let told: Vec<_> = told
        .map(|(key, items)| format!("\"{key}\":[{}]", items.join(",")))
        .collect();
    format!("{{{}}}", told.join(","))
}

#[cfg(test)]
mod tests {
    use super::check;
    use crate::check::Findings;
    use crate::support::{land_people, need, solved};
    use crate::{TravelMatrix, problem_hash};

    #[test]
    fn quotes_brackets_and_backslashes_in_ids_are_text() {
        let odd = ["a\\", "a\"]", "a!", "a", "{,}", "Đ\u{1}", "preferences"];
        let mut problem = land_people(odd.len(), odd.len());
        for (nth, id) in odd.iter().enumerate() {
            problem.people[nth].id = (*id).into();
            problem.units[nth].id = (*id).into();
            problem.people[nth].preferences = vec![odd[0].into(), (*id).into()];
            problem.people[nth].preferences.truncate(1 + nth.min(1));
        }
        problem.needs = vec![need("\\\"", odd[1], "land", 2)];
        problem.policy.travel.matrix = Some(TravelMatrix {
            people: odd.map(Into::into).to_vec(),
            units: odd[..2].iter().map(|&id| id.into()).collect(),
            minutes: (0..7).map(|row| vec![Some(row), None]).collect(),
        });
        let mut findings = Findings::default();
        check(&problem, &solved(&problem), &mut findings);
        assert_eq!(findings.0, []);
        let mut other = problem.clone();
        other.policy.travel.matrix = None;
        assert_ne!(problem_hash(&other), problem_hash(&problem));
        let mut plan = solved(&problem);
        plan.problem_hash = problem_hash(&other);
        check(&problem, &plan, &mut findings);
        assert_eq!(findings.0.len(), 1);
    }
}
