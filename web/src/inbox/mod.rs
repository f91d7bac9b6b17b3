//! The inbox: what needs me, and nothing else.

mod count;
mod item;
mod list;

part! {
    /// The inbox.
    inbox in inbox:
        InboxRoute => list::InboxPage,
}

pub(crate) use count::{InboxLink, provide_inbox_count};
