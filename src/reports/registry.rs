//! The reports there are: one line each.

use super::format::Format;
use super::kind::{ReportKind, ReportRound};
use super::table::Table;
use super::{Coverage, EvaluationSummary, SkillGap};
use crate::auth::Scope;
use crate::error::{Language, Result, Text};
use crate::store::Db;
use serde::Serialize;
use utoipa::ToSchema;

/// A report that can be asked for.
pub struct Entry {
    /// Its place in the address.
    pub name: &'static str,
    /// What people call it.
    pub title: Text,
    /// Whether someone who is tied to units may have it.
    pub for_units: bool,
    /// Whether it can be drawn.
    pub has_chart: bool,
    /// Puts it together.
    pub compile: fn(&mut Db, &Scope, ReportRound) -> Result<Report>,
}

impl Entry {
    /// The formats that it is given in.
    pub fn formats(&self) -> &'static [Format] {
        if self.has_chart {
            &[Format::Json, Format::Csv, Format::Svg]
        } else {
            &[Format::Json, Format::Csv]
        }
    }
}

macro_rules! reports {
    ($($kind:ident)*) => {
        /// A report, put together.
        #[derive(Debug, Serialize, ToSchema)]
        #[serde(untagged)]
        pub enum Report {
            $(#[doc = concat!("See [`", stringify!($kind), "`].")] $kind($kind),)*
        }

        impl Report {
            /// Every report there is, in the order of the documentation.
            pub const ALL: &[Entry] = &[$(Entry {
                name: $kind::NAME,
                title: $kind::TITLE,
                for_units: $kind::FOR_UNITS,
                has_chart: $kind::CHART.is_some(),
                compile: |db, scope, round| $kind::compile(db, scope, round).map(Self::$kind),
            }),*];

            /// The report as rows and columns.
            pub fn table(&self) -> Table {
                match self { $(Self::$kind(report) => report.table()),* }
            }

            /// The report drawn as SVG, where it can be.
            pub fn chart(&self, language: Language) -> Option<String> {
                match self { $(Self::$kind(report) => $kind::CHART.map(|draw| draw(report, language))),* }
            }
        }
    };
}

reports! {
    EvaluationSummary
    Coverage
    SkillGap
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::collections::HashSet;

    #[test]
    fn every_report_has_its_own_name_and_a_title_in_both_languages() {
        let names: HashSet<_> = Report::ALL.iter().map(|entry| entry.name).collect();
        assert_eq!(names.len(), Report::ALL.len());
        assert!(Report::ALL.iter().all(|entry| entry.title.en != entry.title.vi));
    }
}
