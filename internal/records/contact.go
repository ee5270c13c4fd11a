package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/fxamacker/cbor/v2"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// contact is how a safe contact is written down; what has to be looked for is in columns.
type contact struct {
	Chat      program.ChatRule `cbor:"1,keyasint,omitempty"`
	Phone     program.PhoneUse `cbor:"2,keyasint,omitempty"`
	Mode      program.OpenMode `cbor:"3,keyasint,omitempty"`
	From      int              `cbor:"4,keyasint,omitempty"`
	To        int              `cbor:"5,keyasint,omitempty"`
	Days      program.Weekdays `cbor:"6,keyasint,omitempty"`
	HideAfter int              `cbor:"7,keyasint,omitempty"`
	Theme     program.Theme    `cbor:"8,keyasint,omitempty"`
	Cover     int              `cbor:"9,keyasint,omitempty"`
}

// contactRow is a row of contact.
type contactRow struct {
	sealed      []byte
	word        string
	checkedOn   string
	paused      int64
	silentUntil time.Time
}

func (s *Store) sealContact(c *conn, change turn.ContactChange) ([]byte, error) {
	v := change.Contact
	plain, err := cbor.Marshal(contact{v.Chat, v.Phone, v.Mode, v.From, v.To, v.Days, v.HideAfter, v.Theme, v.Cover})
	if err != nil {
		return nil, fmt.Errorf("write down the safe contact of %s: %w", change.Code, err)
	}
	return s.sealHers(c, change.Code, plain, bindContact(change.Code))
}

// openContact gives what holds for her: the careful default when nothing was agreed yet.
func (s *Store) openContact(key vault.PersonKey, code string, r contactRow) (program.Contact, error) {
	if r.sealed == nil {
		return program.DefaultContact(), nil
	}
	plain, err := key.Open(r.sealed, bindContact(code))
	if err != nil {
		return program.Contact{}, fmt.Errorf("open the safe contact of %s: %w", code, err)
	}
	var v contact
	if err := s.decoder.Unmarshal(plain, &v); err != nil {
		return program.Contact{}, fmt.Errorf("read the safe contact of %s: not as it was written", code)
	}
	out := program.Contact{
		Chat: v.Chat, Phone: v.Phone, Mode: v.Mode, From: v.From, To: v.To, Days: v.Days, HideAfter: v.HideAfter,
		Theme: v.Theme, Cover: v.Cover, Word: r.word, CheckedOn: program.Date(r.checkedOn), Paused: r.paused != 0,
	}
	if r.silentUntil.UnixMilli() > 0 {
		out.SilentUntil = r.silentUntil
	}
	return out, nil
}

const (
	consentColumns = `SELECT id, participant, purpose, status, way, version, hash, at, recorder, until FROM consent `
	sqlConsents    = consentColumns + `WHERE participant = $1 AND ended_at IS NULL ORDER BY at, id`
	sqlRequests    = `SELECT r.id, r.participant, r.kind, r.at, r.due, r.wish FROM request r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.done_at IS NULL AND ($1 = '*' OR p.companion = $1 OR r.participant = $1) ORDER BY r.due, r.id`
	sqlPromptByRef = `SELECT ref, person, kind, subject, at, answered_at, answer FROM prompt WHERE ref = $1 AND person = $2`
	sqlAlarmByID   = `SELECT id, participant, at, taken_at, taken_by FROM alarm WHERE id = $1`
	sqlPINOf       = `SELECT sealed, tries, barred_until FROM pin WHERE person = $1`
	sqlHeld        = `SELECT stage, (SELECT COUNT(*) FROM report r WHERE r.participant = p.code AND r.emptied_at IS NULL
		AND r.undone_at IS NULL) FROM participant p WHERE code = $1`
	sqlSafeContact = `SELECT t.wrapped, x.sealed, x.word, x.checked_on, x.paused, x.silent_until
		FROM participant t LEFT JOIN contact x ON x.code = t.code WHERE t.companion = $1 AND t.companion <> '' AND t.code = $2`
	sqlCompanionOf = `SELECT companion FROM participant WHERE code = $1`
)

// SafeContact gives how a participant may be reached, to the companion who accompanies her: the
// careful default, not checked on any day, when nothing was agreed yet. turn.ErrNotFound when there
// is no such participant or she is another's, and nobody can tell which.
func (s *Store) SafeContact(ctx context.Context, companion, code string) (program.Contact, error) {
	var found program.Contact
	var unread error
	err := s.one(ctx, sqlSafeContact, func(r row) {
		var key vault.PersonKey
		if key, unread = s.vault.Unwrap(r.blob(0), bindKey(code)); unread == nil {
			found, unread = s.openContact(key, code, contactRow{r.blob(1), r.str(2), r.str(3), r.int(4), r.time(5, s.zone)})
		}
	}, companion, code)
	if err = errors.Join(err, unread); err != nil {
		return program.Contact{}, fmt.Errorf("read the safe contact of %s for %s: %w", code, companion, err)
	}
	return found, nil
}

