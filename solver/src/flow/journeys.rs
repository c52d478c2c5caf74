//! Travel from every place where people live to every unit that asks for somebody: one byte each
//! where that is enough, else two.

use super::chart::Chart;
use crate::index;
use crate::instance::Instance;
use std::collections::{BTreeSet, HashMap};

/// Set on a journey beyond the limit, to a unit that houses nobody.
pub(crate) const TOO_FAR: u16 = 0x8000;

/// Rows are as long as a multiple of this.
const STRIDE: usize = 32;

/// Started buckets of minutes, a row per place.
#[derive(Clone, Debug)]
pub(crate) struct Journeys {
    cells: Cells,
    /// The units that ask for somebody, ascending: the columns of every row.
    wanted: Vec<u32>,
    /// From one row to the next: the columns, rounded up.
    stride: usize,
    /// The longest journey, in buckets.
    longest: u16,
    /// The row of each person.
    places: Vec<u32>,
}

#[derive(Clone, Debug)]
enum Cells {
    /// Nothing is too far, and few journeys have more buckets than a byte holds.
    Bytes(Bytes),
    Words(Vec<u16>),
}

/// Journeys of up to 254 buckets in a byte each; 255 stands for the others.
#[derive(Clone, Debug)]
struct Bytes {
    cells: Vec<u8>,
    /// The others: by row, column and buckets.
    beyond: Vec<(u32, u16)>,
    /// Where those of each row begin.
    starts: Vec<u32>,
}

/// One in so many journeys may be beyond a byte.
const RARE: usize = 16;

/// The journeys from a place, by column.
#[derive(Clone, Copy)]
pub(crate) enum JourneyRow<'j> {
    /// No journey is longer than its byte says, but for those of 255 buckets: of these, column and
    /// buckets.
    Bytes(&'j [u8], &'j [(u32, u16)]),
    Words(&'j [u16]),
}

impl JourneyRow<'_> {
    pub(crate) fn to(&self, column: u32) -> u16 {
        match self {
            Self::Words(row) => row[column as usize],
            Self::Bytes(row, beyond) => match row[column as usize] {
                u8::MAX => {
                    let place = beyond.partition_point(|&(other, _)| other < column);
                    beyond.get(place).map_or(!TOO_FAR, |&(_, buckets)| buckets)
                }
                buckets => buckets.into(),
            },
        }
    }
}

impl Journeys {
    /// Reckons every journey once. People who live at the same place share a row, unless a
    /// journey of theirs was measured. `None` when a journey has more buckets than fit.
    pub(crate) fn new(instance: &Instance) -> Option<Self> {
        let wanted: BTreeSet<u32> = instance.needs.iter().map(|need| need.unit).collect();
        let wanted: Vec<u32> = wanted.into_iter().collect();
        let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
        let mut known = HashMap::new();
        let mut first = Vec::new();
        let places = (0..index(instance.people.len()))
            .map(|person| {
                let own = measured.contains(&person).then_some(person);
                let place = instance.person(person).place.bits();
                *known.entry((place, own)).or_insert_with(|| {
                    first.push(person);
                    index(first.len() - 1)
                })
            })
            .collect();
        let stride = wanted.len().next_multiple_of(STRIDE);
        let mut cells = Cells::Bytes(Bytes {
            cells: Vec::with_capacity(first.len() * stride),
            beyond: Vec::new(),
            starts: vec![0],
        });
        let mut longest = 0;
        let mut chart = Chart::new(instance, &wanted);
        let mut row = Vec::with_capacity(stride);
        for person in first {
            row.clear();
            let exact = |column: u32| exact(instance, person, wanted[column as usize]);
            if measured.contains(&person) {
                row.extend((0..index(wanted.len())).map(exact));
            } else {
                chart.add(instance.person(person).place, &mut row, exact);
            }
            if row.contains(&ENDLESS) {
                return None;
            }
            longest = row
                .iter()
                .fold(longest, |longest, journey| longest.max(journey & !TOO_FAR));
            row.resize(stride, 0);
            cells.push(&row);
        }
        if let Cells::Bytes(bytes) = &mut cells {
            bytes.beyond.shrink_to_fit();
        }
        Some(Self {
            cells,
            wanted,
            stride,
            longest,
            places,
        })
    }

    /// The row of a person.
    pub(crate) fn place(&self, person: u32) -> u32 {
        self.places[person as usize]
    }

    /// The journeys from a place.
    pub(crate) fn from(&self, place: u32) -> JourneyRow<'_> {
        let place = place as usize;
        let row = place * self.stride..(place + 1) * self.stride;
        match &self.cells {
            Cells::Bytes(bytes) => {
                let beyond = bytes.starts[place] as usize..bytes.starts[place + 1] as usize;
                JourneyRow::Bytes(&bytes.cells[row], &bytes.beyond[beyond])
            }
            Cells::Words(cells) => JourneyRow::Words(&cells[row]),
        }
    }

    /// The column of a unit that asks for somebody.
    pub(crate) fn column(&self, unit: u32) -> u32 {
        index(self.wanted.partition_point(|&other| other < unit))
    }

    pub(crate) fn columns(&self) -> usize {
        self.wanted.len()
    }

    /// How long rows are: the number of columns, rounded up.
    pub(crate) fn stride(&self) -> usize {
        self.stride
    }

    /// The longest journey, in buckets.
    pub(crate) fn longest(&self) -> u16 {
        self.longest
    }
}

