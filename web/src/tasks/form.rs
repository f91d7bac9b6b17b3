use crate::{
    api::{ApiError, Versioned, tasks as api},
    prefs, session,
    ui::{
        Button, DateField, Dialog, DialogState, Form, FormFaults, Kind, SelectField, TextArea, TextField, use_submit,
    },
};
use leptos::prelude::*;
use shared::{
    draft::{Draft, Patch},
    ids::IssueId,
    names::Slug,
    organisation::Sector,
    task::{CreateTaskDraft, TaskDetail, UpdateTaskDraft},
    words::Word,
};

/// What a task is, while it is being written.
#[derive(Debug, Clone, Copy)]
struct Fields {
    title: RwSignal<String>,
    result: RwSignal<String>,
    sector: RwSignal<String>,
    due: RwSignal<String>,
    indicator: RwSignal<String>,
}

impl Fields {
    fn of(task: Option<&TaskDetail>) -> Fields {
        let text = |of: fn(&TaskDetail) -> Option<String>| RwSignal::new(task.and_then(of).unwrap_or_default());
        Fields {
            title: text(|task| Some(task.title.clone())),
            result: text(|task| Some(task.result.clone())),
            sector: text(|task| task.sector.map(|sector| sector.as_str().to_owned())),
            due: text(|task| task.due.map(|due| due.to_string())),
            indicator: text(|task| task.indicator.as_ref().map(|indicator| indicator.id.to_string())),
        }
    }

    fn draft(&self) -> CreateTaskDraft {
        CreateTaskDraft {
            title: self.title.get_untracked(),
            result: self.result.get_untracked(),
            sector: self.sector.get_untracked().parse().ok(),
            due: Some(self.due.get_untracked()).filter(|due| !due.is_empty()),
            indicator: self.indicator.get_untracked().parse().ok(),
        }
    }
}

/// Adds a task to an issue: a coordinator splits the issue, an organisation proposes what it would do.
#[component]
pub(super) fn CreateForm(
    state: DialogState,
    issue: IssueId,
    community: Slug,
    /// In the name of the organisation acted for.
    proposes: bool,
    refetch: Callback<()>,
) -> impl IntoView {
    let community = StoredValue::new(community);
    let title = move || if proposes { t!(TasksProposeTitle)() } else { t!(TasksAddTitle)() };
    view! {
        <Dialog state title>
            {
                let fields = Fields::of(None);
                let faults = FormFaults::new();
                let send = use_submit(
                    faults,
                    move |draft: CreateTaskDraft| async move {
                        if proposes {
                            api::propose_task(issue, &draft).await
                        } else {
                            api::create_task(issue, &draft).await
                        }
                    },
                    move |()| {
                        state.hide();
                        refetch.run(());
                    },
                );
                let organisation = move || session::acting_for().map(|acting| acting.organisation.name.get(prefs::lang()).to_owned());
                view! {
                    <Form faults on_submit=move || send.send(fields.draft())>
                        {proposes.then(|| view! { <p class="muted">{move || t!(TasksProposeAs, name = organisation().unwrap_or_default())()}</p> })}
                        <Inputs fields community=community.get_value() sector=!proposes/>
                        <Buttons state pending=send.pending()>
                            {move || if proposes { t!(TasksPropose)() } else { t!(TasksAdd)() }}
                        </Buttons>
                    </Form>
                }
            }
        </Dialog>
    }
}

/// Changes what is wanted.
#[component]
pub(super) fn EditForm(state: DialogState, task: TaskDetail, etag: String, refetch: Callback<()>) -> impl IntoView {
    let task = StoredValue::new(task);
    let etag = StoredValue::new(etag);
    view! {
        <Dialog state title=t!(TasksEditTitle)>
            {
                let task = task.get_value();
                let (id, community) = (task.id, task.issue.community.slug.clone());
                let fields = Fields::of(Some(&task));
                let faults = FormFaults::new();
                let send = use_submit(
                    faults,
                    move |draft: UpdateTaskDraft| async move { api::update_task(id, &etag.get_value(), &draft).await },
                    move |_: Versioned<TaskDetail>| {
                        state.hide();
                        refetch.run(());
                    },
                );
                let submit = move || match fields.draft().parse() {
                    Ok(_) => send.send(changes(fields.draft())),
                    Err(found) => faults.show(found),
                };
                view! {
                    <Form faults on_submit=submit>
                        <Inputs fields community sector=true/>
                        <Buttons state pending=send.pending()>{t!(UiSave)}</Buttons>
                    </Form>
                }
            }
        </Dialog>
    }
}

fn changes(draft: CreateTaskDraft) -> UpdateTaskDraft {
    fn patch<T>(value: Option<T>) -> Patch<T> {
        value.map_or(Patch::Null, Patch::Value)
    }
    UpdateTaskDraft {
        title: Patch::Value(draft.title),
        result: Patch::Value(draft.result),
        sector: patch(draft.sector),
        due: patch(draft.due),
        indicator: patch(draft.indicator),
        ..Default::default()
    }
}

#[component]
fn Inputs(fields: Fields, community: Slug, sector: bool) -> impl IntoView {
    let sectors = Signal::derive(|| {
        let lang = prefs::lang();
        Sector::ALL.iter().map(|one| (one.as_str().to_owned(), one.text(lang).to_owned())).collect::<Vec<_>>()
    });
    let known = LocalResource::new(move || {
        let community = community.clone();
        async move { api::list_indicators_to_serve(&community).await }
    });
    let indicators = Signal::derive(move || {
        let lang = prefs::lang();
        let known = known.get().and_then(Result::<_, ApiError>::ok).map(|page| page.items).unwrap_or_default();
        known.into_iter().map(|one| (one.id.to_string(), one.name.get(lang).to_owned())).collect::<Vec<_>>()
    });
    view! {
        <TextField name="title" label=t!(TasksTaskTitle) hint=t!(TasksTaskTitleHint) value=fields.title/>
        <TextArea name="result" label=t!(TasksResult) hint=t!(TasksResultHint) value=fields.result optional=true most=2000/>
        {sector.then(|| view! {
            <SelectField name="sector" label=t!(TasksSectorWanted) value=fields.sector options=sectors nothing=t!(TasksAnySector) optional=true/>
        })}
        <DateField name="due" label=t!(TasksDue) value=fields.due optional=true/>
        // Where a community has no indicators there is nothing to choose.
        <Show when=move || indicators.with(|known| !known.is_empty())>
            <SelectField name="indicator" label=t!(TasksIndicator) hint=t!(TasksIndicatorHint) value=fields.indicator options=indicators nothing=t!(TasksNoIndicator) optional=true/>
        </Show>
    }
}

/// "Cancel", and what sends the form.
#[component]
pub(super) fn Buttons(state: DialogState, #[prop(into)] pending: Signal<bool>, children: Children) -> impl IntoView {
    view! {
        <div class="dialog-actions">
            <Button on_press=move || state.hide()>{t!(UiCancel)}</Button>
            <Button submit=true kind=Kind::Primary pending>{children()}</Button>
        </div>
    }
}
