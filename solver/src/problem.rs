//! The problem as a document: what is asked, in the words of those who ask it.
//!
//! Everything here is plain data with public parts, written and read as JSON (`cadre-problem/1`).
//! A [`Problem`] promises nothing; [`Problem::compile`] checks all of it and returns the
//! [`Instance`](crate::Instance) that the engines take.

mod balance;
mod mode;
mod policy;
mod unique_keys;

use crate::eligibility::Reason;
use crate::ids::{DepartmentId, FieldId, NeedId, PersonId, TeamId, UnitId};
#[cfg(feature = "schema")]
use crate::validate::{MAX_HEADCOUNT, MAX_HISTORY};
use chrono::NaiveDate;
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

pub use balance::Balance;
pub use mode::Mode;
pub use policy::{Policy, PriorityWeights, TravelMatrix, TravelPolicy};

/// The only format this version reads and writes.
pub const FORMAT: &str = "cadre-problem/1";

/// Highest competence level; 0 is «has worked in the field», 4 is «can teach it».
pub const MAX_LEVEL: u8 = 4;

/// Greatest hardship of a unit; 0 is «none to speak of».
pub const MAX_HARDSHIP: u8 = 4;

/// A whole matching problem: people, needs and the rules between them.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Problem {
    /// Always [`FORMAT`].
    #[cfg_attr(feature = "schema", schemars(extend("const" = FORMAT)))]
    pub format: String,
    /// A line for people; the solver ignores it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub title: Option<String>,
    /// When the secondments take place.
    pub term: Term,
    /// The catalogue of fields of work.
    pub fields: Vec<Field>,
    /// The bodies that people are released from.
    pub departments: Vec<Department>,
    /// The places that people are sent to.
    pub units: Vec<Unit>,
    /// Everyone who may be matched.
    pub people: Vec<Person>,
    /// What the units ask for.
    pub needs: Vec<Need>,
    /// Assignments decided beforehand; every plan contains them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pins: Vec<Pin>,
    /// Pairs decided against beforehand; no plan contains them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub prohibitions: Vec<Prohibition>,
    /// Reasons of eligibility that HR sets aside for one person and one need.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub waivers: Vec<Waiver>,
    /// The plan that this one revises; absent means a first plan.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub base: Vec<BaseAssignment>,
    /// People who serve together or not at all.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub teams: Vec<Team>,
    /// The round's policy.
    #[serde(default)]
    pub policy: Policy,
}

/// The days of service, both included.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// First day.
    pub start: NaiveDate,
    /// Last day, included.
    pub end: NaiveDate,
}

/// One field of work.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Field {
    /// Unique in the catalogue.
    pub id: FieldId,
}

/// A body that employs people and decides how many it can spare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Unique among departments.
    pub id: DepartmentId,
    /// At most this many people leave, whatever their field; absent means no cap.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub release_cap: Option<u32>,
    /// For each primary field named: how many of the department's people of that field must stay.
    #[serde(
        default,
        deserialize_with = "unique_keys::unique_keys",
        skip_serializing_if = "BTreeMap::is_empty"
    )]
    pub field_floors: BTreeMap<FieldId, u32>,
}

/// A commune, ward or special zone.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Unit {
    /// Unique among units.
    pub id: UnitId,
    /// Degrees north, -90 to 90.
    #[cfg_attr(feature = "schema", schemars(range(min = -90, max = 90)))]
    pub lat: f64,
    /// Degrees east, -180 to 180.
    #[cfg_attr(feature = "schema", schemars(range(min = -180, max = 180)))]
    pub lon: f64,
    /// How many people the unit can absorb; absent means [`Policy::unit_cap`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub cap: Option<u32>,
    /// The unit houses whoever comes, so the travel limit does not apply to it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub housing: bool,
    /// How hard it is to serve there, 0 to [`MAX_HARDSHIP`]; tier `burden` spares those who did not
    /// volunteer.
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_HARDSHIP)))]
    pub hardship: u8,
    /// People the unit would gladly take, in no order (tier `preference`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub acceptable: Vec<PersonId>,
    /// Languages of which at least one speaker each must be among the people sent to the unit. A
    /// unit that gets nobody breaks nothing.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub speaker: Vec<String>,
}

/// Someone who may be seconded.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Person {
    /// Unique among people.
    pub id: PersonId,
    /// The employer.
    pub department: DepartmentId,
    /// The legal standing.
    pub category: Category,
    /// The field the person works in at home; the group that field floors count.
    pub primary_field: FieldId,
    /// Degrees north of the place the person travels from, -90 to 90.
    #[cfg_attr(feature = "schema", schemars(range(min = -90, max = 90)))]
    pub lat: f64,
    /// Degrees east of the place the person travels from, -180 to 180.
    #[cfg_attr(feature = "schema", schemars(range(min = -180, max = 180)))]
    pub lon: f64,
    /// What the person can do, one entry per field.
    #[serde(default)]
    pub skills: Vec<Skill>,
    /// Languages spoken, as codes of the caller's choice.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Days the person is away; one day inside the term is enough to be unavailable.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub unavailable: Vec<Absence>,
    /// Legal bars against a secondment.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bars: Vec<Bar>,
    /// Last day of the latest secondment, from which the rest window runs.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_secondment_end: Option<NaiveDate>,
    /// Has volunteered.
    #[serde(default, skip_serializing_if = "is_false")]
    pub volunteer: bool,
    /// Units where the person has a conflict of interest.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conflicts: Vec<UnitId>,
    /// Secondments behind the person (tier `burden`).
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_HISTORY)))]
    pub past_secondments: u32,
    /// Hardship borne in them, in the measure of [`Unit::hardship`], added up (tier `burden`).
    #[serde(default, skip_serializing_if = "is_zero")]
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_HISTORY)))]
    pub hardship_so_far: u32,
    /// Units the person would like to serve in, best first (tier `preference`).
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferences: Vec<UnitId>,
}

