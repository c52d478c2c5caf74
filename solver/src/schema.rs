//! The two documents as JSON Schema (draft 2020-12), read off the types that read and write them.
//!
//! A schema says of each value on its own what is allowed. That references lead somewhere, that
//! days are in order and that pins do not contradict each other is for
//! [`Problem::parse`](crate::Problem::parse) to say.

mod prose;

use crate::validate::MAX_MINUTES;
use crate::{Balance, FORMAT, Fingerprint, MAX_WEIGHT, PLAN_FORMAT, Plan, Problem, Reason, weighable_terms};
use schemars::generate::SchemaSettings;
use schemars::transform::RecursiveTransform;
use schemars::{JsonSchema, Schema, SchemaGenerator, json_schema};
use std::borrow::Cow;

/// The schema of a [`Problem`], as text with a final line break.
#[must_use]
pub fn problem() -> String {
    text::<Problem>(FORMAT)
}

/// The schema of a [`Plan`], as text with a final line break.
#[must_use]
pub fn plan() -> String {
    text::<Plan>(PLAN_FORMAT)
}

fn text<T: JsonSchema>(format: &str) -> String {
    let settings = SchemaSettings::draft2020_12().with_transform(RecursiveTransform(prose::plain));
    let mut schema = settings.into_generator().into_root_schema_for::<T>();
    schema.insert("title".to_owned(), format.into());
    format!("{:#}\n", schema.as_value())
}

/// Which terms take a weight, and which weights.
pub(crate) fn weights(schema: &mut Schema) {
    let names: Vec<&str> = weighable_terms().map(|(id, _)| id).collect();
    let weight = json_schema!({"type": "integer", "minimum": 0, "maximum": MAX_WEIGHT});
    schema.insert("propertyNames".to_owned(), json_schema!({"enum": names}).into());
    schema.insert("additionalProperties".to_owned(), weight.into());
}

/// Which reasons there are.
pub(crate) fn reasons(schema: &mut Schema) {
    schema.insert(
        "propertyNames".to_owned(),
        json_schema!({"enum": Reason::ALL}).into(),
    );
}

/// What a measured journey may take.
pub(crate) fn minutes(schema: &mut Schema) {
    let minutes = json_schema!({"type": ["integer", "null"], "minimum": 0, "maximum": MAX_MINUTES});
    let row = json_schema!({"type": "array", "items": minutes});
    schema.insert("items".to_owned(), row.into());
}

impl JsonSchema for Balance {
    fn schema_name() -> Cow<'static, str> {
        "Balance".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "`leximin` (or true): by the worst-served unit, then the second worst, and so on \
                through all units. `max_min`: by the worst-served unit alone. `off` (or false): not at all.",
            "enum": [true, false, "leximin", "max_min", "off"],
        })
    }
}

impl JsonSchema for Fingerprint {
    fn schema_name() -> Cow<'static, str> {
        "Fingerprint".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        json_schema!({
            "description": "A SHA-256 hash: 64 lower-case hexadecimal digits.",
            "type": "string",
            "pattern": "^[0-9a-f]{64}$",
        })
    }
}
