//! The words for tiers, reasons, stages, rules and goals.

use super::Language;
use crate::eligibility::Reason;
use crate::explain::funnel::Stage;
use crate::plan::Tier;

fn pick(language: Language, english: &'static str, vietnamese: &'static str) -> &'static str {
    match language {
        Language::English => english,
        Language::Vietnamese => vietnamese,
    }
}

/// What a tier is about.
#[must_use]
pub fn tier(tier: Tier, language: Language) -> &'static str {
    let (english, vietnamese) = match tier {
        Tier::Critical => ("seats of critical needs filled", "số vị trí cấp bách được bố trí"),
        Tier::Headcount => ("seats filled in all", "tổng số vị trí được bố trí"),
        Tier::Changes => ("assignments kept as they were", "số phân công được giữ nguyên"),
        Tier::Balance => (
            "units with the lowest coverage",
            "số đơn vị có mức đáp ứng thấp nhất",
        ),
        Tier::Priority => (
            "seats filled, weighted by priority",
            "số vị trí, tính theo mức ưu tiên",
        ),
        Tier::Fit => ("fit of people to needs", "mức phù hợp của người với nhu cầu"),
        Tier::Burden => (
            "burden on people who did not volunteer",
            "gánh nặng của người không tự nguyện",
        ),
        Tier::Preference => ("wishes met", "nguyện vọng được đáp ứng"),
        Tier::Travel => ("travel", "quãng đường đi lại"),
        Tier::TieBreak => (
            "the published lottery among equals",
            "bốc thăm công khai giữa các phương án ngang nhau",
        ),
    };
    pick(language, english, vietnamese)
}

/// Why a person may not serve.
#[must_use]
pub fn reason(reason: Reason, language: Language) -> &'static str {
    let (english, vietnamese) = match reason {
        Reason::NoField => ("does not have the field", "không có chuyên môn của lĩnh vực"),
        Reason::LevelShort => ("is below the level asked for", "chưa đạt mức năng lực yêu cầu"),
        Reason::LegalBar => (
            "is protected by law during the term",
            "thuộc diện pháp luật không cho biệt phái",
        ),
        Reason::UnavailableInTerm => ("is away during the term", "vắng mặt trong thời gian biệt phái"),
        Reason::RestWindow => (
            "has not rested long enough since the last secondment",
            "chưa đủ thời gian nghỉ sau lần biệt phái trước",
        ),
        Reason::Language => (
            "does not speak a language asked for",
            "không biết ngôn ngữ được yêu cầu",
        ),
        Reason::ConflictOfInterest => (
            "has a conflict of interest there",
            "có xung đột lợi ích tại đơn vị",
        ),
        Reason::Category => (
            "may not hold such a seat in this category",
            "không thuộc đối tượng được giữ vị trí này",
        ),
        Reason::ForbiddenPair => (
            "is ruled out for this seat by an earlier decision",
            "đã có quyết định không bố trí vào vị trí này",
        ),
        Reason::TravelLimit => ("lives too far away", "ở quá xa"),
    };
    pick(language, english, vietnamese)
}

/// Who is left after a stage.
pub(super) fn stage(stage: Stage, language: Language) -> &'static str {
    let (english, vietnamese) = match stage {
        Stage::InField => ("have the field", "có chuyên môn của lĩnh vực"),
        Stage::AtLevel => ("at the level asked for", "đạt mức năng lực yêu cầu"),
        Stage::Lawful => (
            "whom no law and no decision rules out",
            "không bị pháp luật hay quyết định nào loại trừ",
        ),
        Stage::Available => (
            "there for the whole term, and rested",
            "có mặt suốt đợt và đã nghỉ đủ",
        ),
        Stage::Languages => ("speak the languages asked for", "biết ngôn ngữ được yêu cầu"),
        Stage::WithinTravel => ("live near enough", "ở đủ gần"),
        Stage::Releasable => (
            "serve already or may be released",
            "đã được cử đi hoặc còn chỉ tiêu cử đi",
        ),
    };
    pick(language, english, vietnamese)
}

/// A rule that binds people or units together, by its term id.
pub(super) fn binding(rule: &str, language: Language) -> String {
    let (english, vietnamese) = match rule {
        "speaker" => (
            "a speaker of the language in the unit",
            "có người biết tiếng dân tộc tại đơn vị",
        ),
        "senior" => (
            "juniors beside a senior",
            "người mới đi cùng người có kinh nghiệm",
        ),
        "field_cap" => ("the cap on the field", "chỉ tiêu của lĩnh vực"),
        "travel_budget" => (
            "the limit on all journeys together",
            "giới hạn tổng thời gian đi lại",
        ),
        "change_budget" => ("the limit on changes of the earlier plan", "giới hạn số thay đổi"),
        "couples" => ("couples in one unit", "vợ chồng ở cùng một đơn vị"),
        "teams" => ("teams that go together", "nhóm phải đi cùng nhau"),
        other => (other, other),
    };
    match language {
        Language::English => english.to_owned(),
        Language::Vietnamese => vietnamese.to_owned(),
    }
}

/// What a goal counts, by its term id.
pub(super) fn goal(term: &str, language: Language) -> String {
    let (english, vietnamese) = match term {
        "critical_filled" => ("a seat of a critical need", "vị trí của nhu cầu cấp bách"),
        "headcount_filled" => ("a seat", "vị trí được bố trí"),
        "kept_announced" => (
            "kept where the person was told to go",
            "giữ nguyên phân công đã thông báo",
        ),
        "kept_planned" => (
            "kept where the person was planned to go",
            "giữ nguyên phân công đã dự kiến",
        ),
        "unit_balance" => ("coverage of the units", "mức đáp ứng của các đơn vị"),
        "priority_filled" => ("a seat, by its need's priority", "vị trí theo mức ưu tiên"),
        "fit_level" => ("level above the one asked for", "mức năng lực cao hơn yêu cầu"),
        "fit_verified" => ("level that was verified", "mức năng lực đã được xác nhận"),
        "fit_experience" => ("years of work in the field", "số năm làm việc trong lĩnh vực"),
        "fit_recency" => (
            "how lately the person worked in the field",
            "mới làm việc gần đây trong lĩnh vực",
        ),
        "fit_language" => ("preferred languages", "ngôn ngữ được ưu tiên"),
        "burden_history" => ("earlier secondments", "các lần biệt phái trước"),
        "burden_hardship" => ("hardship of the unit", "mức khó khăn của đơn vị"),
        "preference_person" => ("the person's wish", "nguyện vọng của người được cử"),
        "preference_unit" => ("the unit's wish", "nguyện vọng của đơn vị"),
        "travel_minutes" => ("time of travel", "thời gian đi lại"),
        "tie_break" => ("the number drawn", "số bốc thăm"),
        other => (other, other),
    };
    match language {
        Language::English => english.to_owned(),
        Language::Vietnamese => vietnamese.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, binding, goal};
    use crate::terms::{self, Kind, REGISTRY};

    #[test]
    fn every_goal_has_words_in_both_languages() {
        for term in REGISTRY {
            if matches!(term.kind, Kind::Rule(_)) {
                continue;
            }
            let (english, vietnamese) = (
                goal(term.id, Language::English),
                goal(term.id, Language::Vietnamese),
            );
            assert!(english != term.id && vietnamese != english, "{english}");
        }
    }

    #[test]
    fn every_rule_that_binds_together_has_words_in_both_languages() {
        for (id, _) in terms::breaks() {
            let (english, vietnamese) = (binding(id, Language::English), binding(id, Language::Vietnamese));
            assert!(english != id && vietnamese != english, "{id}: {english}");
        }
    }
}
