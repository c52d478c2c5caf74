//! Several tiers in one whole number, and the tiers below as a guide.

use super::model::Model;
use super::stack::Stack;
use crate::milp::GUIDE;
use crate::plan::Tier;
use crate::tier_cost::TierCost;

/// Greatest cost of a pair: beyond it the engine's tolerances, which are about 1e-7 of a cost, blur
/// what is whole.
const REACH: i64 = 10_000_000;

/// The same in a wide program, whose relaxation takes longer the steeper costs are.
const WIDE_REACH: i64 = 100_000;

/// Tiers, each multiplied by more than all below it can ever add up to.
pub(super) struct Pack {
    /// Most important first.
    pub(super) tiers: Vec<Tier>,
    pub(super) stack: Stack,
    /// What each tier costs at most.
    highs: Vec<i64>,
}

/// What a tier can add up to.
struct Span {
    low: i64,
    high: i64,
    /// Of one pair, whatever its sign.
    most: i64,
}

impl Span {
    /// A person serves once, and a need has so many seats: neither side can give more. Auxiliary
    /// columns count as they are, at most once each.
    fn of(model: &Model<'_>, costs: &[i64]) -> Self {
        let instance = model.market.instance;
        let add = |sum: (i64, i64), own: (i64, i64)| (sum.0 + own.0, sum.1 + own.1);
        let mut people = vec![(0_i64, 0_i64); instance.people.len()];
        let mut needs = vec![(0_i64, 0_i64); instance.needs.len()];
        let mut most = 0;
        for ((pairs, &cost), column) in model.placements.iter().zip(costs).zip(&model.program.columns) {
            // people who serve together count where the first of them does
            if let Some(pair) = pairs.first()
                && column.upper > 0
            {
                for (low, high) in [&mut people[pair.person as usize], &mut needs[pair.need as usize]] {
                    (*low, *high) = ((*low).min(cost), (*high).max(cost));
                }
                most = most.max(cost.abs());
            }
        }
        let auxiliary = (costs.iter().zip(&model.program.columns))
            .skip(model.placements.len())
            .filter(|(_, column)| column.upper > 0)
            .fold((0, 0), |sum, (cost, _)| {
                add(sum, ((*cost).min(0), (*cost).max(0)))
            });
        let seats = |(&(low, high), need): (&(i64, i64), &crate::instance::NeedRow)| {
            (low * i64::from(need.headcount), high * i64::from(need.headcount))
        };
        let by_person = people.into_iter().fold((0, 0), add);
        let by_need = needs.iter().zip(&instance.needs).map(seats).fold((0, 0), add);
        Self {
            low: by_person.0.max(by_need.0) + auxiliary.0,
            high: by_person.1.min(by_need.1) + auxiliary.1,
            most,
        }
    }

    fn width(&self) -> i64 {
        self.high - self.low
    }
}

fn costs(model: &Model<'_>, tier: Tier) -> Vec<i64> {
    model.costs(&TierCost::new(model.market.instance, tier))
}

impl Pack {
    /// Takes as many of the tiers above balance, from the first on, as fit; at least one.
    pub(super) fn fill(model: &Model<'_>, tiers: &mut Vec<Tier>, is_wide: bool) -> Self {
        let reach = if is_wide { WIDE_REACH } else { REACH };
        let mut rows: Vec<Vec<i64>> = Vec::new();
        let mut spans: Vec<Span> = Vec::new();
        for &tier in tiers.iter().take_while(|&&tier| tier != Tier::Balance) {
            let row = costs(model, tier);
            let span = Span::of(model, &row);
            let mut greatest = 0_i64;
            let mut factor = 1_i64;
            for span in spans.iter().chain([&span]).rev() {
                greatest = greatest.saturating_add(factor.saturating_mul(span.most));
                factor = factor.saturating_mul(span.width() + 1);
            }
            if !rows.is_empty() && greatest > reach {
                break;
            }
            rows.push(row);
            spans.push(span);
        }
        let taken = tiers.drain(..rows.len()).collect();
        let mut factors = vec![1_i64; rows.len()];
        for at in (1..rows.len()).rev() {
            factors[at - 1] = factors[at] * (spans[at].width() + 1);
        }
        Self {
            tiers: taken,
            stack: Stack { rows, factors },
            highs: spans.iter().map(|span| span.high).collect(),
        }
    }

    /// A bound on all in one number, from costs of the tiers that no plan beats: where one is better in a
    /// tier, it is worse in one above.
    ///
    /// Costs beyond what a tier can cost here (of people who may not go under the rules that the core
    /// doesn't know) would outgrow the factor of the tier above, and are cut to it: whatever comes first
    /// to differ costs one more at least, and each tier below gives back its width at most.
    pub(super) fn floor(&self, costs: impl Iterator<Item = Option<i64>>) -> i64 {
        let parts = (self.stack.factors.iter().zip(&self.highs)).zip(costs);
        parts
            .map(|((factor, &high), cost)| Some(factor * cost?.min(high)))
            .sum::<Option<i64>>()
            .unwrap_or(i64::MIN)
    }
}

/// Small costs that prefer, among equals, what the tiers below would.
pub(super) fn guide(model: &Model<'_>, tiers: &[Tier]) -> Vec<f64> {
    let mut guide = vec![0.0; model.program.columns.len()];
    let mut next = GUIDE / 4.0;
    for &tier in tiers.iter().filter(|&&tier| tier != Tier::Balance) {
        let costs = costs(model, tier);
        let width = Span::of(model, &costs).width().max(1);
        // journeys tell most pairs apart, and where there is a budget for them they matter early
        let share = if tier == Tier::Travel { GUIDE / 4.0 } else { next };
        #[expect(clippy::cast_precision_loss, reason = "a guide need not be exact")]
        for (guide, &cost) in guide.iter_mut().zip(&costs) {
            *guide += share * cost as f64 / width as f64;
        }
        next /= 2.0;
    }
    guide
}

/// Halves a guide, and puts what comes before it in the other half.
pub(super) fn guide_first_by(model: &Model<'_>, next: &[i64], guide: &mut [f64]) {
    let width = Span::of(model, next).width().max(1);
    #[expect(clippy::cast_precision_loss, reason = "a guide need not be exact")]
    for (guide, &cost) in guide.iter_mut().zip(next) {
        *guide = *guide / 2.0 + GUIDE / 2.0 * cost as f64 / width as f64;
    }
}
