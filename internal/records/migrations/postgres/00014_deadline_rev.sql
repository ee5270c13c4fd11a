-- A deadline that is set anew is another one than the one before, also when that one is being worked off or has
-- just been, and also at the same time: each has a number of its own.

-- +goose Up
CREATE TABLE counter (
    name TEXT COLLATE "C" PRIMARY KEY,
    n    BIGINT NOT NULL -- the last number that was given
);
INSERT INTO counter (name, n) VALUES ('deadline', 0);
ALTER TABLE deadline ADD COLUMN rev BIGINT NOT NULL DEFAULT 0;
