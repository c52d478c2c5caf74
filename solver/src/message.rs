//! Sentences in the languages of those who read them.

use serde::{Deserialize, Serialize};
use std::fmt;

/// A sentence in English and in Vietnamese; shown as text it is the English one.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Message {
    /// English.
    pub en: String,
    /// Vietnamese.
    pub vi: String,
}

impl fmt::Display for Message {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.en)
    }
}

/// A sentence in both languages, with what is named in braces filled in.
macro_rules! both {
    ($en:literal, $vi:literal $(,)?) => {
        $crate::message::Message {
            en: format!($en),
            vi: format!($vi),
        }
    };
}
pub(crate) use both;
