//! Invents rounds of any size, deterministically, and hands them to the optimiser and to its peers.
//!
//! The way data goes: [`cases`] names what can be invented → [`round`], [`assign`] and [`transport`]
//! invent a problem document → [`base_model`] reads it as one network with one cost per pair →
//! [`dump`] writes that for the peers. `bench/solver/README.md` tells the rest.

pub mod assign;
pub mod atlas;
pub mod base_model;
pub mod base_plan;
pub mod breaking;
pub mod caps;
pub mod cases;
pub mod command;
pub mod departments;
pub mod dice;
pub mod dump;
pub mod memory;
pub mod needs;
pub mod pairing;
pub mod people;
pub mod round;
pub mod teams;
pub mod transport;
pub mod units;

use std::error::Error;

/// Whatever went wrong; a bench can only tell it and stop.
pub type Fault = Box<dyn Error>;

/// A length as a number of the documents. No list here is longer than `u32::MAX`.
#[must_use]
pub fn count(length: usize) -> u32 {
    u32::try_from(length).unwrap_or(u32::MAX)
}
