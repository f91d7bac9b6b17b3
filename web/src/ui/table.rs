use leptos::prelude::*;
use std::{hash::Hash, sync::Arc};

type Cell<T> = Arc<dyn Fn(&T) -> AnyView + Send + Sync>;

/// One column of a table: its heading, and how a row fills it.
#[derive(Clone)]
pub struct Column<T> {
    label: TextProp,
    numeric: bool,
    cell: Cell<T>,
}

impl<T> std::fmt::Debug for Column<T> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Column").field("numeric", &self.numeric).finish_non_exhaustive()
    }
}

impl<T> Column<T> {
    /// A column of words.
    pub fn new<V: IntoView + 'static>(
        label: impl Into<TextProp>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self { label: label.into(), numeric: false, cell: Arc::new(move |row| cell(row).into_any()) }
    }

    /// A column of figures, aligned by their digits.
    pub fn number<V: IntoView + 'static>(
        label: impl Into<TextProp>,
        cell: impl Fn(&T) -> V + Send + Sync + 'static,
    ) -> Self {
        Self { numeric: true, ..Self::new(label, cell) }
    }
}

/// A table; on a phone each row becomes a block of labelled lines. The first column names the row.
#[component]
pub fn Table<T, K, KeyOf>(
    columns: Vec<Column<T>>,
    #[prop(into)] rows: Signal<Vec<T>>,
    /// What stays the same of a row when the list changes.
    key: KeyOf,
    /// What the table is about; read aloud before it.
    #[prop(into)]
    caption: TextProp,
    /// Shows the caption above the table too.
    #[prop(optional)]
    caption_shown: bool,
) -> impl IntoView
where
    T: Clone + Send + Sync + 'static,
    K: Eq + Hash + 'static,
    KeyOf: Fn(&T) -> K + Clone + Send + Sync + 'static,
{
    let head = columns
        .iter()
        .map(|column| {
            let label = column.label.clone();
            view! { <th scope="col" class:num=column.numeric>{move || label.get()}</th> }
        })
        .collect_view();
    let columns = StoredValue::new(columns);
    let row = move |row: T| {
        let cells = columns
            .with_value(|columns| columns.iter().enumerate().map(|(at, column)| cell(at, column, &row)).collect_view());
        view! { <tr>{cells}</tr> }
    };
    view! {
        <table class="table stacks">
            <caption class:visually-hidden=!caption_shown>{move || caption.get()}</caption>
            <thead>
                <tr>{head}</tr>
            </thead>
            <tbody>
                <For each=move || rows.get() key=key children=row/>
            </tbody>
        </table>
    }
}

fn cell<T>(at: usize, column: &Column<T>, row: &T) -> AnyView {
    let content = (column.cell)(row);
    if at == 0 {
        return view! { <th scope="row">{content}</th> }.into_any();
    }
    let label = column.label.clone();
    view! { <td class:num=column.numeric data-label=move || label.get()>{content}</td> }.into_any()
}
