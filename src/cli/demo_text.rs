//! What the demo prints, in the order in which a reader asks: what was played, who goes where, what stayed open and
//! why, and how it was rated.

use super::output::table;
use super::plan_table;
use crate::demo::{Ending, PASSWORD};
use crate::error::{Language, Text};
use crate::say;
use serde::de::DeserializeOwned;
use serde_json::Value;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::iter;

/// The tiers, in English; in Vietnamese they are called as everywhere else.
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

/// The solver's reason codes, in the same way.
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

/// What the story and its plan say in English, and the same in Vietnamese.
const PHRASES: &[(&str, &str)] = &[
    ("accounts", "tài khoản"),
    ("staff on the roster", "cán bộ trong danh sách"),
    ("round opened", "mở đợt"),
    ("needs handed in", "nhu cầu đã gửi"),
    ("needs accepted", "nhu cầu được duyệt"),
    ("plan solved", "giải phương án"),
    ("questions answered", "câu hỏi đã trả lời"),
    ("plan approved", "phê duyệt phương án"),
    ("secondments rated", "biệt phái đã đánh giá"),
    ("provincial HR", "cơ quan tổ chức cán bộ của tỉnh"),
    ("approves plans", "phê duyệt phương án"),
    ("reads plans and reports", "xem phương án và báo cáo"),
    ("accounts and catalogues", "tài khoản và danh mục"),
    ("secretary of Nam Đà commune", "bí thư xã Nam Đà"),
    (
        "rates the secondments of 15 units",
        "đánh giá biệt phái của 15 đơn vị",
    ),
    ("optimal", "tối ưu"),
    ("open", "chưa chứng minh"),
];

/// The round's summary and reports.
pub(super) fn text(ending: &Ending, language: Language) -> String {
    let mut text = String::new();
    for (title, body) in sections(ending, language) {
        section(&mut text, title.in_language(language), &body);
    }
    text
}

fn sections(ending: &Ending, language: Language) -> [(Text, String); 8] {
    let (answers, reports) = (&ending.answers, &ending.reports);
    let note = &reports.evaluation_summary["note"][language.tag()];
    [
        (
            say!("What is real and what is not", "Phần có thật và phần giả định"),
            WHAT_IS_REAL.in_language(language).to_owned(),
        ),
        (say!("The plan", "Phương án"), plan(ending, language)),
        (
            say!(
                "Seats that stay empty, by field, and why",
                "Số vị trí còn trống theo lĩnh vực và lý do"
            ),
            unmet(ending, language),
        ),
        (
            say!(
                "Asked: why does this seat stay empty?",
                "Hỏi: vì sao vị trí này còn trống?"
            ),
            answers.certificate.join("\n") + "\n",
        ),
        (
            say!(
                "Asked: why is this person not sent there?",
                "Hỏi: vì sao không cử người này đến đó?"
            ),
            answers.why_not.join("\n") + "\n",
        ),
        (
            say!(
                "Report coverage: seats filled of seats asked, unit by field",
                "Báo cáo coverage: số vị trí được bố trí trên số đề nghị, theo đơn vị và lĩnh vực"
            ),
            coverage(&reports.coverage, language),
        ),
        (
            say!(
                "Report skill-gap",
                "Báo cáo skill-gap: thiếu hụt năng lực theo lĩnh vực"
            ),
            rows(&reports.skill_gap_rows),
        ),
        (
            say!(
                "Report evaluation-summary",
                "Báo cáo evaluation-summary: tổng hợp kết quả đánh giá biệt phái"
            ),
            format!("{}\n{}\n", rows(&reports.evaluation_rows), word(note)),
        ),
    ]
}

const WHAT_IS_REAL: Text = Text::fixed(
    "\
Real: Lâm Đồng's 124 communes, wards and special zone, its departments and the 14 fields; the programme's dates and its
260 secondments; the published outcome (66 / 189 / 3 / 2), whose totals the ratings below replay; the requests of Nam Đà,
Tân Hà Lâm Hà and Sơn Mỹ as far as the press printed them.
Invented: all 900 people (each name ends in «mẫu», sample), the other needs, and who got which rating (drawn by lot).
",
    "\
Có thật: 124 xã, phường, đặc khu của Lâm Đồng, các cơ quan cấp tỉnh và 14 lĩnh vực; thời gian của chương trình và 260
lượt biệt phái; kết quả đã công bố (66 / 189 / 3 / 2), các số tổng trong phần đánh giá dưới đây lặp lại kết quả đó; đề
nghị của Nam Đà, Tân Hà Lâm Hà và Sơn Mỹ trong phạm vi báo chí đã đăng.
Giả định: toàn bộ 900 người (tên nào cũng kết thúc bằng «mẫu»), các nhu cầu khác, và ai nhận kết quả đánh giá nào (bốc
thăm).
",
);

