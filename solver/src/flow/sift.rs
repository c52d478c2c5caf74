//! Sifting: solves a network with pairs that are never built.

use super::auction::{Auction, SHIFT};
use super::journeys::Journeys;
use super::offers::Offers;
use super::settle::settle;
use super::simplex::{PairArc, Simplex};
use std::time::Instant;

/// Pairs that each person offers per field in the first pass, and in the later ones.
const FIRST: usize = 4;
const LATER: usize = 2;

/// Starts a simplex that has no pairs yet near the optimum, if there is enough to gain.
pub(crate) fn start(simplex: &mut Simplex, offers: &Offers, journeys: &Journeys) {
    let network = simplex.network.clone();
    if let Some(auction) = Auction::hold(&network, &simplex.cost, offers, journeys) {
        settle(simplex, auction, SHIFT);
    }
}

/// Solves with the pairs at hand, then with those that would still pay at their prices, until
/// there are none. Returns how many passes that took; `None` when the time is up.
pub(crate) fn sift(
    simplex: &mut Simplex,
    offers: &Offers,
    journeys: &Journeys,
    deadline: Instant,
) -> Option<u32> {
    let mut out: Vec<PairArc> = Vec::new();
    let mut most = FIRST;
    let mut passes = 0;
    loop {
        if !simplex.optimise(deadline) {
            return None;
        }
        passes += 1;
        out.clear();
        offers.offer(journeys, simplex, 0, most, &mut out);
        if out.is_empty() {
            return Some(passes);
        }
        // there are few passes, and millions of pairs
        simplex.pairs.reserve_exact(out.len());
        simplex.pairs.append(&mut out);
        most = LATER;
    }
}
