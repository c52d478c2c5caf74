//! A table of seats drawn as SVG: the darker blue, the better filled; red where nobody came.

use super::coverage::Seats;
use crate::error::{Language, Text};

const MARGIN: usize = 16;
const NAMES: usize = 210;
const HEADINGS: usize = 200;
const CELL: usize = 54;
const LINE: usize = 24;
const LEGEND: usize = 34;
const SWATCH: usize = 132;
/// Slanted headings reach beyond the last column.
const OVERHANG: usize = 130;

/// What is drawn.
pub(super) struct HeatMap {
    pub(super) title: Text,
    pub(super) subtitle: String,
    pub(super) columns: Vec<Text>,
    pub(super) rows: Vec<Row>,
}

/// A line of cells with its sum.
pub(super) struct Row {
    pub(super) name: Text,
    pub(super) cells: Vec<Seats>,
    pub(super) total: Seats,
}

/// How well seats are filled; the colours can be told apart without telling red from green.
#[derive(Clone, Copy)]
enum Shade {
    Nothing,
    Nobody,
    UnderHalf,
    HalfOrMore,
    Full,
}

impl Shade {
    const LEGEND: [(Self, Text); 5] = [
        (Self::Nothing, Text::fixed("none asked", "không đề nghị")),
        (Self::Nobody, Text::fixed("nobody", "chưa có người")),
        (Self::UnderHalf, Text::fixed("under half", "dưới một nửa")),
        (Self::HalfOrMore, Text::fixed("half or more", "từ một nửa")),
        (Self::Full, Text::fixed("all filled", "đủ người")),
    ];

    fn of(seats: Seats) -> Self {
        match (seats.asked, seats.filled) {
            (0, 0) => Self::Nothing,
            (_, 0) => Self::Nobody,
            (asked, filled) if filled >= asked => Self::Full,
            (asked, filled) if filled >= asked - filled => Self::HalfOrMore,
            _ => Self::UnderHalf,
        }
    }

    /// The colour of the cell and that of the text on it.
    fn colours(self) -> (&'static str, &'static str) {
        match self {
            Self::Nothing => ("#f1f3f5", "#868e96"),
            Self::Nobody => ("#d73027", "#ffffff"),
            Self::UnderHalf => ("#fdae61", "#212529"),
            Self::HalfOrMore => ("#abd9e9", "#212529"),
            Self::Full => ("#4575b4", "#ffffff"),
        }
    }
}

impl HeatMap {
    /// The drawing, complete in itself, with texts in `language`.
    pub(super) fn draw(&self, language: Language) -> String {
        let columns = self.columns.len() + 1;
        let width = MARGIN * 2 + (NAMES + columns * CELL + OVERHANG).max(Shade::LEGEND.len() * SWATCH);
        let height = MARGIN * 2 + HEADINGS + self.rows.len() * LINE + LEGEND;
        let title = escape(self.title.in_language(language));
        let reading = Text::fixed("in the cells: filled / asked", "trong ô: đã bố trí / đề nghị");
        let subtitle = format!("{} · {}", escape(&self.subtitle), reading.in_language(language));
        let mut parts = vec![format!(
            "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" \
             height=\"{height}\" role=\"img\" font-family=\"system-ui, 'Noto Sans', sans-serif\" font-size=\"12\">\n\
             <title>{title}</title>\n<rect width=\"100%\" height=\"100%\" fill=\"#ffffff\"/>\n\
             <text x=\"{MARGIN}\" y=\"34\" font-size=\"18\" font-weight=\"bold\">{title}</text>\n\
             <text x=\"{MARGIN}\" y=\"56\" fill=\"#495057\">{subtitle}</text>\n"
        )];
        let total = Text::fixed("All fields", "Tất cả lĩnh vực");
        for (i, name) in self.columns.iter().chain([&total]).enumerate() {
            parts.push(heading(i, name.in_language(language)));
        }
        for (i, row) in self.rows.iter().enumerate() {
            parts.push(line(i, row, language));
        }
        parts.push(legend(height - MARGIN - LEGEND + 14, language));
        parts.push("</svg>\n".into());
        parts.concat()
    }
}

fn heading(column: usize, name: &str) -> String {
    let (x, y) = (MARGIN + NAMES + column * CELL + CELL / 2, MARGIN + HEADINGS - 8);
    let name = escape(name);
    format!("<text transform=\"translate({x} {y}) rotate(-45)\">{name}</text>\n")
}

fn line(number: usize, row: &Row, language: Language) -> String {
    let y = MARGIN + HEADINGS + number * LINE;
    let name = escape(row.name.in_language(language));
    let (x, baseline) = (MARGIN + NAMES - 8, y + 16);
    let mut parts = vec![format!(
        "<text x=\"{x}\" y=\"{baseline}\" text-anchor=\"end\">{name}</text>\n"
    )];
    for (column, seats) in row.cells.iter().chain([&row.total]).enumerate() {
        parts.push(cell(MARGIN + NAMES + column * CELL, y, *seats));
    }
    parts.concat()
}

fn cell(x: usize, y: usize, seats: Seats) -> String {
    let shade = Shade::of(seats);
    let (fill, ink) = shade.colours();
    let (width, height) = (CELL - 2, LINE - 2);
    let tile =
        format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\" fill=\"{fill}\"/>");
    if matches!(shade, Shade::Nothing) {
        return tile + "\n";
    }
    let (middle, baseline) = (x + width / 2, y + 15);
    let Seats { asked, filled, .. } = seats;
    format!(
        "{tile}<text x=\"{middle}\" y=\"{baseline}\" text-anchor=\"middle\" fill=\"{ink}\">{filled}/{asked}</text>\n"
    )
}

fn legend(y: usize, language: Language) -> String {
    let swatches = Shade::LEGEND.into_iter().enumerate().map(|(i, (shade, name))| {
        let x = MARGIN + i * SWATCH;
        let (words, baseline, fill) = (x + 22, y + 12, shade.colours().0);
        let name = escape(name.in_language(language));
        format!(
            "<rect x=\"{x}\" y=\"{y}\" width=\"16\" height=\"16\" rx=\"3\" fill=\"{fill}\"/>\
             <text x=\"{words}\" y=\"{baseline}\">{name}</text>\n"
        )
    });
    swatches.collect::<Vec<_>>().concat()
}

/// Names are data: none of them may become markup.
fn escape(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}
