//! The web application: the registered routes behind the gate, and the documentation pages.

use super::registry::{BASE, SLICES};
use super::span::RequestSpan;
use super::{State, gate, openapi, problem};
use crate::error::{Code, Error, Result};
use crate::say;
use actix_web::dev::ServerHandle;
use actix_web::http::header;
use actix_web::middleware::{Compress, DefaultHeaders, from_fn};
use actix_web::web::{Data, PathConfig, get, scope};
use actix_web::{App, HttpResponse, HttpServer};
use std::net::{SocketAddr, TcpListener};
use std::time::Duration;
use tracing_actix_web::TracingLogger;
use utoipa_swagger_ui::SwaggerUi;

const HEAD_DEADLINE: Duration = Duration::from_secs(10);
const SHUTDOWN_SECONDS: u64 = 20;

/// A server that listens already and runs once it is awaited.
pub struct Server {
    /// The running server; it ends when its handle is told to stop.
    pub run: actix_web::dev::Server,
    /// Stops it.
    pub handle: ServerHandle,
    /// Where it listens.
    pub address: SocketAddr,
}

/// Binds `address` and gives the server, which runs when `run` is awaited.
pub fn serve(state: State, address: SocketAddr, threads: usize) -> Result<Server> {
    let listener = TcpListener::bind(address).map_err(|cause| {
        Error::new(
            Code::Configuration,
            say!(
                "can't listen on {address}; is another program using it? Choose another with --listen",
                "không mở được cổng {address}; có chương trình khác đang dùng? Hãy chọn địa chỉ khác bằng --listen"
            ),
        )
        .because(cause)
    })?;
    let address = listener.local_addr().map_err(Error::internal)?;
    let state = Data::new(state);
    let document = openapi::document();
    let document_text = openapi::text().map_err(Error::internal)?;
    let server = HttpServer::new(move || {
        let document_text = document_text.clone();
        App::new()
            .app_data(state.clone())
            .app_data(PathConfig::default().error_handler(|_, _| Error::not_found().into()))
            .wrap(Compress::default())
            .wrap(from_fn(gate::gate))
            .wrap(from_fn(trace_header))
            .wrap(TracingLogger::<RequestSpan>::new())
            .wrap(security_headers())
            .service(
                SLICES
                    .iter()
                    .flat_map(|(_, routes)| *routes)
                    .fold(scope(BASE), |scope, route| scope.configure(route.register)),
            )
            .route("/healthz", get().to(|| async { "ok\n" }))
            .route("/readyz", get().to(ready))
            .route(
                "/openapi.json",
                get().to(move || {
                    let text = document_text.clone();
                    async move { HttpResponse::Ok().content_type("application/json").body(text) }
                }),
            )
            .route("/problems/{code}", get().to(explain))
            .service(SwaggerUi::new("/docs/{_:.*}").url("/api-docs/openapi.json", document.clone()))
            .default_service(actix_web::web::to(|| async {
                Err::<HttpResponse, _>(Error::not_found())
            }))
    })
    .workers(threads)
    .client_request_timeout(HEAD_DEADLINE)
    .shutdown_timeout(SHUTDOWN_SECONDS)
    .disable_signals()
    .listen(listener)
    .map_err(Error::internal)?
    .run();
    Ok(Server {
        handle: server.handle(),
        run: server,
        address,
    })
}

fn security_headers() -> DefaultHeaders {
    DefaultHeaders::new()
        .add((header::X_CONTENT_TYPE_OPTIONS, "nosniff"))
        .add((header::X_FRAME_OPTIONS, "DENY"))
        .add((header::REFERRER_POLICY, "no-referrer"))
        .add((header::CACHE_CONTROL, "no-store"))
}

async fn trace_header(
    request: actix_web::dev::ServiceRequest,
    next: actix_web::middleware::Next<impl actix_web::body::MessageBody>,
) -> actix_web::Result<actix_web::dev::ServiceResponse<impl actix_web::body::MessageBody>> {
    let trace_id = problem::trace_id(request.request());
    let mut response = next.call(request).await?;
    if let Some(value) = trace_id.and_then(|id| id.parse().ok()) {
        response
            .headers_mut()
            .insert(header::HeaderName::from_static("trace-id"), value);
    }
    Ok(response)
}

/// Ready when the database answers.
async fn ready(state: Data<State>) -> Result<&'static str> {
    state.database(|store| store.read(|_| Ok("ready\n"))).await
}

/// What an error code means and what to do about it, in both languages.
async fn explain(name: actix_web::web::Path<String>) -> Result<HttpResponse> {
    let code = Code::ALL
        .iter()
        .find(|code| code.name() == name.as_str())
        .ok_or_else(Error::not_found)?;
    Ok(HttpResponse::Ok().json(serde_json::json!({
        "code": code.name(),
        "status": code.status(),
        "title": {"en": code.title().en, "vi": code.title().vi},
        "advice": {"en": code.advice().en, "vi": code.advice().vi},
    })))
}
