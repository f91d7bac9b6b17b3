//! Who calls, and what they may do.

pub mod keys;
pub mod needs;
pub mod session;
pub mod token;
