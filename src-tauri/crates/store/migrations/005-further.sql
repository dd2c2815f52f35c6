-- The text that a verdict was given for, where the round's criteria say something else now and nobody has confirmed it yet.
ALTER TABLE answer ADD COLUMN given_for TEXT NOT NULL DEFAULT '';

-- Who hands in the papers of a section, and which papers are there. Both stand beside what is signed: a frozen round takes them too, as
-- the auditors come after the approval.
CREATE TABLE keeper (
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    section    TEXT NOT NULL CHECK (section <> ''),
    department TEXT NOT NULL,
    owner      TEXT NOT NULL,
    due        TEXT,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    PRIMARY KEY (assessment, section)
) STRICT, WITHOUT ROWID;
CREATE TABLE paper (
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    paper      TEXT NOT NULL CHECK (paper <> ''),
    handed_in  TEXT,
    note       TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    PRIMARY KEY (assessment, paper)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER keeper_no_delete BEFORE DELETE ON keeper BEGIN SELECT RAISE(ABORT, 'keeper: rows are never deleted'); END;
CREATE TRIGGER paper_no_delete BEFORE DELETE ON paper BEGIN SELECT RAISE(ABORT, 'paper: rows are never deleted'); END;
