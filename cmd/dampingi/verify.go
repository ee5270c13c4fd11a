package main

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/records"
)

// flawKeys is how each kind of flaw is told.
var flawKeys = map[records.FlawKind]string{ //nolint:gochecknoglobals // a table, never changed
	records.Changed:    "verify.changed",
	records.Missing:    "verify.missing",
	records.Cut:        "verify.cut",
	records.Unreadable: "verify.unreadable",
	records.Damaged:    "verify.damaged",
}

// verifyCmd proves that the records are as they were written.
type verifyCmd struct{}

// Run looks at the whole database and names everything that does not hold, never what it says.
func (c *verifyCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	proof, err := store.Verify(w.ctx)
	if err != nil {
		return err
	}
	if err := w.flawed(proof.Flaws); err != nil {
		return err
	}
	fmt.Fprintln(w.out, w.words.Plain("verify.good", map[string]any{
		"Reports": proof.Reports, "People": proof.People, "Participants": proof.Participants, "Audit": proof.Audit,
	}))
	return nil
}

// flawed names every flaw, and is an error when there is one.
func (w *world) flawed(flaws []records.Flaw) error {
	for _, f := range flaws {
		fmt.Fprintln(w.errOut, w.words.Plain(flawKeys[f.Kind], map[string]any{"Table": f.Table, "Row": f.Row}))
	}
	if len(flaws) == 0 {
		return nil
	}
	return w.wrong("verify.flawed", map[string]any{"Count": len(flaws)})
}
