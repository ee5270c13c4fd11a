package records

import (
	"context"
	"encoding/json"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/vault"
)

const (
	sqlAudit = `INSERT INTO audit (seq, at, actor, action, subject, reason, link) VALUES ($1, $2, $3, $4, $5, $6, $7)
		ON CONFLICT (at, actor, action, subject) DO NOTHING`
	auditColumns = `SELECT at, actor, action, subject, reason FROM audit `
	sqlAudits    = auditColumns + `ORDER BY seq DESC LIMIT $1`
	sqlAuditEnd  = `SELECT seq, link FROM audit ORDER BY seq DESC LIMIT 1`
	sqlChain     = `SELECT seq, at, actor, action, subject, reason, link FROM audit ORDER BY seq LIMIT $1`
	sqlSetEnd    = `INSERT INTO meta (name, value) VALUES ($1, $2) ON CONFLICT (name) DO UPDATE SET value = excluded.value`

	// Who asks about her asks about reports of hers too, and about the whole of a kind of which
	// there are some.
	sqlAccess = auditColumns + `WHERE at >= $2 AND action IN (SELECT value FROM json_each($3))
		AND (subject IN ($1, '*') OR subject IN (SELECT id FROM report WHERE participant = $1 UNION SELECT flow FROM report WHERE participant = $1))
		ORDER BY seq DESC`
	sqlOpened = auditColumns + `WHERE at >= $1 AND at < $2 AND action IN (SELECT value FROM json_each($3)) ORDER BY seq`

	sqlAge = `DELETE FROM audit WHERE seq <= $1`
)

// The ends of the chain, as meta names them.
const (
	auditHead = "audit.head" // the last line
	auditBase = "audit.base" // the last of those that were deleted for their age
)

// auditLine is a line as it is stored.
type auditLine struct {
	seq, at                              int64
	actor, action, subject, reason, link string
}

// lineOf reads a row of sqlChain.
func lineOf(r row) auditLine {
	return auditLine{r.int(0), r.int(1), r.str(2), r.str(3), r.str(4), r.str(5), r.str(6)}
}

// chain ties the lines of the audit together with keyed hashes, so that whoever can write to
// the database file, but has no key, cannot change what it says about the past unnoticed.
// What it cannot show is that a whole older copy of the file was put back.
type chain struct{ vault *vault.Vault }

// link is the keyed hash of a line and of the link before it. Lengths stand before the words,
// so that no two lines run together alike. A reason is a part of it when there is one: a line
// without is what it was before there were reasons.
func (h chain) link(before string, l *auditLine) string {
	var b strings.Builder
	b.WriteString(before)
	for _, n := range []int64{l.seq, l.at} {
		b.WriteString(" " + strconv.FormatInt(n, 10))
	}
	words := []string{l.actor, l.action, l.subject}
	if l.reason != "" {
		words = append(words, l.reason)
	}
	for _, w := range words {
		b.WriteString(" " + strconv.Itoa(len(w)) + " " + w)
	}
	return h.vault.Lookup("audit", b.String())
}

// end is how meta tells where the chain begins or ends, with a hash that only the key can make.
func (h chain) end(name string, seq int64, link string) string {
	end := strconv.FormatInt(seq, 10) + " " + link
	return end + " " + h.vault.Lookup(name, end)
}

// setEnd notes where the chain begins or ends.
func (h chain) setEnd(c *conn, name string, seq int64, link string) error {
	_, err := c.exec(sqlSetEnd, name, []byte(h.end(name, seq, link)))
	return err
}

// told gives what meta tells of an end of the chain; nothing when it tells nothing. It is good when
// the key made it.
func (h chain) told(c *conn, name string) (seq int64, link string, good bool, err error) {
	said := ""
	if err = c.query(sqlReadMeta, func(r row) error { said = string(r.blob(0)); return nil }, name); err != nil || said == "" {
		return 0, "", true, err
	}
	n, rest, _ := strings.Cut(said, " ")
	link, _, _ = strings.Cut(rest, " ")
	if seq, err = strconv.ParseInt(n, 10, 64); err != nil {
		return 0, "", false, nil //nolint:nilerr // what cannot be read is not good
	}
	return seq, link, h.end(name, seq, link) == said, nil
}

// last gives the line that the next one follows on, and whether the head may name that one then.
// Where the end was cut off, the next one follows on what the head names, and the gap stays to be
// seen; where the head is not what it was, it is left so, for the same reason.
func (h chain) last(c *conn) (seq int64, link string, sound bool, err error) {
	if err = c.query(sqlAuditEnd, func(r row) error { seq, link = r.int(0), r.str(1); return nil }); err != nil {
		return 0, "", false, err
	}
	if seq == 0 { // there is no line, or none any more
		if seq, link, _, err = h.told(c, auditBase); err != nil {
			return 0, "", false, err
		}
	}
	headSeq, headLink, good, err := h.told(c, auditHead)
	if good && headSeq > seq {
		return headSeq, headLink, true, err
	}
	return seq, link, good && headSeq == seq && headLink == link, err
}

