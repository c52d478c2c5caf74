//! The only source of the present time and of the chance in new keys, so that a test or the demo can let three months
//! pass in a moment, and plays the same every time.

use chrono::{DateTime, NaiveDate, TimeDelta, Utc};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use uuid::{NoContext, Timestamp, Uuid};

/// Where «now» comes from. Clones share the same time.
#[derive(Debug, Clone)]
pub enum Clock {
    /// The machine's clock, and the machine's chance.
    System,
    /// A clock that stands still until it is told to move; its keys are counted, not drawn.
    Manual(Arc<Mutex<Stopped>>),
}

/// Where a manual clock stands.
#[derive(Debug)]
pub struct Stopped {
    at: DateTime<Utc>,
    keys: u64,
}

impl Clock {
    /// A clock that stands at `at`.
    pub fn manual(at: DateTime<Utc>) -> Self {
        Self::Manual(Arc::new(Mutex::new(Stopped { at, keys: 0 })))
    }

    /// The present moment, in UTC and whole microseconds: what both database engines keep.
    pub fn now(&self) -> DateTime<Utc> {
        match self {
            #[expect(
                clippy::disallowed_methods,
                reason = "this is the one place that reads the machine's clock"
            )]
            Self::System => {
                let now = Utc::now();
                DateTime::from_timestamp_micros(now.timestamp_micros()).unwrap_or(now)
            }
            Self::Manual(stopped) => locked(stopped).at,
        }
    }

    /// Moves a manual clock to `at`; a system clock can't be moved and stays.
    pub fn set(&self, at: DateTime<Utc>) {
        if let Self::Manual(stopped) = self {
            locked(stopped).at = at;
        }
    }

    /// A new key: UUIDv7, so that keys sort by the time they were made.
    pub fn new_key(&self) -> Uuid {
        match self {
            Self::System => {
                let now = self.now();
                let seconds = u64::try_from(now.timestamp()).unwrap_or_default();
                Uuid::new_v7(Timestamp::from_unix(
                    NoContext,
                    seconds,
                    now.timestamp_subsec_nanos(),
                ))
            }
            Self::Manual(stopped) => {
                let mut stopped = locked(stopped);
                stopped.keys += 1;
                let mut counted = [0; 10];
                counted[2..].copy_from_slice(&stopped.keys.to_be_bytes());
                let millis = u64::try_from(stopped.at.timestamp_millis()).unwrap_or_default();
                uuid::Builder::from_unix_timestamp_millis(millis, &counted).into_uuid()
            }
        }
    }
}

fn locked(stopped: &Mutex<Stopped>) -> MutexGuard<'_, Stopped> {
    stopped.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The calendar day in Vietnam (UTC+7, without summer time), in which terms and due dates are counted.
pub fn vietnam_day(at: DateTime<Utc>) -> NaiveDate {
    (at + TimeDelta::hours(7)).date_naive()
}

#[cfg(test)]
mod tests {
    use super::*;
    use chrono::TimeZone;

    #[test]
    fn a_manual_clock_moves_only_when_told_and_for_all_its_clones() {
        let start = Utc.with_ymd_and_hms(2025, 7, 1, 9, 0, 0).unwrap();
        let clock = Clock::manual(start);
        let clone = clock.clone();
        assert_eq!(clone.now(), start);
        clock.set(start + TimeDelta::days(92));
        assert_eq!(clone.now(), start + TimeDelta::days(92));
    }

    #[test]
    fn the_day_turns_at_five_in_the_afternoon_utc() {
        let before = Utc.with_ymd_and_hms(2025, 10, 31, 16, 59, 59).unwrap();
        assert_eq!(vietnam_day(before).to_string(), "2025-10-31");
        assert_eq!(
            vietnam_day(before + TimeDelta::seconds(1)).to_string(),
            "2025-11-01"
        );
    }
}
