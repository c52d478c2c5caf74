//! What a problem is known by: one number for every way of writing it down, another as soon as a
//! value changes.
//!
//! The number is SHA-256 (FIPS 180-4) of the problem's *canonical text*: the parsed document as
//! JSON without white space, in which
//!
//! 1. the members of an object go by the bytes of their keys' JSON texts, the items of a list by the
//!    bytes of their own;
//! 2. a list keeps its order where that says something: a person's `preferences`, best first, and
//!    a travel matrix's `minutes`, whose rows and columns follow its sorted `people` and `units`;
//! 3. what says nothing is left out: an empty list, and every key that the format itself leaves out
//!    (`"housing": false`).
//!
//! So neither the order of lists nor spaces, nor a default that is spelt out, makes another
//! problem; a title does. Numbers have the fewest digits that read back as the same number.

mod canonical;
mod digest;

use crate::plan::Plan;
use crate::problem::{Problem, TravelMatrix};
use canonical::{list, member, object, text, tree};
use serde::Serialize;
use serde_json::Value;

pub use digest::{Fingerprint, NotAFingerprint};

/// The version that solves. Two versions may settle the same problem differently, so a plan names
/// the one that made it.
pub const SOLVER_VERSION: &str = env!("CARGO_PKG_VERSION");

/// The hash of a problem's canonical text: what [`Plan::problem_hash`] holds.
#[must_use]
pub fn problem_hash(problem: &Problem) -> Fingerprint {
    Fingerprint::of(canonical_text(problem).as_bytes())
}

/// The hash of a plan's bytes: JSON without white space, in the order of the format.
#[must_use]
pub fn plan_hash(plan: &Plan) -> Fingerprint {
    // a plan is always JSON: its keys are texts and its numbers whole
    Fingerprint::of(serde_json::to_string(plan).unwrap_or_default().as_bytes())
}

/// Section by section and record by record: a tree of the whole document would take many times the
/// document's own memory. Every section is named, so that a new one is not forgotten.
fn canonical_text(problem: &Problem) -> String {
    let Problem {
        format,
        title,
        term,
        fields,
        departments,
        units,
        people,
        needs,
        pins,
        prohibitions,
        waivers,
        base,
        teams,
        policy,
    } = problem;
    let mut policy_tree = tree(policy);
    if let Some(matrix) = &policy.travel.matrix {
        policy_tree["travel"]["matrix"] = tree(&in_order(matrix));
    }
    object(vec![
        member("format", text(tree(format))),
        member("title", text(tree(title))),
        member("term", text(tree(term))),
        member("fields", list(fields)),
        member("departments", list(departments)),
        member("units", list(units)),
        member("people", list(people)),
        member("needs", list(needs)),
        member("pins", list(pins)),
        member("prohibitions", list(prohibitions)),
        member("waivers", list(waivers)),
        member("base", list(base)),
        member("teams", list(teams)),
        member("policy", text(policy_tree)),
    ])
}

/// The matrix with its people and units sorted, and every figure still beside its own two.
fn in_order(matrix: &TravelMatrix) -> TravelMatrix {
    let (rows, columns) = (order(&matrix.people), order(&matrix.units));
    let permuted = |row: &Vec<Option<u32>>| {
        (columns.iter())
            .map(|&at| row.get(at).copied().flatten())
            .collect()
    };
    TravelMatrix {
        people: rows.iter().map(|&at| matrix.people[at].clone()).collect(),
        units: columns.iter().map(|&at| matrix.units[at].clone()).collect(),
        minutes: (rows.iter())
            .filter_map(|&at| matrix.minutes.get(at))
            .map(permuted)
            .collect(),
    }
}

/// Positions in the order of the items' JSON texts.
fn order<T: Serialize>(items: &[T]) -> Vec<usize> {
    let mut positions: Vec<usize> = (0..items.len()).collect();
    positions.sort_by_cached_key(|&at| Value::to_string(&tree(&items[at])));
    positions
}

