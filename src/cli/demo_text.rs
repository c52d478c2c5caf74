//! What the demo prints, in the order in which a reader asks: what was played, who goes where, what stayed open and
//! why, and how it was rated.

use super::output::table;
use crate::demo::{Ending, PASSWORD};
use crate::error::Language;
use crate::say;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::iter;

const LABELS: &[(&str, &str)] = &[
    ("critical", "seats of critical needs filled"),
    ("headcount", "seats filled in all"),
    ("changes", "assignments kept as they were"),
    ("balance", "coverage of the units, lowest first"),
    ("priority", "seats filled, weighted by priority"),
    ("fit", "fit of people to needs, weighted"),
    ("burden", "burden on who did not volunteer"),
    ("preference", "wishes of people and communes met"),
    ("travel", "travel, in quarter hours one way"),
    ("tie_break", "published lottery among equals"),
];

/// The solver's reason codes, in words.
const REASONS: &[(&str, &str)] = &[
    ("level_short", "below the level asked"),
    ("legal_bar", "barred by law"),
    ("unavailable_in_term", "away during the term"),
    ("rest_window", "resting from a secondment"),
    ("language", "without the language asked"),
    ("conflict_of_interest", "conflict of interest"),
    ("category", "not in their legal category"),
    ("forbidden_pair", "excluded by HR"),
    ("travel_limit", "too far away"),
];

/// The round's summary and reports.
pub(super) fn text(ending: &Ending, language: Language) -> String {
    let mut text = String::new();
    section(&mut text, "What is real and what is not", WHAT_IS_REAL);
    section(&mut text, "The plan", &plan(ending));
    section(
        &mut text,
        "Seats that stay empty, by field, and why",
        &unmet(ending),
    );
    let answers = &ending.answers;
    for (title, lines) in [
        (
            say!(
                "Asked: why does this seat stay empty?",
                "Hỏi: vì sao vị trí này còn trống?"
            ),
            &answers.certificate,
        ),
        (
            say!(
                "Asked: why is this person not sent there?",
                "Hỏi: vì sao không cử người này đến đó?"
            ),
            &answers.why_not,
        ),
    ] {
        section(&mut text, title.in_language(language), &(lines.join("\n") + "\n"));
    }
    section(
        &mut text,
        "Report coverage: seats filled of seats asked, unit by field",
        &coverage(&ending.reports.coverage),
    );
    section(
        &mut text,
        "Report skill-gap",
        &rows(&ending.reports.skill_gap_rows),
    );
    let summary = &ending.reports.evaluation_summary;
    let note = summary["note"]["en"].as_str().unwrap_or_default();
    let ratings = format!("{}\n{note}\n", rows(&ending.reports.evaluation_rows));
    section(&mut text, "Report evaluation-summary", &ratings);
    text
}

const WHAT_IS_REAL: &str = "\
Real: Lâm Đồng's 124 communes, wards and special zone, its departments and the 14 fields; the programme's dates and its
260 secondments; the published outcome (66 / 189 / 3 / 2), whose totals the ratings below replay; the requests of Nam Đà,
Tân Hà Lâm Hà and Sơn Mỹ as far as the press printed them.
Invented: all 900 people (each name ends in «mẫu», sample), the other needs, and who got which rating (drawn by lot).
";

fn section(text: &mut String, title: &str, body: &str) {
    let line = "─".repeat(title.chars().count());
    // Writing to a String can't fail.
    let _ = write!(text, "\n{title}\n{line}\n{body}");
}

fn plan(ending: &Ending) -> String {
    let result = &ending.plan["result"];
    let number = |key: &str| result[key].as_u64().unwrap_or_default();
    let agrees = ending.verification["agrees"] == true;
    let facts = [
        ["people considered".to_owned(), number("people").to_string()],
        [
            "needs, seats".to_owned(),
            format!("{}, {}", number("needs"), number("seats")),
        ],
        [
            "pairs that no rule forbids".to_owned(),
            number("eligible_pairs").to_string(),
        ],
        [
            "secondments (at most 260)".to_owned(),
            number("filled").to_string(),
        ],
        ["proof".to_owned(), word(&result["proof"])],
        ["solver's engine".to_owned(), word(&result["engine"])],
        [
            "independent checker".to_owned(),
            if agrees {
                "agrees".into()
            } else {
                format!("{}", ending.verification)
            },
        ],
    ];
    let tiers = result["score"].as_array().into_iter().flatten().map(|tier| {
        let name = word(&tier["tier"]);
        let label = in_words(LABELS, &name).to_owned();
        [label, value(&tier["value"]), word(&tier["proof"])]
    });
    format!(
        "{}\n{}",
        table(&[], facts),
        table(&["tier, most important first", "value", "proof"], tiers)
    )
}

/// How many rungs of a ladder are shown.
const RUNGS: usize = 3;

