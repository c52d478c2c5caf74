//! The same on PostgreSQL: migrations, schema, and what the engines do differently.

use crate::harness::{ELSEWHERE, Engine, HOME, Server};
use crate::stage::Stage;
use cadre::auth::Role;
use cadre::store::Db;
use diesel::RunQueryDsl;
use diesel::sql_types::{Bool, Text};
use serde_json::json;
use std::collections::BTreeSet;

#[derive(diesel::QueryableByName)]
struct Line {
    #[diesel(sql_type = Text)]
    line: String,
}

#[derive(diesel::QueryableByName)]
struct Flag {
    #[diesel(sql_type = Bool)]
    flag: bool,
}

/// Tables, columns, types and nullability, and the columns of unique indexes, a line each.
fn schema(server: &Server) -> BTreeSet<String> {
    let read = server.state().store.read(|db| {
        Ok(match db {
            Db::Pg(connection) => diesel::sql_query(POSTGRES_SCHEMA).load::<Line>(connection)?,
            Db::Sqlite(connection) => diesel::sql_query(SQLITE_SCHEMA).load::<Line>(connection)?,
        })
    });
    read.unwrap().into_iter().map(|line| line.line).collect()
}

const POSTGRES_SCHEMA: &str = "
    SELECT 'column ' || table_name || '.' || column_name || ' ' ||
        CASE data_type WHEN 'timestamp without time zone' THEN 'timestamp' ELSE data_type END ||
        CASE is_nullable WHEN 'YES' THEN ' null' ELSE '' END AS line
    FROM information_schema.columns WHERE table_schema = 'public' AND table_name <> '__diesel_schema_migrations'
    UNION ALL
    SELECT 'unique ' || t.relname || ' (' || (
            SELECT string_agg(a.attname, ', ' ORDER BY k.place)
            FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k (number, place)
            JOIN pg_attribute a ON a.attrelid = t.oid AND a.attnum = k.number
        ) || ')' || CASE WHEN i.indpred IS NULL THEN '' ELSE ' partial' END
    FROM pg_index i JOIN pg_class t ON t.oid = i.indrelid JOIN pg_namespace n ON n.oid = t.relnamespace
    WHERE i.indisunique AND n.nspname = 'public' AND t.relname <> '__diesel_schema_migrations'
    UNION ALL
    SELECT 'refers ' || c.conrelid::regclass::text || ' to ' || c.confrelid::regclass::text
    FROM pg_constraint c WHERE c.contype = 'f'";

const SQLITE_SCHEMA: &str = "
    SELECT 'column ' || m.name || '.' || c.name || ' ' || lower(c.type) ||
        CASE c.\"notnull\" WHEN 0 THEN ' null' ELSE '' END AS line
    FROM sqlite_master m JOIN pragma_table_info(m.name) c
    WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite%' AND m.name <> '__diesel_schema_migrations'
    UNION ALL
    SELECT 'unique ' || m.name || ' (' ||
        (SELECT group_concat(name, ', ') FROM (SELECT name FROM pragma_index_info(i.name) ORDER BY seqno)) || ')' ||
        CASE i.partial WHEN 0 THEN '' ELSE ' partial' END
    FROM sqlite_master m JOIN pragma_index_list(m.name) i
    WHERE m.type = 'table' AND i.\"unique\" = 1 AND m.name <> '__diesel_schema_migrations'
    UNION ALL
    SELECT 'refers ' || m.name || ' to ' || f.\"table\"
    FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'";

#[test]
fn both_engines_have_the_same_schema() {
    let sqlite = schema(&Server::start());
    let postgres = schema(&Server::start_on(Engine::Postgres));
    for kind in [
        "column users.id uuid",
        "unique users (login)",
        "unique secondments (staff_id) partial",
        "refers users to provinces",
    ] {
        assert!(sqlite.contains(kind), "{kind} in {sqlite:#?}");
    }
    let only = |these: &BTreeSet<String>, those: &BTreeSet<String>| -> Vec<String> {
        these.difference(those).cloned().collect()
    };
    assert_eq!(only(&sqlite, &postgres), Vec::<String>::new(), "only on SQLite");
    assert_eq!(
        only(&postgres, &sqlite),
        Vec::<String>::new(),
        "only on PostgreSQL"
    );
}

