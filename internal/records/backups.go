package records

import (
	"context"
	"fmt"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// What meta remembers about backups. A database that is restored remembers it as it was then.
const (
	metaHouse   = "copies.house"
	metaChecked = "copies.checked"
)

const sqlErasures = auditColumns + `WHERE at >= $1 AND action = 'person.erase' ORDER BY seq`

// House is the name by which this database's backups are told from those of others. It is the same
// for all its life, also in what is restored from them; the first time, it becomes fresh. Where fresh
// is empty, it stays empty.
func (s *Store) House(ctx context.Context, fresh string) (house string, err error) {
	err = s.write(ctx, func(c *conn) error {
		if fresh != "" {
			if _, err := c.exec(sqlWriteMeta, metaHouse, []byte(fresh)); err != nil {
				return err
			}
		}
		return c.query(sqlReadMeta, func(r row) error { house = string(r.blob(0)); return nil }, metaHouse)
	})
	if err != nil {
		return "", fmt.Errorf("read the name of the backups: %w", err)
	}
	return house, nil
}

// BackupChecked is when a backup was last opened and proved; the zero time when none was.
func (s *Store) BackupChecked(ctx context.Context) (at time.Time, err error) {
	err = s.read(ctx, func(c *conn) error {
		return c.query(sqlReadMeta, func(r row) error {
			if ms, err := strconv.ParseInt(string(r.blob(0)), 10, 64); err == nil { // else it is as good as never
				at = time.UnixMilli(ms).In(s.zone)
			}
			return nil
		}, metaChecked)
	})
	if err != nil {
		return time.Time{}, fmt.Errorf("read when a backup was last checked: %w", err)
	}
	return at, nil
}

// Erasures gives whose data were erased from an instant on, in the order in which it was done, as the
// audit tells it.
func (s *Store) Erasures(ctx context.Context, from time.Time) ([]program.Audit, error) {
	all, err := s.audits(ctx, sqlErasures, from.UnixMilli())
	if err != nil {
		return nil, fmt.Errorf("read who was erased: %w", err)
	}
	return all, nil
}

// NoteBackupChecked notes that a backup was opened and proved.
func (s *Store) NoteBackupChecked(ctx context.Context, at time.Time) error {
	err := s.write(ctx, func(c *conn) error {
		_, err := c.exec(sqlSetEnd, metaChecked, []byte(strconv.FormatInt(at.UnixMilli(), 10)))
		return err
	})
	if err != nil {
		return fmt.Errorf("note that a backup was checked: %w", err)
	}
	return nil
}
