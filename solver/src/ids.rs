//! Typed identifiers: transparent text, so that a person can never be passed where a need belongs.

use serde::{Deserialize, Serialize};
use std::fmt;

macro_rules! text_id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
        #[cfg_attr(feature = "schema", schemars(extend("minLength" = 1)))]
        #[serde(transparent)]
        pub struct $name(String);

        impl $name {
            /// Wraps a text as it is; nothing is trimmed, padded or folded.
            pub fn new(text: impl Into<String>) -> Self {
                Self(text.into())
            }

            /// The text as it was given.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl From<&str> for $name {
            fn from(text: &str) -> Self {
                Self::new(text)
            }
        }

        impl From<String> for $name {
            fn from(text: String) -> Self {
                Self(text)
            }
        }
    };
}

text_id!(
    /// A person who can be seconded.
    PersonId
);
text_id!(
    /// A unit's request for people of one field.
    NeedId
);
text_id!(
    /// A commune, ward or special zone; five-digit codes keep their zeros (`"00097"`).
    UnitId
);
text_id!(
    /// A field of work out of the problem's own catalogue.
    FieldId
);
text_id!(
    /// A body that employs people and releases them.
    DepartmentId
);
text_id!(
    /// People who serve together or not at all.
    TeamId
);
