//! Who chooses in which order, in mode *constrained priority*.

use crate::index;
use crate::instance::Instance;
use crate::terms::tie_break;
use std::cmp::Reverse;

impl Instance {
    /// Everyone with a list of wishes. Whoever has borne the most (past secondments and their
    /// hardship) chooses first; among equals the published lottery of `seed/person` decides, the
    /// smaller draw first.
    pub(crate) fn choosers(&self, seed: u64) -> Vec<u32> {
        let mut choosers: Vec<u32> = (0..index(self.people.len()))
            .filter(|&person| !self.person(person).preferences.is_empty())
            .collect();
        choosers.sort_by_cached_key(|&person| {
            let id = &self.problem().people[person as usize].id;
            let draw = tie_break::draw(&format!("{seed}/{id}"));
            (Reverse(self.person(person).history), draw, id.clone())
        });
        choosers
    }
}
