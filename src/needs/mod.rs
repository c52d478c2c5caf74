//! What communes ask for: drafted and handed in by the commune, accepted or returned by HR.

pub mod dto;
pub mod model;
pub mod routes;
pub mod service;
pub mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

const READERS: &[Role] = &[Role::Hr, Role::CommuneSecretary, Role::Approver, Role::Leader];

/// The slice's routes.
pub const ROUTES: &[Route] = &[
    route!(routes::list, readers: READERS),
    route!(routes::create, roles: [Role::CommuneSecretary, Role::Hr]),
    route!(routes::read, readers: READERS),
    route!(routes::update, roles: [Role::CommuneSecretary, Role::Hr]),
    route!(routes::submit, roles: [Role::CommuneSecretary, Role::Hr]),
    route!(routes::withdraw, roles: [Role::CommuneSecretary, Role::Hr]),
    route!(routes::review, roles: [Role::Hr]),
];
