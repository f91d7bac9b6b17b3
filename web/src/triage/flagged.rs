use crate::{
    api::issues as api,
    prefs,
    ui::{Icon, load},
};
use leptos::prelude::*;
use shared::{
    issue::{Flag, Flaggable},
    words::Word,
};

/// What was flagged, where that is not the issue itself: nobody decides about what they have not seen.
#[component]
pub(super) fn Flagged(flag: Flag) -> impl IntoView {
    let Flag { thing, thing_id, issue, .. } = flag;
    match thing {
        Flaggable::Comment => {
            let comments = LocalResource::new(move || async move { api::list_comments(issue).await });
            load(comments, move |page| {
                let comment = page.items.into_iter().find(|comment| comment.id.0 == thing_id && !comment.deleted);
                // The server has sanitised it.
                comment.map(|comment| view! { <blockquote class="prose say" inner_html=comment.html></blockquote> })
            })
            .into_any()
        }
        Flaggable::File => view! {
            <a class="text-link" href=format!("/api/v1/files/{thing_id}") target="_blank" rel="noopener">
                <Icon name="paperclip" small=true/>
                {move || thing.text(prefs::lang())}
            </a>
        }
        .into_any(),
        // The issue itself is shown anyway, and what is part of it is read on its page.
        _ => ().into_any(),
    }
}
