//! Explanations in words that an HR officer understands, in English and in Vietnamese.

mod contradiction;
mod nearness;
mod seats;
mod words;

use super::chain::{Chain, Move, Place};
use super::envy::{Blocked, EnvyReport};
use super::names::Names;
use super::price::{Price, Rule};
use super::why::{Why, WhyNot};
use crate::plan::Value;
use serde::{Deserialize, Serialize};
use words::{goal, reason, tier};

pub use contradiction::contradiction;
pub use nearness::nearness;
pub use words::{reason as reason_in_words, tier as tier_in_words};

/// The languages that explanations are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Vietnamese.
    Vietnamese,
}

/// Something that can be told in words.
pub trait Explain {
    /// Lines of text, each a sentence of its own; indented lines belong to the one above.
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String>;

    /// The lines as one text, with a final line break.
    fn text(&self, language: Language, names: &dyn Names) -> String {
        self.lines(language, names)
            .into_iter()
            .map(|line| line + "\n")
            .collect()
    }
}

/// One sentence in the language asked for.
macro_rules! say {
    ($language:expr, $en:literal, $vi:literal $(,)?) => {
        match $language {
            $crate::explain::Language::English => format!($en),
            $crate::explain::Language::Vietnamese => format!($vi),
        }
    };
}
use say;

fn place(place: &Place, names: &dyn Names) -> String {
    names.place(&place.need, &place.unit)
}

fn step(step: &Move, language: Language, names: &dyn Names) -> String {
    let person = names.person(&step.person);
    let at = |of: &Place| place(of, names);
    match (&step.from, &step.to) {
        (Some(from), Some(to)) => {
            let (from, to) = (at(from), at(to));
            say!(
                language,
                "{person} goes from {from} to {to}",
                "{person} chuyển từ {from} sang {to}"
            )
        }
        (None, Some(to)) => {
            let to = at(to);
            say!(
                language,
                "{person}, who stays at home now, goes to {to}",
                "{person}, hiện chưa được cử đi, được cử đến {to}"
            )
        }
        (Some(from), None) => {
            let from = at(from);
            say!(
                language,
                "{person} leaves {from} and stays at home",
                "{person} rời {from} và ở lại cơ quan"
            )
        }
        (None, None) => person,
    }
}

/// Two values of a tier, each shortened to where they begin to differ.
fn figures(before: Option<&Value>, after: Option<&Value>) -> (String, String) {
    match (before, after) {
        (Some(Value::Ladder(before)), Some(Value::Ladder(after))) => {
            let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
            let told = |rungs: &[crate::Rung]| {
                rungs
                    .get(same)
                    .map_or_else(String::new, |rung| format!("{} × {}", rung.units, rung.ratio()))
            };
            (told(before), told(after))
        }
        _ => {
            let told = |value: Option<&Value>| value.map_or_else(|| "–".to_owned(), ToString::to_string);
            (told(before), told(after))
        }
    }
}

impl Explain for Chain {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        if self.is_empty() {
            return vec![say!(language, "Nothing changes.", "Không có gì thay đổi.")];
        }
        let mut lines: Vec<String> = (1..)
            .zip(&self.moves)
            .map(|(nth, moved)| format!("  {nth}. {}", step(moved, language, names)))
            .collect();
        for (need, count) in &self.lose {
            let need = names.need(need);
            lines.push(say!(
                language,
                "  {need} has {count} fewer.",
                "  {need} bớt {count} người."
            ));
        }
        for (need, count) in &self.gain {
            let need = names.need(need);
            lines.push(say!(
                language,
                "  {need} has {count} more.",
                "  {need} thêm {count} người."
            ));
        }
        lines.push(match self.tiers.first() {
            None => say!(
                language,
                "It would cost nothing: the two plans are equal in everything that counts.",
                "Không mất gì: hai phương án ngang nhau về mọi mặt.",
            ),
            Some(change) => {
                let what = tier(change.tier, language);
                let (before, after) = figures(change.before.as_ref(), change.after.as_ref());
                match change.improves() {
                    Some(true) => say!(
                        language,
                        "It would gain: {what}, from {before} to {after}.",
                        "Được thêm: {what}, từ {before} thành {after}.",
                    ),
                    _ => say!(
                        language,
                        "What speaks against it: {what}, from {before} to {after}.",
                        "Điều không có lợi: {what}, từ {before} thành {after}.",
                    ),
                }
            }
        });
        lines
    }
}

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

