//! Holds the code to the rules between its rooms, which `src/lib.rs` tells.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails panics; the lint knows #[test] functions only"
)]

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

/// The longest file that one can still keep in mind.
const LONGEST: usize = 500;
/// What a slice is made of.
const SLICE: [&str; 6] = [
    "mod.rs",
    "routes.rs",
    "dto.rs",
    "service.rs",
    "model.rs",
    "store.rs",
];
/// What a slice may lack, each with the reason.
const LACKING: &[(&str, &str)] = &[
    (
        "src/audit/service.rs",
        "the log is written by Store::write and only read here; there are no rules",
    ),
    (
        "src/reports/model.rs",
        "each report brings its own types, in its own file",
    ),
];

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// The Rust files below these folders, as paths from the repository's root.
fn rust_files(folders: &[&str]) -> Vec<String> {
    fn walk(folder: &Path, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, found);
            } else if path.extension().is_some_and(|extension| extension == "rs") {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in folders {
        walk(&root().join(folder), &mut found);
    }
    let relative = |path: &PathBuf| path.strip_prefix(root()).unwrap().to_str().unwrap().to_owned();
    let mut files: Vec<String> = found.iter().map(relative).collect();
    files.sort();
    files
}

fn read(file: &str) -> String {
    fs::read_to_string(root().join(file)).unwrap()
}

/// The file's lines without those that are comments.
fn code(file: &str) -> String {
    let text = read(file);
    let lines = text.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

/// The files of `src/` whose code holds `word` and that are not `allowed` to.
fn strangers(word: &str, allowed: impl Fn(&str) -> bool) -> Vec<String> {
    let all = rust_files(&["src"]).into_iter();
    all.filter(|file| !allowed(file) && code(file).contains(word))
        .collect()
}

#[test]
fn the_web_framework_stays_at_the_edge() {
    let edge = |file: &str| {
        file.starts_with("src/http/")
            || file.starts_with("src/auth/")
            || file.ends_with("/routes.rs")
            || ["src/cli/serve.rs", "src/cli/demo.rs"].contains(&file)
    };
    assert_eq!(strangers("actix_web", edge), Vec::<String>::new());
}

#[test]
fn queries_stay_in_the_stores() {
    let store =
        |file: &str| file.starts_with("src/store/") || file.ends_with("/store.rs") || file == "src/ids.rs";
    assert_eq!(strangers("diesel", store), Vec::<String>::new());
}

#[test]
fn time_has_one_source() {
    for word in ["Utc::now", "Local::now", "SystemTime::now"] {
        assert_eq!(
            strangers(word, |file| file == "src/clock.rs"),
            Vec::<String>::new(),
            "{word}"
        );
    }
}

#[test]
fn no_file_is_longer_than_one_can_keep_in_mind() {
    let long: Vec<_> = rust_files(&["src", "solver/src", "tests"])
        .into_iter()
        .map(|file| (read(&file).lines().count(), file))
        .filter(|(lines, _)| *lines > LONGEST)
        .collect();
    assert_eq!(long, Vec::new());
}

#[test]
fn every_slice_has_its_files() {
    let files: BTreeSet<String> = rust_files(&["src"]).into_iter().collect();
    let slices = files.iter().filter_map(|file| file.strip_suffix("/routes.rs"));
    let expected = slices.flat_map(|slice| SLICE.map(|name| format!("{slice}/{name}")));
    let lacking: Vec<String> = expected.filter(|file| !files.contains(file)).collect();
    let excused: Vec<&str> = LACKING.iter().map(|(file, _)| *file).collect();
    assert_eq!(
        lacking, excused,
        "a slice has {SLICE:?}; what it may lack stands in this test with its reason"
    );
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<_> = rust_files(&["src", "solver/src", "tests"])
        .into_iter()
        .filter(|file| !read(file).starts_with("//!"))
        .collect();
    assert_eq!(silent, Vec::<String>::new());
}

#[test]
fn the_solver_knows_neither_web_nor_database() {
    let manifest = read("solver/Cargo.toml");
    let dependencies = manifest
        .split("\n[")
        .filter(|section| section.starts_with("dependencies"));
    let names: BTreeSet<&str> = dependencies
        .flat_map(|section| section.lines().skip(1))
        .filter_map(|line| line.split(['.', ' ', '=']).next())
        .filter(|name| !name.is_empty() && !name.starts_with('#'))
        .collect();
    assert!(names.contains("serde"), "{names:?}");
    for name in names {
        let foreign = ["actix", "diesel", "tokio", "ureq", "utoipa", "cadre"];
        assert!(
            !foreign.iter().any(|word| name.starts_with(word)),
            "the solver depends on {name}"
        );
    }
}

#[test]
fn the_documents_name_paths_that_exist() {
    let mut documents: Vec<PathBuf> = fs::read_dir(root().join("docs"))
        .map(|entries| entries.map(|entry| entry.unwrap().path()).collect())
        .unwrap_or_default();
    documents.retain(|path| path.extension().is_some_and(|extension| extension == "md"));
    documents.extend(
        ["README.md", "CONTRIBUTING.md", "SECURITY.md", "data/README.md"].map(|file| root().join(file)),
    );
    let folders: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir() && entry.file_name() != "target")
        .map(|entry| format!("{}/", entry.file_name().to_str().unwrap()))
        .collect();
    let mut wrong = Vec::new();
    for document in documents.iter().filter(|path| path.exists()) {
        let text = fs::read_to_string(document).unwrap();
        for quoted in text.split('`').skip(1).step_by(2) {
            let is_path = folders.iter().any(|folder| quoted.starts_with(folder))
                && !quoted.contains(|c: char| c.is_whitespace() || "*<>{}…".contains(c));
            if is_path && !root().join(quoted).exists() {
                wrong.push(format!("{quoted} in {}", document.display()));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}
