use crate::{
    auth::needs::Anyone,
    http::{answer::Answer, error::Result},
    organisation::store,
    state::AppState,
};
use actix_web::{
    get,
    web::{Data, Path},
};
use shared::{names::Slug, organisation::OrganisationDetail};

/// An organisation: who it is, where it works, and how the communities there regard it.
#[utoipa::path(tag = "organisations", params(("slug" = String, Path, example = "ho-bez-porohiv")), responses((status = OK, body = OrganisationDetail)))]
#[get("/organisations/{slug}")]
pub(crate) async fn find_organisation(
    anyone: Anyone,
    slug: Path<Slug>,
    app: Data<AppState>,
) -> Result<Answer<OrganisationDetail>> {
    let organisation = store::find(app.db.read(), &slug).await?;
    let (version, updated_at) = (organisation.version, organisation.updated_at);
    let my_role = store::my_role(&anyone, organisation.id);
    let detail = store::detail(app.db.read(), &anyone, my_role, organisation).await?;
    let touched = store::touched(updated_at, &detail);
    Ok(Answer::ok(detail).version(version, touched))
}
