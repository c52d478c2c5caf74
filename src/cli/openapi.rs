//! `cadre openapi`: prints the document that `api-spec/openapi.json` holds.

use super::{Exit, output};
use crate::error::{Error, Result};
use crate::http::openapi;

pub(super) fn run() -> Result<Exit> {
    output::data(&openapi::text().map_err(Error::internal)?)?;
    Ok(Exit::Ok)
}
