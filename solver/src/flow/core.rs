//! All tiers on the network, one pack after the other, each on the face that those above leave.

use super::balance::{self, Claim, Step};
use super::choices::Granted;
use super::costs::{Pack, Part, Room};
use super::face::{self, Face};
use super::journeys::Journeys;
use super::listing::Looks;
use super::network::Network;
use super::offers::{Offers, PairCosts};
use super::sift;
use super::simplex::{PairArc, Simplex};
use crate::census::Census;
use crate::eligibility::Pair;
use crate::index;
use crate::market::Market;
use crate::outcome::Engine;
use crate::plan::{Proof, QualityFloor, Tier};
use crate::problem::{Balance, Mode};
use crate::report;
use crate::score::{Found, Score, TierFound};
use crate::terms;
use crate::watch::Watch;
use std::collections::HashSet;
use std::time::Instant;

/// Solves every tier in force, sooner if the plan is like the `known` one. `None` when the numbers of
/// the problem are too large for the core.
pub(crate) fn solve(
    market: Market<'_>,
    census: &Census,
    known: &[(u32, u32)],
    watch: &mut Watch<'_>,
) -> Option<Found> {
    let score = Score::new(market, census);
    let mut core = Core::new(market, census, known, watch.deadline)?;
    let tiers = score.tiers();
    let parts = |of: &dyn Fn(Tier) -> bool| -> Vec<Part> {
        let of_these = tiers.iter().filter(|&&tier| of(tier));
        of_these
            .map(|&tier| Part::new(market.instance, &core.journeys, tier))
            .collect()
    };
    let steps = Steps {
        above: parts(&|tier| tier < Tier::Balance),
        balance: tiers.contains(&Tier::Balance),
        below: parts(&|tier| tier > Tier::Balance),
        choices: market.instance.problem().policy.mode == Mode::ConstrainedPriority,
    };
    let mut done = Done {
        score: &score,
        watch,
        tiers: Vec::new(),
        quality_floor: None,
        is_lawful: terms::breaking(market.instance).is_empty(),
    };
    match core.tiers(steps, &mut done) {
        Ok(()) | Err(Stop::TimeUp) => {}
        Err(Stop::TooLarge) => return None,
    }
    let mut found = Found {
        chosen: core.chosen(),
        tiers: done.tiers,
        quality_floor: core.quality_floor,
        one_cost: None,
    };
    score.complete(&mut found);
    Some(found)
}

/// The tiers solved so far, told as they come.
struct Done<'d, 'p> {
    score: &'d Score<'d>,
    watch: &'d mut Watch<'p>,
    tiers: Vec<TierFound>,
    quality_floor: Option<QualityFloor>,
    /// No rule that breaks a network is in force, so that what is found here is a plan.
    is_lawful: bool,
}

impl Done<'_, '_> {
    fn tiers(&mut self, tiers: impl IntoIterator<Item = Tier>, chosen: &[Pair]) {
        for tier in tiers {
            let value = self.score.value(tier, chosen);
            self.watch.tier_finished(tier, value.clone(), true);
            self.tiers.push(TierFound {
                tier,
                bound: value.clone(),
                value,
                proof: Proof::Certified,
            });
        }
        if self.is_lawful {
            let found = || Found {
                chosen: chosen.to_vec(),
                tiers: self.tiers.clone(),
                quality_floor: self.quality_floor,
                one_cost: None,
            };
            self.watch
                .best_so_far(Engine::Network, || report::so_far(self.score, found()));
        }
    }
}

/// The tiers in force, in the order they are solved.
struct Steps {
    above: Vec<Part>,
    balance: bool,
    below: Vec<Part>,
    /// People choose after tier `priority`.
    choices: bool,
}

/// Why the core stops early.
pub(super) enum Stop {
    /// The numbers of the problem don't fit.
    TooLarge,
    TimeUp,
}

pub(super) struct Core<'i> {
    pub(super) market: Market<'i>,
    census: &'i Census,
    /// Pairs of a plan that may be like the best one.
    known: &'i [(u32, u32)],
    pub(super) journeys: Journeys,
    pub(super) simplex: Simplex,
    face: Face,
    /// Every open pair is at hand, because the face has become small.
    listed: bool,
    /// What people's choices had to leave of the fit, once they have chosen.
    pub(super) quality_floor: Option<QualityFloor>,
    deadline: Instant,
}

impl<'i> Core<'i> {
    fn new(
        market: Market<'i>,
        census: &'i Census,
        known: &'i [(u32, u32)],
        deadline: Instant,
    ) -> Option<Self> {
        let instance = market.instance;
        Some(Self {
            market,
            census,
            known,
            journeys: Journeys::new(instance)?,
            simplex: Simplex::new(Network::new(instance)),
            face: Face::new(instance),
            listed: false,
            quality_floor: None,
            deadline,
        })
    }

