//! Words in which people write verdicts. One table for paste, workbooks and lists: what is in it as certain is taken over, all else is
//! asked. A workspace puts its own words over those that everybody uses.

use super::{folded, is_figure};
use domain::{Lang, Verdict, Words, terms};
use std::collections::BTreeMap;
use std::sync::LazyLock;

/// What a word in a verdict column says.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Meaning {
    /// This verdict, in every form we have seen.
    Is(Verdict),
    /// Not assessed: nothing is to be set.
    Open,
    /// A verdict, but forms differ in which one: the user says.
    Ask,
}

impl Meaning {
    /// All of them.
    pub const ALL: [Self; 6] = [Is(Conform), Is(Partial), Is(Nonconform), Is(NotApplicable), Open, Ask];

    /// The stable name in files and on the command line.
    #[must_use]
    pub fn key(self) -> &'static str {
        match self {
            Is(verdict) => verdict.key(),
            Open => "open",
            Ask => "ask",
        }
    }

    /// What this name means.
    #[must_use]
    pub fn named(key: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|meaning| meaning.key() == key)
    }
}

use Meaning::{Ask, Is, Open};
use Verdict::{Conform, Nonconform, NotApplicable, Partial};

/// By words as [`folded`] leaves them, beside the domain's own. Figures are in none of them: 1, 2, 3 are as likely numbers of rows, marks or points.
pub const WORDS: &[(&str, Meaning)] = &[
    ("符合要求", Is(Conform)),
    ("完全符合", Is(Conform)),
    ("是", Is(Conform)),
    ("合格", Is(Conform)),
    ("达标", Is(Conform)),
    ("满足", Is(Conform)),
    ("满足要求", Is(Conform)),
    ("通过", Is(Conform)),
    ("√", Is(Conform)),
    ("✓", Is(Conform)),
    ("✔", Is(Conform)),
    ("y", Is(Conform)),
    ("yes", Is(Conform)),
    ("ok", Is(Conform)),
    ("pass", Is(Conform)),
    ("conforms", Is(Conform)),
    ("部分满足", Is(Partial)),
    ("部分达标", Is(Partial)),
    ("部分合格", Is(Partial)),
    ("部分", Is(Partial)),
    ("p", Is(Partial)),
    ("partially", Is(Partial)),
    ("不符合要求", Is(Nonconform)),
    ("否", Is(Nonconform)),
    ("不合格", Is(Nonconform)),
    ("不达标", Is(Nonconform)),
    ("未达标", Is(Nonconform)),
    ("不满足", Is(Nonconform)),
    ("不通过", Is(Nonconform)),
    ("未通过", Is(Nonconform)),
    ("×", Is(Nonconform)),
    ("✗", Is(Nonconform)),
    ("✘", Is(Nonconform)),
    ("n", Is(Nonconform)),
    ("no", Is(Nonconform)),
    ("nc", Is(Nonconform)),
    ("fail", Is(Nonconform)),
    ("nonconforming", Is(Nonconform)),
    ("不適用", Is(NotApplicable)),
    ("不涉及", Is(NotApplicable)),
    ("无此业务", Is(NotApplicable)),
    ("无该业务", Is(NotApplicable)),
    ("无此项", Is(NotApplicable)),
    ("无此项业务", Is(NotApplicable)),
    // Every dash is a hyphen here. It sets nothing by itself: 不适用 wants a reason.
    ("-", Is(NotApplicable)),
    ("--", Is(NotApplicable)),
    ("na", Is(NotApplicable)),
    ("n/a", Is(NotApplicable)),
    ("未评审", Open),
    ("未检查", Open),
    ("待评估", Open),
    // Of some forms 符合, of others 部分符合.
    ("基本符合", Ask),
    ("基本满足", Ask),
    ("基本达标", Ask),
    ("基本合格", Ask),
    ("大部分符合", Ask),
    ("较符合", Ask),
    ("轻微不符合", Ask),
    ("一般不符合", Ask),
    ("严重不符合", Ask),
    // A circle is "good" in some forms and "partly" in others; a box or a cross is what was ticked.
    ("○", Ask),
    ("〇", Ask),
    ("o", Ask),
    ("●", Ask),
    ("◎", Ask),
    ("△", Ask),
    ("▲", Ask),
    ("☑", Ask),
    ("☒", Ask),
    ("□", Ask),
    ("■", Ask),
    ("x", Ask),
    ("c", Ask),
    // There, not there: of what?
    ("有", Ask),
    ("无", Ask),
    ("没有", Ask),
    // Nothing to say, or nothing to assess.
    ("/", Ask),
    ("\\", Ask),
    ("待定", Ask),
    ("待确认", Ask),
];

