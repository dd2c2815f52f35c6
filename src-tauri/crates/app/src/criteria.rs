//! The built-in criteria, whole and as a short round, foreign criteria files, and what becomes of a round that is given others.

mod carry;
mod earlier;
mod plan;
mod update;

pub(crate) use earlier::recorded_item;
pub use earlier::{ItemComparison, archived, to_change, to_confirm};
pub use plan::{AddedItem, ChangedItem, RateChange, RenamedItem, ScoringPart, UpdatePlan, WithdrawnItem};
pub use update::{CriteriaUpdated, preview, update};

use crate::files::{has_extension, read_up_to};
use crate::{Error, Result, Session};
use domain::pack::{Condition, SHORT_SUFFIX};
use domain::{CriteriaPack, Id};
use serde::{Deserialize, Serialize};
use std::path::Path;
use std::sync::{Arc, OnceLock};

/// The criteria file this program ships.
pub const BUILT_IN: &str = include_str!("../../../../criteria/yd-t-2823-2015.toml");

/// [`BUILT_IN`] as the build script has read it; that both hold the same is a test.
const PREPARED: &str = include_str!(concat!(env!("OUT_DIR"), "/criteria.json"));

/// [`BUILT_IN`], read once per process.
static PARSED: OnceLock<Arc<CriteriaPack>> = OnceLock::new();

/// The built-in criteria.
///
/// # Errors
/// [`Error::Pack`](crate::Error::Pack): never in a program that passed its tests.
pub fn built_in() -> Result<Arc<CriteriaPack>> {
    if let Some(pack) = PARSED.get() {
        return Ok(Arc::clone(pack));
    }
    let pack = Arc::new(CriteriaPack::prepared(PREPARED)?);
    Ok(Arc::clone(PARSED.get_or_init(|| pack)))
}

/// Reads and validates a criteria file (TOML, or a workbook by its name), or the built-in one. Returns the pack and its normalised text.
///
/// # Errors
/// [`Error::File`], [`Error::Pack`].
pub fn load(file: Option<&Path>) -> Result<(CriteriaPack, String)> {
    let Some(path) = file else {
        return Ok(((*built_in()?).clone(), BUILT_IN.to_owned()));
    };
    if has_extension(path, "xlsx") {
        let bytes = read_up_to(path, exchange::book::MAX_BYTES)?;
        return written(&exchange::criteria::read(&bytes)??);
    }
    let bytes = read_up_to(path, domain::pack::MAX_PACK_BYTES as u64)?;
    let pack = CriteriaPack::parse(&bytes)?;
    let text = String::from_utf8_lossy(bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(&bytes)).replace("\r\n", "\n");
    Ok((pack, text))
}

/// Which criteria a round goes by.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase", tag = "kind", content = "file")]
pub enum Edition {
    /// The built-in ones.
    #[default]
    Whole,
    /// The short round (简评) of the built-in ones.
    Short,
    /// A criteria file, by its path.
    File(String),
}

/// The criteria of an edition and their normalised text.
///
/// # Errors
/// [`Error::File`](crate::Error::File), [`Error::Pack`](crate::Error::Pack).
pub fn edition(edition: &Edition) -> Result<(CriteriaPack, String)> {
    match edition {
        Edition::Whole => load(None),
        Edition::Short => written(&built_in()?.short()),
        Edition::File(path) => load(Some(Path::new(path))),
    }
}

/// Which part of the built-in criteria: the short round, these items, or these domains; everything where nothing is named.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Part {
    /// The short round.
    pub short: bool,
    /// Item codes.
    pub items: Vec<String>,
    /// Domain codes.
    pub domains: Vec<String>,
}

/// A part of the built-in criteria, to be made into a file of one's own.
///
/// # Errors
/// [`Error::UnknownItem`], [`Error::Unknown`]: a code that is not there.
pub fn part(part: &Part) -> Result<CriteriaPack> {
    let whole = built_in()?;
    if part.short {
        return Ok(whole.short());
    }
    if let Some(code) = part.items.iter().find(|code| whole.item(code).is_none()) {
        return Err(Error::UnknownItem(code.clone()));
    }
    if let Some(code) = part.domains.iter().find(|code| whole.domain(code).is_none()) {
        return Err(Error::Unknown { what: "评审类别", key: code.clone() });
    }
    if part.items.is_empty() && part.domains.is_empty() {
        return Ok((*whole).clone());
    }
    Ok(whole.part(|item| part.items.contains(&item.code) || part.domains.iter().any(|d| d == item.domain())))
}

