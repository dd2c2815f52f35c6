//! Paths the user chose in a dialog or dropped on the window. The page may name only these, so that a page that was taken
//! over cannot read or overwrite other files.

use crate::error::{IpcError, Result};
use crate::state::lock;
use std::collections::HashSet;
use std::path::{Component, Path, PathBuf};
use std::sync::Mutex;

/// The chosen paths of this run.
#[derive(Debug, Default)]
pub struct Grants {
    chosen: Mutex<HashSet<PathBuf>>,
    /// Files that were there when the user chose to save under their name: the system's dialog asked whether to replace them.
    replaceable: Mutex<HashSet<PathBuf>>,
}

impl Grants {
    /// Remembers what the user chose.
    pub fn add<P: Into<PathBuf>>(&self, paths: impl IntoIterator<Item = P>) {
        lock(&self.chosen).extend(paths.into_iter().map(Into::into));
    }

    /// Remembers where the user chose to save.
    pub fn add_saved(&self, path: &Path) {
        if path.exists() {
            lock(&self.replaceable).insert(path.to_owned());
        }
        self.add([path]);
    }

    /// Whether the user said that this very file may be replaced. The word holds once: what is there next is another file.
    #[must_use]
    pub fn may_replace(&self, path: &Path) -> bool {
        lock(&self.replaceable).remove(path)
    }

    /// The path, if it was chosen or lies in a chosen folder.
    ///
    /// # Errors
    /// `path_not_chosen`.
    pub fn check(&self, path: &str) -> Result<PathBuf> {
        let path = PathBuf::from(path);
        let climbs = path.components().any(|c| c == Component::ParentDir);
        let held = lock(&self.chosen);
        if !climbs && path.ancestors().any(|p| p != Path::new("") && held.contains(p)) {
            Ok(path)
        } else {
            tracing::warn!("the page named a path that nobody chose");
            Err(IpcError::not_chosen(&path))
        }
    }

    /// All of them, or the refusal of the first that was not chosen.
    ///
    /// # Errors
    /// `path_not_chosen`.
    pub fn check_all(&self, paths: &[String]) -> Result<Vec<PathBuf>> {
        paths.iter().map(|p| self.check(p)).collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_chosen_file_and_what_lies_in_a_chosen_folder_may_be_named() {
        let grants = Grants::default();
        grants.add(["/home/li/班表.xlsx", "/home/li/录音"]);
        assert_eq!(grants.check("/home/li/班表.xlsx").unwrap(), PathBuf::from("/home/li/班表.xlsx"));
        assert!(grants.check("/home/li/录音/11月/0001.wav").is_ok());
    }

    #[test]
    fn only_a_file_that_the_dialog_asked_about_may_be_replaced_and_only_once() {
        let dir = tempfile::tempdir().unwrap();
        let (there, not_there) = (dir.path().join("旧.pdf"), dir.path().join("新.pdf"));
        std::fs::write(&there, "旧").unwrap();
        let grants = Grants::default();
        for path in [&there, &not_there] {
            grants.add_saved(path);
            assert!(grants.check(path.to_str().unwrap()).is_ok());
        }
        std::fs::write(&not_there, "有人放在这里").unwrap();
        assert!(!grants.may_replace(&not_there), "nobody was asked about it");
        assert!(grants.may_replace(&there));
        assert!(!grants.may_replace(&there));
        grants.add([&there]);
        assert!(!grants.may_replace(&there), "chosen to be read");
    }

    #[test]
    fn everything_else_is_refused() {
        let grants = Grants::default();
        grants.add(["/home/li/录音"]);
        for path in ["/etc/passwd", "/home/li", "/home/li/录音2/a.wav", "/home/li/录音/../.ssh/id", "", "录音"] {
            assert_eq!(grants.check(path).unwrap_err().code, "path_not_chosen", "{path}");
        }
    }
}
