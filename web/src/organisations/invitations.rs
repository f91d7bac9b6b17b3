use crate::{
    api::organisations as api,
    prefs,
    ui::{Button, Form, FormFaults, Input, Kind, SelectField, TextField, Time, load, use_submit, use_toasts},
};
use leptos::prelude::*;
use shared::{
    ids::InvitationId,
    names::Slug,
    organisation::{Invitation, InviteDraft, MemberRole},
    words::Word,
};

/// Inviting by mail, and the invitations that wait for an answer; for owners.
#[component]
pub(super) fn Invitations(slug: Slug) -> impl IntoView {
    let slug = StoredValue::new(slug);
    let open = LocalResource::new(move || async move { api::list_invitations(&slug.get_value()).await });
    let toasts = use_toasts();
    let email = RwSignal::new(String::new());
    let role = RwSignal::new(MemberRole::Member.as_str().to_owned());
    let faults = FormFaults::new();
    let invite = use_submit(
        faults,
        move |draft: InviteDraft| async move { api::create_invitation(&slug.get_value(), &draft).await },
        move |made: Invitation| {
            email.set(String::new());
            toasts.say(t!(OrganisationsInvited, email = made.email)());
            open.refetch();
        },
    );
    let submit = move || {
        invite.send(InviteDraft { email: email.get_untracked(), role: role.get_untracked().parse().ok() });
    };
    let withdraw = Action::new_local(move |id: &InvitationId| {
        let id = *id;
        async move {
            match api::withdraw_invitation(&slug.get_value(), id).await {
                Ok(()) => open.refetch(),
                Err(error) => toasts.fail(&error),
            }
        }
    });
    let roles = Signal::derive(move || {
        let lang = prefs::lang();
        MemberRole::ALL.iter().map(|role| (role.as_str().to_owned(), role.text(lang).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <section class="stack">
            <h2>{t!(OrganisationsInvite)}</h2>
            <p class="muted">{t!(OrganisationsInviteLead)}</p>
            {load(open, move |page| view! {
                <ul class="rows">
                    {page.items.into_iter().map(|Invitation { id, email, role, expires_at, .. }| {
                        let address = email.to_string();
                        view! {
                            <li class="row between">
                                <div>
                                    <p class="row-title">{email.to_string()}</p>
                                    <p class="meta">
                                        <span>{move || role.text(prefs::lang())}</span>
                                        <span>{t!(OrganisationsInvitedUntil)}" "<Time at=expires_at/></span>
                                    </p>
                                </div>
                                <Button small=true on_press=move || { withdraw.dispatch(id); }>
                                    {t!(OrganisationsWithdraw)}<span class="visually-hidden">": "{address}</span>
                                </Button>
                            </li>
                        }
                    }).collect_view()}
                </ul>
            })}
            <Form faults on_submit=submit>
                <TextField name="email" label=t!(AccountEmail) value=email kind=Input::Email/>
                <SelectField name="role" label=t!(OrganisationsRole) hint=t!(OrganisationsRoleHint) value=role options=roles/>
                <div class="buttons">
                    <Button submit=true kind=Kind::Primary icon="mail" pending=invite.pending()>{t!(OrganisationsInviteButton)}</Button>
                </div>
            </Form>
        </section>
    }
}
