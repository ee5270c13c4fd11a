package records_test

import (
	"context"
	"fmt"
	"sync"
	"syscall"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

const lanes = 200

// cpuTime is what the process has used of the processors, in user and in system.
func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var u syscall.Rusage
	must(b, syscall.Getrusage(syscall.RUSAGE_SELF, &u))
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// BenchmarkCommit is one step of a conversation by 200 people at once: a state of 600
// bytes, one message, the inbox row done. Half of the messages are sent meanwhile.
func BenchmarkCommit(b *testing.B) {
	s := open(b)
	ctx := context.Background()
	batch := make([]turn.Row, 0, 100)
	body := make([]byte, 400)
	var rows []turn.Row
	flush := func() {
		got, err := s.Receive(ctx, batch)
		must(b, err)
		rows, batch = append(rows, got...), batch[:0]
	}
	steps := max(b.N/lanes, 1)
	for i := range steps * lanes {
		if batch = append(batch, turn.Row{UpdateID: int64(i), Body: body, At: now}); len(batch) == cap(batch) {
			flush()
		}
	}
	flush()
	before, cpu := s.Stats(), cpuTime(b)
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for lane := range lanes {
		wg.Go(func() {
			chat := int64(6_000_000_000 + lane)
			key, state := s.ChatKey(chat), make([]byte, 600)
			for step := range steps {
				row := rows[step*lanes+lane].Seq
				err := s.Commit(ctx, turn.Plan{
					Row:   row,
					State: &turn.State{Key: key, Was: uint64(step), Data: state},
					Messages: []turn.Message{{
						ID: fmt.Sprintf("t-%d-1", row), Chat: chat, Form: turn.Card,
						Text:    "<b>Kunjungan</b> · 7 Melati\n✓ Kapan: kemarin (Sel, 24 Nov)\n\nBagaimana kabarnya?",
						Buttons: [][]turn.Button{{{Label: "😀 Baik", Data: "k3:1:a"}, {Label: "😐 Biasa", Data: "k3:1:b"}}, {{Label: "◀ Kembali", Data: "k3:1:<"}}},
					}},
				})
				if err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	wg.Wait()
	b.StopTimer()
	b.ReportMetric(float64((cpuTime(b)-cpu).Nanoseconds())/float64(steps*lanes), "cpu-ns/op")
	b.ReportMetric(float64(s.Stats().Flushes-before.Flushes)*1000/float64(steps*lanes), "flushes/1000")
}

func BenchmarkReceive100(b *testing.B) {
	s := open(b)
	batch, body, id := make([]turn.Row, 100), make([]byte, 400), int64(0)
	b.ReportAllocs()
	for b.Loop() {
		for i := range batch {
			id++
			batch[i] = turn.Row{UpdateID: id, Body: body, At: now}
		}
		got, err := s.Receive(context.Background(), batch)
		if err != nil || len(got) != len(batch) {
			b.Fatal(len(got), err)
		}
	}
}

func BenchmarkLoad(b *testing.B) {
	s := open(b)
	must(b, s.Save(context.Background(), turn.State{Key: "a", Data: make([]byte, 600)}))
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.Load(context.Background(), "a"); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkPersonByChat(b *testing.B) {
	s := open(b)
	peopled(b, s)
	b.ReportAllocs()
	for b.Loop() {
		if _, err := s.PersonByChat(context.Background(), sitiChat); err != nil {
			b.Fatal(err)
		}
	}
}

func BenchmarkOutbox(b *testing.B) {
	s := open(b)
	ctx := context.Background()
	steps := max(b.N/lanes, 1)
	for i := range steps {
		p := turn.Plan{}
		for j := range lanes {
			p.Messages = append(p.Messages, turn.Message{ID: fmt.Sprintf("m-%d-%d", i, j), Chat: int64(j + 1), Form: turn.Card, Text: "Halo"})
		}
		must(b, s.Commit(ctx, p))
	}
	b.ReportAllocs()
	b.ResetTimer()
	var wg sync.WaitGroup
	for lane := range lanes {
		wg.Go(func() {
			for i := range steps {
				if err := s.Sent(ctx, fmt.Sprintf("m-%d-%d", i, lane), int64(lane+1), turn.Shown{Card: i + 1, New: i + 1}); err != nil {
					b.Error(err)
				}
			}
		})
	}
	wg.Wait()
}
