//! How a command learns that it shall stop. Signals come by the web framework's runtime, the only one there is.

use crate::error::{Error, Result};
use actix_web::rt::System;
use actix_web::rt::signal::unix::{SignalKind, signal};
use std::pin::pin;

/// From now on Ctrl-C, and the system when a service shall end, are heard; what comes back waits for one of them.
pub(super) fn told_to_stop() -> Result<impl Future<Output = ()>> {
    let mut terminate = signal(SignalKind::terminate()).map_err(Error::internal)?;
    let mut interrupt = signal(SignalKind::interrupt()).map_err(Error::internal)?;
    Ok(async move {
        futures_util::future::select(pin!(terminate.recv()), pin!(interrupt.recv())).await;
    })
}

/// Does something each time Ctrl-C is pressed, instead of ending the program.
pub(super) fn on_interrupt(mut act: impl FnMut() + Send + 'static) {
    std::thread::spawn(move || {
        System::new().block_on(async move {
            let Ok(mut interrupt) = signal(SignalKind::interrupt()) else {
                return;
            };
            while interrupt.recv().await.is_some() {
                act();
            }
        });
    });
}
