//! The program's own log: names of commands, codes, ids and times. Never what the user wrote.

use app::store::private_dir;
use std::fs::{File, OpenOptions};
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use tracing_subscriber::EnvFilter;

/// A log this long is put aside at the next start; one older generation is kept.
const MAX_BYTES: u64 = 2 << 20;

/// Starts logging to `<home>/logs/beishen.log`; `BEISHEN_LOG` sets the detail. A program that cannot log still works.
pub fn start(home: &Path) {
    let filter = EnvFilter::try_from_env("BEISHEN_LOG")
        .unwrap_or_else(|_| EnvFilter::new("warn,shell=info,app=info,store=info"));
    write_to(home, filter);
    // Where it happened says enough; the message of a panic may quote the user's text.
    std::panic::set_hook(Box::new(|info| {
        let place = info.location().map(ToString::to_string).unwrap_or_default();
        tracing::error!(place, "panic");
        eprintln!("beishen: internal error at {place}");
    }));
}

/// Logs to `<home>/logs/beishen.log` in the given detail.
pub fn write_to(home: &Path, filter: EnvFilter) {
    match file(&home.join("logs")) {
        Ok(file) => {
            // A second start in one process (tests) keeps the first subscriber.
            let _ = tracing_subscriber::fmt()
                .with_env_filter(filter)
                .with_ansi(false)
                .with_writer(Mutex::new(file))
                .try_init();
        }
        Err(error) => eprintln!("no log: {error}"),
    }
}

fn file(folder: &Path) -> std::io::Result<File> {
    private_dir(folder)?;
    let path = folder.join("beishen.log");
    if std::fs::metadata(&path).is_ok_and(|m| m.len() > MAX_BYTES) {
        std::fs::rename(&path, old(&path))?;
    }
    let mut options = OpenOptions::new();
    options.create(true).append(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    options.open(path)
}

fn old(path: &Path) -> PathBuf {
    path.with_extension("old.log")
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[cfg(unix)]
    #[test]
    fn nobody_else_can_read_the_log() {
        use std::os::unix::fs::PermissionsExt as _;
        let dir = tempfile::tempdir().unwrap();
        let folder = dir.path().join("logs");
        file(&folder).unwrap();
        let mode = |path: &Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
        assert_eq!((mode(&folder), mode(&folder.join("beishen.log"))), (0o700, 0o600));
    }

    #[test]
    fn a_long_log_is_put_aside_once() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("beishen.log");
        let long = usize::try_from(MAX_BYTES).unwrap() + 1;
        std::fs::write(&path, vec![b'x'; long]).unwrap();
        file(dir.path()).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), 0);
        assert_eq!(std::fs::metadata(old(&path)).unwrap().len(), MAX_BYTES + 1);
        // A short one goes on.
        std::fs::write(&path, "开始\n").unwrap();
        file(dir.path()).unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "开始\n");
    }
}
