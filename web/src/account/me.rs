use super::{roles::Roles, sessions::Sessions, sign_ways::SignWays};
use crate::{
    api::{Versioned, account as api},
    prefs, session,
    shell::PageTitle,
    ui::{
        Button, ButtonLink, Empty, Form, FormFaults, Kind, SelectField, TextField, intl, load, use_submit, use_toasts,
    },
};
use leptos::prelude::*;
use shared::{
    account::{Me, UpdateMeDraft},
    draft::Patch,
    text::Lang,
};

/// One's own account: profile, ways to sign in, and where one is signed in.
#[component]
pub(super) fn MePage() -> impl IntoView {
    let me = LocalResource::new(|| async {
        if session::signed_in() || session::restoring() { api::find_me().await.map(Some) } else { Ok(None) }
    });
    view! {
        <PageTitle title=t!(AccountMe)/>
        <div class="page narrow">
            <h1>{t!(AccountMe)}</h1>
            {load(me, move |me| match me {
                Some(me) => view! {
                    <Profile me=me.clone()/>
                    <Roles me=me.value.clone()/>
                    <SignWays me=me.value/>
                    <Sessions/>
                }.into_any(),
                None => view! { <SignedOut/> }.into_any(),
            })}
        </div>
    }
}

#[component]
fn SignedOut() -> impl IntoView {
    view! {
        <Empty icon="lock" title=t!(AccountMeSignedOut)>
            <ButtonLink href=session::sign_in_address("/me", "") kind=Kind::Primary>{t!(UiSignIn)}</ButtonLink>
        </Empty>
    }
}

/// Name, language, time zone.
#[component]
fn Profile(me: Versioned<Me>) -> impl IntoView {
    let Versioned { value: me, etag } = me;
    let etag = StoredValue::new(etag);
    let name = RwSignal::new(me.name);
    let language = RwSignal::new(me.language.tag().to_owned());
    let time_zone = RwSignal::new(me.time_zone.as_str().to_owned());
    let toasts = use_toasts();
    let faults = FormFaults::new();
    let save = use_submit(
        faults,
        move |draft: UpdateMeDraft| {
            let etag = etag.get_value();
            async move { api::update_me(&etag, &draft).await }
        },
        move |saved: Versioned<Me>| {
            etag.set_value(saved.etag);
            prefs::set_lang(saved.value.language);
            session::show(saved.value);
            toasts.say(t!(UiSaved)());
        },
    );
    let submit = move || {
        save.send(UpdateMeDraft {
            name: Patch::Value(name.get_untracked()),
            language: Patch::Value(Lang::of_tag(&language.get_untracked()).unwrap_or_default()),
            time_zone: Patch::Value(time_zone.get_untracked()),
        });
    };
    let languages = vec![("uk".to_owned(), "Українська".to_owned()), ("en".to_owned(), "English".to_owned())];
    let zones = Signal::derive(move || intl::time_zones(&time_zone.get_untracked()));
    view! {
        <section class="stack">
            <h2>{t!(AccountProfile)}</h2>
            <Form faults on_submit=submit narrow=true>
                <TextField name="name" label=t!(AccountName) hint=t!(AccountNameHint) value=name autocomplete="name"/>
                <SelectField name="language" label=t!(AccountLanguage) hint=t!(AccountLanguageHint) value=language options=languages/>
                <SelectField name="time_zone" label=t!(AccountTimeZone) value=time_zone options=zones/>
                <div class="buttons">
                    <Button submit=true kind=Kind::Primary pending=save.pending()>{t!(UiSave)}</Button>
                </div>
            </Form>
        </section>
    }
}
