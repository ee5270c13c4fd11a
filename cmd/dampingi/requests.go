package main

import (
	"encoding/json"
	"fmt"
	"math"
	"slices"
	"text/tabwriter"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// peopleRequestsCmd lists what participants have asked for about their data.
type peopleRequestsCmd struct {
	JSON bool `name:"json" help:"One object a line."`
}

// requestLine is one request as scripts see it.
type requestLine struct {
	ID          string              `json:"id"`
	Participant string              `json:"participant"`
	Kind        program.RequestKind `json:"kind"`
	At          time.Time           `json:"at"`
	Due         time.Time           `json:"due"`
	LeftHours   int                 `json:"left_hours"` // whole hours; below 0 when it is late
}

// Run prints one open request a line, the most urgent first.
func (c *peopleRequestsCmd) Run(w *world, s *Settings) error {
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	open, err := store.OpenRequests(w.ctx, "*")
	if err != nil {
		return err
	}
	open = slices.DeleteFunc(open, func(r program.Request) bool { return r.Kind == program.AskCall }) // her companion's to see
	if c.JSON {
		enc := json.NewEncoder(w.out)
		for _, r := range open {
			left := int(math.Floor(r.Due.Sub(w.now()).Hours()))
			if err := enc.Encode(requestLine{r.ID, r.Participant, r.Kind, r.At, r.Due, left}); err != nil {
				return fmt.Errorf("print: %w", err)
			}
		}
		return nil
	}
	if len(open) == 0 {
		fmt.Fprintln(w.out, w.words.Text("people.no_requests"))
		return nil
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, r := range open {
		left, key := r.Due.Sub(w.now()), "people.request_left"
		if left < 0 {
			left, key = -left, "people.request_late"
		}
		hours := int(left.Hours())
		fmt.Fprintf(t, "%s\t%s\t%s\n", r.Participant, r.Kind, w.words.Plain(key, map[string]any{"Days": hours / 24, "Hours": hours % 24}))
	}
	return t.Flush()
}
