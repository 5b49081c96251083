//! What the page shows of an `OpenAPI` document. Nothing in it is trusted: whatever is missing or of
//! another kind than the standard says is left out.

use serde_json::{Map, Value};

/// The document.
#[derive(Debug, Default)]
pub(super) struct Document {
    pub(super) title: String,
    pub(super) version: String,
    pub(super) description: String,
    pub(super) groups: Vec<Group>,
    pub(super) schemas: Vec<Schema>,
}

/// Operations under one tag.
#[derive(Debug)]
pub(super) struct Group {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) operations: Vec<Operation>,
}

/// One operation.
#[derive(Debug)]
pub(super) struct Operation {
    pub(super) method: String,
    pub(super) path: String,
    pub(super) summary: String,
    pub(super) description: String,
    pub(super) is_guarded: bool,
    pub(super) parameters: Vec<Property>,
    pub(super) bodies: Vec<Body>,
    pub(super) answers: Vec<Answer>,
}

/// What is sent or answered: its media type, its kind, an example.
#[derive(Debug)]
pub(super) struct Body {
    pub(super) media: String,
    pub(super) kind: Kind,
    pub(super) example: Option<String>,
}

/// An answer.
#[derive(Debug)]
pub(super) struct Answer {
    pub(super) status: String,
    pub(super) description: String,
    pub(super) bodies: Vec<Body>,
}

/// A named schema.
#[derive(Debug)]
pub(super) struct Schema {
    pub(super) name: String,
    pub(super) description: String,
    pub(super) kind: Option<Kind>,
    pub(super) properties: Vec<Property>,
}

/// A parameter or a property.
#[derive(Debug)]
pub(super) struct Property {
    pub(super) name: String,
    /// `path`, `query`, `header`; empty for a property.
    pub(super) place: String,
    pub(super) kind: Kind,
    pub(super) is_required: bool,
    pub(super) description: String,
}

/// The kind of a value.
#[derive(Debug, PartialEq)]
pub(super) enum Kind {
    Named(String),
    List(Box<Kind>),
    Plain(String),
    OneOf(Vec<Kind>),
}

/// How deep kinds and references are followed; a document may be endless by mistake.
const DEPTH: u8 = 8;

fn text(value: &Value, key: &str) -> String {
    value.get(key).and_then(Value::as_str).unwrap_or_default().to_owned()
}

fn entries<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = (&'a String, &'a Value)> {
    value.get(key).and_then(Value::as_object).into_iter().flat_map(Map::iter)
}

fn items<'a>(value: &'a Value, key: &str) -> impl Iterator<Item = &'a Value> {
    value.get(key).and_then(Value::as_array).into_iter().flatten()
}

/// Follows `$ref` inside the document.
fn follow<'a>(root: &'a Value, value: &'a Value, depth: u8) -> &'a Value {
    let target = value.get("$ref").and_then(Value::as_str).and_then(|place| place.strip_prefix('#'));
    match target.and_then(|place| root.pointer(place)) {
        Some(found) if depth > 0 => follow(root, found, depth - 1),
        _ => value,
    }
}

impl Kind {
    fn of(schema: &Value, depth: u8) -> Self {
        if let Some(place) = schema.get("$ref").and_then(Value::as_str) {
            return Self::Named(place.rsplit('/').next().unwrap_or(place).to_owned());
        }
        if depth == 0 {
            return Self::Plain("…".into());
        }
        let choices = ["oneOf", "anyOf", "allOf"].into_iter().flat_map(|key| items(schema, key));
        let choices: Vec<Self> = choices.map(|choice| Self::of(choice, depth - 1)).collect();
        if !choices.is_empty() {
            return Self::OneOf(choices);
        }
        let words: Vec<&str> = items(schema, "enum").filter_map(Value::as_str).collect();
        if !words.is_empty() {
            return Self::Plain(words.join(" | "));
        }
        let names = match schema.get("type") {
            Some(Value::Array(list)) => list.iter().filter_map(Value::as_str).collect::<Vec<_>>(),
            other => other.and_then(Value::as_str).into_iter().collect(),
        };
        if names.contains(&"array") {
            let of = schema.get("items").map_or(Self::Plain("…".into()), |items| Self::of(items, depth - 1));
            return Self::List(Box::new(of));
        }
        let format = schema.get("format").and_then(Value::as_str);
        let name = if names.is_empty() { "object".to_owned() } else { names.join(" | ") };
        Self::Plain(format.map_or(name.clone(), |format| format!("{name} ({format})")))
    }
}

fn property(name: String, place: String, schema: &Value, is_required: bool, description: String) -> Property {
    Property { name, place, kind: Kind::of(schema, DEPTH), is_required, description }
}

fn bodies(root: &Value, holder: &Value) -> Vec<Body> {
    let body = |(media, content): (&String, &Value)| {
        let schema = content.get("schema").unwrap_or(&Value::Null);
        let named = entries(content, "examples").find_map(|(_, example)| example.get("value"));
        let own = content.get("example").or(named).or_else(|| follow(root, schema, DEPTH).get("example"));
        let example = own.and_then(|example| serde_json::to_string_pretty(example).ok());
        Body { media: media.clone(), kind: Kind::of(schema, DEPTH), example }
    };
    entries(follow(root, holder, DEPTH), "content").map(body).collect()
}

