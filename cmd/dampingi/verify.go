package main

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/sqlite"
)

// flawKeys is how each kind of flaw is told.
var flawKeys = map[sqlite.FlawKind]string{ //nolint:gochecknoglobals // a table, never changed
	sqlite.Changed:    "verify.changed",
	sqlite.Missing:    "verify.missing",
	sqlite.Cut:        "verify.cut",
	sqlite.Unreadable: "verify.unreadable",
	sqlite.Damaged:    "verify.damaged",
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
	for _, f := range proof.Flaws {
		fmt.Fprintf(w.errOut, "%s\n", w.words.Plain(flawKeys[f.Kind], map[string]any{"Table": f.Table, "Row": f.Row}))
	}
	if n := len(proof.Flaws); n > 0 {
		return w.wrong("verify.flawed", map[string]any{"Count": n})
	}
	fmt.Fprintln(w.out, w.words.Plain("verify.good", map[string]any{
		"Reports": proof.Reports, "People": proof.People, "Participants": proof.Participants, "Audit": proof.Audit,
	}))
	return nil
}
