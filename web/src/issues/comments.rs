use super::{comment::One, flag::Flags};
use crate::{
    api::issues as api,
    session, storage,
    ui::{Button, ButtonLink, Form, FormFaults, Kind, TextArea, load, use_submit},
};
use leptos::prelude::*;
use leptos_router::hooks::use_location;
use shared::{
    ids::IssueId,
    issue::{Comment, CommentDraft},
    names::Slug,
    permission::Permission,
};

/// What people say below an issue, and the field to say more.
#[component]
pub(super) fn Comments(id: IssueId, community: Slug, flags: Flags) -> impl IntoView {
    let comments = LocalResource::new(move || async move { api::list_comments(id).await });
    // What was begun is kept on the device until it is sent.
    let draft = format!("comment.{id}");
    let text = RwSignal::new(storage::read_text(&draft).unwrap_or_default());
    Effect::new(move |before: Option<()>| {
        let begun = text.get();
        match before {
            None => {}
            Some(()) if begun.is_empty() => storage::forget(&draft),
            Some(()) => storage::write_text(&draft, &begun),
        }
    });
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: CommentDraft| async move { api::create_comment(id, &draft).await },
        move |_: Comment| {
            text.set(String::new());
            comments.refetch();
        },
    );
    let location = use_location();
    view! {
        <section class="stack" id="comments">
            <h2>{t!(IssueComments)}</h2>
            {load(comments, move |page| {
                let empty = page.items.is_empty();
                let moderates = session::may_in(&community, Permission::TriageIssue);
                view! {
                    {empty.then(|| view! { <p class="muted">{t!(IssueNoComments)}</p> })}
                    <ul class="rows">{page.items.into_iter().map(|comment| view! { <One comment flags moderates/> }).collect_view()}</ul>
                }
            })}
            {move || if session::signed_in() {
                view! {
                    <Form faults on_submit=move || send.send(CommentDraft { text: text.get_untracked() })>
                        <TextArea name="text" label=t!(IssueCommentLabel) value=text most=4000/>
                        <div class="buttons"><Button submit=true pending=send.pending()>{t!(IssueCommentSend)}</Button></div>
                    </Form>
                }
                .into_any()
            } else {
                let href = Signal::derive(move || session::sign_in_address(&location.pathname.get(), ""));
                view! { <ButtonLink href kind=Kind::Plain icon="message-square">{t!(IssueCommentSignIn)}</ButtonLink> }.into_any()
            }}
        </section>
    }
}
