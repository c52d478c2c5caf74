//! The list that faults are collected in.

use crate::invalid::{ErrorCode, Invalid, ProblemError};
use crate::message::{Message, both};
use std::collections::BTreeMap;

/// Most faults of a kind that are listed: the first ones in the order of the document. A million
/// records with the same slip have one cause, which as many sentences would bury; so the last one
/// listed says how many more there are. Every other kind is listed beside it, up to as many.
const MOST_OF_A_KIND: usize = 100;

/// Collects faults so that all of them are reported at once.
#[derive(Default)]
pub(crate) struct Faults {
    listed: Vec<ProblemError>,
    kinds: BTreeMap<ErrorCode, Kind>,
}

/// The faults of one kind.
#[derive(Default)]
struct Kind {
    /// How many were found, listed or not.
    found: usize,
    /// Where the last one listed is.
    last: usize,
}

impl Faults {
    /// A fault at one place.
    pub(crate) fn add(&mut self, code: ErrorCode, pointer: impl Into<String>, message: Message) {
        self.add_with(code, pointer, Vec::new(), message);
    }

    /// A fault in which several places take part.
    pub(crate) fn add_with(
        &mut self,
        code: ErrorCode,
        pointer: impl Into<String>,
        also: Vec<String>,
        message: Message,
    ) {
        self.push(ProblemError {
            code,
            pointer: pointer.into(),
            also,
            message,
        });
    }

    /// A fault that is put together already.
    pub(crate) fn push(&mut self, fault: ProblemError) {
        let kind = self.kinds.entry(fault.code).or_default();
        kind.found += 1;
        if kind.found <= MOST_OF_A_KIND {
            kind.last = self.listed.len();
            self.listed.push(fault);
        }
    }

    /// Whether nothing was found.
    pub(crate) fn is_empty(&self) -> bool {
        self.listed.is_empty()
    }

    /// Fine, or what was found.
    pub(crate) fn into_result(self) -> Result<(), Invalid> {
        if self.is_empty() {
            Ok(())
        } else {
            Err(self.into_invalid())
        }
    }

    /// Everything that was found, up to [`MOST_OF_A_KIND`].
    pub(crate) fn into_invalid(self) -> Invalid {
        let Self { mut listed, kinds } = self;
        for kind in kinds.into_values() {
            let more = kind.found.saturating_sub(MOST_OF_A_KIND);
            if more > 0
                && let Some(last) = listed.get_mut(kind.last)
            {
                last.message.en += &format!("; … and {more} more of this kind");
                last.message.vi += &format!("; … và {more} lỗi khác cùng loại");
            }
        }
        Invalid { errors: listed }
    }

    /// Complains about coordinates that are not on the globe.
    pub(crate) fn coordinates(&mut self, pointer: &str, lat: f64, lon: f64) {
        for (key, value, limit) in [("lat", lat, 90.0), ("lon", lon, 180.0)] {
            // written so that NaN fails
            if !(-limit..=limit).contains(&value) {
                self.add(
                    ErrorCode::CoordinateOutOfRange,
                    format!("{pointer}/{key}"),
                    both!(
                        "{key} is {value}, which is not between -{limit} and {limit} degrees: check the order \
                         (latitude first in Vietnam: about 8 to 24) and the sign",
                        "{key} là {value}, không nằm trong khoảng -{limit} đến {limit} độ: hãy kiểm tra thứ tự (ở Việt \
                         Nam vĩ độ đứng trước, khoảng 8 đến 24) và dấu",
                    ),
                );
            }
        }
    }
}
