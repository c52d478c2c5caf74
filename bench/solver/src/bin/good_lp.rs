//! The peer good_lp + HiGHS: `good_lp FOLDER` solves the base model as a linear program with a column
//! for every eligible pair, written as a user of good_lp would. Prints one line of JSON.
#![expect(clippy::print_stdout, reason = "the runner reads it")]

use cadre_bench::{Fault, dump, memory};
use good_lp::{Expression, Solution, SolverModel, Variable, constraint, default_solver, variable, variables};
use serde_json::json;
use std::collections::BTreeMap;
use std::path::Path;
use std::time::Instant;

fn main() -> Result<(), Fault> {
    let folder = std::env::args().nth(1).ok_or("usage: good_lp FOLDER")?;
    let dump::Dump { caps, arcs } = dump::read(Path::new(&folder))?;
    memory::forget_peak();
    let start = Instant::now();
    let mut variables = variables!();
    let columns = variables.add_vector(variable().min(0).max(1), arcs.len());
    let cost: Expression = arcs
        .iter()
        .zip(&columns)
        .map(|(arc, &x)| f64::from(arc.2) * x)
        .sum();
    let mut rows = Rows::default();
    for (&(person, need, _), &x) in arcs.iter().zip(&columns) {
        let (of_person, of_need) = (person as usize, need as usize);
        let (department, unit) = (caps.department_of_person[of_person], caps.unit_of_need[of_need]);
        rows.add(("person", person), Some(1), x);
        rows.add(("need", need), Some(caps.headcount_of_need[of_need]), x);
        rows.add(("unit", unit), caps.cap_of_unit[unit as usize], x);
        rows.add(
            ("department", department),
            caps.cap_of_department[department as usize],
            x,
        );
        if let Some(group) = caps.group_of_person[of_person] {
            rows.add(("group", group), Some(caps.quota_of_group[group as usize]), x);
        }
    }
    let mut model = variables.minimise(&cost).using(default_solver);
    for (sum, most) in rows.0.into_values() {
        model = model.with(constraint!(sum <= most));
    }
    let building = start.elapsed().as_secs_f64();
    let solution = model.solve()?;
    let total = start.elapsed().as_secs_f64();
    println!(
        "{}",
        json!({
            "cost": solution.eval(&cost), "solve_seconds": total - building, "total_seconds": total,
            "peak_mb": memory::peak_mb(),
        })
    );
    Ok(())
}

/// Sums that may not exceed a cap, by what they count.
#[derive(Default)]
struct Rows(BTreeMap<(&'static str, u32), (Expression, u32)>);

impl Rows {
    fn add(&mut self, name: (&'static str, u32), most: Option<u32>, x: Variable) {
        if let Some(most) = most {
            self.0
                .entry(name)
                .or_insert_with(|| (Expression::default(), most))
                .0 += x;
        }
    }
}
