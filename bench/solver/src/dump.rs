//! The base model on disk, in a form that a peer in any language reads at once: the caps as JSON, the
//! eligible pairs as three files of little-endian 32-bit numbers.

use crate::Fault;
use crate::base_model::BaseModel;
use crate::caps::Caps;
use cadre_solver::Instance;
use std::fs::{self, File};
use std::io::{BufWriter, Write};
use std::path::Path;

/// Person, need and cost of each pair, in files of these names.
pub const COLUMNS: [&str; 3] = ["person.u32", "need.u32", "cost.i32"];

/// Writes a folder and returns the number of pairs.
///
/// # Errors
/// A disk that doesn't take it.
pub fn write(instance: &Instance, folder: &Path) -> Result<u64, Fault> {
    fs::create_dir_all(folder)?;
    let caps = BufWriter::new(File::create(folder.join("caps.json"))?);
    serde_json::to_writer(caps, &Caps::of(instance.problem()))?;
    let create = |name: &str| File::create(folder.join(name)).map(BufWriter::new);
    let [mut people, mut needs, mut costs] = COLUMNS.map(create);
    let (people, needs, costs) = (people.as_mut(), needs.as_mut(), costs.as_mut());
    let (Ok(people), Ok(needs), Ok(costs)) = (people, needs, costs) else {
        return Err(format!("{} can't be written", folder.display()).into());
    };
    let (mut pairs, mut fault) = (0, None);
    BaseModel::new(instance).each_arc(|person, need, cost| {
        pairs += 1;
        let written = i32::try_from(cost).map_err(Fault::from).and_then(|cost| {
            people.write_all(&person.to_le_bytes())?;
            needs.write_all(&need.to_le_bytes())?;
            Ok(costs.write_all(&cost.to_le_bytes())?)
        });
        fault = fault.take().or(written.err());
    });
    for file in [people, needs, costs] {
        file.flush()?;
    }
    fault.map_or(Ok(pairs), Err)
}

/// The pairs and caps of a folder.
pub struct Dump {
    /// The network around the pairs.
    pub caps: Caps,
    /// Person, need and cost of each eligible pair.
    pub arcs: Vec<(u32, u32, i32)>,
}

/// Reads a folder that [`write`] wrote.
///
/// # Errors
/// A folder that isn't one.
pub fn read(folder: &Path) -> Result<Dump, Fault> {
    let [people, needs, costs] = COLUMNS.map(|name| fs::read(folder.join(name)));
    let (people, needs, costs) = (people?, needs?, costs?);
    let (people, needs) = (people.as_chunks::<4>().0, needs.as_chunks::<4>().0);
    let arcs = people.iter().zip(needs).zip(costs.as_chunks::<4>().0);
    Ok(Dump {
        caps: serde_json::from_slice(&fs::read(folder.join("caps.json"))?)?,
        arcs: arcs
            .map(|((person, need), cost)| {
                (
                    u32::from_le_bytes(*person),
                    u32::from_le_bytes(*need),
                    i32::from_le_bytes(*cost),
                )
            })
            .collect(),
    })
}
