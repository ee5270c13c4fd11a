-- What a participant has heard of a session: the difference between that and what is so is what she is
-- told. It goes with her place, wherever that goes.

-- +goose Up
ALTER TABLE attendance ADD COLUMN heard INTEGER;    -- the beginning that she was told; NULL: none, or that there is none any more
ALTER TABLE attendance ADD COLUMN heard_at INTEGER; -- when she was last told of it, in her chat or in person

-- +goose StatementBegin
CREATE TRIGGER watch_place_gone AFTER DELETE ON attendance BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || OLD.participant, 'm/' || OLD.session);
END;
-- +goose StatementEnd

-- What was sent when messages turned out not to get through was not heard: it is told once they do, or by
-- somebody in person.
-- +goose StatementBegin
CREATE TRIGGER unheard AFTER UPDATE OF reachable ON chat WHEN NEW.reachable = 0 BEGIN
    UPDATE attendance SET heard = NULL, heard_at = NULL WHERE participant = NEW.owner AND heard_at >= NEW.changed_at - 3600000;
    UPDATE reminder SET told_at = NULL, bundle = NULL WHERE person = NEW.owner AND told_at >= NEW.changed_at - 3600000;
END;
-- +goose StatementEnd
