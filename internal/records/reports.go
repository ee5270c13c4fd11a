package records

import (
	"context"
	"errors"
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// The flows that the records know by name: the reports of Visit tell when a participant was last
// seen, and those of Trade are kept longer than others, as are those of a capital, which Capital is
// the pattern of.
const (
	Visit   = "kunjungan"
	Trade   = "usaha"
	Capital = "modal_%"
)

// NotMet is the result of a visit on which she was not there: it does not tell when she was last seen.
const NotMet = "tidak_bertemu"

const (
	sqlWrapped      = `SELECT wrapped FROM participant WHERE code = $1`
	sqlInsertReport = `INSERT INTO report
		(id, flow, flow_version, participant, author, occurred_on, created_at, answers, source, matter)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (id) DO NOTHING`
	sqlInsertFact = `INSERT INTO fact (report, n, field, number, code) VALUES ($1, $2, $3, $4, $5)`
	sqlSeen       = `UPDATE participant SET last_seen = $2
		WHERE code = $1 AND (last_seen IS NULL OR last_seen < $2) RETURNING companion`
	sqlUndo = `UPDATE report SET undone_at = $3, undone_by = $2
		WHERE id = $1 AND author = $2 AND undone_at IS NULL AND emptied_at IS NULL`
	sqlUndone = `SELECT 1 FROM report WHERE id = $1 AND author = $2 AND undone_at IS NOT NULL`
	sqlUnsee  = `UPDATE participant SET last_seen = (SELECT MAX(day) FROM (
			SELECT seen_before AS day FROM participant p WHERE p.code = participant.code
			UNION ALL
			SELECT MAX(occurred_on) AS day FROM report r
			WHERE r.participant = participant.code AND r.flow = $2 AND r.undone_at IS NULL
			AND NOT EXISTS (SELECT 1 FROM fact f WHERE f.report = r.id AND f.field = 'hasil' AND f.code = '` + NotMet + `')) days)
		WHERE code = (SELECT participant FROM report WHERE id = $1 AND flow = $2)`
)

type sealedReport struct {
	*program.Report
	answers, source []byte
}

// met reports whether a visit's facts say that she was there, or nothing of it.
func met(facts []program.Fact) bool {
	return !slices.ContainsFunc(facts, func(f program.Fact) bool { return f.Field == "hasil" && f.Code == NotMet })
}

// sealer is what a participant's key and the vault have in common.
type sealer interface {
	Seal(plain, bind []byte) ([]byte, error)
	Open(sealed, bind []byte) ([]byte, error)
}

// keyOf gives what seals reports about a participant: her own key, or the institution's
// when a report is about nobody.
func (s *Store) keyOf(c *conn, code string) (sealer, error) {
	if code == "" {
		return s.vault, nil
	}
	var wrapped []byte
	if err := c.query(sqlWrapped, func(r row) error { wrapped = r.blob(0); return nil }, code); err != nil {
		return nil, err
	}
	if wrapped == nil {
		return nil, turn.ErrNotFound
	}
	key, err := s.vault.Unwrap(wrapped, bindKey(code))
	return key, err
}

// sealReports seals reports; keys knows those of women who are put on record with the same turn.
func (s *Store) sealReports(ctx context.Context, reports []program.Report, keys keys) ([]sealedReport, error) {
	if len(reports) == 0 {
		return nil, nil
	}
	sealed := make([]sealedReport, 0, len(reports))
	err := s.read(ctx, func(c *conn) error {
		for i := range reports {
			r := &reports[i]
			key, err := keys.of(c, r.Participant)
			if err != nil {
				return fmt.Errorf("find the key of participant %s: %w", r.Participant, err)
			}
			one := sealedReport{Report: r}
			if one.answers, err = key.Seal(r.Answers, bindAnswers(r.ID)); err != nil {
				return fmt.Errorf("seal report %s: %w", r.ID, err)
			}
			if r.Source != "" {
				if one.source, err = key.Seal([]byte(r.Source), bindSource(r.ID)); err != nil {
					return fmt.Errorf("seal report %s: %w", r.ID, err)
				}
			}
			sealed = append(sealed, one)
		}
		return nil
	})
	return sealed, err
}

func (r *sealedReport) store(c *conn) error {
	n, err := c.exec(sqlInsertReport, r.ID, r.Flow, r.FlowVersion, text(r.Participant), r.Author,
		string(r.OccurredOn), r.CreatedAt.UnixMilli(), r.answers, blob(r.source), text(r.Matter))
	if err != nil || n == 0 {
		return err
	}
	for i, f := range r.Facts {
		var number any
		if f.Number != nil {
			number = *f.Number
		}
		if _, err := c.exec(sqlInsertFact, r.ID, i, f.Field, number, text(f.Code)); err != nil {
			return err
		}
	}
	if r.Flow == Visit && r.Participant != "" && r.OccurredOn != "" && met(r.Facts) {
		err = c.query(sqlSeen, func(companion row) error {
			c.changed = true
			c.stale.caseloads = append(c.stale.caseloads, companion.str(0))
			return nil
		}, r.Participant, string(r.OccurredOn))
	}
	return err
}

// undo takes a report back, and with it what it has made of a matter and of her way.
func (s *Store) undo(c *conn, u turn.Undo) error {
	n, err := c.exec(sqlUndo, u.Report, u.By, u.At.UnixMilli())
	if err != nil {
		return err
	}
	if n > 0 {
		if _, err = c.exec(sqlUnsee, u.Report, Visit); err != nil {
			return err
		}
		if _, err = c.exec(sqlUnchoose, u.Report, Choice); err != nil {
			return err
		}
		if err := takeStageBack(c, u.Report); err != nil {
			return err
		}
		if err := s.takeBackAll(c, u.Report, u.At.UnixMilli()); err != nil {
			return err
		}
		return takeHerBack(c, u.Report, u.At.UnixMilli())
	}
	found := false
	if err := c.query(sqlUndone, func(row) error { found = true; return nil }, u.Report, u.By); err != nil {
		return err
	}
	if !found {
		return turn.ErrNotFound
	}
	return nil
}

// ReportFilter chooses reports; empty fields choose all.
type ReportFilter struct {
	Flow        string
	Author      string
	Participant string
	Matter      string       // the id of the matter that it opened or moved on
	Since       program.Date // occurred on this day or later
	Until       program.Date // occurred on this day or earlier
	WithUndone  bool         // also those that were taken back
}

const (
	reportColumns = `r.seq, r.id, r.flow, r.flow_version, r.participant, r.author, r.occurred_on, r.created_at,
		r.answers, r.source, r.undone_at, p.wrapped, r.matter`
	sqlReports = `SELECT ` + reportColumns + ` FROM report r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.seq > $1 AND r.emptied_at IS NULL AND ($2 = '' OR r.flow = $2) AND ($3 = '' OR r.author = $3)
		AND ($4 = '' OR r.participant = $4) AND ($5 = '' OR r.occurred_on >= $5)
		AND ($6 = '' OR r.occurred_on <= $6) AND ($7 = 1 OR r.undone_at IS NULL) AND ($8 = '' OR r.matter = $8)
		ORDER BY r.seq LIMIT $9`
	sqlReport = `SELECT ` + reportColumns + ` FROM report r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.id = $1 AND r.emptied_at IS NULL`
	sqlLatestAbout = `SELECT ` + reportColumns + ` FROM report r LEFT JOIN participant p ON p.code = r.participant
		WHERE r.participant = $1 AND r.participant <> '' AND r.emptied_at IS NULL AND r.undone_at IS NULL AND r.matter IS NULL
		ORDER BY r.occurred_on DESC, r.seq DESC LIMIT $2`
	sqlFacts = `SELECT field, number, code FROM fact WHERE report = $1 ORDER BY n`
	sqlCount = `SELECT COUNT(*) FROM report
		WHERE author = $1 AND flow = $2 AND occurred_on BETWEEN $3 AND $4 AND undone_at IS NULL
		AND id <> $5`
	sqlCountAll = `SELECT COUNT(*) FROM report
		WHERE flow = $1 AND occurred_on BETWEEN $2 AND $3 AND undone_at IS NULL`
	sqlLastNumbers = `SELECT f.number FROM report r JOIN fact f ON f.report = r.id
		WHERE r.participant = $1 AND r.flow = $2 AND f.field = $3 AND f.number IS NOT NULL AND r.undone_at IS NULL
		ORDER BY r.occurred_on DESC, r.seq DESC LIMIT $4`
)

// ErrUnreadable says that reports could not be opened; all the others were given.
var ErrUnreadable = errors.New("some reports cannot be opened")

// Reports gives every report that the filter chooses to f, opened, in the order they were
// saved, a page at a time: no lock is held while f works. What cannot be opened is left
// out, and told at the end in an ErrUnreadable with its ids.
func (s *Store) Reports(ctx context.Context, filter ReportFilter, f func(program.Report) error) error {
	var unreadable []string
	err := s.chosen(ctx, sqlReports, filter, f, func(r row) (program.Report, bool) {
		report, err := s.report(r)
		if err != nil { // one that cannot be opened does not keep back the others
			unreadable = append(unreadable, r.str(1))
		}
		return report, err == nil
	})
	if err != nil {
		return fmt.Errorf("read the reports: %w", err)
	}
	if unreadable != nil {
		return fmt.Errorf("read the reports: %w: %v", ErrUnreadable, unreadable)
	}
	return nil
}

// chosen gives every report that the filter chooses to f, with its facts, a page at a time. The
// statement's first column is what it is ordered by; take makes a report of a row, unless it is
// to be left out.
func (s *Store) chosen(ctx context.Context, text string, filter ReportFilter, f func(program.Report) error, take func(row) (program.Report, bool)) error {
	page := make([]program.Report, 0, pageSize)
	for after, more := int64(0), true; more; {
		page = page[:0]
		n := 0
		err := s.read(ctx, func(c *conn) error {
			err := c.query(text, func(r row) error {
				n++
				after = r.int(0)
				if report, ok := take(r); ok {
					page = append(page, report)
				}
				return nil
			}, after, filter.Flow, filter.Author, filter.Participant, string(filter.Since), string(filter.Until),
				filter.WithUndone, filter.Matter, pageSize)
			if err != nil {
				return err
			}
			return s.facts(c, page)
		})
		if err != nil {
			return err
		}
		for _, r := range page {
			if err := f(r); err != nil {
				return err
			}
		}
		more = n == pageSize
	}
	return nil
}

// Report gives one report, undone or not; turn.ErrNotFound when there is none and
// vault.ErrSealed when it cannot be opened.
func (s *Store) Report(ctx context.Context, id string) (program.Report, error) {
	var found []program.Report
	err := s.read(ctx, func(c *conn) error {
		err := c.query(sqlReport, func(r row) error {
			report, err := s.report(r)
			found = append(found, report)
			return err
		}, id)
		if err == nil && found == nil {
			return turn.ErrNotFound
		}
		return errors.Join(err, s.facts(c, found))
	})
	if err != nil {
		return program.Report{}, fmt.Errorf("read report %s: %w", id, err)
	}
	return found[0], nil
}

// report opens one row of reportColumns; the facts are still to come.
func (s *Store) report(r row) (program.Report, error) {
	report := program.Report{
		ID: r.str(1), Flow: r.str(2), FlowVersion: int(r.int(3)), Participant: r.str(4), Author: r.str(5),
		OccurredOn: program.Date(r.str(6)), CreatedAt: r.time(7, s.zone), UndoneAt: r.time(10, s.zone), Matter: r.str(12),
	}
	var key sealer = s.vault
	var err error
	if report.Participant != "" {
		if key, err = s.vault.Unwrap(r.blob(11), bindKey(report.Participant)); err != nil {
			return report, err
		}
	}
	if report.Answers, err = key.Open(r.blob(8), bindAnswers(report.ID)); err != nil {
		return report, err
	}
	if r.null(9) {
		return report, nil
	}
	source, err := key.Open(r.blob(9), bindSource(report.ID))
	report.Source = string(source)
	return report, err
}

func (s *Store) facts(c *conn, reports []program.Report) error {
	for i := range reports {
		err := c.query(sqlFacts, func(r row) error {
			f := program.Fact{Field: r.str(0), Code: r.str(2)}
			if !r.null(1) {
				n := r.int(1)
				f.Number = &n
			}
			reports[i].Facts = append(reports[i].Facts, f)
			return nil
		}, reports[i].ID)
		if err != nil {
			return err
		}
	}
	return nil
}

// CountReports counts an author's standing reports of a flow that
// occurred from one day to another, both included, but for one report (none when empty).
func (s *Store) CountReports(ctx context.Context, author, flow string, from, to program.Date, but string) (int, error) {
	n := 0
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCount, func(r row) error { n = int(r.int(0)); return nil }, author, flow, string(from), string(to), but)
	})
	if err != nil {
		return 0, fmt.Errorf("count reports: %w", err)
	}
	return n, nil
}

// CountAllReports counts everybody's standing reports of a flow that occurred from one day to
// another, both included: for the board, who see figures and no reports.
func (s *Store) CountAllReports(ctx context.Context, flow string, from, to program.Date) (int, error) {
	n := 0
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlCountAll, func(r row) error { n = int(r.int(0)); return nil }, flow, string(from), string(to))
	})
	if err != nil {
		return 0, fmt.Errorf("count all reports: %w", err)
	}
	return n, nil
}

// LastNumbers gives the newest n numbers of a field in a participant's standing reports of
// a flow, the newest first.
func (s *Store) LastNumbers(ctx context.Context, participant, flow, field string, n int) ([]int64, error) {
	var numbers []int64
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlLastNumbers, func(r row) error {
			numbers = append(numbers, r.int(0))
			return nil
		}, participant, flow, field, n)
	})
	if err != nil {
		return nil, fmt.Errorf("read earlier numbers: %w", err)
	}
	return numbers, nil
}

var _ sealer = vault.PersonKey{}
