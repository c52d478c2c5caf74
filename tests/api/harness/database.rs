//! A look behind HTTP: what stands in the database, and what happens when something in it is amiss.

use super::Server;
use cadre::store::Db;
use diesel::RunQueryDsl;
use diesel::connection::SimpleConnection;
use diesel::sql_types::BigInt;

#[derive(diesel::QueryableByName)]
struct Count {
    #[diesel(sql_type = BigInt)]
    count: i64,
}

impl Server {
    /// How many rows there are of `SELECT count(*) AS count FROM {what}`.
    pub fn count(&self, what: &str) -> i64 {
        let query = format!("SELECT count(*) AS count FROM {what}");
        let read = self.state().store.read(|db| {
            Ok(match db {
                Db::Pg(connection) => diesel::sql_query(&query).get_result::<Count>(connection)?,
                Db::Sqlite(connection) => diesel::sql_query(&query).get_result::<Count>(connection)?,
            })
        });
        read.unwrap().count
    }

    /// Changes the database in a way that the service has no address for.
    pub fn tamper(&self, statement: &str) {
        let done = self
            .state()
            .store
            .housekeeping(|db| Ok(db.batch_execute(statement)?));
        done.unwrap();
    }
}
