-- Instants are milliseconds since 1970 in UTC, days are TEXT YYYY-MM-DD, and what is
-- personal is a sealed BLOB. A chat's key is a keyed hash; its id stands nowhere in clear.

-- +goose Up
CREATE TABLE meta (
    name  TEXT PRIMARY KEY,
    value BLOB NOT NULL
) STRICT;

-- Everybody who talks with the bot. A participant is here by her code only.
CREATE TABLE person (
    id     TEXT PRIMARY KEY,
    role   TEXT NOT NULL,
    name   BLOB,             -- sealed; NULL for participants, whose alias is theirs
    lang   TEXT NOT NULL,
    active INTEGER NOT NULL
) STRICT;

CREATE TABLE participant (
    code          TEXT PRIMARY KEY REFERENCES person (id),
    wrapped       BLOB NOT NULL, -- her own key; without it nothing of hers can be read
    alias         BLOB NOT NULL, -- sealed with her own key
    stage         TEXT NOT NULL,
    companion     TEXT REFERENCES person (id),
    concentration TEXT NOT NULL,
    seen_before   TEXT,          -- last seen, as the roster told it
    last_seen     TEXT           -- the latest of that and the visits on record
) STRICT;
CREATE INDEX participant_companion ON participant (companion, last_seen);

CREATE TABLE chat (
    key        TEXT PRIMARY KEY,
    owner      TEXT NOT NULL UNIQUE REFERENCES person (id),
    sealed     BLOB NOT NULL,
    reachable  INTEGER NOT NULL,
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE invitation (
    token      TEXT PRIMARY KEY, -- keyed hash
    person     TEXT NOT NULL REFERENCES person (id),
    expires_at INTEGER NOT NULL,
    used_at    INTEGER,
    used_by    TEXT              -- the chat's key
) STRICT;
CREATE INDEX invitation_person ON invitation (person);

CREATE TABLE report (
    seq          INTEGER PRIMARY KEY,
    id           TEXT NOT NULL UNIQUE,
    flow         TEXT NOT NULL,
    flow_version INTEGER NOT NULL,
    participant  TEXT REFERENCES participant (code),
    author       TEXT NOT NULL REFERENCES person (id),
    occurred_on  TEXT NOT NULL,
    created_at   INTEGER NOT NULL,
    answers      BLOB NOT NULL, -- sealed with her key, or the institution's when about nobody
    source       BLOB,          -- likewise
    undone_at    INTEGER,
    undone_by    TEXT REFERENCES person (id)
) STRICT;
CREATE INDEX report_author ON report (author, flow, occurred_on, undone_at);
CREATE INDEX report_participant ON report (participant, flow, occurred_on);
CREATE INDEX report_flow ON report (flow, occurred_on) WHERE undone_at IS NULL;

CREATE TABLE fact (
    report TEXT NOT NULL REFERENCES report (id),
    n      INTEGER NOT NULL,
    field  TEXT NOT NULL,
    number INTEGER,
    code   TEXT,
    PRIMARY KEY (report, n),
    CHECK ((number IS NULL) <> (code IS NULL))
) STRICT;

CREATE TABLE follow_up (
    id          TEXT PRIMARY KEY,
    report      TEXT NOT NULL REFERENCES report (id),
    participant TEXT REFERENCES participant (code),
    person      TEXT NOT NULL REFERENCES person (id),
    due         TEXT NOT NULL,
    done_at     INTEGER
) STRICT;
CREATE INDEX follow_up_due ON follow_up (due) WHERE done_at IS NULL;

-- AUTOINCREMENT: message and report ids are derived from seq, which must never come again.
CREATE TABLE inbox (
    seq         INTEGER PRIMARY KEY AUTOINCREMENT,
    update_id   INTEGER NOT NULL UNIQUE,
    body        BLOB,            -- sealed; NULL when done
    received_at INTEGER NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    done_at     INTEGER
) STRICT;
CREATE INDEX inbox_pending ON inbox (seq) WHERE done_at IS NULL;
CREATE INDEX inbox_done ON inbox (done_at) WHERE done_at IS NOT NULL;

CREATE TABLE outbox (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    id       TEXT NOT NULL UNIQUE,
    chat     TEXT NOT NULL,      -- the chat's key
    body     BLOB NOT NULL,      -- sealed
    due      INTEGER,            -- not before
    attempts INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE dead_letter (
    seq    INTEGER PRIMARY KEY,
    origin TEXT NOT NULL,        -- inbox or outbox
    ref    TEXT NOT NULL,        -- the update's or the message's id, to which body is bound
    body   BLOB,                 -- still sealed
    reason TEXT NOT NULL,
    at     INTEGER NOT NULL
) STRICT;

CREATE TABLE card (
    chat    TEXT PRIMARY KEY,    -- the chat's key
    message INTEGER NOT NULL
) STRICT;

CREATE TABLE conversation (
    key        TEXT PRIMARY KEY,
    rev        INTEGER NOT NULL,
    data       BLOB NOT NULL,    -- sealed by whoever saves it
    changed_at INTEGER NOT NULL
) STRICT;

CREATE TABLE deadline (
    chat   TEXT NOT NULL,        -- the chat's key
    kind   TEXT NOT NULL,
    sealed BLOB NOT NULL,        -- the chat's id
    at     INTEGER NOT NULL,
    PRIMARY KEY (chat, kind)
) STRICT;
CREATE INDEX deadline_at ON deadline (at);

-- Who did what, never what was said. Each line's link is a keyed hash of the line and of the
-- link before it; meta holds the last one, so that neither middle nor end can be taken out.
CREATE TABLE audit (
    seq     INTEGER PRIMARY KEY,
    at      INTEGER NOT NULL,
    actor   TEXT NOT NULL,
    action  TEXT NOT NULL,
    subject TEXT NOT NULL,
    link    TEXT NOT NULL,
    UNIQUE (at, actor, action, subject)
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER audit_holds BEFORE UPDATE ON audit
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
-- +goose StatementEnd

CREATE TABLE lease (
    name   TEXT PRIMARY KEY,
    holder TEXT NOT NULL,
    until  INTEGER NOT NULL
) STRICT;
