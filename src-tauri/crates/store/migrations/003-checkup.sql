-- When the whole file was last looked through; one row, about the file and not about anybody's work, so it is not in the log.
CREATE TABLE checkup (
    id         INTEGER PRIMARY KEY NOT NULL CHECK (id = 1),
    checked_at TEXT NOT NULL
) STRICT;
