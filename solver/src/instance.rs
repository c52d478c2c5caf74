//! The compiled problem: whole numbers instead of texts, and proof that the document made sense.

use crate::eligibility::Reason;
use crate::invalid::Invalid;
use crate::problem::{Category, Priority, Problem, Together};
use crate::set::Set;
use crate::travel::Place;
use crate::{shape, validate};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A [`Problem`] that passed every check, with dense indexes in place of ids.
///
/// There is no other way to make one than [`Problem::parse`] or [`Problem::compile`], so whoever
/// holds an instance need not check references, ranges or pins again.
#[derive(Clone, Debug)]
pub struct Instance {
    pub(crate) problem: Problem,
    pub(crate) people: Vec<PersonRow>,
    pub(crate) needs: Vec<NeedRow>,
    pub(crate) units: Vec<UnitRow>,
    pub(crate) departments: Vec<DepartmentRow>,
    /// For each field: the people who have it, ascending.
    pub(crate) holders: Vec<Vec<Holder>>,
    /// Whether it is told of anybody when they last worked in a field.
    pub(crate) tells_recency: bool,
    /// (person, need) pairs decided against.
    pub(crate) forbidden: BTreeSet<(u32, u32)>,
    /// Reasons set aside by (person, need).
    pub(crate) waivers: BTreeMap<(u32, u32), Vec<Reason>>,
    /// (person, need) pairs decided beforehand.
    pub(crate) pins: BTreeSet<(u32, u32)>,
    /// Measured minutes by (person, unit).
    pub(crate) measured: HashMap<(u32, u32), u32>,
    /// The plan that is revised: whether (person, need) was announced.
    pub(crate) base: BTreeMap<(u32, u32), bool>,
    /// Who serves together or not at all.
    pub(crate) teams: Vec<TeamRow>,
    /// Most people in needs of a field.
    pub(crate) field_caps: BTreeMap<u32, u32>,
}

/// A person in numbers.
#[derive(Clone, Debug)]
pub(crate) struct PersonRow {
    pub(crate) department: u32,
    pub(crate) primary_field: u32,
    pub(crate) category: Category,
    pub(crate) place: Place,
    pub(crate) languages: Set,
    pub(crate) conflicts: Set,
    pub(crate) volunteer: bool,
    /// Away on a day of the term.
    pub(crate) away: bool,
    /// A legal bar reaches into the term.
    pub(crate) barred: bool,
    /// The rest window reaches into the term.
    pub(crate) resting: bool,
    /// Past secondments and the hardship borne in them, added up.
    pub(crate) history: u32,
    /// Units, best first.
    pub(crate) preferences: Vec<u32>,
}

/// A need in numbers.
#[derive(Clone, Debug)]
pub(crate) struct NeedRow {
    pub(crate) unit: u32,
    pub(crate) field: u32,
    pub(crate) headcount: u32,
    pub(crate) min_level: u8,
    pub(crate) languages: Set,
    pub(crate) preferred_languages: Set,
    pub(crate) priority: Priority,
    pub(crate) authority_seat: bool,
    /// People below this level need a senior of at least this level beside them.
    pub(crate) senior_from: Option<u8>,
}

/// A unit in numbers.
#[derive(Clone, Debug)]
pub(crate) struct UnitRow {
    pub(crate) place: Place,
    /// Its own cap or the policy's.
    pub(crate) cap: Option<u32>,
    pub(crate) housing: bool,
    /// Seats requested by all its needs.
    pub(crate) requested: u64,
    pub(crate) hardship: u8,
    /// People it would gladly take.
    pub(crate) acceptable: BTreeSet<u32>,
    /// Languages that somebody sent there must speak.
    pub(crate) speaker: Set,
}

/// A department in numbers.
#[derive(Clone, Debug)]
pub(crate) struct DepartmentRow {
    pub(crate) release_cap: Option<u32>,
    /// For each field with a floor: how many people of that group may leave.
    pub(crate) group_quotas: Vec<(u32, u32)>,
}

/// A team in numbers.
#[derive(Clone, Debug)]
pub(crate) struct TeamRow {
    /// People, in the order of the document.
    pub(crate) members: Vec<u32>,
    pub(crate) together: Together,
}

/// A person's skill in one field.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Holder {
    pub(crate) person: u32,
    pub(crate) level: u8,
    pub(crate) verified: bool,
    pub(crate) years: u8,
    /// Full years from the last day of work in the field to the term; many if unknown.
    pub(crate) idle: u8,
}

impl Problem {
    /// Reads a problem from JSON and checks everything about it.
    ///
    /// # Errors
    /// [`Invalid`] lists the faults found: the shape of the document first (malformed JSON,
    /// unknown keys, wrong types), then its sense (references, ranges), then its pins. A later
    /// pass runs only on a document that passed the earlier one.
    pub fn parse(json: &str) -> Result<Instance, Invalid> {
        shape::read(json)?.compile()
    }

    /// Checks a problem that was put together in code.
    ///
    /// # Errors
    /// [`Invalid`] lists the faults found, of each kind the first hundred, each with the JSON pointer its place would have.
    pub fn compile(self) -> Result<Instance, Invalid> {
        validate::compile(self)
    }
}

impl Instance {
    /// The document this instance was made from.
    #[must_use]
    pub fn problem(&self) -> &Problem {
        &self.problem
    }

    pub(crate) fn person(&self, index: u32) -> &PersonRow {
        &self.people[index as usize]
    }

    pub(crate) fn need(&self, index: u32) -> &NeedRow {
        &self.needs[index as usize]
    }

    pub(crate) fn unit(&self, index: u32) -> &UnitRow {
        &self.units[index as usize]
    }

    pub(crate) fn holders_of(&self, field: u32) -> &[Holder] {
        &self.holders[field as usize]
    }

    /// Seats requested by all needs together.
    pub(crate) fn seats(&self) -> u64 {
        self.units.iter().map(|unit| unit.requested).sum()
    }
}
