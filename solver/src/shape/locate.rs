//! From serde's line and column to a JSON pointer.

use crate::pointer_token;

/// The pointer of the innermost key or value that touches a position of a JSON text; empty, the
/// whole document, when none does.
///
/// serde_json counts lines from 1 and, in a line, the bytes consumed; it stops right behind the
/// token it objects to, or right before a bracket it did not expect.
pub(super) fn pointer(text: &str, line: usize, column: usize) -> String {
    let before: usize = (text.split_inclusive('\n').take(line.saturating_sub(1)))
        .map(str::len)
        .sum();
    let mut scanner = Scanner {
        bytes: text.as_bytes(),
        at: 0,
        target: before + column,
        found: None,
    };
    scanner.value("");
    scanner.found.unwrap_or_default()
}

/// Walks a text that is known to be JSON. What ends first is innermost, so the first hit stays.
struct Scanner<'t> {
    bytes: &'t [u8],
    at: usize,
    target: usize,
    found: Option<String>,
}

impl Scanner<'_> {
    fn value(&mut self, path: &str) {
        self.skip_space();
        let start = self.at;
        match self.peek() {
            b'{' => self.members(path),
            b'[' => self.items(path),
            b'"' => drop(self.string()),
            _ => {
                while self.at < self.bytes.len() && !b",]} \n\r\t".contains(&self.peek()) {
                    self.at += 1;
                }
            }
        }
        self.touch(start, path);
    }

    fn members(&mut self, path: &str) {
        self.at += 1;
        self.skip_space();
        while self.peek() == b'"' {
            let start = self.at;
            let inner = format!("{path}/{}", pointer_token(&self.string()));
            self.touch(start, &inner);
            self.skip_space();
            self.at += 1; // the colon
            self.value(&inner);
            self.skip_comma();
        }
        self.at += 1; // the brace
    }

    fn items(&mut self, path: &str) {
        self.at += 1;
        self.skip_space();
        let mut nth = 0;
        while self.at < self.bytes.len() && self.peek() != b']' {
            self.value(&format!("{path}/{nth}"));
            self.skip_comma();
            nth += 1;
        }
        self.at += 1; // the bracket
    }

    /// Steps over a string and returns it unescaped.
    fn string(&mut self) -> String {
        let start = self.at;
        self.at += 1;
        while self.at < self.bytes.len() && self.peek() != b'"' {
            self.at += if self.peek() == b'\\' { 2 } else { 1 };
        }
        self.at += 1;
        let raw = self.bytes.get(start..self.at).unwrap_or_default();
        serde_json::from_slice(raw).unwrap_or_default()
    }

    fn touch(&mut self, start: usize, path: &str) {
        if self.found.is_none() && (start..=self.at).contains(&self.target) {
            self.found = Some(path.to_owned());
        }
    }

    fn peek(&self) -> u8 {
        self.bytes.get(self.at).copied().unwrap_or(b' ')
    }

    fn skip_space(&mut self) {
        while self.at < self.bytes.len() && self.peek().is_ascii_whitespace() {
            self.at += 1;
        }
    }

    fn skip_comma(&mut self) {
        self.skip_space();
        if self.peek() == b',' {
            self.at += 1;
            self.skip_space();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::pointer;

    const TEXT: &str = "{\"a\": [10, {\"b/c\": \"x\"}],\n \"d\": {}}";

    #[test]
    fn a_position_behind_a_value_points_at_it() {
        assert_eq!(pointer(TEXT, 1, 9), "/a/0");
        assert_eq!(pointer(TEXT, 1, 22), "/a/1/b~1c");
    }

    #[test]
    fn a_position_behind_a_key_points_at_its_value() {
        assert_eq!(pointer(TEXT, 1, 17), "/a/1/b~1c");
        assert_eq!(pointer(TEXT, 2, 4), "/d");
    }

    #[test]
    fn a_position_behind_a_bracket_points_at_the_whole() {
        assert_eq!(pointer(TEXT, 1, 23), "/a/1");
        assert_eq!(pointer(TEXT, 2, 8), "/d");
        assert_eq!(pointer(TEXT, 2, 9), "");
    }

    #[test]
    fn a_text_that_ends_too_early_does_no_harm() {
        assert_eq!(pointer("{\"a\": [1, \"\\", 1, 11), "/a/1");
        assert_eq!(pointer("", 0, 0), "");
    }
}
