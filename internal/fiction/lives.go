package fiction

import (
	"fmt"
	"maps"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// life is what has become of a matter: how it was opened, and each step that moved it on.
type life struct {
	m     program.Matter
	steps []step
}

// step is one report about a matter, or a change without one.
type step struct {
	flow   string // empty for a button
	status string // empty when it stays
	by     string
	at     time.Time
	said   map[string]any // what the report tells
	fields program.Fields // what the matter keeps of it
	facts  []program.Fact // what is counted of it
	due    func(m program.Matter, at time.Time) time.Time
}

// number is the next number of a kind of matter in a year.
func (g *seeder) number(kind program.MatterKind, year int) int {
	key := fmt.Sprint(kind, year)
	g.numbers[key]++
	return g.numbers[key]
}

// live stores matters step by step: all first steps in one turn, then all second ones.
func (g *seeder) live(all []life) error {
	for round := 0; ; round++ {
		var plan turn.Plan
		for i := range all {
			if round < len(all[i].steps) {
				g.step(&plan, &all[i], round)
			}
		}
		if len(plan.Way.Moves) == 0 {
			return nil
		}
		if err := g.commit(plan); err != nil {
			return err
		}
	}
}

// step is what one step changes.
func (g *seeder) step(plan *turn.Plan, l *life, round int) {
	s, m := l.steps[round], &l.m
	if round == 0 {
		m.Year, m.OpenedAt, m.Author = s.at.Year(), s.at, s.by
		m.Number = g.number(m.Kind, m.Year)
		m.ID = fmt.Sprintf("demo-%s", m.Code())
		m.Fields = program.Fields{}
	}
	change := program.Change{ID: fmt.Sprintf("%s-%d", m.ID, round), At: s.at, By: s.by, Was: m.Status}
	if round == 0 {
		change.ID = m.ID
	}
	if s.status != "" {
		m.Status = s.status
	}
	change.Now = m.Status
	maps.Copy(m.Fields, s.fields)
	if m.Due = (time.Time{}); s.due != nil {
		m.Due = s.due(*m, s.at)
	}
	m.ChangedAt, m.Rev, m.Last = s.at, round, change.ID
	stored := *m
	stored.Fields = maps.Clone(m.Fields)
	plan.Way.Moves = append(plan.Way.Moves, turn.Move{Matter: stored, Change: change})
	if s.flow != "" {
		plan.Reports = append(plan.Reports, program.Report{
			ID: change.ID, Flow: s.flow, FlowVersion: 1, Participant: m.Participant, Matter: m.ID, Author: s.by,
			OccurredOn: program.DateOf(s.at), CreatedAt: s.at.UTC(), Answers: asKept(s.said), Facts: s.facts,
		})
	}
}

// lives are all matters of the demo but sessions.
func (g *seeder) lives() []life {
	all := append(g.cases(), g.capitals()...)
	return append(all, g.board()...)
}

// cases are one that waits since almost a week, and some that came to a good end.
func (g *seeder) cases() []life {
	due := func(m program.Matter, at time.Time) time.Time { return program.CaseDue(m, at) }
	var all []life
	opened := func(alias, kind string, at time.Time) life {
		w := g.called(alias)
		return life{
			m: program.Matter{Kind: program.Case, Participant: w.code, Owner: w.companion},
			steps: []step{{
				flow: "kasus", status: "diambil", by: w.companion, at: at, due: due,
				said:   map[string]any{"sumber": "pendamping", "jenis": kind, "tingkat": "biasa"},
				fields: program.Fields{"sumber": {"pendamping"}, "jenis": {kind}, "tingkat": {"biasa"}},
				facts:  []program.Fact{{Field: "jenis", Code: kind}, {Field: "tingkat", Code: "biasa"}},
			}},
		}
	}
	for i, c := range []struct {
		alias, kind string
		ago, took   int
	}{
		{"Wisteria", "produk_kurang_laku", 61, 6}, {"Gardenia", "relasi_pedagang_besar", 47, 3}, {"Aster", "usaha_kurang_berkembang", 33, 5},
		{ending, "produk_kurang_laku", 20, 4}, {"Lantana", "relasi_pedagang_besar", 5, 4},
	} {
		l := opened(c.alias, c.kind, g.at(c.ago, 10))
		l.steps = append(l.steps, step{
			flow: "tindakan", status: "selesai", by: l.m.Owner, at: g.at(c.ago-c.took, 14),
			said:   map[string]any{"tindakan": "dikunjungi", "keadaan": "selesai"},
			fields: program.Fields{"tindakan": {[]string{"dikunjungi", "dikenalkan_mitra"}[i%2]}, "keadaan": {"selesai"}},
		})
		all = append(all, l)
	}
	return append(all, opened("Petunia", "produk_kurang_laku", g.at(6, 11)))
}

// board is what waits for the board, and what it does besides: a candidate, a proposal, a partner, a task,
// and how many the institution hopes to reach.
func (g *seeder) board() []life {
	before, alone := g.called(beforeBoard), g.called(onHerOwn)
	partner := g.at(0, 9)
	if g.sinceMonday() == 0 { // else the chair would be told of it at once
		partner = partner.AddDate(0, 0, 1)
	}
	y, m, d := g.today.Date()
	guests := time.Date(y, m, d+6, 10, 0, 0, 0, g.today.Location())
	return []life{
		{m: program.Matter{Kind: program.Candidacy, Participant: before.code}, steps: []step{{
			flow: "ajukan", status: "menunggu", by: before.companion, at: g.at(10, 13),
			said:   map[string]any{"kebutuhan": []string{"modal", "keterampilan"}, "prioritas": []string{"modal_terbatas"}},
			fields: program.Fields{"kebutuhan": {"modal", "keterampilan"}, "prioritas": {"modal_terbatas"}},
		}}},
		{m: program.Matter{Kind: program.Proposal, Participant: alone.code}, steps: []step{{
			flow: "tahap", status: "diusulkan", by: alone.companion, at: g.at(3, 15),
			said: map[string]any{"ke": "mandiri", "usaha_sendiri": "ya", "hasil_tetap": "ya", "pelanggan": "ya"},
			fields: program.Fields{
				"usul": {"tahap"}, "dari": {string(alone.stage)}, "ke": {"mandiri"}, "usaha_sendiri": {"ya"}, "hasil_tetap": {"ya"}, "pelanggan": {"ya"},
			},
		}}},
		{m: program.Matter{Kind: program.Partner}, steps: []step{{
			flow: "mitra", status: "sepakat", by: Wati, at: g.at(21, 10),
			said: map[string]any{"nama": "Toko Bahan Kue Ampera", "jenis": "pedagang_besar", "keadaan": "sepakat", "tindak_lanjut": program.DateOf(partner)},
			fields: program.Fields{
				"nama": {"Toko Bahan Kue Ampera"}, "jenis": {"pedagang_besar"}, "keadaan": {"sepakat"}, "tindak_lanjut": {string(program.DateOf(partner))},
			},
			due: func(program.Matter, time.Time) time.Time { return partner },
		}}},
		{m: program.Matter{Kind: program.Task, Owner: Yuli, Day: program.DateOf(guests)}, steps: []step{{
			flow: "tugas", status: "diterima", by: Ratna, at: g.at(2, 9),
			said: map[string]any{"jenis": "tamu_lembaga", "judul": "Menerima tamu dari dinas", "mulai": guests.Format(program.AnswerTime), "kepada": Yuli, "lembar_info": "ya"},
			fields: program.Fields{
				"jenis": {"tamu_lembaga"}, "judul": {"Menerima tamu dari dinas"}, "mulai": {guests.Format(program.AnswerTime)}, "kepada": {Yuli}, "lembar_info": {"ya"},
			},
			due: func(m program.Matter, _ time.Time) time.Time { return program.TaskDue(m, guests) },
		}}},
		{m: program.Matter{Kind: program.Profile}, steps: []step{{
			flow: "profil", status: "berlaku", by: Ratna, at: g.at(0, 9), // else it would be asked at once what is to become better
			said: map[string]any{"target_binaan": 40}, fields: program.Fields{"target_binaan": {"40"}},
		}}},
	}
}
