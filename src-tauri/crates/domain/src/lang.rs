//! The language that is spoken to a reader.

use serde::{Deserialize, Serialize};
use std::str::FromStr;

/// A language of window, terminal and paper.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum Lang {
    /// 简体中文
    #[default]
    Zh,
    /// English
    En,
}

impl Lang {
    /// Both languages.
    pub const ALL: [Self; 2] = [Self::Zh, Self::En];

    /// The stable name used in files and on the command line.
    #[must_use]
    pub const fn key(self) -> &'static str {
        self.pick("zh", "en")
    }

    /// What is said in this language.
    #[must_use]
    pub const fn pick<'a>(self, chinese: &'a str, english: &'a str) -> &'a str {
        match self {
            Self::Zh => chinese,
            Self::En => english,
        }
    }
}

/// No language has this name.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("zh / en")]
pub struct NotALanguage;

impl FromStr for Lang {
    type Err = NotALanguage;

    fn from_str(key: &str) -> Result<Self, NotALanguage> {
        Self::ALL.into_iter().find(|lang| lang.key() == key).ok_or(NotALanguage)
    }
}
