//! Places: coordinates in whole micro-degrees, words, and how exactly the public may see them.

use crate::draft::{Draft, Faults, optional_line};
use crate::fields::between;
use crate::problem::FieldError;
use crate::words::words;
use serde::{Deserialize, Serialize};

/// A point in WGS 84, in whole micro-degrees (a millionth of a degree, at most 0.11 m).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Coordinates {
    /// Latitude × 1,000,000: −90,000,000 to 90,000,000.
    pub lat_e6: i32,
    /// Longitude × 1,000,000: −180,000,000 to 180,000,000.
    pub lon_e6: i32,
}

impl Draft for Coordinates {
    type Parsed = Coordinates;

    fn parse(self) -> Result<Coordinates, Vec<FieldError>> {
        let mut faults = Faults::new();
        let lat = faults.take("lat_e6", between(self.lat_e6.into(), -90_000_000, 90_000_000));
        let lon = faults.take("lon_e6", between(self.lon_e6.into(), -180_000_000, 180_000_000));
        faults.finish(lat.zip(lon).map(|_| self))
    }
}

words! {
    /// How exactly a place is shown.
    PlacePrecision in "place_precision" {
        /// As reported.
        Exact = "exact";
        /// Without house number and description, coordinates to about 100 m.
        Street = "street";
        /// The centre of a 1 km cell and no words; every blurred place is shown so.
        Settlement = "settlement";
    }
}

/// Where something is. One of its fields at least is there.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Place {
    #[serde(default)]
    pub coordinates: Option<Coordinates>,
    /// Settlement and street.
    #[serde(default)]
    pub address: Option<String>,
    /// House number, entrance, flat.
    #[serde(default)]
    pub house: Option<String>,
    /// In words: `біля школи, за мостом`.
    #[serde(default)]
    pub description: Option<String>,
}

/// A place as one reader may see it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ShownPlace {
    pub coordinates: Option<Coordinates>,
    pub address: Option<String>,
    pub house: Option<String>,
    pub description: Option<String>,
    pub precision: PlacePrecision,
}

impl Draft for Place {
    type Parsed = Place;

    fn parse(self) -> Result<Place, Vec<FieldError>> {
        let mut faults = Faults::new();
        let coordinates = self.coordinates.map(|point| faults.take_draft("coordinates", point));
        let address = faults.take("address", optional_line(self.address.as_deref().unwrap_or_default(), 200));
        let house = faults.take("house", optional_line(self.house.as_deref().unwrap_or_default(), 40));
        let description = faults.take("description", optional_line(self.description.as_deref().unwrap_or_default(), 500));
        let whole = || {
            let coordinates = coordinates.map_or(Some(None), |point| point.map(Some))?;
            Some(Place { coordinates, address: address?, house: house?, description: description? })
        };
        let whole = whole();
        if whole.as_ref().is_some_and(|place| *place == Place::default()) {
            faults.push(FieldError::new("address", crate::problem::Fault::Required));
        }
        faults.finish(whole)
    }
}
