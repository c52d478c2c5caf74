//! **cadre** stores provincial staff's skills and communes' needs, solves who goes where, and follows each secondment to
//! its evaluation.
//!
//! # The rooms, and the rules between them
//!
//! Data goes one way: `routes` → `service` → `store`. A slice ([`staff`], [`needs`], …) has the same few files inside:
//!
//! | file | what it is | what it may use |
//! |---|---|---|
//! | `mod.rs` | what the slice is; its ROUTES table | |
//! | `routes.rs` | handlers | actix-web, `dto`, `service` |
//! | `dto.rs` | the wire | serde, utoipa, `model` |
//! | `service.rs` | rules | `model`, `store`, other slices' services and what their `store.rs` makes `pub` |
//! | `model.rs` | domain types | `ids`, `values` |
//! | `store.rs` | rows and queries | diesel, `model`, `auth::Scope` |
//!
//! actix-web stays in [`http`] and the `routes.rs` files; diesel stays in [`store`], the `store.rs` files and [`ids`]; the
//! solver crate knows neither. `tests/architecture.rs` holds the code to it.

pub mod accounts;
pub mod audit;
pub mod auth;
pub mod catalogue;
pub mod cli;
pub mod clock;
pub mod config;
pub mod demo;
pub mod error;
pub mod evaluations;
pub mod http;
pub mod ids;
pub mod jobs;
pub mod needs;
pub mod plans;
pub mod reports;
pub mod rounds;
pub mod secondments;
pub mod staff;
pub mod store;
pub mod telemetry;
pub mod values;
