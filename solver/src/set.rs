//! A small set of numbers: a sorted list, which for the few languages of a person takes less room
//! and less time than a tree.

use std::slice::Iter;

/// Distinct numbers, ascending.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct Set(Box<[u32]>);

impl Set {
    pub(crate) fn contains(&self, number: &u32) -> bool {
        // nearly always there are none, one or two
        self.0.contains(number)
    }

    pub(crate) fn iter(&self) -> Iter<'_, u32> {
        self.0.iter()
    }

    pub(crate) fn len(&self) -> usize {
        self.0.len()
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether every number of this set is in another.
    pub(crate) fn is_subset(&self, other: &Self) -> bool {
        self.iter().all(|number| other.contains(number))
    }

    /// The numbers that are in both.
    pub(crate) fn intersection<'s>(&'s self, other: &'s Self) -> impl Iterator<Item = &'s u32> {
        self.iter().filter(|number| other.contains(number))
    }
}

impl FromIterator<u32> for Set {
    fn from_iter<I: IntoIterator<Item = u32>>(numbers: I) -> Self {
        let mut list: Vec<u32> = numbers.into_iter().collect();
        list.sort_unstable();
        list.dedup();
        Self(list.into_boxed_slice())
    }
}

impl<'s> IntoIterator for &'s Set {
    type Item = &'s u32;
    type IntoIter = Iter<'s, u32>;

    fn into_iter(self) -> Iter<'s, u32> {
        self.iter()
    }
}
