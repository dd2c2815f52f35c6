//! The workspace on disk: SQLite tables, the one write path with its change log, evidence files, backups.
