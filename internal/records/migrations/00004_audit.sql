-- The audit tells why, where that is asked for, and forgets what is older than 24 months.

-- +goose Up
ALTER TABLE audit ADD COLUMN reason TEXT NOT NULL DEFAULT ''; -- a code of a closed set, never free text

-- Lines go from the beginning alone, up to the one that meta names with a keyed hash: whoever
-- writes another there, to delete more, is found by verifying.
DROP TRIGGER audit_stays;
-- +goose StatementBegin
CREATE TRIGGER audit_stays BEFORE DELETE ON audit
WHEN OLD.seq > COALESCE((SELECT CAST(value AS INTEGER) FROM meta WHERE name = 'audit.base'), 0)
BEGIN
    SELECT RAISE(ABORT, 'the audit is append-only');
END;
-- +goose StatementEnd
