-- A deadline that is set anew while it is being worked off is another one, also at the same time.

-- +goose Up
ALTER TABLE deadline ADD COLUMN rev INTEGER NOT NULL DEFAULT 0;
