//! Explanations of plans: empty seats, why a person, why not.

use crate::harness::{Answer, Client, Engine};
use crate::stage::{Stage, items};
use cadre::auth::Role;
use serde_json::{Value, json};
use std::thread;

const NOBODY: &str = "01980000-0000-7000-8000-000000000000";

/// Two people, two needs and money for one: the guide goes to the first commune, which asks for more urgent help.
struct Scene {
    stage: Stage,
    guide: String,
    learner: String,
    /// The need that is filled.
    filled: String,
    /// The need that is not.
    empty: String,
    /// The plan's path.
    plan: String,
}

fn scene(engine: Engine) -> Scene {
    let stage = Stage::on(engine);
    let (guide, learner) = (stage.person("land", 4), stage.person("land", 2));
    let (one, two) = (stage.need(0, "land", 1), stage.need(1, "land", 1));
    let round = format!("/rounds/{}", stage.round);
    let etag = stage.hr().get(&round).etag();
    stage
        .hr()
        .patch(&round, &etag, json!({"policy": {"max_secondments": 1}}))
        .ok();
    let (plan, _) = stage.solved(json!({"prohibitions": [{"staff": guide, "need": two}]}));
    assert_eq!(stage.pairs(&plan), [(guide.clone(), one.clone())]);
    Scene {
        stage,
        guide,
        learner,
        filled: one,
        empty: two,
        plan,
    }
}

impl Scene {
    fn certificate(&self, client: &Client, need: &str) -> Answer {
        client.get(&format!("{}/unmet-needs/{need}/certificate", self.plan))
    }

    fn explanation(&self, client: &Client, query: &str) -> Answer {
        client.get(&format!("{}/explanations?{query}", self.plan))
    }
}

/// The text lines of an answer, joined.
fn told(answer: &Value) -> String {
    let lines = answer["text"].as_array().unwrap().iter();
    lines
        .map(|line| line.as_str().unwrap())
        .collect::<Vec<_>>()
        .join("\n")
}

/// A GET in Vietnamese.
fn in_vietnamese(client: &Client, path: &str) -> Answer {
    client.request("GET", path).header("Accept-Language", "vi").send()
}

#[test]
fn an_empty_seat_has_a_certificate_with_what_would_fill_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scene = scene(engine);
        for role in [Role::Hr, Role::Approver, Role::Leader] {
            let found = scene
                .certificate(&scene.stage.server.signed_in(role), &scene.empty)
                .ok();
            assert_eq!(
                (&found["need"], &found["missing"], &found["field"]),
                (&json!(scene.empty), &json!(1), &json!("land"))
            );
            assert_eq!(
                found["bottlenecks"],
                json!([{"bottleneck": "max_secondments", "cap": 1}]),
                "{engine:?}"
            );
            let place = json!({"need": scene.empty, "unit": scene.stage.units[1]});
            assert_eq!(
                found["remedies"],
                json!([{
                    "change": {"edit": "max_secondments", "cap": 2},
                    "moves": [{"staff": scene.learner, "to": place}],
                }])
            );
            assert_eq!(
                found["funnel"]["stages"][0],
                json!({"stage": "in_field", "people": 2})
            );
        }
    }
}

#[test]
fn explanations_name_people_and_places_in_the_callers_language() {
    let scene = scene(Engine::Sqlite);
    let hr = scene.stage.hr();
    let path = format!("{}/unmet-needs/{}/certificate", scene.plan, scene.empty);
    let english = hr.get(&path).status(200);
    assert_eq!(english.header("Content-Language"), Some("en"));
    let unit = hr.get("/units?limit=2").ok()["items"][1].clone();
    let english = told(&english.json());
    for part in [
        "Land, natural resources",
        "Người Thử 2",
        unit["name_en"].as_str().unwrap(),
    ] {
        assert!(english.contains(part), "{part} in {english}");
    }
    let vietnamese = in_vietnamese(&hr, &path).status(200);
    assert_eq!(vietnamese.header("Content-Language"), Some("vi"));
    assert_eq!(vietnamese.header("Vary"), Some("Accept-Language"));
    let vietnamese = told(&vietnamese.json());
    for part in [
        "Đất đai",
        "Chỉ cần một trong các thay đổi",
        unit["name_vi"].as_str().unwrap(),
    ] {
        assert!(vietnamese.contains(part), "{part} in {vietnamese}");
    }
    for text in [english, vietnamese] {
        assert!(!text.contains(&scene.empty), "a key in {text}");
    }
}

