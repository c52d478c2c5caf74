//! Proof: how far a plan is shown to be the best there is, as it says itself of the problem that it was made
//! for.

use super::Share;
use crate::plan::{Plan, Proof, Tier, Value};
use serde::{Deserialize, Serialize};

/// How far a plan is shown to be the best there is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProofMeasures {
    /// Tiers that are proven, of all in force.
    pub proven: Share,
    /// Of those proven, the ones that rest on whole numbers alone; HiGHS stands for the others.
    pub certified: Share,
    /// The most important tier that is open; absent where all are proven. What comes below it was sought
    /// for a value that may still change.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub first_open: Option<Tier>,
    /// How far that tier's bound is from its value, in thousandths of the value (of one, where that is nothing),
    /// rounded up, so that no gap looks like none; absent where none is open, and for balance, which is no whole
    /// number.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub gap_thousandths: Option<u64>,
}

pub(super) fn measure(plan: &Plan) -> ProofMeasures {
    let count = |test: &dyn Fn(Proof) -> bool| {
        let tiers = plan.score.iter().filter(|tier| test(tier.proof));
        tiers.count() as u64
    };
    let proven = count(&|proof| proof != Proof::Open);
    let open = plan.score.iter().find(|tier| tier.proof == Proof::Open);
    ProofMeasures {
        proven: Share::new(proven, plan.score.len() as u64),
        certified: Share::new(count(&|proof| proof == Proof::Certified), proven),
        first_open: open.map(|tier| tier.tier),
        gap_thousandths: open.and_then(|tier| gap(&tier.value, &tier.bound)),
    }
}

fn gap(value: &Value, bound: &Value) -> Option<u64> {
    let (Value::Integer(value), Value::Integer(bound)) = (value, bound) else {
        return None;
    };
    let thousandths = 1_000 * u128::from(value.abs_diff(*bound));
    u64::try_from(thousandths.div_ceil(value.unsigned_abs().max(1).into())).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::support::{land_people, need, solved};
    use crate::{Outcome, Settings, solve};

    #[test]
    fn a_plan_says_how_far_it_is_proven() {
        let mut problem = land_people(2, 3);
        problem.needs = vec![need("n1", "u1", "land", 1), need("n2", "u2", "land", 1)];
        let best = solved(&problem);
        let tiers = best.score.len() as u64;
        let of_best = ProofMeasures {
            proven: Share::new(tiers, tiers),
            certified: Share::new(tiers, tiers),
            first_open: None,
            gap_thousandths: None,
        };
        assert_eq!(measure(&best), of_best);

        let settings = Settings {
            time_limit_ms: 0,
            ..Settings::default()
        };
        let outcome = solve(&problem.compile().unwrap(), &settings, &mut |_| {});
        let Outcome::LimitReached { plan, open_tier, .. } = outcome else {
            panic!("{outcome:?}");
        };
        let measured = measure(&plan);
        assert_eq!(measured.first_open, Some(open_tier));
        assert_eq!(measured.proven.count, measured.certified.count);
        assert!(
            measured.proven.count < tiers && measured.gap_thousandths > Some(0),
            "{measured:?}"
        );
    }

    #[test]
    fn a_gap_is_a_part_of_the_value() {
        let gap = |value, bound| gap(&Value::Integer(value), &Value::Integer(bound));
        assert_eq!(gap(2_685, 2_648), Some(14));
        assert_eq!(gap(30_000, 30_001), Some(1));
        assert_eq!(gap(0, 7), Some(7_000));
        assert_eq!(gap(-5, -5), Some(0));
    }
}
