//! How good a plan is where one cost stood for the tiers.

use super::{Language, say};
use crate::outcome::OneCost;
use crate::plan::Proof;

/// How near a plan is to the least cost, in one clause.
#[must_use]
pub fn nearness(one_cost: &OneCost, language: Language) -> String {
    if one_cost.cost == one_cost.bound {
        return if one_cost.proof == Proof::Engine {
            say!(
                language,
                "by HiGHS's word no plan that keeps every rule does better in that",
                "theo HiGHS, không có phương án hợp lệ nào đạt điểm tốt hơn"
            )
        } else {
            say!(
                language,
                "no plan that keeps every rule does better in that",
                "không có phương án hợp lệ nào đạt điểm tốt hơn"
            )
        };
    }
    // as far away as the whole of it, and a figure would say nothing
    let Some(gap) = one_cost.gap().filter(|&gap| gap < 1.0) else {
        return say!(
            language,
            "the plan keeps every rule, but no good one has been found yet; allow more time",
            "phương án không vi phạm quy định nào, nhưng chưa tìm được phương án tốt; hãy cho thêm thời gian"
        );
    };
    let (en, vi) = (percent(gap), percent(gap).replace('.', ","));
    say!(
        language,
        "the plan keeps every rule and is within {en} of the best; more time may improve it",
        "phương án không vi phạm quy định nào và chênh không quá {vi} so với mức tốt nhất; nếu cho thêm thời gian, phương \
         án có thể tốt hơn"
    )
}

/// Most digits after the point.
const FINEST: i32 = 12;

/// A part of one with two digits that count, rounded up.
fn percent(part: f64) -> String {
    let percent = 100.0 * part;
    let digits = (0..FINEST).find(|&digits| percent * 10_f64.powi(digits) >= 10.0);
    let digits = digits.unwrap_or(FINEST);
    let unit = 10_f64.powi(digits);
    let after_point = usize::try_from(digits).unwrap_or(0);
    format!("{:.after_point$} %", (percent * unit).ceil() / unit)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one_cost(cost: i64, bound: i64, proof: Proof) -> OneCost {
        OneCost {
            estimate_mib: 2,
            limit_mib: 1,
            cost,
            bound,
            proof,
        }
    }

    fn told(cost: i64, bound: i64, language: Language) -> String {
        nearness(&one_cost(cost, bound, Proof::Open), language)
    }

    #[test]
    fn a_gap_is_told_with_two_digits_and_never_too_small() {
        for (cost, bound, english, vietnamese) in [
            (-28_338_341, -28_338_477, "within 0.00048 %", "quá 0,00048 %"),
            (-1_000, -1_123, "within 11 %", "quá 11 %"),
            (-989, -1_000, "within 1.1 %", "quá 1,1 %"),
            (150, 100, "within 50 %", "quá 50 %"),
        ] {
            let told = |language| told(cost, bound, language);
            assert!(
                told(Language::English).contains(english),
                "{}",
                told(Language::English)
            );
            assert!(
                told(Language::Vietnamese).contains(vietnamese),
                "{}",
                told(Language::Vietnamese)
            );
        }
    }

    #[test]
    fn a_bound_that_is_too_far_away_gives_no_figure() {
        for (cost, bound) in [(0, -5), (7, -5), (7, 0), (200, 100)] {
            for language in [Language::English, Language::Vietnamese] {
                let told = told(cost, bound, language);
                assert!(!told.contains('%'), "{told}");
            }
        }
    }

    #[test]
    fn where_there_is_none_no_time_helps_and_it_is_said_who_says_so() {
        for language in [Language::English, Language::Vietnamese] {
            for proof in [Proof::Certified, Proof::Engine] {
                let told = nearness(&one_cost(-5, -5, proof), language);
                assert!(!told.contains('%') && !told.contains("time"), "{told}");
                assert_eq!(told.contains("HiGHS"), proof == Proof::Engine, "{told}");
            }
        }
    }
}