impl Explain for [Price] {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        if self.is_empty() {
            return vec![say!(
                language,
                "No rule binds in this plan.",
                "Không có quy định nào hạn chế phương án này."
            )];
        }
        (self.iter())
            .map(|price| {
                let rule = rule(&price.rule, language, names);
                let (seats, critical) = (price.seats, price.critical);
                let word = if seats == 1 { "seat" } else { "seats" };
                match price.first_better {
                    _ if price.undecided => say!(
                        language,
                        "{rule}: time or memory did not suffice to tell.",
                        "{rule}: chưa đủ thời gian hoặc bộ nhớ để kết luận được."
                    ),
                    _ if seats != 0 || critical != 0 => say!(
                        language,
                        "{rule}: costs {seats} {word}, {critical} of critical needs.",
                        "{rule}: mất {seats} vị trí; riêng vị trí cấp bách: {critical}.",
                    ),
                    Some(better) => {
                        let better = tier(better, language);
                        say!(
                            language,
                            "{rule}: costs no seat; without it better: {better}.",
                            "{rule}: không mất vị trí; nếu bỏ thì tốt hơn: {better}.",
                        )
                    }
                    None => say!(language, "{rule}: costs nothing.", "{rule}: không mất gì."),
                }
            })
            .collect()
    }
}

fn rule(rule: &Rule, language: Language, names: &dyn Names) -> String {
    match rule {
        Rule::MaxSecondments => say!(
            language,
            "The round's cap on secondments",
            "Chỉ tiêu biệt phái của đợt"
        ),
        Rule::ReleaseCap { department } => {
            let who = names.department(department);
            say!(
                language,
                "The release cap of {who}",
                "Chỉ tiêu cử người của {who}"
            )
        }
        Rule::FieldFloor { department, field } => {
            let (who, field) = (names.department(department), names.field(field));
            say!(
                language,
                "How many {who} must keep in {field}",
                "Số người {who} phải giữ lại về {field}"
            )
        }
        Rule::UnitCap { unit } => {
            let unit = names.unit(unit);
            say!(language, "How many {unit} absorbs", "Số người {unit} tiếp nhận")
        }
        Rule::RestDays => say!(
            language,
            "The rest window",
            "Thời gian nghỉ giữa hai lần biệt phái"
        ),
        Rule::TravelLimit => say!(language, "The travel limit", "Giới hạn đi lại"),
        Rule::FieldCap { field } => {
            let field = names.field(field);
            say!(language, "The cap on {field}", "Chỉ tiêu lĩnh vực {field}")
        }
        Rule::TravelBudget => say!(
            language,
            "The limit on all journeys together",
            "Giới hạn tổng thời gian đi lại",
        ),
        Rule::ChangeBudget => say!(
            language,
            "The limit on changes of the earlier plan",
            "Giới hạn số thay đổi so với phương án trước",
        ),
        Rule::Speakers { unit } => {
            let unit = names.unit(unit);
            say!(
                language,
                "The speakers that {unit} asks for",
                "Yêu cầu người biết tiếng dân tộc của {unit}",
            )
        }
        Rule::Seniors => say!(
            language,
            "That juniors serve beside seniors",
            "Yêu cầu người mới phải đi cùng người có kinh nghiệm",
        ),
        Rule::Team { team } => say!(
            language,
            "That team {team} goes together",
            "Việc nhóm {team} phải đi cùng nhau"
        ),
        Rule::Pin { person } => {
            let person = names.person(person);
            say!(language, "The pin of {person}", "Việc ấn định {person}")
        }
        Rule::Pins => say!(language, "All pins together", "Toàn bộ các trường hợp ấn định"),
    }
}

impl Explain for EnvyReport {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let (envious, asked) = (self.envious, self.asked);
        let mut lines = vec![say!(
            language,
            "{envious} of {asked} people who told their wishes would rather serve elsewhere.",
            "{envious} trên {asked} người có nguyện vọng mong được đến nơi khác.",
        )];
        for envy in &self.envies {
            let (person, need, rank) = (names.person(&envy.person), names.need(&envy.need), envy.rank);
            lines.push(match &envy.blocks {
                None => say!(
                    language,
                    "  {person}: {need} (wish {rank}); the unit would not gain.",
                    "  {person}: {need} (nguyện vọng {rank}); đơn vị không được lợi hơn.",
                ),
                Some(Blocked::EmptySeat) => say!(
                    language,
                    "  {person}: {need} (wish {rank}), where a seat is empty.",
                    "  {person}: {need} (nguyện vọng {rank}), nơi còn vị trí trống.",
                ),
                Some(Blocked::BetterFit { than }) => {
                    let than = names.person(than);
                    say!(
                        language,
                        "  {person}: {need} (wish {rank}), and fits it better than {than}.",
                        "  {person}: {need} (nguyện vọng {rank}), và phù hợp hơn {than}.",
                    )
                }
            });
        }
        lines
    }
}
