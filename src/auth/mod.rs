//! Who is calling, and how far they may see. A [`Scope`] can only be made here, and every query of a business table
//! takes one.

mod caller;
pub mod password;
mod policy;
mod scope;
mod token;

pub use caller::Caller;
pub use policy::Role;
pub use scope::Scope;
pub use token::{Claims, TokenKeys};
