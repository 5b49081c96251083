//! The document in the reader's language. Its texts stand beside the code in English; the words files hold them
//! in both languages, and a test keeps the two Englishes the same.

use lt_web::Talk;
use serde_json::{Map, Value};

const PREFIX: &str = "targets-api-";

/// Sees the key of a text, and the text.
type See<'a> = dyn FnMut(String, &mut String) + 'a;

/// The document in the language of `t`.
#[must_use]
pub fn document_in(t: Talk<'_>) -> Value {
    let mut document = super::document();
    each_text(&mut document, &mut |key, text| {
        if t.words.has(&key) {
            t.s(&key).clone_into(text);
        }
    });
    document
}

/// Every text of the document that people read, with its key.
fn each_text(document: &mut Value, see: &mut See<'_>) {
    if let Some(info) = document.get_mut("info") {
        text(info, "description", "about", see);
    }
    for tag in list(document, "tags") {
        let key = format!("tag-{}", name(tag, "name"));
        text(tag, "description", &key, see);
    }
    for (_, methods) in entries(document, "paths") {
        for call in methods.as_object_mut().into_iter().flat_map(Map::values_mut) {
            call_texts(call, see);
        }
    }
    let Some(parts) = document.get_mut("components") else { return };
    for (schema, shape) in entries(parts, "schemas") {
        let schema = kebab(schema);
        text(shape, "description", &format!("schema-{schema}"), see);
        for (field, shape) in entries(shape, "properties") {
            text(shape, "description", &format!("field-{schema}-{}", kebab(field)), see);
        }
    }
}

fn call_texts(call: &mut Value, see: &mut See<'_>) {
    let (id, tag) = (name(call, "operationId"), call.pointer("/tags/0").and_then(Value::as_str).unwrap_or_default());
    let tag = tag.to_owned();
    text(call, "summary", &format!("call-{id}"), see);
    text(call, "description", &format!("call-{id}-more"), see);
    for asked in list(call, "parameters") {
        let key = format!("asked-{tag}-{}", name(asked, "name"));
        text(asked, "description", &key, see);
    }
    for (status, answer) in entries(call, "responses") {
        text(answer, "description", &format!("answer-{id}-{status}"), see);
    }
}

fn text(holder: &mut Value, part: &str, key: &str, see: &mut See<'_>) {
    if let Some(Value::String(text)) = holder.get_mut(part)
        && !text.is_empty()
    {
        see(format!("{PREFIX}{key}"), text);
    }
}

fn list<'a>(holder: &'a mut Value, part: &str) -> impl Iterator<Item = &'a mut Value> {
    holder.get_mut(part).and_then(Value::as_array_mut).into_iter().flatten()
}

fn entries<'a>(holder: &'a mut Value, part: &str) -> impl Iterator<Item = (&'a String, &'a mut Value)> {
    holder.get_mut(part).and_then(Value::as_object_mut).into_iter().flat_map(Map::iter_mut)
}

fn name(holder: &Value, part: &str) -> String {
    kebab(holder.get(part).and_then(Value::as_str).unwrap_or_default())
}

/// `NewObservation`, `title_en` and `Idempotency-Key` as keys write them.
fn kebab(name: &str) -> String {
    let mut made = String::with_capacity(name.len());
    let mut after_small = false;
    for letter in name.chars() {
        if after_small && letter.is_uppercase() {
            made.push('-');
        }
        after_small = letter.is_lowercase();
        made.push(if letter == '_' { '-' } else { letter.to_ascii_lowercase() });
    }
    made
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use lt_kernel::Lang;

    use super::*;

    fn keys(texts: &str) -> BTreeSet<String> {
        let lines = texts.lines().filter_map(|line| line.split_once(" = "));
        lines.map(|(key, _)| key.to_owned()).collect()
    }

    #[test]
    fn every_text_has_its_words_and_no_word_is_left_over() {
        let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
        let mut seen = BTreeSet::new();
        each_text(&mut super::super::document(), &mut |key, text| {
            let written = text.split_whitespace().collect::<Vec<_>>().join(" ");
            assert_eq!(words.say(Lang::En, &key), written, "{key} in api.en.ftl");
            seen.insert(key);
        });
        assert_eq!(seen, keys(include_str!("../../i18n/api.vi.ftl")));
    }

    #[test]
    fn the_reader_gets_the_language() {
        let words = lt_web::Words::load(&[("web", lt_web::WORDS), ("targets", crate::WORDS)]).unwrap();
        let document = document_in(words.talk(Lang::Vi));
        assert_eq!(
            document["components"]["schemas"]["NewObservation"]["properties"]["numerator"]["description"],
            "Tử số."
        );
        assert_eq!(document["paths"]["/api/v1/schemes"]["get"]["operationId"], "schemes");
    }

    #[test]
    fn names_become_keys() {
        let made = ["NewObservation", "title_en", "Idempotency-Key", "show"].map(kebab);
        assert_eq!(made, ["new-observation", "title-en", "idempotency-key", "show"]);
    }
}
