//! How tier `balance` compares plans: a word, or the yes and no of older documents.

use serde::de::{Error, Visitor};
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// How tier `balance` compares plans.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Balance {
    /// Not at all.
    Off,
    /// By the coverage of the worst-served unit.
    MaxMin,
    /// By the worst-served unit, then the second worst, and so on through all units.
    #[default]
    Leximin,
}

impl Balance {
    const OFF: &str = "off";
    const MAX_MIN: &str = "max_min";
    const LEXIMIN: &str = "leximin";
}

impl From<bool> for Balance {
    fn from(on: bool) -> Self {
        if on { Self::Leximin } else { Self::Off }
    }
}

/// `true` and `false` are written where they say it, so that documents which never heard of words
/// keep their bytes, and with them their hashes.
impl Serialize for Balance {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Self::Off => serializer.serialize_bool(false),
            Self::Leximin => serializer.serialize_bool(true),
            Self::MaxMin => serializer.serialize_str(Self::MAX_MIN),
        }
    }
}

impl<'de> Deserialize<'de> for Balance {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Words)
    }
}

struct Words;

impl Visitor<'_> for Words {
    type Value = Balance;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("true, false, \"leximin\", \"max_min\" or \"off\"")
    }

    fn visit_bool<E: Error>(self, on: bool) -> Result<Balance, E> {
        Ok(on.into())
    }

    fn visit_str<E: Error>(self, word: &str) -> Result<Balance, E> {
        match word {
            Balance::OFF => Ok(Balance::Off),
            Balance::MAX_MIN => Ok(Balance::MaxMin),
            Balance::LEXIMIN => Ok(Balance::Leximin),
            _ => Err(E::unknown_variant(
                word,
                &[Balance::LEXIMIN, Balance::MAX_MIN, Balance::OFF],
            )),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Balance;

    #[test]
    fn old_documents_keep_their_bytes_and_words_are_read() {
        let read = |text: &str| serde_json::from_str::<Balance>(text).ok();
        let write = |balance: Balance| serde_json::to_string(&balance).unwrap();
        for (text, balance) in [
            ("true", Balance::Leximin),
            ("false", Balance::Off),
            ("\"max_min\"", Balance::MaxMin),
        ] {
            assert_eq!((read(text), write(balance).as_str()), (Some(balance), text));
        }
        assert_eq!(read("\"leximin\""), Some(Balance::Leximin));
        assert_eq!(read("\"off\""), Some(Balance::Off));
        assert_eq!(read("\"fair\""), None);
        assert_eq!(read("1"), None);
    }
}
