package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// retainMost is how many rows share a transaction, and eraseMost how many participants: few, since
// whoever talks with the bot waits.
const (
	retainMost = 200
	eraseMost  = 20
)

// What is dropped, up to $2 of what is from before $1.
const (
	sqlSpentLetters   = `DELETE FROM dead_letter WHERE seq IN (SELECT seq FROM dead_letter WHERE at < $1 LIMIT $2)`
	sqlSpentFollowUps = `DELETE FROM follow_up WHERE id IN (SELECT id FROM follow_up WHERE due < $1 LIMIT $2)`
	sqlSpentPrompts   = `DELETE FROM prompt WHERE ref IN (SELECT ref FROM prompt WHERE at < $1 LIMIT $2)`
	sqlSpentReminders = `DELETE FROM reminder WHERE id IN (SELECT id FROM reminder WHERE closed_at < $1 LIMIT $2)`
	sqlSpentAlarms    = `DELETE FROM alarm WHERE id IN (SELECT id FROM alarm WHERE taken_at < $1 LIMIT $2)`
	sqlSpentLinks     = `DELETE FROM invitation WHERE token IN (SELECT token FROM invitation WHERE COALESCE(used_at, expires_at) < $1 LIMIT $2)`
	sqlSpentRequests  = `DELETE FROM request WHERE id IN (SELECT id FROM request WHERE done_at < $1 AND kind <> 'hubungi' LIMIT $2)`
	sqlSpentCalls     = `DELETE FROM request WHERE id IN (SELECT id FROM request WHERE done_at < $1 AND kind = 'hubungi' LIMIT $2)`
	sqlSpentTargets   = `DELETE FROM target WHERE participant IN (SELECT participant FROM target WHERE at < $1 LIMIT $2)`
	sqlSpentConsents  = `DELETE FROM consent WHERE id IN (SELECT id FROM consent WHERE ended_at < $1 LIMIT $2)`
	// Of a chat that is nobody's, or not any more, nothing is remembered: that it was here at all
	// would tell something.
	sqlSpentMemories = `DELETE FROM conversation WHERE key IN (SELECT key FROM conversation
		WHERE changed_at < $1 AND key NOT IN (SELECT key FROM chat) LIMIT $2)`
	sqlStrayCards = `DELETE FROM card WHERE chat NOT IN (SELECT key FROM chat) AND chat NOT IN (SELECT chat FROM outbox)
		AND chat NOT IN (SELECT key FROM conversation)`
)

// What is emptied and whom is erased.
const (
	sqlSpentReports = `SELECT r.id FROM participant p JOIN report r ON r.participant = p.code
		WHERE p.stage IN (SELECT value FROM json_each($1)) AND p.stage_since <> '' AND p.stage_since < $2
		AND (r.flow LIKE $3 OR $3 = '' AND r.flow NOT IN ($4, $5) AND r.flow NOT LIKE $6) AND r.emptied_at IS NULL LIMIT $7`
	sqlItsNumbers  = `DELETE FROM fact WHERE report = $1 AND number IS NOT NULL`
	sqlEmptyReport = `UPDATE report SET answers = zeroblob(0), source = NULL, emptied_at = $2 WHERE id = $1`
	sqlUnconsented = `SELECT code FROM participant WHERE stage IN (SELECT value FROM json_each($1)) AND added_at > 0 AND added_at < $2
		AND NOT EXISTS (SELECT 1 FROM consent WHERE participant = code AND purpose = 'pendampingan' AND status = 'diberikan')
		ORDER BY code LIMIT $3`
)

// Retained is what a rule of retention has done.
type Retained struct {
	Rule program.Rule
	N    int // rows, reports or participants
}

// retaining is a rule's work: some of it inside a transaction, at most so much. It says how much it
// did; less than the most means that nothing is left.
type retaining struct {
	most int
	some func(c *conn, k program.Keeping, now time.Time) (int, error)
}

// Retain drops, empties and erases whatever is kept no longer by the table of program.Retention, a
// little at a time, so that the database can be used meanwhile, and says what it did. Each rule that
// did something is a line of the audit, in the transactions of what it did. Doing it again does
// nothing more; a rule that fails does not keep back the others. Scrub belongs after it.
func (s *Store) Retain(ctx context.Context, now time.Time) ([]Retained, error) {
	var done []Retained
	var errs error
	for _, k := range program.Retention() {
		n, err := s.retain(ctx, k, now.In(s.zone))
		if n > 0 {
			done = append(done, Retained{k.Rule, n})
		}
		if err != nil {
			errs = errors.Join(errs, fmt.Errorf("keep no longer than the rule %s says: %w", k.Rule, err))
		}
	}
	return done, errs
}

