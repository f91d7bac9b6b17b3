use crate::{
    auth::needs::Needs,
    community::categories::{check_responsible, find},
    db::{Write, sql},
    events::NewEvent,
    http::{
        answer::{Answer, IfMatch, NoContent},
        error::{Error, Result},
        extract::Valid,
    },
    state::AppState,
};
use actix_web::{
    delete, patch,
    web::{Data, Path},
};
use sea_orm::SqlErr;
use shared::{
    category::{Category, UpdateCategory, UpdateCategoryDraft},
    change::{EventKind, Thing},
    draft::Patch,
    ids::{CategoryId, CommunityId},
    permission::permit,
    problem::Code,
    time::Timestamp,
};

/// Change a category, or retire it, so that new reports cannot choose it.
#[utoipa::path(
    tag = "communities",
    params(("id" = CategoryId, Path), ("If-Match" = String, Header, description = "The `ETag` of the category as it was read.")),
    request_body = UpdateCategoryDraft,
    responses((status = OK, body = Category))
)]
#[patch("/categories/{id}")]
pub(crate) async fn update_category(
    needs: Needs<permit::ManageCommunity>,
    id: Path<CategoryId>,
    Valid(change): Valid<UpdateCategoryDraft>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<Answer<Category>> {
    let mut tx = app.write(&needs).await?;
    let row = find(&*tx, *id).await?;
    let community = row.community_id;
    needs.in_community(community)?;
    let category = Category::from(row);
    if_match.require(category.version)?;
    if let Patch::Value(responsible) = change.organisation {
        check_responsible(&*tx, community, responsible).await?;
    }
    save(&tx, category, change).await?;
    let category = Category::from(find(&*tx, *id).await?);
    let version = category.version;
    tx.record(NewEvent::new(EventKind::CategoryChanged, Thing::Category, id.0).community(community).by(&needs));
    tx.answer(Answer::ok(category).version(version, version)).await
}

/// 412 when somebody was faster.
async fn save(tx: &Write<'_>, old: Category, change: UpdateCategory) -> Result<()> {
    let name = change.name.unwrap_or(old.name);
    let responsible = change.organisation.apply(old.organisation.map(|organisation| organisation.id));
    let retired = change.retired.unwrap_or(old.retired);
    let saved = sql::execute(
        &**tx,
        "UPDATE category SET name_uk = $1, name_en = $2, icon = $3, organisation_id = $4, answer_days = $5, private = $6, blurred = $7, \
         archived_at = $8, version = version + 1 WHERE id = $9 AND version = $10",
        [
            name.uk.into(),
            name.en.into(),
            change.icon.unwrap_or(old.icon).into(),
            responsible.map(|organisation| organisation.0).into(),
            i32::from(change.answer_days.unwrap_or(old.answer_days)).into(),
            change.private.unwrap_or(old.private).into(),
            change.blurred.unwrap_or(old.blurred).into(),
            retired.then_some(tx.at()).map(|Timestamp(at)| at).into(),
            old.id.0.into(),
            old.version.into(),
        ],
    )
    .await?;
    if saved == 1 { Ok(()) } else { Err(Error::of(Code::Changed)) }
}

/// Delete a category that no issue has; one that issues have is retired instead (409 `in_use`).
#[utoipa::path(
    tag = "communities",
    params(("id" = CategoryId, Path), ("If-Match" = String, Header, description = "The `ETag` of the category as it was read.")),
    responses((status = NO_CONTENT))
)]
#[delete("/categories/{id}")]
pub(crate) async fn delete_category(
    needs: Needs<permit::ManageCommunity>,
    id: Path<CategoryId>,
    if_match: IfMatch,
    app: Data<AppState>,
) -> Result<NoContent> {
    let mut tx = app.write(&needs).await?;
    let row = find(&*tx, *id).await?;
    let community: CommunityId = row.community_id;
    needs.in_community(community)?;
    if_match.require(Category::from(row).version)?;
    sql::execute(&*tx, "DELETE FROM category WHERE id = $1", [id.0.into()]).await.map_err(|error| {
        match error.sql_err() {
            Some(SqlErr::ForeignKeyConstraintViolation(_)) => Error::conflict("in_use"),
            _ => error.into(),
        }
    })?;
    tx.record(NewEvent::new(EventKind::CategoryDeleted, Thing::Category, id.0).community(community).by(&needs));
    tx.commit().await?;
    Ok(NoContent)
}
