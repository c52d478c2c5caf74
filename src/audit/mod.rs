//! What was changed, by whom and when. A write can't be made without saying it: `Store::write` takes a [`Change`].

pub mod dto;
pub mod model;
pub mod routes;
mod store;

pub use model::{Change, Entry};
pub use store::record;

use crate::auth::Role;
use crate::http::registry::Route;
use crate::route;

/// The slice's routes.
pub const ROUTES: &[Route] = &[route!(routes::list, roles: [Role::Leader, Role::Admin])];
