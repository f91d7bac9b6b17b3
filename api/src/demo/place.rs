//! What is chosen for the content: where a street lies, at which hour something happens. Always
//! the same for the same words.

use crate::demo::content::Community;
use serde_json::{Value, json};

/// A number out of words (FNV-1a).
pub(super) fn number(words: &str) -> u64 {
    words.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

/// From 0 up to, and without, `below`.
pub(super) fn below(words: &str, below: i64) -> i64 {
    // The last bits of the hash are its weakest.
    i64::try_from(number(words) >> 24).unwrap_or_default() % below
}

/// A place in words, with its point: what names the same street or village lies close together, at
/// most two kilometres from the centre.
pub(super) fn of(community: &Community, words: &str) -> Value {
    let street = words.split_once(',').map_or(words, |(street, _)| street);
    let (lat, lon) = community.centre;
    let around = |words: String, metres: i64| below(&words, 2 * metres) - metres;
    // A millionth of a degree is 0.11 m northwards and 0.07 m eastwards here.
    let north = around(format!("{street} north"), 1900) * 9 + around(format!("{words} north"), 90) * 9;
    let east = around(format!("{street} east"), 1900) * 14 + around(format!("{words} east"), 90) * 14;
    json!({
        "address": words,
        "coordinates": { "lat_e6": i64::from(lat) + north, "lon_e6": i64::from(lon) + east },
    })
}
