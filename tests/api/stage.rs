//! What many stories begin with: a province with a round, people and accepted needs; and the way from there to a plan in
//! force.

use crate::harness::{Account, Answer, Client, Engine, HOME, Server};
use cadre::auth::Role;
use cadre::ids::UnitCode;
use serde_json::{Value, json};
use std::cell::Cell;

/// A round from February to April 2026; the clock stands in the January before.
pub struct Stage {
    pub server: Server,
    /// The province's units. The harness's secretary and evaluator have the first one.
    pub units: Vec<UnitCode>,
    /// The round's id.
    pub round: String,
    people: Cell<usize>,
}

impl Stage {
    /// On SQLite.
    pub fn new() -> Self {
        Self::on(Engine::Sqlite)
    }

    /// On this engine.
    pub fn on(engine: Engine) -> Self {
        let server = Server::start_on(engine);
        let round = json!({"name": "Đợt 1", "start_date": "2026-02-01", "end_date": "2026-04-30"});
        let round = server.signed_in(Role::Hr).post("/rounds", round).created();
        Self {
            units: server.units(HOME),
            round: id(&round),
            people: Cell::default(),
            server,
        }
    }

    /// The same province with another round on stage.
    pub fn next_round(self, start: &str, end: &str) -> Self {
        let round = json!({"name": format!("Đợt từ {start}"), "start_date": start, "end_date": end});
        let round = id(&self.hr().post("/rounds", round).created());
        Self { round, ..self }
    }

    /// HR, newly signed in.
    pub fn hr(&self) -> Client {
        self.server.signed_in(Role::Hr)
    }

    /// A person's record as HR sends it: able in one field, at home in the unit of that number.
    pub fn record(&self, field: &str, level: u8, home: usize) -> Value {
        let number = self.people.get() + 1;
        self.people.set(number);
        json!({
            "staff_number": format!("CB-{number}"), "full_name": format!("Người Thử {number}"),
            "department": "so-noi-vu", "category": "civil_servant", "primary_field": field,
            "home_unit": self.units[home],
            "skills": [{"field": field, "level": level, "years": 5, "verified": true}],
        })
    }

    /// Adds a person who is able in this field; gives the id.
    pub fn person(&self, field: &str, level: u8) -> String {
        id(&self.hr().post("/staff", self.record(field, level, 10)).created())
    }

    /// A need of the unit of that number as a draft; gives the answer.
    pub fn draft(&self, unit: usize, field: &str, seats: u32) -> Answer {
        let unit = &self.units[unit];
        let need = json!({"round": self.round, "unit": unit, "field": field, "headcount": seats, "reason": "Hồ sơ tồn đọng"});
        self.hr().post("/needs", need).status(201)
    }

    /// A need that HR has accepted; gives the id.
    pub fn need(&self, unit: usize, field: &str, seats: u32) -> String {
        let draft = self.draft(unit, field, seats);
        let (hr, path) = (self.hr(), draft.location());
        let submitted = hr.step(&format!("{path}/submission"), &draft.etag(), json!({}));
        let review = format!("{path}/review");
        let accepted = hr.step(
            &review,
            &submitted.status(200).etag(),
            json!({"decision": "accept"}),
        );
        id(&accepted.ok())
    }

    /// Asks for a plan of the round.
    pub fn ask(&self, request: Value) -> Answer {
        self.hr().post(&format!("/rounds/{}/plans", self.round), request)
    }

    /// Asks for a plan and has it solved; gives the plan's path and the plan.
    pub fn solved(&self, request: Value) -> (String, Value) {
        let path = self.ask(request).status(202).location();
        let plan = self.server.solve(&self.hr(), &path).ok();
        assert_eq!(plan["state"], "solved", "{plan}");
        (path, plan)
    }

    /// Asks for a plan, has it solved and proposes it; gives its path and ETag.
    pub fn proposed(&self, request: Value) -> (String, String) {
        let (path, _) = self.solved(request);
        let etag = self.hr().get(&path).etag();
        let proposed = self.hr().step(&format!("{path}/submission"), &etag, json!({}));
        (path, proposed.status(200).etag())
    }

    /// Someone else than HR decides for a proposed plan.
    pub fn approve(&self, (path, etag): &(String, String)) -> Answer {
        let approver = self.server.signed_in(Role::Approver);
        approver.step(&format!("{path}/approval"), etag, json!({}))
    }

    /// A plan in force; gives its path.
    pub fn in_force(&self) -> String {
        let plan = self.proposed(json!({}));
        self.approve(&plan).ok();
        plan.0
    }

    /// Who goes where in the plan at this path: people and needs.
    pub fn pairs(&self, plan: &str) -> Vec<(String, String)> {
        let rows = items(&self.hr(), &format!("{plan}/assignments?limit=200"));
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let mut pairs: Vec<_> = rows
            .iter()
            .map(|row| (text(&row["staff"]), text(&row["need"])))
            .collect();
        pairs.sort();
        pairs
    }

    /// The account behind a role.
    pub fn account(&self, role: Role) -> Account {
        self.server.account(HOME, role)
    }
}

/// The id of a record.
pub fn id(record: &Value) -> String {
    record["id"].as_str().unwrap().to_owned()
}

/// The rows of a list's first page.
pub fn items(client: &Client, path: &str) -> Vec<Value> {
    client.get(path).ok()["items"].as_array().unwrap().clone()
}

/// The same record with one key changed, or left out where the value is `None`.
pub fn with(record: &Value, key: &str, value: impl Into<Option<Value>>) -> Value {
    let mut record = record.clone();
    let keys = record.as_object_mut().unwrap();
    match value.into() {
        Some(value) => keys.insert(key.to_owned(), value),
        None => keys.remove(key),
    };
    record
}

/// Text as it stands in a query string.
pub fn encoded(text: &str) -> String {
    text.bytes().map(|byte| format!("%{byte:02X}")).collect()
}
