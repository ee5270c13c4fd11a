package program

// The scale of development, SPDU version 1 (program.md 2.5): something to talk about together, and no
// test. There is no total, nobody is compared with anybody, and it decides about nothing.

// Dimensions are its five questions, each from 1 to 5; any may be passed over.
func Dimensions() []string { return []string{"d1", "d2", "d3", "d4", "d5"} }

// ScaleEvery is after how many days it is time for it again.
const ScaleEvery = 90

// Levels are the answers by dimension; what was passed over is not in it.
type Levels map[string]int

// Shift is a dimension in which something has changed.
type Shift struct {
	Dimension string
	Was, Now  int
}

// Shifts are the dimensions in which something has changed since before, in their order.
func (l Levels) Shifts(before Levels) []Shift {
	var all []Shift
	for _, d := range Dimensions() {
		was, now := before[d], l[d]
		if was != 0 && now != 0 && was != now {
			all = append(all, Shift{d, was, now})
		}
	}
	return all
}

// fallMost is by how much a level may fall before somebody should ask how she is.
const fallMost = 1

// Fell reports whether a level has fallen so far that it is good to ask how she is.
func (s Shift) Fell() bool { return s.Was-s.Now > fallMost }
