//! Accounts: who may sign in, with which role and for which units; and signing in.

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
    route!(routes::sign_in, public),
    route!(routes::me, everyone),
    route!(routes::list, roles: [Role::Admin]),
    route!(routes::create, roles: [Role::Admin]),
    route!(routes::read, roles: [Role::Admin]),
    route!(routes::update, roles: [Role::Admin]),
];
