use super::invitations::Invitations;
use crate::{
    api::{ApiError, account, organisations as api},
    prefs, session,
    ui::{Confirm, Day, DialogState, Icon, Menu, MenuButton, load_pages, use_toasts},
};
use leptos::prelude::*;
use shared::{
    names::Slug,
    organisation::{ListMembers, Member, MemberRole},
    words::Word,
};

/// The people of an organisation, for those who belong to it.
#[component]
pub(super) fn People(slug: Slug, role: MemberRole) -> impl IntoView {
    let owner = role == MemberRole::Owner;
    let slug = StoredValue::new(slug);
    let page = move |after| async move {
        api::list_members(&slug.get_value(), &ListMembers { after, ..ListMembers::default() }).await
    };
    let first = LocalResource::new(move || page(None));
    let refetch = Callback::new(move |()| first.refetch());
    view! {
        <section class="stack">
            <h2>{t!(OrganisationsPeople)}</h2>
            {load_pages(first, move |cursor| page(Some(cursor)), move |members| view! {
                <ul class="rows">
                    <For each=move || members.get() key=|member| (member.account, member.role) let(member)>
                        <li><One slug=slug.get_value() member owner refetch/></li>
                    </For>
                </ul>
            })}
        </section>
        {owner.then(|| view! { <Invitations slug=slug.get_value()/> })}
    }
}

#[component]
fn One(slug: Slug, member: Member, owner: bool, refetch: Callback<()>) -> impl IntoView {
    let Member { account: id, name, role, since } = member;
    let myself = move || session::account().is_some_and(|me| me.id == id);
    let shown = if name.is_empty() { None } else { Some(name.clone()) };
    view! {
        <div class="row between">
            <div>
                <p class="row-title">
                    {shown.map_or_else(|| view! { <span class="muted">{t!(OrganisationsUnnamed)}</span> }.into_any(), |name| name.into_any())}
                    {move || myself().then(|| view! { " "<small>{t!(OrganisationsMyself)}</small> })}
                </p>
                <p class="meta"><span>{move || role.text(prefs::lang())}</span><Day day=since.to_utc().date_naive() short=true/></p>
            </div>
            {move || (owner || myself()).then(|| view! {
                <Actions slug=slug.clone() id name=name.clone() role owner myself=myself() refetch/>
            })}
        </div>
    }
}

/// What an owner changes of a member, and leaving for oneself.
#[component]
fn Actions(
    slug: Slug,
    id: shared::ids::AccountId,
    name: String,
    role: MemberRole,
    owner: bool,
    myself: bool,
    refetch: Callback<()>,
) -> impl IntoView {
    let toasts = use_toasts();
    let slug = StoredValue::new(slug);
    let removing = DialogState::new();
    let done = move |answer: Result<(), ApiError>| match answer {
        Ok(()) => {
            removing.hide();
            toasts.say(t!(UiSaved)());
            refetch.run(());
        }
        Err(error) if is_last_owner(&error) => toasts.say(t!(OrganisationsLastOwner)()),
        Err(error) => toasts.fail(&error),
    };
    let change = Action::new_local(move |role: &MemberRole| {
        let role = *role;
        async move {
            let answer = api::update_member(&slug.get_value(), id, role).await.map(drop);
            if myself {
                account::reload_me().await;
            }
            done(answer);
        }
    });
    let remove = Action::new_local(move |(): &()| async move {
        let answer = api::remove_member(&slug.get_value(), id).await;
        if myself && answer.is_ok() {
            session::act_for(None);
            account::reload_me().await;
        }
        done(answer);
    });
    let label = StoredValue::new(name);
    let roles = MemberRole::ALL.iter().copied().map(move |one| {
        view! {
            <MenuButton checked=Signal::derive(move || one == role) on_press=move || { if one != role { change.dispatch(one); } }>
                {move || one.text(prefs::lang())}
            </MenuButton>
        }
    });
    let leave = if myself { shared::text::Key::OrganisationsLeave } else { shared::text::Key::OrganisationsRemove };
    let leave = move || leave.get(prefs::lang());
    view! {
        <Menu
            button=|| view! { <Icon name="ellipsis"/> }
            label=move || t!(OrganisationsChangeMember, name = label.get_value())()
            class="btn quiet icon-only"
        >
            {owner.then(|| view! { {roles.collect_view()}<hr/> })}
            <MenuButton icon="log-out" danger=true on_press=move || removing.show()>{leave}</MenuButton>
        </Menu>
        <Confirm state=removing title=leave action=leave danger=true pending=remove.pending() on_confirm=move || { remove.dispatch(()); }>
            <p>{move || if myself {
                t!(OrganisationsLeaveText)().to_owned()
            } else {
                t!(OrganisationsRemoveText, name = label.get_value())()
            }}</p>
        </Confirm>
    }
}

fn is_last_owner(error: &ApiError) -> bool {
    matches!(error, ApiError::Problem(problem) if problem.state.as_deref() == Some("last_owner"))
}
