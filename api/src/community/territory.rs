use crate::{
    alphabet,
    auth::needs::Anyone,
    http::{
        error::Result,
        page::{self, List},
    },
};
use actix_web::{get, web::Query};
use shared::{
    community::{FoundUnit, ListTerritory, UnitLevel},
    names::Names,
    page::Page,
    territory::Territory,
};

/// Regions, districts and hromadas of the state codifier, by name: for choosing one in a form.
#[utoipa::path(tag = "communities", params(ListTerritory), responses((status = OK, body = Page<FoundUnit>)))]
#[get("/territory")]
pub(crate) async fn list_territory(_anyone: Anyone, list: Query<ListTerritory>) -> Result<List<FoundUnit>> {
    let limit = list.limit.unwrap_or_default();
    let after: Option<(Vec<u8>, String)> = list.after.as_ref().map(page::key).transpose()?;
    let mut units: Vec<_> = matching(&list)
        .into_iter()
        .map(|unit| (place(unit), unit))
        .filter(|(place, _)| after.as_ref().is_none_or(|after| place > after))
        .collect();
    units.sort_by(|(left, _), (right, _)| left.cmp(right));
    units.truncate(usize::try_from(limit.rows() + 1).unwrap_or(usize::MAX));
    let found: Vec<_> = units.into_iter().filter_map(|(place, unit)| Some((place, shown(unit)?))).collect();
    Ok(List(page::page(found, limit, |(place, _)| place.clone(), |(_, unit)| unit)?))
}

fn matching(list: &ListTerritory) -> Vec<&'static Territory> {
    let words = list.words.as_deref().unwrap_or_default();
    let named = |level| Territory::search(level, words);
    match &list.parent {
        Some(code) => {
            let level = |parent: &Territory| {
                if parent.level == UnitLevel::Region { UnitLevel::District } else { UnitLevel::Hromada }
            };
            let parent = Territory::find(code.as_str());
            let within = |unit: &&Territory| parent.is_some() && unit.parent() == parent;
            parent.map(|parent| named(level(parent)).filter(within).collect()).unwrap_or_default()
        }
        None if words.trim().is_empty() => named(UnitLevel::Region).chain(named(UnitLevel::City)).collect(),
        None => named(UnitLevel::Hromada).chain(named(UnitLevel::City)).collect(),
    }
}

/// Its place in the order.
fn place(unit: &Territory) -> (Vec<u8>, String) {
    (alphabet::sort_key(&Names { uk: unit.name.to_owned(), en: None }), unit.code.to_owned())
}

fn shown(unit: &'static Territory) -> Option<FoundUnit> {
    let mut within: Vec<_> = unit.chain().into_iter().filter_map(Territory::unit).collect();
    within.pop();
    Some(FoundUnit { unit: unit.unit()?, within })
}
