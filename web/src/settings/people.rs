use crate::{
    api::settings as api,
    prefs, session,
    ui::{
        Badge, Button, Confirm, DialogState, Form, FormFaults, Input, Kind, SelectField, TextField, Time, load,
        use_submit, use_toasts,
    },
};
use leptos::prelude::*;
use shared::{
    community::{AddCommunityMemberDraft, CommunityMember, CommunityRole},
    names::Slug,
    words::Word,
};

/// Who holds a role in the community or is invited to one, and giving a role by e-mail.
#[component]
pub(super) fn People(slug: Slug) -> impl IntoView {
    let slug = StoredValue::new(slug);
    let members = LocalResource::new(move || async move { api::list_members(&slug.get_value()).await });
    let refetch = Callback::new(move |()| members.refetch());
    view! {
        <p class="muted">{t!(SettingsPeopleLead)}</p>
        {load(members, move |page| view! {
            {page.items.is_empty().then(|| view! { <p class="muted">{t!(SettingsNoPeople)}</p> })}
            <ul class="rows">
                {page.items.into_iter().map(|member| view! { <li><One slug=slug.get_value() member refetch/></li> }).collect_view()}
            </ul>
        })}
        <Add slug=slug.get_value() refetch/>
    }
}

#[component]
fn One(slug: Slug, member: CommunityMember, refetch: Callback<()>) -> impl IntoView {
    let CommunityMember { account, invitation, name, email, role, since } = member;
    let toasts = use_toasts();
    let removing = DialogState::new();
    let may = session::may_in(&slug, role.given_with());
    let slug = StoredValue::new(slug);
    let remove = Action::new_local(move |(): &()| async move {
        let answer = match (account, invitation) {
            (Some(account), _) => api::remove_member(&slug.get_value(), account).await,
            (None, Some(invitation)) => api::withdraw_invitation(&slug.get_value(), invitation).await,
            (None, None) => Ok(()),
        };
        removing.hide();
        match answer {
            Ok(()) => refetch.run(()),
            Err(error) => toasts.fail(&error),
        }
    });
    let invited = account.is_none();
    let action = if invited { shared::text::Key::SettingsWithdraw } else { shared::text::Key::SettingsRemove };
    let action = move || action.get(prefs::lang());
    let shown = if name.is_empty() { email.to_string() } else { name };
    let (named, asked) = (shown.clone(), StoredValue::new(shown.clone()));
    view! {
        <div class="row between">
            <div>
                <p class="row-title">{shown}</p>
                <p class="meta">
                    <span>{move || role.text(prefs::lang())}</span>
                    <span>{email.to_string()}</span>
                    {invited.then(|| view! { <Badge>{t!(SettingsInvited)}</Badge> })}
                    <Time at=since/>
                </p>
            </div>
            {may.then(|| view! {
                <Button small=true on_press=move || removing.show()>
                    {action}<span class="visually-hidden">": "{named}</span>
                </Button>
            })}
        </div>
        <Confirm state=removing title=action action danger=true pending=remove.pending() on_confirm=move || { remove.dispatch(()); }>
            <p>{move || t!(SettingsRemoveText, name = asked.get_value(), role = role.text(prefs::lang()))()}</p>
        </Confirm>
    }
}

/// A role for the account of an address, or an invitation to it; a mail tells either way.
#[component]
fn Add(slug: Slug, refetch: Callback<()>) -> impl IntoView {
    let toasts = use_toasts();
    let email = RwSignal::new(String::new());
    let name = RwSignal::new(String::new());
    let role = RwSignal::new(CommunityRole::Moderator.as_str().to_owned());
    let faults = FormFaults::new();
    let slug = StoredValue::new(slug);
    let add = use_submit(
        faults,
        move |draft: AddCommunityMemberDraft| async move { api::add_member(&slug.get_value(), &draft).await },
        move |added: CommunityMember| {
            email.set(String::new());
            name.set(String::new());
            toasts.say(if added.account.is_some() { t!(SettingsRoleGiven)() } else { t!(SettingsRoleOffered)() });
            refetch.run(());
        },
    );
    let submit = move || {
        add.send(AddCommunityMemberDraft {
            email: email.get_untracked(),
            name: name.get_untracked(),
            role: role.get_untracked().parse().ok(),
        });
    };
    let roles = Signal::derive(move || {
        let lang = prefs::lang();
        let given = |role: &&CommunityRole| slug.with_value(|slug| session::may_in(slug, role.given_with()));
        let option = |role: &CommunityRole| (role.as_str().to_owned(), role.text(lang).to_owned());
        CommunityRole::ALL.iter().filter(given).map(option).collect::<Vec<_>>()
    });
    view! {
        <section class="stack rule">
            <h2>{t!(SettingsAdd)}</h2>
            <Form faults on_submit=submit>
                <TextField name="email" label=t!(AccountEmail) value=email kind=Input::Email/>
                <TextField name="name" label=t!(AccountName) value=name/>
                <SelectField name="role" label=t!(SettingsRole) hint=t!(SettingsRoleHint) value=role options=roles/>
                <div class="buttons">
                    <Button submit=true kind=Kind::Primary icon="user-plus" pending=add.pending()>{t!(SettingsAddButton)}</Button>
                </div>
            </Form>
        </section>
    }
}
