//! Workspaces that are made once and copied for each session: making the sample takes as long as a hundred copies.

use crate::Result;
use crate::windowless;
use serde_json::{Value, json};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tempfile::TempDir;

/// Folder of the workspace without a mark.
const EMPTY: &str = "海晏热线评估";

pub struct Prepared {
    root: TempDir,
    sample: PathBuf,
    empty: PathBuf,
}

impl Prepared {
    pub fn new() -> Result<Self> {
        let root = TempDir::with_prefix("beishen-bridge-")?;
        let dir = root.path().join("prepared");
        let window = windowless::open(&dir, windowless::bare(), None, Arc::new(|_| ()), Arc::new(|_| ()))?;
        let call = |command: &str, args: Value| -> Result<Value> {
            Ok(windowless::invoke(&window, command, args).map_err(|refused| refused.to_string())?.deserialize()?)
        };
        let sample = call("open_sample", json!({}))?["dir"].as_str().unwrap_or_default().into();
        let empty = windowless::home(&dir).join(EMPTY);
        let round = json!({ "organization": "海晏热线服务中心", "title": "2026年内部自评" });
        call("create_workspace", json!({ "dir": empty, "newRound": round }))?;
        call("close_workspace", json!({}))?;
        Ok(Self { root, sample, empty })
    }

    /// Where the folders of the sessions lie.
    pub fn root(&self) -> &Path {
        self.root.path()
    }

    /// Puts copies of all workspaces into a home; answers with the folder of the one that is wanted there.
    pub fn copy(&self, home: &Path, wanted: Option<&str>) -> Result<Option<PathBuf>> {
        let copied = |from: &Path| -> Result<PathBuf> {
            let to = home.join(from.file_name().unwrap_or_default());
            copy(from, &to)?;
            Ok(to)
        };
        let (sample, empty) = (copied(&self.sample)?, copied(&self.empty)?);
        match wanted {
            None => Ok(None),
            Some("sample") => Ok(Some(sample)),
            Some("empty") => Ok(Some(empty)),
            Some(other) => Err(format!("no workspace called {other}").into()),
        }
    }

    pub fn remove(&self) -> std::io::Result<()> {
        fs::remove_dir_all(self.root.path())
    }
}

fn copy(from: &Path, to: &Path) -> Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}
