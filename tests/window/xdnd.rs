//! A file manager as far as dragging goes: it holds the files and speaks to the window under the pointer (XDND, version 5).

use crate::desktop;
use std::path::Path;
use std::sync::Arc;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;
use x11rb::connection::Connection as _;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode, SELECTION_NOTIFY_EVENT,
    SelectionNotifyEvent, SelectionRequestEvent, Window, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;
use x11rb::{COPY_DEPTH_FROM_PARENT, COPY_FROM_PARENT, CURRENT_TIME, NONE};

const VERSION: u32 = 5;
const PATIENCE: Duration = Duration::from_secs(30);

x11rb::atom_manager! {
    Names: NamesCookie {
        XdndEnter, XdndPosition, XdndStatus, XdndLeave, XdndDrop, XdndFinished, XdndSelection, XdndActionCopy,
        URI_LIST: b"text/uri-list",
    }
}

/// Files that are being dragged over a window, which has said that it takes them.
pub struct Drag {
    server: Arc<RustConnection>,
    names: Names,
    source: Window,
    target: Window,
    answers: Receiver<ClientMessageEvent>,
}

impl Drag {
    /// Drags files over the middle of the window of a process.
    pub fn over(process: u32, files: &[&Path]) -> Self {
        let (server, screen) = x11rb::connect(None).unwrap();
        let names = Names::new(&server).unwrap().reply().unwrap();
        let root = server.setup().roots[screen].root;
        let target = desktop::window_of(&server, root, process);
        let source = server.generate_id().unwrap();
        let plain = CreateWindowAux::new().event_mask(EventMask::STRUCTURE_NOTIFY);
        server
            .create_window(
                COPY_DEPTH_FROM_PARENT,
                source,
                root,
                0,
                0,
                1,
                1,
                0,
                WindowClass::INPUT_ONLY,
                COPY_FROM_PARENT,
                &plain,
            )
            .unwrap();
        server.set_selection_owner(source, names.XdndSelection, CURRENT_TIME).unwrap();
        let files: String = files.iter().map(|file| format!("{}\r\n", uri(file))).collect();
        let server = Arc::new(server);
        let (messages, answers) = channel();
        let drag = Self { server: Arc::clone(&server), names, source, target, answers };
        // The window may ask for the files at any time, also after it was left.
        std::thread::spawn(move || serve(&server, &files, source, &messages));
        drag.tell(names.XdndEnter, [VERSION << 24, names.URI_LIST, NONE, NONE]);

        let size = drag.server.get_geometry(target).unwrap().reply().unwrap();
        let (x, y) = (i16::try_from(size.width / 2).unwrap(), i16::try_from(size.height / 2).unwrap());
        let place = drag.server.translate_coordinates(target, root, x, y).unwrap().reply().unwrap();
        // The window knows what it is offered only after it has asked for it: a hand that holds still keeps telling.
        let mut step = 0;
        let taken = |data: [u32; 5]| data[1] & 1 == 1;
        loop {
            let x = u32::from(u16::try_from(place.dst_x).unwrap()) + step % 2;
            let y = u32::from(u16::try_from(place.dst_y).unwrap());
            drag.tell(names.XdndPosition, [0, (x << 16) | y, CURRENT_TIME, names.XdndActionCopy]);
            if taken(drag.heard(names.XdndStatus)) {
                return drag;
            }
            step += 1;
            assert!(step < 500, "the window does not take files");
        }
    }

    /// Lets go over the window, and waits until it has taken the files.
    pub fn drop(&self) {
        self.tell(self.names.XdndDrop, [0, CURRENT_TIME, 0, 0]);
        self.heard(self.names.XdndFinished);
    }

    /// Moves away.
    pub fn leave(&self) {
        self.tell(self.names.XdndLeave, [0; 4]);
    }

    fn tell(&self, what: u32, rest: [u32; 4]) {
        let [a, b, c, d] = rest;
        let message = ClientMessageEvent::new(32, self.target, what, [self.source, a, b, c, d]);
        self.server.send_event(false, self.target, EventMask::NO_EVENT, message).unwrap();
        self.server.flush().unwrap();
    }

    fn heard(&self, answer: u32) -> [u32; 5] {
        loop {
            let message = self.answers.recv_timeout(PATIENCE).expect("the window answers");
            if message.type_ == answer {
                return message.data.as_data32();
            }
        }
    }
}

impl Drop for Drag {
    fn drop(&mut self) {
        // What serves the files hears of it and ends.
        let _ = self.server.destroy_window(self.source);
        let _ = self.server.flush();
    }
}

/// Hands out the files to whoever asks, and passes on what the window says, until the hand is gone.
fn serve(server: &RustConnection, files: &str, source: Window, messages: &Sender<ClientMessageEvent>) {
    while let Ok(event) = server.wait_for_event() {
        match event {
            Event::SelectionRequest(request) => hand_out(server, files.as_bytes(), &request),
            // Nobody may be listening any more.
            Event::ClientMessage(message) => drop(messages.send(message)),
            Event::DestroyNotify(gone) if gone.window == source => return,
            _ => {}
        }
    }
}

fn hand_out(server: &RustConnection, files: &[u8], request: &SelectionRequestEvent) {
    server.change_property8(PropMode::REPLACE, request.requestor, request.property, request.target, files).unwrap();
    let done = SelectionNotifyEvent {
        response_type: SELECTION_NOTIFY_EVENT,
        sequence: 0,
        time: request.time,
        requestor: request.requestor,
        selection: request.selection,
        target: request.target,
        property: request.property,
    };
    server.send_event(false, request.requestor, EventMask::NO_EVENT, done).unwrap();
    server.flush().unwrap();
}

/// As file managers write it: every byte that is not plain stands in hexadecimal.
fn uri(file: &Path) -> String {
    let plain = |byte: u8| byte.is_ascii_alphanumeric() || b"/-_.~".contains(&byte);
    let encoded: String = file
        .to_str()
        .unwrap()
        .bytes()
        .map(|byte| if plain(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") })
        .collect();
    format!("file://{encoded}")
}
