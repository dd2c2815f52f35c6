//! The one window.

use tauri::webview::NewWindowResponse;
use tauri::{App, Manager as _, Runtime, Url, WebviewUrl, WebviewWindowBuilder, WindowEvent};

/// Its label; the capability is bound to it.
pub const LABEL: &str = "main";

/// What the page's process shall know from its start: it inherits the environment. To be called before anything else runs.
///
/// The page answers a key in milliseconds of plain script; the compiler that would optimise it further takes 9 MiB and a thread, and
/// comes too late to be noticed there (processor time of a mark: 54 ms without, 56 ms with it); changing screens would gain by it
/// (median 74 instead of 93 ms, before the page was made to do less). The simple one compiles what runs often,
/// not what ran once in opening (1.2 MiB), and has no thread of its own for it (0.9 MiB). A heap of some 15 MiB is looked through by
/// two threads, however many processors there are: one alone takes twice as long and makes every tenth change of screens wait for it.
/// Whoever sets a variable has the last word.
#[cfg(target_os = "linux")]
pub fn prepare() {
    for (option, value) in [
        ("JSC_useDFGJIT", "0"),
        ("JSC_thresholdForJITAfterWarmUp", "2000"),
        ("JSC_useConcurrentJIT", "0"),
        ("JSC_numberOfGCMarkers", "2"),
    ] {
        // It fails for names that are none.
        let _ = webkit2gtk::glib::setenv(option, value, false);
    }
}

/// Elsewhere the system's web view is left as it is.
#[cfg(not(target_os = "linux"))]
pub fn prepare() {}

/// Run before anything of the page: it asks for what the page will show while the page's own files are still on their way. They take
/// 30 ms to come and to begin, and the answer takes as long (`ipc.ts` has the other end).
const ASK_AHEAD: &str = "window.ahead = { settings: __TAURI_INTERNALS__.invoke('settings'), current: __TAURI_INTERNALS__.invoke('current') };";

/// Opens the window. It shows our own page and never another one: links and new windows are refused here, whatever the page does.
///
/// # Errors
/// When the system has no web view.
pub fn open<R: Runtime>(app: &App<R>) -> tauri::Result<()> {
    let window = WebviewWindowBuilder::new(app, LABEL, WebviewUrl::App("index.html".into()))
        .initialization_script(ASK_AHEAD)
        .title("备审")
        .inner_size(1440.0, 900.0)
        .min_inner_size(1024.0, 640.0)
        .center()
        .devtools(cfg!(debug_assertions))
        .on_navigation(|url| {
            let ours = is_ours(url);
            if !ours {
                tracing::warn!(scheme = url.scheme(), "navigation refused");
            }
            ours
        })
        .on_new_window(|url, _| {
            tracing::warn!(scheme = url.scheme(), "new window refused");
            NewWindowResponse::Deny
        })
        .on_download(|_, _| false)
        .build()?;
    crate::revive::watch(&window)?;
    let handle = app.handle().clone();
    window.on_window_event(move |event| {
        // What the user drops was chosen by the user.
        if let WindowEvent::DragDrop(tauri::DragDropEvent::Drop { paths, .. }) = event
            && let Some(state) = handle.try_state::<crate::state::AppState>()
        {
            state.grants.add(paths.iter().cloned());
        }
    });
    Ok(())
}

/// Whether an address is our own page: the built-in one, or Vite's server while developing.
#[must_use]
pub fn is_ours(url: &Url) -> bool {
    match (url.scheme(), url.host_str()) {
        ("tauri", Some("localhost")) | ("http" | "https", Some("tauri.localhost")) => true,
        ("http", Some("127.0.0.1")) => !cfg!(feature = "custom-protocol") && url.port() == Some(5173),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn only_our_own_page_may_be_shown() {
        for ours in ["tauri://localhost/index.html", "http://tauri.localhost/", "https://tauri.localhost/#/a"] {
            assert!(is_ours(&ours.parse().unwrap()), "{ours}");
        }
        for foreign in [
            "https://example.com/",
            "http://localhost/",
            "file:///etc/passwd",
            "data:text/html,x",
            "about:blank",
            "http://tauri.localhost.example.com/",
            "javascript:alert(1)",
        ] {
            assert!(!is_ours(&foreign.parse().unwrap()), "{foreign}");
        }
    }
}
