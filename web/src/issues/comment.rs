use super::{
    flag::{FlagButton, Flags},
    history::WhoName,
};
use crate::{
    api::issues as api,
    ui::{Badge, Button, Confirm, DialogState, Form, FormFaults, Kind, TextArea, Time, load, use_submit, use_toasts},
};
use leptos::{html, prelude::*};
use shared::{
    ids::CommentId,
    issue::{Comment, CommentDraft, FlagDraft, Flaggable},
};
use wasm_bindgen::JsCast;

/// A comment. Its author changes it in place or deletes it, and that stays to be seen; what it said
/// before, by moderators.
#[component]
pub(super) fn One(comment: Comment, flags: Flags, moderates: bool) -> impl IntoView {
    let id = comment.id;
    let (who, created_at, mine, hidden) = (comment.who.clone(), comment.created_at, comment.mine, comment.hidden);
    let flagged = FlagDraft { thing: Some(Flaggable::Comment), id: Some(comment.id.0), ..Default::default() };
    let comment = RwSignal::new(comment);
    let editing = RwSignal::new(false);
    let deleting = DialogState::new();
    let item = NodeRef::<html::Li>::new();
    // What a moderator hid is out of its author's hands.
    let own = mine && !hidden;
    let deleted = Memo::new(move |_| comment.with(|comment| comment.deleted));
    let edited = Memo::new(move |_| comment.with(|comment| comment.edited_at));
    let close = Callback::new(move |()| {
        editing.set(false);
        focus(item, "button");
    });
    view! {
        <li class="stack tight" tabindex="-1" node_ref=item>
            <div class="meta">
                <WhoName who/>
                <Time at=created_at/>
                {move || edited.get().filter(|_| !deleted.get()).map(|at| view! { <span>{t!(IssueCommentEdited)}" "<Time at/></span> })}
                {hidden.then(|| view! { <Badge>{t!(IssuesHidden)}</Badge> })}
                {own.then(|| view! { <Own comment editing deleting item/> })}
                {(!mine).then(|| view! { <Show when=move || !deleted.get()><FlagButton flags of=flagged.clone()/></Show> })}
            </div>
            {move || if deleted.get() {
                view! { <p class="faint">{t!(IssueCommentDeleted)}</p> }.into_any()
            } else if editing.get() {
                view! { <Change comment close/> }.into_any()
            } else {
                // The server has sanitised it.
                view! { <div class="prose" inner_html=move || comment.with(|comment| comment.html.clone())></div> }.into_any()
            }}
            {moderates.then(|| view! { <Show when=move || deleted.get() || edited.get().is_some()><Past id/></Show> })}
            {own.then(|| view! { <Delete comment state=deleting item/> })}
        </li>
    }
}

/// What a comment said before, when a moderator asks for it.
#[component]
fn Past(id: CommentId) -> impl IntoView {
    let open = RwSignal::new(false);
    let said = move || {
        let past = LocalResource::new(move || async move { api::list_past_comments(id).await });
        load(past, |past| {
            let said = past.items.into_iter().map(|said| {
                view! { <li class="stack tight"><div class="meta"><Time at=said.replaced_at/></div><div class="prose" inner_html=said.html></div></li> }
            });
            view! { <ul class="rows">{said.collect_view()}</ul> }
        })
    };
    view! {
        <div class="stack tight">
            <div class="buttons">
                <Button kind=Kind::Quiet small=true icon="history" on_press=move || open.update(|open| *open = !*open)>
                    {move || if open.get() { t!(IssueCommentPastHide)() } else { t!(IssueCommentPast)() }}
                </Button>
            </div>
            <Show when=move || open.get()>{said()}</Show>
        </div>
    }
}

/// What its author may do with it.
#[component]
fn Own(
    comment: RwSignal<Comment>,
    editing: RwSignal<bool>,
    deleting: DialogState,
    item: NodeRef<html::Li>,
) -> impl IntoView {
    let edit = move || {
        editing.set(true);
        focus(item, "textarea");
    };
    view! {
        <Show when=move || !editing.get() && !comment.with(|comment| comment.deleted)>
            <div class="buttons">
                <Button kind=Kind::Quiet small=true icon="pencil" on_press=edit>{t!(IssueCommentEdit)}</Button>
                <Button kind=Kind::Quiet small=true icon="trash-2" on_press=move || deleting.show()>{t!(IssueCommentDelete)}</Button>
            </div>
        </Show>
    }
}

/// Deleting cannot be taken back, so it asks first.
#[component]
fn Delete(comment: RwSignal<Comment>, state: DialogState, item: NodeRef<html::Li>) -> impl IntoView {
    let toasts = use_toasts();
    let delete = Action::new_local(move |(): &()| async move {
        let answer = api::delete_comment(&comment.get_untracked()).await;
        state.hide();
        match answer {
            Ok(()) => {
                comment.update(|comment| comment.deleted = true);
                focus(item, "");
            }
            Err(error) => toasts.fail(&error),
        }
    });
    view! {
        <Confirm
            state
            title=t!(IssueCommentDeleteTitle)
            action=t!(IssueCommentDelete)
            danger=true
            pending=delete.pending()
            on_confirm=move || { delete.dispatch(()); }
        >
            <p>{t!(IssueCommentDeleteTold)}</p>
        </Confirm>
    }
}

/// The same field as for a new one, where the comment stands.
#[component]
fn Change(comment: RwSignal<Comment>, close: Callback<()>) -> impl IntoView {
    let text = RwSignal::new(comment.with_untracked(|comment| comment.text.clone()).unwrap_or_default());
    let faults = FormFaults::new();
    let send = use_submit(
        faults,
        move |draft: CommentDraft| async move { api::update_comment(&comment.get_untracked(), &draft).await },
        move |saved: Comment| {
            comment.set(saved);
            close.run(());
        },
    );
    view! {
        <Form faults on_submit=move || send.send(CommentDraft { text: text.get_untracked() })>
            <TextArea name="text" label=t!(IssueCommentNewText) value=text most=4000/>
            <div class="buttons">
                <Button submit=true kind=Kind::Primary pending=send.pending()>{t!(UiSave)}</Button>
                <Button on_press=close>{t!(UiCancel)}</Button>
            </div>
        </Form>
    }
}

/// Moves the focus to the first such thing in a comment, once that is drawn; to the comment itself where
/// none is named.
fn focus(item: NodeRef<html::Li>, what: &'static str) {
    request_animation_frame(move || {
        let Some(item) = item.get_untracked() else { return };
        let inside = (!what.is_empty()).then(|| item.query_selector(what).ok().flatten()).flatten();
        let _ = match inside.and_then(|inside| inside.dyn_into::<web_sys::HtmlElement>().ok()) {
            Some(inside) => inside.focus(),
            None => item.focus(),
        };
    });
}
