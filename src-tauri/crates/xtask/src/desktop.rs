//! What a window needs to find: a display, and the session bus that every desktop has. Without a bus each start of a window makes
//! one of its own, which now and then takes half a second and stays behind.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

/// A virtual display and a session bus; both end with the value.
pub struct Desktop {
    display: Running,
    bus: Running,
}

/// A server and the line it wrote once it answered: nothing to guess, nothing to wait for.
struct Running {
    server: Child,
    line: String,
}

impl Desktop {
    /// Starts both.
    pub fn start() -> Result<Self, String> {
        // The display picks a free number.
        let display = ["-displayfd", "1", "-screen", "0", "1920x1200x24", "-nolisten", "tcp", "-noreset"];
        let bus = ["--session", "--nofork", "--nopidfile", "--print-address=1"];
        Ok(Self { display: Running::start("Xvfb", &display)?, bus: Running::start("dbus-daemon", &bus)? })
    }

    /// Where a program finds them.
    pub fn environment(&self) -> [(&'static str, String); 2] {
        [("DISPLAY", format!(":{}", self.display.line)), ("DBUS_SESSION_BUS_ADDRESS", self.bus.line.clone())]
    }
}

impl Running {
    fn start(program: &str, args: &[&str]) -> Result<Self, String> {
        let failed = |e: std::io::Error| format!("{program}: {e}");
        let mut server =
            Command::new(program).args(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().map_err(failed)?;
        let mut line = String::new();
        if let Some(out) = server.stdout.take() {
            BufReader::new(out).read_line(&mut line).map_err(failed)?;
        }
        match line.trim() {
            "" => Err(format!("{program} did not start")),
            line => Ok(Self { line: line.to_owned(), server }),
        }
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        // It may have ended by itself; there is nothing left to do then.
        let _ = self.server.kill();
        let _ = self.server.wait();
    }
}
