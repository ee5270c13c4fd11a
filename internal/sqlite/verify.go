package sqlite

import (
	"context"
	"errors"
	"fmt"
)

// FlawKind says what is wrong with a row.
type FlawKind string

// The kinds of flaws.
const (
	Changed    FlawKind = "changed"    // a line of the audit is not as it was written
	Missing    FlawKind = "missing"    // a line of the audit is gone
	Cut        FlawKind = "cut"        // the audit does not end where it ended
	Unreadable FlawKind = "unreadable" // what is sealed cannot be opened: changed, moved, or of another key
	Damaged    FlawKind = "damaged"    // the file itself
)

// Flaw is one thing that verifying found: where it stands, never what stands there.
type Flaw struct {
	Kind  FlawKind
	Table string
	Row   string // an id or a number; for Damaged, what SQLite says
}

// Proof is what verifying looked at, and what it found.
type Proof struct {
	Audit, People, Participants, Reports int
	Flaws                                []Flaw
}

const (
	sqlSnapshot    = `BEGIN`
	sqlIntegrity   = `PRAGMA integrity_check`
	sqlForeign     = `PRAGMA foreign_key_check`
	sqlProveStaff  = `SELECT id, name FROM person WHERE name IS NOT NULL ORDER BY id`
	sqlProveHer    = `SELECT code, wrapped, alias FROM participant ORDER BY code`
	sqlProveChat   = `SELECT key, sealed, owner FROM chat ORDER BY owner`
	sqlProveReport = `SELECT r.id, r.answers, r.source, t.code, t.wrapped FROM report r
		LEFT JOIN participant t ON t.code = r.participant ORDER BY r.seq`
)

// Verify looks through the whole database: whether the file is sound, whether the audit is the
// chain that was written, and whether everything that is sealed opens. Its time grows with the
// number of reports; meanwhile the database can be used.
func (s *Store) Verify(ctx context.Context) (Proof, error) {
	var p Proof
	found := func(f Flaw) { p.Flaws = append(p.Flaws, f) }
	err := s.read(ctx, func(c *conn) error {
		for _, look := range []func(*conn, *Proof, func(Flaw)) error{s.proveFile, s.proveAudit, s.provePeople, s.proveReports} {
			if err := look(c, &p, found); err != nil {
				return err
			}
			if err := ctx.Err(); err != nil {
				return err
			}
		}
		return nil
	})
	if err != nil {
		return p, fmt.Errorf("verify the database: %w", err)
	}
	return p, nil
}

func (s *Store) proveFile(c *conn, _ *Proof, found func(Flaw)) error {
	err := c.query(sqlIntegrity, func(r row) error {
		if r.str(0) != "ok" {
			found(Flaw{Kind: Damaged, Table: "database", Row: r.str(0)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return c.query(sqlForeign, func(r row) error {
		found(Flaw{Kind: Damaged, Table: r.str(0), Row: fmt.Sprint(r.int(1))})
		return nil
	})
}

// proveAudit reads lines and end as they were at one moment: others may be adding to them.
func (s *Store) proveAudit(c *conn, p *Proof, found func(Flaw)) (err error) {
	if _, err := c.exec(sqlSnapshot); err != nil {
		return err
	}
	defer func() {
		_, ended := c.exec(sqlRollback) // nothing was written
		err = errors.Join(err, ended)
	}()
	p.Audit, err = chain{s.vault}.verify(c, found)
	return err
}

func (s *Store) provePeople(c *conn, p *Proof, found func(Flaw)) error {
	opens := func(table, id string, err error) {
		if err != nil {
			found(Flaw{Kind: Unreadable, Table: table, Row: id})
		}
	}
	err := c.query(sqlProveStaff, func(r row) error {
		_, err := s.vault.Open(r.blob(1), bindName(r.str(0)))
		opens("person", r.str(0), err)
		p.People++
		return nil
	})
	if err != nil {
		return err
	}
	err = c.query(sqlProveHer, func(r row) error {
		_, err := s.alias(r.str(0), r.blob(1), r.blob(2))
		opens("participant", r.str(0), err)
		p.Participants++
		return nil
	})
	if err != nil {
		return err
	}
	return c.query(sqlProveChat, func(r row) error {
		_, err := s.openChat(r.str(0), r.blob(1))
		opens("chat", r.str(2), err)
		return nil
	})
}

func (s *Store) proveReports(c *conn, p *Proof, found func(Flaw)) error {
	return c.query(sqlProveReport, func(r row) error {
		p.Reports++
		if err := s.proveReport(r); err != nil {
			found(Flaw{Kind: Unreadable, Table: "report", Row: r.str(0)})
		}
		return nil
	})
}

func (s *Store) proveReport(r row) error {
	var key sealer = s.vault
	if !r.null(3) {
		hers, err := s.vault.Unwrap(r.blob(4), bindKey(r.str(3)))
		if err != nil {
			return err
		}
		key = hers
	}
	if _, err := key.Open(r.blob(1), bindAnswers(r.str(0))); err != nil {
		return err
	}
	if r.null(2) {
		return nil
	}
	_, err := key.Open(r.blob(2), bindSource(r.str(0)))
	return err
}
