//! The list that faults are collected in.

use crate::invalid::{ErrorCode, Invalid, ProblemError};

/// Collects faults so that all of them are reported at once.
#[derive(Default)]
pub(super) struct Faults(Vec<ProblemError>);

impl Faults {
    /// A fault at one place.
    pub(super) fn add(&mut self, code: ErrorCode, pointer: impl Into<String>, message: impl Into<String>) {
        self.add_with(code, pointer, Vec::new(), message);
    }

    /// A fault in which several places take part.
    pub(super) fn add_with(
        &mut self,
        code: ErrorCode,
        pointer: impl Into<String>,
        also: Vec<String>,
        message: impl Into<String>,
    ) {
        self.0.push(ProblemError {
            code,
            pointer: pointer.into(),
            also,
            message: message.into(),
        });
    }

    /// Fine, or everything that was found.
    pub(super) fn into_result(self) -> Result<(), Invalid> {
        if self.0.is_empty() {
            Ok(())
        } else {
            Err(Invalid { errors: self.0 })
        }
    }

    /// Complains about coordinates that are not on the globe.
    pub(super) fn coordinates(&mut self, pointer: &str, lat: f64, lon: f64) {
        for (key, value, limit) in [("lat", lat, 90.0), ("lon", lon, 180.0)] {
            // written so that NaN fails
            if !(-limit..=limit).contains(&value) {
                self.add(
                    ErrorCode::CoordinateOutOfRange,
                    format!("{pointer}/{key}"),
                    format!(
                        "{key} is {value}, which is not between -{limit} and {limit} degrees: \
                         check the order (latitude first in Vietnam: about 8 to 24) and the sign"
                    ),
                );
            }
        }
    }
}
