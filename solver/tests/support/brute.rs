//! Every plan of a small problem, tried one by one.
//!
//! Independent of the solver: it adds up scores and counts rules in its own way, and asks the crate
//! for one thing only, the reasons of eligibility, which the checker works out a second time on
//! every plan. Travel is read from the matrix, which these problems therefore always have.

pub mod envies;

use cadre_solver::{
    Balance, Instance, Mode, Need, Person, Plan, Priority, Problem, Tier, Together, Unit, Value,
};
use chrono::Datelike;
use std::collections::BTreeMap;

/// The value of each tier, most important first; `None` where a tier is not in force. A value is a
/// list of fractions, compared one by one, more is better.
pub type Score = Vec<Option<Vec<(i64, i64)>>>;

/// Tiers whose value is a cost.
const LESS_IS_BETTER: [Tier; 3] = [Tier::Burden, Tier::Travel, Tier::TieBreak];

/// A plan as the need (by position) of each person (by position).
type Choice = Vec<Option<usize>>;

/// The best score over all lawful plans; `None` when not even one is lawful.
pub fn best(problem: &Problem, seed: u64) -> Option<Score> {
    let mut search = Search::new(problem, seed);
    let mut choice = vec![None; problem.people.len()];
    search.descend(0, &mut choice);
    let mut plans = std::mem::take(&mut search.plans);
    if problem.policy.mode == Mode::ConstrainedPriority {
        search.let_people_choose(&mut plans);
    }
    let scores = plans.into_iter().map(|(score, _)| score);
    scores.reduce(|best, score| if better(&score, &best) { score } else { best })
}

/// Every lawful plan, as pairs of person and need by position.
pub fn plans(problem: &Problem) -> Vec<Vec<(usize, usize)>> {
    let mut search = Search::new(problem, 0);
    let mut choice = vec![None; problem.people.len()];
    search.descend(0, &mut choice);
    let pairs = |choice: Choice| {
        (choice.into_iter().enumerate())
            .filter_map(|(person, need)| Some((person, need?)))
            .collect()
    };
    let plans = std::mem::take(&mut search.plans);
    plans.into_iter().map(|(_, choice)| pairs(choice)).collect()
}

/// A plan's own score in the same terms.
pub fn claimed(plan: &Plan) -> Score {
    (Tier::ALL.iter())
        .map(|&tier| {
            plan.tier(tier).map(|score| match score.value {
                Value::Ratio(ratio) => vec![(to_i64(ratio.filled), to_i64(ratio.requested))],
                Value::Ladder(ref rungs) => (rungs.iter())
                    .flat_map(|rung| {
                        let ratio = (to_i64(rung.filled), to_i64(rung.requested));
                        (0..rung.units).map(move |_| ratio)
                    })
                    .collect(),
                Value::Integer(value) if LESS_IS_BETTER.contains(&tier) => vec![(-value, 1)],
                Value::Integer(value) => vec![(value, 1)],
            })
        })
        .collect()
}

struct Search<'p> {
    problem: &'p Problem,
    seed: u64,
    eligible: Vec<Vec<bool>>,
    plans: Vec<(Score, Choice)>,
}

impl<'p> Search<'p> {
    fn new(problem: &'p Problem, seed: u64) -> Self {
        // pins are left out, so that a contradictory problem can be searched as well
        let unpinned = Problem {
            pins: Vec::new(),
            ..problem.clone()
        };
        let instance = unpinned.compile().expect("only pins may be wrong");
        let eligible = |person: &Person, need: &Need| reasons(&instance, person, need) == 0;
        Self {
            problem,
            seed,
            eligible: (problem.people.iter())
                .map(|person| problem.needs.iter().map(|need| eligible(person, need)).collect())
                .collect(),
            plans: Vec::new(),
        }
    }

    fn descend(&mut self, person: usize, choice: &mut Choice) {
        if person == choice.len() {
            if self.lawful(choice) {
                self.plans.push((self.score(choice), choice.clone()));
            }
            return;
        }
        choice[person] = None;
        self.descend(person + 1, choice);
        for need in 0..self.problem.needs.len() {
            if self.eligible[person][need] {
                choice[person] = Some(need);
                self.descend(person + 1, choice);
            }
        }
        choice[person] = None;
    }

