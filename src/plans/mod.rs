//! Plans: who goes where, proposed by the solver for a round, then approved or rejected by someone else. Approval turns
//! a plan's assignments into secondments.

mod approval;
mod contradictions_dto;
pub mod dto;
pub mod explanation;
mod explanation_dto;
pub mod failure;
pub mod model;
mod names;
pub mod problem;
pub mod routes;
pub mod service;
pub mod solving;
mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

const READERS: &[Role] = &[Role::Hr, Role::Approver, Role::Leader];

/// Pins and prohibitions of a large round.
const REQUEST_BODY: usize = 1024 * 1024;

/// The slice's routes.
pub const ROUTES: &[Route] = &[
    route!(routes::request, roles: [Role::Hr], body: REQUEST_BODY),
    route!(routes::list, readers: READERS),
    route!(routes::read, readers: READERS),
    route!(routes::assignments, readers: READERS),
    route!(routes::unmet_needs, readers: READERS),
    route!(routes::certificate, readers: READERS),
    route!(routes::explain, readers: READERS),
    route!(routes::verify, readers: READERS),
    route!(routes::cancel, roles: [Role::Hr]),
    route!(routes::submit, roles: [Role::Hr]),
    route!(routes::approve, roles: [Role::Approver]),
    route!(routes::reject, roles: [Role::Approver]),
];
