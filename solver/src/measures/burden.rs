//! Burden: people who served before, rest that is broken, and what departments are left with.

use super::View;
use super::share::Share;
use crate::ids::{DepartmentId, FieldId};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// What is asked of people who served before, and of the departments.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct BurdenMeasures {
    /// Of those placed, how many have been sent before: one past secondment or more.
    pub sent_before: Share,
    /// People placed although the term begins inside their rest window: 0 in every plan that the
    /// checker agrees with.
    pub rest_breaches: u64,
    /// What each department gives, for departments with people in the problem.
    pub departments: BTreeMap<DepartmentId, Depletion>,
}

/// What a department gives of the people whom the problem lists.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Depletion {
    /// People sent, of all its people.
    pub sent: Share,
    /// The same for each group: its people of one primary field.
    pub groups: BTreeMap<FieldId, Share>,
}

impl Depletion {
    fn add(&mut self, field: &FieldId, sent: u64, staff: u64) {
        self.sent.add(sent, staff);
        match self.groups.get_mut(field) {
            Some(group) => group.add(sent, staff),
            None => drop(self.groups.insert(field.clone(), Share::new(sent, staff))),
        }
    }
}

pub(super) fn measure(view: &View<'_>) -> BurdenMeasures {
    let people = &view.instance.problem().people;
    let mut sent = vec![0; people.len()];
    for placed in &view.placed {
        sent[placed.person as usize] = 1;
    }
    let mut departments: BTreeMap<DepartmentId, Depletion> = BTreeMap::new();
    for (person, sent) in people.iter().zip(sent) {
        let department = departments.entry(person.department.clone()).or_default();
        department.add(&person.primary_field, sent, 1);
    }
    BurdenMeasures {
        sent_before: view.share(|placed| view.person(placed).past_secondments > 0),
        rest_breaches: view.count(|placed| view.instance.person(placed.person).resting),
        departments,
    }
}

#[cfg(test)]
mod tests {
    use super::Share;
    use crate::measures;
    use crate::support::{department, land_people, need, person, plan_of};

    #[test]
    fn a_department_is_told_whole_and_by_group() {
        let mut problem = land_people(1, 3);
        problem.departments.push(department("away"));
        problem.departments.push(department("empty"));
        problem.people.push(person("p4", "it"));
        problem.people.push(person("p5", "it"));
        problem.people[4].department = "away".into();
        problem.people[0].past_secondments = 2;
        problem.needs = vec![need("n1", "u1", "land", 2), need("n2", "u1", "it", 2)];
        let instance = problem.compile().unwrap();
        let plan = plan_of(&instance, &[("p1", "n1"), ("p2", "n1"), ("p4", "n2")]);
        let found = measures(&instance, &plan).burden;
        assert_eq!((found.sent_before, found.rest_breaches), (Share::new(1, 3), 0));
        let home = &found.departments[&"home".into()];
        assert_eq!(home.sent, Share::new(3, 4));
        assert_eq!(home.groups[&"land".into()], Share::new(2, 3));
        assert_eq!(home.groups[&"it".into()], Share::new(1, 1));
        assert_eq!(found.departments[&"away".into()].sent, Share::new(0, 1));
        assert_eq!(found.departments.len(), 2);
    }

    #[test]
    fn a_broken_rest_is_counted_although_no_plan_may_have_one() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        problem.people[0].last_secondment_end = Some("2026-07-31".parse().unwrap());
        let instance = problem.compile().unwrap();
        let found = measures(&instance, &plan_of(&instance, &[("p1", "n1")])).burden;
        assert_eq!(found.rest_breaches, 1);
    }
}
