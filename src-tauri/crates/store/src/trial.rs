//! Recovery on trial. A journal with content means that the last writer died in the middle of a save; `SQLite` will roll it back
//! on opening. But the journal may be a stranger's (restored from another folder, left by a sync client), and rolling that in
//! destroys the database. So it happens on a copy first, and the real file is touched only when the copy turns out sound. The
//! same holds for a database that another program set to write-ahead logging: opening it writes to it.

use crate::schema::SCHEMA;
use crate::{Error, Result, chain, connection, header};
use std::path::Path;

/// Copies on trial start with this.
pub(crate) const TEMP: &str = ".trial-";

/// What `SQLite` may find beside a database.
const JOURNALS: [&str; 2] = ["-journal", "-wal"];

/// Opens a copy, which rolls its journal back, and checks the outcome.
///
/// # Errors
/// [`Error::Damaged`] when the database with its journal is not sound; nothing was touched.
pub(crate) fn recover_a_copy(db: &Path) -> Result<()> {
    // Beside the database and not in the system's temporary folder: client data stays in the workspace.
    let home = db.parent().unwrap_or(db);
    let dir = tempfile::Builder::new().prefix(TEMP).tempdir_in(home).map_err(|e| Error::io(home, e))?;
    // Under the same name, so that the journals belong to it.
    let copy = dir.path().join(db.file_name().unwrap_or_default());
    std::fs::copy(db, &copy).map_err(|e| Error::io(db, e))?;
    let mut with_journal = false;
    for from in JOURNALS.map(|suffix| header::beside(db, suffix)).iter().filter(|from| from.exists()) {
        let to = dir.path().join(from.file_name().unwrap_or_default());
        std::fs::copy(from, to).map_err(|e| Error::io(from, e))?;
        with_journal = true;
    }
    let damaged = |e: Error| match e {
        Error::Damaged(what) if with_journal => Error::Damaged(format!("数据库与其日志文件不相符：{what}")),
        Error::Database(what) | Error::DiskFailed(what) => Error::Damaged(what),
        other => other,
    };
    let conn = connection::open(&copy).map_err(damaged)?;
    connection::quick_check(&conn).map_err(damaged)?;
    let header = header::check(&copy).map_err(damaged)?;
    let version = SCHEMA.version(header.version);
    version.check(&conn).map_err(damaged)?;
    chain::verify(&conn, version).map_err(damaged)?;
    Ok(())
}
