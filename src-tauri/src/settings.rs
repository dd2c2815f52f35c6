//! The program's settings: one small JSON file of this user.

use crate::state::lock;
use app::domain::Instant;
use app::store::{folder_of, private_dir, write_whole};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::Mutex;

/// What the user has set.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
#[serde(default)]
pub struct Settings {
    /// `zh`, `en`, or empty for the system's.
    pub lang: String,
    /// `light`, `dark`, or empty for the system's.
    pub theme: String,
    /// Text size in percent.
    pub text_scale: u32,
    /// Name that goes into the change log; the name of the system's user when empty.
    pub actor: String,
    /// Which columns each list shows, by the names the page has for lists and columns; those the page begins with where nothing is said.
    pub columns: BTreeMap<String, Vec<String>>,
    /// `zh` or `en`: what an empty `lang` means on this system. The shell finds it out; what the page sends is ignored.
    pub system_lang: String,
    /// Workspaces opened before, newest first. The shell keeps it; what the page sends is ignored.
    pub recent: Vec<Recent>,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            lang: String::new(),
            theme: String::new(),
            text_scale: 100,
            actor: String::new(),
            columns: BTreeMap::new(),
            system_lang: system_lang(sys_locale::get_locale().as_deref()).to_owned(),
            recent: Vec::new(),
        }
    }
}

impl Settings {
    /// `zh` or `en`: what the user chose, or what the system speaks.
    #[must_use]
    pub fn language(&self) -> &str {
        if self.lang.is_empty() { &self.system_lang } else { &self.lang }
    }
}

/// A workspace that was opened before.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, specta::Type)]
pub struct Recent {
    /// Its folder.
    pub path: String,
    /// Its name.
    pub name: String,
    /// When it was last opened.
    pub opened_at: Instant,
    /// Whether it is still there.
    pub exists: bool,
}

/// The language of a system. The people this is for read Chinese, so a system that says nothing (`C`, `POSIX`, none) gets Chinese;
/// one that speaks another language gets English.
fn system_lang(locale: Option<&str>) -> &'static str {
    let language = locale.unwrap_or_default().split(['-', '_', '.', '@']).next().unwrap_or_default();
    match language.to_ascii_lowercase().as_str() {
        "" | "c" | "posix" | "zh" => "zh",
        _ => "en",
    }
}

/// More than anybody scans.
const MAX_RECENT: usize = 20;

/// More lists than the page has, and more columns than any of them.
const MAX_COLUMNS: usize = 64;

/// The file, and what it held when it was last read or written.
pub struct SettingsFile {
    path: PathBuf,
    held: Mutex<Settings>,
}

impl SettingsFile {
    /// Reads the file. An absent or unreadable one gives the defaults: settings are no reason not to start.
    #[must_use]
    pub fn at(path: PathBuf) -> Self {
        let held = std::fs::read(&path).ok().and_then(|json| serde_json::from_slice(&json).ok());
        let defaults = Settings::default();
        let held = held.map_or_else(Settings::default, |held| Settings { system_lang: defaults.system_lang, ..held });
        Self { path, held: Mutex::new(held) }
    }

    /// What is set.
    #[must_use]
    pub fn get(&self) -> Settings {
        lock(&self.held).clone()
    }

    /// Who acts.
    #[must_use]
    pub fn actor(&self) -> String {
        let set = self.get().actor;
        if set.trim().is_empty() {
            ["USER", "USERNAME"].iter().find_map(|n| std::env::var(n).ok()).unwrap_or_default()
        } else {
            set.trim().to_owned()
        }
    }

    /// Replaces what the user can set.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn set(&self, wanted: Settings) -> std::io::Result<()> {
        self.change(|held| {
            let recent = std::mem::take(&mut held.recent);
            let system_lang = std::mem::take(&mut held.system_lang);
            let text_scale = wanted.text_scale.clamp(50, 300);
            *held = Settings { text_scale, columns: bounded(wanted.columns), system_lang, recent, ..wanted };
        })
    }

    /// Workspaces opened before, newest first.
    #[must_use]
    pub fn recent(&self) -> Vec<Recent> {
        let there = |path: &str| Path::new(path).join("beishen.db").is_file();
        self.get().recent.into_iter().map(|r| Recent { exists: there(&r.path), ..r }).collect()
    }

    /// Puts a workspace to the head of that list.
    ///
    /// # Errors
    /// When the file cannot be written.
    pub fn opened(&self, path: &Path, name: &str, at: Instant) -> std::io::Result<()> {
        let path = path.display().to_string();
        self.change(|held| {
            held.recent.retain(|r| r.path != path);
            held.recent.insert(0, Recent { path, name: name.to_owned(), opened_at: at, exists: true });
            held.recent.truncate(MAX_RECENT);
        })
    }

    fn change(&self, change: impl FnOnce(&mut Settings)) -> std::io::Result<()> {
        let mut held = lock(&self.held);
        change(&mut held);
        private_dir(folder_of(&self.path))?;
        // Whole or not at all: a torn file would cost the user's settings.
        write_whole(&self.path, &serde_json::to_vec_pretty(&*held)?)
    }
}

