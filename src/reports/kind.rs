//! What every report is.

use super::table::Table;
use crate::auth::Scope;
use crate::catalogue::model::{Field, Unit};
use crate::error::{Language, Result, Text};
use crate::ids::{FieldCode, RoundId, UnitCode};
use crate::store::Db;
use chrono::NaiveDate;
use serde::Serialize;
use utoipa::ToSchema;

/// A report about one round.
pub trait ReportKind: Sized {
    /// Its place in the address: `/reports/{NAME}`.
    const NAME: &'static str;
    /// What people call it.
    const TITLE: Text;
    /// Whether someone who is tied to units may have it; it must then be narrowed to the scope's units.
    const FOR_UNITS: bool = false;
    /// How it is drawn as SVG, where it can be.
    const CHART: Option<fn(&Self, Language) -> String> = None;

    /// Puts it together from what is stored now.
    fn compile(db: &mut Db, scope: &Scope, round: ReportRound) -> Result<Self>;

    /// The same as rows and columns, for CSV and the terminal.
    fn table(&self) -> Table;
}

/// The round that a report is about.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct ReportRound {
    /// Which one.
    pub id: RoundId,
    /// Its name.
    pub name: String,
    /// The term's first day.
    pub start: NaiveDate,
    /// The term's last day.
    pub end: NaiveDate,
}

/// A sentence in both languages, on the wire.
#[derive(Debug, Clone, Serialize, ToSchema)]
pub struct BilingualText {
    en: String,
    vi: String,
}

impl From<Text> for BilingualText {
    fn from(text: Text) -> Self {
        Self {
            en: text.en.into_owned(),
            vi: text.vi.into_owned(),
        }
    }
}

/// Something of the catalogue that a report speaks of: its code and its names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, ToSchema)]
pub struct Named<Code> {
    /// Its code.
    pub code: Code,
    /// Vietnamese name.
    pub name_vi: String,
    /// English name.
    pub name_en: String,
}

impl<Code> Named<Code> {
    /// Its name in both languages.
    pub fn name(&self) -> Text {
        Text {
            en: self.name_en.clone().into(),
            vi: self.name_vi.clone().into(),
        }
    }
}

impl From<Field> for Named<FieldCode> {
    fn from(field: Field) -> Self {
        Self {
            code: field.code,
            name_vi: field.name_vi,
            name_en: field.name_en,
        }
    }
}

impl From<Unit> for Named<UnitCode> {
    fn from(unit: Unit) -> Self {
        Self {
            code: unit.code,
            name_vi: unit.name_vi,
            name_en: unit.name_en,
        }
    }
}
