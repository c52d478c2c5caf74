//! Preferences: how far people's own wishes are met.

use super::share::{Share, thousandths};
use super::{Placed, View};
use serde::{Deserialize, Serialize};

/// How far people's own wishes are met.
///
/// Few may have said what they wish, so each share is told both of those who did and of all who are
/// placed: nine of ten first choices mean little where ten of three hundred chose.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PreferenceMeasures {
    /// Of those placed, how many ranked at least one unit.
    pub ranked: Share,
    /// Of those, how many are sent to a unit on their list.
    pub on_the_list: Share,
    /// The mean place on the list, 1 being the first choice, over those sent to a unit on it; in
    /// thousandths, absent when there are none.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub mean_rank_thousandths: Option<u64>,
    /// Sent to their first choice, of those who ranked.
    pub first_of_ranked: Share,
    /// Sent to their first choice, of all who are placed.
    pub first_of_placed: Share,
    /// Sent to one of their first three choices, of those who ranked.
    pub top_three_of_ranked: Share,
    /// Sent to one of their first three choices, of all who are placed.
    pub top_three_of_placed: Share,
}

pub(super) fn measure(view: &View<'_>) -> PreferenceMeasures {
    let ranks: Vec<u64> = view
        .placed
        .iter()
        .filter_map(|placed| rank(view, placed))
        .collect();
    let within = |best: u64| ranks.iter().filter(|&&rank| rank <= best).count() as u64;
    let placed = view.placed.len() as u64;
    let ranked = view.count(|placed| !view.instance.person(placed.person).preferences.is_empty());
    let listed = ranks.len() as u64;
    PreferenceMeasures {
        ranked: Share::new(ranked, placed),
        on_the_list: Share::new(listed, ranked),
        mean_rank_thousandths: thousandths(ranks.iter().map(|&rank| u128::from(rank)).sum(), listed.into()),
        first_of_ranked: Share::new(within(1), ranked),
        first_of_placed: Share::new(within(1), placed),
        top_three_of_ranked: Share::new(within(3), ranked),
        top_three_of_placed: Share::new(within(3), placed),
    }
}

/// The place of the unit on the person's list, from 1.
fn rank(view: &View<'_>, placed: &Placed<'_>) -> Option<u64> {
    let unit = view.unit(placed);
    let wishes = &view.instance.person(placed.person).preferences;
    let at = wishes.iter().position(|&wish| wish == unit)?;
    Some(at as u64 + 1)
}

#[cfg(test)]
mod tests {
    use super::{PreferenceMeasures, Share};
    use crate::measures;
    use crate::support::{land_people, need, plan_of};

    fn preferences(wishes: &[(usize, &[&str])], pairs: &[(&str, &str)]) -> PreferenceMeasures {
        let mut problem = land_people(5, 5);
        problem.needs = (1..=5)
            .map(|nth| need(&format!("n{nth}"), &format!("u{nth}"), "land", 5))
            .collect();
        for (person, units) in wishes {
            problem.people[*person].preferences = units.iter().map(|&unit| unit.into()).collect();
        }
        let instance = problem.compile().unwrap();
        measures(&instance, &plan_of(&instance, pairs)).preferences
    }

    #[test]
    fn ranks_are_told_of_those_who_ranked_and_of_all() {
        let wishes: [(usize, &[&str]); 4] = [
            (0, &["u1"]),
            (1, &["u2", "u3", "u1"]),
            (2, &["u4", "u5", "u3", "u1"]),
            (3, &["u2"]),
        ];
        let pairs = ["p1", "p2", "p3", "p4", "p5"].map(|person| (person, "n1"));
        // ranks 1, 3, 4; p4 is elsewhere than wished, p5 wished nothing
        let expected = PreferenceMeasures {
            ranked: Share::new(4, 5),
            on_the_list: Share::new(3, 4),
            mean_rank_thousandths: Some(2_667),
            first_of_ranked: Share::new(1, 4),
            first_of_placed: Share::new(1, 5),
            top_three_of_ranked: Share::new(2, 4),
            top_three_of_placed: Share::new(2, 5),
        };
        assert_eq!(preferences(&wishes, &pairs), expected);
    }

    #[test]
    fn who_is_not_placed_does_not_count_and_nobody_placed_has_no_mean() {
        let found = preferences(&[(0, &["u1"])], &[]);
        assert_eq!(
            (found.ranked, found.mean_rank_thousandths),
            (Share::default(), None)
        );
        let found = preferences(&[(0, &["u1"])], &[("p2", "n1")]);
        assert_eq!(
            (found.ranked, found.on_the_list),
            (Share::new(0, 1), Share::default())
        );
    }
}
