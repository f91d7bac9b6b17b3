//! Pages of a list: keyset cursors, never offsets.

use serde::{Deserialize, Deserializer, Serialize, de};

/// One page of a list and the way to the next.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Page<T> {
    pub items: Vec<T>,
    /// What `after` takes to go on; null at the end.
    pub next: Option<Cursor>,
}

/// Where a page ended: opaque to clients.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Cursor(pub String);

/// How many items a page holds: 1 to 100, 50 when not said.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(transparent)]
pub struct Limit(u8);

impl Limit {
    /// The most a page may hold.
    pub const MOST: u8 = 100;

    /// The limit as a count of rows.
    pub fn rows(self) -> u64 {
        self.0.into()
    }
}

impl Default for Limit {
    fn default() -> Self {
        Self(50)
    }
}

impl TryFrom<u8> for Limit {
    type Error = &'static str;

    fn try_from(rows: u8) -> Result<Self, Self::Error> {
        if (1..=Self::MOST).contains(&rows) { Ok(Self(rows)) } else { Err("limit is 1 to 100") }
    }
}

impl<'de> Deserialize<'de> for Limit {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        u8::deserialize(deserializer)?.try_into().map_err(de::Error::custom)
    }
}

/// Several values in one query parameter: `state=open,in_progress`; empty means any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Several<T>(pub Vec<T>);

impl<T> Several<T> {
    /// Whether nothing was chosen, which filters nothing.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

impl<T> Default for Several<T> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<T: Serialize> Serialize for Several<T> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut words = Vec::with_capacity(self.0.len());
        for value in &self.0 {
            match serde_json::to_value(value) {
                Ok(serde_json::Value::String(word)) => words.push(word),
                _ => return Err(serde::ser::Error::custom("only words can be several")),
            }
        }
        serializer.serialize_str(&words.join(","))
    }
}

impl<'de, T: de::DeserializeOwned> Deserialize<'de> for Several<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        text.split(',')
            .filter(|word| !word.is_empty())
            .map(|word| T::deserialize(de::value::StrDeserializer::new(word)))
            .collect::<Result<_, de::value::Error>>()
            .map(Self)
            .map_err(de::Error::custom)
    }
}

/// In the document an array; queries tell that its values are joined by commas. See
/// [`crate::draft::Patch`] for the trait.
#[cfg(feature = "openapi")]
impl<T: utoipa::__dev::ComposeSchema> utoipa::__dev::ComposeSchema for Several<T> {
    fn compose(
        generics: Vec<utoipa::openapi::RefOr<utoipa::openapi::schema::Schema>>,
    ) -> utoipa::openapi::RefOr<utoipa::openapi::schema::Schema> {
        Vec::<T>::compose(generics)
    }
}

#[cfg(feature = "openapi")]
impl<T: utoipa::ToSchema + utoipa::__dev::ComposeSchema> utoipa::ToSchema for Several<T> {}
