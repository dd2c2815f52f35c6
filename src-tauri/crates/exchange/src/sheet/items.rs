//! The items of the criteria, as cells name them.

use super::{code, folded};
use domain::{CriteriaPack, Words};
use std::collections::{BTreeMap, BTreeSet};

/// The items of the criteria, ready to be looked for.
pub struct Items<'a> {
    codes: BTreeSet<&'a str>,
    /// By title as [`folded`] leaves it; `None` where several items bear it.
    titles: BTreeMap<String, Option<&'a str>>,
    requirements: BTreeSet<String>,
}

impl<'a> Items<'a> {
    /// Those of these criteria.
    #[must_use]
    pub fn of(pack: &'a CriteriaPack) -> Self {
        let mut titles = BTreeMap::new();
        for item in &pack.items {
            // A title that is the same in both languages is one title.
            let both = BTreeSet::from([folded(&item.title), folded(&item.title_en)]);
            for title in both.into_iter().filter(|title| !title.is_empty()) {
                let code = Some(item.code.as_str());
                titles.entry(title).and_modify(|known| *known = None).or_insert(code);
            }
        }
        Self {
            codes: pack.items.iter().map(|item| item.code.as_str()).collect(),
            titles,
            requirements: pack.items.iter().map(|item| folded(&item.requirement)).collect(),
        }
    }

    /// The item whose code a cell holds.
    #[must_use]
    pub fn coded(&self, cell: &str) -> Option<&'a str> {
        self.codes.get(code(cell).as_str()).copied()
    }

    /// The item whose title a cell holds, with or without a number before it.
    ///
    /// # Errors
    /// What was expected.
    pub fn titled(&self, cell: &str) -> Result<&'a str, Words> {
        match self.title(cell) {
            Some(Some(code)) => Ok(code),
            Some(None) => Err(("条目编号；有几个条目都叫这个名称", "a code; several items bear this title").into()),
            None => Err(("准则中的条目名称，一字不差", "the title of an item as the criteria have it").into()),
        }
    }

    fn title(&self, cell: &str) -> Option<Option<&'a str>> {
        let title = folded(cell);
        let numbered = || title.trim_start_matches(|c: char| c.is_ascii_digit() || "().、-".contains(c));
        self.titles.get(&title).or_else(|| self.titles.get(numbered())).copied()
    }

    /// Whether a cell is the title of an item.
    #[must_use]
    pub fn is_title(&self, cell: &str) -> bool {
        self.title(cell).is_some()
    }

    /// Whether a cell repeats what the criteria say.
    #[must_use]
    pub fn is_criteria(&self, cell: &str) -> bool {
        self.is_title(cell) || self.requirements.contains(&folded(cell))
    }
}
