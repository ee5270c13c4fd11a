package records

import (
	"context"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlEndConsent = `UPDATE consent SET ended_at = $3 WHERE participant = $1 AND purpose = $2 AND ended_at IS NULL AND id <> $4`
	sqlConsent    = `INSERT INTO consent (id, participant, purpose, status, way, version, hash, at, recorder, until)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`
	sqlContact = `INSERT INTO contact (code, sealed, word, checked_on, paused, silent_until) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (code) DO UPDATE SET word = excluded.word, paused = excluded.paused, silent_until = excluded.silent_until`
	// What is agreed in person never ends a silence or a pause that began a moment before.
	sqlAgreed = `INSERT INTO contact (code, sealed, word, checked_on, paused, silent_until) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (code) DO UPDATE SET sealed = excluded.sealed, checked_on = excluded.checked_on`
	sqlSetAlias = `UPDATE participant SET alias = $2 WHERE code = $1`
	sqlRequest  = `INSERT INTO request (id, participant, kind, at, due, done_at, done_by, wish) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
		ON CONFLICT (id) DO UPDATE SET done_at = excluded.done_at, done_by = excluded.done_by, wish = excluded.wish
		WHERE request.done_at IS NULL`
	sqlAlarm = `INSERT INTO alarm (id, participant, at, taken_at, taken_by) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO UPDATE SET taken_at = excluded.taken_at, taken_by = excluded.taken_by WHERE alarm.taken_at IS NULL`
	sqlPIN = `INSERT INTO pin (person, sealed, tries, barred_until) VALUES ($1, $2, $3, $4)
		ON CONFLICT (person) DO UPDATE SET sealed = excluded.sealed, tries = excluded.tries, barred_until = excluded.barred_until`
	sqlDropPIN = `DELETE FROM pin WHERE person = $1`
	sqlPrompt  = `INSERT INTO prompt (ref, person, kind, subject, at, answered_at, answer) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (ref) DO UPDATE SET answered_at = excluded.answered_at, answer = excluded.answer WHERE prompt.answered_at IS NULL`
	sqlTarget = `INSERT INTO target (participant, sealed, at) VALUES ($1, $2, $3)
		ON CONFLICT (participant) DO UPDATE SET sealed = excluded.sealed, at = excluded.at`
	sqlDropTarget = `DELETE FROM target WHERE participant = $1`
	sqlRetire     = `UPDATE person SET active = 0 WHERE id = $1`
)

// safety is a turn.Safety with everything sealed and hashed.
type safety struct {
	*turn.Safety
	contacts [][]byte
	aliases  [][]byte
	targets  [][]byte
	tokens   []string
}

// sealSafety seals what of it is personal.
func (s *Store) sealSafety(ctx context.Context, p *turn.Safety) (safety, error) {
	ready := safety{Safety: p}
	if len(p.Contacts)+len(p.Aliases)+len(p.Targets) > 0 {
		err := s.read(ctx, func(c *conn) error {
			for _, change := range p.Contacts {
				sealed, err := s.sealContact(c, change)
				if err != nil {
					return err
				}
				ready.contacts = append(ready.contacts, sealed)
			}
			for _, a := range p.Aliases {
				sealed, err := s.sealHers(c, a.Code, []byte(a.Alias), bindAlias(a.Code))
				if err != nil {
					return err
				}
				ready.aliases = append(ready.aliases, sealed)
			}
			for _, t := range p.Targets {
				sealed, err := s.sealHers(c, t.Code, []byte(t.Text), bindTarget(t.Code))
				if err != nil {
					return err
				}
				ready.targets = append(ready.targets, sealed)
			}
			return nil
		})
		if err != nil {
			return ready, err
		}
	}
	for _, i := range p.Invited {
		ready.tokens = append(ready.tokens, s.vault.Lookup("invitation", i.Token))
	}
	return ready, nil
}

// sealHers seals something with a participant's own key.
func (s *Store) sealHers(c *conn, code string, plain, bind []byte) ([]byte, error) {
	key, err := s.keyOf(c, code)
	if err != nil {
		return nil, fmt.Errorf("find the key of participant %s: %w", code, err)
	}
	return key.Seal(plain, bind)
}

