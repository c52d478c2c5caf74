//! A report as rows and columns: what CSV files and the terminal show.

use super::percent::Percent;
use crate::error::{Language, Text};
use std::borrow::Cow;

/// Rows under named columns.
#[derive(Debug, Clone)]
pub struct Table {
    /// What the table is.
    pub title: Text,
    /// The columns.
    pub columns: Vec<Column>,
    /// The rows; each has a cell for each column.
    pub rows: Vec<Vec<Cell>>,
    /// What the reader should know beside the rows.
    pub notes: Vec<Text>,
}

/// A column.
#[derive(Debug, Clone)]
pub struct Column {
    /// Its heading.
    pub name: Text,
    /// Numbers stand to the right.
    pub numeric: bool,
}

impl Column {
    /// A column of words.
    pub fn words(en: &'static str, vi: &'static str) -> Self {
        Self {
            name: Text::fixed(en, vi),
            numeric: false,
        }
    }

    /// A column of numbers.
    pub fn numbers(en: &'static str, vi: &'static str) -> Self {
        Self {
            name: Text::fixed(en, vi),
            numeric: true,
        }
    }
}

/// What stands where a row and a column meet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cell {
    /// Words.
    Words(Text),
    /// A count.
    Count(u32),
    /// A share, where there is one.
    Share(Option<Percent>),
    /// Nothing.
    Empty,
}

impl Cell {
    /// A code or another text that is the same in every language.
    pub fn same(text: &str) -> Self {
        Self::Words(Text {
            en: text.to_owned().into(),
            vi: text.to_owned().into(),
        })
    }

    /// The cell as a person reads it.
    pub fn text(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Words(text) => text.in_language(language).into(),
            Self::Count(count) => count.to_string().into(),
            Self::Share(share) => share.map(|share| share.text(language)).unwrap_or_default().into(),
            Self::Empty => "".into(),
        }
    }

    /// The cell as a program reads it: the same, but numbers are written alike in every language.
    pub fn data(&self, language: Language) -> Cow<'_, str> {
        match self {
            Self::Share(_) => self.text(Language::En),
            other => other.text(language),
        }
    }
}
