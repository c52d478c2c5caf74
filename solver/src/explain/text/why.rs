//! Why a person serves where the plan says, and why not elsewhere, in words.

use super::contradiction::Setting;
use super::words::{goal, reason, tier};
use super::{Explain, Language, place, say};
use crate::explain::{Names, Why, WhyNot};

impl Explain for Why {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let (person, at) = (names.person(&self.person), place(&self.place, names));
        let mut lines = vec![if self.pinned {
            say!(
                language,
                "{person} serves {at} because a pin says so.",
                "{person} phục vụ {at} vì đã được ấn định trước.",
            )
        } else {
            say!(
                language,
                "{person} serves {at}. It adds:",
                "{person} phục vụ {at}. Đóng góp:"
            )
        }];
        for part in &self.parts {
            let (what, counted) = (tier(part.tier, language), goal(&part.term, language));
            let (measure, weight, id) = (part.measure, part.weight, &part.term);
            // an id speaks for itself in English alone
            lines.push(say!(
                language,
                "  {what}: {measure} × {weight} ({id})",
                "  {what}: {measure} × {weight}, {counted} ({id})",
            ));
        }
        if let Some(without) = &self.without {
            lines.push(say!(
                language,
                "The best plan in which {person} does not serve there:",
                "Phương án tốt nhất khi {person} không phục vụ ở đó:",
            ));
            lines.extend(without.lines(language, names));
        }
        if let Some(contradictions) = &self.indispensable {
            let setting = Setting::Without(&self.person, &self.place.need);
            lines.extend(contradictions.lines_in(setting, language, names));
        }
        if self.undecided {
            lines.push(say!(
                language,
                "Time or memory did not suffice to tell what would happen if {person} did not serve there.",
                "Chưa đủ thời gian hoặc bộ nhớ để biết nếu {person} không phục vụ ở đó thì sẽ ra sao.",
            ));
        }
        lines
    }
}

impl Explain for WhyNot {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        match self {
            Self::Serves { person, need } => {
                let (person, need) = (names.person(person), names.need(need));
                vec![say!(
                    language,
                    "{person} does serve {need}.",
                    "{person} đang phục vụ {need}."
                )]
            }
            Self::NotEligible {
                person,
                need,
                reasons,
                waivable,
            } => {
                let (person, need) = (names.person(person), names.need(need));
                let mut lines = vec![say!(
                    language,
                    "{person} may not serve {need}:",
                    "{person} không được phục vụ {need}:"
                )];
                lines.extend(
                    reasons
                        .iter()
                        .map(|&code| format!("  - {}", reason(code, language))),
                );
                if *waivable {
                    lines.push(say!(
                        language,
                        "HR may set this aside with a waiver for this person and this need.",
                        "Cơ quan tổ chức cán bộ có thể miễn điều kiện này cho riêng trường hợp này.",
                    ));
                }
                lines
            }
            Self::NoPlan {
                person,
                need,
                contradictions,
            } => contradictions.lines_in(Setting::With(person, need), language, names),
            Self::Chain { person, need, chain } => {
                let (person, need) = (names.person(person), names.need(need));
                let mut lines = vec![say!(
                    language,
                    "{person} may serve {need}. The cheapest way to it:",
                    "{person} đủ điều kiện phục vụ {need}. Cách ít ảnh hưởng nhất:",
                )];
                lines.extend(chain.lines(language, names));
                lines
            }
        }
    }
}