// Consents gives what a participant has answered, the one in force of each purpose.
func (s *Store) Consents(ctx context.Context, code string) (program.Consents, error) {
	var all program.Consents
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlConsents, func(r row) error {
			all = append(all, program.Consent{
				ID: r.str(0), Participant: r.str(1), Purpose: program.Purpose(r.str(2)), Status: program.ConsentStatus(r.str(3)),
				Way: program.ConsentWay(r.str(4)), Version: r.str(5), Hash: r.str(6), At: r.time(7, s.zone), Recorder: r.str(8),
				Until: program.Date(r.str(9)),
			})
			return nil
		}, code)
	})
	if err != nil {
		return nil, fmt.Errorf("read the consents of %s: %w", code, err)
	}
	return all, nil
}

// OpenRequests gives what is still to be done, the most urgent first: of all participants ("*"), of
// those whom a companion accompanies (her id), or of one (her code).
func (s *Store) OpenRequests(ctx context.Context, of string) ([]program.Request, error) {
	var all []program.Request
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlRequests, func(r row) error {
			all = append(all, program.Request{
				ID: r.str(0), Participant: r.str(1), Kind: program.RequestKind(r.str(2)), At: r.time(3, s.zone), Due: r.time(4, s.zone),
				Wish: program.CallWish(r.str(5)),
			})
			return nil
		}, of)
	})
	if err != nil {
		return nil, fmt.Errorf("read the open requests: %w", err)
	}
	return all, nil
}

// Prompt gives a message with buttons that somebody may answer; turn.ErrNotFound when there is
// none, or it is another's, and nobody can tell which.
func (s *Store) Prompt(ctx context.Context, person, ref string) (turn.Prompt, error) {
	var p turn.Prompt
	err := s.one(ctx, sqlPromptByRef, func(r row) {
		p = turn.Prompt{
			Ref: r.str(0), Person: r.str(1), Kind: r.str(2), Subject: r.str(3), At: r.time(4, s.zone), Answered: r.time(5, s.zone), Answer: r.str(6),
		}
	}, ref, person)
	if err != nil {
		return p, fmt.Errorf("find a prompt: %w", err)
	}
	return p, nil
}

// Alarm gives a kata aman that came; turn.ErrNotFound when there is none.
func (s *Store) Alarm(ctx context.Context, id string) (program.Alarm, error) {
	var a program.Alarm
	err := s.one(ctx, sqlAlarmByID, func(r row) {
		a = program.Alarm{ID: r.str(0), Participant: r.str(1), At: r.time(2, s.zone), TakenAt: r.time(3, s.zone), TakenBy: r.str(4)}
	}, id)
	if err != nil {
		return a, fmt.Errorf("find alarm %s: %w", id, err)
	}
	return a, nil
}

// PIN gives what is kept of somebody's PIN; turn.ErrNotFound when she has none.
func (s *Store) PIN(ctx context.Context, person string) (turn.PIN, error) {
	p := turn.PIN{Person: person}
	err := s.one(ctx, sqlPINOf, func(r row) {
		p.Sealed, p.Tries = append([]byte(nil), r.blob(0)...), int(r.int(1))
		if r.int(2) > 0 {
			p.Barred = r.time(2, s.zone)
		}
	}, person)
	if err != nil {
		return p, fmt.Errorf("find the PIN of %s: %w", person, err)
	}
	return p, nil
}

// one reads one row; turn.ErrNotFound when there is none.
func (s *Store) one(ctx context.Context, text string, take func(row), args ...any) error {
	found := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error { found = true; take(r); return nil }, args...)
	})
	if err == nil && !found {
		return turn.ErrNotFound
	}
	return err
}

// Held gives in short what is held about a participant; turn.ErrNotFound when there is none.
func (s *Store) Held(ctx context.Context, code string) (program.Held, error) {
	var held program.Held
	err := s.one(ctx, sqlHeld, func(r row) { held = program.Held{Stage: program.Stage(r.str(0)), Reports: int(r.int(1))} }, code)
	if err != nil {
		return held, fmt.Errorf("look at what is held about %s: %w", code, err)
	}
	return held, nil
}

// CompanionOf gives the id of who accompanies a participant; empty when nobody does or there is no
// such participant.
func (s *Store) CompanionOf(ctx context.Context, code string) (string, error) {
	companion := ""
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCompanionOf, func(r row) error { companion = r.str(0); return nil }, code)
	})
	if err != nil {
		return "", fmt.Errorf("find the companion of %s: %w", code, err)
	}
	return companion, nil
}
