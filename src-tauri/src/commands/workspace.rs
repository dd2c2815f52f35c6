//! Opening, making and closing workspaces.

use super::rounds::granted;
use crate::error::{IpcError, Result};
use crate::settings::SettingsFile;
use crate::state::{AppState, Launch, Open, Slot, lock};
use app::criteria::{self, Edition};
use app::domain::{Assessment, CriteriaPack, Id};
use app::upkeep::{self, Banner};
use app::view::{NewRound, Round};
use app::{Env, Session, rounds, sample};
use serde::Serialize;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::{AppHandle, Manager as _, Runtime, State};

/// Everything the page needs of a workspace that was just opened.
#[derive(Clone, Debug, Serialize, specta::Type)]
pub struct Opened {
    /// Its folder.
    pub dir: String,
    /// Name of the folder.
    pub name: String,
    /// Whether it can only be read: read-only media, or a signed round that is not what was signed (see `banners`).
    pub read_only: bool,
    /// What the user should know about it as long as it is open, the most serious first.
    pub banners: Vec<Banner>,
    /// Its rounds, newest first.
    pub rounds: Vec<Assessment>,
    /// The round on screen.
    pub round: Round,
    /// The criteria of that round.
    pub pack: Arc<CriteriaPack>,
}

/// Makes a workspace with its first round, by the built-in criteria or those of an edition, and opens it.
#[tauri::command]
#[specta::specta]
pub async fn create_workspace(
    state: State<'_, AppState>,
    dir: String,
    edition: Option<Edition>,
    new_round: NewRound,
) -> Result<Opened> {
    let edition = granted(&state, edition.unwrap_or_default())?;
    state
        .alone(move |slot| {
            let (pack, text) = criteria::edition(&edition)?;
            // Before anything is made: a refused organisation must not leave an empty workspace behind.
            rounds::check_by(&pack, &new_round)?;
            let dir = absolute(&dir)?;
            let mut session = Session::create(&dir, env(&slot.settings), &pack, &text)?;
            let pack = session.adopt_pack(pack, &text)?;
            let round = rounds::start(&mut session, &pack, &new_round)?;
            adopt(slot, session, round)
        })
        .await
}

/// Opens a workspace at its newest round.
#[tauri::command]
#[specta::specta]
pub async fn open_workspace(state: State<'_, AppState>, dir: String) -> Result<Opened> {
    state.alone(move |slot| open_dir(slot, &absolute(&dir)?)).await
}

/// Opens the sample assessment; it is made when it is not there yet.
#[tauri::command]
#[specta::specta]
pub async fn open_sample(state: State<'_, AppState>) -> Result<Opened> {
    let dir = sample_dir(&state);
    state.alone(move |slot| open_or_make_sample(slot, &dir)).await
}

/// Closes the open workspace.
#[tauri::command]
#[specta::specta]
pub async fn close_workspace(state: State<'_, AppState>) -> Result<()> {
    state.alone(Slot::close).await
}

/// What is open, for a page that has just been (re)loaded: null when nothing is. The first call gets what the command line
/// asked for.
#[tauri::command]
#[specta::specta]
pub async fn current(state: State<'_, AppState>) -> Result<Option<Opened>> {
    let (opening, launch) = (lock(&state.opening).take(), lock(&state.launch).take());
    match (opening, launch) {
        (Some(opening), _) => opening.await.unwrap_or_else(|_| Err(IpcError::internal())).map(Some),
        (None, Some(launch)) => launched(&state, launch).await.map(Some),
        (None, None) => state.slot(|slot| slot.open.as_mut().map(opened).transpose()).await,
    }
}

/// Begins to open what the command line asked for: a workspace is open before a window is.
pub fn begin<R: Runtime>(app: &AppHandle<R>) {
    let state = app.state::<AppState>();
    let Some(launch) = lock(&state.launch).take() else { return };
    let app = app.clone();
    let opening = tauri::async_runtime::spawn(async move { launched(&app.state::<AppState>(), launch).await });
    *lock(&state.opening) = Some(opening);
}

async fn launched(state: &AppState, launch: Launch) -> Result<Opened> {
    let sample = sample_dir(state);
    state
        .slot(move |slot| match launch {
            Launch::Sample => open_or_make_sample(slot, &sample),
            Launch::Workspace(dir) => open_dir(slot, &dir),
        })
        .await
}

fn sample_dir(state: &AppState) -> PathBuf {
    state.home.join("示例评估")
}

fn open_or_make_sample(slot: &mut Slot, dir: &Path) -> Result<Opened> {
    if dir.join("beishen.db").exists() {
        return open_dir(slot, dir);
    }
    slot.close()?;
    // Made under another name first: a sample that was half made (power cut) must not be taken for one.
    let parent = dir.parent().unwrap_or(Path::new("."));
    app::store::private_dir(parent).map_err(|e| IpcError::file(parent, &e))?;
    let making =
        tempfile::Builder::new().prefix("sample-").tempdir_in(parent).map_err(|e| IpcError::file(parent, &e))?;
    let inner = making.path().join("w");
    sample::create(&inner, env(&slot.settings))?.0.close()?;
    if dir.exists() {
        std::fs::remove_dir(dir).map_err(|e| IpcError::file(dir, &e))?;
    }
    std::fs::rename(&inner, dir).map_err(|e| IpcError::file(dir, &e))?;
    open_dir(slot, dir)
}

/// Opens a workspace in the place of the one that is open, which stays open when the new one is refused.
pub(super) fn open_dir(slot: &mut Slot, dir: &Path) -> Result<Opened> {
    // The lock is ours already: opening it a second time would be refused as "in use".
    if slot.open.as_ref().is_some_and(|open| app::store::same_place(open.session.dir(), dir)) {
        slot.close()?;
    }
    let session = Session::open(dir, env(&slot.settings))?;
    let round = session.choose(None)?;
    adopt(slot, session, round)
}

fn adopt(slot: &mut Slot, session: Session, round: Id) -> Result<Opened> {
    slot.close()?;
    let open = slot.open.insert(Open { session, round });
    let opened = opened(open)?;
    // Not being able to remember it is no reason not to open it.
    if let Err(error) = slot.settings.opened(Path::new(&opened.dir), &opened.name, open.session.env.now()) {
        tracing::warn!(kind = ?error.kind(), "the list of workspaces was not written");
    }
    Ok(opened)
}

/// What the page needs of the open workspace.
pub(super) fn opened(open: &mut Open) -> Result<Opened> {
    let round = open.session.round(open.round)?;
    let pack = open.session.pack(&round.snapshot.assessment.pack_sha256)?;
    open.session.forget_pages();
    let dir = open.session.dir();
    Ok(Opened {
        dir: dir.display().to_string(),
        name: dir.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default(),
        read_only: open.session.is_read_only(),
        banners: upkeep::banners(&open.session),
        rounds: open.session.rounds()?,
        round,
        pack,
    })
}

pub(super) fn env(settings: &SettingsFile) -> Env {
    Env::real(&settings.actor())
}

fn absolute(dir: &str) -> Result<PathBuf> {
    if dir.trim().is_empty() {
        return Err(IpcError::new("field", "请选择工作区文件夹", "choose a folder for the workspace"));
    }
    std::path::absolute(dir).map_err(|e| IpcError::file(Path::new(dir), &e))
}
