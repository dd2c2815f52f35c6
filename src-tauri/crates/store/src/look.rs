//! Looking at a workspace while somebody else has it: what is saved at this moment, copied into memory.
//!
//! A connection that reads for long would keep the holder's saves waiting until they are refused, and one that reads in pieces
//! would see half of a save. A copy takes milliseconds, holds `SQLite`'s own lock for just as long, and is one moment.

use crate::lock::Lock;
use crate::schema::{SCHEMA, VERSION};
use crate::workspace::DATABASE;
use crate::{Error, Result, Workspace, connection, header};
use rusqlite::Connection;
use rusqlite::backup::{Backup, StepResult};
use std::path::Path;
use std::time::{Duration, Instant};

/// How long a save of the holder is waited for.
const PATIENCE: Duration = Duration::from_secs(5);
/// Between two tries.
const PAUSE: Duration = Duration::from_millis(50);

impl Workspace {
    /// What is saved in a workspace that another process has open, as it is now. Nothing can be written to it, and what the holder
    /// saves afterwards is not in it.
    ///
    /// # Errors
    /// [`Error::NotFound`], [`Error::Newer`] and the like; [`Error::Busy`] when the holder's save does not come to an end.
    pub fn look(dir: &Path) -> Result<Self> {
        let deadline = Instant::now() + PATIENCE;
        let conn = loop {
            match copied(&dir.join(DATABASE)) {
                Err(error) if is_passing(&error) && Instant::now() < deadline => std::thread::sleep(PAUSE),
                // A save that nobody will finish: whoever opens the workspace next takes it back.
                Err(error) if is_passing(&error) => return Err(Error::Busy),
                copied => break copied?,
            }
        };
        Ok(Self::over_copy(dir, conn, Lock::of_another(dir)))
    }
}

/// In the middle of a save the file ends too early or has a journal that only a writer may take back.
fn is_passing(error: &Error) -> bool {
    matches!(error, Error::Busy | Error::ReadOnly | Error::Truncated { .. })
}

fn copied(db: &Path) -> Result<Connection> {
    let version = SCHEMA.version(header::check(db)?.version);
    let from = connection::open_read_only(db)?;
    let mut to = Connection::open_in_memory()?;
    let step = Backup::new(&from, &mut to)?.step(-1)?;
    if step != StepResult::Done {
        return Err(Error::Busy);
    }
    version.check(&to)?;
    // The holder may be an older version of this program: its rows are brought up to date in the copy alone.
    if version.number < VERSION {
        SCHEMA.migrate(&mut to)?;
    }
    to.pragma_update(None, "query_only", true)?;
    Ok(to)
}
