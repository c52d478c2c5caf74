//! Background work: plans to solve, kept in the database so that no restart loses one. A worker leases a job, runs the
//! solver as a child process, and stores result and completion in one transaction. Questions about a plan go
//! to the same child, without a job.

pub mod asking;
mod ending;
pub mod protocol;
mod queue;
pub mod solver_process;
#[cfg(test)]
mod stand_in;
mod store;
pub mod worker;

pub use queue::enqueue;