    fn tiers(&mut self, mut steps: Steps, done: &mut Done<'_, '_>) -> Result<(), Stop> {
        self.packs(&mut steps.above, &Granted::new(), done)?;
        if steps.balance {
            done.watch.tier_started(Tier::Balance);
            self.balance()?;
            done.tiers([Tier::Balance], &self.chosen());
        }
        let mut granted = Granted::new();
        if steps.choices {
            // these two have their own turn
            steps.below.retain(|part| part.tier() != Tier::Preference);
            let priority = steps.below.iter().position(|part| part.tier() == Tier::Priority);
            let mut first: Vec<Part> = priority.map(|at| steps.below.remove(at)).into_iter().collect();
            self.packs(&mut first, &granted, done)?;
            granted = self.choices()?;
            done.quality_floor = self.quality_floor;
            if done.score.tiers().contains(&Tier::Preference) {
                done.tiers([Tier::Preference], &self.chosen());
            }
        }
        self.packs(&mut steps.below, &granted, done)
    }

    /// Solves some tiers, as many at a time as fit.
    fn packs(
        &mut self,
        parts: &mut Vec<Part>,
        granted: &Granted,
        done: &mut Done<'_, '_>,
    ) -> Result<(), Stop> {
        while !parts.is_empty() {
            self.pack(parts, granted, done)?;
        }
        Ok(())
    }

    /// What costs must leave room for.
    pub(super) fn room(&self, prizes: bool) -> Room {
        let instance = self.market.instance;
        let seats = i64::try_from(instance.seats()).unwrap_or(i64::MAX);
        let people = i64::from(index(instance.people.len()));
        Room {
            assignments: people.min(seats),
            nodes: i64::from(index(self.simplex.network.nodes())),
            prizes,
        }
    }

    /// Solves as many tiers as fit into one number.
    fn pack(
        &mut self,
        tiers: &mut Vec<Part>,
        granted: &Granted,
        done: &mut Done<'_, '_>,
    ) -> Result<(), Stop> {
        done.watch.tier_started(tiers[0].tier());
        let room = self.room(!granted.is_empty());
        let pack = Pack::fill(tiers, room)
            .ok_or(Stop::TooLarge)?
            .with_prizes(granted.clone());
        self.draw_near()?;
        self.price_needs(|market, need| pack.of_need(market, need));
        self.solve(&pack)?;
        if self.listed {
            self.simplex.keep_free_pairs();
        } else if pack.is_blank() {
            let (market, instance) = (&self.market, self.market.instance);
            self.face.narrow(&mut self.simplex, |person, need| {
                instance
                    .pair(person, need)
                    .map_or(0, |pair| pack.of_pair(market, &pair))
            });
        } else {
            self.list_free_pairs(&pack);
        }
        done.tiers(pack.tiers(), &self.chosen());
        Ok(())
    }

    /// Goes as near to the known plan as the tiers above allow: from there it is not far.
    fn draw_near(&mut self) -> Result<(), Stop> {
        if self.known.is_empty() || self.listed {
            return Ok(());
        }
        let arcs: Vec<PairArc> = (self.known.iter())
            .filter(|&&(person, need)| {
                let may = self.market.instance.pair(person, need).is_some();
                may && self.face.is_open(person, need)
            })
            .map(|&(person, need)| {
                let (tail, head) = face::nodes(&self.simplex.network, person, need);
                PairArc { tail, head, cost: 0 }
            })
            .collect();
        let known: HashSet<_> = arcs.iter().map(|arc| (arc.tail, arc.head)).collect();
        self.simplex.take_list(arcs);
        self.price_needs(|_, _| 0);
        self.simplex
            .recost(|tail, head| -i64::from(known.contains(&(tail, head))));
        (self.simplex.optimise(self.deadline))
            .then_some(())
            .ok_or(Stop::TimeUp)
    }