/// Legal standing of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Category {
    /// Elected or appointed cadre.
    Cadre,
    /// Civil servant.
    CivilServant,
    /// Public employee.
    PublicEmployee,
    /// Works under a labour contract.
    ContractWorker,
    /// Student or youth support: may help, may not fill an authority seat.
    Support,
    /// Police or military: never matched.
    ArmedForces,
}

/// Competence of a person in one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Skill {
    /// The field of work.
    pub field: FieldId,
    /// 0 to [`MAX_LEVEL`].
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_LEVEL)))]
    pub level: u8,
    /// Someone other than the person confirmed the level.
    #[serde(default, skip_serializing_if = "is_false")]
    pub verified: bool,
    /// Full years of work in the field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub years: Option<u8>,
    /// The last day of work in the field; of whoever still works in it, any day from the term's
    /// first on.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub last_worked: Option<NaiveDate>,
}

/// Days a person is away, both included.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Absence {
    /// First day away.
    pub from: NaiveDate,
    /// Last day away.
    pub to: NaiveDate,
    /// A code of the caller's choice; the solver never reads it.
    pub reason: String,
}

/// A legal bar. It stores that there is one and when it ends, never why in prose.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Bar {
    /// A code of the caller's choice; the solver never reads it.
    pub code: String,
    /// Last day of the bar; absent means without end.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<NaiveDate>,
}

/// A unit's request: so many people of one field.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Need {
    /// Unique among needs.
    pub id: NeedId,
    /// Who asks.
    pub unit: UnitId,
    /// The field of work.
    pub field: FieldId,
    /// Seats, at least 1.
    #[cfg_attr(feature = "schema", schemars(range(min = 1, max = MAX_HEADCOUNT)))]
    pub headcount: u32,
    /// Lowest level that helps, 0 to [`MAX_LEVEL`].
    #[serde(default)]
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_LEVEL)))]
    pub min_level: u8,
    /// Languages each person must speak.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub languages: Vec<String>,
    /// Languages that are welcome.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub preferred_languages: Vec<String>,
    /// How urgent the need is.
    #[serde(default)]
    pub priority: Priority,
    /// The seat exercises public authority: support staff may not fill it.
    #[serde(default, skip_serializing_if = "is_false")]
    pub authority_seat: bool,
    /// People below this level in the need's field may serve it only if somebody of at least this
    /// level serves a need of the same field in the same unit; absent means no such rule.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    #[cfg_attr(feature = "schema", schemars(range(max = MAX_LEVEL)))]
    pub senior_from: Option<u8>,
}

/// Urgency of a need.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Priority {
    /// Filled before anything else.
    Critical,
    /// Preferred over normal.
    High,
    /// The default.
    #[default]
    Normal,
    /// May wait.
    Low,
}

/// «This person serves this need», decided beforehand.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Pin {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub need: NeedId,
}

/// «This person does not serve there», decided beforehand: exactly one of need and unit is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Prohibition {
    /// Who.
    pub person: PersonId,
    /// One need.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub need: Option<NeedId>,
    /// Every need of a unit.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub unit: Option<UnitId>,
}

/// «In this case it does not matter»: a reason that does not stop one person from one need. The law
/// and people's own circumstances can't be set aside, only what the unit asked for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Waiver {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub need: NeedId,
    /// Which reason: one of [`Reason::WAIVABLE`].
    #[cfg_attr(feature = "schema", schemars(extend("enum" = Reason::WAIVABLE)))]
    pub reason: Reason,
}

/// One line of the plan that this one revises.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct BaseAssignment {
    /// Who.
    pub person: PersonId,
    /// Where.
    pub need: NeedId,
    /// The person was told already, so a change weighs more (tier `changes`).
    #[serde(default, skip_serializing_if = "is_false")]
    pub announced: bool,
}

/// People who serve together or not at all. Nobody is in two teams.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct Team {
    /// Unique among teams.
    pub id: TeamId,
    /// Who, two people at least.
    #[cfg_attr(feature = "schema", schemars(length(min = 2)))]
    pub members: Vec<PersonId>,
    /// In which way they belong together.
    pub together: Together,
}

/// In which way the members of a team belong together.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Together {
    /// A couple: all serve in one and the same unit, or nobody serves.
    SameUnit,
    /// A team: everybody serves, anywhere, or nobody serves.
    AllOrNone,
}

/// For serde, which passes a reference.
fn is_false(flag: &bool) -> bool {
    !*flag
}

/// For serde, which passes a reference.
fn is_zero<N: Default + PartialEq>(number: &N) -> bool {
    *number == N::default()
}
