//! serde's messages as faults, in both languages. They are serde's own; a test pins each.

use crate::invalid::ErrorCode;
use crate::message::Message;

/// What kind of fault a message tells of, and what to do about it.
pub(super) fn told(what: &str) -> (ErrorCode, Message) {
    let (code, en, vi) = match what {
        _ if what.starts_with("unknown field") => (
            ErrorCode::UnknownKey,
            "remove the key or correct its spelling",
            "hãy bỏ khóa này hoặc sửa chính tả",
        ),
        _ if what.starts_with("missing field") => (ErrorCode::MissingKey, "add the key", "hãy thêm khóa này"),
        _ if what.starts_with("duplicate field") => (
            ErrorCode::DuplicateKey,
            "keep the key once",
            "chỉ giữ khóa này một lần",
        ),
        _ if what.starts_with("unknown variant") => (
            ErrorCode::UnknownWord,
            "use one of the words listed",
            "hãy dùng một trong các từ được nêu",
        ),
        // of the format's words, when there is a number in their place
        "expected value" => (
            ErrorCode::WrongType,
            "give one of the format's words, in quotes",
            "hãy cho một từ của định dạng, trong dấu nháy",
        ),
        _ if what.starts_with("invalid") => (
            ErrorCode::WrongType,
            "give a value of the type expected",
            "hãy cho giá trị đúng kiểu",
        ),
        // the format has one more kind of text that is parsed: dates
        _ => (
            ErrorCode::WrongType,
            "write the date as 2026-08-01",
            "hãy viết ngày như 2026-08-01",
        ),
    };
    let message = Message {
        en: format!("{what}: {en}"),
        vi: format!("{}: {vi}", in_vietnamese(what)),
    };
    (code, message)
}

fn in_vietnamese(what: &str) -> String {
    let (told, wanted) = what.split_once(", expected ").unwrap_or((what, ""));
    let words = wanted
        .strip_prefix("one of ")
        .unwrap_or(wanted)
        .replace(" or ", ", ");
    if let Some(key) = told.strip_prefix("unknown field ") {
        format!("không có khóa {key}; các khóa hợp lệ: {words}")
    } else if let Some(key) = told.strip_prefix("missing field ") {
        format!("thiếu khóa {key}")
    } else if let Some(key) = told.strip_prefix("duplicate field ") {
        format!("khóa {key} bị lặp lại")
    } else if let Some(word) = told.strip_prefix("unknown variant ") {
        format!("không có từ {word}; các từ hợp lệ: {words}")
    } else if let Some(got) = told.strip_prefix("invalid type: ") {
        let (got, wanted) = (kind(got), kind(wanted));
        format!("kiểu giá trị không đúng: là {got}, cần {wanted}")
    } else if let Some(got) = told.strip_prefix("invalid value: ") {
        let (got, wanted) = (kind(got), kind(wanted));
        format!("giá trị không hợp lệ: là {got}, cần {wanted}")
    } else if let Some(got) = told.strip_prefix("invalid length ") {
        format!("số phần tử không đúng: {got}, cần {}", kind(wanted))
    } else if what == "expected value" {
        "kiểu giá trị không đúng".to_owned()
    } else {
        "ngày không hợp lệ".to_owned()
    }
}

/// serde's words for kinds of values, and ours.
const KINDS: [(&str, &str); 17] = [
    ("a formatted date string", "ngày dạng 2026-08-01"),
    ("unit variant", "một từ đơn"),
    ("a string", "chuỗi"),
    ("a sequence", "danh sách"),
    ("a map", "đối tượng"),
    ("a boolean", "true hoặc false"),
    ("string", "chuỗi"),
    ("sequence", "danh sách"),
    ("map", "đối tượng"),
    ("boolean", "giá trị true/false"),
    ("integer", "số nguyên"),
    ("floating point", "số thập phân"),
    ("struct", "đối tượng"),
    ("u8", "số nguyên không âm"),
    ("u32", "số nguyên không âm"),
    ("u64", "số nguyên không âm"),
    ("f64", "số"),
];

fn kind(told: &str) -> String {
    let known = KINDS.iter().find_map(|(english, vietnamese)| {
        let rest = told.strip_prefix(english)?;
        (rest.is_empty() || rest.starts_with(' ')).then(|| format!("{vietnamese}{rest}"))
    });
    known.unwrap_or_else(|| told.to_owned())
}

#[cfg(test)]
mod tests {
    use super::in_vietnamese;

    #[test]
    fn what_serde_says_is_told_in_vietnamese() {
        for (english, vietnamese) in [
            (
                "unknown field `x`, expected one of `a`, `b`, `c`",
                "không có khóa `x`; các khóa hợp lệ: `a`, `b`, `c`",
            ),
            (
                "unknown variant `x`, expected `a` or `b`",
                "không có từ `x`; các từ hợp lệ: `a`, `b`",
            ),
            ("missing field `x`", "thiếu khóa `x`"),
            ("duplicate field `x`", "khóa `x` bị lặp lại"),
            (
                "invalid type: null, expected u32",
                "kiểu giá trị không đúng: là null, cần số nguyên không âm",
            ),
            (
                "invalid value: integer `-1`, expected u32",
                "giá trị không hợp lệ: là số nguyên `-1`, cần số nguyên không âm",
            ),
            ("premature end of input", "ngày không hợp lệ"),
        ] {
            assert_eq!(in_vietnamese(english), vietnamese);
        }
    }
}
