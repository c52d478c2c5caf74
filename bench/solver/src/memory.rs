//! How much memory this process held at most, as Linux counts it.

use std::fs;

/// Forgets the peak so far, so that reading a document doesn't count as solving it.
pub fn forget_peak() {
    // where that isn't allowed the peak stays, which only flatters the others
    let _unless_forbidden = fs::write("/proc/self/clear_refs", "5");
}

/// The peak of resident memory since [`forget_peak`], in MB of a million bytes; 0 where the system
/// doesn't tell.
#[must_use]
pub fn peak_mb() -> f64 {
    let status = fs::read_to_string("/proc/self/status").unwrap_or_default();
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    let kib = line.and_then(|rest| rest.split_whitespace().next()?.parse::<f64>().ok());
    kib.unwrap_or(0.0) * 1.024 / 1_000.0
}
