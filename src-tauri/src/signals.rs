//! A logout, a shutdown or `kill` asks a program by a signal to end: the workspace is then closed as when its window is, with its
//! last backup and the note that nothing was cut off.

use tauri::{AppHandle, Runtime};

/// Ends the program in good order when it is asked to. Elsewhere than on Linux the system closes the window instead.
#[cfg(target_os = "linux")]
pub fn heed<R: Runtime>(app: &AppHandle<R>) {
    use webkit2gtk::glib::{self, ControlFlow};
    for signal in [HANGUP, INTERRUPT, TERMINATE] {
        let app = app.clone();
        glib::unix_signal_add(signal, move || {
            tracing::info!(signal, "asked to end");
            app.exit(0);
            ControlFlow::Continue
        });
    }
}

// The same numbers on every Linux.
#[cfg(target_os = "linux")]
const HANGUP: i32 = 1;
#[cfg(target_os = "linux")]
const INTERRUPT: i32 = 2;
#[cfg(target_os = "linux")]
const TERMINATE: i32 = 15;

/// As above.
#[cfg(not(target_os = "linux"))]
pub fn heed<R: Runtime>(_app: &AppHandle<R>) {}
