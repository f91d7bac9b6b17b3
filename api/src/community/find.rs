use crate::{
    auth::needs::Anyone,
    community::store,
    http::{answer::Answer, error::Result},
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use shared::{community::CommunityDetail, names::Slug};

/// A community: what it is called, where it lies, and by which rules it works.
#[utoipa::path(tag = "communities", params(("slug" = String, Path, example = "kalynova")), responses((status = OK, body = CommunityDetail)))]
#[get("/communities/{slug}")]
pub(crate) async fn find_community(
    anyone: Anyone,
    slug: Path<Slug>,
    app: Data<AppState>,
) -> Result<Answer<CommunityDetail>> {
    let community = store::find(app.db.read(), &slug).await?;
    let (version, touched) = (community.version, community.updated_at.0);
    let detail = store::detail(app.db.read(), &anyone, community).await?;
    Ok(Answer::ok(detail).version(version, touched))
}
