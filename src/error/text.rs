//! A sentence for a person, in the two languages of the service.

use std::borrow::Cow;

/// The language a caller reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Language {
    /// English, when nothing else is asked for.
    En,
    /// Vietnamese.
    Vi,
}

impl Language {
    /// Its tag, as headers and options have it.
    pub const fn tag(self) -> &'static str {
        match self {
            Self::En => "en",
            Self::Vi => "vi",
        }
    }

    /// From an `Accept-Language` header: the first of the two languages named in order of weight.
    pub fn from_header(header: Option<&str>) -> Self {
        let mut best = (0.0_f32, Self::En);
        for part in header.unwrap_or_default().split(',') {
            let mut pieces = part.split(';');
            let tag = pieces.next().unwrap_or_default().trim().to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.trim().strip_prefix("q=").and_then(|q| q.parse().ok()))
                .unwrap_or(1.0_f32);
            let language = match tag.split('-').next() {
                Some("vi") => Self::Vi,
                Some("en") => Self::En,
                _ => continue,
            };
            if weight > best.0 {
                best = (weight, language);
            }
        }
        best.1
    }
}

impl From<Language> for cadre_solver::explain::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::English,
            Language::Vi => Self::Vietnamese,
        }
    }
}

/// The same sentence in English and Vietnamese.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Text {
    /// English.
    pub en: Cow<'static, str>,
    /// Vietnamese.
    pub vi: Cow<'static, str>,
}

impl Text {
    /// What something says in each language.
    pub fn in_both(say: impl Fn(Language) -> String) -> Self {
        Self {
            en: say(Language::En).into(),
            vi: say(Language::Vi).into(),
        }
    }

    /// A fixed sentence.
    pub const fn fixed(en: &'static str, vi: &'static str) -> Self {
        Self {
            en: Cow::Borrowed(en),
            vi: Cow::Borrowed(vi),
        }
    }

    /// The sentence in `language`.
    pub fn in_language(&self, language: Language) -> &str {
        match language {
            Language::En => &self.en,
            Language::Vi => &self.vi,
        }
    }
}

/// A [`Text`] from two format strings that take the same captured names: `say!("no {thing}", "không có {thing}")`.
#[macro_export]
macro_rules! say {
    ($en:literal, $vi:literal) => {
        $crate::error::Text {
            en: format!($en).into(),
            vi: format!($vi).into(),
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_language_with_the_highest_weight_is_taken() {
        assert_eq!(Language::from_header(None), Language::En);
        assert_eq!(
            Language::from_header(Some("vi-VN,vi;q=0.9,en;q=0.8")),
            Language::Vi
        );
        assert_eq!(Language::from_header(Some("en;q=0.4, vi;q=0.5")), Language::Vi);
        assert_eq!(Language::from_header(Some("fr, de")), Language::En);
        assert_eq!(Language::from_header(Some("vi;q=x, en;q=2")), Language::En);
    }
}
