use crate::{api::tasks as api, prefs, question::Question};
use shared::{
    ids::TaskId,
    names::{OrganisationLink, quoted},
    task::TaskAction,
    text::Key,
    words::Word,
};

/// What is asked before a step that takes a reason or nothing; none of steps with a form of their own,
/// and none of starting, which is the holder's own matter.
pub(super) fn question(
    action: TaskAction,
    id: TaskId,
    title: &str,
    holder: Option<&OrganisationLink>,
) -> Option<Question> {
    let lang = prefs::lang_now();
    let (step, leads_to, done) = match action {
        TaskAction::Verify => (api::verify(id), Key::TasksVerifyLeads, Key::DomainEventTaskVerified),
        TaskAction::Return => (api::send_back(id), Key::TasksReturnLeads, Key::DomainEventTaskReturned),
        TaskAction::Release => (api::release(id), Key::TasksReleaseLeads, Key::DomainEventTaskReleased),
        TaskAction::Recall => (api::recall(id), Key::TasksRecallLeads, Key::DomainEventTaskRecalled),
        TaskAction::Cancel => (api::cancel(id), Key::TasksCancelLeads, Key::DomainEventTaskCancelled),
        _ => return None,
    };
    let told = match holder {
        _ if action == TaskAction::Release => Key::TasksToldCoordinators.get(lang).to_owned(),
        Some(holder) => Key::TasksTold.with(lang, &[("who", &quoted(holder.name.get(lang), lang))]),
        None => Key::TasksToldOffered.get(lang).to_owned(),
    };
    let action_text = action.text(lang).to_owned();
    Some(Question {
        title: format!("{action_text}: {}", quoted(title, lang)),
        told: format!("{} {told}", leads_to.get(lang)),
        action: action_text,
        done,
        danger: matches!(action, TaskAction::Release | TaskAction::Recall | TaskAction::Cancel),
        step,
    })
}

/// The dialog of the task's page that has the form of an action.
pub(super) const fn dialog_of(action: TaskAction) -> Option<&'static str> {
    match action {
        TaskAction::Edit => Some("edit"),
        TaskAction::Offer => Some("offer"),
        TaskAction::Ask => Some("ask"),
        TaskAction::Assign => Some("assign"),
        TaskAction::Done => Some("done"),
        TaskAction::Block => Some("block"),
        TaskAction::Commit => Some("commit"),
        _ => None,
    }
}
