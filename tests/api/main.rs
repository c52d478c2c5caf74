//! The API, tested from outside: each test has its own running server and database. See [`harness`].

#![expect(
    clippy::needless_pass_by_value,
    clippy::panic,
    clippy::unwrap_used,
    reason = "a test that fails panics and says where, which the lints allow in #[test] functions only; and `json!` reads \
              best where it is handed over"
)]

mod accounts;
mod approval;
mod audit;
mod bodies;
mod catalogue;
mod evaluations;
mod explanations;
mod harness;
mod journey;
mod need_sight;
mod needs;
mod openapi;
mod plans;
mod postgres;
mod registry;
mod reports;
mod roster;
mod rounds;
mod samples;
mod secondments;
mod staff;
mod stage;
mod tokens;
mod unlogged;
mod workers;
