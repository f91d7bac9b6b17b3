use super::{fact, organisation, summary};
use crate::{
    db::Sql,
    http::{
        error::{Error, Result},
        html::{day, escape, link, paragraphs},
        pages::Content,
    },
    issue::rows::{self, CommunityRow, OrganisationRow},
    task,
};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, FromQueryResult};
use shared::{
    ids::TaskId,
    names::Slug,
    problem::Code,
    routes::Page,
    task::TaskState,
    text::{Key, Lang},
    words::Word,
};

#[derive(Debug, FromQueryResult)]
struct Row {
    title: Option<String>,
    result: Option<String>,
    state: TaskState,
    due: Option<NaiveDate>,
    number: i64,
    issue_title: Option<String>,
    #[sea_orm(nested)]
    community: CommunityRow,
    #[sea_orm(nested)]
    holder: Option<OrganisationRow>,
}

/// One task; 404 alike for one that is not there and one that is not public.
pub(crate) async fn task(db: &impl ConnectionTrait, lang: Lang, slug: &Slug, id: TaskId) -> Result<Content> {
    let row: Option<Row> = Sql::with(
        &format!(
            "SELECT title.body AS title, result.body AS result, task.state, task.due, issue.number, issue_title.body AS issue_title, {}, {} \
             FROM task JOIN issue ON issue.id = task.issue_id JOIN community ON community.id = task.community_id \
             JOIN wording title ON title.id = task.title_id JOIN wording result ON result.id = task.result_id \
             JOIN wording issue_title ON issue_title.id = issue.title_id LEFT JOIN organisation ON organisation.id = task.holder_id \
             WHERE task.id = $1 AND community.slug = $2 AND issue.listed AND {}",
            rows::COMMUNITY,
            rows::ORGANISATION,
            task::reader::SHOWN
        ),
        [id.into(), slug.clone().into()],
    )
    .one(db)
    .await?;
    let row = row.ok_or_else(|| Error::of(Code::NotFound))?;
    let (title, result) = (row.title.unwrap_or_default(), row.result.unwrap_or_default());
    let community = row.community.link();
    let name = community.name.get(lang);
    let issue = Page::Issue { community: slug.clone(), number: u32::try_from(row.number).unwrap_or_default() };
    let holder = row.holder.map(|holder| fact(Key::PageTaskHolder, lang, &organisation(lang, &holder.link())));
    let due = row.due.map(|due| fact(Key::PageTaskDue, lang, &day(lang, due)));
    let words = paragraphs(&result);
    let wanted = if words.is_empty() { words } else { format!("<h2>{}</h2>{words}", Key::PageTaskResult.get(lang)) };
    let html = format!(
        "<article><h1>{}</h1><p>{} · {}</p><dl>{}{}{}</dl>{wanted}</article>",
        escape(&title),
        link(&issue, &row.issue_title.unwrap_or_default()),
        link(&Page::Community { community: slug.clone() }, name),
        fact(Key::PageIssueState, lang, &escape(row.state.text(lang))),
        holder.unwrap_or_default(),
        due.unwrap_or_default(),
    );
    let description = if result.is_empty() { row.state.text(lang).to_owned() } else { summary(&result) };
    Ok(Content::new(format!("{title} · {name}"), description, html))
}
