//! Who decides between plans that serve the communes about equally well.

use serde::{Deserialize, Serialize};

/// Who decides between plans that serve the communes about equally well.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    /// The tiers in their order: fit before wishes.
    #[default]
    Balanced,
    /// HR sets a floor for fit, and above it people choose in the order of their priority: serial
    /// dictatorship under a constraint. Nobody gains by misstating their wishes, because a person's
    /// list decides only between places that the lists of those before leave open.
    ConstrainedPriority,
}

impl Mode {
    /// For serde, which passes a reference.
    pub(super) fn is_default(&self) -> bool {
        *self == Self::default()
    }
}
