//! A dense assignment as OR-Library has them: n people, n needs, costs from 1 to 100.

use crate::Fault;
use crate::dice::Dice;
use crate::transport::{Market, dense};
use cadre_solver::Problem;

/// n × n, costs drawn evenly (Beasley's `assign100` … `assign800` are made like this).
///
/// # Errors
/// None that depend on the order.
pub fn invent(order: u32, seed: u64) -> Result<Problem, Fault> {
    let mut dice = Dice::new(seed, "assign");
    let row = |_| (0..order).map(|_| dice.between(1, 100)).collect();
    dense(&Market {
        title: format!("Dense assignment of {order}, seed {seed}"),
        headcounts: vec![1; order as usize],
        costs: (0..order).map(row).collect(),
    })
}
