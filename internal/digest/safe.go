package digest

import (
	"cmp"
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// What is told of how participants fare goes through package kanon, each question by itself. Where two
// blocks speak of the same women, one is made from the other's shown figures, so that there is nothing
// to be taken away from one another.

// answers are the codes of the questions that are told by code, in the order in which they are shown.
func answers(q Question) kanon.Question {
	switch q.Flow + "." + q.Field {
	case FlowMet + ".hasil":
		return kanon.Question{Keys: []string{"mau", "pikir_dulu", "belum_mau", "tidak_bisa_dihubungi"}}
	case FlowMet + ".kebutuhan":
		return kanon.Question{Several: true, Keys: []string{
			"modal", "keterampilan", "pemasaran", "dukungan_keluarga", "pendidikan", "dokumen_kependudukan", "kesehatan_rujukan",
			"tempat_tinggal", "rasa_aman", "lainnya",
		}}
	case FlowTrade + "." + fieldDirection:
		return kanon.Question{Keys: []string{"naik", "tetap", "turun"}} // time off is no direction
	case FlowTrade + ".tingkat":
		return kanon.Question{Keys: []string{"belum_mulai", "merintis", "berjalan", "berkembang", "mandiri", "libur", "berhenti"}}
	case FlowTrade + ".kendala":
		return kanon.Question{Several: true, Alone: []string{"tidak_ada"}, Keys: []string{
			"tidak_ada", "kurang_laku", "modal", "relasi_pemasok", "harga_bahan", "kurang_berkembang", "kualitas", "dukungan_keluarga",
			"alat_rusak", "tempat", "waktu", "kesehatan", "cuaca", "catat_uang", "lainnya",
		}}
	}
	return kanon.Question{}
}

// cells are the figures of a question, so many weeks before the week.
func cells(r Raw, q Question, ago int) []kanon.Figure {
	c := kanon.NewCells(answers(q))
	for _, t := range r.Told {
		if t.Flow == q.Flow && t.Ago == ago {
			c.Add(t.Who, t.codes(q.Field)...)
		}
	}
	return c.Suppress()
}

// topMost is how many of a long list are told.
const topMost = 3

// top are the most frequent of those that are shown; none of them is somebody's only answer.
func top(all []kanon.Figure) []kanon.Figure {
	shown := slices.DeleteFunc(slices.Clone(all), func(f kanon.Figure) bool { return !f.Shown || f.Key == "tidak_ada" })
	slices.SortStableFunc(shown, func(a, b kanon.Figure) int { return cmp.Compare(b.Count, a.Count) })
	return shown[:min(len(shown), topMost)]
}

// active reports whether somebody has been accepted and is on her way.
func active(p Person) bool {
	g, in := group(p)
	return in && g != program.GroupConcluded && g != program.GroupAside
}

// group is the part of the way that somebody is at; false for those who have not been accepted.
func group(p Person) (program.GuestGroup, bool) {
	before := []program.Stage{program.Registered}
	if p.Accepted {
		before = nil
	}
	return program.GuestGroupOf(p.Stage, before)
}

// population counts those who have been accepted. Those on their way and those who have paused or ended
// are two crowds: the second is told of only where it is one, and then each is divided by itself. So
// whoever takes the first from the whole learns nothing that is small.
func population(people []Person) (all kanon.Figure, groups, newcomers []kanon.Figure) {
	crowd := map[program.GuestGroup]int{}
	fresh, here, apart := 0, 0, 0
	for _, p := range people {
		g, in := group(p)
		if !in {
			continue
		}
		crowd[g]++
		if active(p) {
			here++
			if p.New {
				fresh++
			}
		} else {
			apart++
		}
	}
	if apart < kanon.K {
		apart = 0
	}
	if here >= kanon.K {
		all = kanon.Figure{Shown: true, Count: int64(here + apart)}
	}
	divide := func(of ...program.GuestGroup) []kanon.Figure {
		sizes := make(map[string]int, len(of))
		keys := make([]string, 0, len(of))
		for _, g := range of {
			keys = append(keys, string(g))
			sizes[string(g)] = crowd[g]
		}
		return split(keys, sizes)
	}
	groups = divide(program.GroupLearning, program.GroupCapital, program.GroupTrading, program.GroupIndependent)
	if apart > 0 {
		groups = append(groups, divide(program.GroupConcluded, program.GroupAside)...)
	}
	newcomers = split([]string{Newcomer, Longer}, map[string]int{Newcomer: fresh, Longer: here - fresh})
	return all, groups, newcomers
}

// The keys of Process.Newcomers.
const (
	Newcomer = "new"
	Longer   = "longer"
)

// split are the figures of a crowd of which everybody is one thing.
func split(keys []string, sizes map[string]int) []kanon.Figure {
	c := kanon.NewCells(kanon.Question{Keys: keys})
	for _, key := range keys {
		for i := range sizes[key] {
			c.Add(fmt.Sprintf("%s/%d", key, i), key)
		}
	}
	return c.Suppress()
}