#[cfg(test)]
mod tests {
    use super::{canonical_text, problem_hash};
    use crate::support::{land_people, need, problem};
    use crate::{Problem, TravelMatrix};

    #[test]
    fn the_canonical_text_is_what_the_rules_say() {
        let text = r#"{"format":"cadre-problem/1","policy":{"balance":true,"priority_weights":{"critical":8,"high":4,"low":1,"normal":2},"rest_days":90,"travel":{"bucket_minutes":15,"detour_percent":140,"km_per_hour":40,"volunteers_exceed_limit":true}},"term":{"end":"2026-10-31","start":"2026-08-01"}}"#;
        let mut empty = problem();
        empty.fields.clear();
        empty.departments.clear();
        assert_eq!(canonical_text(&empty), text);
        // printf '%s' "$text" | sha256sum
        let hash = "e2312a2960222436e672451c0a23b6387ba76c486ca9825bc22603ff4202ee3e";
        assert_eq!(problem_hash(&empty).to_string(), hash);
    }

    #[test]
    fn spaces_key_order_and_spelt_out_defaults_make_no_other_problem() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let pretty = serde_json::to_string_pretty(&problem).unwrap().replace(
            "\"id\": \"u1\",",
            "\"housing\": false, \"cap\": null, \"id\": \"u1\",",
        );
        let read: Problem = serde_json::from_str(&pretty).unwrap();
        assert_eq!(problem_hash(&problem), problem_hash(&read));
    }

    #[test]
    fn rows_and_columns_of_a_matrix_may_change_places() {
        let hash = |people: [&str; 2], units: [&str; 2], minutes: [[u32; 2]; 2]| {
            let mut problem = land_people(2, 2);
            problem.policy.travel.matrix = Some(TravelMatrix {
                people: people.map(Into::into).to_vec(),
                units: units.map(Into::into).to_vec(),
                minutes: minutes.map(|row| row.map(Some).to_vec()).to_vec(),
            });
            problem_hash(&problem)
        };
        let first = hash(["p1", "p2"], ["u1", "u2"], [[1, 2], [3, 4]]);
        assert_eq!(first, hash(["p2", "p1"], ["u1", "u2"], [[3, 4], [1, 2]]));
        assert_eq!(first, hash(["p2", "p1"], ["u2", "u1"], [[4, 3], [2, 1]]));
        assert_ne!(first, hash(["p2", "p1"], ["u1", "u2"], [[1, 2], [3, 4]]));
    }

    #[test]
    fn the_order_of_wishes_counts_and_that_of_languages_does_not() {
        let hash = |change: &dyn Fn(&mut Problem)| {
            let mut problem = land_people(2, 1);
            change(&mut problem);
            problem_hash(&problem)
        };
        let wishes = |first: &str, second: &str| {
            let wishes = vec![first.into(), second.into()];
            hash(&|problem| problem.people[0].preferences = wishes.clone())
        };
        assert_ne!(wishes("u1", "u2"), wishes("u2", "u1"));
        let languages = |codes: [&str; 2]| {
            hash(&|problem| problem.people[0].languages = codes.map(str::to_owned).to_vec())
        };
        assert_eq!(languages(["koho", "mnong"]), languages(["mnong", "koho"]));
        assert_ne!(
            hash(&|_| {}),
            hash(&|problem| problem.title = Some("A title".to_owned()))
        );
    }

    #[test]
    fn a_place_with_seventeen_digits_is_read_as_it_was_written() {
        // serde_json's faster way of reading numbers misses the last place of these
        for lat in [
            12.656_871_978_005_439,
            10.976_893_185_156_431,
            11.087_708_126_349_717,
        ] {
            let mut problem = land_people(1, 1);
            problem.units[0].lat = lat;
            let text = serde_json::to_string(&problem).unwrap();
            let read: Problem = serde_json::from_str(&text).unwrap();
            assert_eq!(problem_hash(&problem), problem_hash(&read), "{lat}");
        }
    }
}
