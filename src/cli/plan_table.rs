//! A plan as tables for a terminal: summary, score by tier, who goes where, what stays empty and why.
//!
//! In English the solver's vocabulary is that of its JSON, which the documents explain; in Vietnamese it is told in
//! words.

use super::output::table;
use crate::error::{Language, Text};
use crate::say;
use cadre_solver::explain::{reason_in_words, tier_in_words};
use cadre_solver::{Engine, Plan, Priority, Proof, Reason, Tier, UnmetNeed};
use serde::Serialize;

/// The plan's tables.
pub(super) fn text(plan: &Plan, engine: Engine, language: Language) -> String {
    let mut text = summary(plan, engine, language) + "\n" + &score(plan, language);
    if !plan.assignments.is_empty() {
        text += &("\n".to_owned() + &assignments(plan, language));
    }
    if !plan.unmet.is_empty() {
        text += &("\n".to_owned() + &unmet(plan, language));
    }
    text
}

fn summary(plan: &Plan, engine_used: Engine, language: Language) -> String {
    let counts = plan.counts;
    let (filled, seats, needs) = (plan.assignments.len(), counts.seats, counts.needs);
    let (people, pairs, seed) = (counts.people, counts.eligible_pairs, plan.seed);
    let proven = if plan.optimal {
        say!("the best there is, in every tier", "tối ưu ở mọi tiêu chí")
    } else {
        say!("not proven to be the best", "chưa chứng minh là tối ưu")
    };
    let rows = [
        (say!("plan", "phương án"), proven),
        (say!("engine", "bộ giải"), engine(engine_used)),
        (
            say!("seats", "vị trí"),
            say!("{filled} of {seats} filled", "bố trí được {filled} trên {seats}"),
        ),
        (say!("needs", "nhu cầu"), say!("{needs}", "{needs}")),
        (
            say!("people", "người"),
            say!(
                "{people}, in {pairs} eligible pairs",
                "{people}, với {pairs} cặp đủ điều kiện"
            ),
        ),
        (say!("seed", "số khởi tạo"), say!("{seed}", "{seed}")),
    ];
    let told = |text: &Text| text.in_language(language).to_owned();
    table(&[], rows.iter().map(|(name, value)| [told(name), told(value)]))
}

fn score(plan: &Plan, language: Language) -> String {
    let header = match language {
        Language::En => ["TIER", "VALUE", "AT BEST", "PROOF"],
        Language::Vi => ["TIÊU CHÍ", "GIÁ TRỊ", "TỐT NHẤT CÓ THỂ", "CHỨNG MINH"],
    };
    let rows = plan.score.iter().map(|score| {
        [
            tier(score.tier).in_language(language).to_owned(),
            score.value.to_string(),
            score.bound.to_string(),
            proof(score.proof).in_language(language).to_owned(),
        ]
    });
    table(&header, rows)
}

fn assignments(plan: &Plan, language: Language) -> String {
    let (header, pinned) = match language {
        Language::En => (["UNIT", "NEED", "PERSON", "MINUTES", "FIT", ""], "pinned"),
        Language::Vi => (
            ["ĐƠN VỊ", "NHU CẦU", "NGƯỜI", "ĐI LẠI (PHÚT)", "MỨC PHÙ HỢP", ""],
            "ấn định",
        ),
    };
    let rows = plan.assignments.iter().map(|assignment| {
        [
            assignment.unit.to_string(),
            assignment.need.to_string(),
            assignment.person.to_string(),
            assignment.travel_minutes.to_string(),
            assignment.fit.score.to_string(),
            if assignment.pinned { pinned } else { "" }.to_owned(),
        ]
    });
    table(&header, rows)
}

fn unmet(plan: &Plan, language: Language) -> String {
    let header = match language {
        Language::En => [
            "UNIT",
            "NEED",
            "FIELD",
            "PRIORITY",
            "EMPTY",
            "HAVE FIELD",
            "ELIGIBLE",
            "STOPPED BY",
        ],
        Language::Vi => [
            "ĐƠN VỊ",
            "NHU CẦU",
            "LĨNH VỰC",
            "MỨC ƯU TIÊN",
            "CÒN TRỐNG",
            "CÓ CHUYÊN MÔN",
            "ĐỦ ĐIỀU KIỆN",
            "VƯỚNG MẮC",
        ],
    };
    let rows = plan.unmet.iter().map(|unmet| {
        let (missing, requested) = (unmet.missing, unmet.requested);
        let empty = say!("{missing} of {requested}", "{missing} trên {requested}");
        [
            unmet.unit.to_string(),
            unmet.need.to_string(),
            unmet.field.to_string(),
            priority(unmet.priority).in_language(language).to_owned(),
            empty.in_language(language).to_owned(),
            unmet.have_field.to_string(),
            unmet.eligible.to_string(),
            reasons(unmet, language),
        ]
    });
    table(&header, rows)
}

fn reasons(unmet: &UnmetNeed, language: Language) -> String {
    let told = unmet.reasons.iter().map(|(code, people)| {
        let Text { en, vi } = reason(*code);
        let told = say!("{en} {people}", "{vi}: {people}");
        told.in_language(language).to_owned()
    });
    told.collect::<Vec<_>>().join(", ")
}

/// Which engine made the plan.
pub(super) fn engine(engine: Engine) -> Text {
    match engine {
        Engine::Network => say!(
            "network core, in whole numbers",
            "mô hình mạng, tính bằng số nguyên"
        ),
        Engine::General => say!(
            "general model, recomputed in whole numbers",
            "mô hình tổng quát, tính lại bằng số nguyên"
        ),
    }
}

/// A tier.
pub(super) fn tier(tier: Tier) -> Text {
    coded(&tier, tier_in_words(tier, Language::Vi.into()))
}

/// A reason against a person.
pub(super) fn reason(reason: Reason) -> Text {
    coded(&reason, reason_in_words(reason, Language::Vi.into()))
}

/// What stands behind a tier's bound.
pub(super) fn proof(proof: Proof) -> Text {
    let vietnamese = match proof {
        Proof::Certified => "đã chứng minh",
        Proof::Engine => "theo HiGHS",
        Proof::Open => "chưa chứng minh",
    };
    coded(&proof, vietnamese)
}

/// How urgent a need is.
pub(super) fn priority(priority: Priority) -> Text {
    let vietnamese = match priority {
        Priority::Critical => "cấp bách",
        Priority::High => "cao",
        Priority::Normal => "bình thường",
        Priority::Low => "thấp",
    };
    coded(&priority, vietnamese)
}

/// A word of the solver's vocabulary: as its JSON writes it, and in Vietnamese.
fn coded(word: &impl Serialize, vietnamese: &'static str) -> Text {
    let english = match serde_json::to_value(word) {
        Ok(serde_json::Value::String(text)) => text,
        _ => String::new(),
    };
    Text {
        en: english.into(),
        vi: vietnamese.into(),
    }
}
