//! What the solver finds wrong with a problem, as the service and the command line tell it.

use super::{Code, Error, Fault, Text};
use crate::say;
use cadre_solver::{ErrorCode, Invalid, Message, ProblemError};

impl From<Invalid> for Error {
    fn from(invalid: Invalid) -> Self {
        let of_pins =
            |error: &ProblemError| matches!(error.code, ErrorCode::PinConflict | ErrorCode::PinIneligible);
        let code = if invalid.errors.iter().all(of_pins) {
            Code::PinConflict
        } else {
            Code::ValidationFailed
        };
        let told = say!(
            "the problem can't be solved as it stands; correct the places named",
            "bài toán chưa thể giải; hãy sửa các chỗ được nêu"
        );
        Self::new(code, told).at(invalid.errors.into_iter().flat_map(faults).collect())
    }
}

/// A fault at its own place, and one at each other place that takes part in it.
fn faults(error: ProblemError) -> impl Iterator<Item = Fault> {
    let (place, code) = (error.pointer, error.code.as_str());
    let others: Vec<Fault> = error
        .also
        .into_iter()
        .map(|other| {
            let see = say!(
                "takes part in what is told at {place}",
                "liên quan đến lỗi nêu tại {place}"
            );
            Fault::new(other, code, see)
        })
        .collect();
    let Message { en, vi } = error.message;
    let told = Text {
        en: en.into(),
        vi: vi.into(),
    };
    std::iter::once(Fault::new(place, code, told)).chain(others)
}
