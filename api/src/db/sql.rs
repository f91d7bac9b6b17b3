//! Plain SQL, one text for both databases, with `$1`, `$2`, … for its values.

use sea_orm::{ConnectionTrait, DbErr, FromQueryResult, Statement, Value};

/// Every row of a query.
pub async fn all<R: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Vec<R>, DbErr> {
    R::find_by_statement(statement(db, sql, values)).all(db).await
}

/// The row of a query, if there is one.
pub async fn one<R: FromQueryResult>(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<Option<R>, DbErr> {
    R::find_by_statement(statement(db, sql, values)).one(db).await
}

/// Changes something, and tells how many rows.
pub async fn execute(
    db: &impl ConnectionTrait,
    sql: &str,
    values: impl IntoIterator<Item = Value>,
) -> Result<u64, DbErr> {
    Ok(db.execute_raw(statement(db, sql, values)).await?.rows_affected())
}

fn statement(db: &impl ConnectionTrait, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
    Statement::from_sql_and_values(db.get_database_backend(), sql, values)
}

/// A statement in the making: `$1`, `$2`, … are numbered as values are bound.
#[derive(Debug, Clone, Default)]
pub struct Sql {
    text: String,
    values: Vec<Value>,
}

impl Sql {
    /// Begins with `text`.
    pub fn new(text: &str) -> Self {
        Self { text: text.to_owned(), values: Vec::new() }
    }

    /// A whole statement with its values as `$1`, `$2`, ….
    pub fn with<const N: usize>(text: &str, values: [Value; N]) -> Self {
        Self { text: text.to_owned(), values: values.into() }
    }

    /// Goes on with `text`, as it is.
    pub fn push(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Goes on with a value.
    pub fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        self.text.push_str(&format!("${}", self.values.len()));
        self
    }

    /// Goes on with another piece, whose values are numbered anew.
    pub fn append(&mut self, piece: Sql) -> &mut Self {
        let mut rest = piece.text.as_str();
        let mut values = piece.values.into_iter();
        // A piece numbers its values in the order in which it names them.
        while let Some((before, after)) = rest.split_once('$') {
            self.push(before);
            if let Some(value) = values.next() {
                self.bind(value);
            }
            rest = after.trim_start_matches(|letter: char| letter.is_ascii_digit());
        }
        self.push(rest)
    }

    /// Goes on with `(value, value, …)`; with no value that matches nothing.
    pub fn bind_all<V: Into<Value>>(&mut self, values: impl IntoIterator<Item = V>) -> &mut Self {
        self.push("(");
        let mut any = false;
        for value in values {
            if any {
                self.push(", ");
            }
            any = true;
            self.bind(value);
        }
        if !any {
            self.push("NULL");
        }
        self.push(")")
    }

    /// Carries it out, and tells how many rows it changed.
    pub async fn run(self, db: &impl ConnectionTrait) -> Result<u64, DbErr> {
        execute(db, &self.text, self.values).await
    }

    /// The one row there may be.
    pub async fn one<R: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Option<R>, DbErr> {
        one(db, &self.text, self.values).await
    }

    /// All rows.
    pub async fn all<R: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Vec<R>, DbErr> {
        all(db, &self.text, self.values).await
    }
}
