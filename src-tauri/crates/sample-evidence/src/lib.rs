//! The evidence files of the sample assessment: written by our own code from recipes, so that nothing in them was ever
//! somebody's. The same recipes give the same bytes on every machine.

mod canvas;
mod csv_file;
mod docx_file;
mod glyphs;
mod picture;
mod recipe;
mod sound;
mod workbook;

use recipe::{Papers, Pictures, Sounds, Tables};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// What can go wrong while the files are made.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// A recipe cannot be read.
    #[error("recipe {name}: {reason}")]
    Recipe {
        /// Which recipe file.
        name: &'static str,
        /// What the parser said.
        reason: String,
    },
    /// One file cannot be made.
    #[error("sample file {file}: {reason}")]
    File {
        /// Name of the sample file.
        file: String,
        /// What its writer said.
        reason: String,
    },
    /// The disk refused.
    #[error("{}: {source}", path.display())]
    Io {
        /// Which path.
        path: PathBuf,
        /// The system's reason.
        source: std::io::Error,
    },
}

impl Error {
    fn file(file: &str, reason: &impl ToString) -> Self {
        Self::File { file: file.to_owned(), reason: reason.to_string() }
    }
}

/// Makes every file in memory, by name.
///
/// `root` is the repository: the font for drawn text is read from its assets.
///
/// # Errors
/// When a recipe is broken, the font is missing, or a writer refuses its input.
pub fn files(root: &Path) -> Result<BTreeMap<String, Vec<u8>>, Error> {
    let papers: Papers = read("papers.toml", include_str!("../recipes/papers.toml"))?;
    let tables: Tables = read("tables.toml", include_str!("../recipes/tables.toml"))?;
    let pictures: Pictures = read("pictures.toml", include_str!("../recipes/pictures.toml"))?;
    let sounds: Sounds = read("sounds.toml", include_str!("../recipes/sounds.toml"))?;
    let font_path = root.join("assets/fonts/NotoSansSC-Regular.ttf");
    let font = std::fs::read(&font_path).map_err(|source| Error::Io { path: font_path, source })?;

    let mut files = BTreeMap::new();
    for paper in &papers.papers {
        let bytes = if has_extension(&paper.file, "docx") { docx_file::write(paper)? } else { pdf(paper)? };
        files.insert(paper.file.clone(), bytes);
    }
    for book in &tables.books {
        files.insert(book.file.clone(), workbook::write(book)?);
    }
    for list in &tables.lists {
        files.insert(list.file.clone(), csv_file::write(list)?);
    }
    for image in &pictures.pictures {
        files.insert(image.file.clone(), picture::write(image, &font)?);
    }
    for tones in &sounds.sounds {
        files.insert(tones.file.clone(), sound::write(tones)?);
    }
    Ok(files)
}

/// Writes every file into `assets/sample/evidence` under `root` and removes what no recipe names any more.
/// Returns how many files there are and how many bytes they hold.
///
/// # Errors
/// When a file cannot be made or written.
pub fn write(root: &Path) -> Result<(usize, usize), Error> {
    let dir = root.join("assets/sample/evidence");
    let io = |path: &Path, source| Error::Io { path: path.to_owned(), source };
    let files = files(root)?;
    std::fs::create_dir_all(&dir).map_err(|e| io(&dir, e))?;
    for entry in std::fs::read_dir(&dir).map_err(|e| io(&dir, e))? {
        let path = entry.map_err(|e| io(&dir, e))?.path();
        let named = path.file_name().and_then(|n| n.to_str()).is_some_and(|n| files.contains_key(n));
        if !named {
            std::fs::remove_file(&path).map_err(|e| io(&path, e))?;
        }
    }
    for (name, bytes) in &files {
        let path = dir.join(name);
        std::fs::write(&path, bytes).map_err(|e| io(&path, e))?;
    }
    Ok((files.len(), files.values().map(Vec::len).sum()))
}

fn read<T: serde::de::DeserializeOwned>(name: &'static str, text: &str) -> Result<T, Error> {
    toml::from_str(text).map_err(|e| Error::Recipe { name, reason: e.to_string() })
}

fn pdf(paper: &recipe::Paper) -> Result<Vec<u8>, Error> {
    let paragraphs: Vec<String> = paper.lines().map(|line| line.text.to_owned()).collect();
    report::text_document(&paper.title, &paragraphs).map_err(|e| Error::file(&paper.file, &e))
}

fn has_extension(file: &str, extension: &str) -> bool {
    Path::new(file).extension().is_some_and(|e| e == extension)
}

#[cfg(test)]
mod tests;
