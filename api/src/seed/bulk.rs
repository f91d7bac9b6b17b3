//! Many rows in few statements.

use crate::db::Write;
use sea_orm::{ConnectionTrait, DbErr, Statement, Value};

/// So many rows in each statement; always the same, so that it is prepared once.
const ROWS: usize = 50;

/// Rows of one table, to be written.
#[derive(Debug)]
pub(super) struct Bulk {
    table: &'static str,
    columns: &'static str,
    width: usize,
    values: Vec<Value>,
}

impl Bulk {
    /// No rows of `table` yet; `columns` with commas between them.
    pub(super) fn new(table: &'static str, columns: &'static str) -> Self {
        Self { table, columns, width: columns.split(',').count(), values: Vec::new() }
    }

    /// Adds a row, its values in the order of the columns.
    pub(super) fn push<const N: usize>(&mut self, row: [Value; N]) {
        debug_assert_eq!(N, self.width, "{}", self.table);
        self.values.extend(row);
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.values.len() / self.width
    }

    /// Writes all rows.
    pub(super) async fn write(mut self, tx: &Write<'_>) -> Result<(), DbErr> {
        let full = self.statement(ROWS);
        while !self.values.is_empty() {
            let rest = self.values.split_off(self.values.len().min(ROWS * self.width));
            let values = std::mem::replace(&mut self.values, rest);
            let rows = values.len() / self.width;
            let sql = if rows == ROWS { full.clone() } else { self.statement(rows) };
            tx.execute_raw(Statement::from_sql_and_values(tx.get_database_backend(), sql, values)).await?;
        }
        Ok(())
    }

    fn statement(&self, rows: usize) -> String {
        let row = |at: usize| {
            let places: Vec<String> = (1..=self.width).map(|n| format!("${}", at * self.width + n)).collect();
            format!("({})", places.join(", "))
        };
        let rows: Vec<String> = (0..rows).map(row).collect();
        format!("INSERT INTO {} ({}) VALUES {}", self.table, self.columns, rows.join(", "))
    }
}
