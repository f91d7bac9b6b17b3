//! The start page with all communities, and the front page of one.

mod home;
mod overview;

part! {
    /// Communities.
    community:
        HomeRoute => home::HomePage,
        CommunityRoute => overview::CommunityPage,
}