/// What a user wants to know of an edition before a round is started by it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct EditionView {
    /// Title of its standard.
    pub title: String,
    /// The same in English.
    pub title_en: String,
    /// Number of items.
    pub items: u32,
    /// Hours that one person takes for all of them.
    pub hours: u32,
    /// Conditions that some of its items depend on: those to ask about.
    pub conditions: Vec<String>,
}

/// Looks at an edition.
///
/// # Errors
/// As [`edition`].
pub fn view(of: &Edition) -> Result<EditionView> {
    let (pack, _) = edition(of)?;
    let asked = Condition::ASKED.into_iter().filter(|asked| pack.items.iter().any(|item| item.applies == *asked));
    let count = |n: usize| u32::try_from(n).unwrap_or(u32::MAX);
    Ok(EditionView {
        items: count(pack.items.len()),
        hours: count(pack.effort_hours()),
        conditions: asked.map(|condition| condition.key().to_owned()).collect(),
        title: pack.pack.title,
        title_en: pack.pack.title_en,
    })
}

/// A pack that was put together here, as if it had been read from a file.
pub(crate) fn written(pack: &CriteriaPack) -> Result<(CriteriaPack, String)> {
    let text = pack.to_toml();
    Ok((CriteriaPack::parse(text.as_bytes())?, text))
}

impl Session {
    /// Criteria that a round may be updated to: those of a file, or today's version of the edition of ours that it has.
    ///
    /// # Errors
    /// As [`edition`]; [`Error::CriteriaKept`] when no file is named and the round does not go by an edition of ours.
    pub fn criteria_for(&mut self, round: Id, file: Option<&Path>) -> Result<(CriteriaPack, String)> {
        if file.is_some() {
            return load(file);
        }
        let (held, _) = self.snapshot(round)?;
        match continued(&held, &*built_in()?) {
            Some(of) => edition(&of),
            None => {
                let id = &held.pack.id;
                let why = (
                    format!("本次评估使用自编准则（{id}），程序没有内置它的新版本；请指定新的准则文件"),
                    format!(
                        "the assessment goes by criteria of your own ({id}), of which the program brings no later edition; name a file"
                    ),
                );
                Err(Error::CriteriaKept(why.into()))
            }
        }
    }

    /// The criteria for a round after `before`: those of the edition, taken into the workspace. Where none is named it goes on with the
    /// same kind, ours in today's version, others as they are.
    ///
    /// # Errors
    /// As [`edition`]; when the workspace cannot be read or written.
    pub fn criteria_after(&mut self, before: Option<Id>, named: Option<&Edition>) -> Result<Arc<CriteriaPack>> {
        let named = match (named, before) {
            (Some(named), _) => named.clone(),
            (None, None) => Edition::Whole,
            (None, Some(before)) => {
                let (held, _) = self.snapshot(before)?;
                match continued(&held, &*built_in()?) {
                    Some(edition) => edition,
                    None => return Ok(held),
                }
            }
        };
        if named == Edition::Whole {
            return self.built_in_pack();
        }
        let (pack, text) = edition(&named)?;
        self.adopt_pack(pack, &text)
    }
}

/// Which of our editions a pack is of, by its id; `None` for another's.
fn continued(held: &CriteriaPack, ours: &CriteriaPack) -> Option<Edition> {
    match held.pack.id.strip_prefix(&ours.pack.id)? {
        "" => Some(Edition::Whole),
        SHORT_SUFFIX => Some(Edition::Short),
        _ => None,
    }
}

/// Version of the program's criteria, where a pack is an earlier edition of them.
///
/// # Errors
/// As [`built_in`].
pub fn newer_than(pack: &CriteriaPack) -> Result<Option<String>> {
    let built_in = built_in()?;
    let version = &built_in.pack.version;
    let is_earlier = continued(pack, &built_in).is_some()
        && numbers(&pack.pack.version).zip(numbers(version)).is_some_and(|(held, new)| held < new);
    Ok(is_earlier.then(|| version.clone()))
}

/// `2026.11` or `2026.11-short` as numbers, which know that it comes after `2026.9`. Own editions are called as their makers like.
fn numbers(version: &str) -> Option<Vec<u32>> {
    version.split('-').next()?.split('.').map(|part| part.parse().ok()).collect()
}
