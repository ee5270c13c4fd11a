-- What somebody is to be told without having asked, and when what is looked at next. Whatever changes
-- what a rule may depend on wakes what it is about: the triggers see to it, so that nobody who writes
-- has to think of it.

-- +goose Up
CREATE TABLE reminder (
    id        TEXT PRIMARY KEY,  -- rule, step, subject, due, person: there is one of each
    rule      TEXT NOT NULL,
    step      INTEGER NOT NULL,
    subject   TEXT NOT NULL,     -- p/code, m/matter, s/person, h/
    person    TEXT NOT NULL,     -- who is told
    due       INTEGER NOT NULL,
    until     INTEGER,           -- after it, telling makes no sense any more
    at        INTEGER NOT NULL,  -- when it may be told
    told_at   INTEGER,
    bundle    TEXT,              -- what it was told in
    held      TEXT NOT NULL,     -- why it was not told when it was due
    closed_at INTEGER,
    outcome   TEXT NOT NULL
) STRICT;
CREATE INDEX reminder_open ON reminder (person, at) WHERE closed_at IS NULL;
CREATE INDEX reminder_subject ON reminder (subject) WHERE closed_at IS NULL;
CREATE INDEX reminder_told ON reminder (person, told_at) WHERE told_at IS NOT NULL;
CREATE INDEX reminder_closed ON reminder (closed_at) WHERE closed_at IS NOT NULL;

CREATE TABLE watch (
    subject TEXT PRIMARY KEY,
    at      INTEGER,           -- when it is looked at next; 0: at once; NULL: when something changes
    rev     INTEGER NOT NULL   -- counts the changes
) STRICT;
CREATE INDEX watch_at ON watch (at);
-- The staff are few among the many on record.
CREATE INDEX person_staff ON person (id) WHERE role <> 'peserta';
CREATE INDEX follow_up_participant ON follow_up (participant) WHERE done_at IS NULL;

INSERT INTO watch (subject, at, rev) SELECT 'p/' || code, 0, 1 FROM participant;
INSERT INTO watch (subject, at, rev) SELECT 'm/' || id, 0, 1 FROM matter WHERE ended = 0;
INSERT INTO watch (subject, at, rev) SELECT 's/' || id, 0, 1 FROM person WHERE role <> 'peserta' AND active = 1;
INSERT INTO watch (subject, at, rev) VALUES ('h/', 0, 1);

-- +goose StatementBegin
CREATE TRIGGER watch_report AFTER INSERT ON report BEGIN
    INSERT INTO watch (subject, at, rev) SELECT 'p/' || NEW.participant, 0, 1 WHERE NEW.participant IS NOT NULL
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
    INSERT INTO watch (subject, at, rev) VALUES ('s/' || NEW.author, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_report_undone AFTER UPDATE OF undone_at ON report BEGIN
    INSERT INTO watch (subject, at, rev) SELECT 'p/' || NEW.participant, 0, 1 WHERE NEW.participant IS NOT NULL
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
    INSERT INTO watch (subject, at, rev) VALUES ('s/' || NEW.author, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_participant AFTER INSERT ON participant BEGIN
    INSERT INTO watch (subject, at, rev) VALUES ('p/' || NEW.code, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_participant_changed AFTER UPDATE OF stage, companion, concentration, last_seen ON participant BEGIN
    INSERT INTO watch (subject, at, rev) VALUES ('p/' || NEW.code, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_participant_gone AFTER DELETE ON participant BEGIN
    DELETE FROM watch WHERE subject = 'p/' || OLD.code;
    DELETE FROM reminder WHERE subject = 'p/' || OLD.code OR person = OLD.code;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_consent AFTER INSERT ON consent BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.participant;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_contact AFTER INSERT ON contact BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.code;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_contact_changed AFTER UPDATE ON contact BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.code;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_target AFTER INSERT ON target BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.participant;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_target_changed AFTER UPDATE ON target BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.participant;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_target_gone AFTER DELETE ON target BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || OLD.participant;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_place AFTER INSERT ON attendance BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || NEW.participant, 'm/' || NEW.session);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_place_changed AFTER UPDATE ON attendance BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || NEW.participant, 'm/' || NEW.session);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_matter AFTER INSERT ON matter BEGIN
    INSERT INTO watch (subject, at, rev) VALUES ('m/' || NEW.id, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.participant OR subject = 'h/' AND NEW.kind IN ('profile', 'session');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_matter_changed AFTER UPDATE OF rev ON matter BEGIN
    INSERT INTO watch (subject, at, rev) VALUES ('m/' || NEW.id, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || NEW.participant OR subject = 'h/' AND NEW.kind IN ('profile', 'session');
    UPDATE watch SET at = 0, rev = rev + 1 WHERE NEW.kind = 'session'
        AND subject IN (SELECT 'p/' || participant FROM attendance WHERE session = NEW.id);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_matter_gone AFTER DELETE ON matter BEGIN
    DELETE FROM watch WHERE subject = 'm/' || OLD.id;
    DELETE FROM reminder WHERE subject = 'm/' || OLD.id;
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 'p/' || OLD.participant;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_chat AFTER INSERT ON chat BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || NEW.owner, 's/' || NEW.owner)
        OR subject IN (SELECT subject FROM reminder WHERE person = NEW.owner AND closed_at IS NULL);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_chat_changed AFTER UPDATE OF owner, reachable ON chat BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || NEW.owner, 's/' || NEW.owner, 'p/' || OLD.owner, 's/' || OLD.owner)
        OR subject IN (SELECT subject FROM reminder WHERE person = NEW.owner AND closed_at IS NULL);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_chat_gone AFTER DELETE ON chat BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN ('p/' || OLD.owner, 's/' || OLD.owner);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_person AFTER INSERT ON person WHEN NEW.role <> 'peserta' BEGIN
    INSERT INTO watch (subject, at, rev) VALUES ('s/' || NEW.id, 0, 1)
        ON CONFLICT (subject) DO UPDATE SET at = 0, rev = rev + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_person_changed AFTER UPDATE OF active, away_until, role ON person BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject = 's/' || NEW.id
        OR subject IN (SELECT subject FROM reminder WHERE person = NEW.id AND closed_at IS NULL)
        OR subject IN (SELECT 'p/' || code FROM participant WHERE companion = NEW.id);
END;
-- +goose StatementEnd
