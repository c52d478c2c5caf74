//! What every route shares: the registry, the gate that authenticates and authorises, bodies, pages, ETags, problems,
//! and the OpenAPI document.

mod app;
mod call;
mod etag;
mod gate;
pub mod json;
mod objects;
pub mod openapi;
pub mod page;
mod problem;
mod query;
pub mod registry;
mod reply;
mod span;
mod state;

pub use app::{Server, serve};
pub use call::Call;
pub use etag::IfMatch;
pub use json::Json;
pub use problem::ProblemDto;
pub use query::Query;
pub use reply::Reply;
pub use state::State;
