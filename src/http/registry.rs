//! The one table of routes. Method and path come from the handler itself; who may call it, and how much it takes, stand
//! beside it in its slice's ROUTES. What is not registered is not served. The gate, the OpenAPI document and the
//! authorisation matrix test read this table.

use crate::auth::Role;
use crate::{accounts, audit, catalogue, evaluations, needs, plans, reports, rounds, secondments, staff};
use actix_web::http::Method;
use actix_web::web::ServiceConfig;
use std::collections::HashMap;
use std::sync::LazyLock;
use utoipa::openapi::path::{HttpMethod, Operation};
use utoipa::openapi::schema::Schema;
use utoipa::openapi::{Paths, RefOr};
use utoipa_actix_web::OpenApiFactory;

/// Where every route hangs.
pub const BASE: &str = "/api/v1";

/// The body that a route takes unless its entry says otherwise, in bytes.
pub const USUAL_BODY: usize = 64 * 1024;

/// Who may call a route.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    /// Anyone, signed in or not.
    Public,
    /// Accounts of these roles.
    Roles(&'static [Role]),
}

/// A route as its slice registers it, by [`route!`](crate::route).
pub struct Route {
    /// Who may call it.
    pub access: Access,
    /// The largest body it takes, in bytes.
    pub body_limit: usize,
    /// Adds the handler to the application.
    pub register: fn(&mut ServiceConfig),
    /// The handler's entry in the OpenAPI document.
    pub describe: fn() -> Description,
}

/// What the OpenAPI document says of one handler.
pub struct Description {
    /// Its path and operation.
    pub paths: Paths,
    /// The schemas it refers to.
    pub schemas: Vec<(String, RefOr<Schema>)>,
}

impl Description {
    /// The description that stands at the handler.
    pub fn of(handler: &impl OpenApiFactory) -> Self {
        let mut schemas = Vec::new();
        handler.schemas(&mut schemas);
        Self {
            paths: handler.paths(),
            schemas,
        }
    }
}

/// An entry of a ROUTES table: `route!(routes::create, roles: [Role::Hr])`, `route!(routes::sign_in, public)`, with
/// `, body: BYTES` where the usual limit does not fit.
#[macro_export]
macro_rules! route {
    (@ $handler:path, $access:expr, $limit:expr) => {
        $crate::http::registry::Route {
            access: $access,
            body_limit: $limit,
            register: |config| {
                config.service($handler);
            },
            describe: || $crate::http::registry::Description::of(&$handler),
        }
    };
    ($handler:path, public) => {
        $crate::route!(@ $handler, $crate::http::registry::Access::Public, $crate::http::registry::USUAL_BODY)
    };
    ($handler:path, roles: [$($role:expr),+]) => {
        $crate::route!(@ $handler, $crate::http::registry::Access::Roles(&[$($role),+]), $crate::http::registry::USUAL_BODY)
    };
    ($handler:path, roles: [$($role:expr),+], body: $limit:expr) => {
        $crate::route!(@ $handler, $crate::http::registry::Access::Roles(&[$($role),+]), $limit)
    };
    ($handler:path, readers: $roles:expr) => {
        $crate::route!(@ $handler, $crate::http::registry::Access::Roles($roles), $crate::http::registry::USUAL_BODY)
    };
    ($handler:path, everyone) => {
        $crate::route!(@ $handler, $crate::http::registry::Access::Roles($crate::auth::Role::ALL), $crate::http::registry::USUAL_BODY)
    };
}

/// The slices' tables, in the order of the documentation.
pub const SLICES: &[(&str, &[Route])] = &[
    ("accounts", accounts::ROUTES),
    ("catalogue", catalogue::ROUTES),
    ("staff", staff::ROUTES),
    ("rounds", rounds::ROUTES),
    ("needs", needs::ROUTES),
    ("plans", plans::ROUTES),
    ("secondments", secondments::ROUTES),
    ("evaluations", evaluations::ROUTES),
    ("reports", reports::ROUTES),
    ("audit", audit::ROUTES),
];

/// A registered route with its method and path, as they were read off the handler.
pub struct Registered {
    /// The slice that serves it.
    pub slice: &'static str,
    /// The method.
    pub method: Method,
    /// The path with its parameters, base included: `/api/v1/needs/{id}`.
    pub pattern: String,
    /// What the handler's documentation says.
    pub operation: Operation,
    /// The entry.
    pub route: &'static Route,
}

/// Every route, found by its pattern.
pub struct Registry {
    all: Vec<Registered>,
    by_pattern: HashMap<String, Vec<usize>>,
}

impl Registry {
    /// The program's registry.
    pub fn get() -> &'static Self {
        static REGISTRY: LazyLock<Registry> = LazyLock::new(Registry::collect);
        &REGISTRY
    }

    fn collect() -> Self {
        let mut all = Vec::new();
        for &(slice, routes) in SLICES {
            for route in routes {
                for (path, item) in (route.describe)().paths.paths {
                    for (method, operation) in operations(item) {
                        all.push(Registered {
                            slice,
                            method,
                            pattern: format!("{BASE}{path}"),
                            operation,
                            route,
                        });
                    }
                }
            }
        }
        let mut by_pattern: HashMap<String, Vec<usize>> = HashMap::new();
        for (index, registered) in all.iter().enumerate() {
            by_pattern
                .entry(registered.pattern.clone())
                .or_default()
                .push(index);
        }
        Self { all, by_pattern }
    }

    /// All of them, in the order of the tables.
    pub fn all(&self) -> &[Registered] {
        &self.all
    }

    /// The routes at `pattern`, one for each method.
    pub fn at(&self, pattern: &str) -> impl Iterator<Item = &Registered> {
        self.by_pattern
            .get(pattern)
            .into_iter()
            .flatten()
            .filter_map(|&index| self.all.get(index))
    }
}

fn operations(item: utoipa::openapi::PathItem) -> Vec<(Method, Operation)> {
    [
        (Method::GET, item.get),
        (Method::POST, item.post),
        (Method::PUT, item.put),
        (Method::PATCH, item.patch),
        (Method::DELETE, item.delete),
    ]
    .into_iter()
    .filter_map(|(method, operation)| Some((method, operation?)))
    .collect()
}

/// The OpenAPI name of a method.
pub fn openapi_method(method: &Method) -> HttpMethod {
    match *method {
        Method::POST => HttpMethod::Post,
        Method::PUT => HttpMethod::Put,
        Method::PATCH => HttpMethod::Patch,
        Method::DELETE => HttpMethod::Delete,
        _ => HttpMethod::Get,
    }
}
