package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlLoad   = `SELECT rev, data FROM conversation WHERE key = $1`
	sqlCreate = `INSERT INTO conversation (key, rev, data, changed_at) VALUES ($1, 1, $2, $3)
		ON CONFLICT (key) DO NOTHING`
	sqlMoveOn   = `UPDATE conversation SET rev = rev + 1, data = $3, changed_at = $4 WHERE key = $1 AND rev = $2`
	sqlEnqueue  = `INSERT INTO outbox (id, chat, body, due) VALUES ($1, $2, $3, $4) ON CONFLICT (id) DO NOTHING`
	sqlFollowUp = `INSERT INTO follow_up (id, report, participant, person, due) VALUES ($1, $2, $3, $4, $5)
		ON CONFLICT (id) DO NOTHING`
	sqlReach    = `UPDATE chat SET reachable = $2, changed_at = $3 WHERE key = $1 AND reachable <> $2`
	sqlNumber   = `UPDATE counter SET n = n + 1 WHERE name = 'deadline'`
	newDeadline = `INSERT INTO deadline (chat, kind, sealed, at, rev)
		VALUES ($1, $2, $3, $4, (SELECT n FROM counter WHERE name = 'deadline')) ON CONFLICT (chat, kind) `
	sqlDeadline = newDeadline + `DO UPDATE SET at = excluded.at,
		rev = CASE WHEN deadline.at = excluded.at THEN deadline.rev ELSE excluded.rev END`
	// One that has come may be being worked off by somebody who does not know of this one: it comes again.
	sqlDeadlineSoon = newDeadline + `DO UPDATE SET at = min(deadline.at, excluded.at), rev = excluded.rev`
	sqlDeadlineKept = newDeadline + `DO NOTHING`
	sqlSettle       = `DELETE FROM deadline WHERE chat = $1 AND kind = $2 AND at <= $3 AND rev <= $4`
)

// forever is later than any deadline.
const forever = int64(1) << 62

// plan is a turn.Plan with everything sealed and hashed: what the writer needs, so that the
// costly part is done by whoever asks and not by the one goroutine that writes.
type plan struct {
	turn.Plan
	at       int64
	chain    chain
	reports  []sealedReport
	undo     func(*conn, turn.Undo) error
	way      way
	safety   safety
	join     sealedChat
	token    string // hashed
	reach    string
	due      []sealedChat
	settled  []string
	came     []string
	dropped  []string
	withdraw func(*conn) error
	messages []sealedMessage
}

type sealedChat struct {
	key    string
	sealed []byte
}

type sealedMessage struct {
	id   string
	chat string
	body []byte
	due  any
}

// Commit stores all that one turn changes, or nothing. The conversation's state goes first:
// when its revision is not the one it was read at, the error is turn.ErrConflict. A join
// with an invitation that cannot be used is turn.ErrNotFound, with a chat of somebody
// else's turn.ErrTaken; so is ErrNotFound the undoing of what is not the author's own.
// Storing the same plan twice changes nothing more. Toasts are not stored.
func (s *Store) Commit(ctx context.Context, p turn.Plan) error {
	ready, err := s.prepare(ctx, p)
	if err != nil {
		return fmt.Errorf("prepare the turn: %w", err)
	}
	if err := s.write(ctx, ready.store); err != nil {
		return fmt.Errorf("commit the turn: %w", err)
	}
	return nil
}