    pub(super) fn price_needs(&mut self, cost: impl Fn(&Market<'_>, u32) -> i64) {
        self.simplex.cost.fill(0);
        for need in self.simplex.network.needs() {
            let arc = self.simplex.network.need_node(need) as usize;
            self.simplex.cost[arc] = cost(&self.market, need);
        }
    }

    /// Solves for the costs of a pack; those of needs are on their arcs already.
    pub(super) fn solve(&mut self, pack: &Pack) -> Result<(), Stop> {
        let market = self.market;
        let network = self.simplex.network.clone();
        self.simplex.recost(|tail, head| {
            let (person, need) = face::ends(&network, tail, head);
            market
                .instance
                .pair(person, need)
                .map_or(0, |pair| pack.of_pair(&market, &pair))
        });
        if self.listed {
            return self
                .simplex
                .optimise(self.deadline)
                .then_some(())
                .ok_or(Stop::TimeUp);
        }
        let costs = PairCosts {
            kinds: &|pair| pack.of_kinds(&market, pair),
            bucket: pack.of_bucket(),
            named: &|pair| pack.of_pair(&market, pair),
            looks: pack.looks(),
        };
        self.sift(&costs)
    }

    /// Solves with pairs that need not be built: the arcs at hand, then those that would still pay
    /// at their prices, until there are none.
    fn sift(&mut self, costs: &PairCosts<'_>) -> Result<(), Stop> {
        let offers = Offers::new(
            self.market.instance,
            &self.simplex.network,
            &self.face,
            &self.journeys,
            costs,
        );
        let done = sift::sift(&mut self.simplex, &offers, &self.journeys, self.deadline);
        done.map(drop).ok_or(Stop::TimeUp)
    }

    fn balance(&mut self) -> Result<(), Stop> {
        let mut claims = self.claims();
        self.price_needs(|_, _| 0);
        self.simplex.recost(|_, _| 0);
        let blank = PairCosts {
            kinds: &|_| 0,
            bucket: 0,
            named: &|_| 0,
            looks: Looks::default(),
        };
        let quick = self.market.instance.problem().policy.balance == Balance::MaxMin;
        let mut level: Option<(Step, Simplex)> = None;
        while let Some(step) = balance::next_step(&claims, &self.simplex) {
            if quick {
                // the quick variant ends at the first coverage that not all can leave behind
                if step.leaves_behind(&claims, &self.simplex) {
                    return Ok(());
                }
                if level
                    .as_ref()
                    .is_none_or(|(first, _)| !first.same_coverage(&step))
                {
                    level = Some((step.clone(), self.simplex.clone()));
                }
            }
            if step.grant_in_hand(&claims, &mut self.simplex) {
                continue;
            }
            step.split(&claims, &mut self.simplex);
            self.simplex.reprice();
            self.sift(&blank)?;
            if step.all_served(&claims, &self.simplex) {
                step.grant(&claims, &mut self.simplex);
            } else if let Some((_, before)) = level {
                self.simplex = before;
                return Ok(());
            } else {
                step.settle_sharers(&mut claims, &self.simplex);
                self.face.narrow(&mut self.simplex, |_, _| 0);
            }
            step.join(&claims, &mut self.simplex);
            self.simplex.reprice();
        }
        Ok(())
    }

    /// Units that somebody could serve, with what their pins have filled.
    fn claims(&self) -> Vec<Claim> {
        let instance = self.market.instance;
        let mut pinned = vec![0_u64; instance.units.len()];
        for &(_, need) in &instance.pins {
            pinned[instance.need(need).unit as usize] += 1;
        }
        (0_u32..)
            .zip(&instance.units)
            .zip(self.census.servable.iter().zip(pinned))
            .filter(|(_, (servable, _))| **servable)
            .map(|((unit, row), (_, pinned))| Claim::new(unit, row.requested, pinned))
            .collect()
    }

    /// Lists every pair that costs nothing at the prices of the pack just solved, and fixes the rest.
    fn list_free_pairs(&mut self, pack: &Pack) {
        let free = self.pairs_below(pack, 1);
        self.simplex.fix_standing();
        self.simplex.take_list(free);
        self.listed = true;
    }

    /// Lists every pair that a plan can have which costs at most so much more than the one in hand.
    pub(super) fn list_pairs_within(&mut self, pack: &Pack, slack: i64) {
        let within = self.pairs_below(pack, slack.saturating_add(1));
        self.simplex.take_list(within);
        self.listed = true;
    }

    fn pairs_below(&self, pack: &Pack, limit: i64) -> Vec<PairArc> {
        let market = &self.market;
        let costs = PairCosts {
            kinds: &|pair| pack.of_kinds(market, pair),
            bucket: pack.of_bucket(),
            named: &|pair| pack.of_pair(market, pair),
            looks: pack.looks(),
        };
        let offers = Offers::new(
            market.instance,
            &self.simplex.network,
            &self.face,
            &self.journeys,
            &costs,
        );
        let mut out = Vec::new();
        offers.offer(&self.journeys, &self.simplex, limit, usize::MAX, &mut out);
        out
    }

    pub(super) fn chosen(&self) -> Vec<Pair> {
        let instance = self.market.instance;
        let placed = self.simplex.assignments();
        let pairs = placed.into_iter().chain(instance.pins.iter().copied());
        pairs
            .filter_map(|(person, need)| instance.pair(person, need))
            .collect()
    }
}
