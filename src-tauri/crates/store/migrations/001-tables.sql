-- One row per entity; a table's columns are the fields of the domain's struct. Lists are JSON text, flags 0/1, dates and times text.
-- Foreign keys are deferred: the edits of one batch may come in any order.

CREATE TABLE workspace (
    id         TEXT PRIMARY KEY NOT NULL CHECK (length(id) = 32),
    created_at TEXT NOT NULL
) STRICT;

CREATE TABLE pack (
    sha256   TEXT PRIMARY KEY NOT NULL CHECK (length(sha256) = 64),
    standard TEXT NOT NULL,
    version  TEXT NOT NULL,
    text     TEXT NOT NULL
) STRICT;

CREATE TABLE assessment (
    id              TEXT PRIMARY KEY NOT NULL,
    title           TEXT NOT NULL,
    organization    TEXT NOT NULL,
    kind            TEXT NOT NULL CHECK (kind IN ('self-assessment', 'gap')),
    scope           TEXT NOT NULL,
    exclusions      TEXT NOT NULL,
    objectives      TEXT NOT NULL,
    sampling        TEXT NOT NULL,
    dissent         TEXT NOT NULL,
    sites           TEXT NOT NULL CHECK (json_valid(sites)),
    period_from     TEXT,
    period_to       TEXT,
    team            TEXT NOT NULL CHECK (json_valid(team)),
    auditees        TEXT NOT NULL CHECK (json_valid(auditees)),
    conditions      TEXT CHECK (conditions IS NULL OR json_valid(conditions)),
    profile         TEXT NOT NULL,
    pack_sha256     TEXT NOT NULL REFERENCES pack (sha256) DEFERRABLE INITIALLY DEFERRED,
    predecessor     TEXT REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    confidentiality TEXT NOT NULL,
    revision        INTEGER NOT NULL CHECK (revision >= 0),
    reopened_because TEXT NOT NULL,
    frozen          INTEGER NOT NULL CHECK (frozen IN (0, 1)),
    created_at      TEXT NOT NULL,
    withdrawn       INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    CHECK (predecessor IS NULL OR predecessor <> id)
) STRICT;

CREATE TABLE answer (
    assessment  TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    item        TEXT NOT NULL CHECK (item <> ''),
    verdict     TEXT CHECK (verdict IN ('conform', 'partial', 'nonconform', 'na')),
    note        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    ticks       TEXT NOT NULL CHECK (json_valid(ticks)),
    assessor    TEXT NOT NULL,
    assessed_at TEXT,
    review      TEXT NOT NULL CHECK (review IN ('open', 'accepted', 'returned')),
    review_note TEXT NOT NULL,
    PRIMARY KEY (assessment, item)
) STRICT, WITHOUT ROWID;

CREATE TABLE evidence (
    id         TEXT PRIMARY KEY NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    kind       TEXT NOT NULL CHECK (kind IN ('file', 'link', 'record', 'interview', 'observation')),
    title      TEXT NOT NULL,
    file_name  TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size_bytes TEXT NOT NULL,
    sha256     TEXT NOT NULL CHECK (sha256 = '' OR length(sha256) = 64),
    location   TEXT NOT NULL,
    text       TEXT NOT NULL,
    effective  TEXT,
    expires    TEXT,
    added_by   TEXT NOT NULL,
    added_at   TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, number)
) STRICT;

CREATE TABLE link (
    evidence   TEXT NOT NULL REFERENCES evidence (id) DEFERRABLE INITIALLY DEFERRED,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    item       TEXT NOT NULL CHECK (item <> ''),
    locator    TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    PRIMARY KEY (evidence, item)
) STRICT, WITHOUT ROWID;
CREATE INDEX link_by_assessment ON link (assessment, item);

CREATE TABLE finding (
    id         TEXT PRIMARY KEY NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    item       TEXT NOT NULL CHECK (item <> ''),
    grade      TEXT NOT NULL CHECK (grade IN ('major', 'minor', 'observation', 'opportunity', 'good')),
    fact       TEXT NOT NULL,
    criterion  TEXT NOT NULL,
    cause      TEXT NOT NULL,
    department TEXT NOT NULL,
    found_by   TEXT NOT NULL,
    found_on   TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, number)
) STRICT;

