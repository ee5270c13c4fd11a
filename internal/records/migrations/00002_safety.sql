-- Nobody is outed: what a participant agreed to, how she may be reached, what is asked and
-- alarmed by her, and who may open what. What is about her is sealed with her own key.

-- +goose Up
ALTER TABLE participant ADD COLUMN added_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE participant ADD COLUMN stage_since TEXT NOT NULL DEFAULT '';
UPDATE participant SET added_at = CAST(strftime('%s', 'now') AS INTEGER) * 1000, stage_since = date('now');

-- Of a report whose participant was erased, or whose time has come, only that there was one is
-- kept: its kind, its day and the coded answers, about nobody.
ALTER TABLE report ADD COLUMN emptied_at INTEGER;

-- Her safe contact: how and when a message does no harm. One row a participant, from the first
-- change on.
CREATE TABLE contact (
    code         TEXT PRIMARY KEY REFERENCES participant (code),
    sealed       BLOB NOT NULL,    -- sealed with her own key
    word         TEXT,             -- keyed hash of her kata aman; NULL when she has none
    checked_on   TEXT NOT NULL,    -- when it was last gone through with her
    paused       INTEGER NOT NULL, -- 1: nothing is begun from here ("jeda dulu")
    silent_until INTEGER NOT NULL  -- no message at all before, after a kata aman
) STRICT;

-- What she agreed to, and the proof of it. The one in force of each purpose has no ended_at. No
-- reference to her: the proof outlives her data.
CREATE TABLE consent (
    id          TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    purpose     TEXT NOT NULL,
    status      TEXT NOT NULL,
    way         TEXT NOT NULL,
    version     TEXT NOT NULL,     -- of the text that was shown
    hash        TEXT NOT NULL,     -- SHA-256 of it
    at          INTEGER NOT NULL,
    recorder    TEXT NOT NULL,
    until       TEXT NOT NULL,     -- the last day on which it holds
    ended_at    INTEGER
) STRICT;
CREATE UNIQUE INDEX consent_now ON consent (participant, purpose) WHERE ended_at IS NULL;
-- Who is on record already was registered when consent was kept on paper alone.
INSERT INTO consent (id, participant, purpose, status, way, version, hash, at, recorder, until)
SELECT 'paper.' || code, code, 'pendampingan', 'diberikan', 'kertas', 'kertas', '', added_at, 'admin', date('now', '+12 months')
FROM participant;
CREATE INDEX consent_ended ON consent (ended_at) WHERE ended_at IS NOT NULL;

-- Somebody's PIN, and how often a wrong one was tried since the last right one.
CREATE TABLE pin (
    person       TEXT PRIMARY KEY REFERENCES person (id),
    sealed       BLOB NOT NULL,    -- argon2id, sealed
    tries        INTEGER NOT NULL,
    barred_until INTEGER NOT NULL
) STRICT;

-- A message of its own with buttons, outside of the chat's card. Its buttons carry ref alone.
CREATE TABLE prompt (
    ref         TEXT PRIMARY KEY,
    person      TEXT NOT NULL REFERENCES person (id), -- who may answer
    kind        TEXT NOT NULL,
    subject     TEXT NOT NULL,
    at          INTEGER NOT NULL,
    answered_at INTEGER,
    answer      TEXT
) STRICT;
CREATE INDEX prompt_at ON prompt (at);

-- A kata aman that came, until somebody takes care of her.
CREATE TABLE alarm (
    id          TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    at          INTEGER NOT NULL,
    taken_at    INTEGER,
    taken_by    TEXT
) STRICT;

-- What she asked for about her data, and by when it has to be done (UU 27/2022).
CREATE TABLE request (
    id          TEXT PRIMARY KEY,
    participant TEXT NOT NULL,
    kind        TEXT NOT NULL,
    at          INTEGER NOT NULL,
    due         INTEGER NOT NULL,
    done_at     INTEGER,
    done_by     TEXT
) STRICT;
CREATE INDEX request_open ON request (due) WHERE done_at IS NULL;
