//! Tables as CSV (RFC 4180), safe to open in a spreadsheet.

use super::table::Table;
use crate::error::{Error, Language, Result};
use csv::{Terminator, WriterBuilder};
use std::borrow::Cow;

/// Without the mark, spreadsheets take the file for the machine's old code page and spoil Vietnamese names.
const BYTE_ORDER_MARK: &str = "\u{feff}";

/// The table's heading and rows in `language`. Title and notes are left out: every line is a record.
pub(super) fn csv(table: &Table, language: Language) -> Result<String> {
    let mut writer = WriterBuilder::new()
        .terminator(Terminator::CRLF)
        .from_writer(Vec::from(BYTE_ORDER_MARK));
    let heading = table
        .columns
        .iter()
        .map(|column| column.name.in_language(language));
    writer.write_record(heading).map_err(Error::internal)?;
    for row in &table.rows {
        let cells = row.iter().map(|cell| inert(cell.data(language)).into_owned());
        writer.write_record(cells).map_err(Error::internal)?;
    }
    let bytes = writer
        .into_inner()
        .map_err(|cause| Error::internal(cause.to_string()))?;
    String::from_utf8(bytes).map_err(Error::internal)
}

/// A spreadsheet runs a cell that begins like a formula; an apostrophe before it keeps it a text.
fn inert(cell: Cow<'_, str>) -> Cow<'_, str> {
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) {
        format!("'{cell}").into()
    } else {
        cell
    }
}

#[cfg(test)]
mod tests {
    use super::super::table::{Cell, Column};
    use super::*;
    use crate::error::Text;

    #[test]
    fn cells_are_quoted_where_they_must_be_and_never_formulas() {
        let table = Table {
            title: Text::fixed("title", "tiêu đề"),
            columns: vec![
                Column::words("Unit", "Đơn vị"),
                Column::numbers("Asked", "Đề nghị"),
            ],
            rows: [r#"=HYPERLINK("x")"#, "+1", "-1", "@x", "\tx", "a, b", "Nam Đà"]
                .into_iter()
                .map(|text| vec![Cell::same(text), Cell::Count(3)])
                .collect(),
            notes: vec![Text::fixed("note", "ghi chú")],
        };
        assert_eq!(
            csv(&table, Language::Vi).unwrap(),
            "\u{feff}Đơn vị,Đề nghị\r\n\"'=HYPERLINK(\"\"x\"\")\",3\r\n'+1,3\r\n'-1,3\r\n'@x,3\r\n'\tx,3\r\n\
             \"a, b\",3\r\nNam Đà,3\r\n"
        );
    }
}
