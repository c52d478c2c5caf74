//! What the API tests share. A test starts its own [`Server`] (the real one, on a free port, with a database of its own
//! that holds schema and catalogue), takes a [`Client`] of some role, and speaks HTTP:
//!
//! ```ignore
//! let server = Server::start();
//! let hr = server.signed_in(Role::Hr);
//! let round = hr.post("/rounds", json!({"name": "2026-1", …})).created();
//! hr.post("/rounds", json!({})).problem(422, "validation_failed").at("/name", "missing");
//! server.pass(TimeDelta::days(92));
//! ```

mod answer;
mod client;
mod database;
mod postgres;
mod server;
mod work;

pub use answer::Answer;
pub use client::Client;
pub use server::{Account, ELSEWHERE, Engine, HOME, PASSWORD, Server};
pub use work::real_solver;
