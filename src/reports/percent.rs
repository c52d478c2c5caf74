//! Shares in percent with one decimal, exact: no floating point before the last step onto the wire.

use crate::error::Language;
use serde::{Serialize, Serializer};
use std::fmt;
use std::iter::Sum;
use utoipa::ToSchema;

/// A share in percent with one decimal, rounded half up; kept in tenths.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, ToSchema)]
#[schema(value_type = f64, example = 25.4)]
pub struct Percent(u64);

impl Percent {
    /// `part` of `whole`; nothing has no share of nothing.
    pub fn of(part: u32, whole: u32) -> Option<Self> {
        let (part, whole) = (u64::from(part), u64::from(whole));
        // Half up on integers: (1000 part / whole) + 1/2, rounded down.
        (2 * 1000 * part + whole).checked_div(2 * whole).map(Self)
    }

    /// As people write it: `25.4`, in Vietnamese `25,4`.
    pub fn text(self, language: Language) -> String {
        match language {
            Language::En => self.to_string(),
            Language::Vi => self.to_string().replace('.', ","),
        }
    }
}

impl fmt::Display for Percent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}.{}", self.0 / 10, self.0 % 10)
    }
}

impl Sum for Percent {
    fn sum<I: Iterator<Item = Self>>(all: I) -> Self {
        Self(all.map(|percent| percent.0).sum())
    }
}

impl Serialize for Percent {
    fn serialize<S: Serializer>(&self, writer: S) -> Result<S::Ok, S::Error> {
        // Tenths are far below 2^53, and the nearest double to n/10 prints as n/10.
        #[expect(clippy::cast_precision_loss, reason = "tenths of a percent are small")]
        writer.serialize_f64(self.0 as f64 / 10.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn halves_go_up_and_nothing_has_no_share() {
        let text = |part, whole| Percent::of(part, whole).map(|percent| percent.to_string());
        assert_eq!(text(1, 2000).as_deref(), Some("0.1")); // 0.05 exactly
        assert_eq!(text(1, 2001).as_deref(), Some("0.0"));
        assert_eq!(text(1, 3).as_deref(), Some("33.3"));
        assert_eq!(text(2, 3).as_deref(), Some("66.7"));
        assert_eq!(text(7, 7).as_deref(), Some("100.0"));
        assert_eq!(text(0, 7).as_deref(), Some("0.0"));
        assert_eq!(text(0, 0), None);
        assert_eq!(text(u32::MAX, u32::MAX).as_deref(), Some("100.0"));
    }

    #[test]
    fn the_wire_shows_one_decimal_and_vietnamese_a_comma() {
        let percent = Percent::of(66, 260).unwrap();
        assert_eq!(serde_json::to_string(&percent).unwrap(), "25.4");
        assert_eq!(percent.text(Language::Vi), "25,4");
    }
}
