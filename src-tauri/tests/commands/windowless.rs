//! A shell without a window: the product's commands and state over a runtime that draws nothing. The tests of the commands and the
//! bridge of the page's tests have it in common.

use serde_json::Value;
use shell::jobs::Tell;
use shell::pick::{Picker, Scripted};
use shell::state::{AppState, Launch, TellBackup};
use std::fs::OpenOptions;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use tauri::ipc::{CallbackFn, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{Context, WebviewUrl, WebviewWindow, WebviewWindowBuilder};

/// What commands are called on.
pub type Window = WebviewWindow<MockRuntime>;

/// Where the shell over `dir` keeps settings, the sample and new workspaces.
pub fn home(dir: &Path) -> PathBuf {
    dir.join("home")
}

/// A context without the product's permissions.
pub fn bare() -> Context<MockRuntime> {
    mock_context(noop_assets())
}

/// A shell with its home and the answers to its dialogs in `dir`.
pub fn open(
    dir: &Path,
    context: Context<MockRuntime>,
    launch: Option<Launch>,
    tell: Tell,
    tell_backup: TellBackup,
) -> tauri::Result<Window> {
    let picker: Arc<dyn Picker> = Arc::new(Scripted::from(answers(dir)));
    let state = AppState::new(home(dir), home(dir), picker, tell, tell_backup);
    if let Ok(mut wanted) = state.launch.lock() {
        *wanted = launch;
    }
    let app = mock_builder().invoke_handler(shell::commands::handler()).manage(state).build(context)?;
    WebviewWindowBuilder::new(&app, shell::window::LABEL, WebviewUrl::default()).build()
}

/// Calls a command as the page does.
pub fn invoke(window: &Window, command: &str, args: Value) -> Result<InvokeResponseBody, Value> {
    let page = if cfg!(windows) { "http://tauri.localhost" } else { "tauri://localhost" };
    let request = InvokeRequest {
        cmd: command.into(),
        callback: CallbackFn(0),
        error: CallbackFn(1),
        url: page.parse().map_err(|_| Value::Null)?,
        body: args.into(),
        headers: tauri::http::HeaderMap::default(),
        invoke_key: INVOKE_KEY.to_string(),
    };
    get_ipc_response(window, request)
}

/// The next dialog of the shell over `dir` gets this answer: a path, a list of paths, or null for "cancelled".
pub fn answer(dir: &Path, answer: &Value) -> std::io::Result<()> {
    writeln!(OpenOptions::new().create(true).append(true).open(answers(dir))?, "{answer}")
}

fn answers(dir: &Path) -> PathBuf {
    dir.join("answers")
}
