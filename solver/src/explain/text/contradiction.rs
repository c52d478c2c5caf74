//! Why there is no plan, in words.

use super::prices::rule;
use super::{Explain, Language, say};
use crate::binding::{Contradiction, Contradictions};
use crate::explain::Names;

impl Explain for Contradictions {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let mut lines = Vec::new();
        for (nth, one) in self.found.iter().enumerate() {
            lines.push(head(nth == 0, language));
            lines.extend(
                parts(one, language, names)
                    .iter()
                    .map(|part| format!("  - {part}")),
            );
            lines.extend(surplus(one, language));
        }
        lines.extend(further(self, language));
        lines
    }
}

impl Contradictions {
    /// The same in one line, for messages.
    #[must_use]
    pub fn sentence(&self, language: Language, names: &dyn Names) -> String {
        let mut sentences = Vec::new();
        for (nth, one) in self.found.iter().enumerate() {
            let (head, parts) = (head(nth == 0, language), parts(one, language, names));
            sentences.push(format!("{head} {}.", parts.join("; ")));
            sentences.extend(surplus(one, language));
        }
        sentences.extend(further(self, language));
        sentences.join(" ")
    }
}

fn head(is_first: bool, language: Language) -> String {
    if is_first {
        say!(
            language,
            "No plan keeps all of these together, so at least one has to be given up:",
            "Không phương án nào đáp ứng đồng thời các điều sau, nên phải bỏ ít nhất một:",
        )
    } else {
        say!(
            language,
            "Nor all of these, so at least one has to be given up as well:",
            "Cũng không thể đáp ứng đồng thời các điều sau, nên cũng phải bỏ ít nhất một:",
        )
    }
}

fn parts(one: &Contradiction, language: Language, names: &dyn Names) -> Vec<String> {
    let pins = one.pins.iter().map(|pin| {
        let (person, need) = (names.person(&pin.person), names.need(&pin.need));
        say!(
            language,
            "the pin of {person} to {need}",
            "việc ấn định {person} vào {need}"
        )
    });
    let rules = one.rules.iter().map(|own| rule(own, language, names));
    pins.chain(rules).collect()
}

fn surplus(one: &Contradiction, language: Language) -> Option<String> {
    (!one.minimal).then(|| {
        say!(
            language,
            "Some of these may take no part: the time did not suffice to single them out.",
            "Một số điều trên có thể không liên quan: chưa đủ thời gian để xác định.",
        )
    })
}

fn further(all: &Contradictions, language: Language) -> Option<String> {
    all.more.then(|| {
        say!(
            language,
            "There may be more of the kind: solve again once these are resolved.",
            "Có thể còn những mâu thuẫn khác: hãy giải lại sau khi xử lý các điều trên.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::super::words::binding;
    use super::*;
    use crate::explain::{Ids, Rule};
    use crate::support::pin;
    use crate::terms;

    #[test]
    fn every_rule_that_binds_together_has_words_in_both_languages() {
        for (id, _) in terms::breaks() {
            let (english, vietnamese) = (binding(id, Language::English), binding(id, Language::Vietnamese));
            assert!(english != id && vietnamese != english, "{id}: {english}");
        }
    }

    #[test]
    fn pins_and_rules_are_named_in_both_languages() {
        let team = |team: &str| Rule::Team { team: team.into() };
        let one = Contradiction {
            pins: vec![pin("p1", "n1")],
            rules: vec![Rule::ChangeBudget, team("t1")],
            minimal: true,
        };
        let other = Contradiction {
            pins: vec![pin("p2", "n2")],
            rules: vec![team("t2")],
            minimal: false,
        };
        let all = Contradictions {
            found: vec![one, other],
            more: true,
        };
        assert_eq!(
            all.lines(Language::English, &Ids),
            [
                "No plan keeps all of these together, so at least one has to be given up:",
                "  - the pin of p1 to n1",
                "  - the limit on changes of the earlier plan",
                "  - that team t1 goes together",
                "Nor all of these, so at least one has to be given up as well:",
                "  - the pin of p2 to n2",
                "  - that team t2 goes together",
                "Some of these may take no part: the time did not suffice to single them out.",
                "There may be more of the kind: solve again once these are resolved.",
            ]
        );
        let vietnamese = all.sentence(Language::Vietnamese, &Ids);
        assert!(vietnamese.contains(
            "bỏ ít nhất một: việc ấn định p1 vào n1; giới hạn số thay đổi so với phương án trước;"
        ));
        assert!(vietnamese.ends_with("hãy giải lại sau khi xử lý các điều trên."));
    }
}
