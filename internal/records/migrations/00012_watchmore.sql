-- What is about a participant's matters depends on who accompanies her and on what she agrees to as
-- well; and what is for a role, on who has it.

-- +goose Up
-- +goose StatementBegin
CREATE TRIGGER watch_hers_handed AFTER UPDATE OF companion ON participant BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN (SELECT 'm/' || id FROM matter WHERE participant = NEW.code)
        OR subject IN (SELECT 'm/' || session FROM attendance WHERE participant = NEW.code);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_hers_agreed AFTER INSERT ON consent BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE subject IN (SELECT 'm/' || id FROM matter WHERE participant = NEW.participant);
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_role AFTER INSERT ON person WHEN NEW.role <> 'peserta' BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE substr(subject, 1, 2) IN ('m/', 'h/');
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER watch_role_changed AFTER UPDATE OF active, away_until, role ON person WHEN NEW.role <> 'peserta' BEGIN
    UPDATE watch SET at = 0, rev = rev + 1 WHERE substr(subject, 1, 2) IN ('m/', 'h/');
END;
-- +goose StatementEnd
