//! What no plan keeps together, in words.

use super::prices::rule;
use super::{Explain, Language, say};
use crate::binding::{Contradiction, Contradictions};
use crate::explain::Names;
use crate::ids::{NeedId, PersonId};
use crate::problem::Pin;

/// Most pins of a contradiction that are listed, and most rules.
const MOST: usize = 10;

/// What is to be true of a plan beside pins and rules.
#[derive(Clone, Copy)]
pub(super) enum Setting<'s> {
    /// Nothing.
    AsItIs,
    /// That somebody serves a need. That is no pin of the problem, though it is listed as one.
    With(&'s PersonId, &'s NeedId),
    /// That somebody does not.
    Without(&'s PersonId, &'s NeedId),
}

impl Explain for Contradictions {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        self.lines_in(Setting::AsItIs, language, names)
    }
}

impl Contradictions {
    pub(super) fn lines_in(
        &self,
        setting: Setting<'_>,
        language: Language,
        names: &dyn Names,
    ) -> Vec<String> {
        let mut lines = Vec::new();
        for (nth, one) in self.found.iter().enumerate() {
            let parts = parts(one, setting, language, names);
            lines.push(head(setting, nth == 0, parts.len(), language, names));
            lines.extend(parts.iter().map(|part| format!("  - {part}")));
            lines.extend(surplus(one, language));
        }
        lines.extend(further(self, language));
        lines
    }

    /// The same in one line, for messages.
    #[must_use]
    pub fn sentence(&self, language: Language, names: &dyn Names) -> String {
        let mut sentences = Vec::new();
        for (nth, one) in self.found.iter().enumerate() {
            let parts = parts(one, Setting::AsItIs, language, names);
            let head = head(Setting::AsItIs, nth == 0, parts.len(), language, names);
            sentences.push(format!("{head} {}.", parts.join("; ")));
            sentences.extend(surplus(one, language));
        }
        sentences.extend(further(self, language));
        sentences.join(" ")
    }
}

fn head(setting: Setting<'_>, is_first: bool, parts: usize, language: Language, names: &dyn Names) -> String {
    match (setting, is_first, parts) {
        (Setting::With(person, need), true, _) => {
            let (person, need) = (names.person(person), names.need(need));
            let what = together(parts, language);
            say!(
                language,
                "{person} may serve {need}, but no plan with {person} there keeps {what}:",
                "{person} đủ điều kiện phục vụ {need}, nhưng nếu bố trí {person} ở đó thì không phương án nào đáp ứng {what}:",
            )
        }
        (Setting::Without(person, need), true, _) => {
            let (person, need) = (names.person(person), names.need(need));
            let what = together(parts, language);
            say!(
                language,
                "Every plan needs {person} at {need}; no plan without it keeps {what}:",
                "Phương án nào cũng phải bố trí {person} tại {need}; nếu không thì không phương án nào đáp ứng {what}:",
            )
        }
        (Setting::With(..) | Setting::Without(..), false, _) => {
            let what = together(parts, language);
            say!(
                language,
                "Nor does one keep {what}:",
                "Cũng không phương án nào đáp ứng {what}:"
            )
        }
        (_, true, 0..=1) => say!(
            language,
            "With people, needs, rest and travel as they are, no plan keeps this, so it has to be given up:",
            "Với nhân sự, nhu cầu, thời gian nghỉ và đi lại như hiện nay, không phương án nào đáp ứng được điều sau, nên \
             phải bỏ:",
        ),
        (_, true, _) => say!(
            language,
            "With people, needs, rest and travel as they are, no plan keeps all of these together, so at least one has \
             to be given up:",
            "Với nhân sự, nhu cầu, thời gian nghỉ và đi lại như hiện nay, không phương án nào đáp ứng đồng thời các điều \
             sau, nên phải bỏ ít nhất một:",
        ),
        (_, false, 0..=1) => say!(
            language,
            "Nor this, so it has to be given up as well:",
            "Cũng không thể đáp ứng điều sau, nên cũng phải bỏ:",
        ),
        (_, false, _) => say!(
            language,
            "Nor all of these, so at least one has to be given up as well:",
            "Cũng không thể đáp ứng đồng thời các điều sau, nên cũng phải bỏ ít nhất một:",
        ),
    }
}

fn together(parts: usize, language: Language) -> String {
    if parts > 1 {
        say!(language, "all of these together", "đồng thời các điều sau")
    } else {
        say!(language, "this", "được điều sau")
    }
}