    fn lawful(&self, choice: &Choice) -> bool {
        let problem = self.problem;
        let sent = |test: &dyn Fn(&Person, &Need) -> bool| {
            (problem.people.iter().zip(choice))
                .filter(|(person, need)| need.is_some_and(|need| test(person, &problem.needs[need])))
                .count() as u64
        };
        let within = |count: u64, cap: Option<u32>| cap.is_none_or(|cap| count <= u64::from(cap));
        let needs = problem
            .needs
            .iter()
            .all(|need| within(sent(&|_, other| other.id == need.id), Some(need.headcount)));
        let units = problem.units.iter().all(|unit| {
            within(
                sent(&|_, need| need.unit == unit.id),
                unit.cap.or(problem.policy.unit_cap),
            )
        });
        let departments = problem.departments.iter().all(|department| {
            let of = |person: &Person| person.department == department.id;
            within(sent(&|person, _| of(person)), department.release_cap)
                && department.field_floors.iter().all(|(field, &floor)| {
                    let group = |person: &Person| of(person) && person.primary_field == *field;
                    let staff = problem.people.iter().filter(|person| group(person)).count() as u64;
                    let left = sent(&|person, _| group(person));
                    left == 0 || staff - left >= u64::from(floor)
                })
        });
        let pins = problem
            .pins
            .iter()
            .all(|pin| sent(&|person, need| person.id == pin.person && need.id == pin.need) == 1);
        needs
            && units
            && departments
            && pins
            && within(sent(&|_, _| true), problem.policy.max_secondments)
            && self.keeps_company(choice)
            && self.keeps_budgets(choice)
    }

    /// Speakers, seniors and teams.
    fn keeps_company(&self, choice: &Choice) -> bool {
        let problem = self.problem;
        let placed: Vec<(&Person, &Need)> = (problem.people.iter().zip(choice))
            .filter_map(|(person, need)| Some((person, &problem.needs[(*need)?])))
            .collect();
        let speakers = problem.units.iter().all(|unit| {
            let there: Vec<_> = placed.iter().filter(|(_, need)| need.unit == unit.id).collect();
            let spoken = |code| there.iter().any(|(person, _)| person.languages.contains(code));
            there.is_empty() || unit.speaker.iter().all(spoken)
        });
        let level = |person: &Person, need: &Need| {
            let skill = person.skills.iter().find(|skill| skill.field == need.field);
            skill.map_or(0, |skill| skill.level)
        };
        let seniors = placed.iter().all(|(person, need)| {
            need.senior_from.is_none_or(|from| {
                level(person, need) >= from
                    || placed.iter().any(|(other, beside)| {
                        beside.unit == need.unit && beside.field == need.field && level(other, beside) >= from
                    })
            })
        });
        let teams = problem.teams.iter().all(|team| {
            let units: Vec<_> = (placed.iter())
                .filter(|(person, _)| team.members.contains(&person.id))
                .map(|(_, need)| &need.unit)
                .collect();
            let same = team.together == Together::AllOrNone || units.iter().all(|unit| *unit == units[0]);
            units.is_empty() || (units.len() == team.members.len() && same)
        });
        speakers && seniors && teams
    }

    /// Field caps, minutes of travel and changes of the base plan.
    fn keeps_budgets(&self, choice: &Choice) -> bool {
        let policy = &self.problem.policy;
        let placed: Vec<(usize, usize)> = (choice.iter().enumerate())
            .filter_map(|(person, need)| Some((person, (*need)?)))
            .collect();
        let fields = policy.field_caps.iter().all(|(field, &cap)| {
            let of_field = |(_, need): &&(usize, usize)| self.problem.needs[*need].field == *field;
            placed.iter().filter(of_field).count() as u64 <= u64::from(cap)
        });
        let minutes: u64 = (placed.iter())
            .map(|&(person, need)| u64::from(self.minutes(person, &self.problem.needs[need])))
            .sum();
        let changed = (self.problem.base.iter())
            .filter(|line| {
                !placed.iter().any(|&(person, need)| {
                    self.problem.people[person].id == line.person && self.problem.needs[need].id == line.need
                })
            })
            .count() as u64;
        fields
            && policy
                .travel_budget_minutes
                .is_none_or(|budget| minutes <= budget)
            && policy
                .change_budget
                .is_none_or(|budget| changed <= u64::from(budget))
    }

    fn minutes(&self, person: usize, need: &Need) -> u32 {
        let matrix = (self.problem.policy.travel.matrix.as_ref()).expect("always given");
        let unit = (self.problem.units.iter()).position(|unit| unit.id == need.unit);
        matrix.minutes[person][unit.unwrap()].unwrap()
    }

