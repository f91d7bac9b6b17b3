use crate::{
    auth::needs::Anyone,
    http::{answer, error::Result},
    indicator::store,
    state::AppState,
};
use actix_web::{
    HttpRequest, HttpResponse, get,
    http::header,
    web::{Data, Path},
};
use anyhow::Context;
use shared::{
    ids::IndicatorId,
    indicator::{CSV_HEADER, csv_row},
};

/// More rows than any indicator has in a hundred years of days.
const MOST: u64 = 40_000;

/// The values of an indicator as CSV (RFC 4180, UTF-8 with a byte order mark for spreadsheets).
#[utoipa::path(tag = "indicators", params(("id" = IndicatorId, Path)), responses((status = OK, body = String, content_type = "text/csv")))]
#[get("/indicators/{id}/measurements.csv")]
pub(super) async fn measurements_csv(
    anyone: Anyone,
    id: Path<IndicatorId>,
    req: HttpRequest,
    app: Data<AppState>,
) -> Result<HttpResponse> {
    let db = app.db.read();
    let indicator = store::find(db, *id).await?;
    let rows = store::measurements(db, "measurement.indicator_id = $1", vec![id.0.into()], MOST).await?;
    let (unit, lang) = (indicator.unit(), anyone.lang());
    let mut csv = csv::WriterBuilder::new().terminator(csv::Terminator::CRLF).from_writer(b"\xef\xbb\xbf".to_vec());
    csv.write_record(CSV_HEADER).context("write the header")?;
    for row in rows {
        csv.write_record(csv_row(&row.plain()?, unit.get(lang), &indicator.source).map(harmless))
            .context("write a row")?;
    }
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header((header::CONTENT_DISPOSITION, format!("attachment; filename=\"indicator-{id}.csv\"")))
        .insert_header((header::CACHE_CONTROL, answer::cache_control(&req)))
        .insert_header((header::VARY, answer::VARY))
        .body(csv.into_inner().map_err(|error| error.into_error()).context("end the file")?))
}

/// A spreadsheet runs what begins like a formula; a number with its sign stays a number.
fn harmless(cell: String) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']) && cell.parse::<f64>().is_err();
    if formula { format!("'{cell}") } else { cell }
}
