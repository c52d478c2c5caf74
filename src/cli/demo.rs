//! `cadre demo`: plays one round of Lâm Đồng's programme, prints what came out, then serves it to be tried.

use super::output::{self, message};
use super::{Exit, demo_text, serve};
use crate::accounts;
use crate::accounts::model::NewAccount;
use crate::auth::password::Password;
use crate::auth::{Caller, Role, TokenKeys};
use crate::catalogue;
use crate::clock::Clock;
use crate::demo::{self, Client, Story};
use crate::error::{Error, Language, Result};
use crate::http::{self, State};
use crate::ids::ProvinceCode;
use crate::jobs::solver_process::SolverProgram;
use crate::jobs::worker::{Worker, WorkerSettings};
use crate::say;
use crate::store::{DatabaseUrl, Store};
use actix_web::rt::System;
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::net::SocketAddr;
use std::sync::mpsc::{self, TryRecvError};
use std::time::{Duration, Instant};

/// Nobody should have to sign in again while trying the demo.
const TOKEN_SECONDS: i64 = 12 * 3600;
const SOLVER_MEMORY_MIB: u64 = 4096;
const LEASE: Duration = Duration::from_secs(30);
const THREADS: usize = 2;

#[derive(Debug, Args)]
pub(super) struct Options {
    /// End after the reports instead of serving the result
    #[arg(long)]
    exit: bool,
    /// Where to listen [default: 127.0.0.1:8080; with --exit: a free port]
    #[arg(long, value_name = "ADDRESS", env = "CADRE_LISTEN")]
    listen: Option<SocketAddr>,
}

pub(super) fn run(options: &Options, language: Language) -> Result<Exit> {
    let listen = options.listen.unwrap_or(SocketAddr::from((
        [127, 0, 0, 1],
        if options.exit { 0 } else { 8080 },
    )));
    let folder = tempfile::tempdir().map_err(Error::internal)?;
    let url = DatabaseUrl::Sqlite(folder.path().join("demo.db").display().to_string());
    let clock = Clock::manual(demo::beginning());
    let store = Store::open(&url)?;
    store.migrate()?;
    catalogue::service::load_shipped(&store)?;
    first_account(&store, &clock)?;
    let solver = SolverProgram::this(SOLVER_MEMORY_MIB)?;
    let settings = WorkerSettings {
        program: solver.clone(),
        lease: LEASE,
    };
    let state = State::new(
        store.clone(),
        TokenKeys::ephemeral(TOKEN_SECONDS)?,
        clock.clone(),
        solver,
    );
    let worker = System::new().block_on(async {
        let server = http::serve(state, listen, THREADS)?;
        let worker = Worker::start(store, clock.clone(), settings);
        let address = server.address;
        let handle = server.handle.clone();
        let exit = options.exit;
        // The story is a caller like any other, so it runs beside the server and not within it.
        let (told, story) = mpsc::channel();
        std::thread::spawn(move || {
            let played = play(address, &clock, exit, language);
            let over = exit || played.is_err();
            // told before the server stops, so that nobody can miss it
            drop(told.send(played));
            if over {
                drop(handle.stop(true));
            }
        });
        serve::until_told(server).await?;
        match story.try_recv() {
            Ok(played) => played?,
            // told to stop in the middle of the story, there is nothing to wait for
            Err(TryRecvError::Empty) => {}
            Err(TryRecvError::Disconnected) => {
                return Err(Error::internal("the demo's story ended in a panic"));
            }
        }
        Ok::<_, Error>(worker)
    })?;
    worker.stop();
    Ok(Exit::Ok)
}

/// The account that everything else follows from: made by the operator, as in a real installation.
fn first_account(store: &Store, clock: &Clock) -> Result<()> {
    let province: ProvinceCode = demo::PROVINCE.parse().map_err(Error::internal)?;
    let operator = Caller::operator(province, clock.clone());
    let admin = NewAccount {
        login: "admin"
            .to_owned()
            .try_into()
            .map_err(|refusal: crate::values::Refusal| Error::internal(refusal.0.en))?,
        display_name: "Quản trị (mẫu)".into(),
        role: Role::Admin,
        units: Vec::new(),
        password_hash: Password::from(demo::PASSWORD.to_owned()).hash()?,
    };
    store
        .write(&operator, |db| accounts::service::create(db, &operator, &admin))
        .map(drop)
}

fn play(address: SocketAddr, clock: &Clock, exit: bool, language: Language) -> Result<()> {
    let began = Instant::now();
    let base = format!("http://{address}");
    let mut steps = Steps::default();
    let ending = Story::new(Client::new(&base, language), clock, &mut |what, done, of| {
        steps.tell(demo_text::phrase(what, language), done, of);
    })
    .play()?;
    steps.end();
    let seconds = began.elapsed().as_secs_f64();
    let solving = ending.plan["result"]["seconds"].as_f64().unwrap_or_default();
    let time = say!(
        "played in {seconds:.1} s, of which the solver took {solving:.2} s",
        "đã diễn ra trong {seconds:.1} giây, trong đó bộ giải chạy {solving:.2} giây"
    );
    message(time.in_language(language));
    output::data(&demo_text::text(&ending, language))?;
    if exit {
        Ok(())
    } else {
        output::data(&demo_text::invitation(&base, &ending, language))
    }
}

/// One bar for each step of the story.
#[derive(Default)]
struct Steps {
    bar: Option<(String, ProgressBar)>,
}

impl Steps {
    fn tell(&mut self, what: &str, done: usize, of: usize) {
        if self.bar.as_ref().is_none_or(|(name, _)| name != what) {
            self.end();
            let bar = ProgressBar::new(of as u64).with_message(what.to_owned());
            if let Ok(style) = ProgressStyle::with_template("{msg:22} {bar:32} {pos}/{len}") {
                bar.set_style(style);
            }
            self.bar = Some((what.to_owned(), bar));
        }
        if let Some((_, bar)) = &self.bar {
            bar.set_position(done as u64);
        }
    }

    fn end(&mut self) {
        if let Some((_, bar)) = self.bar.take() {
            bar.abandon();
        }
    }
}
