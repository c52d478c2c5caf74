//! Opening the database from the command line, with failures told for whoever types the address.

use crate::error::{Code, Error, Result};
use crate::say;
use crate::store::{DatabaseUrl, Store};
use std::path::Path;

/// Opens a database, which `cadre migrate` may be about to create.
pub(super) fn open(url: &DatabaseUrl) -> Result<Store> {
    Store::open(url).map_err(unreachable)
}

/// Opens a database that exists and is up to date; a misspelt path makes no new one.
pub(super) fn open_current(url: &DatabaseUrl) -> Result<Store> {
    if let DatabaseUrl::Sqlite(path) = url
        && !Path::new(path).exists()
    {
        return Err(Error::new(
            Code::Configuration,
            say!(
                "there is no database at {path}; correct --database-url, or create it with `cadre migrate`",
                "không có cơ sở dữ liệu tại {path}; hãy sửa --database-url hoặc tạo bằng `cadre migrate`"
            ),
        ));
    }
    Store::open_current(url).map_err(unreachable)
}

fn unreachable(error: Error) -> Error {
    if error.code() != Code::Overloaded {
        return error;
    }
    let told = Error::new(
        Code::Overloaded,
        say!(
            "the database can't be opened; check --database-url and that the database runs",
            "không mở được cơ sở dữ liệu; hãy kiểm tra --database-url và trạng thái cơ sở dữ liệu"
        ),
    );
    match error.cause() {
        Some(cause) => told.because(cause.to_string()),
        None => told,
    }
}
