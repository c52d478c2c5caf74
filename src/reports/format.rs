//! In which format a report is given: what `Accept` prefers among those there are.

use serde::Serialize;
use utoipa::ToSchema;

/// A media type that reports come in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
pub enum Format {
    /// The typed document.
    #[serde(rename = "application/json")]
    Json,
    /// Rows and columns.
    #[serde(rename = "text/csv")]
    Csv,
    /// A drawing.
    #[serde(rename = "image/svg+xml")]
    Svg,
}

impl Format {
    /// The format that an `Accept` header likes best of those offered, and JSON when it likes none.
    pub(super) fn preferred(accept: Option<&str>, offered: &[Self]) -> Self {
        let mut best = (0.0_f32, Self::Json);
        for part in accept.unwrap_or_default().split(',') {
            let mut pieces = part.split(';').map(str::trim);
            let range = pieces.next().unwrap_or_default().to_ascii_lowercase();
            let weight = pieces
                .find_map(|piece| piece.strip_prefix("q=").and_then(|q| q.parse().ok()))
                .unwrap_or(1.0_f32);
            let format = match range.as_str() {
                "application/json" | "application/*" | "*/*" => Self::Json,
                "text/csv" | "text/*" => Self::Csv,
                "image/svg+xml" | "image/*" => Self::Svg,
                _ => continue,
            };
            if weight > best.0 && offered.contains(&format) {
                best = (weight, format);
            }
        }
        best.1
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_liked_format_on_offer_is_given_and_json_otherwise() {
        let all = &[Format::Json, Format::Csv, Format::Svg];
        let of = |accept| Format::preferred(Some(accept), all);
        assert_eq!(Format::preferred(None, all), Format::Json);
        assert_eq!(of("text/csv"), Format::Csv);
        assert_eq!(of("image/avif,image/webp,image/*,*/*;q=0.8"), Format::Svg);
        assert_eq!(of("text/html,application/xhtml+xml,*/*;q=0.8"), Format::Json);
        assert_eq!(of("application/json;q=0.5, text/csv;q=0.6"), Format::Csv);
        assert_eq!(of("text/csv;q=0"), Format::Json);
        let tables = &[Format::Json, Format::Csv];
        assert_eq!(Format::preferred(Some("image/svg+xml"), tables), Format::Json);
    }
}
