//! A round is one cycle of the programme: its term, its fields, and the policy that plans obey.

pub mod dto;
pub mod model;
pub mod routes;
pub mod service;
mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes.
pub const ROUTES: &[Route] = &[
    route!(routes::list, everyone),
    route!(routes::create, roles: [Role::Hr]),
    route!(routes::read, everyone),
    route!(routes::update, roles: [Role::Hr]),
];
