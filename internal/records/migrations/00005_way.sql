-- What has a life of its own: cases, sessions, tasks, capital, partners; who was invited to what
-- and came; and how participants went their way.

-- +goose Up
CREATE TABLE matter (
    id          TEXT PRIMARY KEY,
    kind        TEXT NOT NULL,
    year        INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    participant TEXT REFERENCES participant (code),
    owner       TEXT REFERENCES person (id),
    author      TEXT NOT NULL REFERENCES person (id),
    status      TEXT NOT NULL,
    day         TEXT,
    due         INTEGER,
    opened_at   INTEGER NOT NULL,
    changed_at  INTEGER NOT NULL,
    ended       INTEGER NOT NULL,
    rev         INTEGER NOT NULL,
    last        TEXT NOT NULL, -- the change that made it what it is
    fields      BLOB NOT NULL, -- sealed with her key, or the institution's when about nobody
    UNIQUE (kind, year, number)
) STRICT;
CREATE INDEX matter_open ON matter (kind, ended, due);
CREATE INDEX matter_participant ON matter (participant, kind);
CREATE INDEX matter_owner ON matter (owner, kind);
CREATE INDEX matter_day ON matter (kind, day);

-- The history of each, and what the latest change can be taken back to.
CREATE TABLE matter_change (
    id     TEXT PRIMARY KEY,
    matter TEXT NOT NULL REFERENCES matter (id),
    rev    INTEGER NOT NULL,
    at     INTEGER NOT NULL,
    by     TEXT NOT NULL REFERENCES person (id),
    was    TEXT NOT NULL, -- '' for the opening
    now    TEXT NOT NULL,
    before BLOB           -- what it was, sealed like it; NULL for the opening, and when another change came after
) STRICT;
CREATE INDEX matter_change_matter ON matter_change (matter, rev);

ALTER TABLE report ADD COLUMN matter TEXT; -- what it opened or moved on; no reference: it may be gone
CREATE INDEX report_matter ON report (matter) WHERE matter IS NOT NULL;

-- Who was invited to a session, what she answered, and whether she was there.
CREATE TABLE attendance (
    session     TEXT NOT NULL REFERENCES matter (id),
    participant TEXT NOT NULL REFERENCES participant (code),
    invited_at  INTEGER,
    reply       TEXT NOT NULL,
    replied_at  INTEGER,
    came        TEXT NOT NULL,
    outcome     TEXT NOT NULL,
    withdrawn   INTEGER NOT NULL,
    PRIMARY KEY (session, participant)
) STRICT;
CREATE INDEX attendance_participant ON attendance (participant);

-- What people thought of a session: how many gave which score, and nobody's name.
CREATE TABLE rating (
    session TEXT NOT NULL REFERENCES matter (id),
    score   INTEGER NOT NULL,
    n       INTEGER NOT NULL,
    PRIMARY KEY (session, score)
) STRICT;
-- That a turn was counted, so that taking it again does not count it twice; nothing about whose it was.
CREATE TABLE rated (
    id TEXT PRIMARY KEY,
    at INTEGER NOT NULL
) STRICT;

CREATE TABLE stage_change (
    cause       TEXT NOT NULL, -- the report's id, or the turn's
    participant TEXT NOT NULL REFERENCES participant (code),
    was         TEXT NOT NULL,
    now         TEXT NOT NULL,
    day         TEXT NOT NULL,
    at          INTEGER NOT NULL,
    by          TEXT NOT NULL,
    reason      TEXT NOT NULL,
    PRIMARY KEY (cause, participant)
) STRICT;
CREATE INDEX stage_change_participant ON stage_change (participant, at);

-- Until when one of the staff is away; NULL when she is here.
ALTER TABLE person ADD COLUMN away_until TEXT;
