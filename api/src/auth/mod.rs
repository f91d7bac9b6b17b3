//! Who calls, and what they may do.

pub mod keys;
pub mod needs;
pub mod session;
pub mod token;
pub mod cookie;
pub mod origin;
pub mod password;
pub mod link;
pub mod limits;
