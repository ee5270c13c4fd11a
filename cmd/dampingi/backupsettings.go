package main

import (
	"errors"

	"github.com/robfig/cron/v3"

	"github.com/dampingi/dampingi/internal/backup"
	"github.com/dampingi/dampingi/internal/export"
)

// backupSettings is what is said about backups that are made by themselves.
type backupSettings struct {
	Dir            string   `name:"backup-dir" env:"BACKUP_DIR" help:"A folder into which serve puts encrypted backups by itself; without it, there are none. See docs/cadangan.md."`
	At             string   `name:"backup-at" env:"BACKUP_AT" default:"30 2 * * *" help:"When: minute, hour, day, month, weekday, in the institution's zone."`
	Days           int      `name:"backup-days" env:"BACKUP_DAYS" default:"35" help:"For how many days they are kept, 35 at most."`
	Recipients     []string `name:"backup-recipient" env:"BACKUP_RECIPIENT" help:"Whoever may open them: public keys of age; without it, those of AGE_RECIPIENT."`
	PassphraseFile string   `name:"backup-passphrase-file" env:"BACKUP_PASSPHRASE_FILE" help:"A file with a passphrase for them, mode 0600, at least 16 characters, instead of public keys."`
}

// locks is whether it is said what backups are encrypted with.
func (b *backupSettings) locks() bool { return b.PassphraseFile != "" || len(b.Recipients) > 0 }

// lock is what backups are encrypted with.
func (b *backupSettings) lock(w *world, s *Settings) (*export.Lock, error) {
	own := *s
	switch {
	case b.PassphraseFile != "" && len(b.Recipients) > 0:
		return nil, w.wrong("backups.both", nil)
	case b.PassphraseFile != "":
		own.Recipients = nil // those are for exports then
	case len(b.Recipients) > 0:
		own.Recipients = b.Recipients
	case len(s.Recipients) == 0:
		return nil, w.wrong("backups.needs_lock", nil)
	}
	return lockOf(w, &own, b.PassphraseFile)
}

// when is when they are made.
func (b *backupSettings) when(w *world) (cron.Schedule, error) {
	when, err := backup.ParseWhen(b.At)
	switch {
	case errors.Is(err, backup.ErrZone):
		return nil, w.wrong("backups.at_zone", nil)
	case err != nil:
		return nil, w.wrong("backups.at", map[string]any{"At": b.At})
	}
	return when, nil
}

// check says what is wrong, before anything is made.
func (b *backupSettings) check(w *world, s *Settings) (cron.Schedule, error) {
	when, err := b.when(w)
	if err != nil {
		return nil, err
	}
	if b.Days < 1 || b.Days > backup.DaysMost {
		return nil, w.wrong("backups.days", map[string]any{"Days": b.Days, "Most": backup.DaysMost})
	}
	_, err = b.lock(w, s)
	return when, err
}