#[test]
fn why_a_person_serves_is_told_with_the_plan_without_it() {
    for engine in [Engine::Sqlite, Engine::Postgres] {
        let scene = scene(engine);
        let hr = scene.stage.hr();
        let why = scene.explanation(&hr, &format!("staff={}", scene.guide)).ok();
        assert_eq!(
            (&why["answer"], &why["need"], &why["pinned"]),
            (&json!("serves"), &json!(scene.filled), &json!(false)),
            "{why}"
        );
        assert!(
            why["parts"]
                .as_array()
                .unwrap()
                .iter()
                .any(|part| part["tier"] == "fit")
        );
        let without = &why["without"];
        assert_eq!(without["moves"].as_array().unwrap().len(), 2, "{without}");
        assert_eq!(without["moves"][0]["staff"], json!(scene.guide));
        // the need where a person serves is the same question
        let there = scene.explanation(&hr, &format!("staff={}&need={}", scene.guide, scene.filled));
        assert_eq!(there.ok(), why, "{engine:?}");
    }
}

#[test]
fn what_memory_does_not_suffice_for_is_told_beside_what_is_known() {
    let scene = scene(Engine::Sqlite);
    // The solver itself, given no memory for the trial.
    let starved = r#"sed -u 's/"memory_limit_mib":768/"memory_limit_mib":0/' | $CADRE $1"#;
    scene.stage.server.explain_by(starved);
    let why = scene
        .explanation(&scene.stage.hr(), &format!("staff={}", scene.guide))
        .ok();
    assert_eq!(
        (&why["undecided"], &why["without"]),
        (&json!(true), &Value::Null),
        "{why}"
    );
    assert!(!why["parts"].as_array().unwrap().is_empty());
    assert!(
        told(&why).contains("Time or memory did not suffice"),
        "{}",
        told(&why)
    );
}

