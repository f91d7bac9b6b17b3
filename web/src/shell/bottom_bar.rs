use super::{
    acting::ActingChip,
    footer::{LanguageButton, ThemeMenu},
    tabs::CommunityLinks,
    use_community_here,
};
use crate::{
    inbox::InboxLink,
    part::later,
    ui::{Dialog, DialogState, Icon},
};
use leptos::prelude::*;
use leptos_router::{components::A, hooks::use_location};

/// On a phone: the four places a thumb reaches.
#[component]
pub(super) fn BottomBar() -> impl IntoView {
    let here = use_community_here();
    let more = DialogState::new();
    let opened = Memo::new(move |before: Option<&bool>| before.copied().unwrap_or_default() || more.is_open());
    // Without a community there is one to be chosen first, on the start page.
    let to = move |page: &str| here.here_or_last().map_or_else(|| "/".to_owned(), |slug| format!("/c/{slug}/{page}"));
    view! {
        <nav class="bottom" aria-label=t!(ShellBottomNav)>
            <A href="/" exact=true>
                <Icon name="house"/>
                {t!(ShellHome)}
            </A>
            <A href=move || to("issues")>
                <Icon name="list-checks"/>
                {t!(ShellTabIssues)}
            </A>
            <A href=move || to("report") attr:class="report">
                <Icon name="plus"/>
                {t!(ShellReport)}
            </A>
            <InboxLink/>
            <button type="button" aria-haspopup="dialog" on:click=move |_| more.show()>
                <Icon name="ellipsis"/>
                {t!(ShellMore)}
            </button>
        </nav>
        {move || opened.get().then(|| later(().into_any(), || Box::pin(more_sheet(more))))}
    }
}

part! {
    /// What did not fit into the bar, made when it is first opened.
    in frame: fn more_sheet(state: DialogState) -> AnyView {
        MoreSheet(MoreSheetProps { state }).into_any()
    }
}

/// What did not fit into the bar. Going anywhere closes it.
#[component]
fn MoreSheet(state: DialogState) -> impl IntoView {
    let here = use_community_here();
    let path = use_location().pathname;
    Effect::new(move |before: Option<String>| {
        let now = path.get();
        if before.is_some_and(|before| before != now) {
            state.hide();
        }
        now
    });
    view! {
        <Dialog state title=t!(ShellMore)>
            <ActingChip/>
            {move || here.here_or_last().map(|slug| view! {
                <nav class="more-links" aria-label=t!(ShellCommunityNav)><CommunityLinks slug/></nav>
            })}
            <div class="row between">
                <LanguageButton/>
                <ThemeMenu/>
            </div>
        </Dialog>
    }
}
