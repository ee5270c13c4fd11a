package records

import (
	"encoding/json"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
)

const (
	// The status that a matter had at the end ($1) of the week: what the first change after it found.
	statusThen = `CASE WHEN m.changed_at < $1 THEN m.status ELSE
		COALESCE((SELECT c.was FROM matter_change c WHERE c.matter = m.id AND c.at >= $1 ORDER BY c.rev LIMIT 1), m.status) END`

	sqlWeekMatters = `SELECT m.kind, ` + statusThen + ` AS then_, COUNT(*), COUNT(CASE WHEN m.opened_at >= $2 THEN 1 END),
			COUNT(CASE WHEN m.ended = 1 AND m.changed_at >= $2 AND m.changed_at < $1 THEN 1 END),
			COUNT(CASE WHEN (m.ended = 0 OR m.changed_at >= $1) AND m.due < $1 THEN 1 END)
		FROM matter m WHERE m.kind IN ('case', 'aid', 'partner') AND m.opened_at < $1 GROUP BY m.kind, then_ ORDER BY m.kind, then_`
	sqlWeekWaiting = `SELECT m.kind, m.id, m.year, m.number, ` + statusThen + ` AS then_, m.opened_at, m.due FROM matter m
		WHERE m.kind IN ('selection', 'proposal', 'case', 'aid') AND m.opened_at < $1 AND (m.ended = 0 OR m.changed_at >= $1)
		ORDER BY CASE WHEN m.kind IN ('case', 'aid') AND m.due IS NOT NULL THEN m.due ELSE m.opened_at END, m.kind, m.year, m.number`
	sqlHandled    = `SELECT changed_at - opened_at FROM matter WHERE kind = 'case' AND ended = 1 AND changed_at >= $1 AND changed_at < $2`
	sqlStillAsked = `SELECT COUNT(*) FROM request WHERE kind <> 'hubungi' AND at < $1 AND done_at IS NULL`

	sqlGoodNews = `SELECT r.id, r.participant, r.answers, p.wrapped, p.alias FROM report r
		JOIN fact f ON f.report = r.id AND f.field = 'boleh_dikutip' AND f.code = 'ya' JOIN participant p ON p.code = r.participant
		WHERE r.flow = $1 AND r.occurred_on >= $2 AND r.occurred_on <= $3 AND r.undone_at IS NULL AND r.emptied_at IS NULL
		ORDER BY r.occurred_on DESC, r.seq DESC LIMIT $4`
	sqlSilent = `SELECT p.id FROM person p WHERE p.active = 1 AND p.role IN (SELECT value FROM json_each($5))
			AND (p.away_until IS NULL OR p.away_until < $2)
			AND EXISTS (SELECT 1 FROM participant WHERE companion = p.id AND stage IN (SELECT value FROM json_each($6)) AND ` + wasThere + `)
			AND NOT EXISTS (SELECT 1 FROM json_each($1) f CROSS JOIN report r
				WHERE r.author = p.id AND r.flow = f.value AND r.occurred_on >= $4 AND r.occurred_on <= $2 AND r.undone_at IS NULL)
		ORDER BY p.id`
	sqlCompanions = `SELECT COUNT(DISTINCT companion) FROM participant WHERE stage IN (SELECT value FROM json_each($1))`
	sqlWeekUnsent = `SELECT held, COUNT(*) FROM reminder WHERE closed_at >= $1 AND closed_at < $2 AND told_at IS NULL AND outcome = 'terlambat' GROUP BY held`
)

// matters counts the matters by kind and by their status at the end of the week.
func (w *counting) matters() error {
	return w.query(sqlWeekMatters, func(r row) error {
		w.raw.Matters = append(w.raw.Matters, digest.Tally{
			Kind: program.MatterKind(r.str(0)), Status: r.str(1), N: int(r.int(2)), Opened: int(r.int(3)), Ended: int(r.int(4)), Late: int(r.int(5)),
		})
		return nil
	}, w.end.UnixMilli(), w.start.UnixMilli())
}

