//! Why a seat stays empty, and each single change that would fill it.
//!
//! A change fills the seat when some lawful plan then has one person more in the need and none
//! fewer in any other. On the residual graph that is a question of one new arc: it helps exactly
//! when it leads from what the root reaches to what reaches the seat. The chain over it is told
//! with the change, so that anyone can follow it. The quotas that separate the two sides, nearest
//! to the seat, are its bottleneck (the minimum cut of Ford and Fulkerson 1956).

use super::chain::{Move, Place};
use super::funnel::Funnel;
use super::quotas::Quotas;
use super::residual::{Node, Reached, Residual};
use super::{Explainer, Refusal};
use crate::edit::Edit;
use crate::eligibility::Reason;
use crate::ids::{DepartmentId, FieldId, NeedId, UnitId};
use crate::index;
use crate::problem::Together;
use crate::terms;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

/// Everything there is to say about an empty seat.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Certificate {
    /// Which need.
    pub need: NeedId,
    /// Its unit.
    pub unit: UnitId,
    /// Its field.
    pub field: FieldId,
    /// Seats empty.
    pub missing: u32,
    /// Who is left after each question.
    pub funnel: Funnel,
    /// The quotas in the way, from the seat outwards.
    pub bottlenecks: Vec<Bottleneck>,
    /// People who could take the seat or make room for somebody who could, if a bottleneck opened.
    pub people_behind: u32,
    /// Each single change that fills the seat, with the moves that fill it.
    pub remedies: Vec<Remedy>,
    /// Changes of which time or memory did not suffice to tell whether they would.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub undecided: Vec<Edit>,
}

/// A limit that is used up.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "bottleneck", rename_all = "snake_case", deny_unknown_fields)]
pub enum Bottleneck {
    /// The unit has as many people as it absorbs.
    UnitCap {
        /// Which unit.
        unit: UnitId,
        /// How many it absorbs.
        cap: u32,
    },
    /// The round has as many secondments as it pays for.
    MaxSecondments {
        /// How many it pays for.
        cap: u32,
    },
    /// The department has released as many as it may.
    ReleaseCap {
        /// Which department.
        department: DepartmentId,
        /// How many it may release.
        cap: u32,
    },
    /// The department must keep the rest of its people of a field.
    FieldFloor {
        /// Which department.
        department: DepartmentId,
        /// Whose primary field.
        field: FieldId,
        /// How many may leave.
        quota: u32,
    },
    /// A rule that binds people or units together; the quotas alone would let the seat be filled.
    Rule {
        /// Its term id.
        rule: String,
    },
    /// Nobody else is eligible: everyone who could come is needed where they are.
    NobodyElse,
}

/// One change, and what it sets in motion.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Remedy {
    /// The change.
    pub edit: Edit,
    /// Who moves where.
    pub moves: Vec<Move>,
}

