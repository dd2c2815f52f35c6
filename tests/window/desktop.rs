//! What a desktop does to a window from outside.

use x11rb::connection::Connection as _;
use x11rb::protocol::xproto::{AtomEnum, ConnectionExt as _, InputFocus, Window};
use x11rb::rust_connection::RustConnection;
use x11rb::{CURRENT_TIME, NONE};

x11rb::atom_manager! {
    Names: NamesCookie { XdndAware, _NET_WM_PID, }
}

/// The window of a process; what else it opened takes no drops.
pub fn window_of(server: &RustConnection, root: Window, process: u32) -> Window {
    let names = Names::new(server).unwrap().reply().unwrap();
    let holds = |window: Window, name: u32| {
        let property = server.get_property(false, window, name, AtomEnum::ANY, 0, 1).ok()?.reply().ok()?;
        property.value32()?.next()
    };
    let windows = server.query_tree(root).unwrap().reply().unwrap().children;
    windows
        .into_iter()
        .find(|w| holds(*w, names._NET_WM_PID) == Some(process) && holds(*w, names.XdndAware).is_some())
        .expect("the program has a window that takes drops")
}

/// The keyboard goes to the window of a process, and then to none, as when the user turns to another program.
pub fn turn_away_from(process: u32) {
    let (server, screen) = x11rb::connect(None).unwrap();
    let window = window_of(&server, server.setup().roots[screen].root, process);
    for focus in [window, NONE] {
        server.set_input_focus(InputFocus::NONE, focus, CURRENT_TIME).unwrap().check().unwrap();
    }
}
