//! The base model: one network, one whole-number cost for each pair, instead of tiers.
//!
//! It gives prices and a bound where one cost stands for the tiers, and is what peers can be measured
//! on. Not part of the interface: it may change or go at any time. The cost of a pair, to be
//! minimised, is −(priority weight × (1000 + fit)) + started buckets of travel; the rules are
//! those of a plan. Everything is solved by the same core that solves the tiers.

use crate::eligibility::Pair;
use crate::flow::face::{self, Face};
use crate::flow::journeys::Journeys;
use crate::flow::listing::Looks;
use crate::flow::network::Network;
use crate::flow::offers::{Offers, PairCosts};
use crate::flow::sift;
use crate::flow::simplex::Simplex;
use crate::general::prices::{Kind, Prices};
use crate::index;
use crate::instance::Instance;
use crate::market::Market;
use crate::plan::Tier;
use crate::terms;
use crate::tier_cost::TierCost;
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// What a filled seat earns beside fit, for each point of its priority's weight.
const SEAT: i64 = 1_000;

/// Far longer than the base model of any country takes.
const LONG: Duration = Duration::from_secs(24 * 60 * 60);

/// The base model of an instance, its pairs listed by field but not built.
pub struct BaseModel<'i> {
    costs: Costs<'i>,
    network: Network,
    journeys: Journeys,
    offers: Offers,
}

/// A proven optimum of the base model.
#[derive(Clone, Debug, Default)]
pub struct BaseSolution {
    /// The sum over all pairs chosen.
    pub cost: i64,
    /// Person and need, by position in the document.
    pub pairs: Vec<(u32, u32)>,
    /// Steps of the simplex.
    pub pivots: u64,
    /// Steps that moved nobody.
    pub degenerate: u64,
    /// Passes over all pairs, the last of which proves that none is missing.
    pub passes: u32,
    /// Pairs that were built in the end.
    pub built: usize,
}

/// The rules of the base model in numbers. `None` means no cap.
#[derive(Clone, Debug, Default)]
pub struct BaseCaps {
    /// Of each person.
    pub department_of_person: Vec<u32>,
    /// Of each person: the group with a floor, if the person is in one.
    pub group_of_person: Vec<Option<u32>>,
    /// Of each group: its department.
    pub department_of_group: Vec<u32>,
    /// Of each group: how many may leave.
    pub quota_of_group: Vec<u32>,
    /// Of each department: how many may leave.
    pub cap_of_department: Vec<Option<u32>>,
    /// Of each need.
    pub unit_of_need: Vec<u32>,
    /// Of each need.
    pub headcount_of_need: Vec<u32>,
    /// Of each unit: how many it absorbs.
    pub cap_of_unit: Vec<Option<u32>>,
    /// How many may leave in all.
    pub max_secondments: Option<u32>,
}

/// What pairs cost.
struct Costs<'i> {
    market: Market<'i>,
    fit: TierCost,
}

impl Costs<'_> {
    fn of_need(&self, need: u32) -> i64 {
        -SEAT * i64::from(terms::priority_weight(self.market.instance, need))
    }

    /// Of a pair beyond what its need costs everyone.
    fn beyond_need(&self, pair: &Pair) -> i64 {
        self.of_kinds(pair) + i64::from(self.market.instance.buckets(pair.minutes))
    }

    fn of_kinds(&self, pair: &Pair) -> i64 {
        self.fit.of_pair(&self.market, pair)
    }
}

impl<'i> BaseModel<'i> {
    /// Lists everything that a solve needs.
    ///
    /// `None` when journeys are too long for the core.
    #[must_use]
    pub fn new(instance: &'i Instance) -> Option<Self> {
        let costs = Costs {
            market: Market { instance, seed: 0 },
            fit: TierCost::new(instance, Tier::Fit),
        };
        let network = Network::new(instance);
        let journeys = Journeys::new(instance)?;
        let prices = PairCosts {
            kinds: &|pair| costs.of_kinds(pair),
            bucket: 1,
            named: &|pair| costs.beyond_need(pair),
            looks: Looks {
                fit: true,
                burden: false,
            },
        };
        let offers = Offers::new(instance, &network, &Face::new(instance), &journeys, &prices);
        Some(Self {
            costs,
            network,
            journeys,
            offers,
        })
    }

    /// Calls `visit` with person, need and cost of every eligible pair, need by need.
    pub fn each_arc(&self, mut visit: impl FnMut(u32, u32, i64)) {
        let instance = self.costs.market.instance;
        instance.each_eligible_pair(|pair| visit(pair.person, pair.need, self.cost(&pair)));
    }

    /// What an eligible pair costs.
    pub(crate) fn cost(&self, pair: &Pair) -> i64 {
        self.costs.of_need(pair.need) + self.costs.beyond_need(pair)
    }

    /// Prices every eligible pair once, with everybody at home; returns for how many people
    /// and fields one of them pays.
    #[must_use]
    pub fn pass(&self) -> u64 {
        self.offers.count_paying(&self.journeys, &self.start())
    }

