package kanon

import "math"

// Bounds are what a number can be; answers outside of them are counted as they are.
type Bounds struct {
	Min, Max int64 // Max below or at Min: no upper bound
}

// Numbers gathers the answers to one question for a number in one group, until Suppress says
// whether they may be shown.
type Numbers struct {
	bounds  Bounds
	silent  map[string]bool
	unasked int64 // reports without an answer
	count   int64
	sum     int64
	over    bool // the sum is larger than an int64
	who     map[string]bool
	weights [3]map[string]float64 // by participant: the size of what she told, and how far it is from each bound
}

// NewNumbers begins a group.
func NewNumbers(b Bounds) *Numbers {
	n := &Numbers{bounds: b, silent: map[string]bool{}, who: map[string]bool{}}
	for i := range n.weights {
		n.weights[i] = map[string]float64{}
	}
	return n
}

// Add takes one report in, with its answer: none when it has no answer, which is added too,
// because who did not answer can be told from the total.
func (n *Numbers) Add(participant string, values ...int64) {
	if len(values) == 0 {
		n.unasked++
		if participant != "" {
			n.silent[participant] = true
		}
		return
	}
	n.count++ // reports, as everywhere
	if participant != "" {
		n.who[participant] = true
	}
	for _, v := range values {
		sum := n.sum + v
		n.over = n.over || (sum > n.sum) != (v > 0) && v != 0
		n.sum = sum
		n.weights[0][participant] += math.Abs(float64(v))
		n.weights[1][participant] += math.Abs(float64(v) - float64(n.bounds.Min))
		n.weights[2][participant] += math.Abs(float64(n.bounds.Max) - float64(v))
	}
}

// Suppress gives count, sum and mean, or none of them: two of them are the third. They are shown
// when at least K distinct participants told a number, when those who did not are nobody or at
// least K too, and when no single one of them makes up more than 80% of the sum. The same is
// asked of how far the numbers are from the least and the most there can be: a mean of 4,9 of 5
// says of everybody what she said.
func (n *Numbers) Suppress() Figure {
	if len(n.who) < K || n.unasked > 0 && len(n.silent) < K || n.over {
		return Figure{}
	}
	weights := n.weights[:2]
	if n.bounds.Max > n.bounds.Min {
		weights = n.weights[:]
	}
	for _, w := range weights {
		if dominated(w) {
			return Figure{}
		}
	}
	return Figure{Shown: true, Count: n.count, Sum: n.sum, Mean: float64(n.sum) / float64(n.count)}
}

// dominated reports whether one participant has more than 80% of all, or there is nothing to
// have: then everybody's share is known to be nothing. Those who are nobody are taken for one.
func dominated(weights map[string]float64) bool {
	all, most := 0.0, 0.0
	for _, w := range weights {
		all += w
		most = max(most, w)
	}
	return all == 0 || 5*most > 4*all
}
