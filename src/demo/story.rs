//! One round, from the first account to the last report. Each step is taken by the person whose step it is.

use super::client::{Answer, Client};
use super::data::{self, NeedRow};
use super::questions::{self, Answers};
use super::{PASSWORD, morning, people};
use crate::clock::Clock;
use crate::error::{Error, Result};
use rand::SeedableRng;
use rand::rngs::StdRng;
use rand::seq::SliceRandom;
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

const START: &str = "2025-08-01";
const END: &str = "2025-10-31";
const MOST_SECONDMENTS: usize = 260;
/// What Lâm Đồng published after three months: the only whole numbers of 260 that round to 25.4, 72.7, 1.2, 0.8 %.
const RATINGS: &[(&str, usize)] = &[("excellent", 66), ("good", 189), ("complete", 3)];
const EVALUATORS: usize = 8;
const SOLVE_WAIT: Duration = Duration::from_secs(120);

/// Whom a step says that something happened to.
pub type Told<'a> = &'a mut dyn FnMut(&str, usize, usize);

/// A person who can be tried after the demo.
#[derive(Debug, Clone)]
pub struct LoggedIn {
    /// Sign-in name.
    pub login: String,
    /// Who that is.
    pub what: String,
}

/// How the round ended.
pub struct Ending {
    /// The plan as the API shows it.
    pub plan: Value,
    /// What the independent checker says of the plan.
    pub verification: Value,
    /// Seats that stayed empty, with the reasons: the API's rows joined with unit and field.
    pub unmet: Vec<Value>,
    /// What HR asked of the plan.
    pub answers: Answers,
    /// The reports that the leader read.
    pub reports: Reports,
    /// The round's id.
    pub round: String,
    /// Accounts to go on with.
    pub accounts: Vec<LoggedIn>,
}

/// The reports that the leader read.
pub struct Reports {
    /// How the secondments were rated.
    pub evaluation_summary: Value,
    /// The same as rows, the headings first.
    pub evaluation_rows: Vec<Vec<String>>,
    /// Seats asked for and filled, unit by field.
    pub coverage: Value,
    /// What each field lacks, as rows, the headings first.
    pub skill_gap_rows: Vec<Vec<String>>,
}

/// The round under way.
pub struct Story<'a> {
    guest: Client,
    clock: &'a Clock,
    told: Told<'a>,
}

impl<'a> Story<'a> {
    /// A story told at the service behind `guest`, whose clock is `clock`; `told` hears of each step: what, how many are
    /// done, of how many.
    pub fn new(guest: Client, clock: &'a Clock, told: Told<'a>) -> Self {
        Self { guest, clock, told }
    }

    /// Plays the round. The accounts `admin` and what follows from them must not exist yet but for `admin` itself.
    pub fn play(mut self) -> Result<Ending> {
        let needs = data::needs()?;
        let units = units_of(&needs);
        self.accounts(&units)?;
        self.roster()?;
        let round = self.round()?;
        self.ask(&needs, &units, &round)?;
        self.review(&round)?;
        let plan = self.solve(&round)?;
        let unmet = unmet_in_words(&self.sign_in("hr")?, &plan.json, &round)?;
        let answers = self.question(&plan.json, &unmet)?;
        let plan = self.approve(&plan)?;
        let hr = self.sign_in("hr")?;
        let verification = hr.get(&format!("/plans/{}/verification", id_of(&plan)?))?.json;
        self.rate(&round)?;
        let reports = self.reports(&round)?;
        Ok(Ending {
            plan,
            verification,
            unmet,
            answers,
            reports,
            round,
            accounts: guests(&units),
        })
    }

    fn sign_in(&self, login: &str) -> Result<Client> {
        self.guest.sign_in(login, PASSWORD)
    }

    /// Lets time pass until the morning of `day`. Yesterday's sign-ins have expired by then, so whoever acts signs in
    /// again.
    fn wait_until(&self, day: &str) {
        self.clock.set(morning(day));
    }

    fn accounts(&mut self, units: &[String]) -> Result<()> {
        let admin = self.sign_in("admin")?;
        let mut accounts = vec![
            json!({"login": "hr", "role": "hr", "display_name": "Phòng tổ chức (mẫu)"}),
            json!({"login": "approver", "role": "approver", "display_name": "Lãnh đạo phê duyệt (mẫu)"}),
            json!({"login": "leader", "role": "leader", "display_name": "Lãnh đạo tỉnh (mẫu)"}),
        ];
        accounts.extend(units.iter().map(|unit| {
            json!({"login": secretary(unit), "role": "commune_secretary", "units": [unit], "display_name": format!("Bí thư {unit} (mẫu)")})
        }));
        accounts.extend((0..EVALUATORS).map(|number| {
            let own: Vec<&String> = units.iter().skip(number).step_by(EVALUATORS).collect();
            json!({"login": evaluator(number), "role": "evaluator", "units": own, "display_name": format!("Người đánh giá {} (mẫu)", number + 1)})
        }));
        let count = accounts.len();
        for (done, mut account) in accounts.into_iter().enumerate() {
            account["password"] = json!(PASSWORD);
            admin.post("/users", &account)?;
            (self.told)("accounts", done + 1, count);
        }
        Ok(())
    }

