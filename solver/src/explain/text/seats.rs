//! Funnels and certificates in words.

use super::words::{self, binding, stage};
use super::{Explain, Language, say, step};
use crate::edit::Edit;
use crate::explain::certificate::{Bottleneck, Certificate};
use crate::explain::funnel::{Funnel, Stage, StageCount};
use crate::explain::names::Names;

impl Explain for Funnel {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let place = names.place(&self.need, &self.unit);
        let (filled, requested) = (self.filled, self.requested);
        let mut lines = vec![say!(
            language,
            "{place}: {filled} of {requested} seats filled. Of the people who",
            "{place}: bố trí được {filled} trên {requested} vị trí. Trong số người",
        )];
        for count in &self.stages {
            lines.push(format!("  {:>5}  {}", count.people, stage(count.stage, language)));
        }
        let (here, elsewhere, free) = (self.serve_here, self.serve_elsewhere, self.free);
        lines.push(say!(
            language,
            "  of these {here} serve here, {elsewhere} serve elsewhere, {free} could still go.",
            "  trong đó {here} phục vụ tại đây, {elsewhere} phục vụ nơi khác, {free} còn có thể cử đi.",
        ));
        lines
    }
}

impl Explain for Certificate {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let mut lines = self.funnel.lines(language, names);
        let missing = self.missing;
        lines.push(say!(
            language,
            "Seats that stay empty: {missing}. In the way:",
            "Số vị trí còn trống: {missing}. Vướng mắc:",
        ));
        let nobody = |count: &StageCount| count.stage != Stage::Releasable && count.people == 0;
        lines.extend(self.bottlenecks.iter().map(|found| {
            let told = if *found == Bottleneck::NobodyElse && self.funnel.stages.iter().any(nobody) {
                say!(language, "nobody may serve here.", "không có ai đủ điều kiện.")
            } else {
                bottleneck(found, language, names)
            };
            format!("  - {told}")
        }));
        if !self.remedies.is_empty() {
            lines.push(say!(
                language,
                "Each of these alone would fill one:",
                "Chỉ cần một trong các thay đổi sau:"
            ));
        } else if self.undecided.is_empty() {
            lines.push(say!(
                language,
                "No single change would fill one, be it a quota or limit, a waiver or condition of this need or unit, a \
                 shorter rest, or a pin or team given up.",
                "Không có thay đổi đơn lẻ nào giúp bố trí thêm được, dù là chỉ tiêu hay giới hạn, miễn áp dụng hay bỏ điều \
                 kiện của nhu cầu và đơn vị này, rút ngắn thời gian nghỉ, bỏ ấn định hay tách nhóm.",
            ));
        }
        for remedy in &self.remedies {
            lines.push(format!("  - {}", edit(&remedy.edit, language, names)));
            let moves = remedy
                .moves
                .iter()
                .map(|moved| format!("      {}", step(moved, language, names)));
            lines.extend(moves);
        }
        if !self.undecided.is_empty() {
            lines.push(say!(
                language,
                "Time or memory did not suffice to tell whether one of these would:",
                "Chưa đủ thời gian hoặc bộ nhớ để kết luận về các thay đổi sau:"
            ));
            let undecided = self.undecided.iter();
            lines.extend(undecided.map(|change| format!("  - {}", edit(change, language, names))));
        }
        lines
    }
}

fn bottleneck(found: &Bottleneck, language: Language, names: &dyn Names) -> String {
    match found {
        Bottleneck::UnitCap { unit, cap } => {
            let unit = names.unit(unit);
            say!(
                language,
                "{unit} has the {cap} people that it can absorb.",
                "{unit} đã tiếp nhận đủ {cap} người.",
            )
        }
        Bottleneck::MaxSecondments { cap } => say!(
            language,
            "the round pays for {cap} secondments, and all are used.",
            "đợt này có chỉ tiêu {cap} người biệt phái và đã dùng hết.",
        ),
        Bottleneck::ReleaseCap { department, cap } => {
            let who = names.department(department);
            say!(
                language,
                "{who} has released the {cap} people that it may.",
                "{who} đã cử đủ {cap} người theo chỉ tiêu.",
            )
        }
        Bottleneck::FieldFloor {
            department,
            field,
            quota,
        } => {
            let (who, field) = (names.department(department), names.field(field));
            say!(
                language,
                "{who} may let {quota} of its people of {field} go, and has.",
                "{who} chỉ được cử {quota} người về {field} và đã cử đủ.",
            )
        }
        Bottleneck::Rule { rule } => {
            let rule = binding(rule, language);
            say!(
                language,
                "quotas would allow it, but the plan must keep this rule: {rule}.",
                "chỉ tiêu vẫn còn nhưng phương án phải tuân thủ quy định: {rule}.",
            )
        }
        Bottleneck::NobodyElse => say!(
            language,
            "everyone who may serve here is needed where they are, and nobody could replace them.",
            "những người đủ điều kiện đều đang cần ở nơi khác và không có ai thay thế.",
        ),
    }
}

