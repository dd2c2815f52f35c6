//! What the items rest on: sources, laws, key figures.

use super::toml_date;
use crate::Date;
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a public fact rests on.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// Short name.
    pub id: String,
    /// Title.
    pub title: String,
    /// Title in English.
    pub title_en: String,
    /// Who published it.
    pub publisher: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub publisher_en: String,
    /// What was taken from it.
    #[serde(default)]
    pub note: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub note_en: String,
    /// How sure we are.
    pub confidence: Confidence,
}

/// How sure we are of a fact.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Confidence {
    /// Text of a law or standard, read directly.
    Official,
    /// A named body or publication.
    Secondary,
    /// Promotional or copied material.
    Weak,
    /// General knowledge of the trade.
    Background,
    /// Our own.
    Own,
}

/// One article of one instrument.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Law {
    /// `PIPL-51`.
    pub id: String,
    /// Full title.
    pub instrument: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub instrument_en: String,
    /// Short title.
    pub short: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub short_en: String,
    /// 第五十一条; empty when the whole instrument is meant.
    #[serde(default)]
    pub article: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub article_en: String,
    /// What it asks for, in our words.
    pub gist: String,
    /// The same in English.
    pub gist_en: String,
    /// Whether it may be presented as a duty.
    pub status: LawStatus,
    /// Day the cited text came into force, where known.
    #[serde(default, with = "toml_date::option", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>, optional))]
    pub in_force: Option<Date>,
    /// Day on which the article was last compared with a text or report of it; none where neither was at hand.
    #[serde(default, with = "toml_date::option", skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Option<String>")]
    #[cfg_attr(feature = "specta", specta(type = Option<String>, optional))]
    pub checked: Option<Date>,
    /// A caveat, e.g. about renumbering.
    #[serde(default)]
    pub note: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub note_en: String,
}

/// How the text of a law was established.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum LawStatus {
    /// The article was read.
    Sourced,
    /// A named secondary source quotes it.
    Secondary,
    /// General knowledge; check before relying on it.
    Background,
    /// A draft: never a duty.
    Draft,
}

/// A key figure.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Kpi {
    /// `K1`.
    pub id: String,
    /// Name.
    pub name: String,
    /// Name in English.
    pub name_en: String,
    /// `%`, `s`, …
    pub unit: String,
    /// What it says.
    pub definition: String,
    /// The same in English.
    pub definition_en: String,
    /// How it is computed.
    pub formula: String,
    /// The same in English.
    pub formula_en: String,
    /// Which way is good.
    pub direction: Direction,
    /// A typical figure: a reference the user may change, never a duty.
    pub reference: String,
    /// The same in English.
    pub reference_en: String,
    /// Who says so.
    pub source: String,
    /// The same in English; empty in a file that has none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub source_en: String,
    /// How sure we are.
    pub confidence: Confidence,
    /// Where one name has several formulas.
    #[serde(default)]
    pub warning: String,
    /// The same in English.
    #[serde(default)]
    pub warning_en: String,
}

/// Which way a figure is good.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Direction {
    /// More is better.
    Higher,
    /// Less is better.
    Lower,
    /// Best inside a range.
    Range,
}
