//! Plain SQL, one text for both databases, with `$1`, `$2`, … for its values.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// Every row of a query.
pub async fn all<R: FromQueryResult>(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<R>, DbErr> {
    R::find_by_statement(statement(db, sql, values)).all(db).await
}

/// The row of a query, if there is one.
pub async fn one<R: FromQueryResult>(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Option<R>, DbErr> {
    R::find_by_statement(statement(db, sql, values)).one(db).await
}

/// Changes something, and tells how many rows.
pub async fn execute(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbErr> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}
