//! A plan's measures as a table for a terminal.

use super::output::table;
use super::plan_table::word;
use cadre_solver::{
    BurdenMeasures, Churn, CoverageMeasures, Fate, FitMeasures, Measures, PreferenceMeasures, Share, Split,
    TravelMeasures, UnitId, VolunteerMeasures,
};

/// What a measure is called, and its figure.
type Row = (String, String);

/// The table.
pub(super) fn text(measures: &Measures) -> String {
    table(
        &["MEASURE", ""],
        rows(measures).into_iter().map(|(name, figure)| [name, figure]),
    )
}

/// Every measure, in the order of the format. Two plans measured against the same problem have the same names in the
/// same order.
pub(super) fn rows(measures: &Measures) -> Vec<Row> {
    [
        coverage(&measures.coverage),
        fit(&measures.fit),
        preferences(&measures.preferences),
        volunteers(measures.volunteers),
        travel(&measures.travel),
        burden(&measures.burden),
        measures.churn.map(churn).unwrap_or_default(),
    ]
    .concat()
}

fn row(name: impl Into<String>, figure: impl Into<String>) -> Row {
    (name.into(), figure.into())
}

fn coverage(coverage: &CoverageMeasures) -> Vec<Row> {
    let mut rows = vec![
        row("seats filled", share(coverage.seats)),
        row("  of critical needs", share(coverage.critical)),
    ];
    let priorities = coverage.by_priority.iter();
    rows.extend(
        priorities.map(|(priority, seats)| row(format!("  priority {}", word(priority)), share(*seats))),
    );
    let fields = coverage.by_field.iter();
    rows.extend(fields.map(|(field, seats)| row(format!("  field {field}"), share(*seats))));
    let worst = coverage.worst_unit.as_ref();
    let tenth = coverage.tenth_percentile;
    rows.extend([
        row(
            "worst-served unit",
            worst.map_or("-".to_owned(), |worst| {
                format!("{}: {}", worst.unit, share(worst.seats))
            }),
        ),
        row(
            "tenth percentile of units",
            tenth.map_or("-".to_owned(), |ratio| ratio.to_string()),
        ),
        row("Gini coefficient of units", decimal(coverage.gini_thousandths)),
        row("units that get nobody", units(&coverage.empty_units)),
        row("units nobody can serve", units(&coverage.unservable_units)),
    ]);
    rows
}

fn fit(fit: &FitMeasures) -> Vec<Row> {
    vec![
        row(
            "mean fit, of 1",
            fit.mean_thousandths.map_or("-".to_owned(), decimal),
        ),
        row(
            "lowest fit, of 1",
            fit.minimum_thousandths.map_or("-".to_owned(), decimal),
        ),
        row("at a verified level", share(fit.verified)),
    ]
}

fn preferences(preferences: &PreferenceMeasures) -> Vec<Row> {
    let both = |ranked: Share, placed: Share| format!("{} who ranked, {} placed", ranked, share(placed));
    let mean = preferences.mean_rank_thousandths;
    vec![
        row("ranked units", share(preferences.ranked)),
        row("  sent to one of them", share(preferences.on_the_list)),
        row("  mean rank of these", mean.map_or("-".to_owned(), decimal)),
        row(
            "first choice",
            both(preferences.first_of_ranked, preferences.first_of_placed),
        ),
        row(
            "one of the first three",
            both(preferences.top_three_of_ranked, preferences.top_three_of_placed),
        ),
    ]
}

fn volunteers(volunteers: VolunteerMeasures) -> Vec<Row> {
    let split = |split: Split| format!("{} volunteers, {} directed", split.volunteers, split.directed);
    vec![
        row("people sent", split(volunteers.all)),
        row("  to hard units", split(volunteers.in_hard_units)),
    ]
}

fn travel(travel: &TravelMeasures) -> Vec<Row> {
    let minutes = |minutes: Option<u32>| minutes.map_or("-".to_owned(), |minutes| format!("{minutes} min"));
    vec![
        row("travel in all", format!("{} min", travel.total_minutes)),
        row("  median", minutes(travel.median_minutes)),
        row(
            "  ninetieth percentile",
            minutes(travel.ninetieth_percentile_minutes),
        ),
        row("  longest", minutes(travel.longest_minutes)),
        row(
            "  over the limit",
            travel.over_limit.map_or("no limit".to_owned(), share),
        ),
    ]
}

fn burden(burden: &BurdenMeasures) -> Vec<Row> {
    let mut rows = vec![
        row("sent before", share(burden.sent_before)),
        row("rest windows broken", burden.rest_breaches.to_string()),
    ];
    for (department, depletion) in &burden.departments {
        rows.push(row(
            format!("department {department} sends"),
            share(depletion.sent),
        ));
        let groups = depletion.groups.iter();
        rows.extend(groups.map(|(field, sent)| row(format!("  of field {field}"), share(*sent))));
    }
    rows
}

fn churn(churn: Churn) -> Vec<Row> {
    let fate = |fate: Fate| {
        format!(
            "{} kept, {} moved, {} dropped",
            fate.kept, fate.moved, fate.dropped
        )
    };
    vec![
        row("announced before", fate(churn.announced)),
        row("planned before", fate(churn.planned)),
        row("new to the plan", churn.new.to_string()),
    ]
}

/// Both counts, and the percentage that people look for.
fn share(share: Share) -> String {
    // rounded half up, as all measures are; counts of people and seats are far from overflowing
    let percent = |of: u64| share.count.saturating_mul(200).saturating_add(of) / of.saturating_mul(2);
    match share.of {
        0 => "-".to_owned(),
        of => format!("{share} ({} %)", percent(of)),
    }
}

/// Thousandths with a decimal point.
fn decimal(thousandths: u64) -> String {
    format!("{}.{:03}", thousandths / 1000, thousandths % 1000)
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
    use super::{decimal, share, units};
    use cadre_solver::Share;

    #[test]
    fn figures_are_readable() {
        let of = |count, of| share(Share { count, of });
        assert_eq!(
            (of(7, 10), of(1, 3), of(0, 0)),
            (
                "7 of 10 (70 %)".to_owned(),
                "1 of 3 (33 %)".to_owned(),
                "-".to_owned()
            )
        );
        assert_eq!(
            (decimal(37), decimal(2_500)),
            ("0.037".to_owned(), "2.500".to_owned())
        );
        let many: Vec<_> = (1..=7).map(|nth| format!("u{nth}").into()).collect();
        assert_eq!(
            (units(&[]), units(&many[..1])),
            ("0".to_owned(), "1: u1".to_owned())
        );
        assert_eq!(units(&many), "7: u1, u2, u3, u4, u5, u6, …");
    }
}
