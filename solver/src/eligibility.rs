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
        reasons
    }

    /// Calls `visit` for every eligible pair, need by need, through the people of its field only.
    pub(crate) fn each_eligible_pair(&self, mut visit: impl FnMut(Pair)) {
        for (need, row) in (0_u32..).zip(&self.needs) {
            for holder in self.holders_of(row.field) {
                if let Some(pair) = self.eligible(holder, need, row) {
                    visit(pair);
                }
            }
        }
    }

    /// The pair of a person who has the need's field, unless a reason stops it.
    fn eligible(&self, holder: &Holder, need: u32, row: &NeedRow) -> Option<Pair> {
        let person = holder.person;
        let stopped = holder.level < row.min_level
            || (Reason::ALL.iter()).any(|&reason| self.stops(reason, person, need, row));
        (!stopped).then(|| Pair {
            person,
            need,
            minutes: self.minutes(person, row.unit),
            level: holder.level,
            verified: holder.verified,
            years: holder.years,
        })
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
            Reason::Language => !(row.languages.iter()).all(|code| who.languages.contains(code)),
            Reason::ConflictOfInterest => who.conflicts.contains(&row.unit),
            Reason::Category => match who.category {
                Category::ArmedForces => true,
                Category::Support => row.authority_seat,
                _ => false,
            },
            Reason::ForbiddenPair => self.forbidden.contains(&(person, need)),
            Reason::TravelLimit => {
                let travel = &self.problem().policy.travel;
                let excused =
                    self.unit(row.unit).housing || (who.volunteer && travel.volunteers_exceed_limit);
                (travel.limit_minutes).is_some_and(|limit| !excused && self.minutes(person, row.unit) > limit)
            }
        }
    }
}
