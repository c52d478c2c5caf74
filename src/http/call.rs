//! A request by someone whom the gate let in.

use super::State;
use crate::audit::Change;
use crate::auth::Caller;
use crate::error::{Code, Error, Result};
use crate::store::Db;
use actix_web::dev::Payload;
use actix_web::web::Data;
use actix_web::{FromRequest, HttpMessage, HttpRequest};
use std::future::{Ready, ready};

/// The caller of a route, with the way to the database.
pub struct Call {
    state: Data<State>,
    caller: Caller,
}

impl Call {
    /// Who calls.
    pub fn caller(&self) -> &Caller {
        &self.caller
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
}

impl FromRequest for Call {
    type Error = Error;
    type Future = Ready<Result<Self>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let caller = request.extensions().get::<Caller>().cloned();
        let state = request.app_data::<Data<State>>().cloned();
        ready(match (state, caller) {
            (Some(state), Some(caller)) => Ok(Self { state, caller }),
            _ => Err(Error::of(Code::Unauthenticated)),
        })
    }
}
