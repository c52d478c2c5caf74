//! The demo: the product's main job on real input. It plays one round of Lâm Đồng's programme from an empty database to
//! the reports, over HTTP and with the users' own tokens. Units, fields and the published outcome are real; people,
//! needs and who got which rating are invented.

mod client;
mod data;
mod people;
mod questions;
mod story;

pub use client::Client;
pub use questions::Answers;
pub use story::{Ending, LoggedIn, Reports, Story};

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};

/// Lâm Đồng.
pub const PROVINCE: &str = "68";
/// Everyone's password in the demo, which listens on this machine only.
pub const PASSWORD: &str = "demo-only-password";

/// A morning in Vietnam, for the demo's clock.
fn morning(day: &str) -> DateTime<Utc> {
    let day = day.parse::<NaiveDate>().unwrap_or_default();
    day.and_time(chrono::NaiveTime::MIN).and_utc() + TimeDelta::hours(1)
}

/// When the demo begins: the province prepares its round.
pub fn beginning() -> DateTime<Utc> {
    morning("2025-07-14")
}
