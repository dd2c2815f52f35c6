//! The page runs in a process of its own, which can end while the program and its workspace go on: out of memory, a fault in
//! the web view. The window would stay white; so the page is loaded again, and finds everything that was saved.

use tauri::{Runtime, WebviewWindow};

/// Loads the page again whenever its process ended. Elsewhere than on Linux the system's web view looks after that.
///
/// # Errors
/// When the window is gone.
#[cfg(target_os = "linux")]
pub fn watch<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    use std::cell::Cell;
    use tauri::Manager as _;
    use webkit2gtk::WebViewExt as _;
    let app = window.app_handle().clone();
    window.with_webview(move |webview| {
        let left = Cell::new(ATTEMPTS);
        webview.inner().connect_web_process_terminated(move |view, reason| {
            tracing::error!(?reason, "the page's process ended");
            // A page that ends whenever it is shown must not be shown for ever.
            match left.get().checked_sub(1) {
                Some(rest) => {
                    left.set(rest);
                    view.reload();
                }
                None => app.exit(1),
            }
        });
    })
}

/// More than a machine short of memory needs in one sitting.
#[cfg(target_os = "linux")]
const ATTEMPTS: u32 = 20;

/// As above.
///
/// # Errors
/// None.
#[cfg(not(target_os = "linux"))]
pub fn watch<R: Runtime>(_window: &WebviewWindow<R>) -> tauri::Result<()> {
    Ok(())
}
