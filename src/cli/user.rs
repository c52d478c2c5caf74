//! `cadre user create`: makes an account from the machine itself; the first administrator comes about like this.

use super::output::{self, FormatOptions, table};
use super::{Exit, database};
use crate::accounts::dto::UserDto;
use crate::accounts::model::{Login, NewAccount};
use crate::accounts::service;
use crate::auth::password::Password;
use crate::auth::{Caller, Role};
use crate::catalogue;
use crate::clock::Clock;
use crate::config::DatabaseOptions;
use crate::error::{Code, Error, Result};
use crate::ids::{ProvinceCode, UnitCode};
use crate::say;
use crate::values::{Name, Refusal};
use clap::builder::{PossibleValuesParser, TypedValueParser};
use clap::{Args, Subcommand};
use std::fs::File;
use std::io::{self, BufRead, BufReader, IsTerminal, Read};
use std::path::{Path, PathBuf};
use strum::VariantArray;

/// Far more than the longest password.
const LONGEST_LINE: u64 = 4096;

#[derive(Debug, Subcommand)]
pub(super) enum Command {
    /// Make an account; the password comes from --password-file or from stdin's first line
    Create(Create),
}

#[derive(Debug, Args)]
pub(super) struct Create {
    #[command(flatten)]
    database: DatabaseOptions,
    /// The province it belongs to, two digits
    #[arg(long, value_name = "CODE")]
    province: ProvinceCode,
    /// What the person signs in with
    #[arg(long)]
    login: String,
    /// What the account may do
    #[arg(long, value_parser = role())]
    role: Role,
    /// A unit that it is tied to: one for a commune secretary, one or more for an evaluator
    #[arg(long = "unit", value_name = "CODE")]
    units: Vec<UnitCode>,
    /// What others see
    #[arg(long, value_name = "NAME")]
    display_name: String,
    /// A file whose first line is the password
    #[arg(long, value_name = "FILE", env = "CADRE_PASSWORD_FILE")]
    password_file: Option<PathBuf>,
    #[command(flatten)]
    format: FormatOptions,
}

fn role() -> impl TypedValueParser<Value = Role> {
    PossibleValuesParser::new(Role::VARIANTS.iter().map(<&str>::from)).try_map(|name| name.parse::<Role>())
}

pub(super) fn run(command: Command) -> Result<Exit> {
    match command {
        Command::Create(options) => create(options),
    }
}

fn create(options: Create) -> Result<Exit> {
    let refused =
        |flag: &'static str| move |Refusal(why): Refusal| Error::invalid_at(flag, "invalid_value", why);
    let login = Login::try_from(options.login).map_err(refused("--login"))?;
    let name = Name::try_from(options.display_name).map_err(refused("--display-name"))?;
    let store = database::open_current(&options.database.database_url)?;
    let province = options.province;
    if !store.read(|db| catalogue::store::has_province(db, &province))? {
        return Err(Error::invalid_at(
            "--province",
            "unknown_province",
            say!("there is no province {province}", "không có tỉnh {province}"),
        ));
    }
    let account = NewAccount {
        login,
        display_name: name.into_string(),
        role: options.role,
        units: options.units,
        password_hash: password(options.password_file.as_deref())?.hash()?,
    };
    let operator = Caller::operator(province, Clock::System);
    let account = store.write(&operator, |db| service::create(db, &operator, &account))?;
    let rows = [
        ["id".to_owned(), account.id.to_string()],
        ["login".to_owned(), account.login.clone()],
        ["role".to_owned(), account.role.to_string()],
        ["province".to_owned(), account.province.to_string()],
    ];
    options
        .format
        .show(&UserDto::from(account), || table(&[], rows))?;
    Ok(Exit::Ok)
}

/// The first line of the file, or of stdin, without its line break. Never an argument: those can be seen by every user
/// of the machine.
fn password(file: Option<&Path>) -> Result<Password> {
    let line = match file {
        Some(path) => File::open(path).and_then(first_line).map_err(|cause| {
            let path = path.display();
            Error::new(
                Code::Configuration,
                say!(
                    "the password file {path} can't be read",
                    "không đọc được tệp mật khẩu {path}"
                ),
            )
            .because(cause)
        })?,
        None => {
            if io::stdin().is_terminal() {
                output::message("Password (it will be visible; --password-file avoids that):");
            }
            first_line(io::stdin()).map_err(Error::internal)?
        }
    };
    Ok(Password::from(line))
}

fn first_line(from: impl Read) -> io::Result<String> {
    let mut line = String::new();
    BufReader::new(from.take(LONGEST_LINE)).read_line(&mut line)?;
    let end = line.trim_end_matches(['\r', '\n']).len();
    line.truncate(end);
    Ok(line)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_password_is_the_first_line_with_its_spaces() {
        for (text, expected) in [
            ("secret word \r\nmore\n", "secret word "),
            ("no break", "no break"),
            ("", ""),
        ] {
            assert_eq!(first_line(text.as_bytes()).unwrap(), expected);
        }
    }
}
