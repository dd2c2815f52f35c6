//! The criteria pack (评审准则): what is assessed and how it is scored, as data.

mod changes;
mod check;
mod difference;
mod edition;
mod item;
mod profile;
mod reference;
mod syntax;
mod tally;
mod toml_date;
mod wording;

pub use changes::{PackChange, PackChangeKind, Renaming};
pub use check::{FORMATS, MAX_ITEMS};
pub use difference::{Fate, ItemPart, PartChange, asks_the_same, changed_parts, difference, part_changes};
pub use edition::SHORT_SUFFIX;
pub use item::{Condition, Item, Method, PointWeight, Stage};
pub use profile::{Band, Effect, Level, LevelId, Points, Profile, Rule, RuleKind};
pub use reference::{Confidence, Direction, Kpi, Law, LawStatus, Source};
pub use syntax::{MAX_PACK_BYTES, PackError, Problem, parser_words};
pub use tally::SampleTally;
pub use wording::{Piece, PieceKind, compare};

use crate::{Date, Grade};
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A whole criteria file, validated. See `criteria/PROVENANCE.md` for what is public fact and what is ours.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct CriteriaPack {
    /// Identity of the standard and of this pack.
    pub pack: PackHead,
    /// What the public facts rest on.
    #[serde(default)]
    pub sources: Vec<Source>,
    /// Instruments and articles that items cite.
    #[serde(default)]
    pub laws: Vec<Law>,
    /// Key figures with definition and reference values.
    #[serde(default)]
    pub kpis: Vec<Kpi>,
    /// Ways of scoring; the first marked `default` is used unless a round says otherwise.
    #[serde(default)]
    pub profiles: Vec<Profile>,
    /// What the grades of findings mean.
    #[serde(default)]
    pub grades: Vec<GradeText>,
    /// Terms explained in the report's annex.
    #[serde(default)]
    pub glossary: Vec<Term>,
    /// Departments that typically hand in papers; a file from before 2027 has none.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<Department>, optional))]
    pub departments: Vec<Department>,
    /// The 评审类别; nine in ours.
    #[serde(default)]
    pub domains: Vec<Domain>,
    /// The 主题; 43 in ours.
    #[serde(default)]
    pub sections: Vec<Section>,
    /// The 评审条目; 224 in ours.
    #[serde(default)]
    pub items: Vec<Item>,
    /// What became of items since the pack before, in the order of their codes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<PackChange>, optional))]
    pub changes: Vec<PackChange>,
    /// Items that go on under another code since the pack before.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<Renaming>, optional))]
    pub renamed: Vec<Renaming>,
    /// SHA-256 of the file's text without byte order mark and with LF line ends, 64 hex digits. Not part of the file.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    #[schemars(skip)]
    pub sha256: String,
}

/// Identity and notices.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PackHead {
    /// Name of the pack, e.g. `yd-t-2823-2015`.
    pub id: String,
    /// Format of the file: [`FORMATS`] are read.
    pub format: u32,
    /// Version of the pack, e.g. `2026.11`.
    pub version: String,
    /// `YD/T 2823-2015`.
    pub standard: String,
    /// Title of the standard.
    pub title: String,
    /// Our English rendering of it.
    pub title_en: String,
    /// A remark on the title.
    #[serde(default)]
    pub title_note: String,
    /// Day of publication.
    #[serde(with = "toml_date")]
    #[schemars(with = "String")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub published: Date,
    /// Day it came into force.
    #[serde(with = "toml_date")]
    #[schemars(with = "String")]
    #[cfg_attr(feature = "specta", specta(type = String))]
    pub effective: Date,
    /// Kind of standard: a recommended industry standard, not a national one.
    pub kind: String,
    /// The same in English.
    pub kind_en: String,
    /// What this file is and is not; shown in the app and in every report.
    pub notice: String,
    /// The same in English.
    pub notice_en: String,
    /// What the reference figures are and are not.
    pub kpi_notice: String,
    /// The same in English.
    pub kpi_notice_en: String,
    /// How several check points make one verdict.
    pub reading: String,
    /// The same in English.
    pub reading_en: String,
    /// Evidence names that may stand under more than six items.
    #[serde(default)]
    pub common_evidence: Vec<String>,
    /// Names of evidence that mean one paper: the request list asks for it once.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = Vec<Vec<String>>, optional))]
    pub same_papers: Vec<Vec<String>>,
}

