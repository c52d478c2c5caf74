//! The API, tested from outside: each test has its own running server and database. See [`harness`].

mod accounts;
mod bodies;
mod catalogue;
mod harness;
mod openapi;
mod postgres;
mod registry;
mod samples;
mod tokens;