fn section(text: &mut String, title: &str, body: &str) {
    let line = "─".repeat(title.chars().count());
    // Writing to a String can't fail.
    let _ = write!(text, "\n{title}\n{line}\n{body}");
}

fn plan(ending: &Ending, language: Language) -> String {
    let header = match language {
        Language::En => ["tier, most important first", "value", "proof"],
        Language::Vi => ["tiêu chí, quan trọng nhất trước", "giá trị", "chứng minh"],
    };
    let score = ending.plan["result"]["score"].as_array();
    let tiers = score.into_iter().flatten().map(|tier| {
        [
            coded(&tier["tier"], LABELS, plan_table::tier, language),
            value(&tier["value"], language),
            coded(&tier["proof"], &[], plan_table::proof, language),
        ]
    });
    let facts = facts(ending, language);
    format!("{}\n{}", table(&[], facts), table(&header, tiers))
}

fn facts(ending: &Ending, language: Language) -> Vec<[String; 2]> {
    let result = &ending.plan["result"];
    let number = |key: &str| result[key].as_u64().unwrap_or_default();
    let verdict = if ending.verification["agrees"] == true {
        say!("agrees", "đồng ý").in_language(language).to_owned()
    } else {
        ending.verification.to_string()
    };
    let facts = [
        (
            say!("people considered", "số người được xét"),
            number("people").to_string(),
        ),
        (
            say!("needs, seats", "nhu cầu, vị trí"),
            format!("{}, {}", number("needs"), number("seats")),
        ),
        (
            say!("pairs that no rule forbids", "số cặp đủ điều kiện"),
            number("eligible_pairs").to_string(),
        ),
        (
            say!("secondments (at most 260)", "số người biệt phái (tối đa 260)"),
            number("filled").to_string(),
        ),
        (
            say!("proof", "chứng minh"),
            phrase(&word(&result["proof"]), language).to_owned(),
        ),
        (
            say!("solver's engine", "bộ giải"),
            coded(&result["engine"], &[], plan_table::engine, language),
        ),
        (say!("independent checker", "bộ kiểm tra độc lập"), verdict),
    ];
    let told = facts.into_iter();
    told.map(|(name, fact)| [name.in_language(language).to_owned(), fact])
        .collect()
}

/// How many rungs of a ladder are shown.
const RUNGS: usize = 3;

