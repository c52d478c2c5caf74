//! A plan's measures as a table for a terminal.

use super::output::table;
use super::plan_table::{priority, tier};
use crate::error::{Language, Text};
use crate::say;
use cadre_solver::{
    BurdenMeasures, Churn, CoverageMeasures, Fate, FitMeasures, Measures, PreferenceMeasures, ProofMeasures,
    Share, Split, TravelMeasures, UnitId, VolunteerMeasures,
};
use std::fmt::Display;

/// What a measure is called, and its figure.
type Row = (Text, Text);

/// The table.
pub(super) fn text(measures: &Measures, language: Language) -> String {
    let name = say!("MEASURE", "CHỈ SỐ");
    let rows = rows(measures, language).into_iter();
    table(
        &[name.in_language(language), ""],
        rows.map(|(name, figure)| [name, figure]),
    )
}

/// Every measure, in the order of the format. Two plans measured against the same problem have the same names in the
/// same order.
pub(super) fn rows(measures: &Measures, language: Language) -> Vec<(String, String)> {
    let rows = [
        coverage(&measures.coverage),
        fit(&measures.fit),
        preferences(&measures.preferences),
        volunteers(measures.volunteers),
        travel(&measures.travel),
        burden(&measures.burden),
        measures.churn.map(churn).unwrap_or_default(),
        proof(&measures.proof),
    ];
    let told = |text: &Text| text.in_language(language).to_owned();
    (rows.iter().flatten())
        .map(|(name, figure)| (told(name), told(figure)))
        .collect()
}

fn coverage(coverage: &CoverageMeasures) -> Vec<Row> {
    let mut rows = vec![
        (
            say!("seats filled", "số vị trí được bố trí"),
            share(coverage.seats),
        ),
        (
            say!("  of critical needs", "  của nhu cầu cấp bách"),
            share(coverage.critical),
        ),
    ];
    rows.extend(coverage.by_priority.iter().map(|(level, seats)| {
        let Text { en, vi } = priority(*level);
        (say!("  priority {en}", "  mức ưu tiên {vi}"), share(*seats))
    }));
    rows.extend(coverage.by_field.iter().map(|(field, seats)| {
        let name = say!("  field {field}", "  lĩnh vực {field}");
        (name, share(*seats))
    }));
    let worst = coverage.worst_unit.as_ref().map_or_else(none, |worst| {
        let (unit, Text { en, vi }) = (&worst.unit, share(worst.seats));
        say!("{unit}: {en}", "{unit}: {vi}")
    });
    rows.extend([
        (
            say!("worst-served unit", "đơn vị có mức đáp ứng thấp nhất"),
            worst,
        ),
        (
            say!("tenth percentile of units", "bách phân vị thứ 10 của các đơn vị"),
            coverage.tenth_percentile.map_or_else(none, same),
        ),
        (
            say!("Gini coefficient of units", "hệ số Gini giữa các đơn vị"),
            decimal(coverage.gini_thousandths),
        ),
        (
            say!("units that get nobody", "đơn vị chưa có người"),
            same(units(&coverage.empty_units)),
        ),
        (
            say!("units nobody can serve", "đơn vị không có ai đủ điều kiện"),
            same(units(&coverage.unservable_units)),
        ),
    ]);
    rows
}

fn fit(fit: &FitMeasures) -> Vec<Row> {
    vec![
        (
            say!("mean fit, of 1", "mức phù hợp trung bình, trên 1"),
            fit.mean_thousandths.map_or_else(none, decimal),
        ),
        (
            say!("lowest fit, of 1", "mức phù hợp thấp nhất, trên 1"),
            fit.minimum_thousandths.map_or_else(none, decimal),
        ),
        (
            say!("at a verified level", "có mức năng lực đã được xác nhận"),
            share(fit.verified),
        ),
    ]
}

fn preferences(preferences: &PreferenceMeasures) -> Vec<Row> {
    let both = |ranked: Share, placed: Share| {
        let (count, of, Text { en, vi }) = (ranked.count, ranked.of, share(placed));
        say!(
            "{count} of {of} who ranked, {en} placed",
            "{count} trên {of} người có nguyện vọng, {vi} người được cử"
        )
    };
    vec![
        (
            say!("ranked units", "có nêu nguyện vọng"),
            share(preferences.ranked),
        ),
        (
            say!("  sent to one of them", "  được cử đến nơi có nguyện vọng"),
            share(preferences.on_the_list),
        ),
        (
            say!("  mean rank of these", "  thứ tự nguyện vọng trung bình"),
            preferences.mean_rank_thousandths.map_or_else(none, decimal),
        ),
        (
            say!("first choice", "nguyện vọng thứ nhất"),
            both(preferences.first_of_ranked, preferences.first_of_placed),
        ),
        (
            say!("one of the first three", "một trong ba nguyện vọng đầu"),
            both(preferences.top_three_of_ranked, preferences.top_three_of_placed),
        ),
    ]
}

fn volunteers(volunteers: VolunteerMeasures) -> Vec<Row> {
    let split = |split: Split| {
        let (volunteers, directed) = (split.volunteers, split.directed);
        say!(
            "{volunteers} volunteers, {directed} directed",
            "{volunteers} tự nguyện, {directed} không tự nguyện"
        )
    };
    vec![
        (say!("people sent", "số người được cử"), split(volunteers.all)),
        (
            say!("  to hard units", "  đến đơn vị khó khăn"),
            split(volunteers.in_hard_units),
        ),
    ]
}

