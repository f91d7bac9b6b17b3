use super::{COMMUNITY, Community, fact, organisation, summary, who};
use crate::{
    db::Sql,
    http::{
        error::{Error, Result},
        html::{day_of, escape, link, paragraphs},
        pages::{Content, Visit},
    },
    issue::{comments::Visible, detail, history},
};
use sea_orm::ConnectionTrait;
use shared::{
    issue::{HistoryEntry, IssueDetail, ListInOrder},
    names::{IssueLink, Slug},
    place::ShownPlace,
    problem::Code,
    routes::Page,
    task::TaskSummary,
    text::{Key, Lang},
    words::Word,
};

/// The story of one issue; 404 alike for one that is not there and one that is not public.
pub(crate) async fn issue(db: &impl ConnectionTrait, visit: &Visit, slug: &Slug, number: u32) -> Result<Content> {
    let lang = visit.lang;
    let loaded = detail::load_by_number(db, &visit.caller, visit.now, slug.clone(), number.into()).await?;
    let issue = loaded.body;
    let community: Option<Community> =
        Sql::with(&format!("SELECT {COMMUNITY} FROM community WHERE id = $1"), [issue.community.id.into()])
            .one(db)
            .await?;
    let community = community.ok_or_else(|| Error::of(Code::NotFound))?;
    let of = Visible { id: issue.id, community_id: community.id };
    let past = history::entries(db, &visit.caller, of, &ListInOrder::default()).await?;

    let numbered = Key::PageIssueNumber.with(lang, &[("number", &issue.number.to_string())]);
    let title = if issue.title.is_empty() { numbered.clone() } else { issue.title.clone() };
    let told = Told { lang, slug, zone: &community.time_zone };
    let name = community.name(lang);
    let html = format!(
        "<article><h1>{}</h1><p>{} · {} · {}</p>{}{}{}{}{}{}</article>",
        escape(&title),
        escape(&numbered),
        link(&Page::Issues { community: slug.clone() }, Key::IssuesTitle.get(lang)),
        link(&Page::Community { community: slug.clone() }, &name),
        told.facts(&issue),
        paragraphs(&issue.description),
        told.decisions(&issue),
        told.duplicates(&issue),
        told.work(&issue.tasks),
        told.past(&past.items),
    );
    let description = if issue.description.is_empty() {
        format!("{}: {}", issue.state.text(lang), issue.category.name.get(lang))
    } else {
        summary(&issue.description)
    };
    Ok(Content::new(format!("{title} · {name}"), description, html))
}

/// How an issue is told.
struct Told<'a> {
    lang: Lang,
    slug: &'a Slug,
    zone: &'a str,
}

impl Told<'_> {
    fn day(&self, at: shared::time::Timestamp) -> String {
        day_of(self.lang, self.zone, at)
    }

    fn facts(&self, issue: &IssueDetail) -> String {
        let lang = self.lang;
        let count = |key: Key, n: i64| key.count(lang, n.unsigned_abs(), &[]);
        let place = place(&issue.place).map(|place| fact(Key::IssueWhere, lang, &escape(&place)));
        let facts = [
            fact(Key::PageIssueState, lang, &escape(issue.state.text(lang))),
            fact(Key::PageIssueCategory, lang, &escape(issue.category.name.get(lang))),
            place.unwrap_or_default(),
            fact(Key::PageIssueReported, lang, &self.day(issue.reported_at)),
            fact(Key::PageIssueSupport, lang, &count(Key::IssuesSupporters, issue.supporters)),
            fact(Key::PageIssueDiscussion, lang, &count(Key::PageIssueComments, issue.comments)),
        ];
        format!("<dl>{}</dl>", facts.concat())
    }

    /// Why it was declined, that it is said to be solved, and that somebody objected.
    fn decisions(&self, issue: &IssueDetail) -> String {
        let lang = self.lang;
        let section = |title: Key, about: String, words: Option<&String>| {
            let words = words.map(|words| paragraphs(words)).unwrap_or_default();
            format!("<section><h2>{}</h2><p>{about}</p>{words}</section>", title.get(lang))
        };
        let declined = issue.declined.as_ref().map(|declined| {
            let about = format!("{} · {}", escape(declined.reason.text(lang)), self.day(declined.at));
            section(Key::PageIssueDeclined, about, declined.words.as_ref())
        });
        let claim = issue.claim.as_ref().map(|claim| {
            let confirmed = claim.confirmed_by.zip(claim.confirmed_at);
            let confirmed = confirmed.map(|(by, at)| format!(" · {} · {}", escape(by.text(lang)), self.day(at)));
            let about = format!("{} · {}{}", who(lang, &claim.who), self.day(claim.at), confirmed.unwrap_or_default());
            section(Key::IssueClaimTitle, about, claim.statement.as_ref())
        });
        let objection = issue
            .objection
            .as_ref()
            .map(|objection| section(Key::IssueObjectionTitle, self.day(objection.at), objection.words.as_ref()));
        [declined, claim, objection].into_iter().flatten().collect()
    }

    fn duplicates(&self, issue: &IssueDetail) -> String {
        let of = issue.duplicate_of.as_ref();
        of.map(|of| format!("<p>{} {}</p>", Key::IssueDuplicateOf.get(self.lang), self.issue(of))).unwrap_or_default()
    }

    fn issue(&self, of: &IssueLink) -> String {
        let number = u32::try_from(of.number).unwrap_or_default();
        link(&Page::Issue { community: of.community.slug.clone(), number }, &of.title)
    }

    /// Who does what.
    fn work(&self, tasks: &[TaskSummary]) -> String {
        if tasks.is_empty() {
            return String::new();
        }
        let lang = self.lang;
        let item = |task: &TaskSummary| {
            let holder = task.holder.as_ref().map(|holder| format!(" · {}", organisation(lang, holder)));
            let page = Page::Task { community: self.slug.clone(), task: task.id };
            let state = escape(task.state.text(lang));
            format!("<li>{} · {state}{}</li>", link(&page, &task.title), holder.unwrap_or_default())
        };
        let items: String = tasks.iter().map(item).collect();
        format!("<section><h2>{}</h2><ul>{items}</ul></section>", Key::IssueWork.get(lang))
    }

    /// What happened to it and to its tasks, in short.
    fn past(&self, entries: &[HistoryEntry]) -> String {
        let of_note = |entry: &&HistoryEntry| {
            ["issue_", "task_", "offer_accepted"].iter().any(|kind| entry.what.as_str().starts_with(kind))
        };
        let item = |entry: &HistoryEntry| {
            let task = entry.task.as_ref().map(|task| format!(": {}", escape(&task.title)));
            let what = format!("{}{}", escape(entry.text(self.lang)), task.unwrap_or_default());
            format!("<li>{} {what} · {}</li>", self.day(entry.at), who(self.lang, &entry.who))
        };
        let items: String = entries.iter().filter(of_note).map(item).collect();
        format!("<section><h2>{}</h2><ol>{items}</ol></section>", Key::IssueHistory.get(self.lang))
    }
}

/// The place in words, as far as the public may know it.
fn place(place: &ShownPlace) -> Option<String> {
    let address = [place.address.as_deref(), place.house.as_deref()].into_iter().flatten().collect::<Vec<_>>();
    let parts = [Some(address.join(" ")), place.description.clone()];
    let words: Vec<String> = parts.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    (!words.is_empty()).then(|| words.join(", "))
}