/// The table as a workspace has it: its own words go before those that everybody uses.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Meanings {
    /// By word as [`folded`] leaves it.
    own: BTreeMap<String, Meaning>,
}

/// Characters of a word; what is longer is a sentence.
const MOST_CHARS: usize = 30;

/// A line of the table.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Line {
    /// The word.
    pub word: String,
    /// What it means.
    pub meaning: Meaning,
    /// Whether the workspace says so.
    pub is_own: bool,
    /// Whether it is one of our own verdicts, which mean what they say.
    pub is_fixed: bool,
}

impl Meanings {
    /// What a cell means that is said to hold a verdict; `None` when its word is not in the table.
    #[must_use]
    pub fn of(&self, cell: &str) -> Option<Meaning> {
        // A sentence is no word, whatever it takes to find that out.
        if cell.len() > 4 * MOST_CHARS {
            return None;
        }
        let word = folded(cell);
        // As it is first: a bracket or a stop may be all there is.
        let bare = || word.trim_matches(['(', ')', '[', ']', '【', '】', '。', '.', ',', ';', '、', '!']);
        self.found(&word).or_else(|| self.found(bare()))
    }

    fn found(&self, word: &str) -> Option<Meaning> {
        ours(word).or_else(|| self.own.get(word).copied()).or_else(|| given(word))
    }

    /// Puts a word of the workspace's own into the table, or gives one that everybody uses another meaning.
    ///
    /// # Errors
    /// What was expected: our own verdicts mean what they say, and figures are numbers of rows or points as likely as verdicts.
    pub fn set(&mut self, word: &str, meaning: Meaning) -> Result<(), Words> {
        let folded = folded(word);
        if folded.is_empty() || folded.chars().count() > MOST_CHARS || folded.chars().any(char::is_control) {
            let zh = format!("结论用语应为一个词，最多 {MOST_CHARS} 字");
            return Err((zh, format!("a word of at most {MOST_CHARS} characters")).into());
        }
        if is_figure(&folded) {
            return Err((
                "数字不能作为结论用语：它也可能是序号或分数；请在取入每个文件时说明",
                "no figure: it may as well number rows or count points; say in each file what it means",
            )
                .into());
        }
        if ours(&folded).is_some() {
            return Err((
                format!("“{word}”是备审自己的结论用语，含义不能更改"),
                format!("another word: \"{word}\" is a verdict of this program and means what it says"),
            )
                .into());
        }
        self.own.insert(folded, meaning);
        Ok(())
    }

    /// Takes a word of the workspace's own out again, so that it means what it does for everybody. Answers whether it was there.
    pub fn remove(&mut self, word: &str) -> bool {
        self.own.remove(&folded(word)).is_some()
    }

    /// The workspace's own words.
    pub fn own(&self) -> impl Iterator<Item = (&str, Meaning)> {
        self.own.iter().map(|(word, meaning)| (word.as_str(), *meaning))
    }

    /// The whole table: the workspace's own words, then those that everybody uses.
    #[must_use]
    pub fn lines(&self) -> Vec<Line> {
        let own =
            self.own().map(|(word, meaning)| Line { word: word.to_owned(), meaning, is_own: true, is_fixed: false });
        let others = WORDS.iter().filter(|(word, _)| !self.own.contains_key(*word));
        let others = others.map(|(word, meaning)| Line {
            word: (*word).to_owned(),
            meaning: *meaning,
            is_own: false,
            is_fixed: false,
        });
        own.chain(our_words()).chain(others).collect()
    }
}

/// What everybody means by a word.
fn given(word: &str) -> Option<Meaning> {
    WORDS.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning)
}

/// Our own verdicts as lines of the table.
fn our_words() -> impl Iterator<Item = Line> {
    let verdicts = Verdict::ALL.into_iter().map(|verdict| (verdict.term(), Is(verdict)));
    let all = verdicts.chain([(terms::UNASSESSED, Open)]);
    all.flat_map(|(term, meaning)| {
        Lang::ALL.map(|lang| Line { word: term.say(lang).to_owned(), meaning, is_own: false, is_fixed: true })
    })
}

/// What our own words mean, as [`folded`] leaves them.
fn ours(word: &str) -> Option<Meaning> {
    static OURS: LazyLock<BTreeMap<String, Meaning>> =
        LazyLock::new(|| our_words().map(|line| (folded(&line.word), line.meaning)).collect());
    OURS.get(word).copied()
}
