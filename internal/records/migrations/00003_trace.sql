-- Clean traces: which messages stand in a chat, so that they can be taken away again. Never what
-- they say.

-- +goose Up
CREATE TABLE trace (
    chat      TEXT NOT NULL,    -- the chat's key
    message   INTEGER NOT NULL, -- Telegram's id
    at        INTEGER NOT NULL, -- since when it stands there; it can be removed for 48 hours
    failed_at INTEGER,          -- when Telegram refused to remove it
    PRIMARY KEY (chat, message)
) STRICT;
CREATE INDEX trace_at ON trace (at) WHERE failed_at IS NULL;
