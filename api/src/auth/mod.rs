//! Who calls, and what they may do.

pub mod cookie;
pub mod keys;
pub mod limits;
pub mod link;
pub mod needs;
pub mod origin;
pub mod password;
pub mod session;
pub mod token;
