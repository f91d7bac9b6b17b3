//! Accounts of people: signing up, in and out, one's own settings and sessions.
//!
//! An account is there once somebody has shown that they read its address, by following a mailed
//! link; until then a sign-up lies in its link. So nobody can prepare an account for another's
//! address, and no answer tells whether an address has one: known and unknown get the same status,
//! the same body, and cost the same work.

pub(crate) mod admin;
mod change;
mod device;
mod letters;
mod me;
mod refresh;
mod reset;
mod sessions;
mod sign_in;
mod sign_up;
mod signed_in;
mod store;
#[cfg(test)]
mod tests;

pub(crate) use device::Device;
pub(crate) use signed_in::SignedIn;
pub(crate) use store::{by_email_or_new, start_session};

use crate::http::error::{Error, Result};
use shared::{account::TimeZone, problem::Fault};

/// The addresses of this feature.
pub fn routes(config: &mut impl crate::http::routes::Routes) {
    config
        .service(sign_up::create_account)
        .service(sign_up::confirm_account)
        .service(reset::reset_password)
        .service(sign_in::create_session)
        .service(sign_in::create_session_by_link)
        .service(refresh::refresh_session)
        .service(refresh::delete_current_session)
        .service(me::find_me)
        .service(me::update_me)
        .service(change::change_email)
        .service(change::change_password)
        .service(sessions::list_my_sessions)
        .service(sessions::delete_my_session)
        .service(sessions::delete_my_other_sessions);
}

/// 422 for a time zone that the table of them does not have.
fn check_time_zone(zone: &TimeZone) -> Result<()> {
    match zone.as_str().parse::<chrono_tz::Tz>() {
        Ok(_) => Ok(()),
        Err(_) => Err(Error::field("time_zone", Fault::Unknown)),
    }
}
