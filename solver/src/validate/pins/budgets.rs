//! Pins against the rules of the whole province and of teams, as far as counting can tell.

use super::Pins;
use crate::index;
use crate::message::{Message, both};
use crate::problem::Together;
use std::collections::BTreeMap;

impl Pins<'_> {
    pub(super) fn field_caps(&mut self) {
        let instance = self.instance;
        for (field, pins) in self.grouped(|_, need| Some(instance.need(need).field)) {
            if let Some(&cap) = instance.field_caps.get(&field) {
                let id = &instance.problem.fields[field as usize].id;
                let cap_at = format!("/policy/field_caps/{}", crate::pointer_token(id.as_str()));
                let rule = both!(
                    "the policy sends {cap} to needs of field `{id}`",
                    "đợt này có chỉ tiêu {cap} người cho lĩnh vực `{id}`",
                );
                self.cap(&pins, cap, cap_at, &rule);
            }
        }
    }

    pub(super) fn travel_budget(&mut self) {
        let instance = self.instance;
        let Some(budget) = instance.problem.policy.travel_budget_minutes else {
            return;
        };
        // someone pinned twice travels once; that fault is told apart
        let journeys: BTreeMap<u32, u64> = (self.pinned.iter())
            .map(|&(person, need)| {
                let minutes = instance.minutes(person, instance.need(need).unit);
                (person, u64::from(minutes))
            })
            .collect();
        let minutes: u64 = journeys.values().sum();
        if minutes > budget {
            let pins: Vec<usize> = (0..self.pinned.len()).collect();
            let why = both!(
                "all journeys together may take {budget} minutes, the pinned ones take {minutes}",
                "tổng thời gian đi lại không quá {budget} phút, riêng các phân công đã ấn định là {minutes} phút",
            );
            let budget_at = vec!["/policy/travel_budget_minutes".to_owned()];
            self.conflict(&pins, budget_at, &why, &less_or_more());
        }
    }

    /// A pin of somebody whom the base plan sends elsewhere is a change, and so is an assignment of
    /// the base plan that eligibility stops by now.
    pub(super) fn change_budget(&mut self) {
        let instance = self.instance;
        let Some(budget) = instance.problem.policy.change_budget else {
            return;
        };
        let (mut moving, mut stopped) = (Vec::new(), 0);
        for &(person, need) in instance.base.keys() {
            let elsewhere = (self.pinned.iter()).position(|&(who, what)| who == person && what != need);
            match elsewhere {
                Some(pin) => moving.push(pin),
                None => stopped += u32::from(!instance.reasons_of(person, need).is_empty()),
            }
        }
        // what is stopped alone may be too much already; that is no fault of the pins
        if stopped <= budget && index(moving.len()) + stopped > budget {
            let by_pins = moving.len();
            let why = both!(
                "at most {budget} assignments of the base plan may change, but {by_pins} change by pins and {stopped} for \
                 want of eligibility",
                "chỉ được thay đổi nhiều nhất {budget} phân công của phương án trước, nhưng {by_pins} thay đổi do đã ấn định và \
                 {stopped} do không còn đủ điều kiện",
            );
            let budget_at = vec!["/policy/change_budget".to_owned()];
            self.conflict(&moving, budget_at, &why, &less_or_more());
        }
    }

    /// A couple serves in one unit.
    pub(super) fn couples(&mut self) {
        let instance = self.instance;
        for (at, team) in instance.teams.iter().enumerate() {
            if team.together != Together::SameUnit {
                continue;
            }
            let pins: Vec<usize> = (self.pinned.iter().enumerate())
                .filter(|(_, (person, _))| team.members.contains(person))
                .map(|(pin, _)| pin)
                .collect();
            let unit_of = |pin: &usize| instance.need(self.pinned[*pin].1).unit;
            if pins.windows(2).any(|two| unit_of(&two[0]) != unit_of(&two[1])) {
                let id = &instance.problem.teams[at].id;
                let why = both!(
                    "team `{id}` serves in one unit, but its members are pinned to several",
                    "nhóm `{id}` phải ở cùng một đơn vị, nhưng các thành viên được ấn định vào nhiều đơn vị",
                );
                let remedy = both!(
                    "pin them to one unit or remove pins",
                    "hãy ấn định họ vào một đơn vị hoặc bỏ bớt phân công đã ấn định",
                );
                self.conflict(&pins, vec![format!("/teams/{at}")], &why, &remedy);
            }
        }
    }
}

fn less_or_more() -> Message {
    both!(
        "remove pins or raise the budget",
        "hãy bỏ bớt phân công đã ấn định hoặc nâng giới hạn",
    )
}
