package main

import (
	"cmp"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"text/tabwriter"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
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
	filter := records.ReportFilter{Flow: c.Flow, WithUndone: c.All}
	if c.Since != "" {
		since, err := program.ParseDate(c.Since)
		if err != nil {
			return usageError{fmt.Errorf("--since: %w", err)}
		}
		filter.Since = since
	}
	known, err := s.kinds()
	if err != nil {
		return err
	}
	if err := known.refuse(c.Flow); err != nil {
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
	codes, err := matterCodes(w, store)
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	enc := json.NewEncoder(w.out)
	err = store.Reports(w.ctx, filter, coded(codes, func(r program.Report) error {
		if c.JSON {
			return enc.Encode(export.LineOf(r))
		}
		_, err := fmt.Fprintf(t, "%s\t%s\t%s\t%s\t%s\n", r.ID, r.OccurredOn, r.Flow, r.Participant, r.Answers)
		return err
	}))
	return errors.Join(err, t.Flush()) // those that can be read are shown, though others cannot
}

// refuse refuses the name of a flow that there never was: an empty list would look as if nothing had
// been reported.
func (k kinds) refuse(name string) error {
	if name == "" || len(k.reporting(name)) > 0 {
		return nil
	}
	var known []string
	for _, f := range k.reporting("") {
		known = append(known, f.ID)
	}
	slices.Sort(known)
	return usageError{fmt.Errorf("--flow %q: there is %s", name, strings.Join(slices.Compact(known), ", "))}
}

// matterCodes is what every matter is called by people, by its id.
func matterCodes(w *world, store *records.Store) (map[string]string, error) {
	all, err := store.Matters(w.ctx, program.MatterFilter{})
	codes := make(map[string]string, len(all))
	for _, m := range all {
		codes[m.ID] = m.Code()
	}
	return codes, err
}

// coded gives reports on with the code of their matter in place of its id; with none where the matter
// is gone.
func coded(codes map[string]string, each func(program.Report) error) func(program.Report) error {
	return func(r program.Report) error {
		r.Matter = codes[r.Matter]
		return each(r)
	}
}
