//! Evaluations: after the term the host's side rates each secondment, once.

pub mod dto;
pub mod model;
pub mod routes;
pub mod service;
mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes. Rating belongs to the host's side: the sender only reads.
pub const ROUTES: &[Route] = &[
    route!(routes::list, roles: [Role::Hr, Role::Leader, Role::Evaluator]),
    route!(routes::read, roles: [Role::Hr, Role::Leader, Role::Evaluator]),
    route!(routes::submit, roles: [Role::Evaluator]),
];
