//! How the round's secondments were rated.

use super::kind::{BilingualText, ReportKind, ReportRound};
use super::percent::Percent;
use super::store;
use super::table::{Cell, Column, Table};
use crate::auth::Scope;
use crate::error::{Language, Result, Text};
use crate::evaluations::model::Rating;
use crate::store::Db;
use serde::Serialize;
use utoipa::ToSchema;

/// How many of a round's secondments were rated how.
#[derive(Debug, Serialize, ToSchema)]
pub struct EvaluationSummary {
    round: ReportRound,
    /// The round's secondments.
    secondments: u32,
    /// Excellent, good, complete, and not yet evaluated, in this order.
    results: Vec<RatingShare>,
    /// The sum of the rounded shares; absent when there are no secondments.
    percent_sum: Option<Percent>,
    /// Why the shares may not add to 100.
    note: BilingualText,
    #[serde(skip)]
    note_text: Text,
}

/// One result's part.
#[derive(Debug, Serialize, ToSchema)]
pub struct RatingShare {
    result: SecondmentResult,
    /// Exact.
    count: u32,
    /// Of all the round's secondments, rounded on its own to one decimal, half up; absent when there are none.
    percent: Option<Percent>,
}

/// What became of a secondment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum SecondmentResult {
    /// Rated excellent.
    Excellent,
    /// Rated good.
    Good,
    /// Rated complete.
    Complete,
    /// Not rated yet: a state, not a grade.
    NotEvaluated,
}

impl SecondmentResult {
    const ALL: [Self; 4] = [Self::Excellent, Self::Good, Self::Complete, Self::NotEvaluated];

    fn of(rating: Option<Rating>) -> Self {
        match rating {
            Some(Rating::Excellent) => Self::Excellent,
            Some(Rating::Good) => Self::Good,
            Some(Rating::Complete) => Self::Complete,
            None => Self::NotEvaluated,
        }
    }

    fn name(self) -> Text {
        match self {
            Self::Excellent => Text::fixed("Excellent", "Hoàn thành xuất sắc nhiệm vụ"),
            Self::Good => Text::fixed("Good", "Hoàn thành tốt nhiệm vụ"),
            Self::Complete => Text::fixed("Complete", "Hoàn thành nhiệm vụ"),
            Self::NotEvaluated => Text::fixed("Not yet evaluated", "Chưa đánh giá"),
        }
    }
}

impl EvaluationSummary {
    fn new(round: ReportRound, counts: &[(Option<Rating>, u32)]) -> Self {
        let secondments = counts.iter().map(|(_, count)| count).sum();
        let results: Vec<RatingShare> = SecondmentResult::ALL
            .into_iter()
            .map(|result| {
                let count = counts
                    .iter()
                    .filter(|(rating, _)| SecondmentResult::of(*rating) == result)
                    .map(|(_, count)| count)
                    .sum();
                RatingShare {
                    result,
                    count,
                    percent: Percent::of(count, secondments),
                }
            })
            .collect();
        let percent_sum = results.iter().map(|share| share.percent).sum();
        let note = note(percent_sum);
        Self {
            round,
            secondments,
            results,
            percent_sum,
            note: note.clone().into(),
            note_text: note,
        }
    }
}

fn note(sum: Option<Percent>) -> Text {
    let Some(sum) = sum else {
        return Text::fixed(
            "The round has no secondments yet, so there are no shares.",
            "Đợt này chưa có biệt phái nào nên chưa có tỷ lệ.",
        );
    };
    Text {
        en: format!(
            "Each share is rounded on its own to one decimal, half up, so the shares need not add to exactly 100.0; here they add to {}. The counts are exact.",
            sum.text(Language::En)
        )
        .into(),
        vi: format!(
            "Mỗi tỷ lệ được làm tròn riêng đến một chữ số thập phân nên tổng các tỷ lệ không nhất thiết bằng đúng 100,0; ở đây tổng là {}. Số lượng là số chính xác.",
            sum.text(Language::Vi)
        )
        .into(),
    }
}

impl ReportKind for EvaluationSummary {
    const NAME: &'static str = "evaluation-summary";
    const TITLE: Text = Text::fixed(
        "Summary of secondment evaluations",
        "Tổng hợp kết quả đánh giá biệt phái",
    );

    fn compile(db: &mut Db, scope: &Scope, round: ReportRound) -> Result<Self> {
        let counts = store::ratings(db, scope, round.id)?;
        Ok(Self::new(round, &counts))
    }

    fn table(&self) -> Table {
        let mut rows: Vec<Vec<Cell>> = self
            .results
            .iter()
            .map(|share| {
                vec![
                    Cell::Words(share.result.name()),
                    Cell::Count(share.count),
                    Cell::Share(share.percent),
                ]
            })
            .collect();
        rows.push(vec![
            Cell::Words(Text::fixed(
                "Total (shares: sum of the rounded)",
                "Tổng cộng (tỷ lệ: tổng các số đã làm tròn)",
            )),
            Cell::Count(self.secondments),
            Cell::Share(self.percent_sum),
        ]);
        Table {
            title: Self::TITLE,
            columns: vec![
                Column::words("Result", "Kết quả"),
                Column::numbers("Secondments", "Số người biệt phái"),
                Column::numbers("Share, %", "Tỷ lệ, %"),
            ],
            rows,
            notes: vec![self.note_text.clone()],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::clock::Clock;
    use crate::ids::RoundId;

    fn summary(counts: &[(Option<Rating>, u32)]) -> EvaluationSummary {
        let clock = Clock::manual("2025-11-01T00:00:00Z".parse().unwrap());
        let round = ReportRound {
            id: RoundId::new(&clock),
            name: "1".into(),
            start: "2025-08-01".parse().unwrap(),
            end: "2025-10-31".parse().unwrap(),
        };
        EvaluationSummary::new(round, counts)
    }

    #[test]
    fn the_published_result_of_260_people_is_reproduced_and_its_sum_explained() {
        let summary = summary(&[
            (None, 2),
            (Some(Rating::Complete), 3),
            (Some(Rating::Excellent), 66),
            (Some(Rating::Good), 189),
        ]);
        assert_eq!(summary.secondments, 260);
        let shown: Vec<(SecondmentResult, u32, String)> = summary
            .results
            .iter()
            .map(|share| (share.result, share.count, share.percent.unwrap().to_string()))
            .collect();
        assert_eq!(
            shown,
            [
                (SecondmentResult::Excellent, 66, "25.4".to_owned()),
                (SecondmentResult::Good, 189, "72.7".to_owned()),
                (SecondmentResult::Complete, 3, "1.2".to_owned()),
                (SecondmentResult::NotEvaluated, 2, "0.8".to_owned()),
            ]
        );
        let json = serde_json::to_value(&summary).unwrap();
        assert_eq!(json["percent_sum"], 100.1);
        assert!(json["note"]["en"].as_str().unwrap().contains("100.1"));
        assert!(json["note"]["vi"].as_str().unwrap().contains("100,1"));
        assert_eq!(summary.table().rows.len(), 5);
    }

    #[test]
    fn a_round_without_secondments_has_counts_and_no_shares() {
        let summary = summary(&[]);
        assert_eq!(summary.secondments, 0);
        assert!(
            summary
                .results
                .iter()
                .all(|share| share.count == 0 && share.percent.is_none())
        );
        assert_eq!(summary.percent_sum, None);
    }
}
