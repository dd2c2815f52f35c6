//! A shell without a window: commands as JSON in, JSON out.

use crate::windowless::{self, Window};
use app::upkeep::AutoBackup;
use serde::Deserialize as _;
use serde_json::{Value, json};
use shell::jobs::Progress;
use shell::state::{BackupNews, Launch};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};
use tauri::Context;
use tauri::test::MockRuntime;

/// The root of a round as a command answered with it.
pub fn root_of(round: &Value) -> String {
    app::domain::Snapshot::deserialize(&round["snapshot"]).unwrap().root()
}

/// A shell with its home and answers in a temporary folder.
pub struct Shell {
    pub dir: tempfile::TempDir,
    pub window: Window,
    pub progress: Arc<Mutex<Vec<Progress>>>,
    pub backups: Arc<Mutex<Vec<AutoBackup>>>,
    /// Called with every progress, on the thread of the job: may hold it up.
    pub on_progress: Arc<Mutex<Option<OnProgress>>>,
}

pub type OnProgress = Box<dyn FnMut(&Progress) + Send>;

impl Shell {
    pub fn new() -> Self {
        Self::launched(None)
    }

    /// With the permissions of the product.
    pub fn as_permitted() -> Self {
        Self::with(None, tauri::generate_context!())
    }

    pub fn launched(launch: Option<Launch>) -> Self {
        Self::with(launch, windowless::bare())
    }

    fn with(launch: Option<Launch>, context: Context<MockRuntime>) -> Self {
        let dir = tempfile::tempdir().unwrap();
        let progress = Arc::new(Mutex::new(Vec::new()));
        let heard = Arc::clone(&progress);
        let on_progress = Arc::new(Mutex::new(None::<OnProgress>));
        let gate = Arc::clone(&on_progress);
        let tell = move |progress: Progress| {
            heard.lock().unwrap().push(progress.clone());
            if let Some(on) = &mut *gate.lock().unwrap() {
                on(&progress);
            }
        };
        let backups = Arc::new(Mutex::new(Vec::new()));
        let news = Arc::clone(&backups);
        let tell_backup = move |BackupNews(outcome)| news.lock().unwrap().push(outcome);
        let window = windowless::open(dir.path(), context, launch, Arc::new(tell), Arc::new(tell_backup)).unwrap();
        Self { dir, window, progress, backups, on_progress }
    }

    pub fn try_call(&self, command: &str, args: Value) -> Result<Value, Value> {
        windowless::invoke(&self.window, command, args).map(|body| body.deserialize().unwrap())
    }

    pub fn call(&self, command: &str, args: Value) -> Value {
        self.try_call(command, args).unwrap_or_else(|error| panic!("{command} was refused: {error}"))
    }

    /// The round on screen.
    pub fn round(&self) -> Value {
        self.call("current", json!({}))["round"].take()
    }

    /// The root of the round on screen.
    pub fn root(&self) -> String {
        root_of(&self.round())
    }

    pub fn refused(&self, command: &str, args: Value) -> String {
        match self.try_call(command, args) {
            Ok(value) => panic!("{command} was not refused: {value}"),
            Err(error) => error["code"].as_str().unwrap_or_else(|| panic!("no code in {error}")).to_owned(),
        }
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.dir.path().join(name)
    }

    /// The next dialog gets this answer.
    pub fn answer(&self, answer: &Value) {
        windowless::answer(self.dir.path(), answer).unwrap();
    }

    pub fn create(&self) -> Value {
        let round = json!({ "organization": "样例呼叫中心", "title": "2026年内部自评" });
        self.call("create_workspace", json!({ "dir": self.path("甲公司"), "newRound": round }))
    }

    pub fn item(opened: &Value, at: usize) -> String {
        opened["pack"]["items"][at]["code"].as_str().unwrap().to_owned()
    }
}

/// Writes a file outside of the workspace.
pub fn write(path: &Path, text: &str) -> PathBuf {
    std::fs::write(path, text).unwrap();
    path.to_owned()
}
