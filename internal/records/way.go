package records

import (
	"context"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlStageChanged = `SELECT 1 FROM stage_change WHERE cause = $1 AND participant = $2`
	sqlSetStage     = `UPDATE participant SET stage = $3, stage_since = $4 WHERE code = $1 AND stage = $2`
	sqlStageChange  = `INSERT INTO stage_change (cause, participant, was, now, day, at, by, reason) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`
	sqlStages       = `SELECT cause, participant, was, now, day, by, reason FROM stage_change
		WHERE ($1 = '' OR participant = $1)` + sqlStagesOn
	sqlStagesOf = `SELECT cause, participant, was, now, day, by, reason FROM stage_change WHERE participant = $1` + sqlStagesOn
	sqlStagesOn = ` AND ($2 = '' OR day >= $2) AND ($3 = '' OR day <= $3) ORDER BY at, cause, participant`
	// What a report has changed can be taken back while whoever it concerns is where it led to.
	sqlCaused = `SELECT s.participant, p.stage = s.now AND NOT EXISTS
			(SELECT 1 FROM stage_change o WHERE o.participant = s.participant AND o.at > s.at)
		FROM stage_change s JOIN participant p ON p.code = s.participant WHERE s.cause = $1`
	sqlStageBack = `UPDATE participant SET stage = (SELECT was FROM stage_change WHERE cause = $1 AND participant = $2),
			stage_since = COALESCE((SELECT day FROM stage_change o WHERE o.participant = code AND o.cause <> $1 ORDER BY o.at DESC LIMIT 1),
				strftime('%Y-%m-%d', added_at / 1000, 'unixepoch'))
		WHERE code = $2`
	sqlDropStage = `DELETE FROM stage_change WHERE cause = $1 AND participant = $2`

	sqlAttend = `INSERT INTO attendance (session, participant, invited_at, reply, replied_at, came, outcome, withdrawn)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT (session, participant) DO UPDATE SET
		invited_at = COALESCE(excluded.invited_at, attendance.invited_at),
		reply = CASE WHEN excluded.replied_at IS NULL THEN attendance.reply ELSE excluded.reply END,
		replied_at = COALESCE(excluded.replied_at, attendance.replied_at),
		came = CASE excluded.came WHEN '' THEN attendance.came WHEN 'belum' THEN '' ELSE excluded.came END,
		outcome = CASE WHEN excluded.came IN ('belum', 'izin', 'tidak_hadir') THEN '' WHEN excluded.outcome = '' THEN attendance.outcome ELSE excluded.outcome END,
		withdrawn = excluded.withdrawn`
	placeColumns = `a.session, a.participant, a.invited_at, a.reply, a.replied_at, a.came, a.outcome, a.withdrawn, a.heard, a.heard_at`

	sqlAttendance = `SELECT ` + placeColumns + ` FROM attendance a WHERE `
	sqlPlacesAll  = sqlAttendance + `$1 = $2` + sqlPlacesIn // both are empty
	sqlPlacesOf   = sqlAttendance + `session = $1 AND ($2 = '' OR participant = $2)` + sqlPlacesIn
	sqlPlacesHers = sqlAttendance + `participant = $2 AND $1 = ''` + sqlPlacesIn
	sqlPlacesIn   = ` ORDER BY session, participant`

	sqlRated   = `INSERT INTO rated (id, at) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING`
	sqlRate    = `INSERT INTO rating (session, score, n) VALUES ($1, $2, 1) ON CONFLICT (session, score) DO UPDATE SET n = rating.n + 1`
	sqlRatings = `SELECT score, n FROM rating WHERE session = $1 ORDER BY score`

	sqlWhose  = `SELECT companion FROM participant WHERE code = $1`
	sqlTaken  = `SELECT 1 FROM person WHERE id = $1`
	sqlChoose = `UPDATE participant SET concentration = $2 WHERE code = $1`
	sqlAway   = `UPDATE person SET away_until = $2 WHERE id = $1`
)

// keys opens what seals things about a participant; it knows those who are put on record with the
// turn that is being stored.
type keys struct {
	s   *Store
	new map[string]sealer
}

func (k keys) of(c *conn, code string) (sealer, error) {
	if key, ok := k.new[code]; ok {
		return key, nil
	}
	return k.s.keyOf(c, code)
}

