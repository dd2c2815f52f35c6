//! One page's shell: its home, its answers, and what it tells the page of its own accord.

use crate::prepared::Prepared;
use crate::windowless::{self, Window};
use crate::{Result, lock};
use serde::Serialize;
use serde_json::{Value, json};
use shell::jobs::Progress;
use shell::state::{AppState, BackupNews, Launch};
use std::path::PathBuf;
use std::sync::mpsc::{Sender, channel};
use std::sync::{Arc, Mutex, Weak};
use tauri::Manager as _;
use tauri::ipc::InvokeResponseBody;
use tauri_specta::Event;
use tempfile::TempDir;

pub struct Session {
    dir: TempDir,
    window: Window,
    listening: Listening,
}

/// Calls that wait for their answer. All are from one page: any of them can bring it an event.
type Listening = Arc<Mutex<Vec<Weak<Sender<Line>>>>>;

enum Line {
    Event(String),
    Last(String),
}

impl Session {
    pub fn begin(prepared: &Prepared, wanted: Option<&str>) -> Result<Self> {
        // The name is the key to the session: nobody shall guess it.
        let dir = tempfile::Builder::new().prefix("").rand_bytes(16).tempdir_in(prepared.root())?;
        let launch = prepared.copy(&windowless::home(dir.path()), wanted)?.map(Launch::Workspace);
        let listening = Listening::default();
        let (progress, backups) = (Arc::clone(&listening), Arc::clone(&listening));
        let tell = Arc::new(move |event: Progress| send(&progress, &event));
        let tell_backup = Arc::new(move |event: BackupNews| send(&backups, &event));
        let window = windowless::open(dir.path(), windowless::bare(), launch, tell, tell_backup)?;
        Ok(Self { dir, window, listening })
    }

    pub fn id(&self) -> String {
        self.dir.path().file_name().unwrap_or_default().to_string_lossy().into_owned()
    }

    pub fn home(&self) -> PathBuf {
        windowless::home(self.dir.path())
    }

    /// Runs a command and hands over what it tells on the way and its end, each as a line of JSON.
    pub fn invoke<E>(
        &self,
        command: &str,
        args: Value,
        mut hand_over: impl FnMut(&str) -> std::result::Result<(), E>,
    ) -> std::result::Result<(), E> {
        let (sender, lines) = channel();
        // Held by the thread alone, so that the lines end with it.
        let sender = Arc::new(sender);
        lock(&self.listening).push(Arc::downgrade(&sender));
        let (window, command) = (self.window.clone(), command.to_owned());
        std::thread::spawn(move || {
            let last = match windowless::invoke(&window, &command, args) {
                // As it came: an open round is half a megabyte of it.
                Ok(InvokeResponseBody::Json(answer)) => format!(r#"{{"answer":{answer}}}"#),
                Ok(InvokeResponseBody::Raw(bytes)) => json!({ "answer": bytes }).to_string(),
                Err(refused) => json!({ "refused": refused }).to_string(),
            };
            let _ = sender.send(Line::Last(last));
        });
        for line in lines {
            match line {
                Line::Event(line) => hand_over(&line)?,
                Line::Last(line) => return hand_over(&line),
            }
        }
        Ok(())
    }

    pub fn answer(&self, answer: &Value) -> std::io::Result<()> {
        windowless::answer(self.dir.path(), answer)
    }

    /// Closes what is open. The folder goes with the session.
    pub fn end(&self) {
        self.window.state::<AppState>().close();
    }
}

/// Sends an event along with the youngest call that still waits.
fn send<E: Event + Serialize>(listening: &Listening, event: &E) {
    let line = json!({ "event": E::NAME, "payload": event }).to_string();
    let mut listening = lock(listening);
    listening.retain(|call| call.strong_count() > 0);
    if let Some(call) = listening.last().and_then(Weak::upgrade) {
        let _ = call.send(Line::Event(line));
    }
}
