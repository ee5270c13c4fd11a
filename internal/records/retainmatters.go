package records

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// What had a life of its own: about a participant whose way has ended, or about nobody.
const (
	sqlSpentMatters = `SELECT m.id FROM participant p JOIN matter m ON m.participant = p.code
		WHERE p.stage IN (SELECT value FROM json_each($1)) AND p.stage_since <> '' AND p.stage_since < $2
		AND CASE m.kind WHEN 'aid' THEN 1 ELSE 0 END = $3 LIMIT $4`
	sqlSpentAffairs = `SELECT id FROM matter WHERE participant IS NULL AND ended = 1 AND changed_at < $1 LIMIT $2`
	sqlSpentPlaces  = `DELETE FROM attendance WHERE participant IN (SELECT code FROM participant
		WHERE stage IN (SELECT value FROM json_each($1)) AND stage_since <> '' AND stage_since < $2)`
)

// dropMatters drops what was about participants whose way has ended: capitals, or all the others; at
// most so much.
func dropMatters(c *conn, k program.Keeping, now time.Time, capital bool, most int) (int, error) {
	ends, err := stages(program.Stage.Ended)
	if err != nil {
		return 0, err
	}
	ids, err := pick(c, sqlSpentMatters, ends, string(program.DateOf(k.Before(now))), capital, most)
	if err != nil {
		return 0, err
	}
	return len(ids), dropAll(c, ids)
}

// dropMattersAndPlaces drops them, and where they were invited.
func dropMattersAndPlaces(c *conn, k program.Keeping, now time.Time) (int, error) {
	n, err := dropMatters(c, k, now, false, retainMost)
	if err != nil || n == retainMost {
		return n, err
	}
	ends, err := stages(program.Stage.Ended)
	if err != nil {
		return n, err
	}
	places, err := c.exec(sqlSpentPlaces, ends, string(program.DateOf(k.Before(now))))
	return min(n+int(places), retainMost-1), err // nothing is left
}

// emptyCapitals empties the reports of capitals, and drops the capitals that they have made.
func emptyCapitals(c *conn, k program.Keeping, now time.Time) (int, error) {
	n, err := empty(Capital).some(c, k, now)
	if err != nil || n == retainMost {
		return n, err
	}
	dropped, err := dropMatters(c, k, now, true, retainMost-n)
	return n + dropped, err
}

// dropAffairs is for what the institution has done with for long.
func dropAffairs(c *conn, k program.Keeping, now time.Time) (int, error) {
	ids, err := pick(c, sqlSpentAffairs, k.Before(now).UnixMilli(), retainMost)
	if err != nil {
		return 0, err
	}
	return len(ids), dropAll(c, ids)
}

// dropAll takes matters off the records.
func dropAll(c *conn, ids []string) error {
	for _, id := range ids {
		if err := dropMatter(c, id); err != nil {
			return err
		}
	}
	return nil
}
