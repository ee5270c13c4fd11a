package main

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/records"
)

// moveCmd moves the records from the file in DATA_DIR to PostgreSQL.
type moveCmd struct {
	To string `required:"" placeholder:"postgres://..." help:"The empty database to move to."`
}

// Run moves all records, or none, and proves them where they have arrived. The file stays.
func (c *moveCmd) Run(w *world, s *Settings) error {
	if !records.IsPostgres(c.To) {
		return usageError{w.wrong("postgres.address", map[string]any{"Setting": databaseSetting})}
	}
	if serving, err := busy(s.DataDir); err != nil || serving {
		return errors.Join(err, w.wrong("postgres.serving", nil))
	}
	here := *s
	here.DatabaseURL = "" // whatever is set already
	store, v, err := openStore(w.ctx, &here, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	rows, err := store.MoveTo(w.ctx, c.To)
	if errors.Is(err, records.ErrNotEmpty) {
		return w.wrong("postgres.not_empty", nil)
	}
	if err != nil {
		return err
	}
	there, err := records.Open(w.ctx, c.To, v, records.Options{Now: w.now, Log: w.log, Made: true})
	if err != nil {
		return err
	}
	defer closeStore(w, there)
	proof, err := there.Verify(w.ctx)
	if err != nil {
		return err
	}
	if err := w.flawed(proof.Flaws); err != nil {
		return err
	}
	if err := audit(w, there, "move", "institution"); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("verify.good", map[string]any{
		"Reports": proof.Reports, "People": proof.People, "Participants": proof.Participants, "Audit": proof.Audit,
	}))
	fmt.Fprintln(w.out, w.words.Plain("postgres.moved", map[string]any{"Rows": rows, "File": s.database(), "Setting": databaseSetting}))
	return nil
}
