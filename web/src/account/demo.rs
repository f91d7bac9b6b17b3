use crate::{api::account as api, prefs, ui::Avatar};
use leptos::prelude::*;
use shared::{
    account::{Secret, SignInDraft},
    demo::{Demo, DemoSignIn},
    words::Word,
};

/// The people of the demo, where there is one: a press signs in, or where the demo has a password of its own,
/// fills in the address.
#[component]
pub(super) fn DemoPeople(on_choose: Callback<SignInDraft>) -> impl IntoView {
    let demo = LocalResource::new(|| async { api::find_demo().await.ok() });
    move || {
        demo.get().flatten().map(|Demo { sign_ins, password }| {
            let person = move |DemoSignIn { email, name, role }: DemoSignIn| {
                let password = Secret(password.clone().unwrap_or_default());
                let draft = SignInDraft { email: email.as_str().to_owned(), password };
                view! {
                    <li>
                        <button type="button" class="demo-person" on:click=move |_| on_choose.run(draft.clone())>
                            <Avatar name=name.clone()/>
                            <span>{name.clone()}<small>{move || role.text(prefs::lang())}</small></span>
                        </button>
                    </li>
                }
            };
            view! {
                <section class="stack tight">
                    <h2>{t!(AccountDemo)}</h2>
                    <p class="muted">{t!(AccountDemoLead)}</p>
                    <ul class="demo-people">{sign_ins.into_iter().map(person).collect_view()}</ul>
                </section>
            }
        })
    }
}
