package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/dampingi/dampingi/internal/backup"
)

// listBackupsCmd shows the backups there are.
type listBackupsCmd struct{}

// Run lists them, the newest first. Nothing is opened, and no key is needed.
func (c *listBackupsCmd) Run(w *world, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	all, err := s.Backups.all(w)
	if err != nil {
		return err
	}
	if len(all) == 0 {
		fmt.Fprintln(w.out, w.words.Plain("backups.empty", map[string]any{"Dir": s.Backups.Dir}))
		return nil
	}
	now := w.now().In(zone)
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	fmt.Fprintln(table, w.words.Plain("backups.list", nil))
	for _, f := range all {
		size := int64(0)
		if info, err := os.Stat(filepath.Join(s.Backups.Dir, f.Name())); err == nil {
			size = info.Size()
		}
		fmt.Fprintf(table, "%s\t%s\t%d KB\t%s\t%s\n", clocked(f.At.In(zone)), w.aged(now.Sub(f.At)), (size+1023)/1024, w.words.Plain(state(f, now), nil), f.Name())
	}
	return table.Flush()
}

// all finds the backups in the folder of the settings, the newest first.
func (b *backupSettings) all(w *world) ([]backup.Found, error) {
	if b.Dir == "" {
		return nil, usageError{w.wrong("backups.no_dir", nil)}
	}
	all, err := backupsIn(w, b.Dir)
	if err != nil {
		return nil, err
	}
	slices.SortFunc(all, func(a, b backup.Found) int { return b.At.Compare(a.At) })
	return all, nil
}

// state is what can be said of a backup without opening it.
func state(f backup.Found, now time.Time) string {
	switch {
	case !f.Whole:
		return "backups.state_torn"
	case f.Flawed:
		return "backups.state_flawed"
	case f.Ahead(now):
		return "backups.state_ahead"
	}
	return "backups.state_whole"
}

// aged is how old something is, in days and hours.
func (w *world) aged(d time.Duration) string {
	hours := int(max(d, 0) / time.Hour)
	return w.words.Plain("backups.age", map[string]any{"Days": hours / 24, "Hours": hours % 24})
}
