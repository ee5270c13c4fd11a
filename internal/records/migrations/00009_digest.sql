-- The chair's weeks: the figures of each, made once, so that the same week always tells the same; and
-- who has opened which.

-- +goose Up
CREATE TABLE digest (
    week     TEXT PRIMARY KEY,  -- its Monday
    made_at  INTEGER NOT NULL,
    sealed   BLOB NOT NULL,     -- the figures, sealed with the institution's key
    asked_at INTEGER            -- when the staff was asked about a week of which nothing was written
) STRICT;
CREATE INDEX digest_made ON digest (made_at);

CREATE TABLE digest_opened (
    week   TEXT NOT NULL,
    person TEXT NOT NULL REFERENCES person (id),
    at     INTEGER NOT NULL,    -- for the first time
    PRIMARY KEY (week, person)
) STRICT;

-- What is counted by week is counted in the index alone.
DROP INDEX report_flow;
CREATE INDEX report_flow ON report (flow, occurred_on, participant) WHERE undone_at IS NULL;
CREATE INDEX request_call ON request (at) WHERE kind = 'hubungi';
