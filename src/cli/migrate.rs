//! `cadre migrate`: brings schema and shipped catalogues up to date. Running it again changes nothing.

use super::output::{FormatOptions, table};
use super::{Exit, database};
use crate::catalogue;
use crate::config::DatabaseOptions;
use crate::error::Result;
use clap::Args;
use serde_json::json;

#[derive(Debug, Args)]
pub(super) struct Options {
    #[command(flatten)]
    database: DatabaseOptions,
    #[command(flatten)]
    format: FormatOptions,
}

pub(super) fn run(options: &Options) -> Result<Exit> {
    let store = database::open(&options.database.database_url)?;
    let migrations = store.migrate()?;
    let loaded = catalogue::service::load_shipped(&store)?;
    let counts = [
        ("provinces", loaded.provinces),
        ("units", loaded.units),
        ("fields", loaded.fields),
        ("departments", loaded.departments),
    ];
    let value = json!({
        "migrations": migrations,
        "added": counts.into_iter().collect::<std::collections::BTreeMap<_, _>>(),
    });
    options.format.show(&value, || {
        let ran = migrations
            .iter()
            .map(|name| ["migration".to_owned(), name.clone()]);
        let added = counts
            .iter()
            .map(|(kind, count)| [(*kind).to_owned(), format!("{count} added")]);
        table(&[], ran.chain(added))
    })?;
    Ok(Exit::Ok)
}
