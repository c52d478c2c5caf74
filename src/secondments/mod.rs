//! Secondments: approved assignments in force, from the first day to the return.

pub mod dto;
pub mod model;
pub mod routes;
mod rules;
pub mod service;
mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes. Secondments begin with the approval of a plan, not here.
pub const ROUTES: &[Route] = &[
    route!(routes::list, roles: [Role::Hr, Role::Approver, Role::Leader, Role::CommuneSecretary, Role::Evaluator]),
    route!(routes::read, roles: [Role::Hr, Role::Approver, Role::Leader, Role::CommuneSecretary, Role::Evaluator]),
    route!(routes::arrive, roles: [Role::CommuneSecretary]),
    route!(routes::complete, roles: [Role::Hr]),
];
