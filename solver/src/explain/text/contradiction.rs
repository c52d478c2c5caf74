//! Why there is no plan, in words.

use super::words::binding;
use super::{Language, say};
use crate::outcome::Outcome;

/// What an infeasible problem contradicts itself in, and what to do, by ids; empty for any other outcome.
#[must_use]
pub fn contradiction(outcome: &Outcome, language: Language) -> String {
    let Outcome::Infeasible {
        pins, rules, minimal, ..
    } = outcome
    else {
        return String::new();
    };
    let pins = pins.iter().map(|pin| {
        let (person, need) = (&pin.person, &pin.need);
        say!(
            language,
            "the pin of `{person}` to `{need}`",
            "việc ấn định `{person}` vào `{need}`"
        )
    });
    let rules = rules.iter().map(|id| {
        let rule = binding(id, language);
        format!("{rule} (`{id}`)")
    });
    let all: Vec<_> = pins.chain(rules).collect();
    let all = all.join(", ");
    if *minimal {
        say!(
            language,
            "no plan keeps all of these together: {all}; giving up any one of them is enough",
            "không phương án nào đáp ứng đồng thời: {all}; chỉ cần bỏ một trong số đó",
        )
    } else {
        say!(
            language,
            "no plan keeps all of these together: {all}; some of them may take no part: the time did not suffice to \
             single them out",
            "không phương án nào đáp ứng đồng thời: {all}; một số có thể không liên quan, chưa đủ thời gian để xác định",
        )
    }
}

#[cfg(test)]
mod tests {
    use super::{Language, binding, contradiction};
    use crate::outcome::Outcome;
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
        let infeasible = |minimal| Outcome::Infeasible {
            pins: vec![pin("p1", "n1")],
            rules: vec!["change_budget".to_owned(), "unit_cap".to_owned()],
            minimal,
            seconds: 0.1,
        };
        let english = contradiction(&infeasible(true), Language::English);
        assert_eq!(
            english,
            "no plan keeps all of these together: the pin of `p1` to `n1`, the limit on changes of the earlier plan \
             (`change_budget`), how many a unit absorbs (`unit_cap`); giving up any one of them is enough"
        );
        let vietnamese = contradiction(&infeasible(false), Language::Vietnamese);
        assert!(vietnamese.contains("việc ấn định `p1` vào `n1`, giới hạn số thay đổi (`change_budget`)"));
        assert!(vietnamese.ends_with("chưa đủ thời gian để xác định"));
    }
}
