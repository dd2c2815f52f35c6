//! Two wordings of one text, and where they differ: by word in Latin script, by character in Chinese, which has no spaces.

use serde::{Deserialize, Serialize};

/// A stretch of two wordings laid over each other.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
pub struct Piece {
    /// In which of them it stands.
    pub kind: PieceKind,
    /// Its text.
    pub text: String,
}

/// In which of two wordings something stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[cfg_attr(feature = "specta", derive(specta::Type))]
#[serde(rename_all = "lowercase")]
pub enum PieceKind {
    /// In both.
    Same,
    /// In the earlier one only.
    Gone,
    /// In the later one only.
    New,
}

/// Comparing takes their product in steps; longer texts than this are shown one after the other.
const MOST_STEPS: usize = 4_000_000;

/// Fewer characters than this between two differences are no help to the eye and belong to them.
const ISLAND_CHARS: usize = 2;

/// Lays two wordings over each other. What is gone stands before what came in its place.
#[must_use]
pub fn compare(before: &str, now: &str) -> Vec<Piece> {
    let (old, new) = (tokens(before), tokens(now));
    let mut marked = Vec::new();
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let tail = old[head..].iter().rev().zip(new[head..].iter().rev()).take_while(|(a, b)| a == b).count();
    marked.extend(old[..head].iter().map(|text| (PieceKind::Same, *text)));
    between(&old[head..old.len() - tail], &new[head..new.len() - tail], &mut marked);
    marked.extend(old[old.len() - tail..].iter().map(|text| (PieceKind::Same, *text)));
    pieces(&without_islands(&marked))
}

/// Words, numbers and runs of spaces; every other character by itself.
fn tokens(text: &str) -> Vec<&str> {
    #[derive(PartialEq)]
    enum Of {
        Word,
        Space,
        Other,
    }
    let class = |c: char| match c {
        '\n' => Of::Other,
        c if c.is_whitespace() => Of::Space,
        c if c.is_alphanumeric() && u32::from(c) < 0x2E80 => Of::Word,
        _ => Of::Other,
    };
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let of = class(first);
        let end = if of == Of::Other { first.len_utf8() } else { rest.find(|c| class(c) != of).unwrap_or(rest.len()) };
        let (token, after) = rest.split_at(end);
        tokens.push(token);
        rest = after;
    }
    tokens
}

/// The longest that both have in common, and around it what only one has.
fn between<'a>(old: &[&'a str], new: &[&'a str], marked: &mut Vec<(PieceKind, &'a str)>) {
    let columns = new.len() + 1;
    if old.len().saturating_mul(columns) > MOST_STEPS {
        marked.extend(old.iter().map(|text| (PieceKind::Gone, *text)));
        marked.extend(new.iter().map(|text| (PieceKind::New, *text)));
        return;
    }
    // How much the rests of both have in common, from the back.
    let mut common = vec![0_u32; (old.len() + 1) * columns];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i * columns + j] = if old[i] == new[j] {
                common[(i + 1) * columns + j + 1] + 1
            } else {
                common[(i + 1) * columns + j].max(common[i * columns + j + 1])
            };
        }
    }
    let (mut i, mut j) = (0, 0);
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            marked.push((PieceKind::Same, old[i]));
            (i, j) = (i + 1, j + 1);
        } else if j == new.len() || (i < old.len() && common[(i + 1) * columns + j] >= common[i * columns + j + 1]) {
            marked.push((PieceKind::Gone, old[i]));
            i += 1;
        } else {
            marked.push((PieceKind::New, new[j]));
            j += 1;
        }
    }
}

/// A character or two that both happen to have in the middle of a difference become part of it. The ends of lines stay.
fn without_islands<'a>(marked: &[(PieceKind, &'a str)]) -> Vec<(PieceKind, &'a str)> {
    let mut joined = Vec::with_capacity(marked.len());
    let mut at = 0;
    while at < marked.len() {
        let end = marked[at..].iter().take_while(|(kind, _)| *kind == PieceKind::Same).count() + at;
        let run = &marked[at..end];
        let is_inside = !run.is_empty() && at > 0 && end < marked.len();
        let says_little = run.iter().map(|(_, text)| text.trim().chars().count()).sum::<usize>() < ISLAND_CHARS;
        if is_inside && says_little && run.iter().all(|(_, text)| *text != "\n") {
            joined.extend(run.iter().flat_map(|(_, text)| [(PieceKind::Gone, *text), (PieceKind::New, *text)]));
        } else {
            joined.extend(run);
        }
        at = end;
        if let Some(other) = marked.get(at) {
            joined.push(*other);
            at += 1;
        }
    }
    joined
}

/// Neighbours of a kind as one piece; between two stretches that are the same, first all that is gone, then all that is new.
fn pieces(marked: &[(PieceKind, &str)]) -> Vec<Piece> {
    let mut pieces = Vec::new();
    for stretch in marked.chunk_by(|a, b| (a.0 == PieceKind::Same) == (b.0 == PieceKind::Same)) {
        for kind in [PieceKind::Same, PieceKind::Gone, PieceKind::New] {
            let text: String = stretch.iter().filter(|(of, _)| *of == kind).map(|(_, text)| *text).collect();
            if !text.is_empty() {
                pieces.push(Piece { kind, text });
            }
        }
    }
    pieces
}
