//! The only place that writes to the terminal: data to stdout, messages to stderr.

use crate::error::{Code, Error, Language, Result};
use crate::say;
use clap::{Args, ValueEnum};
use comfy_table::{Table, presets};
use serde::Serialize;
use std::fmt::Display;
use std::io::{self, ErrorKind, Write};

/// How data is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub(super) enum Format {
    /// For people.
    #[default]
    Table,
    /// For programs.
    Json,
}

/// The choice of format.
#[derive(Debug, Clone, Copy, Args)]
pub(super) struct FormatOptions {
    /// How to show the result
    #[arg(long, value_enum, default_value_t, env = "CADRE_FORMAT", global = true)]
    pub(super) format: Format,
}

impl FormatOptions {
    /// Shows `value` as JSON, or the text that `table` makes.
    pub(super) fn show<T: Serialize>(self, value: &T, table: impl FnOnce() -> String) -> Result<()> {
        match self.format {
            Format::Json => data(&(serde_json::to_string_pretty(value).map_err(Error::internal)? + "\n")),
            Format::Table => data(&table()),
        }
    }
}

/// Writes data to stdout. Whoever closed the pipe has seen enough: that is no failure.
pub(super) fn data(text: &str) -> Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(cause) if cause.kind() != ErrorKind::BrokenPipe => Err(Error::internal(cause)),
        _ => Ok(()),
    }
}

/// Writes a line to stderr. Where even that fails there is nobody left to tell.
pub(super) fn message(text: impl Display) {
    let _ = writeln!(io::stderr().lock(), "{text}");
}

/// Tells a failure: what happened, where in the input, and the cause where it may help.
pub(super) fn failure(error: &Error, language: Language) {
    message(failure_text(error, language));
}

fn failure_text(error: &Error, language: Language) -> String {
    let (word, cause_word) = match language {
        Language::En => ("error", "cause"),
        Language::Vi => ("lỗi", "nguyên nhân"),
    };
    // What the API says of an internal failure speaks of trace ids and administrators.
    let internal = say!(
        "the program failed; please report it with the cause",
        "chương trình gặp sự cố; xin hãy báo lại kèm nguyên nhân"
    );
    let told = if error.code() == Code::Internal {
        internal.in_language(language).to_owned()
    } else {
        error.told(language)
    };
    let mut text = format!("{word}: {told}");
    if let Some(cause) = error.cause() {
        text += &format!("\n  {cause_word}: {cause}");
    }
    text
}

/// A table without frames, as text with a final line break.
pub(super) fn table<Row, Cell>(header: &[&str], rows: impl IntoIterator<Item = Row>) -> String
where
    Row: IntoIterator<Item = Cell>,
    Cell: ToString,
{
    let mut table = Table::new();
    table.load_style(presets::NOTHING);
    if !header.is_empty() {
        table.set_header(header.iter().copied());
    }
    for row in rows {
        table.add_row(row.into_iter().map(|cell| cell.to_string()));
    }
    // The style pads each cell on both sides.
    let lines = table.lines().map(|line| line.trim_end().to_owned());
    lines
        .map(|line| line.strip_prefix(' ').map_or(line.clone(), str::to_owned) + "\n")
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_places_in_both_languages() {
        let error = Error::invalid_at(
            "/units/0",
            "unknown_unit",
            say!("no such unit", "không có đơn vị này"),
        )
        .because("a cause");
        let english = failure_text(&error, Language::En);
        assert!(
            english.starts_with("error: Correct the places named"),
            "{english}"
        );
        assert!(
            english.ends_with("\n  /units/0: no such unit\n  cause: a cause"),
            "{english}"
        );
        let vietnamese = failure_text(&error, Language::Vi);
        assert!(
            vietnamese.contains("\n  /units/0: không có đơn vị này\n  nguyên nhân: "),
            "{vietnamese}"
        );
    }

    #[test]
    fn a_table_aligns_its_columns() {
        let text = table(&["code", "name"], [["68", "Lâm Đồng"], ["1", "Hà Nội"]]);
        assert_eq!(text, "code  name\n68    Lâm Đồng\n1     Hà Nội\n");
    }
}
