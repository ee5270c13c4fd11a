package sqlite

import (
	"context"
	"fmt"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/vault"
)

const (
	sqlAudit = `INSERT INTO audit (seq, at, actor, action, subject, link) VALUES ($1, $2, $3, $4, $5, $6)
		ON CONFLICT (at, actor, action, subject) DO NOTHING`
	sqlAudits   = `SELECT at, actor, action, subject FROM audit ORDER BY seq DESC LIMIT $1`
	sqlAuditEnd = `SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1`
	sqlChain    = `SELECT seq, at, actor, action, subject, link FROM audit ORDER BY seq`
	sqlSetHead  = `INSERT INTO meta (name, value) VALUES ('audit.head', $1)
		ON CONFLICT (name) DO UPDATE SET value = excluded.value`
	sqlHead = `SELECT value FROM meta WHERE name = 'audit.head'`
)

// chain ties the lines of the audit together with keyed hashes, so that whoever can write to
// the database file, but has no key, cannot change what it says about the past unnoticed.
// What it cannot show is that a whole older copy of the file was put back.
type chain struct{ vault *vault.Vault }

// link is the keyed hash of a line and of the link before it. Lengths stand before the words,
// so that no two lines run together alike.
func (h chain) link(before string, seq, at int64, words ...string) string {
	var b strings.Builder
	b.WriteString(before)
	for _, n := range []int64{seq, at} {
		b.WriteString(" " + strconv.FormatInt(n, 10))
	}
	for _, w := range words {
		b.WriteString(" " + strconv.Itoa(len(w)) + " " + w)
	}
	return h.vault.Lookup("audit", b.String())
}

// head is how meta tells where the chain ends, with a hash that only the key can make.
func (h chain) head(seq int64, link string) string {
	end := strconv.FormatInt(seq, 10) + " " + link
	return end + " " + h.vault.Lookup("audit.head", end)
}

// extend adds lines to the chain; one that is there already stays as it is.
func (h chain) extend(c *conn, lines []program.Audit) error {
	if len(lines) == 0 {
		return nil
	}
	var seq int64
	var last string
	if err := c.query(sqlAuditEnd, func(r row) error { seq, last = r.int(0), r.str(1); return nil }); err != nil {
		return err
	}
	for _, a := range lines {
		at := a.At.UnixMilli()
		next := h.link(last, seq+1, at, a.Actor, a.Action, a.Subject)
		n, err := c.exec(sqlAudit, seq+1, at, a.Actor, a.Action, a.Subject, next)
		if err != nil {
			return err
		}
		if n > 0 {
			seq, last = seq+1, next
		}
	}
	_, err := c.exec(sqlSetHead, []byte(h.head(seq, last)))
	return err
}

// verify follows the chain from its beginning and tells what does not hold. It goes on after a
// flaw, so that one changed line is one finding and not all that follow it.
func (h chain) verify(c *conn, found func(Flaw)) (lines int, err error) {
	var seq int64
	var last string
	err = c.query(sqlChain, func(r row) error {
		n := r.int(0)
		if n > seq+1 {
			found(Flaw{Kind: Missing, Table: "audit", Row: span(seq+1, n-1)})
		}
		// Behind a gap a line's own link cannot be checked, since the one before it is gone.
		if n == seq+1 && r.str(5) != h.link(last, n, r.int(1), r.str(2), r.str(3), r.str(4)) {
			found(Flaw{Kind: Changed, Table: "audit", Row: span(n, n)})
		}
		seq, last = n, r.str(5)
		lines++
		return nil
	})
	if err != nil {
		return lines, err
	}
	head := ""
	if err := c.query(sqlHead, func(r row) error { head = string(r.blob(0)); return nil }); err != nil {
		return lines, err
	}
	if want := h.head(seq, last); head != want && (head != "" || lines > 0) {
		found(Flaw{Kind: Cut, Table: "audit", Row: span(seq, seq)})
	}
	return lines, nil
}

// span names lines by their numbers.
func span(first, last int64) string {
	if first == last {
		return strconv.FormatInt(first, 10)
	}
	return strconv.FormatInt(first, 10) + "-" + strconv.FormatInt(last, 10)
}

// Audits gives the newest lines of the audit, the newest first.
func (s *Store) Audits(ctx context.Context, limit int) ([]program.Audit, error) {
	var all []program.Audit
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlAudits, func(r row) error {
			all = append(all, program.Audit{
				At: r.time(0, s.zone), Actor: r.str(1), Action: r.str(2), Subject: r.str(3),
			})
			return nil
		}, limit)
	})
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	return all, nil
}