/// A tier's value: a number, a ratio of seats, or how many units have which, from the lowest up.
fn value(value: &Value) -> String {
    if let Some(rungs) = value.as_array() {
        let told = rungs.iter().take(RUNGS).enumerate().map(|(nth, rung)| {
            let noun = if nth == 0 { " units" } else { "" };
            format!(
                "{}{noun} at {}/{}",
                rung["units"], rung["filled"], rung["requested"]
            )
        });
        let more = (rungs.len() > RUNGS).then(|| "…".to_owned());
        return told.chain(more).collect::<Vec<_>>().join(", ");
    }
    match (value["filled"].as_u64(), value["requested"].as_u64()) {
        (Some(filled), Some(requested)) => format!("{filled}/{requested}"),
        _ => value.to_string(),
    }
}

fn in_words<'a>(words: &[(&str, &'a str)], code: &'a str) -> &'a str {
    words
        .iter()
        .find(|(key, _)| *key == code)
        .map_or(code, |(_, word)| word)
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn unmet(ending: &Ending) -> String {
    let mut by_field: BTreeMap<String, (u64, BTreeMap<String, u64>)> = BTreeMap::new();
    for row in &ending.unmet {
        let (missing, reasons) = by_field.entry(word(&row["field"])).or_default();
        *missing += row["missing"].as_u64().unwrap_or_default();
        for (reason, count) in row["reasons"].as_object().into_iter().flatten() {
            let most = reasons.entry(reason.clone()).or_default();
            *most = (*most).max(count.as_u64().unwrap_or_default());
        }
    }
    let mut fields: Vec<_> = by_field.into_iter().collect();
    fields.sort_by_key(|(field, (missing, _))| (std::cmp::Reverse(*missing), field.clone()));
    let lines = fields.into_iter().map(|(field, (missing, reasons))| {
        let mut reasons: Vec<_> = reasons.into_iter().collect();
        reasons.sort_by_key(|(reason, count)| (std::cmp::Reverse(*count), reason.clone()));
        let told: Vec<String> = reasons
            .iter()
            .map(|(reason, count)| format!("{count} {}", in_words(REASONS, reason)))
            .collect();
        [field, missing.to_string(), told.join(", ")]
    });
    table(
        &[
            "field",
            "empty",
            "of those who know the field, stopped at the hardest seat",
        ],
        lines,
    )
}

/// Unit by field as a matrix: `1/2` is one seat filled of two asked.
fn coverage(report: &Value) -> String {
    let fields: Vec<String> = report["fields"]
        .as_array()
        .into_iter()
        .flatten()
        .map(|field| word(&field["field"]["code"]))
        .collect();
    let short = fields.iter().map(|field| match field.get(..7) {
        Some(start) if field.len() > 8 => format!("{start}."),
        _ => field.clone(),
    });
    let header: Vec<String> = iter::once("unit".to_owned())
        .chain(short)
        .chain(["all".to_owned()])
        .collect();
    let header: Vec<&str> = header.iter().map(String::as_str).collect();
    let seats = |seats: &Value| match (seats["filled"].as_u64(), seats["asked"].as_u64()) {
        (Some(0) | None, Some(0) | None) => "·".to_owned(),
        (filled, asked) => format!("{}/{}", filled.unwrap_or_default(), asked.unwrap_or_default()),
    };
    let line = |name: String, of_field: &dyn Fn(&str) -> Value, all: &Value| {
        let mut cells = vec![name];
        cells.extend(fields.iter().map(|field| seats(&of_field(field))));
        cells.push(seats(all));
        cells
    };
    let find = |list: &Value, key: &dyn Fn(&Value) -> bool| {
        list.as_array()
            .into_iter()
            .flatten()
            .find(|row| key(row))
            .map_or(Value::Null, |row| row["seats"].clone())
    };
    let units = report["units"].as_array().into_iter().flatten().map(|unit| {
        line(
            word(&unit["unit"]["name_vi"]),
            &|field| find(&unit["fields"], &|row| row["field"] == field),
            &unit["seats"],
        )
    });
    let total = line(
        "all units".to_owned(),
        &|field| find(&report["fields"], &|row| row["field"]["code"] == field),
        &report["total"],
    );
    table(&header, units.chain([total]))
}

fn rows(rows: &[Vec<String>]) -> String {
    let header: Vec<&str> = rows.first().into_iter().flatten().map(String::as_str).collect();
    table(&header, rows.iter().skip(1))
}

/// How to go on, while the demo serves.
pub(super) fn invitation(base: &str, ending: &Ending) -> String {
    let accounts = table(
        &["login", "who"],
        ending
            .accounts
            .iter()
            .map(|account| [account.login.clone(), account.what.clone()]),
    );
    let round = &ending.round;
    format!(
        "
Serving on {base} until Ctrl-C; the API's documentation is at {base}/docs/
The password of every account is {PASSWORD}

{accounts}
TOKEN=$(curl -s {base}/api/v1/auth/tokens -H 'Content-Type: application/json' -d '{{\"login\":\"leader\",\"password\":\"{PASSWORD}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')
curl -s -H \"Authorization: Bearer $TOKEN\" '{base}/api/v1/reports/evaluation-summary?round={round}'
curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Accept: image/svg+xml' '{base}/api/v1/reports/coverage?round={round}' > coverage.svg
"
    )
}
