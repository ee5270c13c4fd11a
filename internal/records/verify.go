package records

import (
	"context"
	"fmt"
	"math"
	"slices"
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
	sqlProveHer = `SELECT p.code, p.wrapped, p.alias, c.sealed, t.sealed FROM participant p LEFT JOIN contact c ON c.code = p.code
		LEFT JOIN target t ON t.participant = p.code ORDER BY p.code`
	sqlProveReport = `SELECT ` + reportColumns + ` FROM report r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.emptied_at IS NULL ORDER BY r.seq`
	sqlProveMatter = `SELECT m.id, m.participant, m.fields, p.wrapped, c.id, c.before FROM matter m JOIN participant p ON p.code = m.participant
		LEFT JOIN matter_change c ON c.matter = m.id AND c.before IS NOT NULL ORDER BY m.id`
	everyRow = int64(math.MaxInt64)
)

// Verify looks through the whole database: whether the file is sound, whether the audit is the
// chain that was written, and whether everything that is sealed opens. Its time grows with the
// number of reports; meanwhile the database can be used.
func (s *Store) Verify(ctx context.Context) (Proof, error) {
	var p Proof
	found := func(f Flaw) {
		if !slices.Contains(p.Flaws, f) { // her key and what it seals are one flaw
			p.Flaws = append(p.Flaws, f)
		}
	}
	err := s.read(ctx, func(c *conn) error {
		for _, look := range []func(*conn, *Proof, func(Flaw)) error{s.proveFile, s.proveAudit, s.proveSealed, s.proveHers} {
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
	return c.link.sound(found)
}

// proveAudit reads lines and end as they were at one moment: others may be adding to them.
func (s *Store) proveAudit(c *conn, p *Proof, found func(Flaw)) error {
	return c.link.still(func() (err error) {
		p.Audit, err = chain{s.vault}.verify(c, found)
		return err
	})
}

// proveSealed opens whatever the institution's key has sealed.
func (s *Store) proveSealed(c *conn, p *Proof, found func(Flaw)) error {
	for _, col := range sealedColumns() {
		err := c.query(col.pick, func(r row) error {
			if _, flaw := col.open(s.vault, r); flaw != nil {
				found(*flaw)
			}
			if col.name == "person" {
				p.People++
			}
			return nil
		}, col.first, everyRow)
		if err != nil {
			return err
		}
	}
	return nil
}

// proveHers opens what participants' own keys have sealed, and reports about nobody with them.
func (s *Store) proveHers(c *conn, p *Proof, found func(Flaw)) error {
	err := c.query(sqlProveHer, func(r row) error {
		p.Participants++
		if _, err := s.alias(r.str(0), r.blob(1), r.blob(2)); err != nil {
			found(Flaw{Kind: Unreadable, Table: "participant", Row: r.str(0)})
			return nil //nolint:nilerr // told of
		}
		key, err := s.vault.Unwrap(r.blob(1), bindKey(r.str(0)))
		if err == nil {
			_, err = s.openContact(key, r.str(0), contactRow{sealed: r.blob(3)})
		}
		if err != nil {
			found(Flaw{Kind: Unreadable, Table: "contact", Row: r.str(0)})
			return nil //nolint:nilerr // told of
		}
		if r.null(4) {
			return nil
		}
		if _, err := key.Open(r.blob(4), bindTarget(r.str(0))); err != nil {
			found(Flaw{Kind: Unreadable, Table: "target", Row: r.str(0)})
		}
		return nil
	})
	if err != nil {
		return err
	}
	if err := s.proveMatters(c, found); err != nil {
		return err
	}
	return c.query(sqlProveReport, func(r row) error {
		p.Reports++
		if _, err := s.report(r); err != nil {
			found(Flaw{Kind: Unreadable, Table: "report", Row: r.str(1)})
		}
		return nil
	})
}

// proveMatters opens what is known of matters that are about participants.
func (s *Store) proveMatters(c *conn, found func(Flaw)) error {
	return c.query(sqlProveMatter, func(r row) error {
		key, err := s.vault.Unwrap(r.blob(3), bindKey(r.str(1)))
		if err == nil {
			_, err = key.Open(r.blob(2), bindFields(r.str(0)))
		}
		if err == nil && !r.null(4) {
			_, err = key.Open(r.blob(5), bindBefore(r.str(4)))
		}
		if err != nil {
			found(Flaw{Kind: Unreadable, Table: "matter", Row: r.str(0)})
		}
		return nil
	})
}