/// The page says what it likes, and the file is read at every start.
fn bounded(columns: BTreeMap<String, Vec<String>>) -> BTreeMap<String, Vec<String>> {
    let is_name = |name: &String| name.len() <= MAX_COLUMNS;
    let lists = columns.into_iter().filter(|(list, _)| is_name(list)).take(MAX_COLUMNS);
    lists.map(|(list, ids)| (list, ids.into_iter().filter(is_name).take(MAX_COLUMNS).collect())).collect()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn file() -> (tempfile::TempDir, PathBuf) {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("备审").join("settings.json");
        (dir, path)
    }

    #[test]
    fn settings_outlive_the_program_and_the_page_cannot_touch_the_list() {
        let (_dir, path) = file();
        let settings = SettingsFile::at(path.clone());
        settings.opened(Path::new("/data/甲公司"), "甲公司", Instant::UNIX_EPOCH).unwrap();
        let wanted = Settings { lang: "en".into(), actor: " 质检主管 ".into(), ..Settings::default() };
        settings.set(wanted).unwrap();
        let again = SettingsFile::at(path);
        assert_eq!(again.get().lang, "en");
        assert_eq!(again.actor(), "质检主管");
        assert_eq!(again.recent().len(), 1);
        assert!(!again.recent()[0].exists, "the folder is not there any more");
    }

    #[test]
    fn columns_are_kept_and_no_page_can_make_the_file_long() {
        let (_dir, path) = file();
        let settings = SettingsFile::at(path.clone());
        let mut columns = BTreeMap::from([("items".to_owned(), vec!["code".to_owned(), "owner".to_owned()])]);
        settings.set(Settings { columns: columns.clone(), ..Settings::default() }).unwrap();
        assert_eq!(SettingsFile::at(path.clone()).get().columns, columns);

        columns.extend((0..1000).map(|n| (format!("list {n}"), vec!["x".repeat(20); 1000])));
        columns.insert("y".repeat(1000), Vec::new());
        settings.set(Settings { columns, ..Settings::default() }).unwrap();
        let kept = SettingsFile::at(path).get().columns;
        assert_eq!(kept["items"], ["code", "owner"]);
        assert!(
            kept.len() <= 64 && kept.iter().all(|(list, ids)| list.len() <= 64 && ids.len() <= 64),
            "{}",
            kept.len()
        );
    }

    #[test]
    fn chinese_comes_first_and_english_only_where_the_system_speaks_another_language() {
        for (locale, language) in [
            (None, "zh"),
            (Some(""), "zh"),
            (Some("C"), "zh"),
            (Some("C.UTF-8"), "zh"),
            (Some("POSIX"), "zh"),
            (Some("zh-CN"), "zh"),
            (Some("zh_TW.UTF-8"), "zh"),
            (Some("ZH"), "zh"),
            (Some("en-US"), "en"),
            (Some("de_DE@euro"), "en"),
            (Some("zha"), "en"),
        ] {
            assert_eq!(system_lang(locale), language, "{locale:?}");
        }
    }

    #[test]
    fn a_damaged_file_gives_the_defaults() {
        let (_dir, path) = file();
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, "{\"lang\": 3").unwrap();
        assert_eq!(SettingsFile::at(path).get(), Settings::default());
    }

    #[test]
    fn opening_again_moves_a_workspace_to_the_head_of_a_bounded_list() {
        let (_dir, path) = file();
        let settings = SettingsFile::at(path);
        for n in 0..30 {
            settings.opened(Path::new(&format!("/data/{n}")), "", Instant::UNIX_EPOCH).unwrap();
        }
        settings.opened(Path::new("/data/25"), "", Instant::UNIX_EPOCH).unwrap();
        let paths: Vec<_> = settings.recent().into_iter().map(|r| r.path).collect();
        assert_eq!(paths.len(), 20);
        assert_eq!(paths[..2], ["/data/25", "/data/29"]);
    }
}
