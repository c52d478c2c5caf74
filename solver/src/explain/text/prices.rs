//! Rules and their prices, in words.

use super::words::tier;
use super::{Explain, Language, say};
use crate::explain::{Names, Price, Rule};

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
                let rule = capital(&rule(&price.rule, language, names));
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

/// The same at the start of a sentence.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    let first = letters.next();
    first
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters)
        .collect()
}

/// What a rule is called, within a sentence.
pub(super) fn rule(rule: &Rule, language: Language, names: &dyn Names) -> String {
    match rule {
        Rule::MaxSecondments => say!(
            language,
            "the round's cap on secondments",
            "chỉ tiêu biệt phái của đợt"
        ),
        Rule::ReleaseCap { department } => {
            let who = names.department(department);
            say!(
                language,
                "the release cap of {who}",
                "chỉ tiêu cử người của {who}"
            )
        }
        Rule::FieldFloor { department, field } => {
            let (who, field) = (names.department(department), names.field(field));
            say!(
                language,
                "that {who} keeps enough people of {field}",
                "yêu cầu {who} giữ lại đủ số người về {field}"
            )
        }
        Rule::UnitCap { unit } => {
            let unit = names.unit(unit);
            say!(
                language,
                "the limit on how many {unit} absorbs",
                "giới hạn số người {unit} tiếp nhận"
            )
        }
        Rule::RestDays => say!(
            language,
            "the rest window",
            "thời gian nghỉ giữa hai lần biệt phái"
        ),
        Rule::TravelLimit => say!(language, "the travel limit", "giới hạn đi lại"),
        Rule::FieldCap { field } => {
            let field = names.field(field);
            say!(language, "the cap on {field}", "chỉ tiêu lĩnh vực {field}")
        }
        Rule::TravelBudget => say!(
            language,
            "the limit on all journeys together",
            "giới hạn tổng thời gian đi lại",
        ),
        Rule::ChangeBudget => say!(
            language,
            "the limit on changes of the earlier plan",
            "giới hạn số thay đổi so với phương án trước",
        ),
        Rule::Speakers { unit } => {
            let unit = names.unit(unit);
            say!(
                language,
                "the speakers that {unit} asks for",
                "yêu cầu người biết tiếng dân tộc của {unit}",
            )
        }
        Rule::Seniors => say!(
            language,
            "that juniors serve beside seniors",
            "yêu cầu người mới phải đi cùng người có kinh nghiệm",
        ),
        Rule::Team { team } => say!(
            language,
            "that team {team} goes together",
            "việc nhóm {team} phải đi cùng nhau"
        ),
        Rule::Pin { person } => {
            let person = names.person(person);
            say!(language, "the pin of {person}", "việc ấn định {person}")
        }
        Rule::Pins => say!(language, "all pins together", "toàn bộ các trường hợp ấn định"),
    }
}
