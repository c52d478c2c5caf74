//! What a change says of itself.

use crate::text_enum;
use serde_json::{Value, json};
use std::fmt::Display;

text_enum! {
    /// What was done.
    pub enum Action {
        /// A record was made.
        Create,
        /// A record was changed.
        Update,
        /// A commune handed a need in.
        Submit,
        /// HR accepted or returned a need.
        Review,
        /// A commune took a need back.
        Withdraw,
        /// A worker took a plan up to solve it.
        Solve,
        /// A solver result was stored with a plan.
        Complete,
        /// A plan could not be made.
        Fail,
        /// A plan was stopped.
        Cancel,
        /// A plan was approved.
        Approve,
        /// A plan was rejected.
        Reject,
        /// A secondment began with an arrival.
        Arrive,
        /// A secondment was ended.
        End,
        /// A secondment was rated.
        Evaluate,
    }
}

/// One line of the audit log.
#[derive(Debug, Clone)]
pub struct Entry {
    /// What was done.
    pub action: Action,
    /// The kind of record: `need`, `plan` …
    pub resource: &'static str,
    /// Which one.
    pub resource_id: String,
    /// What the record became, without personal data.
    pub detail: Value,
}

/// The value of a write, with the log lines that belong to it.
#[derive(Debug)]
pub struct Change<T> {
    /// What the caller gets.
    pub value: T,
    /// What the log gets.
    pub entries: Vec<Entry>,
}

impl<T> Change<T> {
    /// A change of one record.
    pub fn new(value: T, action: Action, resource: &'static str, id: impl Display) -> Self {
        Self::with(value, action, resource, id, json!({}))
    }

    /// Nothing was changed.
    pub fn none(value: T) -> Self {
        Self {
            value,
            entries: Vec::new(),
        }
    }

    /// A change of one record, with what it became.
    pub fn with(value: T, action: Action, resource: &'static str, id: impl Display, detail: Value) -> Self {
        let entry = Entry {
            action,
            resource,
            resource_id: id.to_string(),
            detail,
        };
        Self {
            value,
            entries: vec![entry],
        }
    }
}
