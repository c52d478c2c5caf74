//! Which units asked for whom, and who came: unit × field.

use super::heat_map::{HeatMap, Row};
use super::kind::{Named, ReportKind, ReportRound};
use super::percent::Percent;
use super::store::{self, SeatCount};
use super::table::{Cell, Column, Table};
use crate::auth::Scope;
use crate::catalogue;
use crate::catalogue::model::{Field, Unit};
use crate::error::{Language, Result, Text};
use crate::ids::{FieldCode, UnitCode};
use crate::say;
use crate::store::Db;
use serde::Serialize;
use std::collections::BTreeMap;
use std::ops::AddAssign;
use utoipa::ToSchema;

/// The seats that a round's accepted needs ask for, and those that its secondments fill.
#[derive(Debug, Serialize, ToSchema)]
pub struct Coverage {
    round: ReportRound,
    /// Over all units and fields.
    total: Seats,
    /// Over all units, for each field of the catalogue in its order.
    fields: Vec<FieldCoverage>,
    /// The units that asked for someone or have someone, by code.
    units: Vec<UnitCoverage>,
    /// The units that asked and have nobody.
    units_with_nobody: Vec<Named<UnitCode>>,
    /// The units without an accepted need.
    units_not_asking: Vec<Named<UnitCode>>,
}

/// Seats asked for and filled.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, ToSchema)]
pub struct Seats {
    /// Asked for by accepted needs.
    pub(super) asked: u32,
    /// Filled by secondments, under way or over.
    pub(super) filled: u32,
    /// Filled of asked; absent where none was asked.
    percent: Option<Percent>,
}

impl AddAssign for Seats {
    fn add_assign(&mut self, other: Self) {
        self.asked += other.asked;
        self.filled += other.filled;
        self.percent = Percent::of(self.filled, self.asked);
    }
}

impl Seats {
    fn asked(asked: u32) -> Self {
        Self {
            asked,
            ..Self::default()
        }
    }

    fn filled(filled: u32) -> Self {
        Self {
            filled,
            ..Self::default()
        }
    }

    fn cells(self) -> [Cell; 3] {
        [
            Cell::Count(self.asked),
            Cell::Count(self.filled),
            Cell::Share(self.percent),
        ]
    }
}

/// One field's seats over all units.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldCoverage {
    field: Named<FieldCode>,
    seats: Seats,
}

/// One unit's seats.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitCoverage {
    unit: Named<UnitCode>,
    /// Over all fields.
    seats: Seats,
    /// The fields that the unit asked for or has someone in, by code.
    fields: Vec<UnitFieldCoverage>,
}

/// One unit's seats in one field.
#[derive(Debug, Serialize, ToSchema)]
pub struct UnitFieldCoverage {
    field: FieldCode,
    seats: Seats,
}

impl Coverage {
    fn new(
        round: ReportRound,
        units: Vec<Unit>,
        fields: Vec<Field>,
        asked: Vec<SeatCount>,
        filled: Vec<SeatCount>,
    ) -> Self {
        let mut of_unit: BTreeMap<UnitCode, BTreeMap<FieldCode, Seats>> = BTreeMap::new();
        let mut of_field: BTreeMap<FieldCode, Seats> = BTreeMap::new();
        let mut total = Seats::default();
        let asked = asked
            .into_iter()
            .map(|row| (row.unit, row.field, Seats::asked(row.seats)));
        let filled = filled
            .into_iter()
            .map(|row| (row.unit, row.field, Seats::filled(row.seats)));
        for (unit, field, seats) in asked.chain(filled) {
            total += seats;
            *of_field.entry(field.clone()).or_default() += seats;
            *of_unit.entry(unit).or_default().entry(field).or_default() += seats;
        }
        let mut report = Self {
            round,
            total,
            fields: Vec::new(),
            units: Vec::new(),
            units_with_nobody: Vec::new(),
            units_not_asking: Vec::new(),
        };
        for field in fields {
            let seats = of_field.remove(&field.code).unwrap_or_default();
            report.fields.push(FieldCoverage {
                field: field.into(),
                seats,
            });
        }
        for unit in units {
            let fields = of_unit.remove(&unit.code).unwrap_or_default();
            report.add_unit(unit.into(), fields);
        }
        report
    }

