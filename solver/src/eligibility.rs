//! Who may serve which need, and if not, for which reasons.

use crate::codes::codes;
use crate::ids::{NeedId, PersonId};
use crate::instance::{Holder, Instance, NeedRow};
use crate::problem::Category;

codes! {
    /// Why a person may not serve a need.
    Reason {
        /// The person has no entry for the need's field.
        NoField => "no_field",
        /// The person's level in the field is below the need's minimum.
        LevelShort => "level_short",
        /// A legal bar is still in force on the first day of the term.
        LegalBar => "legal_bar",
        /// The person is away on at least one day of the term.
        UnavailableInTerm => "unavailable_in_term",
        /// Fewer full days of rest than the policy asks for lie between the person's last secondment
        /// and the first day of the term.
        RestWindow => "rest_window",
        /// The person does not speak one of the need's mandatory languages.
        Language => "language",
        /// The person has a conflict of interest in the need's unit.
        ConflictOfInterest => "conflict_of_interest",
        /// The person's category is not allowed in the seat: support staff in an authority seat, or
        /// armed forces anywhere.
        Category => "category",
        /// A prohibition names the person and the need or its unit.
        ForbiddenPair => "forbidden_pair",
        /// The journey is longer than the limit, the unit offers no housing, and the person is not a
        /// volunteer who may exceed it.
        TravelLimit => "travel_limit",
    }
}

impl Reason {
    /// The reasons that HR may set aside for one person and one need: what the unit asked for, not
    /// what the law, the person or an earlier decision says.
    pub const WAIVABLE: [Self; 3] = [Self::LevelShort, Self::Language, Self::TravelLimit];
}

/// An eligible pair: one column of the model.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair {
    pub(crate) person: u32,
    pub(crate) need: u32,
    /// Travel one way.
    pub(crate) minutes: u32,
    /// The person's level in the need's field.
    pub(crate) level: u8,
    pub(crate) verified: bool,
    pub(crate) years: u8,
    /// Full years since the person last worked in the field.
    pub(crate) idle: u8,
}

impl Pair {
    /// A pair of which only the person counts.
    pub(crate) fn of_person(person: u32) -> Self {
        Self {
            person,
            need: 0,
            minutes: 0,
            level: 0,
            verified: false,
            years: 0,
            idle: 0,
        }
    }
}

impl Instance {
    /// Every reason why a person may not serve a need; empty when the pair is eligible.
    /// `None` when the problem has no such person or need.
    #[must_use]
    pub fn reasons(&self, person: &PersonId, need: &NeedId) -> Option<Vec<Reason>> {
        let (people, needs) = (&self.problem().people, &self.problem().needs);
        let person = crate::index(people.iter().position(|row| row.id == *person)?);
        let need = crate::index(needs.iter().position(|row| row.id == *need)?);
        Some(self.reasons_of(person, need))
    }

    /// Every reason that stops a pair, in the order of [`Reason::ALL`].
    pub(crate) fn reasons_of(&self, person: u32, need: u32) -> Vec<Reason> {
        let row = self.need(need);
        let holders = self.holders_of(row.field);
        let holder = (holders.binary_search_by_key(&person, |holder| holder.person))
            .ok()
            .and_then(|at| holders.get(at));
        let mut reasons = Vec::new();
        match holder {
            None => reasons.push(Reason::NoField),
            Some(holder) if holder.level < row.min_level => reasons.push(Reason::LevelShort),
            Some(_) => {}
        }
        for &reason in Reason::ALL {
            if self.stops(reason, person, need, row) {
                reasons.push(reason);
            }
        }
        if let Some(waived) = self.waivers.get(&(person, need)) {
            reasons.retain(|reason| !waived.contains(reason));
        }
        reasons
    }

    /// Calls `visit` for every eligible pair, need by need, through the people of its field only.
    pub(crate) fn each_eligible_pair(&self, mut visit: impl FnMut(Pair)) {
        for need in 0..crate::index(self.needs.len()) {
            self.eligible_for(need).for_each(&mut visit);
        }
    }

