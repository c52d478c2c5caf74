//! The API, tested from outside: each test has its own running server and database. See [`harness`].

mod accounts;
mod harness;
