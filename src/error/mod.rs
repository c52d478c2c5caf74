//! The one error type. A [`Code`] says what kind of failure it is and decides status and title; a [`Text`] tells the
//! person, in both languages, what happened and what to do; [`Fault`]s point at places in the input; the cause is for
//! the log and never leaves the process.

mod code;
mod invalid_problem;
mod refusal;
mod text;

pub use code::Code;
pub use text::{Language, Text};

use std::fmt;

/// What every fallible function of the service gives.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// A failure, ready to be told.
pub struct Error(Box<Inner>);

struct Inner {
    code: Code,
    detail: Text,
    faults: Vec<Fault>,
    allow: Option<String>,
    cause: Option<Box<dyn std::error::Error + Send + Sync>>,
}

/// One thing wrong at one place of the input.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault {
    /// Where: a JSON pointer into the body, or `?name` for a query parameter.
    pub pointer: String,
    /// What kind: `unknown_field`, `out_of_range`, `duplicate` …
    pub code: &'static str,
    /// What, why and what to do.
    pub detail: Text,
}

impl Fault {
    /// A fault at `pointer`.
    pub fn new(pointer: impl Into<String>, code: &'static str, detail: Text) -> Self {
        Self {
            pointer: pointer.into(),
            code,
            detail,
        }
    }
}

impl Error {
    /// An error of this code that says `detail`.
    pub fn new(code: Code, detail: Text) -> Self {
        Self(Box::new(Inner {
            code,
            detail,
            faults: Vec::new(),
            allow: None,
            cause: None,
        }))
    }

    /// An error that the code's own text explains well enough.
    pub fn of(code: Code) -> Self {
        Self::new(code, code.advice())
    }

    /// `validation_failed`, with where and what.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let mut error = Self::of(Code::ValidationFailed);
        error.0.faults = faults;
        error
    }

    /// `validation_failed` with a single fault.
    pub fn invalid_at(pointer: impl Into<String>, code: &'static str, detail: Text) -> Self {
        Self::invalid(vec![Fault::new(pointer, code, detail)])
    }

    /// Something absent, or outside what the caller may see: the two are told alike, to the byte.
    pub fn not_found() -> Self {
        Self::of(Code::NotFound)
    }

    /// A failure that is nobody's input: the cause goes to the log, the person gets the trace id.
    pub fn internal(cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        Self::of(Code::Internal).because(cause)
    }

    /// The same error, with the places it concerns.
    #[must_use]
    pub fn at(mut self, faults: Vec<Fault>) -> Self {
        self.0.faults = faults;
        self
    }

    /// The same error, with the cause that goes to the log.
    #[must_use]
    pub fn because(mut self, cause: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> Self {
        self.0.cause = Some(cause.into());
        self
    }

    /// The same error, with the methods that the path does take (RFC 9110 asks for them beside 405).
    #[must_use]
    pub fn allowing(mut self, methods: String) -> Self {
        self.0.allow = Some(methods);
        self
    }

    /// What kind of failure this is.
    pub fn code(&self) -> Code {
        self.0.code
    }

    /// What the person is told.
    pub fn detail(&self) -> &Text {
        &self.0.detail
    }

    /// Where in the input.
    pub fn faults(&self) -> &[Fault] {
        &self.0.faults
    }

    /// What the person is told, with a line for each place in the input.
    pub fn told(&self, language: Language) -> String {
        let mut told = self.detail().in_language(language).to_owned();
        for fault in self.faults() {
            told += &format!("\n  {}: {}", fault.pointer, fault.detail.in_language(language));
        }
        told
    }

    /// The methods for an `Allow` header.
    pub fn allow(&self) -> Option<&str> {
        self.0.allow.as_deref()
    }

    /// What the log is told.
    pub fn cause(&self) -> Option<&(dyn std::error::Error + Send + Sync + 'static)> {
        self.0.cause.as_deref()
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}: {}", self.0.code.name(), self.0.detail.en)?;
        for fault in &self.0.faults {
            write!(f, "\n  {} ({}): {}", fault.pointer, fault.code, fault.detail.en)?;
        }
        if let Some(cause) = &self.0.cause {
            write!(f, "\n  cause: {cause}")?;
        }
        Ok(())
    }
}

impl fmt::Debug for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

impl std::error::Error for Error {}
