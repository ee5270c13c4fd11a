package records

import (
	"context"
	"fmt"
	"html"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlMayAccompany = `SELECT 1 FROM person WHERE id = $1 AND active = 1 AND role <> 'peserta'`
	sqlFormer       = `SELECT p.companion, p.wrapped, p.alias, c.key FROM participant p LEFT JOIN chat c ON c.owner = p.companion WHERE p.code = $1`
	// Who stood in for the former companion does not for the new one, unless that is said anew.
	sqlAssign       = `UPDATE participant SET second = CASE WHEN companion IS NOT DISTINCT FROM $2 THEN second END, companion = $2 WHERE code = $1`
	sqlHandFollowUp = `UPDATE follow_up SET person = $2 WHERE participant = $1 AND done_at IS NULL`
	// What is about her and was the former companion's to see to is the new one's.
	sqlHandMatters = `UPDATE matter SET owner = $2, rev = rev + 1 WHERE participant = $1 AND ended = 0
		AND owner = (SELECT companion FROM participant WHERE code = $1)`
	sqlDropPrompts = `DELETE FROM prompt WHERE answered_at IS NULL AND person = $2
		AND (subject = $1 OR subject IN (SELECT id FROM alarm WHERE participant = $1))`
	sqlAlarmNow = `UPDATE deadline SET at = min(at, $2) WHERE kind IN
		(SELECT 'alarm.' || id FROM alarm WHERE participant = $1 AND taken_at IS NULL)`
	// Who waits to be called is told of to her new companion, too.
	sqlCallNow = `UPDATE deadline SET at = min(at, $2) WHERE kind = 'call.' || $1`
	sqlMoved   = `INSERT INTO deadline (chat, kind, sealed, at) SELECT key, 'moved', sealed, $2 FROM chat WHERE owner = $1
		ON CONFLICT (chat, kind) DO UPDATE SET at = excluded.at`
	sqlWaiting = `SELECT id, body FROM outbox WHERE chat = $1`
)

// former is who accompanied a participant, and what names her.
type former struct {
	companion, chat string
	names           []string
}

// Assign hands a participant over to another companion, with what is still to be followed up; from
// then on she is nobody's but hers. What her former companion was asked about her is asked no more,
// what waits to be sent to her and names the participant is not sent, her card is shown anew, a link
// with which the participant was to join is void, and of an alarm that nobody has taken others are
// told now. The line of audit is stored with it. turn.ErrNotFound when there is no such participant,
// or none of the staff who is active has that id.
func (s *Store) Assign(ctx context.Context, code, companion string, line program.Audit) error {
	at := s.now().UnixMilli()
	err := s.write(ctx, func(c *conn) error {
		if err := s.assign(c, code, companion, at); err != nil {
			return err
		}
		return chain{s.vault}.extend(c, []program.Audit{line})
	})
	if err != nil {
		return fmt.Errorf("assign %s to %s: %w", code, companion, err)
	}
	return nil
}

// assign is Assign inside a transaction, without its line of audit.
func (s *Store) assign(c *conn, code, companion string, at int64) error {
	may := false
	if err := c.query(sqlMayAccompany, func(row) error { may = true; return nil }, companion); err != nil {
		return err
	}
	if !may {
		return turn.ErrNotFound
	}
	was, err := s.former(c, code)
	if err != nil {
		return err
	}
	if was.companion != companion {
		if err := s.part(c, code, was, at); err != nil {
			return err
		}
	}
	for _, text := range []string{sqlHandMatters, sqlAssign, sqlHandFollowUp} {
		if _, err := c.exec(text, code, companion); err != nil {
			return err
		}
	}
	return nil
}

// former finds who accompanies a participant now; turn.ErrNotFound when there is no such participant.
func (s *Store) former(c *conn, code string) (former, error) {
	var was former
	found := false
	err := c.query(sqlFormer, func(r row) error {
		found = true
		was = former{companion: r.str(0), chat: r.str(3), names: []string{code}}
		if alias, err := s.alias(code, r.blob(1), r.blob(2)); err == nil { // one that cannot be opened stands nowhere
			was.names = append(was.names, string(alias), html.EscapeString(string(alias)))
		}
		return nil
	}, code)
	if err == nil && !found {
		err = turn.ErrNotFound
	}
	return was, err
}

// part takes from a former companion what she still has of a participant.
func (s *Store) part(c *conn, code string, was former, at int64) error {
	for _, step := range []struct {
		text string
		args []any
	}{
		{sqlDropPrompts, []any{code, was.companion}},
		{sqlAlarmNow, []any{code, at}},
		{sqlCallNow, []any{code, at}},
		{sqlVoidInvitation, []any{code, ""}},
		{sqlMoved, []any{was.companion, at}},
	} {
		if _, err := c.exec(step.text, step.args...); err != nil {
			return err
		}
	}
	return s.unsay(c, was)
}

// unsay drops what waits for a chat and names somebody.
func (s *Store) unsay(c *conn, was former) error {
	if was.chat == "" {
		return nil
	}
	var drop []string
	err := c.query(sqlWaiting, func(r row) error {
		m, err := s.openMessage(r.str(0), r.blob(1))
		if err != nil {
			return nil //nolint:nilerr // it is never sent
		}
		if m.Attached != nil { // whom it names cannot be searched for
			drop = append(drop, m.ID)
			return nil
		}
		said := m.Text + "\n" + m.Cover
		for _, line := range m.Buttons {
			for _, b := range line {
				said += "\n" + b.Label
			}
		}
		for _, name := range was.names {
			if name != "" && strings.Contains(said, name) {
				drop = append(drop, m.ID)
				break
			}
		}
		return nil
	}, was.chat)
	for _, id := range drop {
		if err == nil {
			_, err = c.exec(sqlSent, id)
		}
	}
	return err
}