CREATE TABLE task (
    id         TEXT PRIMARY KEY NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    number     INTEGER NOT NULL CHECK (number >= 1),
    finding    TEXT REFERENCES finding (id) DEFERRABLE INITIALLY DEFERRED,
    item       TEXT NOT NULL CHECK (item <> ''),
    kind       TEXT NOT NULL CHECK (kind IN ('correction', 'corrective')),
    title      TEXT NOT NULL,
    detail     TEXT NOT NULL,
    owner      TEXT NOT NULL,
    due        TEXT,
    agreed_due TEXT,
    priority   TEXT NOT NULL CHECK (priority IN ('high', 'medium', 'low')),
    state      TEXT NOT NULL CHECK (state IN ('todo', 'doing', 'to-verify', 'closed')),
    result     TEXT NOT NULL,
    verifier   TEXT NOT NULL,
    closed_at  TEXT,
    proof      TEXT NOT NULL CHECK (json_valid(proof)),
    reopened   INTEGER NOT NULL CHECK (reopened >= 0),
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, number)
) STRICT;

CREATE TABLE sign_off (
    id         TEXT PRIMARY KEY NOT NULL,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    role       TEXT NOT NULL CHECK (role IN ('prepared', 'reviewed', 'approved')),
    name       TEXT NOT NULL,
    root       TEXT NOT NULL CHECK (length(root) = 64),
    revision   INTEGER NOT NULL CHECK (revision >= 0),
    signed_at  TEXT NOT NULL,
    withdrawn  INTEGER NOT NULL CHECK (withdrawn IN (0, 1))
) STRICT;
CREATE INDEX sign_off_by_assessment ON sign_off (assessment);

CREATE TABLE report (
    id          TEXT PRIMARY KEY NOT NULL,
    assessment  TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    number      INTEGER NOT NULL CHECK (number >= 1),
    root        TEXT NOT NULL CHECK (length(root) = 64),
    pdf_sha256  TEXT NOT NULL CHECK (length(pdf_sha256) = 64),
    file_name   TEXT NOT NULL,
    layout      TEXT NOT NULL,
    lang        TEXT NOT NULL,
    draft       INTEGER NOT NULL CHECK (draft IN (0, 1)),
    exported_by TEXT NOT NULL,
    exported_at TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL CHECK (withdrawn IN (0, 1)),
    UNIQUE (assessment, number)
) STRICT;

-- The log. What all changes of one batch share stands once, here; the hash of every change covers it.
CREATE TABLE batch (
    ordinal    INTEGER PRIMARY KEY NOT NULL,
    id         TEXT NOT NULL UNIQUE,
    assessment TEXT NOT NULL REFERENCES assessment (id) DEFERRABLE INITIALLY DEFERRED,
    action     TEXT NOT NULL,
    actor      TEXT NOT NULL,
    at         TEXT NOT NULL,
    -- edit: can be undone · fixed: ends the undo list (round started, signed, reopened) · report: not part of the undo list
    kind       TEXT NOT NULL CHECK (kind IN ('edit', 'fixed', 'report', 'undo', 'redo')),
    -- undo: the batch it undoes · redo: the undo it takes back
    reverses   INTEGER REFERENCES batch (ordinal) DEFERRABLE INITIALLY DEFERRED,
    CHECK ((kind IN ('undo', 'redo')) = (reverses IS NOT NULL)),
    CHECK (reverses IS NULL OR reverses < ordinal)
) STRICT;
CREATE INDEX batch_by_assessment ON batch (assessment, ordinal);

CREATE TABLE change (
    seq    INTEGER PRIMARY KEY NOT NULL CHECK (seq >= 1),
    batch  INTEGER NOT NULL REFERENCES batch (ordinal) DEFERRABLE INITIALLY DEFERRED,
    entity TEXT NOT NULL CHECK (entity IN
        ('assessment', 'answer', 'evidence', 'link', 'finding', 'task', 'sign_off', 'report')),
    key    TEXT NOT NULL,
    field  TEXT NOT NULL,
    old    TEXT NOT NULL CHECK (json_valid(old)),
    new    TEXT NOT NULL CHECK (json_valid(new)),
    hash   TEXT NOT NULL CHECK (length(hash) = 64)
) STRICT;
CREATE INDEX change_by_batch ON change (batch);
CREATE INDEX change_by_row ON change (entity, key);
