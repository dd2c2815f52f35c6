//! What became of the items since the pack before.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// One item that was added, withdrawn, or whose meaning is another now. Mere rewording is not listed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct PackChange {
    /// The item; one that was withdrawn is no longer in the file, and its code is never given again.
    pub code: String,
    /// What became of it.
    pub kind: PackChangeKind,
    /// Why.
    pub why: String,
    /// The same in English.
    pub why_en: String,
    /// The withdrawn item that it stands in for; empty where it stands in for none.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    #[cfg_attr(feature = "specta", specta(type = String, optional))]
    pub replaces: String,
}

/// What became of an item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum PackChangeKind {
    /// 新增
    Added,
    /// 变更
    Changed,
    /// 撤销
    Withdrawn,
}

/// An item that goes on under another code: what was recorded under the one belongs to the other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(deny_unknown_fields)]
pub struct Renaming {
    /// The code it had; no item has it any more.
    pub from: String,
    /// The code it has.
    pub to: String,
}
