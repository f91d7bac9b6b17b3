//! The demo: as whom one may sign in to look around.

use crate::account::Email;
use crate::words::words;
use serde::{Deserialize, Serialize};

words! {
    /// What somebody to sign in as is in the demo.
    DemoRole in "demo_role" {
        /// Reports, supports, says whether it is really fixed.
        Citizen = "citizen";
        Coordinator = "coordinator";
        Moderator = "moderator";
        Facilitator = "facilitator";
        /// Speaks for a business.
        Business = "business";
        /// Speaks for a non-governmental organisation.
        Ngo = "ngo";
        /// The main coordinator over all communities.
        Main = "main";
    }
}

/// `GET /demo`
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Demo {
    /// As whom one may sign in, in the order to be shown.
    pub sign_ins: Vec<DemoSignIn>,
    /// The password of all of them; null where whoever runs the demo has chosen another than the
    /// one everybody knows.
    pub password: Option<String>,
}

/// Somebody to sign in as.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct DemoSignIn {
    pub email: Email,
    pub name: String,
    pub role: DemoRole,
}
