//! What a search takes for the same, in the window and on the command line. The page folds by itself, as it searches while one
//! types (`ui/src/lib/search.ts`); `ui/src/lib/search.cases.json` holds both to the same hits.

use unicode_normalization::UnicodeNormalization as _;

/// A text as a search compares it: full-width signs are their half-width ones (ＧＨ１－０１ is GH1-01), capitals are small letters.
/// Traditional characters stay other characters than simplified ones (`docs/decisions.md`).
#[must_use]
pub fn fold(text: &str) -> String {
    text.nfkc().collect::<String>().to_lowercase()
}

/// How well a search fits; the better first.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Hit {
    /// Every word stands there as it was typed.
    Exact,
    /// Every word stands there when both are folded.
    Folded,
}

/// Words of a search, all of which must occur, each anywhere. White space of any width parts them.
#[derive(Clone, Debug)]
pub struct Search {
    words: Vec<String>,
    folded: Vec<String>,
}

impl Search {
    /// A search for what was typed.
    #[must_use]
    pub fn new(query: &str) -> Self {
        let words = |text: &str| text.split_whitespace().map(str::to_owned).collect();
        Self { words: words(query), folded: words(&fold(query)) }
    }

    /// Whether the texts of something hold every word.
    #[must_use]
    pub fn hit(&self, texts: &[&str]) -> Option<Hit> {
        let folded: Vec<String> = texts.iter().map(|text| fold(text)).collect();
        if !self.folded.iter().all(|word| folded.iter().any(|text| text.contains(word))) {
            return None;
        }
        let is_exact = self.words.iter().all(|word| texts.iter().any(|text| text.contains(word)));
        Some(if is_exact { Hit::Exact } else { Hit::Folded })
    }
}
