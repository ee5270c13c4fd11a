package guide

import (
	"strconv"
	"strings"
)

// Taps is what a report takes on a phone.
type Taps struct {
	Taps  int // from the menu to [Simpan], both buttons counted
	Typed int // what was written besides: a command, a name, a note
}

// String is the number as a table shows it; nothing when there is none.
func (t Taps) String() string {
	switch {
	case t == Taps{}:
		return ""
	case t.Typed == 0:
		return strconv.Itoa(t.Taps)
	}
	return strconv.Itoa(t.Taps) + " + " + strconv.Itoa(t.Typed) + " ✍️"
}

// less orders ways of making the same report: what needs less writing first, and then fewer taps.
func (t Taps) less(other Taps) bool {
	return t.Typed < other.Typed || t.Typed == other.Typed && t.Taps < other.Taps
}

// Run is one way to a saved report, as a transcript plays it.
type Run struct {
	Flow    string
	Took    Taps
	Pressed []string // the labels, in their order
}

// CountTaps gives every report that a transcript saves and that is made from the menu on, or from what
// is written where nothing else is open. What goes on from a receipt, or after a while, is no run of
// its own and is left out.
func CountTaps(transcript string) []Run {
	var runs []Run
	c := &counter{}
	for line := range strings.SplitSeq(transcript, "\n") {
		mark, rest, _ := strings.Cut(line, " ")
		switch mark {
		case "==":
			c.lost(true)
		case "@", "+":
			c.lost(c.rests)
		case ">":
			c.does(rest)
		case "!":
			if id, ok := saved(rest); ok {
				if c.counts {
					runs = append(runs, Run{Flow: id, Took: c.took, Pressed: c.pressed})
				}
				c.lost(true)
			}
		}
	}
	return runs
}

// Fewest is the shortest way to a report of each flow.
func Fewest(runs []Run) map[string]Taps {
	all := map[string]Taps{}
	for _, r := range runs {
		if best, some := all[r.Flow]; !some || r.Took.less(best) {
			all[r.Flow] = r.Took
		}
	}
	return all
}

// saved is the flow of which a transcript says that a report is on record.
func saved(line string) (string, bool) {
	rest, ok := strings.CutPrefix(line, "tersimpan: ")
	id, _, _ := strings.Cut(rest, " ")
	return id, ok
}

// counter counts what somebody does since she was at the menu.
type counter struct {
	took    Taps
	pressed []string
	counts  bool // it is known where she began
	rests   bool // nothing is open: what she writes now begins something
}

// lost forgets what was counted.
func (c *counter) lost(rests bool) { *c = counter{rests: rests} }

// does takes in what she does.
func (c *counter) does(what string) {
	label, tap := strings.CutPrefix(strings.TrimSuffix(what, " x2"), "[")
	label = strings.TrimSuffix(label, "]")
	switch {
	case strings.HasPrefix(what, "lama "): // it does nothing
	case tap && (label == "Menu" || label == "☰ Menu") || what == "/menu" || what == "menu":
		*c = counter{counts: true}
	case tap:
		c.rests = false
		c.took.Taps++
		c.pressed = append(c.pressed, label)
	case c.rests || strings.HasPrefix(what, "/"):
		*c = counter{counts: true, took: Taps{Typed: 1}}
	default:
		c.took.Typed++
	}
}
