//! Lists in pages. A page starts after the last key of the one before, so that rows that come or go meanwhile neither
//! repeat nor vanish.

use crate::auth::Caller;
use crate::error::{Code, Error, Fault, Result};
use crate::say;
use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde::Serialize;
use std::fmt::Display;
use std::str::FromStr;
use utoipa::ToSchema;

const USUAL: u32 = 50;
/// The most rows that a page may have.
pub(super) const MOST: u32 = 200;

/// Which part of a list is asked for.
#[derive(Debug, Clone)]
pub struct Page<Key> {
    /// The last key of the page before.
    pub after: Option<Key>,
    limit: usize,
    list: String,
}

/// A page on the wire.
#[derive(Debug, Serialize, ToSchema)]
pub struct PageDto<T> {
    /// The rows.
    pub items: Vec<T>,
    /// What to send as `cursor` for the next page; absent on the last.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub next_cursor: Option<String>,
}

impl<Key: FromStr + Display> Page<Key> {
    /// The page that `limit` and `cursor` ask for, of the list called `list`. A cursor works for the list and the
    /// province that it came from only.
    pub fn new(caller: &Caller, list: &str, limit: Option<u32>, cursor: Option<&str>) -> Result<Self> {
        let limit = limit.unwrap_or(USUAL);
        if !(1..=MOST).contains(&limit) {
            return Err(refused(
                "?limit",
                say!(
                    "limit is {limit}; it must be 1 to {MOST}",
                    "limit là {limit}; phải từ 1 đến {MOST}"
                ),
            ));
        }
        let list = format!("{}/{list}", caller.scope().province());
        let after = cursor.map(|cursor| read_cursor(cursor, &list)).transpose()?;
        Ok(Self {
            after,
            limit: limit as usize,
            list,
        })
    }

    /// How many rows to fetch: one more than shown, to know whether another page follows.
    pub fn fetch(&self) -> i64 {
        i64::try_from(self.limit + 1).unwrap_or(i64::MAX)
    }

    /// The page on the wire, from the rows fetched and each one's key.
    pub fn dto<Row, T>(
        &self,
        mut rows: Vec<Row>,
        key: impl Fn(&Row) -> Key,
        convert: impl FnMut(Row) -> T,
    ) -> PageDto<T> {
        let more = rows.len() > self.limit;
        rows.truncate(self.limit);
        let next_cursor = rows
            .last()
            .filter(|_| more)
            .map(|last| URL_SAFE_NO_PAD.encode(format!("{} {}", self.list, key(last))));
        PageDto {
            items: rows.into_iter().map(convert).collect(),
            next_cursor,
        }
    }
}

fn read_cursor<Key: FromStr>(cursor: &str, list: &str) -> Result<Key> {
    URL_SAFE_NO_PAD
        .decode(cursor)
        .ok()
        .and_then(|bytes| String::from_utf8(bytes).ok())
        .and_then(|text| text.strip_prefix(list)?.strip_prefix(' ')?.parse().ok())
        .ok_or_else(|| {
            refused(
                "?cursor",
                say!(
                    "the cursor does not belong to this list; start again without it",
                    "con trỏ không thuộc danh sách này; hãy bắt đầu lại không kèm con trỏ"
                ),
            )
        })
}

fn refused(pointer: &str, detail: crate::error::Text) -> Error {
    Error::of(Code::MalformedRequest).at(vec![Fault::new(pointer, "bad_parameter", detail)])
}
