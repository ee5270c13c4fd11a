-- The hours within which one of the staff wants to be told things, where they are not the house's.

-- +goose Up
CREATE TABLE staff_hours (
    person    TEXT PRIMARY KEY,
    from_time INTEGER NOT NULL,  -- minutes since midnight, in the institution's zone
    to_time   INTEGER NOT NULL   -- before from_time: across midnight
) STRICT;

-- +goose StatementBegin
CREATE TRIGGER staff_hours_left AFTER UPDATE OF active ON person WHEN NEW.active = 0 BEGIN
    DELETE FROM staff_hours WHERE person = NEW.id;
END;
-- +goose StatementEnd