// way is a turn.Way with everything sealed.
type way struct {
	*turn.Way
	keys   keys
	joined []newcomer
	moves  []sealedMove
	assign func(c *conn, code, companion string, at int64) error
}

// sealWay seals what of it is personal.
func (s *Store) sealWay(ctx context.Context, w *turn.Way) (way, error) {
	ready := way{Way: w, keys: keys{s: s}, assign: s.assign}
	if len(w.Joined)+len(w.Moves) == 0 {
		return ready, nil
	}
	err := s.read(ctx, func(c *conn) (err error) {
		if err := s.sealJoined(c, &ready); err != nil {
			return err
		}
		ready.moves, err = s.sealMoves(c, w.Moves, ready.keys)
		return err
	})
	return ready, err
}

// sealJoined gives everybody who is put on record a key of her own; who is on record already, because
// the turn was stored before, keeps hers.
func (s *Store) sealJoined(c *conn, ready *way) error {
	for _, p := range ready.Joined {
		if p.Code != "" {
			if _, err := s.keyOf(c, p.Code); !errors.Is(err, turn.ErrNotFound) {
				if err == nil {
					err = sameHer(c, p)
				}
				if err != nil {
					return err
				}
				continue
			}
		}
		n, key, err := s.newHer(p)
		if err != nil {
			return err
		}
		if ready.keys.new == nil {
			ready.keys.new = map[string]sealer{}
		}
		ready.keys.new[p.Code] = key
		ready.joined = append(ready.joined, n)
	}
	return nil
}

// sameHer gives an ErrConflict when a code has meanwhile become that of somebody else's participant.
func sameHer(c *conn, p program.Participant) error {
	same := false
	err := c.query(sqlWhose, func(r row) error { same = r.str(0) == p.Companion; return nil }, p.Code)
	if err == nil && !same {
		err = turn.ErrConflict
	}
	return err
}

// join puts women on record who were met. It goes before whatever is about them.
func (w *way) join(c *conn, at int64) error {
	for i := range w.joined {
		taken := false
		if err := c.query(sqlTaken, func(row) error { taken = true; return nil }, w.joined[i].ID); err != nil {
			return err
		}
		if taken { // this very moment, by somebody else: the turn gets another code
			return turn.ErrConflict
		}
		if err := w.joined[i].store(c, at); err != nil {
			return err
		}
	}
	return nil
}

// store is its part of the transaction.
func (w *way) store(c *conn, at int64) error {
	for i := range w.moves {
		if err := w.moves[i].store(c); err != nil {
			return err
		}
	}
	for _, change := range w.Stages {
		if err := storeStage(c, change, at); err != nil {
			return err
		}
	}
	for _, a := range w.Attended {
		if _, err := c.exec(sqlAttend, a.Session, a.Participant, instant(a.InvitedAt), string(a.Reply), instant(a.RepliedAt),
			string(a.Came), a.Outcome, a.Withdrawn); err != nil {
			return err
		}
	}
	for _, r := range w.Rated {
		n, err := c.exec(sqlRated, r.ID, at)
		if err == nil && n > 0 {
			_, err = c.exec(sqlRate, r.Session, r.Score)
		}
		if err != nil {
			return err
		}
	}
	for _, h := range w.Handed {
		if err := w.assign(c, h.Participant, h.To, at); err != nil {
			return err
		}
	}
	for _, s := range w.Seconds {
		if err := standIn(c, s.Participant, s.Who); err != nil {
			return err
		}
	}
	for _, ch := range w.Chosen {
		if _, err := c.exec(sqlChoose, ch.Participant, ch.Field); err != nil {
			return err
		}
	}
	for _, l := range w.Absent {
		if _, err := c.exec(sqlAway, l.Person, text(string(l.Until))); err != nil {
			return err
		}
	}
	return nil
}

// storeStage brings a participant to another stage. A change that is on record changes nothing more.
func storeStage(c *conn, change program.StageChange, at int64) error {
	there := false
	if err := c.query(sqlStageChanged, func(row) error { there = true; return nil }, change.Cause, change.Participant); err != nil || there {
		return err
	}
	n, err := c.exec(sqlSetStage, change.Participant, string(change.From), string(change.To), string(change.On))
	if err != nil {
		return err
	}
	if n == 0 {
		return turn.ErrConflict
	}
	_, err = c.exec(sqlStageChange, change.Cause, change.Participant, string(change.From), string(change.To), string(change.On), at,
		change.By, string(change.Reason))
	return err
}