#[test]
fn why_not_a_person_is_told_with_the_rules_or_the_chain_of_moves() {
    let scene = scene(Engine::Sqlite);
    let hr = scene.stage.hr();
    let ask = |staff: &str, need: &str| scene.explanation(&hr, &format!("staff={staff}&need={need}")).ok();
    let chain = ask(&scene.learner, &scene.filled);
    assert_eq!(chain["answer"], "chain", "{chain}");
    let moves = chain["chain"]["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 2, "{chain}");
    assert_eq!(moves[0]["staff"], json!(scene.learner));
    assert_eq!(moves[1], json!({"staff": scene.guide, "from": moves[0]["to"]}));
    assert_eq!(chain["chain"]["tiers"][0]["tier"], "fit");
    assert!(told(&chain).contains("Người Thử 1 leaves"), "{}", told(&chain));
    let ruled_out = ask(&scene.guide, &scene.empty);
    assert_eq!(
        (
            &ruled_out["answer"],
            &ruled_out["reasons"],
            &ruled_out["waivable"]
        ),
        (&json!("not_eligible"), &json!(["forbidden_pair"]), &json!(false))
    );
    let stranger = scene.stage.person("justice", 4);
    // who came after the plan is not in it
    let path = format!("staff={stranger}&need={}", scene.empty);
    scene.explanation(&hr, &path).problem(404, "not_found");
}

#[test]
fn what_has_no_answer_says_why() {
    let scene = scene(Engine::Sqlite);
    let hr = scene.stage.hr();
    scene
        .certificate(&hr, &scene.filled)
        .problem(409, "nothing_to_explain");
    for absent in [NOBODY, "x"] {
        scene.certificate(&hr, absent).problem(404, "not_found");
    }
    let draft = scene.stage.draft(2, "land", 1).json()["id"]
        .as_str()
        .unwrap()
        .to_owned();
    scene.certificate(&hr, &draft).problem(404, "not_found");
    let query = |text: &str| scene.explanation(&hr, text);
    query(&format!("staff={}", scene.learner)).problem(409, "nothing_to_explain");
    query(&format!("staff={NOBODY}")).problem(404, "not_found");
    query(&format!("staff={}&need={NOBODY}", scene.guide)).problem(404, "not_found");
    query("")
        .problem(400, "malformed_request")
        .at("?staff", "bad_parameter");
    query("staff=x")
        .problem(400, "malformed_request")
        .at("?staff", "bad_parameter");
    let filled = format!("{}/unmet-needs/{}/certificate", scene.plan, scene.filled);
    let vietnamese = in_vietnamese(&hr, &filled).problem(409, "nothing_to_explain");
    assert!(
        vietnamese.value["detail"]
            .as_str()
            .unwrap()
            .contains("đã bố trí đủ")
    );
}

#[test]
fn a_plan_without_a_result_explains_nothing() {
    let stage = Stage::new();
    let (person, need) = (stage.person("land", 3), stage.need(0, "land", 1));
    let plan = stage.ask(json!({})).status(202).location();
    for path in [
        format!("{plan}/unmet-needs/{need}/certificate"),
        format!("{plan}/explanations?staff={person}"),
    ] {
        stage.hr().get(&path).problem(409, "invalid_transition");
    }
}

#[test]
fn pins_that_stand_against_a_person_are_named() {
    let stage = Stage::new();
    let (guide, learner) = (stage.person("land", 4), stage.person("land", 2));
    let need = stage.need(0, "land", 1);
    let (plan, _) = stage.solved(json!({"pins": [{"need": need, "staff": learner}]}));
    let hr = stage.hr();
    let why = hr.get(&format!("{plan}/explanations?staff={learner}")).ok();
    assert_eq!((&why["pinned"], &why["without"]), (&json!(true), &Value::Null));
    assert_eq!(why["undecided"], false);
    let path = format!("{plan}/explanations?staff={guide}&need={need}");
    let why_not = hr.get(&path).ok();
    let pins = json!([{"need": need, "staff": learner}, {"need": need, "staff": guide}]);
    assert_eq!(why_not["answer"], "no_plan");
    assert_eq!(
        why_not["contradictions"],
        json!({"found": [{"pins": pins, "rules": [], "seats": {&need: 1}, "minimal": true}], "more": false})
    );
    let vietnamese = told(&in_vietnamese(&hr, &path).ok());
    assert!(
        vietnamese.contains("không phương án nào đáp ứng đồng thời các điều sau:")
            && vietnamese.contains("  - việc ấn định "),
        "{vietnamese}"
    );
    assert_eq!(items(&hr, &format!("{plan}/unmet-needs")), Vec::<Value>::new());
}

#[test]
fn questions_are_bounded_in_time_and_number() {
    let scene = scene(Engine::Sqlite);
    scene.stage.server.explain_by("echo $$ >>$HERE/asked; sleep 300");
    let path = format!("{}/unmet-needs/{}/certificate", scene.plan, scene.empty);
    let ask = |client: Client| {
        let answer = client.get(&path);
        (answer.status, answer.json()["code"].as_str().unwrap().to_owned())
    };
    let [first, second, third] = [(); 3].map(|()| scene.stage.hr());
    let answers = thread::scope(|scope| {
        let asked = [first, second].map(|client| scope.spawn(|| ask(client)));
        // Both places are taken before the third asks.
        scene.stage.server.told("asked", 2);
        let turned_away = ask(third);
        let [first, second] = asked.map(|asked| asked.join().unwrap());
        [first, second, turned_away]
    });
    let count = |code: &str| {
        answers
            .iter()
            .filter(|answer| **answer == (503, code.to_owned()))
            .count()
    };
    assert_eq!(
        (count("solve_limit_reached"), count("overloaded")),
        (2, 1),
        "{answers:?}"
    );
    assert_eq!(scene.stage.server.told_by_stand_in("asked").lines().count(), 2);
    // others are served meanwhile, and afterwards
    scene.stage.hr().get(&scene.plan).ok();
}