// extend adds lines to the chain; one that is there already stays as it is.
func (h chain) extend(c *conn, lines []program.Audit) error {
	if len(lines) == 0 {
		return nil
	}
	seq, last, sound, err := h.last(c)
	if err != nil {
		return err
	}
	for _, a := range lines {
		if !a.Reason.Known() {
			return fmt.Errorf("the reason for %s is none of those there are", a.Action)
		}
		l := auditLine{seq + 1, a.At.UnixMilli(), a.Actor, a.Action, a.Subject, string(a.Reason), ""}
		l.link = h.link(last, &l)
		n, err := c.exec(sqlAudit, l.seq, l.at, l.actor, l.action, l.subject, l.reason, l.link)
		if err != nil {
			return err
		}
		if n > 0 {
			seq, last = l.seq, l.link
		}
	}
	if !sound {
		return nil
	}
	return h.setEnd(c, auditHead, seq, last)
}

// age deletes lines older than an instant, at most so many, and says how many. It goes from the
// beginning to the first line that is young enough, so that a clock that was wrong once takes
// nothing away; or to the first that is not as it was written: whoever changes a line to look old
// must not have it deleted by us. The base names the last one that went.
func (h chain) age(c *conn, before, most int64) (int64, error) {
	first, link, good, err := h.told(c, auditBase)
	if err != nil || !good {
		return 0, err
	}
	seq, old := first, true
	err = c.query(sqlChain, func(r row) error {
		l := lineOf(r)
		old = old && l.seq == seq+1 && l.at < before && l.link == h.link(link, &l)
		if old {
			seq, link = l.seq, l.link
		}
		return nil
	}, most)
	if err != nil || seq == first {
		return 0, err
	}
	if err := h.setEnd(c, auditBase, seq, link); err != nil {
		return 0, err
	}
	return c.exec(sqlAge, seq)
}

// verify follows the chain from its beginning and tells what does not hold. It goes on after a
// flaw, so that one changed line is one finding and not all that follow it.
func (h chain) verify(c *conn, found func(Flaw)) (lines int, err error) {
	seq, last, good, err := h.told(c, auditBase)
	if err != nil {
		return 0, err
	}
	if !good {
		found(Flaw{Kind: Cut, Table: "audit", Row: span(seq, seq)})
	}
	err = c.query(sqlChain, func(r row) error {
		lines++
		l := lineOf(r)
		n := l.seq
		if n <= seq { // it was put in where the lines are gone for their age
			found(Flaw{Kind: Changed, Table: "audit", Row: span(n, n)})
			return nil
		}
		if n > seq+1 {
			found(Flaw{Kind: Missing, Table: "audit", Row: span(seq+1, n-1)})
		}
		// Behind a gap a line's own link cannot be checked, since the one before it is gone.
		if n == seq+1 && l.link != h.link(last, &l) {
			found(Flaw{Kind: Changed, Table: "audit", Row: span(n, n)})
		}
		seq, last = n, l.link
		return nil
	}, everyRow)
	if err != nil {
		return lines, err
	}
	head := ""
	if err := c.query(sqlReadMeta, func(r row) error { head = string(r.blob(0)); return nil }, auditHead); err != nil {
		return lines, err
	}
	if want := h.end(auditHead, seq, last); head != want && (head != "" || seq > 0) {
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
	all, err := s.audits(ctx, sqlAudits, limit)
	if err != nil {
		return nil, fmt.Errorf("read the audit: %w", err)
	}
	return all, nil
}

// AccessLog gives who has opened data about a participant since an instant (program.ReadDeeds), the
// newest first: hers alone, a kind of report of which she has some, or everybody's. It is what she
// is told when she asks who has seen her data.
func (s *Store) AccessLog(ctx context.Context, code string, since time.Time) ([]program.Audit, error) {
	deeds, err := json.Marshal(program.ReadDeeds())
	if err != nil {
		return nil, fmt.Errorf("name the deeds that read: %w", err)
	}
	all, err := s.audits(ctx, sqlAccess, code, since.UnixMilli(), string(deeds))
	if err != nil {
		return nil, fmt.Errorf("read who has opened the data of %s: %w", code, err)
	}
	return all, nil
}

// Opened gives who has opened data about participants from one instant to before another, in the
// order in which it was done: for the weekly digest.
func (s *Store) Opened(ctx context.Context, from, to time.Time) ([]program.Audit, error) {
	deeds, err := json.Marshal(program.ReadDeeds())
	if err != nil {
		return nil, fmt.Errorf("name the deeds that read: %w", err)
	}
	all, err := s.audits(ctx, sqlOpened, from.UnixMilli(), to.UnixMilli(), string(deeds))
	if err != nil {
		return nil, fmt.Errorf("read what was opened: %w", err)
	}
	return all, nil
}

func (s *Store) audits(ctx context.Context, text string, args ...any) ([]program.Audit, error) {
	var all []program.Audit
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			all = append(all, program.Audit{
				At: r.time(0, s.zone), Actor: r.str(1), Action: r.str(2), Subject: r.str(3), Reason: program.Reason(r.str(4)),
			})
			return nil
		}, args...)
	})
	return all, err
}
