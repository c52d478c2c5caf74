//! Small values that several slices use. What one of these types holds is right: reading one refuses the rest, in both
//! languages.

use crate::error::Text;
use crate::say;
use serde::{Deserialize, Deserializer, Serialize};
use std::fmt;
use utoipa::ToSchema;

/// Why a value was refused. Its plain text carries both languages, joined by [`Refusal::SEPARATOR`], through serde,
/// whose errors are strings; `http::json` takes them apart again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal(pub Text);

impl Refusal {
    /// The ASCII unit separator, which no message contains.
    pub const SEPARATOR: char = '\u{1f}';
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}{}{}", self.0.en, Self::SEPARATOR, self.0.vi)
    }
}

macro_rules! texts {
    ($($(#[$doc:meta])* $name:ident, $longest:tt;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
        #[serde(try_from = "String")]
        #[schema(value_type = String, min_length = 1, max_length = $longest)]
        pub struct $name(String);

        impl $name {
            /// The text.
            pub fn as_str(&self) -> &str {
                &self.0
            }

            /// The text, taken out.
            pub fn into_string(self) -> String {
                self.0
            }
        }

        impl TryFrom<String> for $name {
            type Error = Refusal;

            fn try_from(text: String) -> Result<Self, Refusal> {
                clean(&text, $longest).map(Self)
            }
        }
    )*};
}

texts! {
    /// A name of a person, round or body: one line of 1 to 200 characters.
    Name, 200;
    /// A remark, reason or comment: 1 to 2,000 characters.
    Note, 2000;
}

/// Trims, and refuses what is empty, too long, or carries control characters other than line breaks and tabs.
fn clean(text: &str, longest: usize) -> Result<String, Refusal> {
    let text = text.trim();
    let length = text.chars().count();
    if length == 0 || length > longest {
        return Err(Refusal(say!(
            "the text has {length} characters, it must have 1 to {longest}",
            "văn bản có {length} ký tự, phải có từ 1 đến {longest}"
        )));
    }
    if text
        .chars()
        .any(|c| c.is_control() && !(longest > 200 && matches!(c, '\n' | '\r' | '\t')))
    {
        return Err(Refusal(say!(
            "the text contains control characters; remove them",
            "văn bản chứa ký tự điều khiển; hãy bỏ đi"
        )));
    }
    Ok(text.to_owned())
}

macro_rules! numbers {
    ($($(#[$doc:meta])* $name:ident, $low:tt to $high:tt, $what_en:literal, $what_vi:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize, ToSchema)]
        #[serde(try_from = "i64")]
        #[schema(value_type = i32, minimum = $low, maximum = $high)]
        pub struct $name(i32);

        impl $name {
            /// The number.
            pub fn get(self) -> i32 {
                self.0
            }

            /// The number, where it can't be negative.
            pub fn count(self) -> u32 {
                self.0.unsigned_abs()
            }
        }

        impl TryFrom<i64> for $name {
            type Error = Refusal;

            fn try_from(number: i64) -> Result<Self, Refusal> {
                i32::try_from(number).ok().filter(|n| ($low..=$high).contains(n)).map(Self).ok_or_else(|| Refusal(Text {
                    en: format!(concat!("{} is out of range: ", $what_en), number).into(),
                    vi: format!(concat!("{} ngoài khoảng cho phép: ", $what_vi), number).into(),
                }))
            }
        }
    )*};
}

numbers! {
    /// What a person can do in a field: 0 none, 1 basic, 2 works under guidance, 3 works alone, 4 guides others.
    Level, 0 to 4, "a level is 0 to 4", "bậc năng lực từ 0 đến 4";
    /// Seats of a need.
    Headcount, 1 to 100, "a need asks for 1 to 100 people", "mỗi nhu cầu từ 1 đến 100 người";
    /// Years of work in a field.
    Years, 0 to 60, "years are 0 to 60", "số năm từ 0 đến 60";
    /// A count that may be nothing: a backlog, a cap.
    Count, 0 to 1_000_000, "a count is 0 to 1,000,000", "số lượng từ 0 đến 1.000.000";
}

/// Reads a key that is there, for the parts of a change. In a merge patch `null` takes a value away: where there must be
/// one, `null` is refused instead of being taken for «no change»; where there may be none, `T` is itself an option.
pub fn given<'de, T: Deserialize<'de>, D: Deserializer<'de>>(reader: D) -> Result<Option<T>, D::Error> {
    T::deserialize(reader).map(Some)
}

impl Level {
    /// Works under guidance: what a need asks for unless it says otherwise.
    pub const TWO: Self = Self(2);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_trimmed_and_bounded() {
        assert_eq!(Name::try_from("  Nam Đà ".to_owned()).unwrap().as_str(), "Nam Đà");
        assert!(Name::try_from("   ".to_owned()).is_err());
        assert!(Name::try_from("x".repeat(201)).is_err());
        assert!(Name::try_from("two\r\nlines".to_owned()).is_err());
        assert!(Note::try_from("two\nlines".to_owned()).is_ok());
        assert!(Note::try_from("nul \0".to_owned()).is_err());
    }

    #[test]
    fn numbers_say_their_range_in_both_languages() {
        assert_eq!(Level::try_from(4).unwrap().get(), 4);
        let Refusal(told) = Level::try_from(5).unwrap_err();
        assert_eq!(told.en, "5 is out of range: a level is 0 to 4");
        assert!(told.vi.contains("bậc năng lực"));
        for wrong in [-1, 0, 101, i64::MAX] {
            assert!(Headcount::try_from(wrong).is_err(), "{wrong}");
        }
    }
}