// store is its part of the transaction. Doing it twice changes nothing more.
func (p *safety) store(c *conn, at int64) error {
	for _, step := range []func(*conn, int64) error{p.storeConsents, p.storeContacts, p.storeTargets, p.storeAsked, p.storeAccess} {
		if err := step(c, at); err != nil {
			return err
		}
	}
	return nil
}

func (p *safety) storeConsents(c *conn, _ int64) error {
	for i := range p.Consents {
		if err := storeConsent(c, &p.Consents[i]); err != nil {
			return err
		}
	}
	return nil
}

func storeConsent(c *conn, one *program.Consent) error {
	at := one.At.UnixMilli()
	if _, err := c.exec(sqlEndConsent, one.Participant, string(one.Purpose), at, one.ID); err != nil {
		return err
	}
	_, err := c.exec(sqlConsent, one.ID, one.Participant, string(one.Purpose), string(one.Status), string(one.Way),
		one.Version, one.Hash, at, one.Recorder, string(one.Until))
	return err
}

func (p *safety) storeContacts(c *conn, _ int64) error {
	for i, change := range p.Contacts {
		v := change.Contact
		var silent int64
		if !v.SilentUntil.IsZero() {
			silent = v.SilentUntil.UnixMilli()
		}
		store := sqlContact
		if change.Agreed {
			store = sqlAgreed
		}
		if _, err := c.exec(store, change.Code, p.contacts[i], text(v.Word), string(v.CheckedOn), v.Paused, silent); err != nil {
			return err
		}
	}
	for i, a := range p.Aliases {
		if _, err := c.exec(sqlSetAlias, a.Code, p.aliases[i]); err != nil {
			return err
		}
	}
	return nil
}

func (p *safety) storeTargets(c *conn, _ int64) error {
	for i, t := range p.Targets {
		var err error
		if t.Text == "" {
			_, err = c.exec(sqlDropTarget, t.Code)
		} else {
			_, err = c.exec(sqlTarget, t.Code, p.targets[i], t.At.UnixMilli())
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (p *safety) storeAsked(c *conn, _ int64) error {
	for _, r := range p.Requests {
		_, err := c.exec(sqlRequest, r.ID, r.Participant, string(r.Kind), r.At.UnixMilli(), r.Due.UnixMilli(), instant(r.DoneAt), text(r.DoneBy), string(r.Wish))
		if err != nil {
			return err
		}
	}
	for _, a := range p.Alarms {
		if _, err := c.exec(sqlAlarm, a.ID, a.Participant, a.At.UnixMilli(), instant(a.TakenAt), text(a.TakenBy)); err != nil {
			return err
		}
	}
	for _, q := range p.Prompts {
		if _, err := c.exec(sqlPrompt, q.Ref, q.Person, q.Kind, q.Subject, q.At.UnixMilli(), instant(q.Answered), text(q.Answer)); err != nil {
			return err
		}
	}
	return nil
}

func (p *safety) storeAccess(c *conn, at int64) error {
	for _, pin := range p.PINs {
		if err := storePIN(c, pin); err != nil {
			return err
		}
	}
	for i, inv := range p.Invited {
		if err := invite(c, inv.Person, p.tokens[i], inv.At.Add(program.InvitationLife).UnixMilli()); err != nil {
			return err
		}
	}
	for _, person := range p.Cut {
		if err := cut(c, person, at); err != nil {
			return err
		}
	}
	for _, person := range p.Retired {
		for _, text := range []string{sqlRetire, sqlNoSecond} {
			if _, err := c.exec(text, person); err != nil {
				return err
			}
		}
		if err := errors.Join(cut(c, person, at), storePIN(c, turn.PIN{Person: person})); err != nil {
			return err
		}
	}
	for _, code := range p.Erased {
		if err := erase(c, code, at); err != nil {
			return err
		}
	}
	return nil
}

func storePIN(c *conn, pin turn.PIN) error {
	if len(pin.Sealed) == 0 {
		_, err := c.exec(sqlDropPIN, pin.Person)
		return err
	}
	var barred int64
	if !pin.Barred.IsZero() {
		barred = pin.Barred.UnixMilli()
	}
	_, err := c.exec(sqlPIN, pin.Person, pin.Sealed, pin.Tries, barred)
	return err
}