#[test]
fn accounts_and_catalogue_work_on_postgresql() {
    let server = Server::start_on(Engine::Postgres);
    let admin = server.signed_in(Role::Admin);
    let units = server.units(HOME);
    let user = json!({
        "login": "someone", "password": "a password for tests", "display_name": "Người thử",
        "role": "evaluator", "units": [units[1], units[0]],
    });
    let made = admin.post("/users", user.clone());
    let (etag, location) = (made.etag(), made.location());
    made.created();
    assert_eq!(admin.get(&location).ok()["units"], json!([units[0], units[1]]));
    admin
        .post("/users", user)
        .problem(409, "conflict")
        .at("/login", "duplicate");
    assert_eq!(
        admin.patch(&location, &etag, json!({"units": [units[2]]})).ok()["units"],
        json!([units[2]])
    );
    admin
        .patch(&location, &etag, json!({"active": false}))
        .problem(412, "stale_version");
    server
        .signed_in_at(ELSEWHERE, Role::Admin)
        .get(&location)
        .problem(404, "not_found");

    let hr = server.signed_in(Role::Hr);
    assert_eq!(hr.get("/fields").ok()["items"].as_array().unwrap().len(), 14);
    let page = hr.get("/units?limit=100&kind=commune").ok();
    let cursor = page["next_cursor"].as_str().unwrap();
    let rest = hr
        .get(&format!("/units?limit=100&kind=commune&cursor={cursor}"))
        .ok();
    assert!(!rest["items"].as_array().unwrap().is_empty());
    let field = json!({"code": "x1", "position": 15, "name_vi": "a", "name_en": "b"});
    hr.post("/fields", field.clone()).created();
    hr.post("/fields", field)
        .problem(409, "conflict")
        .at("/code", "duplicate");
    let log = server.signed_in(Role::Leader).get("/audit-events").ok();
    let actions = log["items"]
        .as_array()
        .unwrap()
        .iter()
        .filter(|entry| entry["resource"] == "field");
    assert_eq!(actions.count(), 1);
}

#[test]
fn two_workers_share_the_queue_and_no_job_is_done_twice() {
    for engine in [Engine::Postgres, Engine::Sqlite] {
        let stage = Stage::on(engine);
        stage.person("land", 3);
        stage.need(0, "land", 1);
        let ask = || stage.ask(json!({})).status(202).location();
        let plans: Vec<String> = (0..6).map(|_| ask()).collect();
        // Both work at the same time: one could not take up its plan while the other's lies still.
        let together = "echo $$ >>$HERE/started; while [ $(wc -l <$HERE/started) -lt 2 ]; do sleep 0.02; done; exec $CADRE $1";
        let solver = stage.server.stand_in(together);
        stage.server.start_worker(solver.clone());
        stage.server.start_worker(solver);
        for plan in &plans {
            assert_eq!(stage.server.ended(&stage.hr(), plan).json()["state"], "solved");
            assert_eq!(stage.pairs(plan).len(), 1, "{engine:?}");
        }
        assert_eq!(
            stage.server.count("jobs WHERE state = 'done' AND attempt = 1"),
            6,
            "{engine:?}"
        );
        assert_eq!(stage.server.told_by_stand_in("started").lines().count(), 6);
        for action in ["solve", "complete"] {
            let told = format!("audit_events WHERE action = '{action}'");
            assert_eq!(stage.server.count(&told), 6, "{action} on {engine:?}");
        }
    }
}

#[test]
fn nobody_else_reaches_the_tests_cluster() {
    let server = Server::start_on(Engine::Postgres);
    let read = server.state().store.read(|db| match db {
        Db::Pg(connection) => {
            let query = "SELECT current_setting('listen_addresses') = '' AS flag";
            Ok(diesel::sql_query(query).get_result::<Flag>(connection)?.flag)
        }
        Db::Sqlite(_) => panic!("this server was asked to run on PostgreSQL"),
    });
    assert!(read.unwrap());
}