/// A tier's value: a number, a ratio of seats, or how many units have which, from the lowest up.
fn value(value: &Value, language: Language) -> String {
    if let Some(rungs) = value.as_array() {
        let told = rungs.iter().take(RUNGS).enumerate().map(|(nth, rung)| {
            let (units, filled, requested) = (&rung["units"], &rung["filled"], &rung["requested"]);
            let told = if nth == 0 {
                say!(
                    "{units} units at {filled}/{requested}",
                    "{units} đơn vị ở mức {filled}/{requested}"
                )
            } else {
                say!(
                    "{units} at {filled}/{requested}",
                    "{units} ở mức {filled}/{requested}"
                )
            };
            told.in_language(language).to_owned()
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

/// A phrase of the story or its plan in the reader's language.
pub(super) fn phrase(english: &str, language: Language) -> &str {
    match language {
        Language::En => english,
        Language::Vi => in_words(PHRASES, english),
    }
}

/// A code of the solver's: in English by the demo's words for it, in Vietnamese as the tables of plans tell it.
fn coded<T: DeserializeOwned>(
    code: &Value,
    words: &[(&str, &str)],
    told: fn(T) -> Text,
    language: Language,
) -> String {
    match (language, serde_json::from_value::<T>(code.clone())) {
        (Language::Vi, Ok(known)) => told(known).in_language(language).to_owned(),
        _ => in_words(words, &word(code)).to_owned(),
    }
}

fn word(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}

fn unmet(ending: &Ending, language: Language) -> String {
    let header = match language {
        Language::En => [
            "field",
            "empty",
            "of those who know the field, stopped at the hardest seat",
        ],
        Language::Vi => [
            "lĩnh vực",
            "còn trống",
            "trong số người có chuyên môn, vướng mắc ở vị trí khó nhất",
        ],
    };
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
            .into_iter()
            .map(|(reason, count)| {
                let reason = coded(&Value::from(reason), REASONS, plan_table::reason, language);
                format!("{count} {reason}")
            })
            .collect();
        [field, missing.to_string(), told.join(", ")]
    });
    table(&header, lines)
}

/// Unit by field as a matrix: `1/2` is one seat filled of two asked.
fn coverage(report: &Value, language: Language) -> String {
    let [unit, all, all_units] = match language {
        Language::En => ["unit", "all", "all units"],
        Language::Vi => ["đơn vị", "tổng", "tất cả đơn vị"],
    };
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
    let header: Vec<String> = iter::once(unit.to_owned())
        .chain(short)
        .chain([all.to_owned()])
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
        all_units.to_owned(),
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
pub(super) fn invitation(base: &str, ending: &Ending, language: Language) -> String {
    let header = match language {
        Language::En => ["login", "who"],
        Language::Vi => ["tên đăng nhập", "là ai"],
    };
    let accounts = ending.accounts.iter();
    let accounts = table(
        &header,
        accounts.map(|account| [account.login.as_str(), phrase(&account.what, language)]),
    );
    let served = say!(
        "Serving on {base} until Ctrl-C; the API's documentation is at {base}/docs/
The password of every account is {PASSWORD}",
        "Đang chạy tại {base} cho đến khi nhấn Ctrl-C; tài liệu của API ở {base}/docs/
Mật khẩu của mọi tài khoản là {PASSWORD}"
    );
    let (served, round) = (served.in_language(language), &ending.round);
    format!(
        "
{served}

{accounts}
TOKEN=$(curl -s {base}/api/v1/auth/tokens -H 'Content-Type: application/json' -d '{{\"login\":\"leader\",\"password\":\"{PASSWORD}\"}}' | sed 's/.*\"access_token\":\"\\([^\"]*\\)\".*/\\1/')
curl -s -H \"Authorization: Bearer $TOKEN\" '{base}/api/v1/reports/evaluation-summary?round={round}'
curl -s -H \"Authorization: Bearer $TOKEN\" -H 'Accept: image/svg+xml' '{base}/api/v1/reports/coverage?round={round}' > coverage.svg
"
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::demo::{Answers, LoggedIn, Reports};
    use serde_json::json;

    /// What the demo's own words are in English.
    const ENGLISH: &[&str] = &[
        "What is real",
        "people considered",
        "proof",
        "optimal",
        "agrees",
        "network",
        "coverage of the units",
        "1 units at 0/1",
        "certified",
        "below the level asked",
        "of those who know",
        "all units",
        "Report",
        "Serving on",
        "login  who",
        "provincial HR",
    ];

    fn ending() -> Ending {
        let seats = json!({"asked": 2, "filled": 1});
        let field = json!({"code": "land"});
        let score = json!([
            {"tier": "critical", "value": 1, "proof": "certified"},
            {"tier": "balance", "value": [{"units": 1, "filled": 0, "requested": 1}], "proof": "open"},
        ]);
        Ending {
            plan: json!({"result": {"proof": "optimal", "engine": "network", "people": 3, "score": score}}),
            verification: json!({"agrees": true}),
            unmet: vec![json!({"field": "land", "missing": 1, "reasons": {"level_short": 2}})],
            answers: Answers {
                certificate: vec!["1".to_owned()],
                why_not: vec!["2".to_owned()],
            },
            reports: Reports {
                evaluation_summary: json!({"note": {"en": "Report.", "vi": "Ghi chú."}}),
                evaluation_rows: vec![vec!["66".to_owned()]],
                coverage: json!({
                    "fields": [{"field": field, "seats": seats}],
                    "units": [{"unit": {"name_vi": "Xã Nam Đà"}, "seats": seats, "fields": []}],
                    "total": seats,
                }),
                skill_gap_rows: vec![vec!["14".to_owned()]],
            },
            round: "1".to_owned(),
            accounts: vec![LoggedIn {
                login: "hr".to_owned(),
                what: "provincial HR".to_owned(),
            }],
        }
    }

    fn told(language: Language) -> String {
        let ending = ending();
        text(&ending, language) + &invitation("http://127.0.0.1", &ending, language)
    }

    #[test]
    fn it_is_told_in_both_languages() {
        let (english, vietnamese) = (told(Language::En), told(Language::Vi));
        for part in ENGLISH {
            assert!(english.contains(part), "{part} in {english}");
            assert!(!vietnamese.contains(part), "{part} in {vietnamese}");
        }
        for part in [
            "số vị trí cấp bách được bố trí",
            "1 đơn vị ở mức 0/1",
            "chưa chứng minh",
            "2 chưa đạt mức năng lực yêu cầu",
            "Ghi chú.",
            "cơ quan tổ chức cán bộ của tỉnh",
        ] {
            assert!(vietnamese.contains(part), "{part} in {vietnamese}");
        }
    }

    #[test]
    fn every_step_of_the_story_has_its_vietnamese() {
        let story = include_str!("../demo/story.rs");
        let steps = story.split("(self.told)(\"").skip(1);
        let steps: Vec<&str> = steps.filter_map(|rest| rest.split('"').next()).collect();
        assert!(steps.len() > 7, "{steps:?}");
        for step in steps {
            assert_ne!(phrase(step, Language::Vi), step);
        }
    }
}