    /// Leaves the plans in which everyone, in the order of priority, has the best place on the own
    /// list that the floor and those before leave open. What decides between these is fit.
    fn let_people_choose(&self, plans: &mut Vec<(Score, Choice)>) {
        const FIT: usize = Tier::Fit as usize;
        let problem = self.problem;
        let top = |score: &Score| score[..FIT].to_vec();
        let Some(best) = plans
            .iter()
            .map(|(score, _)| top(score))
            .reduce(|a, b| if better(&b, &a) { b } else { a })
        else {
            return;
        };
        plans.retain(|(score, _)| same(&top(score), &best));
        let fit = |score: &Score| score[FIT].as_ref().unwrap()[0].0;
        let most = plans.iter().map(|(score, _)| fit(score)).max().unwrap();
        let percent = i64::from(problem.policy.quality_floor_percent);
        plans.retain(|(score, _)| 100 * fit(score) >= percent * most);
        let mut order: Vec<usize> = (0..problem.people.len()).collect();
        order.sort_by_key(|&person| {
            let row = &problem.people[person];
            let borne = -i64::from(row.past_secondments + row.hardship_so_far);
            (borne, draw(&format!("{}/{}", self.seed, row.id)), row.id.clone())
        });
        for person in order {
            let row = &problem.people[person];
            if problem.pins.iter().any(|pin| pin.person == row.id) {
                continue;
            }
            for wish in &row.preferences {
                let there =
                    |choice: &Choice| choice[person].is_some_and(|need| problem.needs[need].unit == *wish);
                if plans.iter().any(|(_, choice)| there(choice)) {
                    plans.retain(|(_, choice)| there(choice));
                    break;
                }
            }
        }
        // wishes are settled: they no longer tell plans apart, but the score names their value
        for (score, _) in plans.iter_mut() {
            let wishes = score[Tier::Preference as usize].take();
            score.push(wishes);
        }
        let mut best = plans.clone();
        best.sort_by(|(a, _), (b, _)| {
            if better(a, b) {
                std::cmp::Ordering::Less
            } else {
                std::cmp::Ordering::Greater
            }
        });
        plans.truncate(0);
        plans.extend(best.into_iter().take(1).map(|(mut score, choice)| {
            score[Tier::Preference as usize] = score.pop().unwrap();
            (score, choice)
        }));
    }

    fn score(&self, choice: &Choice) -> Score {
        let problem = self.problem;
        let placed: Vec<(usize, usize)> = (choice.iter().enumerate())
            .filter_map(|(person, need)| Some((person, (*need)?)))
            .collect();
        let sum = |measure: &dyn Fn(usize, &Person, &Need) -> i64| {
            let total = (placed.iter())
                .map(|&(person, need)| measure(person, &problem.people[person], &problem.needs[need]))
                .sum();
            Some(vec![(total, 1)])
        };
        let weight = |need: &Need| {
            let weights = &problem.policy.priority_weights;
            i64::from(match need.priority {
                Priority::Critical => weights.critical,
                Priority::High => weights.high,
                Priority::Normal => weights.normal,
                Priority::Low => weights.low,
            })
        };
        let buckets = |person: usize, need: &Need| {
            let minutes = f64::from(self.minutes(person, need));
            let buckets = (minutes / f64::from(problem.policy.travel.bucket_minutes)).ceil();
            -(buckets as i64)
        };
        let lottery =
            |person: &Person, need: &Need| -draw(&format!("{}/{}/{}", self.seed, person.id, need.id));
        vec![
            sum(&|_, _, need| i64::from(need.priority == Priority::Critical)),
            sum(&|_, _, _| 1),
            sum(&|person, _, need| self.kept(person, need)).filter(|_| !problem.base.is_empty()),
            self.balance(&placed),
            sum(&|_, _, need| weight(need)),
            sum(&|_, person, need| weight(need) * self.fit(person, need)),
            sum(&|_, person, need| -self.burden(person, need)).filter(|_| self.burden_matters()),
            sum(&|_, person, need| self.wishes(person, need)).filter(|_| self.wishes_matter()),
            sum(&|person, _, need| buckets(person, need)),
            sum(&|_, person, need| lottery(person, need)),
        ]
    }

    fn balance(&self, placed: &[(usize, usize)]) -> Option<Vec<(i64, i64)>> {
        let mut units: BTreeMap<&str, (i64, i64, bool)> = BTreeMap::new();
        for (at, need) in self.problem.needs.iter().enumerate() {
            let unit = units.entry(need.unit.as_str()).or_default();
            unit.0 += to_i64(placed.iter().filter(|(_, need)| *need == at).count() as u64);
            unit.1 += i64::from(need.headcount);
            unit.2 |= self.eligible.iter().any(|row| row[at]);
        }
        let mut coverage: Vec<_> = (units.into_values())
            .filter(|unit| unit.2)
            .map(|(filled, requested, _)| (filled, requested))
            .collect();
        coverage.sort_by(|a, b| (a.0 * b.1).cmp(&(b.0 * a.1)));
        if coverage.is_empty() {
            return None;
        }
        match self.problem.policy.balance {
            Balance::Off => None,
            Balance::MaxMin => Some(vec![coverage[0]]),
            Balance::Leximin => Some(coverage),
        }
    }