    fn add_unit(&mut self, unit: Named<UnitCode>, fields: BTreeMap<FieldCode, Seats>) {
        let mut seats = Seats::default();
        for of_field in fields.values() {
            seats += *of_field;
        }
        if seats.asked == 0 {
            self.units_not_asking.push(unit.clone());
        } else if seats.filled == 0 {
            self.units_with_nobody.push(unit.clone());
        }
        if seats != Seats::default() {
            let fields = fields
                .into_iter()
                .map(|(field, seats)| UnitFieldCoverage { field, seats })
                .collect();
            self.units.push(UnitCoverage { unit, seats, fields });
        }
    }

    fn field_name(&self, code: &FieldCode) -> Cell {
        self.fields
            .iter()
            .find(|field| field.field.code == *code)
            .map_or_else(
                || Cell::same(code.as_str()),
                |field| Cell::Words(field.field.name()),
            )
    }

    fn notes(&self) -> Vec<Text> {
        let (nobody, silent) = (self.units_with_nobody.len(), self.units_not_asking.len());
        vec![
            say!(
                "Units that asked and have nobody: {nobody}. Units without an accepted need: {silent}.",
                "Số đơn vị có nhu cầu nhưng chưa có người: {nobody}. Số đơn vị không có nhu cầu được duyệt: {silent}."
            ),
            Text::fixed(
                "Asked: seats of accepted needs. Filled: seats with a secondment, under way or completed.",
                "Đề nghị: số vị trí của các nhu cầu được duyệt. Đã bố trí: số vị trí có người biệt phái, đang thực hiện hoặc đã kết thúc.",
            ),
        ]
    }

    /// Only fields in which a seat was asked for or filled get a column.
    fn draw(&self, language: Language) -> String {
        let shown: Vec<&FieldCoverage> = self
            .fields
            .iter()
            .filter(|field| field.seats != Seats::default())
            .collect();
        let rows = self.units.iter().map(|unit| Row {
            name: unit.unit.name(),
            cells: shown
                .iter()
                .map(|column| {
                    let cell = unit.fields.iter().find(|cell| cell.field == column.field.code);
                    cell.map(|cell| cell.seats).unwrap_or_default()
                })
                .collect(),
            total: unit.seats,
        });
        let sum = Row {
            name: TOTAL,
            cells: shown.iter().map(|field| field.seats).collect(),
            total: self.total,
        };
        HeatMap {
            title: Self::TITLE,
            subtitle: self.round.name.clone(),
            columns: shown.iter().map(|field| field.field.name()).collect(),
            rows: rows.chain([sum]).collect(),
        }
        .draw(language)
    }
}

const TOTAL: Text = Text::fixed("Total", "Tổng cộng");
const ALL_FIELDS: Text = Text::fixed("All fields", "Tất cả lĩnh vực");

impl ReportKind for Coverage {
    const NAME: &'static str = "coverage";
    const TITLE: Text = Text::fixed(
        "Coverage of needs by unit and field",
        "Mức độ đáp ứng nhu cầu theo đơn vị và lĩnh vực",
    );
    const FOR_UNITS: bool = true;
    const CHART: Option<fn(&Self, Language) -> String> = Some(Self::draw);

    fn compile(db: &mut Db, scope: &Scope, round: ReportRound) -> Result<Self> {
        let asked = store::asked(db, scope, round.id)?;
        let filled = store::filled(db, scope, round.id)?;
        let fields = catalogue::store::fields(db, scope)?;
        let mut units = catalogue::store::all_units(db, scope)?;
        units.retain(|unit| scope.covers(&unit.code));
        Ok(Self::new(round, units, fields, asked, filled))
    }

