//! Pins and prohibitions.
//!
//! The rules that keep the model a network are upper bounds that an empty plan obeys, so under
//! them pins can be carried out together exactly when they alone break no bound: counting them is
//! a complete test. Caps by field and the travel budget are upper bounds too. The other rules ask
//! for something when somebody is sent (a speaker, a senior, the rest of a team) or from the start
//! (a change budget); against these only what is evident is told here, and the solve proves the
//! rest ([`Outcome::Infeasible`](crate::Outcome::Infeasible)).

mod budgets;

use super::names::Names;
use crate::eligibility::Reason;
use crate::explain::{Language, reason_in_words};
use crate::faults::Faults;
use crate::index;
use crate::instance::{Instance, NeedRow};
use crate::invalid::{ErrorCode, Invalid};
use crate::message::{Message, both};
use crate::problem::{Pin, Problem};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Most other pins that a contradiction names.
const MOST_NAMED: usize = 100;

/// The (person, need) pairs that prohibitions rule out.
pub(super) fn prohibitions(
    problem: &Problem,
    names: &Names<'_>,
    needs: &[NeedRow],
    faults: &mut Faults,
) -> BTreeSet<(u32, u32)> {
    let mut forbidden = BTreeSet::new();
    for (at, row) in problem.prohibitions.iter().enumerate() {
        let here = format!("/prohibitions/{at}");
        let person = (names.people).find(row.person.as_str(), format!("{here}/person"), faults);
        match (&row.need, &row.unit) {
            (Some(need), None) => {
                let need = names.needs.find(need.as_str(), format!("{here}/need"), faults);
                forbidden.extend(person.zip(need));
            }
            (None, Some(unit)) => {
                let unit = names.units.find(unit.as_str(), format!("{here}/unit"), faults);
                let Some((person, unit)) = person.zip(unit) else {
                    continue;
                };
                let of_unit = (0_u32..).zip(needs).filter(|(_, need)| need.unit == unit);
                forbidden.extend(of_unit.map(|(need, _)| (person, need)));
            }
            (None, None) | (Some(_), Some(_)) => faults.add(
                ErrorCode::ProhibitionTarget,
                here,
                both!(
                    "a prohibition names exactly one of `need` and `unit`: give one, remove the other",
                    "mỗi mục cấm nêu đúng một trong `need` và `unit`: hãy nêu một, bỏ cái kia",
                ),
            ),
        }
    }
    forbidden
}

/// The pinned pairs, in the order of the document.
pub(super) fn references(problem: &Problem, names: &Names<'_>, faults: &mut Faults) -> Vec<(u32, u32)> {
    let mut pinned = Vec::with_capacity(problem.pins.len());
    let mut seen = HashMap::new();
    for (at, pin) in problem.pins.iter().enumerate() {
        let here = format!("/pins/{at}");
        let person = (names.people).find(pin.person.as_str(), format!("{here}/person"), faults);
        let need = (names.needs).find(pin.need.as_str(), format!("{here}/need"), faults);
        let Some(pair) = person.zip(need) else {
            continue;
        };
        if let Some(first) = seen.insert(pair, at) {
            let (who, what) = (&pin.person, &pin.need);
            faults.add_with(
                ErrorCode::Duplicate,
                here,
                vec![format!("/pins/{first}")],
                both!(
                    "person `{who}` is pinned to need `{what}` twice: remove one of the two",
                    "người `{who}` được ấn định vào nhu cầu `{what}` hai lần: hãy bỏ một",
                ),
            );
        }
        pinned.push(pair);
    }
    pinned
}

/// Checks that the pins can be carried out together. Faults name every pin that takes part.
pub(super) fn check(instance: &Instance, pinned: &[(u32, u32)]) -> Result<(), Invalid> {
    let mut faults = Faults::default();
    let mut pins = Pins {
        instance,
        pinned,
        faults: &mut faults,
    };
    pins.one_need_per_person();
    pins.headcounts();
    pins.prohibited();
    pins.eligible();
    pins.departments();
    pins.units();
    pins.province();
    pins.field_caps();
    pins.travel_budget();
    pins.change_budget();
    pins.couples();
    faults.into_result()
}

