//! How good a plan is of which one cost was minimised instead of tiers.

use super::{Language, say};
use crate::outcome::OneCost;

/// How near a plan is to the least cost, in one clause.
#[must_use]
pub fn nearness(one_cost: &OneCost, language: Language) -> String {
    if one_cost.cost == one_cost.bound {
        return say!(
            language,
            "no plan that keeps every rule costs less",
            "không phương án nào giữ đúng mọi quy tắc mà có chi phí thấp hơn"
        );
    }
    let percent = percent(one_cost.gap());
    say!(
        language,
        "the plan keeps every rule and is within {percent} of the least cost; more time may improve it",
        "phương án giữ đúng mọi quy tắc và cách chi phí thấp nhất không quá {percent}; thêm thời gian có thể cải thiện \
         phương án"
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

    fn told(cost: i64, bound: i64, language: Language) -> String {
        let one_cost = OneCost {
            estimate_mib: 2,
            limit_mib: 1,
            cost,
            bound,
        };
        nearness(&one_cost, language)
    }

    #[test]
    fn a_gap_is_told_with_two_digits_and_never_too_small() {
        for (cost, bound, percent) in [
            (-28_338_341, -28_338_477, "within 0.00048 %"),
            (-1_000, -1_123, "within 13 %"),
            (-1_000, -1_011, "within 1.1 %"),
            (-1_000, -3_000, "within 200 %"),
            (0, -5, "within 500 %"),
        ] {
            let told = told(cost, bound, Language::English);
            assert!(told.contains(percent), "{told}");
        }
    }

    #[test]
    fn where_there_is_none_no_time_helps() {
        for language in [Language::English, Language::Vietnamese] {
            let told = told(-5, -5, language);
            assert!(!told.contains('%') && !told.contains("time"), "{told}");
        }
    }
}