impl Cells {
    /// Adds a row, and makes all cells wider if it asks for that.
    fn push(&mut self, row: &[u16]) {
        if let Self::Bytes(bytes) = self
            && !bytes.push(row)
        {
            *self = Self::Words(bytes.widen());
        }
        if let Self::Words(cells) = self {
            cells.extend_from_slice(row);
        }
    }
}

impl Bytes {
    /// Adds a row; whether it could be.
    fn push(&mut self, row: &[u16]) -> bool {
        let known = self.beyond.len();
        self.beyond.extend(
            (0..)
                .zip(row)
                .filter(|&(_, &journey)| journey >= u16::from(u8::MAX))
                .map(|(column, &journey)| (column, journey)),
        );
        let far = self.beyond[known..]
            .iter()
            .any(|&(_, journey)| journey & TOO_FAR != 0);
        if far || self.beyond.len() * RARE > self.cells.len() + row.len() {
            self.beyond.truncate(known);
            return false;
        }
        let byte = |&journey: &u16| u8::try_from(journey).unwrap_or(u8::MAX);
        self.cells.extend(row.iter().map(byte));
        self.starts.push(index(self.beyond.len()));
        true
    }

    fn widen(&self) -> Vec<u16> {
        let rows = self.starts.len() - 1;
        let stride = self.cells.len().checked_div(rows).unwrap_or(0);
        let mut words = Vec::with_capacity(self.cells.capacity());
        words.extend(self.cells.iter().map(|&cell| u16::from(cell)));
        for row in 0..rows {
            for &(column, buckets) in &self.beyond[self.starts[row] as usize..self.starts[row + 1] as usize] {
                words[row * stride + column as usize] = buckets;
            }
        }
        words
    }
}

/// A journey that has more buckets than fit.
const ENDLESS: u16 = u16::MAX;

/// The buckets of one journey, flagged if it is too far.
pub(super) fn exact(instance: &Instance, person: u32, unit: u32) -> u16 {
    let minutes = instance.minutes(person, unit);
    let limit = instance.problem().policy.travel.limit_minutes;
    let far = limit.is_some_and(|limit| minutes > limit) && !instance.unit(unit).housing;
    match u16::try_from(instance.buckets(minutes)) {
        Ok(buckets) if buckets < !TOO_FAR => buckets | if far { TOO_FAR } else { 0 },
        _ => ENDLESS,
    }
}

/// How many rows there will be.
pub(super) fn places(instance: &Instance) -> usize {
    let measured: BTreeSet<u32> = instance.measured.keys().map(|&(person, _)| person).collect();
    let places: BTreeSet<_> = (instance.people.iter())
        .map(|person| person.place.bits())
        .collect();
    places.len() + measured.len()
}

#[cfg(test)]
mod tests {
    use super::{Bytes, Cells, JourneyRow, Journeys, TOO_FAR};

    /// Journeys of 64 columns, the first few as given.
    fn row(first: &[u16]) -> Vec<u16> {
        let mut row = vec![7; 64];
        row[..first.len()].copy_from_slice(first);
        row
    }

    fn journeys(rows: &[Vec<u16>]) -> Journeys {
        let mut cells = Cells::Bytes(Bytes {
            cells: Vec::new(),
            beyond: Vec::new(),
            starts: vec![0],
        });
        rows.iter().for_each(|row| cells.push(row));
        Journeys {
            cells,
            wanted: (0..64).collect(),
            stride: 64,
            longest: 0,
            places: Vec::new(),
        }
    }

    fn read(journeys: &Journeys, rows: &[Vec<u16>]) {
        for (place, row) in (0..).zip(rows) {
            let read: Vec<u16> = (0..64).map(|column| journeys.from(place).to(column)).collect();
            assert_eq!(&read, row);
        }
    }

    #[test]
    fn a_few_long_journeys_leave_the_others_in_bytes() {
        let rows = [row(&[254, 255, 3, 300]), row(&[0]), row(&[256, 1, 2, 3, 4_000])];
        let journeys = journeys(&rows);
        assert!(matches!(journeys.from(0), JourneyRow::Bytes(..)));
        read(&journeys, &rows);
    }

    #[test]
    fn many_long_ones_or_one_that_is_too_far_make_all_cells_wider() {
        for last in [[300; 20], [TOO_FAR | 2; 20]] {
            let rows = [row(&[254, 255, 3, 300]), row(&last)];
            let journeys = journeys(&rows);
            assert!(matches!(journeys.from(0), JourneyRow::Words(_)));
            read(&journeys, &rows);
        }
    }
}
