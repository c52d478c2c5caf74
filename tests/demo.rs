//! The demo, played whole by the real program: what it prints is the same every time, and holds the published outcome.

#![expect(
    clippy::unwrap_used,
    reason = "a test that fails panics; the lint knows #[test] functions only"
)]

use std::process::{Command, Output};

fn demo(arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_cadre"))
        .arg("demo")
        .args(arguments)
        .env("CADRE_LANG", "en")
        .output()
        .unwrap()
}

#[test]
fn the_round_ends_as_lam_dongs_did_and_prints_the_same_every_time() {
    let played = demo(&["--exit"]);
    let told = String::from_utf8_lossy(&played.stderr);
    assert!(played.status.success(), "{told}");
    let text = String::from_utf8(played.stdout).unwrap();
    for line in [
        "proof                       optimal",
        "independent checker         agrees",
        "Excellent                           66           25.4",
        "Good                                189          72.7",
        "Complete                            3            1.2",
        "Not yet evaluated                   2            0.8",
        "Total (shares: sum of the rounded)  260          100.1",
    ] {
        assert!(
            text.lines().any(|printed| printed == line),
            "`{line}` is missing in:\n{text}"
        );
    }
    insta::assert_snapshot!("demo", text);
}

#[test]
fn an_address_in_use_is_told_with_what_to_do() {
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let refused = demo(&["--exit", "--listen", &address]);
    assert_eq!(refused.status.code(), Some(2));
    let told = String::from_utf8_lossy(&refused.stderr);
    assert!(told.contains(&address) && told.contains("--listen"), "{told}");
}

#[test]
fn the_readme_shows_what_the_demo_prints() {
    let golden = include_str!("snapshots/demo__demo.snap");
    let readme = include_str!("../README.md");
    let shown = readme.split("```").nth(1).unwrap();
    let shown: Vec<&str> = shown
        .lines()
        .skip(1)
        .filter(|line| !line.is_empty() && *line != "…" && !line.starts_with('$'))
        .collect();
    assert!(shown.len() > 15, "the README shows the demo's output first");
    for line in shown {
        assert!(
            golden.lines().any(|printed| printed == line),
            "the README shows `{line}`, the demo does not"
        );
    }
}
