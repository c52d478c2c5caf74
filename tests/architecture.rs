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
    files(folders, "rs")
}

/// The files below these folders whose names end like this, as paths from the repository's root.
fn files(folders: &[&str], ending: &str) -> Vec<String> {
    fn walk(folder: &Path, ending: &str, found: &mut Vec<PathBuf>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                walk(&path, ending, found);
            } else if path.extension().is_some_and(|extension| extension == ending) {
                found.push(path);
            }
        }
    }
    let mut found = Vec::new();
    for folder in folders {
        walk(&root().join(folder), ending, &mut found);
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
            || ["src/cli/serve.rs", "src/cli/demo.rs", "src/cli/signals.rs"].contains(&file)
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
    let long: Vec<_> = rust_files(&["src", "solver/src", "bench/solver/src", "tests"])
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
    let silent: Vec<_> = rust_files(&["src", "solver/src", "bench/solver/src", "tests"])
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

/// The documents for people, as paths from the repository's root.
fn documents() -> Vec<String> {
    let mut found: Vec<String> = files(&["docs"], "md");
    found.extend(
        [
            "README.md",
            "CONTRIBUTING.md",
            "SECURITY.md",
            "data/README.md",
            "solver/README.md",
            "bench/solver/README.md",
        ]
        .map(str::to_owned),
    );
    found.retain(|file| root().join(file).exists());
    found
}

/// What stands between backticks in a text, code blocks left out.
fn quoted(text: &str) -> Vec<&str> {
    let prose = text.split("```").step_by(2);
    prose
        .flat_map(|part| part.split('`').skip(1).step_by(2))
        .collect()
}

#[test]
fn the_documents_name_paths_that_exist() {
    let folders: Vec<String> = fs::read_dir(root())
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_dir() && entry.file_name() != "target")
        .map(|entry| format!("{}/", entry.file_name().to_str().unwrap()))
        .collect();
    let mut wrong = Vec::new();
    for document in documents() {
        // The solver's guide speaks of its own folder.
        let bases = [
            root().to_owned(),
            root().join(&document).parent().unwrap().to_owned(),
        ];
        for quoted in quoted(&read(&document)) {
            let is_path = folders.iter().any(|folder| quoted.starts_with(folder))
                && !quoted.contains(|c: char| c.is_whitespace() || "*<>{}…".contains(c));
            if is_path && !bases.iter().any(|base| base.join(quoted).exists()) {
                wrong.push(format!("{quoted} in {document}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_documents_links_lead_somewhere() {
    let mut wrong = Vec::new();
    for document in documents() {
        let folder = root().join(&document).parent().unwrap().to_owned();
        let text = read(&document);
        let targets = text.split("](").skip(1).filter_map(|rest| rest.split(')').next());
        for target in targets.filter(|target| !target.contains("://")) {
            if !folder.join(target.split('#').next().unwrap()).exists() {
                wrong.push(format!("{target} in {document}"));
            }
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn the_api_guide_has_a_row_for_every_error_code() {
    let text = read("docs/api.md");
    let told: Vec<&str> = text
        .lines()
        .filter_map(|line| line.strip_prefix("| `")?.split_once("` | "))
        .filter(|(_, rest)| rest.starts_with(|c: char| c.is_ascii_digit()))
        .map(|(code, _)| code)
        .collect();
    for code in cadre::error::Code::ALL {
        let row = format!("| `{}` | {} | {} |", code.name(), code.status(), code.title().en);
        assert!(text.contains(&row), "no row in docs/api.md begins with {row}");
    }
    assert_eq!(told.len(), cadre::error::Code::ALL.len(), "{told:?}");
}

#[test]
fn the_data_dictionary_has_every_column() {
    let dictionary = read("docs/data-dictionary.md");
    let section = |table: &str| {
        let (_, rest) = dictionary
            .split_once(&format!("\n### {table}\n"))
            .unwrap_or_default();
        let end = rest.find("\n#").unwrap_or(rest.len());
        quoted(&rest[..end])
            .into_iter()
            .map(str::to_owned)
            .collect::<BTreeSet<_>>()
    };
    let (mut lacking, mut table) = (Vec::new(), String::new());
    for line in read("src/store/schema.rs").lines().map(str::trim) {
        if let Some((name, _)) = line.split_once(" (").filter(|_| line.ends_with(") {")) {
            table = name.to_owned();
        } else if let Some((column, _)) = line.split_once(" -> ").filter(|_| line.ends_with(','))
            && !section(&table).contains(column)
        {
            lacking.push(format!("{table}.{column}"));
        }
    }
    assert!(table.len() > 2, "the schema could not be read");
    assert_eq!(lacking, Vec::<String>::new());
}

#[test]
fn every_direct_dependency_is_explained() {
    let text = read("docs/dependencies.md");
    let mut lacking = Vec::new();
    for manifest in ["Cargo.toml", "solver/Cargo.toml", "bench/solver/Cargo.toml"] {
        let content = read(manifest);
        let sections = content.split("\n[").filter(|section| {
            section.starts_with("dependencies]") || section.starts_with("dev-dependencies]")
        });
        for name in sections
            .flat_map(|section| section.lines().skip(1))
            .filter_map(|line| line.split(['.', ' ', '=']).next())
            .filter(|name| !name.is_empty() && !name.starts_with('#'))
        {
            if !text.contains(&format!("`{name}`")) {
                lacking.push(format!("{name} of {manifest}"));
            }
        }
    }
    assert_eq!(lacking, Vec::<String>::new());
}
