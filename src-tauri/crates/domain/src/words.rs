//! A sentence in both languages.

use std::fmt;

/// What is said to a reader of either language. Shown as it is, it is Chinese.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Words {
    /// In Chinese.
    pub chinese: String,
    /// In English.
    pub english: String,
}

impl<C: Into<String>, E: Into<String>> From<(C, E)> for Words {
    fn from((chinese, english): (C, E)) -> Self {
        Self { chinese: chinese.into(), english: english.into() }
    }
}

impl fmt::Display for Words {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.chinese)
    }
}
