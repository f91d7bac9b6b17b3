//! The start page with all communities, and the front page of one: its dashboard.

mod commitments;
mod dashboard;
mod figures;
mod home;
mod measures;
mod overview;
mod tasks;
mod waiting;

part! {
    /// All communities.
    home in home: HomeRoute => home::HomePage
}
part! {
    /// One community.
    community in community: CommunityRoute => overview::CommunityPage
}
