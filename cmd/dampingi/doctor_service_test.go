package main

import (
	"context"
	"database/sql"
	"io"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/simulator"
)

// openRaw opens a database without the house's own rules.
func openRaw(t testing.TB, path string) *sql.DB {
	t.Helper()
	db, err := sql.Open("sqlite", path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	return db
}

// serve has the patient's bot serve until the test ends.
func (p *patient) serve() {
	p.t.Helper()
	ctx, stop := context.WithCancel(context.Background())
	over := make(chan struct{})
	go func() {
		defer close(over)
		run(ctx, []string{"--settings", p.at("dampingi.env"), "serve"}, strings.NewReader(""), io.Discard, io.Discard)
	}()
	p.t.Cleanup(func() { stop(); <-over })
}

func TestDoctorAsksTheBotThatServes(t *testing.T) {
	p := newPatient(t, madeOnce(t), simulator.Options{})
	p.except = []string{"backup_none"}
	p.set("LISTEN=" + freeAddress(t))
	p.serve()
	p.until(func() bool { all, _ := p.look(); return slices.Contains(all, "service_good") })
	if all, bad := p.look(); len(bad) > 0 || !slices.Contains(all, "rival_good") {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
	// Somebody takes its updates: Telegram tells the bot, and the bot tells doctor.
	p.until(func() bool {
		p.call("getUpdates?timeout=0")
		_, bad := p.look()
		return slices.Contains(bad, "rival_there")
	})
	// Another LISTEN: that it runs is known all the same.
	p.set("LISTEN=127.0.0.1:1")
	if all, bad := p.look(); !slices.Equal(bad, []string{"service_deaf"}) {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
}

func TestDoctorTellsOfAForeignWebhook(t *testing.T) {
	p := newPatient(t, madeOnce(t), simulator.Options{})
	p.except = []string{"backup_none"}
	p.set("LISTEN=" + freeAddress(t))
	p.serve()
	p.until(func() bool { all, _ := p.look(); return slices.Contains(all, "service_good") })
	p.hook("https://127.0.0.1:1/rahasia")
	if all, bad := p.look(); !slices.Contains(bad, "webhook_foreign") {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
}
