package main

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"strings"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// exportCmd writes what is on record into a file: reports as they are, which leave encrypted only,
// or figures that say nothing of anybody.
type exportCmd struct {
	Format         string `required:"" enum:"${formats}" help:"One of ${enum}."`
	Since          string `help:"Only what occurred on this day or later, YYYY-MM-DD; with --anonymous from the Monday of its week on."`
	Flow           string `help:"Only of this flow."`
	Participant    string `help:"Only about one participant, by her code: the copy of her data that she asks for. It is handed over in person."`
	All            bool   `help:"Also reports that were taken back; never in figures."`
	Anonymous      bool   `help:"Figures alone: by week that has ended, none with fewer than five participants behind it."`
	PassphraseFile string `name:"passphrase-file" help:"Encrypt with the passphrase in this file, mode 0600, at least 16 characters, instead of --recipient."`
	Out            string `required:"" help:"The file to be made. It ends in .age when it is encrypted, as it must be unless --anonymous."`
}

// Run writes the file as a whole, or nothing.
func (c *exportCmd) Run(w *world, s *Settings) error {
	var since program.Date
	if c.Since != "" {
		var err error
		if since, err = program.ParseDate(c.Since); err != nil {
			return usageError{fmt.Errorf("--since: %w", err)}
		}
	}
	known, err := s.kinds()
	if err != nil {
		return err
	}
	if err := known.refuse(c.Flow); err != nil {
		return err
	}
	lock, err := c.lock(w, s)
	if err != nil {
		return err
	}
	if err := free(w, c.Out); err != nil {
		return err
	}
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if c.Participant != "" {
		if c.Anonymous {
			return usageError{w.wrong("export.one_has_no_figures", nil)}
		}
		if her, err := someone(w, store, c.Participant); err != nil || her.Role != program.Beneficiary {
			return errors.Join(err, w.wrong("people.not_participant", map[string]any{"Value": c.Participant}))
		}
	}
	action, subject := program.ExportData, cmp.Or(c.Participant, "*") // as she is told who asks who has looked
	if c.Anonymous {
		action, subject = "figures", c.Format
	}
	if err := audit(w, store, action, subject); err != nil { // before anything is written
		return err
	}
	told := ""
	err = writeOut(w, c.Out, func(out io.Writer) error {
		told, err = c.write(w, s, known, store, out, lock, since)
		return err
	})
	if errors.Is(err, records.ErrUnreadable) { // a part must not be taken for the whole
		return w.wrong("export.unreadable", nil)
	}
	if err == nil {
		fmt.Fprintln(w.out, told)
	}
	return err
}

// lock is what the file is encrypted with; nil for a plain one, which has figures alone.
func (c *exportCmd) lock(w *world, s *Settings) (*export.Lock, error) {
	if !strings.HasSuffix(c.Out, ".age") {
		if !c.Anonymous {
			return nil, usageError{w.wrong("export.needs_age", nil)}
		}
		if c.PassphraseFile != "" {
			return nil, usageError{w.wrong("export.passphrase_unused", nil)}
		}
		return nil, nil //nolint:nilnil // a plain file has none
	}
	return lockOf(w, s, c.PassphraseFile)
}

// write writes the content, through the lock when there is one, and gives the sentence that
// says what was written.
func (c *exportCmd) write(w *world, s *Settings, known kinds, store *records.Store, out io.Writer, lock *export.Lock, since program.Date) (string, error) {
	if lock == nil {
		return c.content(w, s, known, store, out, since)
	}
	sealed, err := lock.Seal(out)
	if err != nil {
		return "", err
	}
	told, err := c.content(w, s, known, store, sealed, since)
	return told, errors.Join(err, sealed.Close())
}

// content writes reports or figures.
func (c *exportCmd) content(w *world, s *Settings, known kinds, store *records.Store, out io.Writer, since program.Date) (string, error) {
	filter := records.ReportFilter{Flow: c.Flow, Participant: c.Participant, Since: since, WithUndone: c.All && !c.Anonymous}
	format := export.Format(c.Format)
	if !c.Anonymous {
		codes, err := matterCodes(w, store)
		if err != nil {
			return "", err
		}
		n, err := export.Reports(out, format, known.forms(c.Flow), func(each func(program.Report) error) error {
			return store.Reports(w.ctx, filter, coded(codes, each))
		})
		return w.words.Plain("export.done", map[string]any{"Count": n, "File": c.Out}), err
	}
	zone, err := s.zone()
	if err != nil {
		return "", err
	}
	filter.Since = since.WeekStart() // a week that was cut could be compared with the whole one
	n, err := export.Figures(out, format, known.countable(c.Flow), program.DateOf(w.now().In(zone)), func(each func(program.Report) error) error {
		return store.Facts(w.ctx, filter, each)
	})
	return w.words.Plain("export.figures", map[string]any{"Count": n, "File": c.Out, "Hidden": kanon.Hidden}), err
}
