-- What a participant has set herself, and when it suits her to be called.

-- +goose Up
CREATE TABLE target (
    participant TEXT PRIMARY KEY REFERENCES participant (code),
    sealed      BLOB NOT NULL,   -- sealed with her own key
    at          INTEGER NOT NULL -- when she wrote it, or said that it still holds
) STRICT;

ALTER TABLE request ADD COLUMN wish TEXT NOT NULL DEFAULT ''; -- to be called: at which time of the day