// waiting reads what waits for somebody to decide: candidates, proposals, capitals that are proposed, and
// whatever is late.
func (w *counting) waiting() error {
	return w.query(sqlWeekWaiting, func(r row) error {
		m := program.Matter{Kind: program.MatterKind(r.str(0)), ID: r.str(1), Year: int(r.int(2)), Number: int(r.int(3)), Status: r.str(4)}
		since := r.time(5, w.s.zone)
		switch {
		case m.Ended():
			return nil
		case m.Kind == program.Candidacy && m.Status != "menunggu":
			return nil
		case m.Kind == program.Case || m.Kind == program.Aid && m.Status != "diusulkan":
			if r.null(6) || !r.time(6, w.s.zone).Before(w.end) {
				return nil
			}
			since = r.time(6, w.s.zone)
		}
		w.raw.Waiting = append(w.raw.Waiting, digest.Waiting{
			Kind: m.Kind, ID: m.ID, Code: m.Code(), Status: m.Status, Days: int(w.end.Sub(since) / (24 * time.Hour)),
		})
		return nil
	}, w.end.UnixMilli())
}

// handled reads how long the cases took that were closed in the last weeks.
func (w *counting) handled() error {
	return w.query(sqlHandled, func(r row) error {
		w.raw.Handled = append(w.raw.Handled, time.Duration(r.int(0))*time.Millisecond)
		return nil
	}, w.raw.Week.Add(1-digest.Weeks).Monday().Time(w.s.zone).UnixMilli(), w.end.UnixMilli())
}

// calls counts who asked to be called, and what else participants asked for.
func (w *counting) calls() error {
	err := w.query(sqlCallFigures, func(r row) error {
		w.raw.Calls = program.CallFigures{Asked: int(r.int(0)), Called: int(r.int(1)), Waited: time.Duration(r.int(2)) * time.Millisecond}
		return nil
	}, w.start.UnixMilli(), w.end.UnixMilli())
	if err != nil {
		return err
	}
	return w.query(sqlStillAsked, func(r row) error { w.raw.Requests = int(r.int(0)); return nil }, w.end.UnixMilli())
}

// quotesLooked is how many reports are opened for good news at most.
const quotesLooked = 40

// quotes finds the good news that may be told; at most one of each participant.
func (w *counting) quotes() error {
	whose := map[string]bool{}
	return w.query(sqlGoodNews, func(r row) error {
		id, code := r.str(0), r.str(1)
		if whose[code] {
			return nil
		}
		key, err := w.s.vault.Unwrap(r.blob(3), bindKey(code))
		if err != nil {
			return nil //nolint:nilerr // what cannot be opened is not told; verifying finds it
		}
		alias, err := key.Open(r.blob(4), bindAlias(code))
		if err != nil {
			return nil //nolint:nilerr // likewise
		}
		plain, err := key.Open(r.blob(2), bindAnswers(id))
		if err != nil {
			return nil //nolint:nilerr // likewise
		}
		var said struct {
			News string `json:"kabar_baik"`
		}
		if json.Unmarshal(plain, &said) == nil && digest.Quotable(said.News, string(alias)) {
			whose[code] = true
			w.raw.Quotes = append(w.raw.Quotes, id)
		}
		return nil
	}, Visit, w.from, w.to, quotesLooked)
}

// staff finds of whom there is no report, though she accompanies somebody and was there.
func (w *counting) staff() error {
	on, err := stages(program.Stage.Active)
	if err != nil {
		return err
	}
	err = w.query(sqlCompanions, func(r row) error { w.raw.Companions = int(r.int(0)); return nil }, on)
	if err != nil {
		return err
	}
	roles, err := list(program.Companion, program.Coordinator)
	if err != nil {
		return err
	}
	w.raw.Silent, err = pick(w.conn, sqlSilent, w.flows, w.to, w.end.UnixMilli(), w.from, roles, on)
	return err
}

// unsent counts the reminders that were not told while it made sense, by reason.
func (w *counting) unsent() error {
	return w.query(sqlWeekUnsent, func(r row) error {
		if w.raw.Unsent == nil {
			w.raw.Unsent = map[program.HeldBack]int{}
		}
		w.raw.Unsent[program.HeldBack(r.str(0))] += int(r.int(1))
		return nil
	}, w.start.UnixMilli(), w.end.UnixMilli())
}
