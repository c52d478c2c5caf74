//! The command line: data goes to stdout; progress, messages and the log go to stderr. A command per file.

mod compare;
mod compare_table;
mod completions;
mod database;
mod demo;
mod demo_text;
mod documents;
mod exit;
mod explain;
mod measures_table;
mod migrate;
mod openapi;
mod output;
mod plan_table;
mod progress;
mod replan;
mod replay;
mod schema;
mod serve;
mod signals;
mod solve;
mod solver_process;
mod solving;
mod stopping;
mod trial;
mod user;

use crate::config::LogOptions;
use crate::error::{Language, Result};
use crate::telemetry;
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Parser, Subcommand};
pub use exit::Exit;
use std::ffi::OsString;
use std::process::ExitCode;

/// Matches provincial staff to communes' needs, and follows each secondment to its evaluation.
#[derive(Debug, Parser)]
#[command(name = "cadre", version, max_term_width = 100, arg_required_else_help = true)]
#[command(after_help = exit::HELP)]
struct Arguments {
    #[command(subcommand)]
    command: Command,
    #[command(flatten)]
    log: LogOptions,
    /// The language of messages [default: that of the locale]
    #[arg(long, value_name = "LANGUAGE", env = "CADRE_LANG", global = true, value_parser = language())]
    lang: Option<Language>,
    /// The machine's locale, which serves where --lang is not given.
    #[arg(long, env = "LANG", global = true, hide = true)]
    locale: Option<OsString>,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Play one round of the programme on Lâm Đồng's units with invented people, then serve it to be tried
    Demo(demo::Options),
    /// Run the service
    Serve(crate::config::ServeOptions),
    /// Create the database's schema or bring it up to date, and load the shipped catalogues
    Migrate(migrate::Options),
    /// Manage accounts
    #[command(subcommand)]
    User(user::Command),
    /// Solve for a worker, or explain for a caller: a problem on standard input, events and the end on standard output
    #[command(hide = true)]
    SolverProcess,
    /// Solve a problem in a file, without a database
    Solve(solve::Options),
    /// Explain a plan: empty seats, why and why not a person, prices of rules, envy, what would happen if
    Explain(explain::Options),
    /// Solve again after something happened, with as few changes to a plan as can be
    Replan(Box<replan::Options>),
    /// Compare two plans of a problem: which is better and why, who moves, what each need gains
    Compare(compare::Options),
    /// Solve again and tell whether a plan comes out once more, byte for byte
    Replay(replay::Options),
    /// Print the JSON Schema of a problem or of a plan
    Schema(schema::Options),
    /// Print the OpenAPI document
    Openapi,
    /// Print a shell's completion script
    Completions(completions::Options),
}

/// Runs the command that the arguments name; gives the process's exit code.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let arguments = match Arguments::try_parse_from(arguments) {
        Ok(arguments) => arguments,
        Err(told) => {
            // Help and version arrive here too, and belong on stdout; a closed pipe is no failure.
            let _ = told.print();
            return if told.use_stderr() { Exit::Usage } else { Exit::Ok }.into();
        }
    };
    let language = arguments.language();
    match arguments.run(language) {
        Ok(exit) => exit.into(),
        Err(error) => {
            output::failure(&error, language);
            Exit::of(&error).into()
        }
    }
}

impl Arguments {
    fn run(self, language: Language) -> Result<Exit> {
        let usual = match self.command {
            Command::Serve(_) => "info",
            _ => "warn",
        };
        telemetry::start(self.log.log.as_deref().unwrap_or(usual), self.log.log_format)?;
        match self.command {
            Command::Demo(options) => demo::run(&options, language),
            Command::Serve(options) => serve::run(&options),
            Command::Migrate(options) => migrate::run(&options),
            Command::User(command) => user::run(command),
            Command::Solve(options) => solve::run(&options, language),
            Command::Explain(options) => explain::run(&options, language),
            Command::Replan(options) => replan::run(&options, language),
            Command::Compare(options) => compare::run(&options, language),
            Command::Replay(options) => replay::run(&options, language),
            Command::Schema(options) => schema::run(&options),
            Command::SolverProcess => solver_process::run(),
            Command::Openapi => openapi::run(),
            Command::Completions(options) => completions::run::<Self>(&options),
        }
    }

    fn language(&self) -> Language {
        let of_locale = || {
            let locale = self.locale.as_ref()?.to_str()?;
            locale.starts_with("vi").then_some(Language::Vi)
        };
        self.lang.or_else(of_locale).unwrap_or(Language::En)
    }
}

fn language() -> impl TypedValueParser<Value = Language> {
    PossibleValuesParser::new(["en", "vi"]).map(|name| match name.as_str() {
        "vi" => Language::Vi,
        _ => Language::En,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_arguments_are_consistent() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn the_language_is_the_flags_before_the_locales() {
        let language = |arguments: &[&str]| Arguments::try_parse_from(arguments).unwrap().language();
        let base = ["cadre", "openapi", "--locale"];
        assert_eq!(language(&[&base[..], &["vi_VN.UTF-8"]].concat()), Language::Vi);
        assert_eq!(language(&[&base[..], &["C"]].concat()), Language::En);
        assert_eq!(
            language(&[&base[..], &["vi_VN", "--lang", "en"]].concat()),
            Language::En
        );
        assert!(Arguments::try_parse_from(["cadre", "openapi", "--lang", "fr"]).is_err());
    }

    #[test]
    fn a_password_is_never_an_argument() {
        fn flags(command: &clap::Command, found: &mut Vec<String>) {
            found.extend(
                command
                    .get_arguments()
                    .filter_map(|a| a.get_long().map(str::to_owned)),
            );
            command.get_subcommands().for_each(|sub| flags(sub, found));
        }
        let mut found = Vec::new();
        flags(&Arguments::command(), &mut found);
        assert!(found.contains(&"password-file".to_owned()));
        assert!(!found.contains(&"password".to_owned()));
    }
}
