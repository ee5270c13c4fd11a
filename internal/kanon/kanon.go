// Package kanon says which figures may be told to people outside: none that fewer than K participants
// are behind, and none from which such a one could be worked out. It is pure.
package kanon

import (
	"slices"
)

// Hidden is how a figure looks that is not shown.
const Hidden = "<5"

// K is the fewest distinct participants behind a figure that is shown (safety.md 3.5 rule 15).
const K = 5

// Figure is one number that may be shown, or that there is one which may not: then everything in
// it but its key is zero, so that nobody can print it by mistake.
type Figure struct {
	Key   string  // the code it counts; empty for a total and for numbers
	Shown bool    // false: fewer than K participants, or hidden so that those stay hidden
	Count int64   // reports
	Sum   int64   // numbers only
	Mean  float64 // numbers only
}

// Question says how the answers of one choice relate to one another.
type Question struct {
	Keys    []string // the codes there are, in the order in which they are shown
	Several bool     // a report may have several of them
	Alone   []string // those that exclude all others, as "tidak_ada" does; with Several only
}

// Cells gathers the answers to one question in one group, say those of a week, until Suppress
// says which figures may be shown. Everything in a group is read side by side with its total, so
// a report that has no answer is added too.
type Cells struct {
	question Question
	reports  []answered
}

// answered is one report: whose it is, and which keys it has.
type answered struct {
	participant string
	keys        []int
}

// NewCells begins a group.
func NewCells(q Question) *Cells { return &Cells{question: q} }

// Add takes one report in, with its answers; codes that the question does not have are no answer.
// A report about nobody, or about somebody who has been erased, is counted, and is nobody's.
func (c *Cells) Add(participant string, codes ...string) {
	one := answered{participant: participant}
	for _, code := range codes {
		if i := slices.Index(c.question.Keys, code); i >= 0 && !slices.Contains(one.keys, i) {
			one.keys = append(one.keys, i)
		}
	}
	c.reports = append(c.reports, one)
}

// Suppress gives a figure for every key of the question, in its order. What can be worked out
// from the total and those that are shown, by taking away what excludes one another, has at
// least K participants behind it:
//
//   - a key of fewer than K participants is not shown, and neither is none at all: 0 says of
//     everybody that she did not;
//   - what is left when all that is shown is taken from the total is a figure too. Were it one
//     hidden key, or few participants, the next smallest is hidden with it, until it is not;
//   - where a report may have several answers, those without the key (and without one that
//     excludes it) are such a rest for each key by itself.
//
// All that is hidden looks the same, whatever it is hidden for.
func (c *Cells) Suppress() []Figure {
	figures := make([]Figure, len(c.question.Keys))
	behind := make([]int, len(figures))
	for i, key := range c.question.Keys {
		has := func(r answered) bool { return slices.Contains(r.keys, i) }
		behind[i] = c.crowd(has)
		figures[i] = Figure{Key: key, Count: c.count(has), Shown: behind[i] >= K && c.crowdWithout(i) >= K}
	}
	for !c.holds(figures) {
		smallest := -1
		for i, f := range figures {
			if f.Shown && (smallest < 0 || behind[i] < behind[smallest]) {
				smallest = i
			}
		}
		figures[smallest].Shown = false
	}
	for i := range figures {
		if !figures[i].Shown {
			figures[i] = Figure{Key: figures[i].Key}
		}
	}
	return figures
}

// holds reports whether nothing small can be worked out from what is shown; nothing can when
// nothing is shown.
func (c *Cells) holds(figures []Figure) bool {
	hidden := 0
	for _, f := range figures {
		if !f.Shown {
			hidden++
		}
	}
	if hidden == len(figures) {
		return true
	}
	isHidden := func(i int) bool { return !figures[i].Shown }
	if hidden == 0 { // what is left is whoever did not answer
		silent := func(r answered) bool { return len(r.keys) == 0 }
		return c.count(silent) == 0 || c.crowd(silent) >= K
	}
	if hidden == 1 {
		return false
	}
	return c.question.Several ||
		c.crowd(func(r answered) bool { return slices.ContainsFunc(r.keys, isHidden) }) >= K
}

// crowdWithout is how many participants are behind the rest that one key by itself leaves of the
// total, when several can be chosen; of single answers, holds looks at what all of them leave.
func (c *Cells) crowdWithout(key int) int {
	if !c.question.Several {
		return K
	}
	return c.crowd(func(r answered) bool {
		return len(r.keys) > 0 && !slices.ContainsFunc(r.keys, func(i int) bool {
			return i == key || slices.Contains(c.question.Alone, c.question.Keys[i])
		})
	})
}

// crowd counts the distinct participants behind the reports that are chosen.
func (c *Cells) crowd(chosen func(answered) bool) int {
	who := map[string]bool{}
	for _, r := range c.reports {
		if r.participant != "" && chosen(r) {
			who[r.participant] = true
		}
	}
	return len(who)
}

// count counts the reports that are chosen.
func (c *Cells) count(chosen func(answered) bool) int64 {
	n := int64(0)
	for _, r := range c.reports {
		if chosen(r) {
			n++
		}
	}
	return n
}

// Total is how many reports there are in the group.
func (c *Cells) Total() Figure {
	all := func(answered) bool { return true }
	if c.crowd(all) < K {
		return Figure{}
	}
	return Figure{Shown: true, Count: c.count(all)}
}
