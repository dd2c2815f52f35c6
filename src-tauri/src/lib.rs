//! The shell of 备审: a window, and commands of two or three lines that call the use cases of [`app`].
//!
//! | module | holds |
//! |---|---|
//! | [`commands`] | what the page can ask for, by area |
//! | [`state`] | the open workspace, running work off the main thread |
//! | [`jobs`] | progress and cancelling |
//! | [`grants`] | the paths the user chose; the page may name no others |
//! | [`pick`] | file dialogs, or a test's answers |
//! | [`preview`], [`outside`] | looking at evidence inside and outside |
//! | [`settings`], [`journal`], [`window`], [`revive`], [`signals`] | what their names say |

pub mod commands;
pub mod error;
pub mod grants;
pub mod jobs;
pub mod journal;
pub mod outside;
pub mod pick;
pub mod preview;
pub mod revive;
pub mod settings;
pub mod signals;
pub mod state;
pub mod window;

use pick::Picker;
use state::{AppState, Launch};
use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;
use std::time::Duration;
use tauri::{App, AppHandle, Manager as _, RunEvent, Runtime};
use tauri_plugin_window_state::StateFlags;
use tauri_specta::Event as _;

/// Runs the program until its window is closed.
#[must_use]
pub fn run() -> ExitCode {
    window::prepare();
    let launch = match launch(std::env::args_os().skip(1)) {
        Ok(launch) => launch,
        Err(usage) => {
            eprintln!("{usage}");
            return ExitCode::from(2);
        }
    };
    let events = commands::events::<tauri::Wry>();
    let mut builder = tauri::Builder::default();
    // Two windows on one workspace would only lock each other out. Tests run several programs side by side.
    if std::env::var_os("BEISHEN_NO_SINGLE_INSTANCE").is_none() {
        builder = builder.plugin(tauri_plugin_single_instance::init(|app, _, _| {
            if let Some(window) = app.get_webview_window(window::LABEL) {
                let shown = window.unminimize().and_then(|()| window.set_focus());
                tracing::info!(shown = shown.is_ok(), "started a second time");
            }
        }));
    }
    if std::env::var_os("BEISHEN_NO_WINDOW_STATE").is_none() {
        let flags = StateFlags::SIZE | StateFlags::POSITION | StateFlags::MAXIMIZED;
        builder = builder.plugin(tauri_plugin_window_state::Builder::new().with_state_flags(flags).build());
    }
    let built = builder
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_opener::Builder::new().open_js_links_on_click(false).build())
        .invoke_handler(commands::handler())
        .setup(move |app| {
            events.mount_events(app);
            app.manage(state(app, launch)?);
            keep_backups(app.handle().clone());
            commands::workspace::begin(app.handle());
            signals::heed(app.handle());
            window::open(app)?;
            Ok(())
        })
        .build(tauri::generate_context!());
    match built {
        Ok(app) => {
            app.run(|app, event| {
                if matches!(event, RunEvent::Exit) {
                    app.state::<AppState>().close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("beishen: {error}");
            ExitCode::FAILURE
        }
    }
}

/// `--sample`, a workspace folder, or nothing.
fn launch(mut args: impl Iterator<Item = std::ffi::OsString>) -> Result<Option<Launch>, &'static str> {
    const USAGE: &str = "usage: beishen [--sample | WORKSPACE]";
    let launch = match args.next() {
        None => None,
        Some(flag) if flag == "--sample" => Some(Launch::Sample),
        Some(flag) if flag.to_string_lossy().starts_with('-') => return Err(USAGE),
        Some(path) => Some(Launch::Workspace(std::path::absolute(path).map_err(|_| USAGE)?)),
    };
    if args.next().is_some() { Err(USAGE) } else { Ok(launch) }
}

fn state<R: Runtime>(app: &App<R>, launch: Option<Launch>) -> tauri::Result<AppState> {
    let own = std::env::var_os("BEISHEN_CONFIG_DIR").map(PathBuf::from);
    let home = own.clone().map_or_else(|| app.path().app_config_dir(), Ok)?;
    // With a home of its own (tests, a portable copy) nothing is proposed outside it.
    let documents = own.or_else(|| app.path().document_dir().ok()).unwrap_or_else(|| home.clone());
    journal::start(&home);
    // Whatever is opened first needs the criteria; nobody shall wait for them.
    std::thread::spawn(|| drop(app::criteria::built_in()));
    outside::clear(&home.join("opened"));
    tracing::info!(version = env!("CARGO_PKG_VERSION"), "start");
    let handle = app.handle().clone();
    let tell = Arc::new(move |progress: jobs::Progress| {
        // The window may be gone; the job goes on.
        let _ = progress.emit(&handle);
    });
    let handle = app.handle().clone();
    let tell_backup = Arc::new(move |news: state::BackupNews| {
        let _ = news.emit(&handle);
    });
    let state = AppState::new(home, documents, picker(app), tell, tell_backup);
    *state::lock(&state.launch) = launch;
    Ok(state)
}

/// Looks every minute whether a backup is due. The thread ends with the program.
fn keep_backups<R: Runtime>(app: AppHandle<R>) {
    /// A backup may come that much late.
    const PAUSE: Duration = Duration::from_secs(60);
    std::thread::spawn(move || {
        loop {
            std::thread::sleep(PAUSE);
            app.state::<AppState>().back_up_if_due();
        }
    });
}

fn picker<R: Runtime>(app: &App<R>) -> Arc<dyn Picker> {
    #[cfg(any(debug_assertions, feature = "e2e"))]
    if let Some(file) = std::env::var_os("BEISHEN_PICK") {
        return Arc::new(pick::Scripted::from(file.into()));
    }
    Arc::new(pick::Native(app.handle().clone()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn given(args: &[&str]) -> Result<Option<Launch>, &'static str> {
        launch(args.iter().map(Into::into))
    }

    #[test]
    fn the_command_line_is_a_flag_a_folder_or_nothing() {
        assert_eq!(given(&[]).unwrap(), None);
        assert_eq!(given(&["--sample"]).unwrap(), Some(Launch::Sample));
        let folder = std::path::absolute("甲公司").unwrap();
        assert_eq!(given(&["甲公司"]).unwrap(), Some(Launch::Workspace(folder)));
        assert!(given(&["--smaple"]).is_err() && given(&["a", "b"]).is_err());
    }
}
