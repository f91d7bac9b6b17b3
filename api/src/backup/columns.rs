//! The tables of a database as they are, and how a value of each kind travels through JSON.

use anyhow::{Context, Result, bail};
use chrono::NaiveDate;
use sea_orm::{ConnectionTrait, DatabaseTransaction, DbBackend, FromQueryResult, Statement, Value};
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;
use std::collections::BTreeMap;
use uuid::Uuid;

/// A column's name and kind.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Column {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// What a column holds. Ids and bytes are one kind on SQLite and two on PostgreSQL; both travel as
/// hex digits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub(super) enum Kind {
    Integer,
    Small,
    Text,
    Boolean,
    Date,
    Bytes,
    Id,
}

impl Kind {
    fn of(declared: &str, backend: DbBackend) -> Result<Self> {
        Ok(match declared {
            "bigint" => Kind::Integer,
            "integer" if backend == DbBackend::Postgres => Kind::Small,
            "integer" => Kind::Integer,
            "text" => Kind::Text,
            "boolean" => Kind::Boolean,
            "date" => Kind::Date,
            "blob" | "bytea" => Kind::Bytes,
            "uuid" => Kind::Id,
            other => bail!("no backup of columns of type {other} yet"),
        })
    }

    /// The SQL that makes a column of this kind ready for a JSON array.
    pub(super) fn expression(self, column: &str, backend: DbBackend) -> String {
        let postgres = backend == DbBackend::Postgres;
        match self {
            Kind::Integer | Kind::Small | Kind::Text => column.to_owned(),
            Kind::Boolean if postgres => column.to_owned(),
            Kind::Boolean => format!("json(CASE {column} WHEN 1 THEN 'true' WHEN 0 THEN 'false' END)"),
            Kind::Date if postgres => format!("to_char({column}, 'YYYY-MM-DD')"),
            Kind::Date => column.to_owned(),
            Kind::Bytes if postgres => format!("encode({column}, 'hex')"),
            Kind::Bytes => format!("CASE WHEN {column} IS NOT NULL THEN lower(hex({column})) END"),
            Kind::Id => format!("replace(CAST({column} AS text), '-', '')"),
        }
    }

    /// The value to bind, from what the archive says.
    pub(super) fn value(self, json: Json) -> Result<Value> {
        Ok(match (self, json) {
            (Kind::Integer, Json::Null) => Value::BigInt(None),
            (Kind::Integer, json) => json.as_i64().context("a whole number")?.into(),
            (Kind::Small, Json::Null) => Value::Int(None),
            (Kind::Small, json) => i32::try_from(json.as_i64().context("a whole number")?)?.into(),
            (Kind::Boolean, Json::Null) => Value::Bool(None),
            (Kind::Boolean, json) => json.as_bool().context("true or false")?.into(),
            (Kind::Text, Json::String(text)) => text.into(),
            (Kind::Text, Json::Null) => Value::String(None),
            (Kind::Date, Json::String(day)) => day.parse::<NaiveDate>()?.into(),
            (Kind::Date, Json::Null) => Value::ChronoDate(None),
            (Kind::Bytes, Json::String(digits)) => bytes(&digits)?.into(),
            (Kind::Bytes, Json::Null) => Value::Bytes(None),
            (Kind::Id, Json::String(digits)) => Uuid::parse_str(&digits)?.into(),
            (Kind::Id, Json::Null) => Value::Uuid(None),
            (kind, _) => bail!("a value that is no {kind:?}"),
        })
    }
}

fn bytes(digits: &str) -> Result<Vec<u8>> {
    digits
        .as_bytes()
        .chunks(2)
        .map(|pair| u8::from_str_radix(str::from_utf8(pair)?, 16).context("two hex digits"))
        .collect()
}

#[derive(Debug, FromQueryResult)]
struct Row {
    table_name: String,
    column_name: String,
    declared: String,
}

/// Every table of ours with its columns; what the database derives (indexes of words) is left out.
pub(super) async fn tables(tx: &DatabaseTransaction) -> Result<BTreeMap<String, Vec<Column>>> {
    let sql = match tx.get_database_backend() {
        DbBackend::Postgres => {
            "SELECT CAST(c.table_name AS text) AS table_name, CAST(c.column_name AS text) AS column_name, CAST(c.data_type AS text) AS declared \
             FROM information_schema.columns c JOIN information_schema.tables t ON t.table_schema = c.table_schema AND t.table_name = c.table_name \
             WHERE c.table_schema = current_schema() AND t.table_type = 'BASE TABLE' AND c.is_generated = 'NEVER' AND c.table_name <> 'seaql_migrations' \
             ORDER BY c.table_name, c.ordinal_position"
        }
        _ => {
            "SELECT t.name AS table_name, c.name AS column_name, lower(c.type) AS declared \
             FROM pragma_table_list t JOIN pragma_table_info(t.name) c \
             WHERE t.schema = 'main' AND t.type = 'table' AND t.name NOT LIKE 'sqlite\\_%' ESCAPE '\\' AND t.name <> 'seaql_migrations' \
             ORDER BY t.name, c.cid"
        }
    };
    let mut tables: BTreeMap<String, Vec<Column>> = BTreeMap::new();
    for Row { table_name, column_name, declared } in
        Row::find_by_statement(Statement::from_string(tx.get_database_backend(), sql)).all(tx).await?
    {
        let kind = Kind::of(&declared, tx.get_database_backend())
            .with_context(|| format!("look at {table_name}.{column_name}"))?;
        tables.entry(table_name).or_default().push(Column { name: column_name, kind });
    }
    Ok(tables)
}
