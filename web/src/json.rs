//! JSON, read with the browser's own parser: `serde_json` writes several times as much code for each type.

use serde::de::DeserializeOwned;
use serde_wasm_bindgen::Error;

/// A value from its text.
pub fn read<T: DeserializeOwned>(text: &str) -> Result<T, Error> {
    let value = js_sys::JSON::parse(text).map_err(Error::from)?;
    serde_wasm_bindgen::from_value(value)
}
