//! What becomes of every item when other criteria take the place of these.

use super::{CriteriaPack, Item};
use crate::Lang;
use serde::{Deserialize, Serialize};

/// What becomes of one item.
#[derive(Clone, Copy, Debug)]
pub enum Fate<'a> {
    /// It asks what it asked: before, now. Its code may be another.
    Kept(&'a Item, &'a Item),
    /// It asks something else: before, now. Its code may be another.
    Changed(&'a Item, &'a Item),
    /// It was not there.
    Added(&'a Item),
    /// It is no longer there.
    Withdrawn(&'a Item),
}

impl<'a> Fate<'a> {
    /// The item as it is now.
    #[must_use]
    pub const fn now(self) -> Option<&'a Item> {
        match self {
            Self::Kept(_, now) | Self::Changed(_, now) | Self::Added(now) => Some(now),
            Self::Withdrawn(_) => None,
        }
    }

    /// The item as it was.
    #[must_use]
    pub const fn before(self) -> Option<&'a Item> {
        match self {
            Self::Kept(before, _) | Self::Changed(before, _) | Self::Withdrawn(before) => Some(before),
            Self::Added(_) => None,
        }
    }

    /// The code it had, where it has another one now.
    #[must_use]
    pub fn renamed_from(self) -> Option<&'a str> {
        let (before, now) = (self.before()?, self.now()?);
        (before.code != now.code).then_some(before.code.as_str())
    }
}

/// What becomes of every item: those of `now` in their order, then those that are gone.
#[must_use]
pub fn difference<'a>(before: &'a CriteriaPack, now: &'a CriteriaPack) -> Vec<Fate<'a>> {
    let of_now = now.items.iter().map(|item| match ancestor(before, now, item) {
        None => Fate::Added(item),
        Some(old) if asks_the_same(old, item) => Fate::Kept(old, item),
        Some(old) => Fate::Changed(old, item),
    });
    let mut fates: Vec<_> = of_now.collect();
    let kept: std::collections::HashSet<_> =
        fates.iter().filter_map(|fate| fate.before()).map(|item| item.code.as_str()).collect();
    let gone = before.items.iter().filter(|old| !kept.contains(old.code.as_str())).map(Fate::Withdrawn);
    fates.extend(gone);
    fates
}

/// What an item was: by its code, or by what either of the packs says of another code. So the way back is the same way.
fn ancestor<'a>(before: &'a CriteriaPack, now: &'a CriteriaPack, item: &Item) -> Option<&'a Item> {
    let on = |from: &str| before.item(from).filter(|old| now.item(&old.code).is_none());
    before
        .item(&item.code)
        .or_else(|| now.renamed.iter().find(|r| r.to == item.code).and_then(|r| on(&r.from)))
        .or_else(|| before.renamed.iter().find(|r| r.from == item.code).and_then(|r| on(&r.to)))
}

/// Whether a verdict on the one is a verdict on the other. What only helps to find it (methods, laws, key figures, neighbours, the
/// stage) and what says the same once more in English do not count.
#[must_use]
pub fn asks_the_same(before: &Item, now: &Item) -> bool {
    changed_parts(before, now).is_empty()
}

/// A part of an item that a verdict hangs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "snake_case")]
pub enum ItemPart {
    /// 标题
    Title,
    /// 要求
    Requirement,
    /// 核查要点
    CheckPoints,
    /// Which point leads, which name a duty, and the boundaries of samples.
    Grading,
    /// 应备证据, which is ticked off.
    Evidence,
    /// Whether failing it blocks a ready label.
    Key,
    /// When it applies.
    Applies,
}

impl ItemPart {
    /// All parts, in the order in which an item is read.
    pub const ALL: [Self; 7] =
        [Self::Title, Self::Requirement, Self::CheckPoints, Self::Grading, Self::Evidence, Self::Key, Self::Applies];

    fn is_same(self, a: &Item, b: &Item) -> bool {
        match self {
            Self::Title => a.title == b.title,
            Self::Requirement => a.requirement == b.requirement,
            Self::CheckPoints => a.check_points == b.check_points,
            Self::Grading => (a.lead, &a.duties, &a.tallies) == (b.lead, &b.duties, &b.tallies),
            Self::Evidence => a.evidence == b.evidence,
            Self::Key => a.key == b.key,
            Self::Applies => a.applies == b.applies,
        }
    }

    /// What it says, in a language as far as the item has that.
    fn text(self, item: &Item, lang: Lang) -> String {
        let english = lang == Lang::En;
        let list = |chinese: &[String], translated: &[String]| {
            if english && !translated.is_empty() { translated.join("\n") } else { chinese.join("\n") }
        };
        match self {
            Self::Title => lang.pick(&item.title, &item.title_en).to_owned(),
            Self::Requirement => lang.pick(&item.requirement, &item.requirement_en).to_owned(),
            Self::CheckPoints => list(&item.check_points, &item.check_points_en),
            Self::Grading => grading(item, lang),
            Self::Evidence => list(&item.evidence, &item.evidence_en),
            Self::Key => match item.key {
                true => lang.pick("关键条目", "Key item").to_owned(),
                false => lang.pick("一般条目", "Not a key item").to_owned(),
            },
            Self::Applies => item.applies.term().say(lang).to_owned(),
        }
    }
}

/// One line for each point that is more than a supporting one, or counts a sample.
fn grading(item: &Item, lang: Lang) -> String {
    use super::PointWeight::{Duty, Lead, Support};
    let numbers = 1..=u32::try_from(item.check_points.len()).unwrap_or(u32::MAX);
    let lines = numbers.filter_map(|number| {
        let weight = match item.weight_of(number) {
            Some(Lead) => lang.pick("主导", "leads"),
            Some(Duty) => lang.pick("法定", "a legal duty"),
            Some(Support) | None => "",
        };
        let tally = item.tallies.iter().find(|t| t.point == number).map_or_else(String::new, |t| {
            let (of, conform, partial) = (t.of, t.conform, t.partial);
            match lang {
                Lang::Zh => format!("抽{of}，至{conform}为符合，至{partial}为部分符合"),
                Lang::En => format!("of {of}, up to {conform} conform, up to {partial} partial"),
            }
        });
        let said: Vec<_> = [weight, tally.as_str()].into_iter().filter(|text| !text.is_empty()).collect();
        let said = said.join(lang.pick("；", "; "));
        (!said.is_empty()).then(|| match lang {
            Lang::Zh => format!("要点{number}：{said}"),
            Lang::En => format!("Point {number}: {said}"),
        })
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What a verdict hangs on that is not what it was.
#[must_use]
pub fn changed_parts(before: &Item, now: &Item) -> Vec<ItemPart> {
    ItemPart::ALL.into_iter().filter(|part| !part.is_same(before, now)).collect()
}

/// One part of an item, as it was and as it is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct PartChange {
    /// Which.
    pub part: ItemPart,
    /// Both texts in one, with what is gone and what is new.
    pub pieces: Vec<super::Piece>,
}

/// The parts that changed, with the differences in their words. A list has a line for each entry.
#[must_use]
pub fn part_changes(before: &Item, now: &Item, lang: Lang) -> Vec<PartChange> {
    let told =
        |part: ItemPart| PartChange { part, pieces: super::compare(&part.text(before, lang), &part.text(now, lang)) };
    changed_parts(before, now).into_iter().map(told).collect()
}
