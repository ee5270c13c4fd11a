package main

import (
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// agreed tells what is new on record about consent and safe contact.
func (p *player) agreed(tell func(line string)) {
	ctx := p.t.Context()
	all, err := p.h.store.Participants(ctx, records.ParticipantFilter{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, her := range all {
		consents, err := p.h.store.Consents(ctx, her.Code)
		if err != nil {
			p.t.Fatal(err)
		}
		for _, c := range consents {
			if !p.known[c.ID] {
				p.known[c.ID] = true
				tell(fmt.Sprintf("persetujuan: %s %s %s (%s, versi %s) oleh %s sampai %s", c.Participant, c.Purpose, c.Status, c.Way, c.Version, c.Recorder, c.Until))
			}
		}
		one, err := p.h.store.Person(ctx, her.Code)
		if err != nil {
			p.t.Fatal(err)
		}
		c := one.Safe
		line := fmt.Sprintf("kontak aman: %s chat %s, hp %s, %s, %s, hari %07b, %02d.%02d-%02d.%02d, tutup %d menit, jawaban %d, diperiksa %s",
			her.Code, c.Chat, c.Phone, c.Theme, c.Mode, c.Days, c.From/60, c.From%60, c.To/60, c.To%60, c.HideAfter, c.Cover+1, c.CheckedOn)
		if c.CheckedOn != "" && !p.known[line] {
			p.known[line] = true
			tell(line)
		}
	}
}

// moved tells what has become of matters, of who attends, and of anybody's way.
func (p *player) moved(tell func(line string)) {
	ctx := p.t.Context()
	once := func(line string) {
		if !p.known[line] {
			p.known[line] = true
			tell(line)
		}
	}
	all, err := p.h.store.Matters(ctx, program.MatterFilter{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, m := range all {
		line := m.Code() + " " + m.Status
		for _, part := range [][2]string{{"tentang", m.Participant}, {"tugas", m.Owner}, {"hari", string(m.Day)}} {
			if part[1] != "" {
				line += ", " + part[0] + " " + part[1]
			}
		}
		if !m.Due.IsZero() {
			line += ", batas " + m.Due.Format("2006-01-02 15.04")
		}
		if p.now[m.ID] != line {
			p.now[m.ID] = line
			tell(line)
		}
	}
	for _, m := range all {
		places, err := p.h.store.Attendance(ctx, m.ID, "")
		if err != nil {
			p.t.Fatal(err)
		}
		for _, a := range places {
			once(fmt.Sprintf("%s: %s diundang %t, menjawab %q, datang %q %s", m.Code(), a.Participant, !a.Withdrawn, a.Reply, a.Came, a.Outcome))
		}
	}
	stages, err := p.h.store.StageChanges(ctx, "", "", "")
	if err != nil {
		p.t.Fatal(err)
	}
	for _, c := range stages {
		once(fmt.Sprintf("tahap: %s %s → %s oleh %s %s", c.Participant, c.From, c.To, c.By, c.Reason))
	}
}
