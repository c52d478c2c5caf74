//! Explanations in words that an HR officer understands, in English and in Vietnamese.

mod contradiction;
mod nearness;
mod prices;
mod seats;
mod why;
mod words;

use super::chain::{Chain, Move, Place};
use super::envy::{Blocked, EnvyReport};
use super::names::Names;
use crate::plan::Value;
use serde::{Deserialize, Serialize};
use words::tier;

pub use nearness::nearness;
pub use words::{reason as reason_in_words, tier as tier_in_words};

/// The languages that explanations are written in.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Vietnamese.
    Vietnamese,
}

/// Something that can be told in words.
pub trait Explain {
    /// Lines of text, each a sentence of its own; indented lines belong to the one above.
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String>;

    /// The lines as one text, with a final line break.
    fn text(&self, language: Language, names: &dyn Names) -> String {
        self.lines(language, names)
            .into_iter()
            .map(|line| line + "\n")
            .collect()
    }
}

/// One sentence in the language asked for.
macro_rules! say {
    ($language:expr, $en:literal, $vi:literal $(,)?) => {
        match $language {
            $crate::explain::Language::English => format!($en),
            $crate::explain::Language::Vietnamese => format!($vi),
        }
    };
}
use say;

fn place(place: &Place, names: &dyn Names) -> String {
    names.place(&place.need, &place.unit)
}

fn step(step: &Move, language: Language, names: &dyn Names) -> String {
    let person = names.person(&step.person);
    let at = |of: &Place| place(of, names);
    match (&step.from, &step.to) {
        (Some(from), Some(to)) => {
            let (from, to) = (at(from), at(to));
            say!(
                language,
                "{person} goes from {from} to {to}",
                "{person} chuyển từ {from} sang {to}"
            )
        }
        (None, Some(to)) => {
            let to = at(to);
            say!(
                language,
                "{person}, who stays at home now, goes to {to}",
                "{person}, hiện chưa được cử đi, được cử đến {to}"
            )
        }
        (Some(from), None) => {
            let from = at(from);
            say!(
                language,
                "{person} leaves {from} and stays at home",
                "{person} rời {from} và ở lại cơ quan"
            )
        }
        (None, None) => person,
    }
}

/// Two values of a tier, each shortened to where they begin to differ.
fn figures(before: Option<&Value>, after: Option<&Value>) -> (String, String) {
    match (before, after) {
        (Some(Value::Ladder(before)), Some(Value::Ladder(after))) => {
            let same = before.iter().zip(after).take_while(|(a, b)| a == b).count();
            let told = |rungs: &[crate::Rung]| {
                rungs
                    .get(same)
                    .map_or_else(String::new, |rung| format!("{} × {}", rung.units, rung.ratio()))
            };
            (told(before), told(after))
        }
        _ => {
            let told = |value: Option<&Value>| value.map_or_else(|| "–".to_owned(), ToString::to_string);
            (told(before), told(after))
        }
    }
}

impl Explain for Chain {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        if self.is_empty() {
            return vec![say!(language, "Nothing changes.", "Không có gì thay đổi.")];
        }
        let mut lines: Vec<String> = (1..)
            .zip(&self.moves)
            .map(|(nth, moved)| format!("  {nth}. {}", step(moved, language, names)))
            .collect();
        for (need, count) in &self.lose {
            let need = names.need(need);
            lines.push(say!(
                language,
                "  {need} has {count} fewer.",
                "  {need} bớt {count} người."
            ));
        }
        for (need, count) in &self.gain {
            let need = names.need(need);
            lines.push(say!(
                language,
                "  {need} has {count} more.",
                "  {need} thêm {count} người."
            ));
        }
        lines.push(match self.tiers.first() {
            None => say!(
                language,
                "It would cost nothing: the two plans are equal in everything that counts.",
                "Không mất gì: hai phương án ngang nhau về mọi mặt.",
            ),
            Some(change) => {
                let what = tier(change.tier, language);
                let (before, after) = figures(change.before.as_ref(), change.after.as_ref());
                match change.improves() {
                    Some(true) => say!(
                        language,
                        "It would gain: {what}, from {before} to {after}.",
                        "Được thêm: {what}, từ {before} thành {after}.",
                    ),
                    _ => say!(
                        language,
                        "What speaks against it: {what}, from {before} to {after}.",
                        "Điều không có lợi: {what}, từ {before} thành {after}.",
                    ),
                }
            }
        });
        lines
    }
}

impl Explain for EnvyReport {
    fn lines(&self, language: Language, names: &dyn Names) -> Vec<String> {
        let (envious, asked) = (self.envious, self.asked);
        let mut lines = vec![say!(
            language,
            "{envious} of {asked} people who told their wishes would rather serve elsewhere.",
            "{envious} trên {asked} người có nguyện vọng mong được đến nơi khác.",
        )];
        for envy in &self.envies {
            let (person, need, rank) = (names.person(&envy.person), names.need(&envy.need), envy.rank);
            lines.push(match &envy.blocks {
                None => say!(
                    language,
                    "  {person}: {need} (wish {rank}); the unit would not gain, or a rule forbids it.",
                    "  {person}: {need} (nguyện vọng {rank}); đơn vị không được lợi hơn, hoặc quy định không cho phép.",
                ),
                Some(Blocked::EmptySeat) => say!(
                    language,
                    "  {person}: {need} (wish {rank}), where a seat is empty.",
                    "  {person}: {need} (nguyện vọng {rank}), nơi còn vị trí trống.",
                ),
                Some(Blocked::BetterFit { than }) => {
                    let than = names.person(than);
                    say!(
                        language,
                        "  {person}: {need} (wish {rank}), and fits it better than {than}.",
                        "  {person}: {need} (nguyện vọng {rank}), và phù hợp hơn {than}.",
                    )
                }
            });
        }
        lines
    }
}
