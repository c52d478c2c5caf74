//! The roster: who can be seconded, what they can do, and when they are away.

pub mod dto;
mod fold;
pub mod model;
pub mod routes;
pub mod service;
pub mod store;
#[cfg(test)]
mod tests;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes.
pub const ROUTES: &[Route] = &[
    route!(routes::list, roles: [Role::Hr]),
    route!(routes::create, roles: [Role::Hr]),
    route!(routes::read, roles: [Role::Hr]),
    route!(routes::update, roles: [Role::Hr]),
    route!(routes::read_skills, roles: [Role::Hr]),
    route!(routes::replace_skills, roles: [Role::Hr]),
    route!(routes::read_absences, roles: [Role::Hr]),
    route!(routes::replace_absences, roles: [Role::Hr]),
];
