package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	matterColumns = `m.id, m.kind, m.year, m.number, m.participant, m.owner, m.author, m.status, m.day, m.due,
		m.opened_at, m.changed_at, m.rev, m.last, m.fields, p.wrapped`
	matterWidth = 16 // how many columns these are
	sqlMatters  = `SELECT ` + matterColumns + ` FROM matter m LEFT JOIN participant p ON p.code = m.participant
		WHERE `
	sqlMattersAll  = sqlMatters + `$2 = '' AND ` + sqlMattersIn
	sqlMattersHers = sqlMatters + `m.participant = $2 AND ` + sqlMattersIn
	sqlMattersIn   = `($1 = '' OR m.kind = $1)
		AND ($3 = '' OR m.owner = $3 OR m.owner IS NULL AND m.participant IS NULL AND m.author = $3
			OR m.participant IN (SELECT code FROM participant WHERE companion = $3))
		AND ($4 = '' OR m.owner = $4) AND ($5 = '' OR m.status = $5) AND ($6 = 0 OR m.ended = 0)
		AND ($7 = '' OR m.day >= $7) AND ($8 = '' OR m.day <= $8)
		AND ($10 = 0 OR m.number = $10 AND m.year % 100 = $9)
		ORDER BY m.ended, CASE WHEN m.due IS NULL THEN 1 ELSE 0 END, m.due,
			CASE WHEN m.day IS NULL THEN 1 ELSE 0 END, m.day, m.kind, m.year, m.number`
	sqlMatter     = sqlMatters + `m.id = $1`
	sqlNextNumber = `SELECT COALESCE(MAX(number), 0) + 1 FROM matter WHERE kind = $1 AND year = $2`
	sqlChanges    = `SELECT id, at, by, was, now FROM matter_change WHERE matter = $1 ORDER BY rev`

	sqlOpenMatter = `INSERT INTO matter (id, kind, year, number, participant, owner, author, status, day, due,
			opened_at, changed_at, ended, rev, last, fields)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $11, $12, 1, $13, $14) ON CONFLICT DO NOTHING`
	sqlMoveMatter = `UPDATE matter SET participant = $3, owner = $4, status = $5, day = $6, due = $7, changed_at = $8, ended = $9,
		rev = rev + 1, last = $10, fields = $11 WHERE id = $1 AND rev = $2`
	sqlMatterChange = `INSERT INTO matter_change (id, matter, rev, at, by, was, now, before) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	sqlChanged      = `SELECT matter FROM matter_change WHERE id = $1`
	sqlBeforeLess   = `UPDATE matter_change SET before = NULL WHERE matter = $1 AND id <> $2 AND before IS NOT NULL`
)

func bindFields(matter string) []byte { return []byte("matter/" + matter + "/fields") }
func bindBefore(change string) []byte { return []byte("matter_change/" + change + "/before") }

// Matters gives the matters that the filter chooses: those whose next step is due first before the
// others, then by day. One that cannot be opened is given without its fields.
func (s *Store) Matters(ctx context.Context, f program.MatterFilter) ([]program.Matter, error) {
	var all []program.Matter
	text := sqlMattersHers
	if f.Participant == "" {
		text = sqlMattersAll
	}
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error { all = append(all, s.matter(r)); return nil },
			string(f.Kind), f.Participant, f.Of, f.Owner, f.Status, f.Open, string(f.From), string(f.To), f.Year, f.Number)
	})
	if err != nil {
		return nil, fmt.Errorf("read the matters: %w", err)
	}
	return all, nil
}

// Matter gives one matter by its id; turn.ErrNotFound when there is none.
func (s *Store) Matter(ctx context.Context, id string) (program.Matter, error) {
	var m program.Matter
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlMatter, func(r row) error { m = s.matter(r); return nil }, id)
	})
	if err == nil && m.ID == "" {
		err = turn.ErrNotFound
	}
	if err != nil {
		return m, fmt.Errorf("find a matter: %w", err)
	}
	return m, nil
}

// NextNumber is the number that the next matter of a kind would get in a year.
func (s *Store) NextNumber(ctx context.Context, kind program.MatterKind, year int) (int, error) {
	n := 0
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlNextNumber, func(r row) error { n = int(r.int(0)); return nil }, string(kind), year)
	})
	if err != nil {
		return 0, fmt.Errorf("count matters: %w", err)
	}
	return n, nil
}

// Changes gives the history of a matter, the earliest first.
func (s *Store) Changes(ctx context.Context, matter string) ([]program.Change, error) {
	var all []program.Change
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlChanges, func(r row) error {
			all = append(all, program.Change{ID: r.str(0), At: r.time(1, s.zone), By: r.str(2), Was: r.str(3), Now: r.str(4)})
			return nil
		}, matter)
	})
	if err != nil {
		return nil, fmt.Errorf("read the history of a matter: %w", err)
	}
	return all, nil
}

// MatterReports gives the standing reports that opened a matter or moved it on, in the order in which
// they were saved. One that cannot be opened is left out, with an error in the log.
func (s *Store) MatterReports(ctx context.Context, matter string) ([]program.Report, error) {
	if matter == "" {
		return nil, nil
	}
	var all []program.Report
	err := s.Reports(ctx, ReportFilter{Matter: matter}, func(r program.Report) error { all = append(all, r); return nil })
	if errors.Is(err, ErrUnreadable) {
		s.log.ErrorContext(ctx, "reports of a matter cannot be opened; they are left out", "matter", matter, "error", err)
		err = nil
	}
	if err != nil {
		return nil, fmt.Errorf("read the reports of a matter: %w", err)
	}
	return all, nil
}

// matter reads a row of matterColumns.
func (s *Store) matter(r row) program.Matter {
	m := program.Matter{
		ID: r.str(0), Kind: program.MatterKind(r.str(1)), Year: int(r.int(2)), Number: int(r.int(3)), Participant: r.str(4),
		Owner: r.str(5), Author: r.str(6), Status: r.str(7), Day: program.Date(r.str(8)),
		OpenedAt: r.time(10, s.zone), ChangedAt: r.time(11, s.zone), Rev: int(r.int(12)), Last: r.str(13),
	}
	if !r.null(9) {
		m.Due = r.time(9, s.zone)
	}
	fields, err := s.fields(m, r.blob(14), r.blob(15))
	if err != nil {
		s.log.Error("the fields of a matter cannot be opened", "kind", m.Kind, "id", m.ID, "error", err)
		return m
	}
	m.Fields = fields
	return m
}

// fields opens a matter's fields; wrapped is the participant's own key.
func (s *Store) fields(m program.Matter, sealed, wrapped []byte) (program.Fields, error) {
	var key sealer = s.vault
	if m.Participant != "" {
		var err error
		if key, err = s.vault.Unwrap(wrapped, bindKey(m.Participant)); err != nil {
			return nil, err
		}
	}
	plain, err := key.Open(sealed, bindFields(m.ID))
	if err != nil {
		return nil, err
	}
	var f program.Fields
	if err := json.Unmarshal(plain, &f); err != nil {
		return nil, fmt.Errorf("read the fields: %w", err)
	}
	return f, nil
}

// sealedMove is a turn.Move with its fields sealed, and what the matter was before it.
type sealedMove struct {
	turn.Move
	fields, before []byte
}

// sealMoves seals what a turn makes of matters.
func (s *Store) sealMoves(c *conn, moves []turn.Move, keys keys) ([]sealedMove, error) {
	sealed := make([]sealedMove, 0, len(moves))
	for _, move := range moves {
		m := move.Matter
		key, err := keys.of(c, m.Participant)
		if err != nil {
			return nil, fmt.Errorf("find the key of participant %s: %w", m.Participant, err)
		}
		plain, err := json.Marshal(m.Fields)
		if err != nil {
			return nil, fmt.Errorf("write down a matter: %w", err)
		}
		one := sealedMove{Move: move}
		if one.fields, err = key.Seal(plain, bindFields(m.ID)); err != nil {
			return nil, fmt.Errorf("seal a matter: %w", err)
		}
		if m.Rev > 0 {
			if one.before, err = s.sealBefore(c, m.ID, move.Change.ID, key); err != nil {
				return nil, err
			}
		}
		sealed = append(sealed, one)
	}
	return sealed, nil
}

// sealBefore seals what a matter is now, so that its next change can be taken back.
func (s *Store) sealBefore(c *conn, id, change string, key sealer) ([]byte, error) {
	var was program.Matter
	if err := c.query(sqlMatter, func(r row) error { was = s.matter(r); return nil }, id); err != nil {
		return nil, err
	}
	plain, err := json.Marshal(was)
	if err != nil {
		return nil, fmt.Errorf("write down what a matter was: %w", err)
	}
	sealed, err := key.Seal(plain, bindBefore(change))
	if err != nil {
		return nil, fmt.Errorf("seal what a matter was: %w", err)
	}
	return sealed, nil
}

// store is its part of the transaction. A change that is on record changes nothing more; one of a
// matter that somebody else has moved on, or of a number that is taken, is an ErrConflict.
func (m *sealedMove) store(c *conn) error {
	there := false
	if err := c.query(sqlChanged, func(row) error { there = true; return nil }, m.Change.ID); err != nil || there {
		return err
	}
	one, at := m.Matter, m.Change.At.UnixMilli()
	var n int64
	var err error
	if one.Rev == 0 {
		n, err = c.exec(sqlOpenMatter, one.ID, string(one.Kind), one.Year, one.Number, text(one.Participant), text(one.Owner), one.Author,
			one.Status, text(string(one.Day)), instant(one.Due), at, one.Ended(), m.Change.ID, m.fields)
	} else {
		n, err = c.exec(sqlMoveMatter, one.ID, one.Rev, text(one.Participant), text(one.Owner), one.Status, text(string(one.Day)),
			instant(one.Due), at, one.Ended(), m.Change.ID, m.fields)
	}
	if err != nil {
		return err
	}
	if n == 0 {
		return turn.ErrConflict
	}
	if _, err := c.exec(sqlMatterChange, m.Change.ID, one.ID, one.Rev+1, at, m.Change.By, m.Change.Was, m.Change.Now, blob(m.before)); err != nil {
		return err
	}
	_, err = c.exec(sqlBeforeLess, one.ID, m.Change.ID)
	return err
}

const (
	sqlUndoable = `SELECT c.matter, c.rev, c.before, m.rev, m.last, m.participant, p.wrapped FROM matter_change c
		JOIN matter m ON m.id = c.matter LEFT JOIN participant p ON p.code = m.participant WHERE c.id = $1`
	sqlDropChanges = `DELETE FROM matter_change WHERE matter = $1`
	sqlDropChange  = `DELETE FROM matter_change WHERE id = $1`
	sqlDropPlaces  = `DELETE FROM attendance WHERE session = $1`
	sqlDropRatings = `DELETE FROM rating WHERE session = $1`
	sqlDropMatter  = `DELETE FROM matter WHERE id = $1`
	sqlMatterAsWas = `UPDATE matter SET participant = $2, owner = $3, status = $4, day = $5, due = $6, changed_at = $7, ended = $8,
		rev = rev + 1, last = $9, fields = $10 WHERE id = $1`
)

// ErrMovedOn says that something came after what is to be taken back.
var errMovedOn = errors.New("something came after it")

// sqlBrought are the changes that a report has brought about: of its own matter, and of others, whose
// changes are named after it ("report.next").
const sqlBrought = `SELECT id FROM matter_change WHERE id = $1 OR substr(id, 1, length($1) + 1) = $1 || '.' ORDER BY id DESC`

// takeBackAll makes every matter that a report has changed what it was before.
func (s *Store) takeBackAll(c *conn, report string, at int64) error {
	var changes []string
	if err := c.query(sqlBrought, func(r row) error { changes = append(changes, r.str(0)); return nil }, report); err != nil {
		return err
	}
	for _, change := range changes {
		if err := s.takeBack(c, change, at); err != nil {
			return err
		}
	}
	return nil
}

// takeBack makes a matter what it was before a change; nothing when the change moved no matter, and
// an ErrConflict when another change came after it.
func (s *Store) takeBack(c *conn, change string, at int64) error {
	var was program.Matter
	var id string
	var key sealer = s.vault
	found, opening := false, false
	err := c.query(sqlUndoable, func(r row) error {
		found, id, opening = true, r.str(0), r.int(1) == 1
		if r.str(4) != change || !opening && r.null(2) {
			return fmt.Errorf("%w: %w", turn.ErrConflict, errMovedOn)
		}
		if opening {
			return nil
		}
		if !r.null(5) {
			var err error
			if key, err = s.vault.Unwrap(r.blob(6), bindKey(r.str(5))); err != nil {
				return err
			}
		}
		plain, err := key.Open(r.blob(2), bindBefore(change))
		if err != nil {
			return err
		}
		return json.Unmarshal(plain, &was)
	}, change)
	if err != nil || !found {
		return err
	}
	if opening {
		return dropMatter(c, id)
	}
	return s.putBack(c, was, change, key, at)
}

// putBack writes what a matter was.
func (s *Store) putBack(c *conn, was program.Matter, change string, key sealer, at int64) error {
	plain, err := json.Marshal(was.Fields)
	if err != nil {
		return fmt.Errorf("write down a matter: %w", err)
	}
	sealed, err := key.Seal(plain, bindFields(was.ID))
	if err != nil {
		return fmt.Errorf("seal a matter: %w", err)
	}
	if _, err := c.exec(sqlMatterAsWas, was.ID, text(was.Participant), text(was.Owner), was.Status, text(string(was.Day)), instant(was.Due),
		at, was.Ended(), was.Last, sealed); err != nil {
		return err
	}
	_, err = c.exec(sqlDropChange, change)
	return err
}

// dropMatter takes a matter off the records, with its history and who attended it.
func dropMatter(c *conn, id string) error {
	for _, text := range []string{sqlDropChanges, sqlDropPlaces, sqlDropRatings, sqlDropMatter} {
		if _, err := c.exec(text, id); err != nil {
			return err
		}
	}
	return nil
}