    fn roster(&mut self) -> Result<()> {
        let hr = self.sign_in("hr")?;
        let everyone = people::everyone()?;
        for (done, person) in everyone.iter().enumerate() {
            hr.post("/staff", person)?;
            (self.told)("staff on the roster", done + 1, everyone.len());
        }
        Ok(())
    }

    fn round(&mut self) -> Result<String> {
        let hr = self.sign_in("hr")?;
        let round = json!({
            "name": "Tôi là cán bộ xã, đợt 1 (mẫu)",
            "start_date": START,
            "end_date": END,
            "policy": {"max_secondments": MOST_SECONDMENTS, "unit_cap": 5},
        });
        let id = id_of(&hr.post("/rounds", &round)?.json)?;
        (self.told)("round opened", 1, 1);
        Ok(id)
    }

    /// Each commune's secretary writes the commune's needs and hands them in.
    fn ask(&mut self, needs: &[NeedRow], units: &[String], round: &str) -> Result<()> {
        let mut done = 0;
        for unit in units {
            let own = self.sign_in(&secretary(unit))?;
            for need in needs.iter().filter(|need| need.unit_code.as_str() == unit) {
                let draft = own.post(
                    "/needs",
                    &json!({
                        "round": round,
                        "field": need.field_code,
                        "headcount": need.headcount,
                        "min_level": need.min_level,
                        "languages": need.languages(),
                        "priority": need.priority,
                        "authority_seat": need.authority_seat,
                        "reason": need.driver,
                        "driver": need.driver,
                        "backlog": need.backlog,
                        "internal_first": true,
                    }),
                )?;
                step(
                    &own,
                    &format!("/needs/{}", id_of(&draft.json)?),
                    "submission",
                    &draft,
                    &json!({}),
                )?;
                done += 1;
                (self.told)("needs handed in", done, needs.len());
            }
        }
        Ok(())
    }

    fn review(&mut self, round: &str) -> Result<()> {
        self.wait_until("2025-07-21");
        let hr = self.sign_in("hr")?;
        let waiting = hr.all(&format!("/needs?round={round}&state=submitted"))?;
        for (done, need) in waiting.iter().enumerate() {
            let path = format!("/needs/{}", id_of(need)?);
            let read = hr.get(&path)?;
            step(&hr, &path, "review", &read, &json!({"decision": "accept"}))?;
            (self.told)("needs accepted", done + 1, waiting.len());
        }
        Ok(())
    }

    fn solve(&mut self, round: &str) -> Result<Answer> {
        self.wait_until("2025-07-25");
        let hr = self.sign_in("hr")?;
        let asked = hr.post(&format!("/rounds/{round}/plans"), &json!({"seed": 68}))?;
        let path = format!("/plans/{}", id_of(&asked.json)?);
        let began = Instant::now();
        loop {
            let plan = hr.get(&path)?;
            match plan.json["state"].as_str() {
                Some("queued" | "solving") if began.elapsed() < SOLVE_WAIT => pause(),
                Some("solved") => {
                    (self.told)("plan solved", 1, 1);
                    return Ok(plan);
                }
                _ => return Err(Error::internal(format!("the plan did not come: {}", plan.json))),
            }
        }
    }

    /// HR looks at the plan before proposing it.
    fn question(&mut self, plan: &Value, unmet: &[Value]) -> Result<Answers> {
        let answers = questions::ask(&self.sign_in("hr")?, plan, unmet)?;
        (self.told)("questions answered", 2, 2);
        Ok(answers)
    }

    fn approve(&mut self, plan: &Answer) -> Result<Value> {
        let path = format!("/plans/{}", id_of(&plan.json)?);
        let proposed = step(&self.sign_in("hr")?, &path, "submission", plan, &json!({}))?;
        self.wait_until("2025-07-28");
        let approver = self.sign_in("approver")?;
        let approved = step(
            &approver,
            &path,
            "approval",
            &proposed,
            &json!({"note": "Đồng ý (mẫu)"}),
        )?;
        (self.told)("plan approved", 1, 1);
        Ok(approved.json)
    }