    /// Every eligible pair, in that order.
    pub(crate) fn eligible_pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        self.each_eligible_pair(|pair| pairs.push(pair));
        pairs
    }

    /// The eligible pairs of one need.
    pub(crate) fn eligible_for(&self, need: u32) -> impl Iterator<Item = Pair> {
        let row = self.need(need);
        (self.holders_of(row.field).iter()).filter_map(move |holder| self.eligible(holder, need, row))
    }

    /// The pair of a person who has the need's field, unless a reason stops it.
    pub(crate) fn eligible(&self, holder: &Holder, need: u32, row: &NeedRow) -> Option<Pair> {
        let person = holder.person;
        let stopped = !self.may_serve(person)
            || !self.kinds_match(holder, row)
            || self.stops(Reason::ConflictOfInterest, person, need, row)
            || self.stops(Reason::ForbiddenPair, person, need, row)
            || self.stops(Reason::TravelLimit, person, need, row);
        let waived = stopped && !self.waivers.is_empty() && self.reasons_of(person, need).is_empty();
        (!stopped || waived).then(|| Pair {
            person,
            need,
            minutes: self.minutes(person, row.unit),
            level: holder.level,
            verified: holder.verified,
            years: holder.years,
            idle: holder.idle,
        })
    }

    /// Whether no reason stops a person from every need.
    pub(crate) fn may_serve(&self, person: u32) -> bool {
        let who = self.person(person);
        !(who.barred || who.away || who.resting || who.category == Category::ArmedForces)
    }

    /// Whether level, languages and category are what the need asks for.
    fn kinds_match(&self, holder: &Holder, row: &NeedRow) -> bool {
        let who = self.person(holder.person);
        holder.level >= row.min_level
            && (row.languages.is_empty() || row.languages.is_subset(&who.languages))
            && !(row.authority_seat && who.category == Category::Support)
    }

    /// Whether everything allows a pair that its kinds of person and need decide: all reasons but
    /// those that single out one person and one unit.
    pub(crate) fn kinds_allow(&self, holder: &Holder, need: u32) -> bool {
        self.may_serve(holder.person) && self.kinds_match(holder, self.need(need))
    }

    /// A pair as its kinds see it, whether or not it is eligible.
    pub(crate) fn pair_without_travel(&self, holder: &Holder, need: u32) -> Pair {
        Pair {
            person: holder.person,
            need,
            minutes: 0,
            level: holder.level,
            verified: holder.verified,
            years: holder.years,
            idle: holder.idle,
        }
    }

    /// One pair, if it is eligible.
    pub(crate) fn pair(&self, person: u32, need: u32) -> Option<Pair> {
        let row = self.need(need);
        let holders = self.holders_of(row.field);
        let at = holders
            .binary_search_by_key(&person, |holder| holder.person)
            .ok()?;
        self.eligible(&holders[at], need, row)
    }

    /// Whether one reason stops a pair. The two reasons about the skill itself are not asked here:
    /// the caller holds the skill or its absence in hand.
    fn stops(&self, reason: Reason, person: u32, need: u32, row: &NeedRow) -> bool {
        let who = self.person(person);
        match reason {
            Reason::NoField | Reason::LevelShort => false,
            Reason::LegalBar => who.barred,
            Reason::UnavailableInTerm => who.away,
            Reason::RestWindow => who.resting,
            Reason::Language => !row.languages.is_subset(&who.languages),
            Reason::ConflictOfInterest => who.conflicts.contains(&row.unit),
            Reason::Category => match who.category {
                Category::ArmedForces => true,
                Category::Support => row.authority_seat,
                _ => false,
            },
            Reason::ForbiddenPair => !self.forbidden.is_empty() && self.forbidden.contains(&(person, need)),
            Reason::TravelLimit => {
                let travel = &self.problem().policy.travel;
                let excused =
                    self.unit(row.unit).housing || (who.volunteer && travel.volunteers_exceed_limit);
                (travel.limit_minutes).is_some_and(|limit| !excused && self.minutes(person, row.unit) > limit)
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::Reason;
    use crate::support::{land_people, need};
    use crate::{Absence, Bar, Category, Problem, Prohibition};
    use chrono::NaiveDate;

    /// The reasons that stop p1 from n1 after a change.
    fn reasons(change: impl Fn(&mut Problem)) -> Vec<Reason> {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        change(&mut problem);
        let instance = problem.compile().unwrap();
        instance.reasons(&"p1".into(), &"n1".into()).unwrap()
    }

    #[test]
    fn a_waiver_sets_one_reason_aside_for_one_person_and_one_need() {
        let waive = |problem: &mut Problem, reason| {
            problem.needs[0].min_level = 3;
            problem.needs[0].languages = vec!["koho".into()];
            problem.waivers = vec![crate::Waiver {
                person: "p1".into(),
                need: "n1".into(),
                reason,
            }];
        };
        assert_eq!(
            reasons(|problem| waive(problem, Reason::LevelShort)),
            [Reason::Language]
        );
        assert_eq!(
            reasons(|problem| waive(problem, Reason::Language)),
            [Reason::LevelShort]
        );
    }

    fn day(text: &str) -> NaiveDate {
        text.parse().unwrap()
    }

    #[test]
    fn nothing_stops_the_plain_case() {
        assert_eq!(reasons(|_| {}), []);
    }

    #[test]
    fn a_field_is_there_or_not_and_a_level_reaches_or_not() {
        assert_eq!(
            reasons(|problem| problem.needs[0].field = "it".into()),
            [Reason::NoField]
        );
        assert_eq!(reasons(|problem| problem.needs[0].min_level = 2), []);
        assert_eq!(
            reasons(|problem| problem.needs[0].min_level = 3),
            [Reason::LevelShort]
        );
    }

    #[test]
    fn a_bar_counts_until_its_last_day() {
        let bar = |until: Option<&str>| {
            reasons(|problem| {
                problem.people[0].bars = vec![Bar {
                    code: "maternity".to_owned(),
                    until: until.map(day),
                }];
            })
        };
        assert_eq!(bar(None), [Reason::LegalBar]);
        assert_eq!(bar(Some("2026-08-01")), [Reason::LegalBar]);
        assert_eq!(bar(Some("2026-07-31")), []);
    }

    #[test]
    fn one_day_away_inside_the_term_is_enough() {
        let away = |from: &str, to: &str| {
            reasons(|problem| {
                problem.people[0].unavailable = vec![Absence {
                    from: day(from),
                    to: day(to),
                    reason: "leave".to_owned(),
                }];
            })
        };
        assert_eq!(away("2026-07-01", "2026-07-31"), []);
        assert_eq!(away("2026-07-01", "2026-08-01"), [Reason::UnavailableInTerm]);
        assert_eq!(away("2026-10-31", "2026-11-09"), [Reason::UnavailableInTerm]);
        assert_eq!(away("2026-11-01", "2026-11-09"), []);
    }

    #[test]
    fn thirty_days_of_rest_are_thirty_full_days() {
        let back = |last: &str, rest_days: u32| {
            reasons(|problem| {
                problem.people[0].last_secondment_end = Some(day(last));
                problem.policy.rest_days = rest_days;
            })
        };
        // 2 July to 31 July are thirty days
        assert_eq!(back("2026-07-01", 30), []);
        assert_eq!(back("2026-07-02", 30), [Reason::RestWindow]);
        assert_eq!(back("2026-07-31", 0), []);
        assert_eq!(back("2026-08-01", 0), [Reason::RestWindow]);
    }

    #[test]
    fn every_mandatory_language_is_asked_for() {
        let speaks = |languages: &[&str]| {
            reasons(|problem| {
                problem.needs[0].languages = vec!["mnong".to_owned(), "koho".to_owned()];
                problem.people[0].languages = languages.iter().map(|&code| code.to_owned()).collect();
            })
        };
        assert_eq!(speaks(&["koho", "cham", "mnong"]), []);
        assert_eq!(speaks(&["koho"]), [Reason::Language]);
    }

    #[test]
    fn support_staff_fill_no_authority_seat_and_armed_forces_none_at_all() {
        let sits = |category: Category, authority_seat: bool| {
            reasons(|problem| {
                problem.people[0].category = category;
                problem.needs[0].authority_seat = authority_seat;
            })
        };
        assert_eq!(sits(Category::Support, false), []);
        assert_eq!(sits(Category::Support, true), [Reason::Category]);
        assert_eq!(sits(Category::ArmedForces, false), [Reason::Category]);
        assert_eq!(sits(Category::ContractWorker, true), []);
    }

    #[test]
    fn conflicts_and_prohibitions_stop_a_pair() {
        let conflict = reasons(|problem| problem.people[0].conflicts = vec!["u1".into()]);
        assert_eq!(conflict, [Reason::ConflictOfInterest]);
        for whole_unit in [false, true] {
            let prohibited = reasons(|problem| {
                problem.prohibitions = vec![Prohibition {
                    person: "p1".into(),
                    need: (!whole_unit).then(|| "n1".into()),
                    unit: whole_unit.then(|| "u1".into()),
                }];
            });
            assert_eq!(prohibited, [Reason::ForbiddenPair]);
        }
    }

    #[test]
    fn the_travel_limit_yields_to_housing_and_to_volunteers() {
        // half a degree takes 117 minutes
        let travels = |limit: u32, change: &dyn Fn(&mut Problem)| {
            reasons(|problem| {
                problem.people[0].lat += 0.5;
                problem.policy.travel.limit_minutes = Some(limit);
                change(problem);
            })
        };
        assert_eq!(travels(117, &|_| {}), []);
        assert_eq!(travels(116, &|_| {}), [Reason::TravelLimit]);
        assert_eq!(travels(116, &|problem| problem.units[0].housing = true), []);
        assert_eq!(travels(116, &|problem| problem.people[0].volunteer = true), []);
        let volunteers_too = |problem: &mut Problem| {
            problem.people[0].volunteer = true;
            problem.policy.travel.volunteers_exceed_limit = false;
        };
        assert_eq!(travels(116, &volunteers_too), [Reason::TravelLimit]);
    }

    #[test]
    fn all_reasons_are_told_together() {
        let all = reasons(|problem| {
            problem.needs[0].field = "it".into();
            problem.needs[0].languages = vec!["koho".to_owned()];
            problem.people[0].category = Category::ArmedForces;
        });
        assert_eq!(all, [Reason::NoField, Reason::Language, Reason::Category]);
    }

    #[test]
    fn who_is_not_listed_has_no_reasons() {
        let mut problem = land_people(1, 1);
        problem.needs = vec![need("n1", "u1", "land", 1)];
        let instance = problem.compile().unwrap();
        assert_eq!(instance.reasons(&"p9".into(), &"n1".into()), None);
        assert_eq!(instance.reasons(&"p1".into(), &"n9".into()), None);
    }
}
