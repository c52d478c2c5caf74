//! Eligible pairs that are in no program, and which of them would pay.
//!
//! A country has tens of millions of pairs, and no good plan uses more than a few thousand. So they
//! are not built but looked through, kind by kind: what the person, and what need and kind add to a
//! price, is worked out once each, and a pair whose sum of both is too much needs no further look,
//! not even at its journey.

use super::placements::Couples;
use super::prices::{Kind, Prices};
use super::searches::Search;
use crate::eligibility::Pair;
use crate::instance::Holder;
use crate::market::Market;
use crate::problem::Category;
use crate::rulebook::{Entries, Rulebook, Scope};
use crate::terms::Merits;
use std::collections::{BTreeMap, HashMap, HashSet};

/// The placements that are no columns yet.
pub(super) struct Outside<'i> {
    market: Market<'i>,
    groups: Vec<Group>,
    /// Rows of the groups, one after the other.
    entries: Entries,
    /// By field: the people of each kind who could go anywhere on their own.
    kinds: Vec<Vec<Vec<Holder>>>,
    couples: Couples,
    inside: HashSet<(u32, u32)>,
    /// The ways that are columns.
    ways_inside: HashSet<Vec<(u32, u32)>>,
}

/// The people of a kind against a need that they may serve.
struct Group {
    pair: Pair,
    /// Which of the field's kinds.
    kind: u32,
    cost: i64,
    /// Where its rows end.
    end: usize,
}

fn named(pairs: &[Pair]) -> Vec<(u32, u32)> {
    pairs.iter().map(|pair| (pair.person, pair.need)).collect()
}

impl<'i> Outside<'i> {
    /// Everything is outside.
    pub(super) fn new(
        market: Market<'i>,
        book: &Rulebook<'_>,
        couples: Couples,
        cost_of: impl Fn(&Pair) -> i64,
    ) -> Self {
        let mut outside = Self {
            market,
            groups: Vec::new(),
            entries: Entries::new(),
            kinds: kinds(market, &couples),
            couples,
            inside: HashSet::new(),
            ways_inside: HashSet::new(),
        };
        let mut entries = Entries::new();
        for (number, need) in (0_u32..).zip(&market.instance.needs) {
            for (kind, holders) in (0_u32..).zip(&outside.kinds[need.field as usize]) {
                let Some(first) = holders.first() else { continue };
                if !market.instance.kinds_allow(first, number) {
                    continue;
                }
                let pair = market.instance.pair_without_travel(first, number);
                book.entries_within(|scope| scope == Scope::Kind, &pair, &mut entries);
                outside.entries.append(&mut entries);
                outside.groups.push(Group {
                    pair,
                    kind,
                    cost: cost_of(&pair),
                    end: outside.entries.len(),
                });
            }
        }
        outside
    }

    /// Notes that a placement has become a column; `false` if it was one.
    pub(super) fn enter(&mut self, pairs: &[Pair]) -> bool {
        match pairs {
            [pair] => self.inside.insert((pair.person, pair.need)),
            _ => self.ways_inside.insert(named(pairs)),
        }
    }

    /// The placements that a plan uses; `None` if it breaks a couple up.
    pub(super) fn of_plan(&self, plan: &[Pair]) -> Option<Vec<Vec<Pair>>> {
        let mut by_person: BTreeMap<u32, Pair> = plan.iter().map(|pair| (pair.person, *pair)).collect();
        let mut placements = Vec::new();
        for ways in &self.couples.ways {
            let Some(first) = ways.first() else { continue };
            let own: Vec<Pair> = (first.iter())
                .filter_map(|pair| by_person.remove(&pair.person))
                .collect();
            if !own.is_empty() {
                let way = ways.iter().find(|way| named(way) == named(&own))?;
                placements.push(way.clone());
            }
        }
        // what is left of a couple has no placement
        let is_alone = |person: &u32| !self.couples.members.contains(person);
        let all_are = by_person.keys().all(is_alone);
        placements.extend(by_person.into_values().map(|pair| vec![pair]));
        all_are.then_some(placements)
    }

    /// Looks at everything outside that could be what a search is for.
    pub(super) fn scan(&self, prices: &impl Prices, search: &mut impl Search) {
        let instance = self.market.instance;
        let ranked = self.ranked(prices);
        let mut start = 0;
        for group in &self.groups {
            let kind = Kind {
                pair: &group.pair,
                cost: group.cost,
                entries: &self.entries[start..group.end],
            };
            start = group.end;
            let base = prices.of_kind(&kind);
            let number = group.pair.need;
            let need = instance.need(number);
            for (own, holder) in &ranked[need.field as usize][group.kind as usize] {
                if base + own >= search.limit() {
                    // so it is for all that follow
                    break;
                }
                let person = holder.person;
                if base + own >= search.below(person, number) {
                    continue;
                }
                let Some(pair) = instance.eligible(holder, number, need) else {
                    continue;
                };
                let price = prices.of(&[pair]);
                if price < search.below(person, number) && !self.inside.contains(&(person, number)) {
                    search.found(&[pair], price);
                }
            }
        }
        self.scan_couples(prices, search);
    }

    /// The kinds, in each those first who add least to a price; what they add is beside them.
    fn ranked(&self, prices: &impl Prices) -> Vec<Vec<Vec<(i128, Holder)>>> {
        let people = 0..crate::index(self.market.instance.people.len());
        let own: Vec<i128> = people.map(|person| prices.of_person(person)).collect();
        let of_kind = |kind: &Vec<Holder>| {
            let mut ranked: Vec<(i128, Holder)> = (kind.iter())
                .map(|holder| (own[holder.person as usize], *holder))
                .collect();
            ranked.sort_unstable_by_key(|(own, holder)| (*own, holder.person));
            ranked
        };
        (self.kinds.iter())
            .map(|kinds| kinds.iter().map(of_kind).collect())
            .collect()
    }

    fn scan_couples(&self, prices: &impl Prices, search: &mut impl Search) {
        let mut known: HashMap<(u32, u32), i128> = HashMap::new();
        for ways in &self.couples.ways {
            known.clear();
            for way in ways {
                // together a couple costs no less than its members, each on their own
                let least: i128 = (way.iter())
                    .map(|pair| {
                        *(known.entry((pair.person, pair.need))).or_insert_with(|| prices.of(&[*pair]))
                    })
                    .sum();
                let below = search.below(way[0].person, way[0].need);
                if least >= below {
                    continue;
                }
                let price = prices.of(way);
                if price < below && !self.ways_inside.contains(&named(way)) {
                    search.found(way, price);
                }
            }
        }
    }
}

/// By field: the people of each kind who could go anywhere on their own.
fn kinds(market: Market<'_>, couples: &Couples) -> Vec<Vec<Vec<Holder>>> {
    let instance = market.instance;
    let merits = Merits::new(instance);
    let alone =
        |holder: &&Holder| instance.may_serve(holder.person) && !couples.members.contains(&holder.person);
    let of_field = |holders: &Vec<Holder>| {
        let mut kinds: BTreeMap<_, Vec<Holder>> = BTreeMap::new();
        for holder in holders.iter().filter(alone) {
            let person = instance.person(holder.person);
            let kind = (
                holder.level,
                merits.of(holder),
                person.category == Category::Support,
                &person.languages,
            );
            kinds.entry(kind).or_default().push(*holder);
        }
        kinds.into_values().collect()
    };
    instance.holders.iter().map(of_field).collect()
}
