//! Words in which people write verdicts. One table: what is in it as certain is taken over, all else is asked.

use super::folded;
use domain::{Lang, Term, Verdict, terms};

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
    ("-", Ask),
    ("--", Ask),
    ("待定", Ask),
    ("待确认", Ask),
];

/// What a cell means that is said to hold a verdict; `None` when its word is not in the table.
#[must_use]
pub fn meaning(cell: &str) -> Option<Meaning> {
    let word = folded(cell);
    let found = |word: &str| {
        let other = || WORDS.iter().find(|(known, _)| *known == word).map(|(_, meaning)| *meaning);
        ours(word).or_else(other)
    };
    // As it is first: a bracket or a stop may be all there is.
    found(&word).or_else(|| found(word.trim_matches(['(', ')', '[', ']', '【', '】', '。', '.', ',', ';', '、', '!'])))
}

/// What our own words mean, as [`folded`] leaves them.
fn ours(word: &str) -> Option<Meaning> {
    let is = |term: Term| Lang::ALL.into_iter().any(|lang| folded(term.say(lang)) == word);
    let verdict = Verdict::ALL.into_iter().find(|verdict| is(verdict.term())).map(Is);
    verdict.or_else(|| is(terms::UNASSESSED).then_some(Open))
}