fn travel(travel: &TravelMeasures) -> Vec<Row> {
    let total = travel.total_minutes;
    let minutes =
        |minutes: Option<u32>| minutes.map_or_else(none, |minutes| say!("{minutes} min", "{minutes} phút"));
    vec![
        (
            say!("travel in all", "tổng thời gian đi lại"),
            say!("{total} min", "{total} phút"),
        ),
        (say!("  median", "  trung vị"), minutes(travel.median_minutes)),
        (
            say!("  ninetieth percentile", "  bách phân vị thứ 90"),
            minutes(travel.ninetieth_percentile_minutes),
        ),
        (say!("  longest", "  dài nhất"), minutes(travel.longest_minutes)),
        (
            say!("  over the limit", "  vượt giới hạn"),
            (travel.over_limit).map_or_else(|| say!("no limit", "không giới hạn"), share),
        ),
    ]
}

fn burden(burden: &BurdenMeasures) -> Vec<Row> {
    let mut rows = vec![
        (
            say!("sent before", "đã từng được cử đi"),
            share(burden.sent_before),
        ),
        (
            say!("rest windows broken", "số lần chưa đủ thời gian nghỉ"),
            same(burden.rest_breaches),
        ),
    ];
    for (department, depletion) in &burden.departments {
        rows.push((
            say!("department {department} sends", "cơ quan {department} cử đi"),
            share(depletion.sent),
        ));
        rows.extend(depletion.groups.iter().map(|(field, sent)| {
            let name = say!("  of field {field}", "  thuộc lĩnh vực {field}");
            (name, share(*sent))
        }));
    }
    rows
}

fn churn(churn: Churn) -> Vec<Row> {
    let fate = |fate: Fate| {
        let (kept, moved, dropped) = (fate.kept, fate.moved, fate.dropped);
        say!(
            "{kept} kept, {moved} moved, {dropped} dropped",
            "{kept} giữ nguyên, {moved} chuyển, {dropped} thôi cử"
        )
    };
    vec![
        (
            say!("announced before", "đã thông báo trước đó"),
            fate(churn.announced),
        ),
        (
            say!("planned before", "đã có trong phương án trước"),
            fate(churn.planned),
        ),
        (say!("new to the plan", "mới vào phương án"), same(churn.new)),
    ]
}

fn proof(proof: &ProofMeasures) -> Vec<Row> {
    let open = proof.first_open.map_or_else(none, |open| {
        let Text { en, vi } = tier(open);
        match proof.gap_thousandths.map(decimal) {
            None => say!("{en}", "{vi}"),
            Some(gap) => {
                let (point, comma) = (gap.en, gap.vi);
                say!("{en}, gap {point}", "{vi}, chênh lệch {comma}")
            }
        }
    });
    vec![
        (
            say!("tiers proven", "tiêu chí đã chứng minh"),
            share(proof.proven),
        ),
        (
            say!("  in whole numbers", "  tính bằng số nguyên"),
            share(proof.certified),
        ),
        (say!("  first open", "  tiêu chí đầu tiên chưa chứng minh"), open),
    ]
}

/// A figure that both languages write alike.
fn same(figure: impl Display) -> Text {
    say!("{figure}", "{figure}")
}

/// Where there is nothing to measure.
fn none() -> Text {
    same("-")
}

/// Both counts, and the percentage that people look for.
fn share(share: Share) -> Text {
    let (part, of) = (share.count, share.of);
    // rounded half up, as all measures are; counts of people and seats are far from overflowing
    let doubled = part.saturating_mul(200).saturating_add(of);
    match doubled.checked_div(of.saturating_mul(2)) {
        None => none(),
        Some(percent) => say!("{part} of {of} ({percent} %)", "{part} trên {of} ({percent} %)"),
    }
}

/// Thousandths with a decimal point, in Vietnamese with a comma.
fn decimal(thousandths: u64) -> Text {
    let (whole, rest) = (thousandths / 1000, thousandths % 1000);
    say!("{whole}.{rest:03}", "{whole},{rest:03}")
}

fn units(units: &[UnitId]) -> String {
    /// More do not fit on a line.
    const SHOWN: usize = 6;
    if units.is_empty() {
        return "0".to_owned();
    }
    let names: Vec<&str> = units.iter().take(SHOWN).map(UnitId::as_str).collect();
    let more = if units.len() > SHOWN { ", …" } else { "" };
    format!("{}: {}{more}", units.len(), names.join(", "))
}

#[cfg(test)]
mod tests {
    use super::{decimal, none, share, units};
    use crate::say;
    use cadre_solver::Share;

    #[test]
    fn figures_are_readable() {
        let of = |count, of| share(Share { count, of });
        assert_eq!(
            (of(7, 10), of(1, 3), of(0, 0)),
            (
                say!("7 of 10 (70 %)", "7 trên 10 (70 %)"),
                say!("1 of 3 (33 %)", "1 trên 3 (33 %)"),
                none()
            )
        );
        assert_eq!(
            (decimal(37), decimal(2_500)),
            (say!("0.037", "0,037"), say!("2.500", "2,500"))
        );
        let many: Vec<_> = (1..=7).map(|nth| format!("u{nth}").into()).collect();
        assert_eq!(
            (units(&[]), units(&many[..1])),
            ("0".to_owned(), "1: u1".to_owned())
        );
        assert_eq!(units(&many), "7: u1, u2, u3, u4, u5, u6, …");
    }
}