func (s *Store) prepare(ctx context.Context, p turn.Plan) (*plan, error) {
	ready := &plan{Plan: p, at: s.now().UnixMilli(), chain: chain{s.vault}, undo: s.undo}
	var err error
	if ready.way, err = s.sealWay(ctx, &p.Way); err != nil {
		return nil, err
	}
	if ready.reports, err = s.sealReports(ctx, p.Reports, ready.way.keys); err != nil {
		return nil, err
	}
	if ready.safety, err = s.sealSafety(ctx, &p.Safety); err != nil {
		return nil, err
	}
	if p.Join != nil {
		if ready.join.key, ready.join.sealed, err = s.sealChat(p.Join.Chat); err != nil {
			return nil, err
		}
		ready.token = s.vault.Lookup("invitation", p.Join.Token)
	}
	if p.Reach != nil {
		ready.reach = s.chatKey(p.Reach.Chat)
	}
	for _, d := range p.Deadlines {
		var c sealedChat
		if c.key, c.sealed, err = s.sealChat(d.Chat); err != nil {
			return nil, err
		}
		ready.due = append(ready.due, c)
	}
	for _, d := range p.Settled {
		ready.settled = append(ready.settled, s.chatKey(d.Chat))
	}
	for _, c := range p.Came {
		ready.came = append(ready.came, s.chatKey(c.Chat))
	}
	for _, d := range p.Dropped {
		ready.dropped = append(ready.dropped, s.chatKey(d.Chat))
	}
	ready.withdraw = s.withdraw(p.Withdrawn)
	for i := range p.Messages {
		m := &p.Messages[i]
		if m.Form == turn.Toast {
			continue
		}
		body, err := s.sealMessage(m)
		if err != nil {
			return nil, err
		}
		ready.messages = append(ready.messages, sealedMessage{m.ID, s.chatKey(m.Chat), body, instant(m.Due)})
	}
	return ready, nil
}

// store is the plan's work inside the transaction; the order matters where a step may refuse.
func (p *plan) store(c *conn) error {
	if p.State != nil {
		if err := saveState(c, p.State, p.at); err != nil {
			return err
		}
	}
	if p.Join != nil {
		if err := p.storeJoin(c); err != nil {
			return err
		}
	}
	if err := p.storeRecords(c); err != nil {
		return err
	}
	if err := p.safety.store(c, p.at); err != nil {
		return err
	}
	if err := p.storeTimes(c); err != nil {
		return err
	}
	if err := p.storeTraces(c); err != nil {
		return err
	}
	if err := p.withdraw(c); err != nil {
		return err
	}
	for _, m := range p.messages {
		if _, err := c.exec(sqlEnqueue, m.id, m.chat, m.body, m.due); err != nil {
			return err
		}
	}
	if p.Row != 0 {
		if _, err := c.exec(sqlInboxDone, p.Row, p.at); err != nil {
			return err
		}
	}
	return nil
}

func saveState(c *conn, st *turn.State, at int64) error {
	data := st.Data
	if data == nil {
		data = []byte{}
	}
	var n int64
	var err error
	if st.Was == 0 {
		n, err = c.exec(sqlCreate, string(st.Key), data, at)
	} else {
		n, err = c.exec(sqlMoveOn, string(st.Key), int64(st.Was), data, at) //nolint:gosec // revisions are small
	}
	if err == nil && n == 0 {
		return turn.ErrConflict
	}
	return err
}

func (p *plan) storeRecords(c *conn) error {
	if err := p.way.join(c, p.at); err != nil {
		return err
	}
	for i := range p.reports {
		if err := p.reports[i].store(c); err != nil {
			return err
		}
	}
	for _, u := range p.Undo {
		if err := p.undo(c, u); err != nil {
			return err
		}
	}
	for _, f := range p.FollowUps {
		if _, err := c.exec(sqlFollowUp, f.ID, f.Report, text(f.Participant), f.Person, string(f.Due)); err != nil {
			return err
		}
	}
	if err := p.way.store(c, p.at); err != nil {
		return err
	}
	if err := storeWeeks(c, p.Weeks); err != nil {
		return err
	}
	if err := storeReminding(c, &p.Reminding); err != nil {
		return err
	}
	return p.chain.extend(c, p.Audit)
}

