//! A sentence in both languages.

/// What is said to a reader of either language.
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
