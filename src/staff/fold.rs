//! Text as it is searched: «Đặng Thị Ánh» is found by `dang thi anh`.

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::is_combining_mark;

/// The text in lower case, without diacritics, with single spaces between words.
pub(super) fn fold(text: &str) -> String {
    let plain: String = text
        .to_lowercase()
        .nfd()
        .filter(|c| !is_combining_mark(*c))
        // The bar of đ is no combining mark: Unicode does not take the letter apart.
        .map(|c| if c == 'đ' { 'd' } else { c })
        .collect();
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::fold;

    #[test]
    fn case_diacritics_and_spaces_do_not_matter() {
        assert_eq!(fold("  ĐẶNG   Thị Ánh "), "dang thi anh");
        assert_eq!(fold("Nguyễn Trường Vũ"), "nguyen truong vu");
        assert_eq!(fold("K’Brểu"), "k’breu");
        assert_eq!(fold("  "), "");
    }

    #[test]
    fn composed_and_decomposed_letters_are_the_same() {
        assert_eq!(fold("Hồ"), fold("Ho\u{302}\u{300}"));
    }
}