impl Explainer<'_> {
    /// Why a need has empty seats, and which single changes would fill one of them: one release
    /// more, one person fewer to be kept, one more that the unit absorbs or the round pays for, one
    /// waiver at this need, fewer days of rest, one pin less. Where rules bind people or units
    /// together, also: one more in the field, one change more, no limit on all journeys, no speakers
    /// or seniors asked for in this unit, one team less; there each change is tried by solving.
    ///
    /// # Errors
    /// [`Refusal::UnknownNeed`], [`Refusal::NeedFilled`] when no seat is empty, and
    /// [`Refusal::NotSolved`] when the engine fails on a change that has to be tried.
    pub fn certificate(&self, need: &NeedId) -> Result<Certificate, Refusal> {
        let at = self.need(need)?;
        let quotas = Quotas::of(self);
        let funnel = self.funnel_of(at, &quotas);
        if funnel.filled >= funnel.requested {
            return Err(Refusal::NeedFilled {
                need: need.clone(),
                seats: funnel.requested,
            });
        }
        let graph = Residual::new(self.instance, &self.serves, &quotas);
        let seat = Seat {
            explainer: self,
            need: at,
            from_root: graph.reached_from_root(),
            towards: graph.towards(at),
            graph: &graph,
            room: self.room_in_unit(at),
        };
        let (mut bottlenecks, mut remedies) = (seat.bottlenecks(), seat.remedies());
        let mut undecided = Vec::new();
        // a rule that binds nobody as things are may do so after an edit
        if terms::bind_together(self.instance.problem()) {
            let reachable = seat.is_reachable();
            let offered = remedies.into_iter().map(|remedy| remedy.edit).collect();
            (remedies, undecided) = self.tried(at, &quotas, (!reachable).then_some(offered))?;
            if reachable {
                bottlenecks = self.rules_in_the_way(&remedies);
            }
        }
        Ok(Certificate {
            need: need.clone(),
            unit: funnel.unit.clone(),
            field: self.instance.problem().needs[at as usize].field.clone(),
            missing: funnel.requested - funnel.filled,
            bottlenecks,
            people_behind: seat.people_behind(),
            remedies,
            undecided,
            funnel,
        })
    }

    /// The rules without which the seat would be filled; where no single one is enough, all that can
    /// bind, for any may take part.
    fn rules_in_the_way(&self, remedies: &[Remedy]) -> Vec<Bottleneck> {
        let lifted: BTreeSet<&str> = (remedies.iter())
            .filter_map(|remedy| self.rule_of(&remedy.edit))
            .collect();
        (terms::breaking(self.instance).into_iter())
            .filter(|rule| lifted.is_empty() || lifted.contains(rule))
            .map(|rule| Bottleneck::Rule {
                rule: rule.to_owned(),
            })
            .collect()
    }

    /// The rule, of those that bind people or units together, that an edit lifts.
    fn rule_of(&self, edit: &Edit) -> Option<&'static str> {
        match edit {
            Edit::FieldCap { .. } => Some("field_cap"),
            Edit::TravelBudget { .. } => Some("travel_budget"),
            Edit::ChangeBudget { .. } => Some("change_budget"),
            Edit::Speakers { .. } => Some("speaker"),
            Edit::SeniorFrom { .. } => Some("senior"),
            Edit::Disband { team } => {
                let teams = &self.instance.problem().teams;
                let found = teams.iter().find(|row| row.id == *team)?;
                Some(match found.together {
                    Together::SameUnit => "couples",
                    Together::AllOrNone => "teams",
                })
            }
            _ => None,
        }
    }

    /// The cap of the need's unit if it is used up.
    fn room_in_unit(&self, need: u32) -> Option<u32> {
        let unit = self.instance.need(need).unit;
        let there = (self.serves.iter().flatten()).filter(|&&other| self.instance.need(other).unit == unit);
        let there = index(there.count());
        self.instance.unit(unit).cap.filter(|&cap| there >= cap)
    }
}

struct Seat<'s> {
    explainer: &'s Explainer<'s>,
    need: u32,
    graph: &'s Residual<'s>,
    from_root: Reached,
    towards: Reached,
    /// The cap of a full unit.
    room: Option<u32>,
}

