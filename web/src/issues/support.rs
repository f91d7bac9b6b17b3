use crate::{
    api::{ApiError, issues as api},
    session,
    ui::{Button, ButtonLink, Kind, use_toasts},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::{ids::IssueId, issue::SupportState};

/// "Me too" and "tell me", each with its inverse. Shown at once; taken back when the server refuses.
#[component]
pub(super) fn SupportButtons(
    id: IssueId,
    mine: SupportState,
    /// Whether "me too" would make a difference: not to one's own report, nor to what is closed.
    may_support: bool,
) -> impl IntoView {
    let offers_support = may_support || mine.supports;
    let state = RwSignal::new(mine);
    let toasts = use_toasts();
    let location = use_location();
    let apply = move |before: SupportState, answer: Result<SupportState, ApiError>| match answer {
        Ok(now) => state.set(now),
        Err(error) => {
            state.set(before);
            toasts.fail(&error);
        }
    };
    let support = Action::new_local(move |before: &SupportState| {
        let before = *before;
        async move {
            let answer = if before.supports { api::unsupport(id).await } else { api::support(id).await };
            apply(before, answer);
        }
    });
    let follow = Action::new_local(move |before: &SupportState| {
        let before = *before;
        async move {
            let answer = if before.follows { api::unfollow(id).await } else { api::follow(id).await };
            apply(before, answer);
        }
    });
    let press_support = move || {
        let before = state.get_untracked();
        let change = if before.supports { -1 } else { 1 };
        state.set(SupportState { supports: !before.supports, supporters: before.supporters + change, ..before });
        support.dispatch(before);
    };
    let press_follow = move || {
        let before = state.get_untracked();
        let change = if before.follows { -1 } else { 1 };
        state.set(SupportState { follows: !before.follows, followers: before.followers + change, ..before });
        follow.dispatch(before);
    };
    let count = move || u64::try_from(state.get().supporters).unwrap_or_default();
    view! {
        <div class="row">
            {move || if session::signed_in() {
                let supports = Signal::derive(move || state.get().supports);
                let follows = Signal::derive(move || state.get().follows);
                view! {
                    {offers_support.then(|| view! {
                        <Button icon="thumbs-up" pressed=supports pending=support.pending() on_press=press_support>
                            {move || if supports.get() { t!(IssueSupported)() } else { t!(IssueSupport)() }}
                        </Button>
                    })}
                    <Button icon="bell" pressed=follows pending=follow.pending() on_press=press_follow>
                        {move || if follows.get() { t!(IssueFollowed)() } else { t!(IssueFollow)() }}
                    </Button>
                }
                .into_any()
            } else {
                let href = Signal::derive(move || session::sign_in_address(&location.pathname.get(), ""));
                offers_support
                    .then(|| view! { <ButtonLink href kind=Kind::Plain icon="thumbs-up">{t!(IssueSupport)}</ButtonLink> })
                    .into_any()
            }}
            <span class="num muted">{move || t!(IssuesSupporters; count())()}</span>
        </div>
    }
}
