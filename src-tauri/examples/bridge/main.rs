//! The shell without a window, spoken to over HTTP: what the page's tests, its accessibility checks and its pictures are served from.
//! A tool for tests; the product has no such door.
//!
//! It writes its address in one line and ends with its standard input, so that nobody can leave it behind. A session is a shell with
//! a home of its own:
//!
//! | request | does |
//! |---|---|
//! | `POST /begin`, `{"open": "sample" \| "empty" \| null}` | a new session that finds this workspace open; answers `{session, home}` |
//! | `POST /invoke/<session>/<command>`, arguments | a line for each event, then one with the `answer` or what was `refused` |
//! | `POST /answer/<session>`, a path, paths or null | answers the next dialog |
//! | `POST /end/<session>` | closes it and removes its home |

mod http;
mod prepared;
mod session;
#[path = "../../tests/commands/windowless.rs"]
mod windowless;

use http::{Reply, Request};
use prepared::Prepared;
use serde_json::{Value, json};
use session::Session;
use std::collections::HashMap;
use std::error::Error;
use std::io::{Write as _, copy, sink, stdin, stdout};
use std::net::{TcpListener, TcpStream};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

type Result<T> = std::result::Result<T, Box<dyn Error>>;

struct Bridge {
    prepared: Prepared,
    sessions: Mutex<HashMap<String, Arc<Session>>>,
}

fn main() -> Result<()> {
    let bridge = Arc::new(Bridge { prepared: Prepared::new()?, sessions: Mutex::default() });
    let listener = TcpListener::bind("127.0.0.1:0")?;
    writeln!(stdout(), "{}", listener.local_addr()?)?;
    let server = Arc::clone(&bridge);
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let bridge = Arc::clone(&server);
            std::thread::spawn(move || bridge.serve(&stream));
        }
    });
    copy(&mut stdin(), &mut sink())?;
    Ok(bridge.prepared.remove()?)
}

impl Bridge {
    fn serve(&self, stream: &TcpStream) {
        // Whoever asked may be gone; there is nobody left to tell then.
        let Ok(request) = http::read(stream) else { return };
        let mut reply = Reply::new(stream);
        if let Err(error) = self.answer(&request, &mut reply) {
            let _ = reply.fail(&error.to_string());
        }
    }

    fn answer(&self, request: &Request, reply: &mut Reply<'_>) -> Result<()> {
        let body: Value = if request.body.is_empty() { Value::Null } else { serde_json::from_slice(&request.body)? };
        let path: Vec<_> = request.path.split('/').skip(1).collect();
        match path.as_slice() {
            ["begin"] => reply.line(&self.begin(&body)?.to_string())?,
            ["invoke", id, command] => self.session(id)?.invoke(command, body, |line| reply.line(line))?,
            ["answer", id] => self.session(id)?.answer(&body)?,
            ["end", id] => {
                let ended = lock(&self.sessions).remove(*id).ok_or("no such session")?;
                ended.end();
            }
            _ => return Err("no such request".into()),
        }
        Ok(reply.end()?)
    }

    fn begin(&self, wanted: &Value) -> Result<Value> {
        let session = Session::begin(&self.prepared, wanted["open"].as_str())?;
        let address = json!({ "session": session.id(), "home": session.home() });
        lock(&self.sessions).insert(session.id(), Arc::new(session));
        Ok(address)
    }

    fn session(&self, id: &str) -> Result<Arc<Session>> {
        Ok(Arc::clone(lock(&self.sessions).get(id).ok_or("no such session")?))
    }
}

/// Locks a mutex; what a test left behind when it failed is of no use to the next one anyway.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
