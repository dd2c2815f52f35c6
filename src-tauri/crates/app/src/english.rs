//! Refusals in English: the sentence for a code, after what it is about. Like the Chinese ones they say what is affected, what to do,
//! and whether work can go on.

mod fields;
mod sentences;

use crate::Error;
use crate::error::one_line;
use fields::FIELDS;
use sentences::SENTENCES;
use store::Error as Store;

/// A refusal in one sentence or two.
#[must_use]
pub fn refusal(error: &Error) -> String {
    let code = error.code();
    let Some((_, sentence)) = SENTENCES.iter().find(|(of, _)| *of == code) else { return format!("[{code}] {error}") };
    match subject(error) {
        Some(subject) => format!("{}: {sentence}", one_line(&subject)),
        None => (*sentence).to_owned(),
    }
}

/// What the refusal is about: an item, a file, a field.
#[must_use]
pub fn subject(error: &Error) -> Option<String> {
    match error {
        Error::UnknownItem(item) | Error::ReasonMissing(item) => Some(item.clone()),
        Error::Unknown { key, .. } => Some(key.clone()),
        Error::TargetExists(path) => Some(path.clone()),
        Error::File { path, source } => Some(format!("{path}: {source}")),
        Error::Transition { task, .. } => Some(task.clone()),
        Error::PackMissing(hash) => Some(format!("SHA-256 {hash}…")),
        Error::Field { field, expected } => Some(format!("{}: {}", name(field), expected.english)),
        Error::Pack(why) => Some(why.english()),
        Error::Report(why) => report(why),
        Error::SignRefused(why) | Error::CriteriaKept(why) => Some(why.english.clone()),
        Error::Exchange(exchange::Error::Workbook(why)) => Some(why.english.clone()),
        Error::Exchange(exchange::Error::Io { path, source }) => Some(format!("{path}: {source}")),
        Error::Exchange(exchange::Error::TargetInUse(what) | exchange::Error::Altered(what)) => Some(what.clone()),
        Error::Store(why) => store(why),
        _ => None,
    }
}

fn store(why: &Store) -> Option<String> {
    match why {
        Store::BadBackup(why) => store(why),
        Store::NotEmpty(path)
        | Store::NotFound(path)
        | Store::NoAccess(path)
        | Store::OurGround(path)
        | Store::Empty(path)
        | Store::Foreign(path) => Some(path.display().to_string()),
        Store::SourceIsFolder(path) | Store::SourceIsSpecial(path) | Store::SourceChanged(path) => {
            Some(path.display().to_string())
        }
        Store::Truncated { path, expected, actual } => {
            Some(format!("{} ({actual} of {expected} bytes)", path.display()))
        }
        Store::Newer { path, found, known } => {
            Some(format!("{} (data version {found}, this program knows {known})", path.display()))
        }
        Store::Io { path, source } | Store::SourceUnreadable { path, source } => {
            Some(format!("{}: {source}", path.display()))
        }
        Store::Locked { holder } => Some(holder.clone()),
        Store::NoSpace { need, free } => Some(format!("{need} bytes needed, {free} free")),
        Store::UnknownAssessment(id) => Some(id.to_string()),
        Store::EvidenceMissing(what) | Store::EvidenceChanged(what) | Store::UnknownPack(what) => Some(what.clone()),
        _ => None,
    }
}

/// What is wrong with a report or its logo, in the words of those who read the file.
fn report(why: &report::Error) -> Option<String> {
    use report::Error::{Font, LogoTooLarge, LogoUnreadable, NewerFormat, NoAssessment, NotPdf, Pdf, Word};
    match why {
        LogoUnreadable(why) | NotPdf(why) | NoAssessment(why) | Pdf(why) | Word(why) | Font { why, .. } => {
            Some(why.clone())
        }
        LogoTooLarge { megapixels, limit } => Some(format!("{megapixels} megapixels, at most {limit} are taken")),
        NewerFormat { found, known } => Some(format!("format {found}, this program knows {known}")),
        _ => None,
    }
}

/// A field as the English screen calls it.
fn name(field: &str) -> &str {
    FIELDS.iter().find(|(chinese, _)| *chinese == field).map_or(field, |(_, english)| english)
}

#[cfg(test)]
mod tests {
    use super::{FIELDS, SENTENCES};
    use std::path::Path;

    /// Codes are written in one way: `=> "code",`.
    #[test]
    fn every_code_has_its_sentence() {
        let sources = [
            include_str!("error.rs"),
            include_str!("../../store/src/error.rs"),
            include_str!("../../report/src/error.rs"),
            include_str!("../../exchange/src/lib.rs"),
        ];
        let named = |line: &'static str| line.trim().split_once("=> \"")?.1.strip_suffix("\",");
        let codes: Vec<_> = sources.iter().flat_map(|source| source.lines().filter_map(named)).collect();
        assert!(codes.len() > 60, "{codes:?}");
        for code in codes {
            let known = SENTENCES.iter().filter(|(of, _)| *of == code).count();
            assert_eq!(known, 1, "{code}");
        }
    }

    /// Fields are named where they are refused: `field: "…"`, and by the functions that check a text.
    #[test]
    fn every_field_has_its_english_name() {
        let source = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
        let mut named = 0;
        for file in files(&source).filter(|file| !file.ends_with("english/fields.rs") && !file.ends_with("english.rs"))
        {
            let text = std::fs::read_to_string(&file).expect("our own source");
            for before in ["field: \"", "line(\"", "text(\"", "lines(\"", "members(\""] {
                for (at, _) in text.match_indices(before) {
                    let (field, _) = text[at + before.len()..].split_once('"').expect("a literal ends");
                    named += 1;
                    assert!(FIELDS.iter().any(|(of, _)| *of == field), "{}: {field}", file.display());
                }
            }
        }
        assert!(named > 40, "fields are named in another way now: {named}");
    }

    fn files(folder: &Path) -> impl Iterator<Item = std::path::PathBuf> {
        let mut found = Vec::new();
        let mut folders = vec![folder.to_owned()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).expect("our own sources").flatten() {
                if entry.path().is_dir() { folders.push(entry.path()) } else { found.push(entry.path()) }
            }
        }
        found.into_iter()
    }
}
