package main

import (
	"encoding/json"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/doctor"
)

// doctorCmd looks for what is set up wrongly.
type doctorCmd struct {
	JSON     bool          `name:"json" help:"Print one object."`
	Deep     bool          `help:"Look through all records as well, as verify does; takes longer the more there are."`
	Offline  bool          `help:"Do not ask Telegram."`
	Patience time.Duration `default:"7s" help:"For how long to look for somebody else who takes this bot's updates, while the bot does not serve; 0 leaves that out."`
}

// doctorLine is a finding as scripts see it.
type doctorLine struct {
	Check string      `json:"check"`
	Mark  doctor.Mark `json:"mark"`
	Code  string      `json:"code"`
	Says  string      `json:"says"`

	title string
}

// doctorReport is all findings as scripts see them.
type doctorReport struct {
	Worst  doctor.Mark  `json:"worst"`
	Checks []doctorLine `json:"checks"`
}

// Run prints a line for each finding. It is an error when something is wrong, and none when something is only doubtful.
func (c *doctorCmd) Run(w *world, s *Settings) error {
	found := doctor.Look(c.facts(w, s))
	lines := make([]doctorLine, 0, len(found))
	count := map[doctor.Mark]int{}
	for _, f := range found {
		count[f.Mark]++
		lines = append(lines, doctorLine{Check: f.Check, Mark: f.Mark, Code: f.Code, Says: w.words.Plain(f.Key(), f.Args), title: w.words.Text(f.Title())})
	}
	worst := doctor.Worst(found)
	if c.JSON {
		enc := json.NewEncoder(w.out)
		enc.SetEscapeHTML(false)
		if err := enc.Encode(doctorReport{Worst: worst, Checks: lines}); err != nil {
			return fmt.Errorf("print: %w", err)
		}
	} else {
		c.print(w, lines)
	}
	switch {
	case worst == doctor.Wrong:
		return w.wrong("doctor.some_wrong", map[string]any{"Count": count[doctor.Wrong]})
	case c.JSON:
	case worst == doctor.Doubt:
		fmt.Fprintln(w.out, w.words.Plain("doctor.some_doubt", map[string]any{"Count": count[doctor.Doubt]}))
	default:
		fmt.Fprintln(w.out, w.words.Text("doctor.all_good"))
	}
	return nil
}

// print prints the lines for people.
func (c *doctorCmd) print(w *world, lines []doctorLine) {
	signs := map[doctor.Mark]string{doctor.Good: "✓", doctor.Doubt: "!", doctor.Wrong: "✗"}
	for _, l := range lines {
		fmt.Fprintf(w.out, "%s %s: %s\n", signs[l.Mark], l.title, l.Says)
	}
}
