//! The list of reports on the wire. Each report's own shape stands in its file.

use super::format::Format;
use super::kind::BilingualText;
use super::registry::Entry;
use crate::ids::RoundId;
use serde::{Deserialize, Serialize};
use utoipa::{IntoParams, ToSchema};

/// A report that can be asked for.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = ReportEntry)]
pub struct EntryDto {
    /// Its place in the address: `/reports/{name}`.
    name: &'static str,
    title: BilingualText,
    /// What it can be asked for by `Accept`.
    formats: &'static [Format],
}

impl From<&Entry> for EntryDto {
    fn from(entry: &Entry) -> Self {
        Self {
            name: entry.name,
            title: entry.title.clone().into(),
            formats: entry.formats(),
        }
    }
}

/// What a report is about.
#[derive(Debug, Deserialize, IntoParams)]
#[serde(deny_unknown_fields)]
#[into_params(parameter_in = Query)]
pub struct ReportQuery {
    /// The round.
    pub round: RoundId,
}