    /// Three months later, each unit's evaluator rates who served there. Which secondment gets which rating is drawn by
    /// lot; the totals are those that were published, and two are left without one.
    fn rate(&mut self, round: &str) -> Result<()> {
        self.wait_until("2025-11-03");
        let evaluators: Vec<Client> = (0..EVALUATORS)
            .map(|number| self.sign_in(&evaluator(number)))
            .collect::<Result<_>>()?;
        let mut due = Vec::new();
        for own in &evaluators {
            let rows = own.all(&format!("/evaluations?round={round}&status=due"))?;
            due.extend(rows.into_iter().map(|row| (own, row)));
        }
        if due.len() != MOST_SECONDMENTS {
            let count = due.len();
            return Err(Error::internal(format!(
                "{count} evaluations are due, the story needs {MOST_SECONDMENTS}"
            )));
        }
        // The first evaluator is two behind: whoever tries the demo can rate those.
        let rated: usize = RATINGS.iter().map(|(_, count)| count).sum();
        let mut due = due.split_off(due.len() - rated);
        due.shuffle(&mut StdRng::seed_from_u64(260));
        let ratings = RATINGS
            .iter()
            .flat_map(|(rating, count)| std::iter::repeat_n(*rating, *count));
        for (done, ((own, row), rating)) in due.iter().zip(ratings).enumerate() {
            let path = format!("/evaluations/{}", id_of(row)?);
            let read = own.get(&path)?;
            step(own, &path, "submission", &read, &json!({"rating": rating}))?;
            (self.told)("secondments rated", done + 1, rated);
        }
        Ok(())
    }

    fn reports(&self, round: &str) -> Result<Reports> {
        let leader = self.sign_in("leader")?;
        let path = |name: &str| format!("/reports/{name}?round={round}");
        Ok(Reports {
            evaluation_summary: leader.get(&path("evaluation-summary"))?.json,
            evaluation_rows: leader.table(&path("evaluation-summary"))?,
            coverage: leader.get(&path("coverage"))?.json,
            skill_gap_rows: leader.table(&path("skill-gap"))?,
        })
    }
}

/// Takes a step on a record at the version in hand.
fn step(client: &Client, path: &str, what: &str, read: &Answer, body: &Value) -> Result<Answer> {
    let etag = read
        .etag
        .as_deref()
        .ok_or_else(|| Error::internal(format!("{path} came without an ETag")))?;
    client.step(&format!("{path}/{what}"), etag, body)
}

fn id_of(record: &Value) -> Result<String> {
    record["id"]
        .as_str()
        .map(str::to_owned)
        .ok_or_else(|| Error::internal(format!("no id in {record}")))
}

fn units_of(needs: &[NeedRow]) -> Vec<String> {
    let mut units: Vec<String> = needs.iter().map(|need| need.unit_code.to_string()).collect();
    units.sort();
    units.dedup();
    units
}

fn secretary(unit: &str) -> String {
    format!("secretary-{unit}")
}

fn evaluator(number: usize) -> String {
    format!("evaluator-{}", number + 1)
}

fn unmet_in_words(hr: &Client, plan: &Value, round: &str) -> Result<Vec<Value>> {
    let needs: BTreeMap<String, Value> = hr
        .all(&format!("/needs?round={round}"))?
        .into_iter()
        .map(|need| Ok((id_of(&need)?, need)))
        .collect::<Result<_>>()?;
    let mut unmet = hr.all(&format!("/plans/{}/unmet-needs", id_of(plan)?))?;
    for row in &mut unmet {
        if let Some(need) = row["need"].as_str().and_then(|id| needs.get(id)) {
            row["unit"] = need["unit"].clone();
            row["field"] = need["field"].clone();
        }
    }
    Ok(unmet)
}

fn guests(units: &[String]) -> Vec<LoggedIn> {
    let mut accounts: Vec<LoggedIn> = [
        ("hr", "provincial HR"),
        ("approver", "approves plans"),
        ("leader", "reads plans and reports"),
        ("admin", "accounts and catalogues"),
    ]
    .into_iter()
    .map(|(login, what)| LoggedIn {
        login: login.into(),
        what: what.into(),
    })
    .collect();
    let nam_da = "24697";
    if units.iter().any(|unit| unit == nam_da) {
        accounts.push(LoggedIn {
            login: secretary(nam_da),
            what: "secretary of Nam Đà commune".into(),
        });
    }
    accounts.push(LoggedIn {
        login: evaluator(0),
        what: "rates the secondments of 15 units".into(),
    });
    accounts
}

#[expect(
    clippy::disallowed_methods,
    reason = "waits as a caller of the API would: by asking again"
)]
fn pause() {
    std::thread::sleep(Duration::from_millis(200));
}