/// A department that hands in papers.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Department {
    /// Its name.
    pub title: String,
    /// The same in English; Chinese where the file has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub title_en: String,
}

/// What a grade of finding means.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct GradeText {
    /// Which grade.
    #[schemars(with = "String")]
    pub id: Grade,
    /// Label.
    pub label: String,
    /// The same in English.
    pub label_en: String,
    /// Definition.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
}

/// A glossary entry.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Term {
    /// Term.
    pub term: String,
    /// Term in English.
    pub term_en: String,
    /// Explanation.
    pub text: String,
    /// The same in English.
    pub text_en: String,
}

/// A 评审类别.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Domain {
    /// One to four capital letters; ours: GH RY XC LC JX KH JS AQ QY.
    pub code: String,
    /// 1 to 9 in ours.
    pub number: u32,
    /// Name (public fact).
    pub title: String,
    /// The same in English; Chinese where the file has none.
    #[serde(default)]
    pub title_en: String,
    /// What it is about and what an auditor looks at first.
    pub intro: String,
    /// The same in English; Chinese where the file has none.
    #[serde(default)]
    pub intro_en: String,
}

/// A 主题.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Section {
    /// `XC3`.
    pub code: String,
    /// `XC`.
    pub domain: String,
    /// Topic name.
    pub title: String,
    /// The same in English; Chinese where the file has none.
    #[serde(default)]
    pub title_en: String,
    /// How many items it must hold.
    pub items: u32,
    /// Where the title comes from.
    pub origin: Origin,
    /// The same in words.
    #[serde(default)]
    pub origin_note: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub origin_note_en: String,
    /// What it is about and what an auditor looks at first.
    pub intro: String,
    /// The same in English; Chinese where the file has none.
    #[serde(default)]
    pub intro_en: String,
    /// The [`Department`] that typically hands in its papers, by its title; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub department: String,
}

/// Where a title or text comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// Topic name on the public award criteria table of 2016.
    PublicAward,
    /// Topic name in the contents of the 2012 trial guideline.
    PublicTrial,
    /// Topic named by a certification body.
    PublicTopic,
    /// Ours.
    Own,
}

impl CriteriaPack {
    /// The item with this code.
    #[must_use]
    pub fn item(&self, code: &str) -> Option<&Item> {
        self.items.iter().find(|i| i.code == code)
    }

    /// The section with this code.
    #[must_use]
    pub fn section(&self, code: &str) -> Option<&Section> {
        self.sections.iter().find(|s| s.code == code)
    }

    /// The domain with this code.
    #[must_use]
    pub fn domain(&self, code: &str) -> Option<&Domain> {
        self.domains.iter().find(|d| d.code == code)
    }

    /// The law with this id.
    #[must_use]
    pub fn law(&self, id: &str) -> Option<&Law> {
        self.laws.iter().find(|l| l.id == id)
    }

    /// The key figure with this id.
    #[must_use]
    pub fn kpi(&self, id: &str) -> Option<&Kpi> {
        self.kpis.iter().find(|k| k.id == id)
    }

    /// The profile with this id, or the default one. A validated pack always has a default.
    ///
    /// # Panics
    /// When the pack was not validated and holds no profile.
    #[must_use]
    pub fn profile(&self, id: &str) -> &Profile {
        self.profiles
            .iter()
            .find(|p| p.id == id)
            .or_else(|| self.profiles.iter().find(|p| p.default))
            .or(self.profiles.first())
            .expect("a validated pack has a profile")
    }

    /// Items of a domain, in file order.
    pub fn items_of<'a>(&'a self, domain: &'a str) -> impl Iterator<Item = &'a Item> {
        self.items.iter().filter(move |i| i.domain() == domain)
    }

    /// What a grade means.
    #[must_use]
    pub fn grade(&self, grade: Grade) -> Option<&GradeText> {
        self.grades.iter().find(|g| g.id == grade)
    }
}

/// JSON Schema of the criteria file, made from the types above.
#[must_use]
pub fn json_schema() -> schemars::Schema {
    schemars::schema_for!(CriteriaPack)
}
