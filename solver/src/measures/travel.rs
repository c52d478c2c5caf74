//! Travel: minutes one way of everyone who is sent.

use super::View;
use super::share::{Share, percentile};
use serde::{Deserialize, Serialize};

/// How far people travel, in minutes one way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TravelMeasures {
    /// All journeys together.
    pub total_minutes: u64,
    /// The fiftieth percentile, by nearest rank: half of the journeys take this or less. Absent when
    /// nobody is placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub median_minutes: Option<u32>,
    /// The ninetieth percentile, by nearest rank; absent when nobody is placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub ninetieth_percentile_minutes: Option<u32>,
    /// The longest journey; absent when nobody is placed.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub longest_minutes: Option<u32>,
    /// Journeys longer than the policy's limit, which volunteers and people who are housed may make;
    /// absent when there is no limit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub over_limit: Option<Share>,
}

pub(super) fn measure(view: &View<'_>) -> TravelMeasures {
    let mut minutes: Vec<u32> = (view.placed.iter())
        .map(|placed| placed.assignment.travel_minutes)
        .collect();
    minutes.sort_unstable();
    let limit = view.instance.problem().policy.travel.limit_minutes;
    TravelMeasures {
        total_minutes: minutes.iter().copied().map(u64::from).sum(),
        median_minutes: percentile(&minutes, 50),
        ninetieth_percentile_minutes: percentile(&minutes, 90),
        longest_minutes: minutes.last().copied(),
        over_limit: limit.map(|limit| view.share(|placed| placed.assignment.travel_minutes > limit)),
    }
}

#[cfg(test)]
mod tests {
    use super::{Share, TravelMeasures};
    use crate::measures;
    use crate::support::{land_people, need, plan_of};

    fn travel(minutes: &[u32], limit: Option<u32>) -> TravelMeasures {
        let mut problem = land_people(1, minutes.len());
        problem.needs = vec![need("n1", "u1", "land", 9)];
        problem.policy.travel.limit_minutes = limit;
        let instance = problem.compile().unwrap();
        let people: Vec<String> = (1..=minutes.len()).map(|nth| format!("p{nth}")).collect();
        let pairs: Vec<_> = people.iter().map(|person| (person.as_str(), "n1")).collect();
        let mut plan = plan_of(&instance, &pairs);
        for (row, minutes) in plan.assignments.iter_mut().zip(minutes) {
            row.travel_minutes = *minutes;
        }
        measures(&instance, &plan).travel
    }

    #[test]
    fn four_journeys() {
        let expected = TravelMeasures {
            total_minutes: 260,
            median_minutes: Some(30),
            ninetieth_percentile_minutes: Some(200),
            longest_minutes: Some(200),
            over_limit: Some(Share::new(1, 4)),
        };
        assert_eq!(travel(&[200, 0, 30, 30], Some(30)), expected);
    }

    #[test]
    fn no_journey_and_no_limit() {
        let found = travel(&[], None);
        assert_eq!(
            (found.total_minutes, found.median_minutes, found.over_limit),
            (0, None, None)
        );
    }
}
