//! The one call to HiGHS that the crate `highs` has no name for.

use super::Failure;
use super::master::refused;
use highs::Model;
use std::os::raw::c_int;

/// Changes what the sum of a row of a model may be.
#[expect(unsafe_code, reason = "the crate has no safe name for this call")]
pub(super) fn change(model: &mut Model, row: usize, lower: f64, upper: f64) -> Result<(), Failure> {
    let row = c_int::try_from(row).map_err(|_| refused())?;
    // SAFETY: the pointer is that of a model that is borrowed mutably for the call, which only reads its
    // other arguments; a row that the model does not have is refused by HiGHS itself
    let status = unsafe { highs_sys::Highs_changeRowBounds(model.as_mut_ptr(), row, lower, upper) };
    if status == highs_sys::STATUS_OK {
        Ok(())
    } else {
        Err(refused())
    }
}
