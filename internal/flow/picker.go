package flow

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// pickRows times pickColumns records are offered on a page (conversation.md, Pickers).
const pickRows, pickColumns = 5, 2

// pickLabel is the longest name of which two fit side by side; there is no icon before them.
const pickLabel = 17

// picks are the records that the question at hand may offer.
func (r *run) picks() []Pick {
	if own, ok := r.in.Offers[r.s.At]; ok {
		return own
	}
	return r.in.Picks
}

// picker offers the records that the person may pick, narrowed by what she typed.
func (r *run) picker(sc *Screen) {
	found := r.picks()
	if r.s.Query != "" {
		found = matching(r.picks(), r.s.Query)
	}
	size := pickRows * pickColumns
	pages := max(1, (len(found)+size-1)/size)
	r.s.Page = min(r.s.Page, pages-1)
	page := found[min(r.s.Page*size, len(found)):min((r.s.Page+1)*size, len(found))]
	r.s.Shown = append([]Pick(nil), page...)
	passing := sc.Choices // the word for passing it over, where it has one: below the records
	sc.Choices = make([]Key, 0, len(page))
	sc.Columns = pickColumns
	for i, p := range page {
		sc.Choices = append(sc.Choices, Key{Action: actPick + strconv.Itoa(i), Label: p.Name()})
		if utf8.RuneCountInString(p.Name()) > pickLabel {
			sc.Columns = 1
		}
	}
	if len(found) == 0 && sc.Notice.Key == "" {
		sc.Notice = Notice{Key: "say.nobody_found"}
		if len(r.picks()) == 0 {
			sc.Notice = Notice{Key: "say.nobody_to_pick"}
			if sc.Step.Kind.Matter() {
				sc.Notice = Notice{Key: "say.nothing_to_pick"}
			}
		}
	}
	var row []Key
	if r.s.Page > 0 {
		row = append(row, Key{Action: actLess, Icon: "◀️", Text: "card.before"})
	}
	if r.s.Page < pages-1 {
		row = append(row, Key{Action: actMore, Icon: "▶️", Text: "card.after"})
	}
	for _, keys := range [][]Key{row, passing} {
		if len(keys) > 0 {
			sc.Rows = append(sc.Rows, keys)
		}
	}
}

// Name is how a record is called on screen: its code and what it is called.
func (p Pick) Name() string {
	switch {
	case p.Label == "":
		return p.Ref
	case p.Alone:
		return p.Label
	}
	return p.Ref + " · " + p.Label
}

// fold makes a code or an alias comparable with what is typed on a phone.
func fold(s string) string {
	return strings.Map(func(c rune) rune {
		if c == '-' || c == ' ' || c == '.' {
			return -1
		}
		return c
	}, strings.ToLower(strings.TrimSpace(s)))
}

// Exactly finds the one record that is called just so, by code or label or both; false for none and for several.
func Exactly(picks []Pick, typed string) (Pick, bool) {
	want := fold(typed)
	var hit []Pick
	for _, p := range picks {
		if want == fold(p.Ref) || want == fold(p.Label) || want == fold(p.Ref+p.Label) || want == fold(p.Name()) {
			hit = append(hit, p)
		}
	}
	if len(hit) == 1 {
		return hit[0], true
	}
	return Pick{}, false
}

// matching finds the records whose code or alias begins with, contains or nearly is what
// was typed, in the order given, the better kind of match first.
func matching(picks []Pick, typed string) []Pick {
	want := fold(typed)
	if want == "" {
		return picks
	}
	var begins, contains, near []Pick
	for _, p := range picks {
		code, label := fold(p.Ref), fold(p.Label)
		switch {
		case strings.HasPrefix(code, want) || strings.HasPrefix(label, want):
			begins = append(begins, p)
		case len(want) >= 2 && (strings.Contains(label, want) || strings.Contains(code, want)):
			contains = append(contains, p)
		case len(want) >= 4 && distance(label, want) <= 1+len(want)/7:
			near = append(near, p)
		}
	}
	return append(append(begins, contains...), near...)
}

// distance is how many letters have to be changed, added or dropped, or 99 for long words.
func distance(a, b string) int {
	const longest = 40
	x, y := []rune(a), []rune(b)
	if len(x) > longest || len(y) > longest {
		return 99
	}
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		diagonal := row[0]
		row[0] = i + 1
		for j := range y {
			cost := diagonal
			if x[i] != y[j] {
				cost = 1 + min(diagonal, row[j], row[j+1])
			}
			diagonal, row[j+1] = row[j+1], cost
		}
	}
	return row[len(y)]
}
