package flow

import "slices"

// quickMost is how many amounts are offered as buttons.
const quickMost = 4

// quick is the amounts offered: the last ones given and such as lie around the latest, else
// the flow's own.
func quick(st *Question, usual []int64) []int64 {
	if len(usual) == 0 {
		return st.Quick
	}
	amounts := make([]int64, 0, quickMost)
	for _, offered := range [][]int64{usual, around(usual[0]), st.Quick} {
		for _, n := range offered {
			if st.within(n) && !slices.Contains(amounts, n) && len(amounts) < quickMost {
				amounts = append(amounts, n)
			}
		}
	}
	slices.Sort(amounts)
	return amounts
}

// around is amounts a round step above and below one, the step being a fifth of it at most.
func around(n int64) []int64 {
	fifth, step := max(n, -n)/5, int64(1)
	for step*10 <= fifth {
		step *= 10
	}
	switch {
	case fifth >= 5*step:
		step *= 5
	case fifth >= 2*step:
		step *= 2
	}
	if fifth < step { // next to nothing
		return nil
	}
	above := []int64{n + step, n - step, n - 2*step, n + 2*step}
	return slices.DeleteFunc(above, func(m int64) bool { return (m < 0) != (n < 0) })
}
