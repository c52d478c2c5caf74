//! Accounts over HTTP.

use super::dto::{NewUser, SignIn, TokenDto, UserChange, UserDto, UsersQuery};
use super::model::{AccountChange, NewAccount};
use super::service;
use crate::error::Result;
use crate::http::page::{Page, PageDto};
use crate::http::{Call, IfMatch, Json, Query, Reply, State};
use crate::ids::UserId;
use actix_web::web::{Data, Path};
use actix_web::{get, patch, post};

/// Sign in: exchange login and password for an access token.
#[utoipa::path(request_body = SignIn, responses((status = 200, body = TokenDto), (status = 401, description = "Wrong login or password")))]
#[post("/auth/tokens")]
pub async fn sign_in(state: Data<State>, body: Json<SignIn>) -> Result<Reply<TokenDto>> {
    let SignIn { login, password } = body.0;
    let found = state
        .database(move |store| store.read(|db| service::find_by_login(db, &login)))
        .await?;
    let account = state
        .hashing(move || service::check_password(found, &password))
        .await?;
    let (access_token, expires_in) = state.keys.issue(account.id, account.epoch, &state.clock)?;
    Ok(Reply::ok(TokenDto {
        access_token,
        token_type: "Bearer",
        expires_in,
    }))
}

/// The account that the token speaks for.
#[utoipa::path(responses((status = 200, body = UserDto)))]
#[get("/me")]
pub async fn me(call: Call) -> Result<Reply<UserDto>> {
    Ok(versioned(call.read(service::own).await?))
}

/// The province's accounts.
#[utoipa::path(params(UsersQuery), responses((status = 200, body = PageDto<UserDto>)))]
#[get("/users")]
pub async fn list(call: Call, query: Query<UsersQuery>) -> Result<Reply<PageDto<UserDto>>> {
    let page = Page::new(call.caller(), "users", query.0.limit, query.0.cursor.as_deref())?;
    let asked = page.clone();
    let accounts = call
        .read(move |db, caller| service::list(db, caller, &asked))
        .await?;
    Ok(Reply::page(page.dto(
        accounts,
        |account| account.id,
        UserDto::from,
    )))
}

/// Make an account.
#[utoipa::path(request_body = NewUser, responses((status = 201, body = UserDto), (status = 409, description = "The login is taken")))]
#[post("/users")]
pub async fn create(call: Call, state: Data<State>, body: Json<NewUser>) -> Result<Reply<UserDto>> {
    let new = body.0;
    let password = new.password;
    let account = NewAccount {
        login: new.login,
        display_name: new.display_name.into_string(),
        role: new.role,
        units: new.units,
        password_hash: state.hashing(move || password.hash()).await?,
    };
    let account = call
        .write(move |db, caller| service::create(db, caller, &account))
        .await?;
    let (path, version) = (format!("/users/{}", account.id), account.version);
    Ok(Reply::created(account.into(), &path).version(version))
}

/// One account.
#[utoipa::path(responses((status = 200, body = UserDto)))]
#[get("/users/{id}")]
pub async fn read(call: Call, id: Path<UserId>) -> Result<Reply<UserDto>> {
    let id = id.into_inner();
    Ok(versioned(
        call.read(move |db, caller| service::find(db, caller, id)).await?,
    ))
}

/// Change an account: its name, whether it may sign in, its units. Its present tokens end.
#[utoipa::path(request_body = UserChange, responses((status = 200, body = UserDto)))]
#[patch("/users/{id}")]
pub async fn update(
    call: Call,
    id: Path<UserId>,
    based_on: IfMatch,
    body: Json<UserChange>,
) -> Result<Reply<UserDto>> {
    let id = id.into_inner();
    let change = AccountChange {
        display_name: body.0.display_name.map(|name| name.into_string()),
        active: body.0.active,
        units: body.0.units,
    };
    Ok(versioned(
        call.write(move |db, caller| service::update(db, caller, id, based_on, &change))
            .await?,
    ))
}

fn versioned(account: super::model::Account) -> Reply<UserDto> {
    let version = account.version;
    Reply::ok(account.into()).version(version)
}
