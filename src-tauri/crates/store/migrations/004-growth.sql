-- What an entity is called is the program's business: a list of them here would refuse the next one. The table is copied row by row,
-- hashes and all.
CREATE TABLE change_next (
    seq    INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
    batch  INTEGER NOT NULL REFERENCES batch (ordinal) DEFERRABLE INITIALLY DEFERRED,
    entity TEXT NOT NULL CHECK (entity <> ''),
    key    TEXT NOT NULL,
    field  TEXT NOT NULL,
    old    TEXT NOT NULL CHECK (json_valid(old)),
    new    TEXT NOT NULL CHECK (json_valid(new)),
    hash   TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
INSERT INTO change_next (seq, batch, entity, key, field, old, new, hash)
    SELECT seq, batch, entity, key, field, old, new, hash FROM change ORDER BY seq;
DROP TABLE change;
ALTER TABLE change_next RENAME TO change;
CREATE INDEX change_by_batch ON change (batch);
CREATE INDEX change_by_row ON change (entity, key);
CREATE TRIGGER change_no_update BEFORE UPDATE ON change BEGIN SELECT RAISE(ABORT, 'change: rows never change'); END;
CREATE TRIGGER change_no_delete BEFORE DELETE ON change BEGIN SELECT RAISE(ABORT, 'change: rows are never deleted'); END;

-- The schema in whose fields a batch speaks. Batches from before say nothing of fields that came later.
ALTER TABLE batch ADD COLUMN schema INTEGER NOT NULL DEFAULT 3 CHECK (schema >= 1);

ALTER TABLE answer ADD COLUMN proposed INTEGER NOT NULL DEFAULT 0 CHECK (proposed IN (0, 1));
ALTER TABLE evidence ADD COLUMN flaw TEXT;
ALTER TABLE sign_off ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format >= 1);
ALTER TABLE report ADD COLUMN options_sha256 TEXT NOT NULL DEFAULT '' CHECK (options_sha256 = '' OR length(options_sha256) = 64);
ALTER TABLE report ADD COLUMN format INTEGER NOT NULL DEFAULT 1 CHECK (format >= 1);
