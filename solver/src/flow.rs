//! The core: an exact network simplex for problems that are networks.
//!
//! The rules nest on the side of people (person, group, department, province) and on the side of
//! seats (need, unit), so a plan is a flow, and every vertex of the relaxation is whole. Costs,
//! prices and flows are integers; nothing is rounded, so what the core calls best is proven.

mod auction;
mod balance;
mod chart;
mod choices;
mod core;
mod costs;
pub(crate) mod face;
mod homes;
pub(crate) mod journeys;
mod kinds;
pub(crate) mod listing;
pub(crate) mod network;
pub(crate) mod offers;
mod row;
mod seats;
mod settle;
mod shortlist;
pub(crate) mod sift;
pub(crate) mod simplex;
mod tree;

use crate::instance::Instance;

pub(crate) use core::solve;

/// An estimate of the peak memory in MiB: a few hundred bytes for each node and each pair at hand,
/// and two for each journey.
pub(crate) fn estimate_mib(instance: &Instance) -> u64 {
    let nodes = (instance.people.len() + instance.needs.len() + instance.units.len()) as u64;
    let places = journeys::places(instance) as u64;
    let bytes = 2_048 * nodes + 2 * places * instance.units.len() as u64;
    16 + bytes.div_ceil(1024 * 1024)
}
