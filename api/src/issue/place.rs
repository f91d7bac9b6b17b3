//! From the place that was reported to the place the public may know, computed once.

use crate::{db::{Sql, Write}, http::error::Result};
use sea_orm::FromQueryResult;
use shared::{ids::CommunityId, place::{Coordinates, Place, PlacePrecision, ShownPlace}};
use uuid::Uuid;

/// One kilometre of latitude, in micro-degrees.
const KILOMETRE_E6: i32 = 8983;
/// About a hundred metres of latitude, in micro-degrees.
const STREET_E6: i32 = 1000;

/// How exactly the public may know the place of an issue.
pub(crate) fn precision(blurred: bool, finest: PlacePrecision) -> PlacePrecision {
    if blurred { PlacePrecision::Settlement } else { finest }
}

/// The place as the public may know it.
pub(crate) fn public(place: &Place, precision: PlacePrecision) -> Place {
    match precision {
        PlacePrecision::Exact => place.clone(),
        PlacePrecision::Street => Place {
            coordinates: place.coordinates.map(|point| Coordinates {
                lat_e6: middle(point.lat_e6, STREET_E6),
                lon_e6: middle(point.lon_e6, STREET_E6),
            }),
            address: place.address.clone(),
            house: None,
            description: None,
        },
        PlacePrecision::Settlement => Place { coordinates: place.coordinates.map(cell), ..Place::default() },
    }
}

/// The centre of the fixed cell of one kilometre that the point lies in. How wide a cell is in
/// degrees depends on its row only, so that equal rows have equal columns.
fn cell(point: Coordinates) -> Coordinates {
    let lat_e6 = middle(point.lat_e6, KILOMETRE_E6);
    let shrink = (f64::from(lat_e6) / 1e6).to_radians().cos().max(0.01);
    #[expect(clippy::as_conversions, clippy::cast_possible_truncation, reason = "8,983 to 898,300, and floats have no other way")]
    let width = (f64::from(KILOMETRE_E6) / shrink).round() as i32;
    Coordinates { lat_e6, lon_e6: middle(point.lon_e6, width) }
}

/// The middle of the step that the value lies in.
fn middle(value: i32, step: i32) -> i32 {
    value.div_euclid(step) * step + step / 2
}

/// Stores the place and what the public may know of it; the ids of both, equal when they are.
pub(crate) async fn store(tx: &Write<'_>, community: CommunityId, place: &Place, precision: PlacePrecision) -> Result<(Uuid, Uuid)> {
    let exact = insert(tx, community, place, PlacePrecision::Exact).await?;
    let shown = match precision {
        PlacePrecision::Exact => exact,
        coarser => insert(tx, community, &public(place, coarser), coarser).await?,
    };
    Ok((exact, shown))
}

async fn insert(tx: &Write<'_>, community: CommunityId, place: &Place, precision: PlacePrecision) -> Result<Uuid> {
    let id = tx.id();
    Sql::with(
        "INSERT INTO place (id, community_id, lat_e6, lon_e6, address, house, description, precision) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
        [
            id.into(),
            community.into(),
            place.coordinates.map(|point| point.lat_e6).into(),
            place.coordinates.map(|point| point.lon_e6).into(),
            place.address.clone().into(),
            place.house.clone().into(),
            place.description.clone().into(),
            precision.into(),
        ],
    )
    .run(&**tx)
    .await?;
    Ok(id)
}

/// The columns of [`PlaceRow`], of `place`.
pub(crate) const COLUMNS: &str = "place.lat_e6, place.lon_e6, place.address, place.house, place.description AS place_description, place.precision";

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
        ShownPlace { coordinates, address: self.address, house: self.house, description: self.place_description, precision: self.precision }
    }

    pub(crate) fn place(self) -> Place {
        let ShownPlace { coordinates, address, house, description, .. } = self.shown();
        Place { coordinates, address, house, description }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_points_of_a_blurred_cell_are_one_and_nobody_moves_a_kilometre() {
        let point = |lat_e6, lon_e6| Place { coordinates: Some(Coordinates { lat_e6, lon_e6 }), house: Some("5".into()), ..Place::default() };
        let shown = |lat_e6, lon_e6| public(&point(lat_e6, lon_e6), PlacePrecision::Settlement);

        let here = shown(50_450_100, 30_523_400);
        assert_eq!(here, shown(50_450_300, 30_523_900));
        assert_eq!(here.house, None);
        let Coordinates { lat_e6, lon_e6 } = here.coordinates.unwrap();
        assert!((lat_e6 - 50_450_100).abs() <= 4_500);
        assert!((lon_e6 - 30_523_400).abs() <= 7_100);
        assert_ne!((lat_e6, lon_e6), (50_450_100, 30_523_400));
    }
}