    fn weight(&self, id: &str, default: u32) -> i64 {
        i64::from(*self.problem.policy.weights.get(id).unwrap_or(&default))
    }

    fn kept(&self, person: usize, need: &Need) -> i64 {
        let person = &self.problem.people[person].id;
        let line = (self.problem.base.iter()).find(|line| line.person == *person && line.need == need.id);
        match line.map(|line| line.announced) {
            Some(true) => self.weight("kept_announced", 10),
            Some(false) => self.weight("kept_planned", 1),
            None => 0,
        }
    }

    fn unit(&self, need: &Need) -> &Unit {
        self.problem
            .units
            .iter()
            .find(|unit| unit.id == need.unit)
            .unwrap()
    }

    fn burden(&self, person: &Person, need: &Need) -> i64 {
        let borne = i64::from(person.past_secondments + person.hardship_so_far);
        let hard = i64::from(self.unit(need).hardship);
        let all = self.weight("burden_history", 1) * borne + self.weight("burden_hardship", 1) * hard;
        if person.volunteer { 0 } else { all }
    }

    fn burden_matters(&self) -> bool {
        let problem = self.problem;
        let borne = |person: &Person| person.past_secondments + person.hardship_so_far > 0;
        problem.people.iter().any(borne) || problem.units.iter().any(|unit| unit.hardship > 0)
    }

    fn wishes(&self, person: &Person, need: &Need) -> i64 {
        let unit = self.unit(need);
        let own = match person.preferences.iter().position(|wish| *wish == need.unit) {
            Some(nth) => i64::from(4 - u32::try_from(nth.min(3)).unwrap()),
            None => 0,
        };
        let units = if unit.acceptable.contains(&person.id) {
            4
        } else {
            0
        };
        self.weight("preference_person", 1) * own + self.weight("preference_unit", 1) * units
    }

    fn wishes_matter(&self) -> bool {
        let problem = self.problem;
        problem.people.iter().any(|person| !person.preferences.is_empty())
            || problem.units.iter().any(|unit| !unit.acceptable.is_empty())
    }

    fn fit(&self, person: &Person, need: &Need) -> i64 {
        let skill = person
            .skills
            .iter()
            .find(|skill| skill.field == need.field)
            .unwrap();
        let years = match skill.years.unwrap_or(0) {
            10.. => 4,
            6.. => 3,
            3.. => 2,
            1.. => 1,
            0 => 0,
        };
        let start = self.problem.term.start;
        let lately = [1, 2, 3, 5].into_iter().filter(|years| {
            let before = start.with_year(start.year() - years).unwrap();
            skill.last_worked.is_some_and(|last| last > before)
        });
        let wanted = need.preferred_languages.len();
        let spoken = (need.preferred_languages.iter())
            .filter(|language| person.languages.contains(language))
            .count();
        let language = (4 * spoken).checked_div(wanted).unwrap_or(0);
        self.weight("fit_level", 2) * i64::from(skill.level.saturating_sub(need.min_level))
            + self.weight("fit_verified", 1) * if skill.verified { 4 } else { 0 }
            + self.weight("fit_experience", 1) * years
            + self.weight("fit_recency", 1) * lately.count() as i64
            + self.weight("fit_language", 1) * language as i64
    }
}

fn reasons(instance: &Instance, person: &Person, need: &Need) -> usize {
    instance
        .reasons(&person.id, &need.id)
        .expect("both are listed")
        .len()
}

/// Lexicographically better; ratios are compared across.
fn better(left: &Score, right: &Score) -> bool {
    let fractions = |score: &Score| score.iter().flatten().flatten().copied().collect::<Vec<_>>();
    for (left, right) in fractions(left).into_iter().zip(fractions(right)) {
        let (left, right) = (left.0 * right.1, right.0 * left.1);
        if left != right {
            return left > right;
        }
    }
    false
}

/// Whether two scores are worth the same.
pub fn same(left: &Score, right: &Score) -> bool {
    let shape = |score: &Score| score.iter().map(Option::is_some).collect::<Vec<_>>();
    shape(left) == shape(right) && !better(left, right) && !better(right, left)
}

fn draw(text: &str) -> i64 {
    let hash = text.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let hash = (hash ^ (hash >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    let hash = (hash ^ (hash >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    ((hash ^ (hash >> 31)) >> 44) as i64
}

fn to_i64(count: u64) -> i64 {
    i64::try_from(count).unwrap()
}