func (s *Store) retain(ctx context.Context, k program.Keeping, now time.Time) (int, error) {
	work, ok := s.retainers()[k.Rule]
	if !ok {
		return 0, errors.New("nobody does it")
	}
	line := []program.Audit{{At: now.UTC(), Actor: "system", Action: "retention", Subject: string(k.Rule)}}
	for total := 0; ; {
		n := 0
		err := s.write(ctx, func(c *conn) (err error) {
			if err = c.link.wiping(func() (err error) { n, err = work.some(c, k, now); return err }); err != nil || n == 0 {
				return err
			}
			if k.Then != program.Dropped {
				if _, err := c.exec(sqlOwe); err != nil {
					return err
				}
			}
			return chain{s.vault}.extend(c, line)
		})
		if err != nil {
			return total, err
		}
		if total += n; n < work.most {
			return total, nil
		}
	}
}

// retainers is who does what a rule says.
func (s *Store) retainers() map[program.Rule]retaining {
	return map[program.Rule]retaining{
		program.KeepDeadLetters:  drop(sqlSpentLetters),
		program.KeepPrompts:      drop(sqlSpentPrompts),
		program.KeepReminders:    drop(sqlSpentReminders),
		program.KeepAlarms:       drop(sqlSpentAlarms),
		program.KeepInvitations:  drop(sqlSpentLinks),
		program.KeepRequests:     drop(sqlSpentRequests),
		program.KeepCalls:        drop(sqlSpentCalls),
		program.KeepTargets:      drop(sqlSpentTargets),
		program.KeepConsents:     drop(sqlSpentConsents),
		program.KeepDigests:      {retainMost, dropDigests},
		program.KeepVisits:       empty(Visit),
		program.KeepTrade:        empty(Trade),
		program.KeepCapital:      {retainMost, emptyCapitals},
		program.KeepOtherReports: empty(""),
		program.KeepMatters:      {retainMost, dropMattersAndPlaces},
		program.KeepAffairs:      {retainMost, dropAffairs},
		program.KeepGuardedCases: forgetCases(true),
		program.KeepCases:        forgetCases(false),
		program.KeepFollowUps: {retainMost, func(c *conn, k program.Keeping, now time.Time) (int, error) {
			n, err := c.exec(sqlSpentFollowUps, string(program.DateOf(k.Before(now))), retainMost)
			return int(n), err
		}},
		program.KeepStrangerChats: {retainMost, dropStrangers},
		program.KeepUnconsented:   {eraseMost, eraseUnconsented},
		program.KeepAudit: {retainMost, func(c *conn, k program.Keeping, now time.Time) (int, error) {
			n, err := chain{s.vault}.age(c, k.Before(now).UnixMilli(), retainMost)
			return int(n), err
		}},
	}
}

// drop is for what is dropped by the instant that it is from.
func drop(text string) retaining {
	return retaining{retainMost, func(c *conn, k program.Keeping, now time.Time) (int, error) {
		n, err := c.exec(text, k.Before(now).UnixMilli(), retainMost)
		return int(n), err
	}}
}

// empty is for reports of a flow, or of all that have no rule of their own.
func empty(flow string) retaining {
	return retaining{retainMost, func(c *conn, k program.Keeping, now time.Time) (int, error) {
		ends, err := stages(program.Stage.Ended)
		if err != nil {
			return 0, err
		}
		ids, err := pick(c, sqlSpentReports, ends, string(program.DateOf(k.Before(now))), flow, Visit, Trade, Capital, retainMost)
		if err != nil {
			return 0, err
		}
		for _, id := range ids {
			if _, err := c.exec(sqlItsNumbers, id); err != nil {
				return 0, err
			}
			if _, err := c.exec(sqlEmptyReport, id, now.UnixMilli()); err != nil {
				return 0, err
			}
		}
		return len(ids), nil
	}}
}

// dropStrangers forgets chats that are nobody's: what is remembered of them, and which message was
// their card.
func dropStrangers(c *conn, k program.Keeping, now time.Time) (int, error) {
	n, err := c.exec(sqlSpentMemories, k.Before(now).UnixMilli(), retainMost)
	if err != nil || n == retainMost {
		return int(n), err
	}
	cards, err := c.exec(sqlStrayCards)
	return int(min(n+cards, retainMost-1)), err // nothing is left
}

// eraseUnconsented erases women who were met and have never said yes.
func eraseUnconsented(c *conn, k program.Keeping, now time.Time) (int, error) {
	met, err := stages(program.Stage.Undecided)
	if err != nil {
		return 0, err
	}
	codes, err := pick(c, sqlUnconsented, met, k.Before(now).UnixMilli(), eraseMost)
	if err != nil {
		return 0, err
	}
	for _, code := range codes {
		if err := erase(c, code, now.UnixMilli()); err != nil {
			return 0, err
		}
	}
	return len(codes), nil
}

// stages are those that are so, as json_each reads a list.
func stages(so func(program.Stage) bool) (string, error) {
	var all []program.Stage
	for _, stage := range program.Stages() {
		if so(stage) {
			all = append(all, stage)
		}
	}
	list, err := json.Marshal(all)
	if err != nil {
		return "", fmt.Errorf("list the stages: %w", err)
	}
	return string(list), nil
}

// pick gives the first column of what a query finds.
func pick(c *conn, text string, args ...any) ([]string, error) {
	var all []string
	err := c.query(text, func(r row) error { all = append(all, r.str(0)); return nil }, args...)
	return all, err
}
