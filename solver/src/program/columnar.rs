//! A program by column.

use super::Program;

/// The columns of a program, each with its rows.
pub(crate) struct Columnar {
    rows: usize,
    start: Vec<usize>,
    entries: Vec<(u32, i64)>,
}

impl Columnar {
    pub(crate) fn new(program: &Program) -> Self {
        let mut start = vec![0_usize; program.columns.len() + 1];
        for (column, _) in program.rows.iter().flat_map(|row| &row.entries) {
            start[*column as usize + 1] += 1;
        }
        for at in 1..start.len() {
            start[at] += start[at - 1];
        }
        let mut next = start.clone();
        let mut entries = vec![(0, 0); start.last().copied().unwrap_or(0)];
        for (at, row) in (0_u32..).zip(&program.rows) {
            for &(column, amount) in &row.entries {
                let place = &mut next[column as usize];
                entries[*place] = (at, amount);
                *place += 1;
            }
        }
        Self {
            rows: program.rows.len(),
            start,
            entries,
        }
    }

    /// Whether a program has as many rows and columns as when it was read.
    pub(crate) fn is_of(&self, program: &Program) -> bool {
        (self.rows, self.start.len()) == (program.rows.len(), program.columns.len() + 1)
    }

    /// (row, coefficient) of a column, by row.
    pub(crate) fn of(&self, column: usize) -> &[(u32, i64)] {
        &self.entries[self.start[column]..self.start[column + 1]]
    }
}
