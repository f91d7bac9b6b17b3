//! The place of an issue, as reported and as the public may know it.

use crate::{
    db::{Sql, Write},
    http::error::Result,
};
use sea_orm::FromQueryResult;
use shared::{
    ids::CommunityId,
    place::{Coordinates, Place, PlacePrecision, ShownPlace},
};
use uuid::Uuid;

/// Stores the place and, computed once and for good, what the public may know of it; the ids of
/// both, equal when they are.
pub(crate) async fn store(
    tx: &Write<'_>,
    community: CommunityId,
    place: &Place,
    public: PlacePrecision,
) -> Result<(Uuid, Uuid)> {
    let exact = insert(tx, community, place.shown(PlacePrecision::Exact)).await?;
    let shown = match public {
        PlacePrecision::Exact => exact,
        coarser => insert(tx, community, place.shown(coarser)).await?,
    };
    Ok((exact, shown))
}

async fn insert(tx: &Write<'_>, community: CommunityId, place: ShownPlace) -> Result<Uuid> {
    let id = tx.id();
    Sql::with(
        "INSERT INTO place (id, community_id, lat_e6, lon_e6, address, house, description, precision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            id.into(),
            community.into(),
            place.coordinates.map(|point| point.lat_e6).into(),
            place.coordinates.map(|point| point.lon_e6).into(),
            place.address.into(),
            place.house.into(),
            place.description.into(),
            place.precision.into(),
        ],
    )
    .run(&**tx)
    .await?;
    Ok(id)
}

/// The place as it was reported.
pub(crate) async fn reported(tx: &Write<'_>, id: Uuid) -> Result<Place> {
    let row: Option<PlaceRow> =
        Sql::with(&format!("SELECT {COLUMNS} FROM place WHERE id = $1"), [id.into()]).one(&**tx).await?;
    let ShownPlace { coordinates, address, house, description, .. } =
        row.ok_or_else(|| anyhow::anyhow!("an issue without a place"))?.shown();
    Ok(Place { coordinates, address, house, description })
}

/// The columns of [`PlaceRow`], of `place`.
pub(crate) const COLUMNS: &str =
    "place.lat_e6, place.lon_e6, place.address, place.house, place.description AS place_description, place.precision";

/// A stored place.
#[derive(Debug, Clone, FromQueryResult)]
pub(crate) struct PlaceRow {
    lat_e6: Option<i32>,
    lon_e6: Option<i32>,
    address: Option<String>,
    house: Option<String>,
    place_description: Option<String>,
    precision: PlacePrecision,
}

impl PlaceRow {
    pub(crate) fn shown(self) -> ShownPlace {
        let coordinates = self.lat_e6.zip(self.lon_e6).map(|(lat_e6, lon_e6)| Coordinates { lat_e6, lon_e6 });
        ShownPlace {
            coordinates,
            address: self.address,
            house: self.house,
            description: self.place_description,
            precision: self.precision,
        }
    }
}