fn operation(root: &Value, (path, shared): (&str, &Value), method: &str, value: &Value) -> Operation {
    let parameters = items(shared, "parameters").chain(items(value, "parameters")).map(|parameter| {
        let parameter = follow(root, parameter, DEPTH);
        let required = parameter.get("required").and_then(Value::as_bool).unwrap_or(false);
        let schema = parameter.get("schema").unwrap_or(&Value::Null);
        let description = text(parameter, "description");
        property(text(parameter, "name"), text(parameter, "in"), schema, required, description)
    });
    let answers = entries(value, "responses").map(|(status, answer)| Answer {
        status: status.clone(),
        description: text(follow(root, answer, DEPTH), "description"),
        bodies: bodies(root, answer),
    });
    let guard = value.get("security").or_else(|| root.get("security")).and_then(Value::as_array);
    Operation {
        method: method.to_uppercase(),
        path: path.to_owned(),
        summary: text(value, "summary"),
        description: text(value, "description"),
        is_guarded: guard.is_some_and(|list| !list.is_empty()),
        parameters: parameters.collect(),
        bodies: value.get("requestBody").map(|body| bodies(root, body)).unwrap_or_default(),
        answers: answers.collect(),
    }
}

fn schema((name, value): (&String, &Value)) -> Schema {
    let required: Vec<&str> = items(value, "required").filter_map(Value::as_str).collect();
    let properties: Vec<Property> = entries(value, "properties")
        .map(|(name, schema)| {
            let description = text(schema, "description");
            property(name.clone(), String::new(), schema, required.contains(&name.as_str()), description)
        })
        .collect();
    let kind = properties.is_empty().then(|| Kind::of(value, DEPTH));
    Schema { name: name.clone(), description: text(value, "description"), kind, properties }
}

impl Document {
    /// What there is to show of a document.
    pub(super) fn of(root: &Value) -> Self {
        let mut groups: Vec<Group> = items(root, "tags")
            .map(|tag| Group { name: text(tag, "name"), description: text(tag, "description"), operations: Vec::new() })
            .collect();
        for (path, item) in entries(root, "paths") {
            for method in ["get", "post", "put", "patch", "delete"] {
                let Some(value) = item.get(method) else { continue };
                let found = operation(root, (path, item), method, value);
                let tag = items(value, "tags").find_map(Value::as_str).unwrap_or_default();
                if let Some(group) = groups.iter_mut().find(|group| group.name == tag) {
                    group.operations.push(found);
                } else {
                    let operations = vec![found];
                    groups.push(Group { name: tag.to_owned(), description: String::new(), operations });
                }
            }
        }
        groups.retain(|group| !group.operations.is_empty());
        let info = root.get("info").unwrap_or(&Value::Null);
        let components = root.get("components").unwrap_or(&Value::Null);
        Self {
            title: text(info, "title"),
            version: text(info, "version"),
            description: text(info, "description"),
            groups,
            schemas: entries(components, "schemas").map(schema).collect(),
        }
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn references_are_followed_and_endless_ones_end() {
        let root = json!({
            "info": {"title": "T"},
            "paths": {"/a/{id}": {
                "parameters": [{"$ref": "#/components/parameters/Id"}],
                "get": {"tags": ["x"], "responses": {"200": {"description": "ok", "content": {
                    "application/json": {"schema": {"type": "array", "items": {"$ref": "#/components/schemas/A"}}}}}}}}},
            "components": {
                "parameters": {"Id": {"name": "id", "in": "path", "required": true, "schema": {"type": "string", "format": "uuid"}},
                               "Loop": {"$ref": "#/components/parameters/Loop"}},
                "schemas": {"A": {"required": ["n"], "properties": {"n": {"type": ["integer", "null"]}}}}}
        });
        let document = Document::of(&root);
        let operation = &document.groups[0].operations[0];
        assert_eq!((operation.method.as_str(), operation.parameters[0].name.as_str()), ("GET", "id"));
        assert_eq!(operation.parameters[0].kind, Kind::Plain("string (uuid)".into()));
        assert_eq!(operation.answers[0].bodies[0].kind, Kind::List(Box::new(Kind::Named("A".into()))));
        assert!(document.schemas[0].properties[0].is_required);
        let endless = json!({"$ref": "#/components/parameters/Loop"});
        assert_eq!(follow(&root, &endless, DEPTH), &root["components"]["parameters"]["Loop"]);
    }

    #[test]
    fn nonsense_shows_nothing_instead_of_failing() {
        for root in
            [json!(null), json!([1]), json!({"paths": 3, "components": []}), json!({"paths": {"/": {"get": 1}}})]
        {
            let document = Document::of(&root);
            assert!(document.schemas.is_empty());
        }
    }
}