    /// A row for each unit and field, then the sums of the fields, then the sum of all.
    fn table(&self) -> Table {
        let row = |code: Cell, unit: Cell, field: Cell, seats: Seats| -> Vec<Cell> {
            [code, unit, field].into_iter().chain(seats.cells()).collect()
        };
        let mut rows = Vec::new();
        for unit in &self.units {
            for cell in &unit.fields {
                rows.push(row(
                    Cell::same(unit.unit.code.as_str()),
                    Cell::Words(unit.unit.name()),
                    self.field_name(&cell.field),
                    cell.seats,
                ));
            }
        }
        for field in self.fields.iter().filter(|field| field.seats != Seats::default()) {
            let name = Cell::Words(field.field.name());
            rows.push(row(Cell::Empty, Cell::Words(TOTAL), name, field.seats));
        }
        let (units, fields) = (Cell::Words(TOTAL), Cell::Words(ALL_FIELDS));
        rows.push(row(Cell::Empty, units, fields, self.total));
        Table {
            title: Self::TITLE,
            columns: vec![
                Column::words("Unit code", "Mã đơn vị"),
                Column::words("Unit", "Đơn vị"),
                Column::words("Field", "Lĩnh vực"),
                Column::numbers("Asked", "Đề nghị"),
                Column::numbers("Filled", "Đã bố trí"),
                Column::numbers("Filled, %", "Đáp ứng, %"),
            ],
            rows,
            notes: self.notes(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::catalogue::model::UnitKind;
    use crate::clock::Clock;
    use crate::ids::RoundId;

    fn unit(code: &str, name: &str) -> Unit {
        Unit {
            code: code.parse().unwrap(),
            province: "68".parse().unwrap(),
            name_vi: name.into(),
            name_en: name.into(),
            kind: UnitKind::Commune,
            lat: None,
            lon: None,
            area_km2: None,
            population: None,
        }
    }

    fn field(code: &str, position: i32) -> Field {
        Field {
            code: code.parse().unwrap(),
            position,
            name_vi: code.into(),
            name_en: code.into(),
        }
    }

    fn seats(unit: &str, field: &str, seats: u32) -> SeatCount {
        SeatCount {
            unit: unit.parse().unwrap(),
            field: field.parse().unwrap(),
            min_level: 1,
            seats,
        }
    }

    fn sample() -> Coverage {
        let clock = Clock::manual("2025-11-01T00:00:00Z".parse().unwrap());
        Coverage::new(
            ReportRound {
                id: RoundId::new(&clock),
                name: "Đợt <1>".into(),
                start: "2025-08-01".parse().unwrap(),
                end: "2025-10-31".parse().unwrap(),
            },
            vec![unit("00001", "A & B"), unit("00002", "C"), unit("00003", "D")],
            vec![field("land", 1), field("it", 2), field("health", 3)],
            vec![
                seats("00001", "land", 1),
                seats("00001", "land", 2),
                seats("00002", "it", 1),
            ],
            vec![seats("00001", "land", 2)],
        )
    }

    #[test]
    fn seats_are_summed_by_unit_and_field_and_the_empty_handed_are_named() {
        let report = sample();
        assert_eq!((report.total.asked, report.total.filled), (4, 2));
        assert_eq!(report.total.percent, Percent::of(1, 2));
        let asked: Vec<u32> = report.fields.iter().map(|field| field.seats.asked).collect();
        assert_eq!(asked, [3, 1, 0]);
        assert_eq!(report.units.len(), 2);
        assert_eq!(report.units[0].fields.len(), 1);
        assert_eq!(report.units_with_nobody[0].code.as_str(), "00002");
        assert_eq!(report.units_not_asking[0].code.as_str(), "00003");
        // Two cells, two fields, one sum.
        assert_eq!(report.table().rows.len(), 5);
    }

    #[test]
    fn the_heat_map_is_well_formed_and_shows_each_cell() {
        let drawing = sample().draw(Language::En);
        assert!(drawing.starts_with("<svg xmlns=") && drawing.ends_with("</svg>\n"));
        for text in ["A &amp; B", "Đợt &lt;1&gt;", ">2/3<", ">0/1<", ">Total<"] {
            assert!(drawing.contains(text), "{text}");
        }
        assert!(!drawing.contains("health"));
    }
}