/// An edit as advice.
fn edit(edit: &Edit, language: Language, names: &dyn Names) -> String {
    let told = |cap: &Option<u32>| cap.map_or_else(|| "∞".to_owned(), |cap| cap.to_string());
    match edit {
        Edit::Pin { person, need } => {
            let (person, need) = (names.person(person), names.need(need));
            say!(language, "pin {person} to {need}", "ấn định {person} vào {need}")
        }
        Edit::Unpin { person } => {
            let person = names.person(person);
            say!(
                language,
                "take back the pin of {person}",
                "bỏ việc ấn định {person}"
            )
        }
        Edit::Forbid { person, need } => {
            let (person, need) = (names.person(person), names.need(need));
            say!(
                language,
                "rule {person} out for {need}",
                "không bố trí {person} vào {need}"
            )
        }
        Edit::TermStart { day } => say!(
            language,
            "count the term from {day} on",
            "tính thời gian biệt phái từ ngày {day}"
        ),
        Edit::Waive { person, need, reason } => {
            let (person, need) = (names.person(person), names.need(need));
            let reason = words::reason(*reason, language);
            say!(
                language,
                "waive for {person} at {need} that the person {reason}",
                "miễn cho {person} tại {need} điều kiện: {reason}",
            )
        }
        Edit::Withdraw { person } => {
            let person = names.person(person);
            say!(language, "{person} withdraws", "{person} rút khỏi đợt")
        }
        Edit::ReleaseCap { department, cap } => {
            let (who, cap) = (names.department(department), told(cap));
            say!(language, "let {who} release {cap}", "cho {who} cử {cap} người")
        }
        Edit::FieldFloor {
            department,
            field,
            floor,
        } => {
            let (who, field) = (names.department(department), names.field(field));
            say!(
                language,
                "have {who} keep {floor} people of {field}",
                "cho {who} chỉ giữ lại {floor} người về {field}",
            )
        }
        Edit::UnitCap { unit, cap } => {
            let unit = names.unit(unit);
            say!(
                language,
                "let {unit} absorb {cap}",
                "cho {unit} tiếp nhận {cap} người"
            )
        }
        Edit::MaxSecondments { cap } => {
            let cap = told(cap);
            say!(
                language,
                "pay for {cap} secondments in all",
                "nâng chỉ tiêu biệt phái lên {cap} người"
            )
        }
        Edit::RestDays { days } => say!(
            language,
            "ask for {days} days of rest between secondments",
            "rút thời gian nghỉ giữa hai lần biệt phái còn {days} ngày",
        ),
        Edit::TravelLimit { minutes } => {
            let minutes = told(minutes);
            say!(
                language,
                "allow journeys of {minutes} minutes",
                "cho phép đi lại {minutes} phút"
            )
        }
        Edit::FieldCap { field, cap } => {
            let (field, cap) = (names.field(field), told(cap));
            say!(
                language,
                "send {cap} people to {field}",
                "nâng chỉ tiêu lĩnh vực {field} lên {cap} người"
            )
        }
        Edit::TravelBudget { minutes: None } => {
            say!(
                language,
                "lift the limit on all journeys together",
                "bỏ giới hạn tổng thời gian đi lại"
            )
        }
        Edit::TravelBudget {
            minutes: Some(minutes),
        } => say!(
            language,
            "allow {minutes} minutes for all journeys together",
            "cho phép tổng thời gian đi lại {minutes} phút",
        ),
        Edit::ChangeBudget { cap } => {
            let cap = told(cap);
            say!(
                language,
                "allow {cap} changes of the earlier plan",
                "cho phép {cap} thay đổi so với phương án trước",
            )
        }
        Edit::Speakers { unit, languages } => {
            let (unit, languages) = (names.unit(unit), languages.join(", "));
            if languages.is_empty() {
                say!(
                    language,
                    "ask for no speakers in {unit}",
                    "không yêu cầu người biết tiếng dân tộc ở {unit}"
                )
            } else {
                say!(
                    language,
                    "ask for speakers of {languages} in {unit}",
                    "yêu cầu người biết {languages} ở {unit}",
                )
            }
        }
        Edit::SeniorFrom { need, level: None } => {
            let need = names.need(need);
            say!(
                language,
                "let juniors serve {need} alone",
                "cho người mới phục vụ {need} một mình"
            )
        }
        Edit::SeniorFrom {
            need,
            level: Some(level),
        } => {
            let need = names.need(need);
            say!(
                language,
                "ask for seniors in {need} below level {level} alone",
                "chỉ yêu cầu người đi cùng tại {need} khi dưới mức {level}",
            )
        }
        Edit::Disband { team } => {
            say!(
                language,
                "let team {team} go apart",
                "cho phép nhóm {team} không đi cùng nhau"
            )
        }
        Edit::Headcount { need, headcount } => {
            let need = names.need(need);
            say!(
                language,
                "ask for {headcount} people in {need}",
                "đặt {need} thành {headcount} người"
            )
        }
    }
}
