//! Moments. Days are [`chrono::NaiveDate`].

use chrono::{DateTime, SecondsFormat, Utc};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de};
use std::{fmt, ops, str::FromStr};

/// A moment in UTC, in whole milliseconds since 1970; RFC 3339 in JSON (`2026-11-23T09:30:00.000Z`),
/// a 64-bit integer in the database, so that both databases sort and compare it alike.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
#[cfg_attr(feature = "db", derive(sea_orm::DeriveValueType))]
pub struct Timestamp(pub i64);

impl Timestamp {
    /// The moment as chrono knows it; moments outside chrono's years are cut to 1970.
    pub fn to_utc(self) -> DateTime<Utc> {
        DateTime::from_timestamp_millis(self.0).unwrap_or_default()
    }

    /// Whole milliseconds from `earlier` to here; negative when `earlier` is later.
    pub fn since(self, earlier: Timestamp) -> chrono::TimeDelta {
        chrono::TimeDelta::milliseconds(self.0.saturating_sub(earlier.0))
    }
}

impl From<DateTime<Utc>> for Timestamp {
    fn from(moment: DateTime<Utc>) -> Self {
        Self(moment.timestamp_millis())
    }
}

impl ops::Add<chrono::TimeDelta> for Timestamp {
    type Output = Timestamp;

    fn add(self, delta: chrono::TimeDelta) -> Timestamp {
        Timestamp(self.0.saturating_add(delta.num_milliseconds()))
    }
}

impl ops::Sub<chrono::TimeDelta> for Timestamp {
    type Output = Timestamp;

    fn sub(self, delta: chrono::TimeDelta) -> Timestamp {
        Timestamp(self.0.saturating_sub(delta.num_milliseconds()))
    }
}

impl fmt::Display for Timestamp {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_utc().to_rfc3339_opts(SecondsFormat::Millis, true))
    }
}

impl FromStr for Timestamp {
    type Err = chrono::ParseError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        DateTime::parse_from_rfc3339(text).map(|moment| moment.with_timezone(&Utc).into())
    }
}

impl Serialize for Timestamp {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Timestamp {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
        text.parse().map_err(de::Error::custom)
    }
}

#[cfg(feature = "openapi")]
impl utoipa::PartialSchema for Timestamp {
    fn schema() -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        use utoipa::openapi::{KnownFormat, ObjectBuilder, SchemaFormat, Type};
        ObjectBuilder::new()
            .schema_type(Type::String)
            .format(Some(SchemaFormat::KnownFormat(KnownFormat::DateTime)))
            .into()
    }
}

#[cfg(feature = "openapi")]
impl utoipa::ToSchema for Timestamp {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_moment_keeps_its_milliseconds_through_json() {
        let moment: Timestamp = "2026-11-23T11:30:00.120+02:00".parse().unwrap();

        assert_eq!(serde_json::to_string(&moment).unwrap(), r#""2026-11-23T09:30:00.120Z""#);
        assert_eq!(serde_json::from_str::<Timestamp>(r#""2026-11-23T09:30:00.120Z""#).unwrap(), moment);
    }
}
