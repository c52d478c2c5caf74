//! What everything else refers to: provinces and their commune-level units, fields of work, departments. All of it is
//! data; the country's units and the usual fields are shipped with the program and loaded by `cadre migrate`.

pub mod dto;
pub mod model;
pub mod routes;
pub mod service;
mod shipped;
pub mod store;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes.
pub const ROUTES: &[Route] = &[
    route!(routes::list_fields, everyone),
    route!(routes::create_field, roles: [Role::Admin, Role::Hr]),
    route!(routes::list_units, everyone),
    route!(routes::list_departments, everyone),
    route!(routes::create_department, roles: [Role::Admin, Role::Hr]),
];
