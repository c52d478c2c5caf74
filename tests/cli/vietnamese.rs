//! Whoever asks for Vietnamese reads nothing else: tables, labels and notes of the commands on files.

use crate::{PROBLEM, ended, problem, run};
use serde_json::{Value, json};
use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use tempfile::TempDir;

/// What both languages call alike.
const ALIKE: [&str; 2] = ["gini", "byte"];

/// The longer words of a text, without those that may be a part of a hash.
fn words(text: &str) -> BTreeSet<String> {
    (text.split(|character: char| !character.is_alphabetic()))
        .filter(|word| word.len() > 3 && !word.chars().all(|character| character.is_ascii_hexdigit()))
        .map(str::to_lowercase)
        .collect()
}

/// The words of the example's ids, which are in no language.
fn words_of_ids() -> BTreeSet<String> {
    let problem = problem();
    let lists = ["units", "people", "needs", "fields", "departments"];
    let rows = lists.iter().flat_map(|list| problem[*list].as_array().unwrap());
    rows.flat_map(|row| words(row["id"].as_str().unwrap())).collect()
}

/// What a command tells in Vietnamese on stdout and stderr: all these parts, and no word that it tells in English.
#[track_caller]
fn told(arguments: &[&str], parts: &[&str]) -> (String, String) {
    let (english, english_notes) = ended(&run(arguments), 0);
    let (vietnamese, notes) = ended(&run(&[arguments, &["--lang", "vi"]].concat()), 0);
    for part in parts {
        assert!(vietnamese.contains(part), "{part} in {vietnamese}");
    }
    let mut kept = words_of_ids();
    kept.extend(ALIKE.map(str::to_owned));
    // a note may name a file
    kept.extend(arguments.iter().flat_map(|argument| words(argument)));
    let vietnamese_words = words(&(vietnamese.clone() + &notes));
    let english_words = words(&(english + &english_notes));
    let left: Vec<&String> = english_words.intersection(&vietnamese_words).collect();
    assert!(
        left.iter().all(|word| kept.contains(*word)),
        "{left:?} in {vietnamese}{notes}"
    );
    (vietnamese, notes)
}

/// What a solve of this problem prints as JSON, in a file of this name.
fn plan(folder: &TempDir, name: &str, problem: &str) -> PathBuf {
    let (plan, _) = ended(&run(&["solve", problem, "--format", "json"]), 0);
    let path = folder.path().join(name);
    std::fs::write(&path, plan).unwrap();
    path
}

fn text(path: &Path) -> &str {
    path.to_str().unwrap()
}

#[test]
fn a_solve() {
    told(
        &["solve", PROBLEM],
        &[
            "tối ưu ở mọi tiêu chí",
            "cặp đủ điều kiện",
            "TIÊU CHÍ",
            "số vị trí cấp bách được bố trí",
            "đã chứng minh",
            "ĐI LẠI (PHÚT)",
            "ấn định",
            "bình thường",
            "1 trên 1",
            "VƯỚNG MẮC",
        ],
    );
}

#[test]
fn a_solve_with_measures() {
    told(
        &["solve", PROBLEM, "--measures"],
        &[
            "CHỈ SỐ",
            "  mức ưu tiên cấp bách",
            "đơn vị có mức đáp ứng thấp nhất",
            "hệ số Gini giữa các đơn vị",
            "tự nguyện",
            "phút",
            "cơ quan nnmt cử đi",
        ],
    );
}

#[test]
fn a_comparison() {
    let folder = tempfile::tempdir().unwrap();
    let first = plan(&folder, "first.json", PROBLEM);
    let mut other: Value = problem();
    other["units"][1]["cap"] = json!(3);
    other["departments"][1]["field_floors"] = json!({"land": 0});
    let revised = folder.path().join("revised.json");
    std::fs::write(&revised, other.to_string()).unwrap();
    let second = plan(&folder, "second.json", text(&revised));
    let (_, notes) = told(
        &["compare", PROBLEM, text(&first), text(&second)],
        &[
            "phương án thứ hai, theo tiêu chí: tổng số vị trí được bố trí",
            "hai bài toán, đối chiếu theo mã",
            "CHÊNH LỆCH",
            "NGƯỜI",
            "tan-ha-land tại 24916",
            "TĂNG, GIẢM",
            "CHỈ SỐ",
        ],
    );
    assert!(
        notes.starts_with("lưu ý: ") && notes.contains("second.json"),
        "{notes}"
    );
    let same = ["compare", PROBLEM, text(&first), text(&first)];
    told(&same, &["hai phương án ngang nhau", "giống nhau", "như nhau"]);
}

#[test]
fn a_replay() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(&folder, "plan.json", PROBLEM);
    told(
        &["replay", PROBLEM, text(&plan)],
        &["Tái lập được", "PHƯƠNG ÁN GHI", "bài toán", "phiên bản", "giống"],
    );
}

#[test]
fn a_new_plan_after_a_withdrawal() {
    let folder = tempfile::tempdir().unwrap();
    let plan = plan(&folder, "plan.json", PROBLEM);
    told(
        &["replan", PROBLEM, text(&plan), "--withdraw", "Hà Mẫu"],
        &[
            "Những thay đổi:",
            "số phân công được giữ nguyên",
            "NHU CẦU",
            "bố trí được",
        ],
    );
}

#[test]
fn what_an_assignment_is_worth() {
    let why = ["explain", PROBLEM, "why", "An Mẫu", "--lang", "vi"];
    let (told, _) = ended(&run(&why), 0);
    // the id stays, for it is what the documents explain
    let term = "mức năng lực cao hơn yêu cầu (fit_level)";
    assert!(told.contains(term), "{told}");
}
