package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/sqlite"
)

// reportsCmd is about the reports.
type reportsCmd struct {
	List reportsListCmd `cmd:"" help:"List reports, decrypted. For those who may read them."`
}

// reportsListCmd lists reports.
type reportsListCmd struct {
	Flow  string `help:"Only of this flow."`
	Since string `help:"Only what occurred on this day or later, YYYY-MM-DD."`
	All   bool   `help:"Also those that were taken back."`
	JSON  bool   `name:"json" help:"One object a line."`
}

// Run prints one report a line.
func (c *reportsListCmd) Run(w *world, s *Settings) error {
	filter := sqlite.ReportFilter{Flow: c.Flow, WithUndone: c.All}
	if c.Since != "" {
		since, err := program.ParseDate(c.Since)
		if err != nil {
			return usageError{fmt.Errorf("--since: %w", err)}
		}
		filter.Since = since
	}
	if err := knownFlow(c.Flow); err != nil {
		return err
	}
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	if err := audit(w, store, program.ReadReport, cmp.Or(c.Flow, "*")); err != nil { // before anything is shown
		return err
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	enc := json.NewEncoder(w.out)
	err = store.Reports(w.ctx, filter, func(r program.Report) error {
		if c.JSON {
			return enc.Encode(export.LineOf(r))
		}
		_, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.OccurredOn, r.Flow, r.Participant, r.Answers)
		return err
	})
	return errors.Join(err, t.Flush()) // those that can be read are shown, though others cannot
}

// knownFlow refuses the name of a flow that there never was: an empty list would look as if
// nothing had been reported.
func knownFlow(name string) error {
	if name == "" {
		return nil
	}
	var known []string
	for _, read := range []func() ([]*flow.Flow, error){flows.All, flows.Archive} {
		all, err := read()
		if err != nil {
			return err
		}
		for _, f := range all {
			if f.Save.As != flow.AsReport {
				continue
			}
			if f.ID == name {
				return nil
			}
			known = append(known, f.ID)
		}
	}
	slices.Sort(known)
	return usageError{fmt.Errorf("--flow %q: there is %s", name, strings.Join(slices.Compact(known), ", "))}
}
