//! Where the province lacks people: by field, the seats asked for at each level, and who could fill them.

use super::kind::{Named, ReportKind, ReportRound};
use super::store::{self, SeatCount};
use super::table::{Cell, Column, Table};
use crate::auth::Scope;
use crate::catalogue;
use crate::catalogue::model::Field;
use crate::error::{Result, Text};
use crate::ids::FieldCode;
use crate::store::Db;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;
use utoipa::ToSchema;

/// Seats asked for, people able, seats filled and missing, by field and level.
#[derive(Debug, Serialize, ToSchema)]
pub struct SkillGap {
    round: ReportRound,
    /// The fields in which a seat was asked for or filled; those that miss most come first.
    fields: Vec<FieldGap>,
}

/// One field's gap.
#[derive(Debug, Serialize, ToSchema)]
pub struct FieldGap {
    field: Named<FieldCode>,
    /// Seats of accepted needs.
    asked: u32,
    /// Seats with a secondment.
    filled: u32,
    /// Seats asked for and not filled.
    missing: u32,
    /// The same for each minimum level, the lowest first.
    levels: Vec<LevelGap>,
}

/// The gap among the seats of one field and one minimum level.
#[derive(Debug, Serialize, ToSchema)]
pub struct LevelGap {
    /// The lowest level that the needs take.
    min_level: i32,
    asked: u32,
    filled: u32,
    missing: u32,
    /// The province's people of that level or above in the field, whether free or not; armed forces are not counted.
    able: u32,
}

impl SkillGap {
    fn new(
        round: ReportRound,
        fields: Vec<Field>,
        asked: Vec<SeatCount>,
        filled: Vec<SeatCount>,
        people: &[(FieldCode, i32, u32)],
    ) -> Self {
        let mut seats: BTreeMap<FieldCode, BTreeMap<i32, (u32, u32)>> = BTreeMap::new();
        for row in asked {
            let of_field = seats.entry(row.field).or_default();
            of_field.entry(row.min_level).or_default().0 += row.seats;
        }
        for row in filled {
            let of_field = seats.entry(row.field).or_default();
            of_field.entry(row.min_level).or_default().1 += row.seats;
        }
        let able = |field: &FieldCode, min_level| -> u32 {
            people
                .iter()
                .filter(|(code, level, _)| code == field && *level >= min_level)
                .map(|(_, _, count)| count)
                .sum()
        };
        let mut gaps: Vec<FieldGap> = fields
            .into_iter()
            .filter_map(|field| {
                let levels = seats.remove(&field.code)?;
                let levels = levels
                    .into_iter()
                    .map(|(min_level, (asked, filled))| LevelGap {
                        min_level,
                        asked,
                        filled,
                        missing: asked.saturating_sub(filled),
                        able: able(&field.code, min_level),
                    })
                    .collect();
                Some(FieldGap::new(field.into(), levels))
            })
            .collect();
        // The sort is stable: fields that miss as many stay in the catalogue's order.
        gaps.sort_by_key(|gap| Reverse(gap.missing));
        Self { round, fields: gaps }
    }
}

impl FieldGap {
    fn new(field: Named<FieldCode>, levels: Vec<LevelGap>) -> Self {
        let sum = |part: fn(&LevelGap) -> u32| levels.iter().map(part).sum();
        Self {
            field,
            asked: sum(|level| level.asked),
            filled: sum(|level| level.filled),
            missing: sum(|level| level.missing),
            levels,
        }
    }
}

impl ReportKind for SkillGap {
    const NAME: &'static str = "skill-gap";
    const TITLE: Text = Text::fixed("Skill gap by field", "Thiếu hụt năng lực theo lĩnh vực");

    fn compile(db: &mut Db, scope: &Scope, round: ReportRound) -> Result<Self> {
        let asked = store::asked(db, scope, round.id)?;
        let filled = store::filled(db, scope, round.id)?;
        let people = store::levels(db, scope)?;
        let fields = catalogue::store::fields(db, scope)?;
        Ok(Self::new(round, fields, asked, filled, &people))
    }

    /// A row for each field and level.
    fn table(&self) -> Table {
        let rows = self.fields.iter().flat_map(|gap| {
            gap.levels.iter().map(|level| {
                vec![
                    Cell::Words(gap.field.name()),
                    Cell::Count(level.min_level.unsigned_abs()),
                    Cell::Count(level.asked),
                    Cell::Count(level.able),
                    Cell::Count(level.filled),
                    Cell::Count(level.missing),
                ]
            })
        });
        Table {
            title: Self::TITLE,
            columns: vec![
                Column::words("Field", "Lĩnh vực"),
                Column::numbers("Minimum level", "Bậc tối thiểu"),
                Column::numbers("Asked", "Đề nghị"),
                Column::numbers("Able", "Đủ năng lực"),
                Column::numbers("Filled", "Đã bố trí"),
                Column::numbers("Missing", "Còn thiếu"),
            ],
            rows: rows.collect(),
            notes: vec![Text::fixed(
                "Able: the province's people of that level or above, free or not; someone able in two fields counts in both. Armed forces are not counted.",
                "Đủ năng lực: số người của tỉnh đạt bậc đó trở lên, kể cả người đang bận; người đáp ứng hai lĩnh vực được tính ở cả hai. Không tính lực lượng vũ trang.",
            )],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::ids::RoundId;

    #[test]
    fn the_field_that_misses_most_comes_first_and_people_count_at_and_above_their_level() {
        let clock = Clock::manual("2025-11-01T00:00:00Z".parse().unwrap());
        let code = |code: &str| -> FieldCode { code.parse().unwrap() };
        let field = |name: &str| Field {
            code: code(name),
            position: 1,
            name_vi: name.into(),
            name_en: name.into(),
        };
        let seats = |field: &str, min_level, seats| SeatCount {
            unit: "00001".parse().unwrap(),
            field: code(field),
            min_level,
            seats,
        };
        let report = SkillGap::new(
            ReportRound {
                id: RoundId::new(&clock),
                name: "1".into(),
                start: "2025-08-01".parse().unwrap(),
                end: "2025-10-31".parse().unwrap(),
            },
            vec![field("land"), field("it"), field("health")],
            vec![seats("land", 2, 1), seats("it", 1, 2), seats("it", 3, 1)],
            vec![seats("land", 2, 1), seats("it", 1, 1)],
            &[(code("it"), 1, 5), (code("it"), 3, 2), (code("land"), 1, 9)],
        );
        let shown: Vec<(&str, u32)> = report
            .fields
            .iter()
            .map(|gap| (gap.field.code.as_str(), gap.missing))
            .collect();
        assert_eq!(shown, [("it", 2), ("land", 0)]);
        let able: Vec<(i32, u32)> = report.fields[0]
            .levels
            .iter()
            .map(|level| (level.min_level, level.able))
            .collect();
        assert_eq!(able, [(1, 7), (3, 2)]);
        assert_eq!(report.fields[1].levels[0].able, 0);
        assert_eq!(report.table().rows.len(), 3);
    }
}