struct Pins<'a> {
    instance: &'a Instance,
    pinned: &'a [(u32, u32)],
    faults: &'a mut Faults,
}

impl Pins<'_> {
    fn one_need_per_person(&mut self) {
        for (person, pins) in self.grouped(|person, _| Some(person)) {
            if pins.len() > 1 {
                let id = &self.instance.problem.people[person as usize].id;
                let why = both!(
                    "person `{id}` is pinned to more than one need",
                    "người `{id}` được ấn định vào nhiều nhu cầu",
                );
                let remedy = both!(
                    "keep one of these pins",
                    "hãy giữ một trong các phân công ấn định này"
                );
                self.conflict(&pins, Vec::new(), &why, &remedy);
            }
        }
    }

    fn headcounts(&mut self) {
        for (need, pins) in self.grouped(|_, need| Some(need)) {
            let cap = self.instance.need(need).headcount;
            let id = self.instance.problem.needs[need as usize].id.clone();
            let cap_at = format!("/needs/{need}/headcount");
            let rule = both!("need `{id}` asks for {cap}", "nhu cầu `{id}` cần {cap} người");
            self.cap(&pins, cap, cap_at, &rule);
        }
    }

    fn prohibited(&mut self) {
        for (at, &(person, need)) in self.pinned.iter().enumerate() {
            if !self.instance.forbidden.contains(&(person, need)) {
                continue;
            }
            let problem = &self.instance.problem;
            let who = &problem.people[person as usize].id;
            let what = &problem.needs[need as usize];
            let also = (problem.prohibitions.iter().enumerate())
                .filter(|(_, row)| row.person == *who)
                .filter(|(_, row)| {
                    row.need.as_ref() == Some(&what.id) || row.unit.as_ref() == Some(&what.unit)
                })
                .map(|(nth, _)| format!("/prohibitions/{nth}"))
                .collect();
            let why = both!("the pair is also prohibited", "việc bố trí này đồng thời bị cấm");
            let remedy = both!(
                "remove the pin or the prohibition",
                "hãy bỏ việc ấn định hoặc mục cấm"
            );
            self.conflict(&[at], also, &why, &remedy);
        }
    }

    fn eligible(&mut self) {
        for (at, &(person, need)) in self.pinned.iter().enumerate() {
            let mut reasons = self.instance.reasons_of(person, need);
            reasons.retain(|&reason| reason != Reason::ForbiddenPair);
            if reasons.is_empty() {
                continue;
            }
            let words: Vec<_> = reasons.iter().map(ToString::to_string).collect();
            let in_vietnamese = |&code: &Reason| reason_in_words(code, Language::Vietnamese);
            let told: Vec<_> = reasons.iter().map(in_vietnamese).collect();
            let (words, told) = (words.join(", "), told.join(", "));
            let Message { en, vi } = self.describe(at);
            let message = both!(
                "{en} is not eligible ({words}): remove the pin or correct what stops it",
                "{vi} không đủ điều kiện ({told}): hãy bỏ việc ấn định hoặc sửa điều ngăn cản",
            );
            self.faults
                .add(ErrorCode::PinIneligible, format!("/pins/{at}"), message);
        }
    }

    fn departments(&mut self) {
        let instance = self.instance;
        let department_of = |person: u32| instance.person(person).department;
        for (department, pins) in self.grouped(|person, _| Some(department_of(person))) {
            let id = &instance.problem.departments[department as usize].id;
            if let Some(cap) = instance.departments[department as usize].release_cap {
                let cap_at = format!("/departments/{department}/release_cap");
                let rule = both!(
                    "department `{id}` releases at most {cap}",
                    "cơ quan `{id}` được cử nhiều nhất {cap} người",
                );
                self.cap(&pins, cap, cap_at, &rule);
            }
        }
        for (department, row) in (0_u32..).zip(&instance.departments) {
            for &(field, quota) in &row.group_quotas {
                let groups = self.grouped(|person, _| {
                    let who = instance.person(person);
                    (who.department == department && who.primary_field == field).then_some(0)
                });
                let id = &instance.problem.departments[department as usize].id;
                let field_id = &instance.problem.fields[field as usize].id;
                let token = crate::pointer_token(field_id.as_str());
                for pins in groups.into_values() {
                    let cap_at = format!("/departments/{department}/field_floors/{token}");
                    let rule = both!(
                        "the floor of field `{field_id}` in department `{id}` lets {quota} go",
                        "cơ quan `{id}` phải giữ lại đủ người lĩnh vực `{field_id}` nên chỉ được cử {quota} người",
                    );
                    self.cap(&pins, quota, cap_at, &rule);
                }
            }
        }
    }

    fn units(&mut self) {
        let instance = self.instance;
        for (unit, pins) in self.grouped(|_, need| Some(instance.need(need).unit)) {
            if let Some(cap) = instance.unit(unit).cap {
                let row = &instance.problem.units[unit as usize];
                let cap_at = match row.cap {
                    Some(_) => format!("/units/{unit}/cap"),
                    None => "/policy/unit_cap".to_owned(),
                };
                let id = &row.id;
                let rule = both!(
                    "unit `{id}` absorbs {cap}",
                    "đơn vị `{id}` chỉ tiếp nhận tối đa {cap} người"
                );
                self.cap(&pins, cap, cap_at, &rule);
            }
        }
    }

    fn province(&mut self) {
        let Some(cap) = self.instance.problem.policy.max_secondments else {
            return;
        };
        for pins in self.grouped(|_, _| Some(0)).into_values() {
            let rule = both!(
                "the policy allows {cap} secondments in all",
                "đợt này có chỉ tiêu {cap} người biệt phái",
            );
            self.cap(&pins, cap, "/policy/max_secondments".to_owned(), &rule);
        }
    }

    /// Positions of the pins by a key; pins without a key are left out.
    fn grouped(&self, key: impl Fn(u32, u32) -> Option<u32>) -> BTreeMap<u32, Vec<usize>> {
        let mut groups: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (at, &(person, need)) in self.pinned.iter().enumerate() {
            if let Some(key) = key(person, need) {
                groups.entry(key).or_default().push(at);
            }
        }
        groups
    }

    /// A limit on people; someone pinned twice counts once, because that fault is told apart.
    fn cap(&mut self, pins: &[usize], cap: u32, cap_at: String, rule: &Message) {
        let people: BTreeSet<u32> = pins.iter().map(|&at| self.pinned[at].0).collect();
        if index(people.len()) > cap {
            let (Message { en, vi }, pinned) = (rule, people.len());
            let why = both!(
                "{en}, but {pinned} are pinned",
                "{vi}, nhưng có {pinned} người được ấn định",
            );
            let remedy = both!(
                "remove pins or raise the limit",
                "hãy bỏ bớt phân công đã ấn định hoặc nâng giới hạn",
            );
            self.conflict(pins, vec![cap_at], &why, &remedy);
        }
    }

    fn conflict(&mut self, pins: &[usize], others: Vec<String>, why: &Message, remedy: &Message) {
        let Some((first, rest)) = pins.split_first() else {
            return;
        };
        let listed = rest.iter().take(MOST_NAMED);
        let mut also: Vec<_> = listed.map(|at| format!("/pins/{at}")).collect();
        also.extend(others.into_iter().take(MOST_NAMED));
        let named = pins.iter().take(MOST_NAMED + 1);
        let mut named: Vec<Message> = named.map(|&at| self.describe(at)).collect();
        if pins.len() > named.len() {
            let more = pins.len() - named.len();
            named.push(both!("… and {more} more", "… và {more} phân công khác"));
        }
        let listed = |pick: fn(&Message) -> &str| named.iter().map(pick).collect::<Vec<_>>().join(", ");
        let (all_en, all_vi) = (listed(|one| &one.en), listed(|one| &one.vi));
        self.faults.add_with(
            ErrorCode::PinConflict,
            format!("/pins/{first}"),
            also,
            Message {
                en: format!("{}: {all_en}; {}", why.en, remedy.en),
                vi: format!("{}: {all_vi}; {}", why.vi, remedy.vi),
            },
        );
    }

    fn describe(&self, at: usize) -> Message {
        let Pin { person, need } = &self.instance.problem.pins[at];
        both!(
            "pin {at} (person `{person}` to need `{need}`)",
            "phân công ấn định {at} (người `{person}` vào nhu cầu `{need}`)",
        )
    }
}
