//! The gate in front of every handler: finds the route in the registry, signs the caller in, checks the role, and turns
//! whatever error comes back into a problem document in the caller's language.

use super::State;
use super::problem;
use super::registry::{Access, Registered, Registry};
use crate::accounts;
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use actix_web::HttpMessage;
use actix_web::body::{BoxBody, MessageBody};
use actix_web::dev::{ServiceRequest, ServiceResponse};
use actix_web::http::header;
use actix_web::middleware::Next;
use actix_web::web::Data;

/// The middleware, for `actix_web::middleware::from_fn`.
pub(super) async fn gate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> actix_web::Result<ServiceResponse<BoxBody>> {
    if let Err(error) = admit(&mut request).await {
        let response = problem::response(&error, request.request());
        return Ok(request.into_response(response));
    }
    let response = next.call(request).await?.map_into_boxed_body();
    let told = response
        .response()
        .error()
        .and_then(|error| error.as_error::<Error>())
        .map(|error| problem::response(error, response.request()));
    Ok(match told {
        Some(problem) => response.into_response(problem),
        None => response,
    })
}

async fn admit(request: &mut ServiceRequest) -> Result<()> {
    let Some(pattern) = request.match_pattern() else {
        return Ok(()); // The default handler answers «not found», the documentation pages have no pattern here.
    };
    let registered: Vec<&Registered> = Registry::get().at(&pattern).collect();
    if registered.is_empty() {
        return Ok(());
    }
    let Some(found) = registered
        .iter()
        .find(|registered| registered.method == *request.method())
    else {
        let methods: Vec<&str> = registered
            .iter()
            .map(|registered| registered.method.as_str())
            .collect();
        return Err(Error::of(Code::MethodNotAllowed).allowing(methods.join(", ")));
    };
    request.extensions_mut().insert(BodyLimit(found.route.body_limit));
    let Access::Roles(roles) = found.route.access else {
        return Ok(());
    };
    let caller = sign_in(request).await?;
    if !caller.role().is_some_and(|role| roles.contains(&role)) {
        return Err(Error::of(Code::Forbidden));
    }
    request.extensions_mut().insert(caller);
    Ok(())
}

async fn sign_in(request: &ServiceRequest) -> Result<Caller> {
    let state = request
        .app_data::<Data<State>>()
        .cloned()
        .ok_or_else(|| Error::internal("the application has no state"))?;
    let token = request
        .headers()
        .get(header::AUTHORIZATION)
        .and_then(|value| value.to_str().ok())
        .and_then(|value| value.split_once(' '))
        .filter(|(scheme, _)| scheme.eq_ignore_ascii_case("bearer"))
        .map(|(_, token)| token)
        .ok_or_else(|| Error::of(Code::Unauthenticated))?;
    let claims = state.keys.verify(token.trim(), &state.clock)?;
    let clock = state.clock.clone();
    state
        .database(move |store| store.read(|db| accounts::service::sign_in_by_claims(db, &claims, clock)))
        .await
}

/// The largest body that the route takes, in bytes.
#[derive(Debug, Clone, Copy)]
pub(super) struct BodyLimit(pub(super) usize);
