-- Who stands in for a participant's companion, and that what waits too long is looked for by the rules:
-- a matter is looked at again when anybody who may be told of it comes, goes, or is another.

-- +goose Up
ALTER TABLE participant ADD COLUMN second TEXT REFERENCES person (id);
CREATE INDEX participant_second ON participant (second) WHERE second IS NOT NULL;

-- +goose StatementBegin
CREATE TRIGGER watch_second AFTER UPDATE OF companion, second ON participant BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.code
        OR subject IN (SELECT 'm/' || id FROM matter WHERE participant = NEW.code AND ended = 0);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_person_matters AFTER UPDATE OF active, away_until, role ON person BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN (SELECT 'm/' || id FROM matter
        WHERE ended = 0 AND (owner = NEW.id OR participant IN (SELECT code FROM participant WHERE companion = NEW.id OR second = NEW.id)));
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_chat_matters AFTER INSERT ON chat BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN (SELECT 'm/' || id FROM matter WHERE ended = 0 AND owner = NEW.owner);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_chat_gone_matters AFTER DELETE ON chat BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN (SELECT 'm/' || id FROM matter WHERE ended = 0 AND owner = OLD.owner);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_candidate AFTER INSERT ON matter WHEN NEW.kind = 'selection' BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'h/';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_candidate_changed AFTER UPDATE OF rev ON matter WHEN NEW.kind = 'selection' BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'h/';
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_candidate_gone AFTER DELETE ON matter WHEN OLD.kind = 'selection' BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'h/';
END;
-- +goose StatementEnd

-- Cases and tasks had deadlines of their own.
DELETE FROM deadline WHERE kind GLOB 'case.*' OR kind GLOB 'case_late.*' OR kind GLOB 'task.*';
UPDATE watch SET at = 0, rev = rev + 1 WHERE subject GLOB 'm/*' OR subject = 'h/';
