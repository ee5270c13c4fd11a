package main

import (
	"database/sql"
	"fmt"
	"path/filepath"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

// The town of the tick: many women on record, of whom few are due.
const (
	tickAll = 100_000
	tickDue = 100
)

// BenchmarkTick is one look at what is due, with 100,000 participants of whom 100 are: what it costs
// grows with what is due.
func BenchmarkTick(b *testing.B) {
	for _, all := range []int{tickAll / 100, tickAll} {
		b.Run(fmt.Sprintf("%d_participants", all), func(b *testing.B) {
			h := newHouse(b, houseOptions{unseeded: true, remind: true})
			if err := h.store.AddPerson(b.Context(), program.Person{ID: "rina", Role: program.Companion, Name: "Rina", Chat: rinaChat, Lang: "id", Active: true}); err != nil {
				b.Fatal(err)
			}
			h.rest() // the bot itself looks at nothing any more
			today := program.DateOf(h.time.Now())
			for i := range all {
				p := program.Participant{Agreed: program.OnPaper, Code: fmt.Sprintf("T-%d", i), Alias: "Bunga", Stage: program.Trading, Companion: "rina", LastSeen: today.AddDays(-8)}
				if err := h.store.AddParticipant(b.Context(), p); err != nil {
					b.Fatal(err)
				}
			}
			db, err := sql.Open("sqlite", filepath.Join(h.dir, "dampingi.db")+"?_pragma=busy_timeout(5000)")
			if err != nil {
				b.Fatal(err)
			}
			defer func() { _ = db.Close() }()
			set := func(at string, n int) {
				if _, err := db.ExecContext(b.Context(), `UPDATE watch SET at = `+at+` WHERE subject IN (SELECT 'p/' || code FROM participant LIMIT ?)`, n); err != nil {
					b.Fatal(err)
				}
			}
			if _, err := db.ExecContext(b.Context(), `UPDATE watch SET at = 9000000000000`); err != nil {
				b.Fatal(err)
			}
			b.ReportAllocs()
			b.ResetTimer()
			for range b.N {
				b.StopTimer()
				set("0", tickDue)
				b.StartTimer()
				for more := true; more; {
					if more, err = h.app.look(b.Context()); err != nil {
						b.Fatal(err)
					}
				}
			}
			b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/tickDue, "ns/due")
		})
	}
}
