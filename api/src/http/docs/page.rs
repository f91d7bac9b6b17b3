//! An OpenAPI 3.1 document as HTML.

use crate::{http::html::escape, wording};
use serde_json::{Map, Value};
use std::collections::BTreeMap;

const METHODS: [&str; 5] = ["get", "post", "put", "patch", "delete"];

/// One operation of the document.
struct Operation<'a> {
    method: &'a str,
    path: &'a str,
    body: &'a Value,
}

impl Operation<'_> {
    fn id(&self) -> &str {
        text(self.body, "operationId")
    }
}

/// The whole page.
pub(super) fn page(document: &Value) -> String {
    let groups = groups(document);
    let schemas: Vec<(&String, &Value)> =
        document.pointer("/components/schemas").and_then(Value::as_object).into_iter().flatten().collect();
    let contents: String = groups
        .iter()
        .map(|(tag, operations)| {
            let links: String = operations
                .iter()
                .map(|operation| {
                    format!(
                        "<li><a href=\"#{id}\"><b class=\"{method}\">{method}</b> {path}</a></li>",
                        id = escape(operation.id()),
                        method = operation.method,
                        path = path(operation.path)
                    )
                })
                .collect();
            format!("<details><summary>{}</summary><ul>{links}</ul></details>", escape(tag))
        })
        .collect();
    let operations: String = groups
        .iter()
        .map(|(tag, operations)| {
            format!(
                "<section><h2>{}</h2>{}</section>",
                escape(tag),
                operations.iter().map(operation).collect::<String>()
            )
        })
        .collect();
    let failures: String = document
        .pointer("/components/responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(name, answer)| {
            let name = escape(name);
            format!("<article id=\"answer-{name}\"><h3>{name}</h3><table>{}</table></article>", response(&name, answer))
        })
        .collect();
    let bodies: String = schemas.iter().map(|(name, schema)| body(name, schema)).collect();
    format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{title}: the API</title><link rel=\"stylesheet\" href=\"/api/docs.css\"></head><body>\
         <header><h1>{title}: the API</h1>{about}<p>Version {version}. The same for programs: <a href=\"/api/openapi.json\">/api/openapi.json</a> (OpenAPI 3.1).</p></header>\
         <nav aria-label=\"Contents\">{contents}<p><a href=\"#failures\">Failures</a></p><p><a href=\"#bodies\">Bodies</a></p></nav>\
         <main>{operations}<section id=\"failures\"><h2>Failures</h2>{failures}</section><section id=\"bodies\"><h2>Bodies</h2>{bodies}</section></main></body></html>\n",
        title = escape(document.pointer("/info/title").and_then(Value::as_str).unwrap_or_default()),
        about = prose(document.pointer("/info/description").and_then(Value::as_str).unwrap_or_default()),
        version = escape(document.pointer("/info/version").and_then(Value::as_str).unwrap_or_default()),
    )
}

/// The operations by their first tag.
fn groups(document: &Value) -> BTreeMap<&str, Vec<Operation<'_>>> {
    let mut groups: BTreeMap<&str, Vec<Operation<'_>>> = BTreeMap::new();
    for (path, item) in document.get("paths").and_then(Value::as_object).into_iter().flatten() {
        for method in METHODS {
            if let Some(body) = item.get(method) {
                let tag = body.pointer("/tags/0").and_then(Value::as_str).unwrap_or("other");
                groups.entry(tag).or_default().push(Operation { method, path, body });
            }
        }
    }
    groups
}

fn operation(operation: &Operation<'_>) -> String {
    let of = operation.body;
    let mut out = format!(
        "<article id=\"{id}\"><h3><b class=\"{method}\">{method}</b> <code>{path}</code></h3><p class=\"summary\">{summary}</p>",
        id = escape(operation.id()),
        method = operation.method,
        path = path(operation.path),
        summary = escape(text(of, "summary")),
    );
    out.push_str(&prose(text(of, "description")));
    let parameters: Vec<&Value> = of.get("parameters").and_then(Value::as_array).into_iter().flatten().collect();
    if !parameters.is_empty() {
        let rows: String = parameters
            .iter()
            .map(|parameter| {
                let name = text(parameter, "name");
                let about = format!(
                    "{} {}",
                    text(parameter, "in"),
                    if parameter.get("required") == Some(&Value::Bool(true)) { "(required)" } else { "" }
                );
                row(name, &about, parameter.get("schema").unwrap_or(&Value::Null), text(parameter, "description"))
            })
            .collect();
        out.push_str(&format!("<h4>Parameters</h4><table>{rows}</table>"));
    }
    for (kind, content) in of.pointer("/requestBody/content").and_then(Value::as_object).into_iter().flatten() {
        out.push_str(&format!(
            "<h4>Body</h4><p>{} <code>{}</code></p>{}",
            kind_of(content.get("schema").unwrap_or(&Value::Null)),
            escape(kind),
            examples(content)
        ));
    }
    let answers: String = of
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(status, answer)| response(status, answer))
        .collect();
    out.push_str(&format!("<h4>Answers</h4><table>{answers}</table></article>"));
    out
}

fn response(status: &str, answer: &Value) -> String {
    if let Some(name) = answer.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next()) {
        return format!(
            "<tr><th scope=\"row\">{}</th><td colspan=\"2\"><a href=\"#answer-{name}\">{name}</a></td></tr>",
            escape(status),
            name = escape(name)
        );
    }
    let bodies: Vec<String> = answer
        .get("content")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .map(|(kind, content)| {
            format!(
                "{} <code>{}</code>{}",
                kind_of(content.get("schema").unwrap_or(&Value::Null)),
                escape(kind),
                examples(content)
            )
        })
        .collect();
    format!(
        "<tr><th scope=\"row\">{}</th><td>{}</td><td>{}</td></tr>",
        escape(status),
        bodies.join("<br>"),
        escape(text(answer, "description"))
    )
}

