//! Reports: a report per file, behind one trait ([`kind::ReportKind`]) and one registry ([`registry::Report`]).
//!
//! To add one, write its file and name it in `registry.rs`; list, routes, formats and the OpenAPI document follow.

mod coverage;
mod csv;
pub mod dto;
mod evaluation_summary;
mod format;
mod heat_map;
pub mod kind;
mod percent;
pub mod registry;
pub mod routes;
pub mod service;
mod skill_gap;
mod store;
mod table;

pub use coverage::Coverage;
pub use evaluation_summary::EvaluationSummary;
pub use percent::Percent;
pub use registry::Report;
pub use skill_gap::SkillGap;
pub use table::{Cell, Column, Table};

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes. A commune secretary gets what [`kind::ReportKind::FOR_UNITS`] says, narrowed to the own unit.
pub const ROUTES: &[Route] = &[
    route!(routes::list, roles: [Role::Hr, Role::Leader, Role::Approver, Role::CommuneSecretary]),
    route!(routes::read, roles: [Role::Hr, Role::Leader, Role::Approver, Role::CommuneSecretary]),
];
