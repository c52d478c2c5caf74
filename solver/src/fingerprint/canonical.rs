//! JSON in one spelling: sorted, without white space, without what says nothing.

use serde::Serialize;
use serde_json::Value;

/// Lists whose order says something; see the rules in `fingerprint`.
const ORDERED: [&str; 2] = ["preferences", "minutes"];

/// A value as a tree. The document's types always have one: their keys are texts.
pub(super) fn tree<T: Serialize + ?Sized>(value: &T) -> Value {
    serde_json::to_value(value).unwrap_or_default()
}

/// The canonical text of a tree.
pub(super) fn text(tree: Value) -> String {
    match tree {
        Value::Array(items) => array(items.into_iter().map(text).collect()),
        Value::Object(members) => object(
            (members.into_iter())
                .map(|(key, value)| {
                    let ordered = ORDERED.contains(&key.as_str());
                    let text = if ordered { value.to_string() } else { text(value) };
                    member(&key, text)
                })
                .collect(),
        ),
        scalar => scalar.to_string(),
    }
}

/// The canonical text of a list of records.
pub(super) fn list<T: Serialize>(records: &[T]) -> String {
    array(records.iter().map(|record| text(tree(record))).collect())
}

/// A key's JSON text, and the text of what it holds.
pub(super) fn member(key: &str, text: String) -> (String, String) {
    (tree(key).to_string(), text)
}

/// The members in order, without those that say nothing.
pub(super) fn object(mut members: Vec<(String, String)>) -> String {
    members.retain(|(_, text)| text != "null" && text != "[]");
    members.sort_unstable();
    let members: Vec<String> = (members.into_iter())
        .map(|(key, text)| key + ":" + &text)
        .collect();
    format!("{{{}}}", members.join(","))
}

fn array(mut items: Vec<String>) -> String {
    items.sort_unstable();
    format!("[{}]", items.join(","))
}

#[cfg(test)]
mod tests {
    use super::text;
    use serde_json::json;

    #[test]
    fn lists_are_sorted_all_the_way_down_and_empty_ones_left_out() {
        let tree =
            json!({"b": [[2, 1], [], [1, 10, 9]], "a": {"c": [], "d": null}, "preferences": ["z", "a"]});
        assert_eq!(
            text(tree),
            r#"{"a":{},"b":[[1,10,9],[1,2],[]],"preferences":["z","a"]}"#
        );
    }

    #[test]
    fn a_key_that_begins_another_comes_first_unless_a_smaller_byte_follows() {
        // `"` is smaller than `a` and larger than `!`
        assert_eq!(
            text(json!({"ka": 1, "k": 2, "k!": 3})),
            r#"{"k!":3,"k":2,"ka":1}"#
        );
    }
}
