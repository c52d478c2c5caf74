//! A request by someone whom the gate let in.

use super::State;
use crate::audit::Change;
use crate::auth::Caller;
use crate::error::{Code, Error, Language, Result};
use crate::jobs::solver_process::SolverProgram;
use crate::store::Db;
use actix_web::dev::Payload;
use actix_web::http::header;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};

/// The caller of a route, with the way to the database.
pub struct Call {
    state: Data<State>,
    caller: Caller,
    language: Language,
}

impl Call {
    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
    }

    /// The language that the caller reads.
    pub fn language(&self) -> Language {
        self.language
    }

    /// Reads, on one unchanging state of the data.
    pub async fn read<T, F>(&self, body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnOnce(&mut Db, &Caller) -> Result<T> + Send + 'static,
    {
        let caller = self.caller.clone();
        self.state
            .database(move |store| store.read(|db| body(db, &caller)))
            .await
    }

    /// Writes, together with the audit entries of the change.
    pub async fn write<T, F>(&self, mut body: F) -> Result<T>
    where
        T: Send + 'static,
        F: FnMut(&mut Db, &Caller) -> Result<Change<T>> + Send + 'static,
    {
        let caller = self.caller.clone();
        self.state
            .database(move |store| store.write(&caller, |db| body(db, &caller)))
            .await
    }

    /// Asks the solver's process something; few may at once.
    pub async fn explain<T: Send + 'static>(
        &self,
        ask: impl FnOnce(&SolverProgram) -> Result<T> + Send + 'static,
    ) -> Result<T> {
        self.state.explaining(ask).await
    }
}

impl FromRequest for Call {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        let state = request.app_data::<Data<State>>().cloned();
        let language = request.headers().get(header::ACCEPT_LANGUAGE);
        let language = Language::from_header(language.and_then(|value| value.to_str().ok()));
        ready(match (state, caller) {
            (Some(state), Some(caller)) => Ok(Self {
                state,
                caller,
                language,
            }),
            _ => Err(Error::of(Code::Unauthenticated)),
        })
    }
}
