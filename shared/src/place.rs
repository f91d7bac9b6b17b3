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
        let description =
            faults.take("description", optional_line(self.description.as_deref().unwrap_or_default(), 500));
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

/// How many rows of cells a degree of latitude has: each is 1.002 km high.
const ROWS: i64 = 111;

/// How many columns of cells a degree of longitude has in each degree of latitude away from the
/// equator: 111.32 × cos(degree + ½), rounded, so that a cell is as near to 1 km wide as a whole
/// number of them allows.
const COLUMNS: [u8; 90] = [
    111, 111, 111, 111, 111, 111, 111, 110, 110, 110, 109, 109, 109, 108, 108, 107, 107, 106, 106, 105, 104, 104, 103,
    102, 101, 100, 100, 99, 98, 97, 96, 95, 94, 93, 92, 91, 89, 88, 87, 86, 85, 83, 82, 81, 79, 78, 77, 75, 74, 72, 71,
    69, 68, 66, 65, 63, 61, 60, 58, 56, 55, 53, 51, 50, 48, 46, 44, 43, 41, 39, 37, 35, 33, 32, 30, 28, 26, 24, 22, 20,
    18, 16, 15, 13, 11, 9, 7, 5, 3, 1,
];

const DEGREE: i64 = 1_000_000;

impl Coordinates {
    /// The centre of the 1 km cell the point is in.
    ///
    /// The cells are fixed for good, since a grid that moved would tell more than one cell: every
    /// degree of latitude is cut into 111 rows of equal height, every degree of longitude into as
    /// many columns of equal width as a table has for that degree of latitude. A cell holds its
    /// southern and western edge; the centre is cut down to whole micro-degrees.
    pub fn cell(self) -> Coordinates {
        self.grid(1)
    }

    /// The centre of the tenth of a cell, about 100 m wide and high, the point is in.
    pub fn tenth(self) -> Coordinates {
        self.grid(10)
    }

    fn grid(self, finer: i64) -> Coordinates {
        // The pole belongs to the northernmost row, the antimeridian to the easternmost column.
        let lat = i64::from(self.lat_e6).min(90 * DEGREE - 1);
        let lon = i64::from(self.lon_e6).min(180 * DEGREE - 1);
        let degree = lat.div_euclid(DEGREE);
        let from_equator = if degree < 0 { -degree - 1 } else { degree };
        let columns = usize::try_from(from_equator).ok().and_then(|degree| COLUMNS.get(degree)).copied().unwrap_or(1);
        Coordinates { lat_e6: centre(lat, ROWS * finer), lon_e6: centre(lon, i64::from(columns) * finer) }
    }
}

/// The middle of the part that `value` is in, when each degree is cut into `parts`.
fn centre(value: i64, parts: i64) -> i32 {
    let (degree, within) = (value.div_euclid(DEGREE), value.rem_euclid(DEGREE));
    let part = within * parts / DEGREE;
    let middle = degree * DEGREE + (2 * part + 1) * DEGREE / (2 * parts);
    i32::try_from(middle).unwrap_or_default()
}

impl PlacePrecision {
    /// What the public sees of places: the community's finest, or the coarsest for a blurred one.
    pub fn public(finest: PlacePrecision, blurred: bool) -> PlacePrecision {
        if blurred { PlacePrecision::Settlement } else { finest }
    }
}

impl Place {
    /// The place as it is shown at a precision. A shown place is computed once and stored: filters,
    /// sorts and nearness for the public use it alone.
    pub fn shown(&self, precision: PlacePrecision) -> ShownPlace {
        let exact = precision == PlacePrecision::Exact;
        let street = exact || precision == PlacePrecision::Street;
        ShownPlace {
            coordinates: self.coordinates.map(|point| match precision {
                PlacePrecision::Exact => point,
                PlacePrecision::Street => point.tenth(),
                PlacePrecision::Settlement => point.cell(),
            }),
            address: self.address.clone().filter(|_| street),
            house: self.house.clone().filter(|_| exact),
            description: self.description.clone().filter(|_| exact),
            precision,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn point(lat_e6: i32, lon_e6: i32) -> Coordinates {
        Coordinates { lat_e6, lon_e6 }
    }

    #[test]
    fn the_grid_is_the_same_for_good() {
        assert_eq!(point(49_422_983, 26_987_133).cell(), point(49_418_918, 26_993_055));
        assert_eq!(point(-1, -1).cell(), point(-4_505, -4_505));
        assert_eq!(point(90_000_000, 180_000_000).cell(), point(89_995_495, 179_500_000));
    }

    #[test]
    fn what_is_blurred_keeps_no_words() {
        let place = Place {
            coordinates: Some(point(49_422_983, 26_987_133)),
            address: Some("вулиця Шкільна".into()),
            house: Some("7".into()),
            description: Some("біля криниці".into()),
        };

        let blurred = place.shown(PlacePrecision::public(PlacePrecision::Exact, true));
        let street = place.shown(PlacePrecision::Street);

        assert_eq!((blurred.address, blurred.house, blurred.description), (None, None, None));
        assert_ne!(blurred.coordinates, place.coordinates);
        assert_eq!((street.address.as_deref(), street.house), (Some("вулиця Шкільна"), None));
    }

    proptest! {
        #[test]
        fn blurring_twice_is_blurring_once(lat in -90_000_000..=90_000_000, lon in -180_000_000..180_000_000) {
            let cell = point(lat, lon).cell();

            prop_assert_eq!(cell.cell(), cell);
            prop_assert_eq!(point(lat, lon).tenth().cell(), cell);
        }

        #[test]
        fn the_centre_is_within_750_m(lat in -89_000_000..=89_000_000_i32, lon in -179_000_000..179_000_000_i32) {
            let cell = point(lat, lon).cell();

            let north = f64::from(cell.lat_e6 - lat) * 0.111_195;
            let east = f64::from(cell.lon_e6 - lon) * 0.111_320 * f64::from(lat).mul_add(1e-6, 0.0).to_radians().cos();
            prop_assert!(north.hypot(east) < 750.0 * if lat.abs() > 80_000_000 { 2.0 } else { 1.0 }, "{north} {east}");
        }
    }
}