func (p *plan) storeTimes(c *conn) error {
	if p.Reach != nil {
		if _, err := c.exec(sqlReach, p.reach, p.Reach.Reachable, p.Reach.At.UnixMilli()); err != nil {
			return err
		}
	}
	for i, d := range p.Settled {
		until, rev := forever, forever
		if !d.At.IsZero() {
			until, rev = d.At.UnixMilli(), d.Rev
		}
		if _, err := c.exec(sqlSettle, p.settled[i], d.Kind, until, rev); err != nil {
			return err
		}
	}
	if len(p.Deadlines) > 0 {
		if _, err := c.exec(sqlNumber); err != nil {
			return err
		}
	}
	for i, d := range p.Deadlines {
		text, args := sqlDeadline, []any{p.due[i].key, d.Kind, p.due[i].sealed, d.At.UnixMilli()}
		switch {
		case d.Keep:
			text = sqlDeadlineKept
		case d.Soon:
			text = sqlDeadlineSoon
		}
		if _, err := c.exec(text, args...); err != nil {
			return err
		}
	}
	return nil
}

// Load gives a conversation's state; the zero Saved when there is none.
func (s *Store) Load(ctx context.Context, key turn.Key) (turn.Saved, error) {
	var saved turn.Saved
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlLoad, func(r row) error {
			saved = turn.Saved{Rev: uint64(r.int(0)), Data: r.blob(1)} //nolint:gosec // never below 0
			return nil
		}, string(key))
	})
	if err != nil {
		return turn.Saved{}, fmt.Errorf("load a conversation: %w", err)
	}
	return saved, nil
}

// Save stores a conversation's state alone, as Commit does within a turn.
func (s *Store) Save(ctx context.Context, st turn.State) error {
	at := s.now().UnixMilli()
	if err := s.write(ctx, func(c *conn) error { return saveState(c, &st, at) }); err != nil {
		return fmt.Errorf("save a conversation: %w", err)
	}
	return nil
}

const (
	sqlDue     = `SELECT chat, sealed, kind, at, rev FROM deadline WHERE at <= $1 ORDER BY at LIMIT $2`
	sqlNextDue = `SELECT MIN(at) FROM deadline`
	sqlDropDue = `DELETE FROM deadline WHERE chat = $1 AND kind = $2`
)

// Deadlines gives what is due by now, the longest due first. Other than updates, deadlines do
// not come by way of a transaction that would notice what other processes have written, so
// it is noticed with them.
func (s *Store) Deadlines(ctx context.Context, now time.Time, limit int) ([]turn.Due, error) {
	var due []turn.Due
	type lost struct{ chat, kind string }
	var unreadable []lost
	err := s.read(ctx, func(c *conn) error {
		err := c.query(sqlDue, func(r row) error {
			chat, err := s.openChat(r.str(0), r.blob(1))
			if err != nil {
				unreadable = append(unreadable, lost{r.str(0), r.str(2)})
				return nil //nolint:nilerr // one that cannot be opened does not keep back the others
			}
			due = append(due, turn.Due{Chat: chat, Kind: r.str(2), At: r.time(3, s.zone), Rev: r.int(4)})
			return nil
		}, now.UnixMilli(), limit)
		if err != nil || len(due) == 0 {
			return err
		}
		return s.notice(c)
	})
	for _, l := range unreadable {
		s.log.ErrorContext(ctx, "the chat of a deadline cannot be opened; the deadline is dropped", "kind", l.kind)
		err = errors.Join(err, s.write(ctx, func(c *conn) error {
			_, err := c.exec(sqlDropDue, l.chat, l.kind)
			return err
		}))
	}
	if err != nil {
		return nil, fmt.Errorf("read the deadlines: %w", err)
	}
	return due, nil
}

// NextDeadline gives the earliest deadline; false when there is none.
func (s *Store) NextDeadline(ctx context.Context) (time.Time, bool, error) {
	var at time.Time
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlNextDue, func(r row) error { at = r.time(0, s.zone); return nil })
	})
	if err != nil {
		return time.Time{}, false, fmt.Errorf("read the next deadline: %w", err)
	}
	return at, !at.IsZero(), nil
}