fn parts(one: &Contradiction, setting: Setting<'_>, language: Language, names: &dyn Names) -> Vec<String> {
    let is_asked = |pin: &Pin| matches!(setting, Setting::With(person, need) if pin.person == *person && pin.need == *need);
    let pins = one.pins.iter().filter(|pin| !is_asked(pin)).map(|pin| {
        let (person, need) = (names.person(&pin.person), names.need(&pin.need));
        say!(
            language,
            "the pin of {person} to {need}",
            "việc ấn định {person} vào {need}"
        )
    });
    let rules = one.rules.iter().map(|own| rule(own, language, names));
    let seats = one.seats.iter().map(|(need, &seats)| {
        let need = names.need(need);
        let word = if seats == 1 { "seat" } else { "seats" };
        say!(
            language,
            "that {need} has only {seats} {word}",
            "giới hạn {seats} vị trí của {need}"
        )
    });
    let rules = some(seats.chain(rules).collect(), |more| {
        say!(language, "… and {more} more rules", "… và {more} quy định khác")
    });
    let pins = some(pins.collect(), |more| {
        say!(
            language,
            "… and {more} more pins",
            "… và {more} phân công đã ấn định khác"
        )
    });
    [rules, pins].concat()
}

/// The first of a list and how many more there are, unless that is one.
fn some(mut all: Vec<String>, more: impl Fn(usize) -> String) -> Vec<String> {
    if all.len() > MOST + 1 {
        let rest = all.len() - MOST;
        all.truncate(MOST);
        all.push(more(rest));
    }
    all
}

fn surplus(one: &Contradiction, language: Language) -> Option<String> {
    (!one.minimal).then(|| {
        say!(
            language,
            "Some of these may take no part: time or memory did not suffice to single them out.",
            "Một số điều trên có thể không liên quan: chưa đủ thời gian hoặc bộ nhớ để xác định.",
        )
    })
}

fn further(all: &Contradictions, language: Language) -> Option<String> {
    all.more.then(|| {
        say!(
            language,
            "There may be more of the kind: solve again once these are resolved.",
            "Có thể còn những mâu thuẫn khác: hãy tính lại sau khi xử lý các điều trên.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::explain::{Ids, Rule};
    use crate::support::pin;

    fn contradiction(pins: Vec<Pin>, rules: Vec<Rule>) -> Contradiction {
        Contradiction {
            pins,
            rules,
            seats: [].into(),
            minimal: true,
        }
    }

    #[test]
    fn pins_and_rules_are_named_in_both_languages() {
        let team = |team: &str| Rule::Team { team: team.into() };
        let one = contradiction(vec![pin("p1", "n1")], vec![Rule::ChangeBudget, team("t1")]);
        let other = Contradiction {
            minimal: false,
            seats: [("n2".into(), 1)].into(),
            ..contradiction(vec![pin("p2", "n2"), pin("p3", "n2")], Vec::new())
        };
        let all = Contradictions {
            found: vec![one, other],
            more: true,
        };
        assert_eq!(
            all.lines(Language::English, &Ids),
            [
                "With people, needs, rest and travel as they are, no plan keeps all of these together, so at least one has to be given up:",
                "  - the limit on changes of the earlier plan",
                "  - that team t1 goes together",
                "  - the pin of p1 to n1",
                "Nor all of these, so at least one has to be given up as well:",
                "  - that n2 has only 1 seat",
                "  - the pin of p2 to n2",
                "  - the pin of p3 to n2",
                "Some of these may take no part: time or memory did not suffice to single them out.",
                "There may be more of the kind: solve again once these are resolved.",
            ]
        );
        let vietnamese = all.sentence(Language::Vietnamese, &Ids);
        assert!(
            vietnamese.contains("bỏ ít nhất một: giới hạn số thay đổi so với phương án trước; việc nhóm t1"),
            "{vietnamese}"
        );
        assert!(vietnamese.ends_with("hãy tính lại sau khi xử lý các điều trên."));
    }

    #[test]
    fn of_many_pins_and_rules_the_first_are_listed_and_the_others_counted() {
        let pins = (0..200).map(|nth| pin(&format!("p{nth}"), &format!("n{nth}")));
        let teams = (0..MOST + 1).map(|nth| Rule::Team {
            team: format!("t{nth}").as_str().into(),
        });
        let one = contradiction(pins.collect(), teams.collect());
        let all = Contradictions {
            found: vec![one],
            more: false,
        };
        let lines = all.lines(Language::English, &Ids);
        assert_eq!(lines.len(), 1 + MOST + 1 + MOST + 1, "{lines:#?}");
        assert_eq!(lines[MOST + 1], "  - that team t10 goes together");
        assert_eq!(lines[MOST + 1 + MOST + 1], "  - … and 190 more pins");
    }

    #[test]
    fn what_stands_alone_has_to_be_given_up() {
        let all = Contradictions {
            found: vec![contradiction(Vec::new(), vec![Rule::ChangeBudget])],
            more: false,
        };
        let told = all.sentence(Language::English, &Ids);
        assert!(told.ends_with(
            "no plan keeps this, so it has to be given up: the limit on changes of the earlier plan."
        ));
    }
}