// takeStageBack brings whoever a report has brought to another stage back to the one before; an
// ErrConflict when another change came after it.
func takeStageBack(c *conn, report string) error {
	var back []string
	err := c.query(sqlCaused, func(r row) error {
		if r.int(1) == 0 {
			return fmt.Errorf("%w: %w", turn.ErrConflict, errMovedOn)
		}
		back = append(back, r.str(0))
		return nil
	}, report)
	if err != nil {
		return err
	}
	for _, code := range back {
		for _, text := range []string{sqlStageBack, sqlDropStage} {
			if _, err := c.exec(text, report, code); err != nil {
				return err
			}
		}
	}
	return nil
}

// sqlStands tells of each change that a report has made of a matter whether it is the last one.
const sqlStands = `SELECT m.last = c.id AND (c.rev = 1 OR c.before IS NOT NULL) FROM matter_change c JOIN matter m ON m.id = c.matter
	WHERE c.id = $1 OR substr(c.id, 1, length($1) + 1) = $1 || '.'`

// Undoable reports whether nothing has been built on a report since: neither its matter nor anybody's
// stage that it has changed has changed again.
func (s *Store) Undoable(ctx context.Context, report string) (bool, error) {
	may := true
	err := s.read(ctx, func(c *conn) error {
		if err := c.query(sqlStands, func(r row) error { may = may && r.int(0) == 1; return nil }, report); err != nil {
			return err
		}
		_, builtOn, err := putOnRecord(c, report)
		may = may && !builtOn
		return errors.Join(err, c.query(sqlCaused, func(r row) error { may = may && r.int(1) == 1; return nil }, report))
	})
	if err != nil {
		return false, fmt.Errorf("look whether report %s can be taken back: %w", report, err)
	}
	return may, nil
}

// StageChanges gives how a participant, or everybody (""), went her way within some days, the
// earliest first; empty days choose all.
func (s *Store) StageChanges(ctx context.Context, code string, from, to program.Date) ([]program.StageChange, error) {
	var all []program.StageChange
	text := sqlStagesOf
	if code == "" {
		text = sqlStages
	}
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			all = append(all, program.StageChange{
				Cause: r.str(0), Participant: r.str(1), From: program.Stage(r.str(2)), To: program.Stage(r.str(3)),
				On: program.Date(r.str(4)), By: r.str(5), Reason: program.StageReason(r.str(6)),
			})
			return nil
		}, code, string(from), string(to))
	})
	if err != nil {
		return nil, fmt.Errorf("read the changes of stages: %w", err)
	}
	return all, nil
}

// Attendance gives the places in a session, of a participant, or both; empty ones choose all. Who is
// not invited any more is given as well.
func (s *Store) Attendance(ctx context.Context, session, participant string) ([]program.Attendance, error) {
	var all []program.Attendance
	text := sqlPlacesOf
	switch {
	case session == "" && participant == "":
		text = sqlPlacesAll
	case session == "":
		text = sqlPlacesHers
	}
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			all = append(all, s.attendance(r, 0))
			return nil
		}, session, participant)
	})
	if err != nil {
		return nil, fmt.Errorf("read who attends: %w", err)
	}
	return all, nil
}

// attendance reads placeColumns, of which the first is at an index.
func (s *Store) attendance(r row, at int) program.Attendance {
	return program.Attendance{
		Session: r.str(at), Participant: r.str(at + 1), InvitedAt: r.time(at+2, s.zone), Reply: program.Reply(r.str(at + 3)),
		RepliedAt: r.time(at+4, s.zone), Came: program.Presence(r.str(at + 5)), Outcome: r.str(at + 6), Withdrawn: r.int(at+7) == 1,
		Heard: r.time(at+8, s.zone), HeardAt: r.time(at+9, s.zone),
	}
}

// Ratings gives how many gave a session which score.
func (s *Store) Ratings(ctx context.Context, session string) (map[int]int, error) {
	given := map[int]int{}
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlRatings, func(r row) error { given[int(r.int(0))] = int(r.int(1)); return nil }, session)
	})
	if err != nil {
		return nil, fmt.Errorf("read what people thought of a session: %w", err)
	}
	return given, nil
}