impl Seat<'_> {
    /// Whether quotas and eligibility alone would let the seat be filled.
    fn is_reachable(&self) -> bool {
        self.room.is_none() && self.from_root.has(Node::Need(self.need))
    }

    fn bottlenecks(&self) -> Vec<Bottleneck> {
        let problem = self.explainer.instance.problem();
        let mut found = Vec::new();
        if let Some(cap) = self.room {
            let unit = problem.needs[self.need as usize].unit.clone();
            found.push(Bottleneck::UnitCap { unit, cap });
            return found;
        }
        let department = |at: u32| problem.departments[at as usize].id.clone();
        for ((at, field), quota) in self.graph.quotas.groups() {
            if self.separates(Node::Department(at), Node::Group(at, field)) {
                let field = problem.fields[field as usize].id.clone();
                found.push(Bottleneck::FieldFloor {
                    department: department(at),
                    field,
                    quota,
                });
            }
        }
        for (at, row) in (0_u32..).zip(&self.explainer.instance.departments) {
            if let Some(cap) = row.release_cap
                && self.separates(Node::Province, Node::Department(at))
            {
                found.push(Bottleneck::ReleaseCap {
                    department: department(at),
                    cap,
                });
            }
        }
        if let Some(cap) = problem.policy.max_secondments
            && self.separates(Node::Root, Node::Province)
        {
            found.push(Bottleneck::MaxSecondments { cap });
        }
        if found.is_empty() {
            found.push(Bottleneck::NobodyElse);
        }
        found
    }

    /// Whether an arc is missing between what can't reach the seat and what can.
    fn separates(&self, tail: Node, head: Node) -> bool {
        self.towards.has(head) && !self.towards.has(tail)
    }

    fn people_behind(&self) -> u32 {
        let people = 0..index(self.explainer.serves.len());
        index(
            people
                .filter(|&person| self.towards.has(Node::Person(person)))
                .count(),
        )
    }

    fn remedies(&self) -> Vec<Remedy> {
        let mut remedies = Vec::new();
        if let Some(cap) = self.room {
            if self.from_root.has(Node::Need(self.need)) {
                let unit = self.explainer.instance.problem().needs[self.need as usize]
                    .unit
                    .clone();
                let edit = Edit::UnitCap { unit, cap: cap + 1 };
                let moves = self.moves(Node::Need(self.need), Node::Need(self.need));
                remedies.push(Remedy { edit, moves });
            }
            return remedies;
        }
        self.quotas(&mut remedies);
        self.waivers(&mut remedies);
        remedies.extend(self.rest());
        self.pins(&mut remedies);
        remedies
    }

    /// One more on each quota that lies between the two sides.
    fn quotas(&self, remedies: &mut Vec<Remedy>) {
        for (tail, head, edit) in self.graph.quotas.one_more(self.explainer.instance) {
            if self.from_root.has(tail) && self.towards.has(head) {
                let moves = self.moves(tail, head);
                remedies.push(Remedy { edit, moves });
            }
        }
    }

    /// Everyone who could come and is stopped from this need by one reason that may be set aside.
    fn waivers(&self, remedies: &mut Vec<Remedy>) {
        let instance = self.explainer.instance;
        for holder in instance.holders_of(instance.need(self.need).field) {
            let person = holder.person;
            if !self.from_root.has(Node::Person(person)) {
                continue;
            }
            if let &[reason] = instance.reasons_of(person, self.need).as_slice()
                && Reason::WAIVABLE.contains(&reason)
            {
                let edit = Edit::Waive {
                    person: self.explainer.person_id(person).clone(),
                    need: self.explainer.need_id(self.need).clone(),
                    reason,
                };
                let moves = self.moves(Node::Person(person), Node::Need(self.need));
                remedies.push(Remedy { edit, moves });
            }
        }
    }

    /// The longest rest that would let somebody come after all.
    fn rest(&self) -> Option<Remedy> {
        let instance = self.explainer.instance;
        let tries = |days: u32| {
            let edit = Edit::RestDays { days };
            let edited = instance.edited(std::slice::from_ref(&edit)).ok()?;
            let graph = Residual::new(&edited, &self.explainer.serves, self.graph.quotas);
            let reached = graph.reached_from_root();
            let seat = Node::Need(self.need);
            reached.has(seat).then(|| Remedy {
                edit,
                moves: self.along(&reached.path(seat)),
            })
        };
        // less rest never stops anybody, so the days that help are the fewest ones up to some number
        let days = self.explainer.shorter_rests();
        let helps = days.partition_point(|&days| tries(days).is_some());
        tries(*days.get(helps.checked_sub(1)?)?)
    }

    /// Everyone who is pinned elsewhere, can be replaced there, and could come.
    fn pins(&self, remedies: &mut Vec<Remedy>) {
        let instance = self.explainer.instance;
        for &(person, at) in &instance.pins {
            if at == self.need || !self.from_root.has(Node::Need(at)) {
                continue;
            }
            let onward = (0..index(instance.needs.len()))
                .map(Node::Need)
                .filter(|&node| self.towards.has(node))
                .find(|&node| matches!(node, Node::Need(need) if need != at && instance.pair(person, need).is_some()))
                .or_else(|| Some(self.graph.home(person)).filter(|&home| self.towards.has(home)));
            if let Some(onward) = onward {
                let mut path = self.from_root.path(Node::Need(at));
                path.reverse();
                path.push(Node::Person(person));
                path.extend(self.towards.path(onward));
                let edit = Edit::Unpin {
                    person: self.explainer.person_id(person).clone(),
                };
                path.reverse();
                remedies.push(Remedy {
                    edit,
                    moves: self.along(&path),
                });
            }
        }
    }

    /// The moves over a new arc.
    fn moves(&self, tail: Node, head: Node) -> Vec<Move> {
        let mut path = self.towards.path(head);
        path.reverse();
        let from_root = self.from_root.path(tail);
        // without a new arc both ends are the seat
        path.extend(from_root.into_iter().skip(usize::from(tail == head)));
        self.along(&path)
    }

    /// The moves along a path from the seat back to the root: everyone on it goes to the need that
    /// stands before them, or home.
    fn along(&self, path: &[Node]) -> Vec<Move> {
        let problem = self.explainer.instance.problem();
        let place = |need: u32| Place {
            need: problem.needs[need as usize].id.clone(),
            unit: problem.needs[need as usize].unit.clone(),
        };
        (path.windows(2))
            .filter_map(|step| match *step {
                [before, Node::Person(person)] => Some(Move {
                    person: self.explainer.person_id(person).clone(),
                    from: self.explainer.serves[person as usize].map(place),
                    to: match before {
                        Node::Need(need) => Some(place(need)),
                        _ => None,
                    },
                }),
                _ => None,
            })
            .collect()
    }
}
