//! Chance that anybody can throw again: the same seed and the same name give the same throws.

/// SplitMix64 (Steele, Lea, Flood 2014): small, seeded, good enough for inventing people.
#[derive(Clone, Debug)]
pub struct Dice(u64);

impl Dice {
    /// A cup for one purpose. Purposes don't share throws, so one more throw for people leaves the
    /// needs as they were.
    #[must_use]
    pub fn new(seed: u64, purpose: &str) -> Self {
        // FNV-1a over the name
        let name = purpose.bytes().fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| {
            (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
        });
        let mut dice = Self(name ^ seed.wrapping_mul(0x9e37_79b9_7f4a_7c15));
        dice.throw();
        dice
    }

    fn throw(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// 0 to `sides` - 1; 0 for no sides.
    pub fn below(&mut self, sides: u32) -> u32 {
        let scaled = ((self.throw() >> 32) * u64::from(sides)) >> 32;
        u32::try_from(scaled).unwrap_or(0)
    }

    /// Both ends included.
    pub fn between(&mut self, least: u32, most: u32) -> u32 {
        least + self.below(most - least + 1)
    }

    /// A level or a number of years: both ends included.
    pub fn small(&mut self, least: u8, most: u8) -> u8 {
        u8::try_from(self.between(least.into(), most.into())).unwrap_or(most)
    }

    /// True in so many of a hundred throws.
    pub fn percent(&mut self, share: u32) -> bool {
        self.below(100) < share
    }

    /// One of the things, none of no things.
    pub fn pick<'t, T>(&mut self, things: &'t [T]) -> Option<&'t T> {
        things.get(self.below(crate::count(things.len())) as usize)
    }

    /// The name of one of the rows, each as likely as its weight.
    pub fn weighted<T: Copy>(&mut self, rows: &[(u32, T)], otherwise: T) -> T {
        let mut thrown = self.below(rows.iter().map(|(weight, _)| weight).sum());
        for &(weight, thing) in rows {
            if thrown < weight {
                return thing;
            }
            thrown -= weight;
        }
        otherwise
    }
}
