package records

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	sqlKeepDigest   = `INSERT INTO digest (week, made_at, sealed) VALUES ($1, $2, $3) ON CONFLICT (week) DO NOTHING`
	sqlKeptDigest   = `SELECT sealed, made_at FROM digest WHERE week = $1`
	sqlDigestMade   = `SELECT made_at FROM digest WHERE week = $1`
	sqlAskedOfWeek  = `SELECT asked_at FROM digest WHERE week = $1`
	sqlAskOfWeek    = `UPDATE digest SET asked_at = $2 WHERE week = $1 AND asked_at IS NULL`
	sqlOpenDigest   = `INSERT INTO digest_opened (week, person, at) VALUES ($1, $2, $3) ON CONFLICT (week, person) DO NOTHING`
	sqlOpenedWeeks  = `SELECT week, at FROM digest_opened WHERE person = $1 AND week >= $2 ORDER BY week`
	sqlSpentDigests = `DELETE FROM digest WHERE week IN (SELECT week FROM digest WHERE made_at < $1 LIMIT $2)`
	sqlSpentOpening = `DELETE FROM digest_opened WHERE week IN (SELECT week FROM digest_opened WHERE at < $1 LIMIT $2)`
)

func bindDigest(week string) []byte { return []byte("digest/" + week + "/figures") }

// Digest gives the figures of a week. Those of a week that is over are made once and kept: the same
// week gives the same figures whoever opens it and whenever. The running week is counted anew each time.
func (s *Store) Digest(ctx context.Context, week digest.Week) (digest.Figures, error) {
	f, err := s.keptDigest(ctx, week)
	if !errors.Is(err, turn.ErrNotFound) {
		return f, err
	}
	now := s.now().In(s.zone)
	raw, err := s.weekInRaw(ctx, week)
	if err != nil {
		return f, fmt.Errorf("count week %s: %w", week, err)
	}
	f = digest.Make(raw, now)
	if !week.Over(now) {
		return f, nil
	}
	if err := s.keepDigest(ctx, f); err != nil {
		return f, fmt.Errorf("keep the figures of week %s: %w", week, err)
	}
	return s.keptDigest(ctx, week) // somebody else may have been first
}

func (s *Store) keptDigest(ctx context.Context, week digest.Week) (digest.Figures, error) {
	var f digest.Figures
	var unread error
	err := s.one(ctx, sqlKeptDigest, func(r row) {
		plain, err := s.vault.Open(r.blob(0), bindDigest(string(week)))
		if err == nil {
			err = json.Unmarshal(plain, &f)
		}
		unread = err
	}, string(week))
	if err = errors.Join(err, unread); err != nil {
		return f, fmt.Errorf("read the figures of week %s: %w", week, err)
	}
	return f, nil
}

func (s *Store) keepDigest(ctx context.Context, f digest.Figures) error {
	plain, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write the figures down: %w", err)
	}
	sealed, err := s.vault.Seal(plain, bindDigest(string(f.Week)))
	if err != nil {
		return err
	}
	return s.write(ctx, func(c *conn) error {
		_, err := c.exec(sqlKeepDigest, string(f.Week), f.MadeAt.UnixMilli(), sealed)
		return err
	})
}

// OpenedWeeks gives which weeks somebody has opened, from one on, and when for the first time.
func (s *Store) OpenedWeeks(ctx context.Context, person string, from digest.Week) (map[digest.Week]time.Time, error) {
	opened := map[digest.Week]time.Time{}
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlOpenedWeeks, func(r row) error { opened[digest.Week(r.str(0))] = r.time(1, s.zone); return nil }, person, string(from))
	})
	if err != nil {
		return nil, fmt.Errorf("look which weeks were opened: %w", err)
	}
	return opened, nil
}

// AskedOfWeek reports whether the staff was asked about a week of which nothing was written.
func (s *Store) AskedOfWeek(ctx context.Context, week digest.Week) (bool, error) {
	asked := false
	err := s.read(ctx, func(c *conn) error {
		return c.query(sqlAskedOfWeek, func(r row) error { asked = !r.null(0); return nil }, string(week))
	})
	if err != nil {
		return false, fmt.Errorf("look whether the staff was asked about a week: %w", err)
	}
	return asked, nil
}

// storeWeeks is what a turn changes about weeks. Doing it twice changes nothing more.
func storeWeeks(c *conn, all []turn.WeekSeen) error {
	for _, w := range all {
		if _, err := c.exec(sqlOpenDigest, string(w.Week), w.Person, w.At.UnixMilli()); err != nil {
			return err
		}
		if w.Asked {
			if _, err := c.exec(sqlAskOfWeek, string(w.Week), w.At.UnixMilli()); err != nil {
				return err
			}
		}
	}
	return nil
}

// dropDigests forgets the weeks whose time has come, and who opened them.
func dropDigests(c *conn, k program.Keeping, now time.Time) (int, error) {
	before := k.Before(now).UnixMilli()
	n, err := c.exec(sqlSpentDigests, before, retainMost)
	if err != nil || n == retainMost {
		return int(n), err
	}
	opened, err := c.exec(sqlSpentOpening, before, retainMost)
	return int(min(n+opened, retainMost)), err
}