    /// Everybody at home.
    fn start(&self) -> Simplex {
        let mut simplex = Simplex::new(self.network.clone());
        for need in self.network.needs() {
            simplex.cost[self.network.need_node(need) as usize] = self.costs.of_need(need);
        }
        simplex.reprice();
        simplex
    }

    /// Solves from nothing.
    #[must_use]
    pub fn solve(&self) -> BaseSolution {
        self.session().solution()
    }

    /// Solves from nothing and stays at the optimum.
    #[must_use]
    pub fn session(&self) -> Session<'_, 'i> {
        let mut session = Session {
            model: self,
            simplex: self.start(),
            passes: 0,
        };
        sift::start(&mut session.simplex, &self.offers, &self.journeys);
        session.sift();
        session
    }

    /// The rules.
    #[must_use]
    pub fn caps(&self) -> BaseCaps {
        let instance = self.costs.market.instance;
        let mut caps = BaseCaps {
            max_secondments: instance.problem().policy.max_secondments,
            ..BaseCaps::default()
        };
        let mut groups = BTreeMap::new();
        for (number, row) in (0_u32..).zip(&instance.departments) {
            caps.cap_of_department.push(row.release_cap);
            for &(field, quota) in &row.group_quotas {
                groups.insert((number, field), index(groups.len()));
                caps.department_of_group.push(number);
                caps.quota_of_group.push(quota);
            }
        }
        for row in &instance.people {
            caps.department_of_person.push(row.department);
            let group = groups.get(&(row.department, row.primary_field));
            caps.group_of_person.push(group.copied());
        }
        for row in &instance.needs {
            caps.unit_of_need.push(row.unit);
            caps.headcount_of_need.push(row.headcount);
        }
        caps.cap_of_unit = instance.units.iter().map(|row| row.cap).collect();
        caps
    }
}

impl Prices for Session<'_, '_> {
    fn of_person(&self, person: u32) -> i128 {
        let node = self.model.network.person_node(person);
        -i128::from(self.simplex.price(node))
    }

    fn of_kind(&self, kind: &Kind<'_>) -> i128 {
        let node = self.model.network.need_node(kind.pair.need);
        i128::from(self.model.costs.of_kinds(kind.pair) + self.simplex.price(node))
    }

    fn of(&self, pairs: &[Pair]) -> i128 {
        let reduced = |pair: &Pair| {
            let (tail, head) = face::nodes(&self.model.network, pair.person, pair.need);
            (self.simplex).reduced_pair(tail, head, self.model.costs.beyond_need(pair))
        };
        pairs.iter().map(reduced).map(i128::from).sum()
    }
}

/// A solved base model that can be revised.
pub struct Session<'m, 'i> {
    model: &'m BaseModel<'i>,
    simplex: Simplex,
    passes: u32,
}

impl Session<'_, '_> {
    fn sift(&mut self) {
        let deadline = Instant::now() + LONG;
        let (offers, journeys) = (&self.model.offers, &self.model.journeys);
        let passes = sift::sift(&mut self.simplex, offers, journeys, deadline);
        self.passes += passes.unwrap_or(0);
    }

    /// The optimum in hand; pivots and passes are those of the whole session.
    #[must_use]
    pub fn solution(&self) -> BaseSolution {
        let costs = &self.model.costs;
        let instance = costs.market.instance;
        let placed = self.simplex.assignments();
        let mut pairs: Vec<_> = placed.into_iter().chain(instance.pins.iter().copied()).collect();
        pairs.sort_unstable();
        let of_pair = |&(person, need): &(u32, u32)| {
            let beyond = instance
                .pair(person, need)
                .map_or(0, |pair| costs.beyond_need(&pair));
            costs.of_need(need) + beyond
        };
        BaseSolution {
            cost: pairs.iter().map(of_pair).sum(),
            pairs,
            pivots: self.simplex.pivots,
            degenerate: self.simplex.degenerate,
            passes: self.passes,
            built: self.simplex.pairs.len(),
        }
    }

    /// Takes a person out of the round, who then neither serves nor counts as released, and repairs
    /// the plan to the optimum without them. Pinned people stay.
    pub fn withdraw(&mut self, person: u32) {
        self.simplex.withdraw(person);
        self.sift();
    }

    /// The largest whole-number reduced cost that the core's prices give to any pair below zero,
    /// reckoned pair by pair: 0 at an optimum.
    #[must_use]
    pub fn worst_reduced_cost(&self) -> i64 {
        let (costs, network) = (&self.model.costs, &self.model.network);
        let mut worst = 0;
        costs.market.instance.each_eligible_pair(|pair| {
            if self.simplex.network.open_person[pair.person as usize] && network.open_need[pair.need as usize]
            {
                let (tail, head) = face::nodes(network, pair.person, pair.need);
                worst = worst.min(self.simplex.reduced_pair(tail, head, costs.beyond_need(&pair)));
            }
        });
        worst
    }
}