/// The examples beside a body's schema, as they are sent.
fn examples(content: &Value) -> String {
    let one = content.get("example").into_iter();
    let several = content
        .get("examples")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
        .filter_map(|(_, example)| example.get("value"));
    one.chain(several).map(|example| format!("<pre>{}</pre>", escape(&format!("{example:#}")))).collect()
}

/// A named body with its fields.
fn body(name: &str, schema: &Value) -> String {
    let required: Vec<&str> =
        schema.get("required").and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str).collect();
    let fields = schema.get("properties").and_then(Value::as_object);
    let inside = match fields {
        Some(fields) => format!("<table>{}</table>", fields_of(fields, &required)),
        None => format!("<p>{}</p>", kind_of(schema)),
    };
    format!(
        "<article id=\"body-{name}\"><h3>{name}</h3>{about}{inside}</article>",
        name = escape(name),
        about = prose(text(schema, "description"))
    )
}

fn fields_of(fields: &Map<String, Value>, required: &[&str]) -> String {
    fields
        .iter()
        .map(|(name, schema)| {
            row(
                name,
                if required.contains(&name.as_str()) { "(required)" } else { "" },
                schema,
                text(schema, "description"),
            )
        })
        .collect()
}

fn row(name: &str, about: &str, schema: &Value, description: &str) -> String {
    format!(
        "<tr><th scope=\"row\"><code>{}</code> <small>{}</small></th><td>{}</td><td>{}</td></tr>",
        escape(name),
        escape(about.trim()),
        kind_of(schema),
        escape(description)
    )
}

/// What values a schema allows, in words.
fn kind_of(schema: &Value) -> String {
    if let Some(name) = schema.get("$ref").and_then(Value::as_str).and_then(|reference| reference.rsplit('/').next()) {
        return format!("<a href=\"#body-{name}\">{name}</a>", name = escape(name));
    }
    for (key, between) in [("oneOf", " or "), ("anyOf", " or "), ("allOf", " with ")] {
        if let Some(parts) = schema.get(key).and_then(Value::as_array) {
            return parts.iter().map(kind_of).collect::<Vec<_>>().join(between);
        }
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        return words
            .iter()
            .map(|word| format!("<code>{}</code>", escape(word.as_str().unwrap_or("null"))))
            .collect::<Vec<_>>()
            .join(" ");
    }
    let kinds: Vec<&str> = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().filter_map(Value::as_str).collect(),
        Some(Value::String(kind)) => vec![kind],
        _ => vec!["any"],
    };
    let format =
        schema.get("format").and_then(Value::as_str).map(|format| format!(" ({})", escape(format))).unwrap_or_default();
    let named = |kind: &&str| match *kind {
        "array" => format!("list of {}", kind_of(schema.get("items").unwrap_or(&Value::Null))),
        "object" => match schema.get("properties").and_then(Value::as_object) {
            Some(fields) => format!("<table>{}</table>", fields_of(fields, &[])),
            None => "object".to_owned(),
        },
        "null" => "null".to_owned(),
        kind => format!("{}{format}", escape(kind)),
    };
    kinds.iter().map(named).collect::<Vec<_>>().join(" or ")
}

/// Paragraphs of a doc comment, which is Markdown with lines as long as the source has them.
fn prose(text: &str) -> String {
    text.split("\n\n").map(|part| wording::render(&part.trim().replace('\n', " "))).collect()
}

/// A path that may break after each slash.
fn path(path: &str) -> String {
    escape(path).replace('/', "/<wbr>")
}

fn text<'a>(of: &'a Value, key: &str) -> &'a str {
    of.get(key).and_then(Value::as_str).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn an_operation_is_told_with_its_parameters_bodies_and_answers() {
        let document = json!({
            "info": {"title": "Spilno", "description": "a < b", "version": "1"},
            "paths": {"/issues/{id}": {"post": {
                "tags": ["issues"], "operationId": "resolve_issue", "summary": "Claim it",
                "parameters": [{"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}}],
                "requestBody": {"content": {"application/json": {"schema": {"$ref": "#/components/schemas/Claim"}, "example": {"statement": "<b>"}}}},
                "responses": {"200": {"description": "", "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Claim"}}}}},
            }}},
            "components": {"schemas": {"Claim": {"type": "object", "required": ["statement"], "properties": {
                "statement": {"type": "string", "description": "In words."},
                "since": {"oneOf": [{"type": "null"}, {"type": "array", "items": {"type": "integer", "format": "int64"}}]},
                "side": {"type": "string", "enum": ["community", "organisation"]},
            }}}},
        });

        let html = page(&document);

        assert!(html.contains("a &lt; b"));
        assert!(html.contains("<article id=\"resolve_issue\"><h3><b class=\"post\">post</b> <code>/<wbr>issues/<wbr>{id}</code></h3><p class=\"summary\">Claim it</p>"));
        assert!(html.contains("<code>id</code> <small>path (required)</small></th><td>string (uuid)</td>"));
        assert!(html.contains("<a href=\"#body-Claim\">Claim</a>"));
        assert!(html.contains("&quot;statement&quot;: &quot;&lt;b&gt;&quot;"));
        assert!(html.contains("<td>null or list of integer (int64)</td>"));
        assert!(html.contains("<code>community</code> <code>organisation</code>"));
    }
}
