//! The roles. Which role may call which route stands at the route, in the slices' ROUTES tables.

use crate::text_enum;

text_enum! {
    /// What an account may do.
    pub enum Role {
        /// Provincial Home Affairs: staff, rounds, plans, secondments; proposes plans.
        Hr,
        /// Approves or rejects a plan that someone else proposed.
        Approver,
        /// Speaks for one commune-level unit: its needs and arrivals.
        CommuneSecretary,
        /// Rates the secondments of the units assigned to them.
        Evaluator,
        /// Reads plans, reports and the audit log; changes nothing.
        Leader,
        /// Accounts and catalogues; no personnel records.
        Admin,
    }
}

impl Role {
    /// Everyone who has an account.
    pub const ALL: &[Self] = &[
        Self::Hr,
        Self::Approver,
        Self::CommuneSecretary,
        Self::Evaluator,
        Self::Leader,
        Self::Admin,
    ];

    /// Whether the role's accounts are tied to units.
    pub fn sees_own_units_only(self) -> bool {
        matches!(self, Self::CommuneSecretary | Self::Evaluator)
    }
}
