package main

import (
	"fmt"
	"log/slog"
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/vault"
)

// seeded is the demo's records of a seed.
func seeded(t *testing.T, seed uint64) (*records.Store, *vault.Vault) {
	t.Helper()
	set := &Settings{DataDir: t.TempDir(), Timezone: "Asia/Jakarta"}
	store, v, err := demoStore(t.Context(), set, scriptDay, slog.New(slog.DiscardHandler))
	if err != nil {
		t.Fatal(err)
	}
	sim := simulator.New(simulator.Options{Token: demoToken, Clock: simulator.NewClock(scriptDay())})
	t.Cleanup(func() {
		sim.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	if err := seedDemo(t.Context(), store, v, sim, seed, scriptDay(), set); err != nil {
		t.Fatal(err)
	}
	return store, v
}

// everyone is everybody of the demo, with what is agreed with her and all her answers; a kata aman
// differs with the key, so only whether she has one is told.
func everyone(t *testing.T, store *records.Store) (all []string) {
	t.Helper()
	people, err := store.People(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, p := range people {
		consents, err := store.Consents(t.Context(), p.ID)
		if err != nil {
			t.Fatal(err)
		}
		line := fmt.Sprint(p.ID, p.Role, p.Name, p.Chat, p.Safe.Phone, p.Safe.HideAfter, p.Safe.Word != "", p.Safe.CheckedOn)
		for _, c := range consents {
			line += fmt.Sprint(" ", c.Purpose, c.Status, c.Until)
		}
		all = append(all, line)
	}
	return all
}

func TestTheSameSeedGivesTheSamePeople(t *testing.T) {
	first, _ := seeded(t, 7)
	second, _ := seeded(t, 7)
	other, _ := seeded(t, 8)
	if a, b := everyone(t, first), everyone(t, second); !slices.Equal(a, b) {
		t.Errorf("%v\n%v", a, b)
	}
	if a, b := everyone(t, first), everyone(t, other); slices.Equal(a, b) {
		t.Error("another seed gives the same people")
	}
}

// TestTheDemoHasSomethingToTryOnEachPhone looks for what the page's hints speak of.
func TestTheDemoHasSomethingToTryOnEachPhone(t *testing.T) {
	store, v := seeded(t, 1)
	ctx, today := t.Context(), program.DateOf(scriptDay())
	with := func(chat int64) (program.Person, program.Consents) {
		p, err := store.PersonByChat(ctx, chat)
		if err != nil {
			t.Fatalf("chat %d: %v", chat, err)
		}
		consents, err := store.Consents(ctx, p.ID)
		if err != nil {
			t.Fatal(err)
		}
		return p, consents
	}
	melati, hers := with(fiction.Phone)
	if melati.Name != "Melati" || melati.Safe.Shared() || !hers.AllowChat(today) || !hers.Allow(program.Accompaniment, today) {
		t.Errorf("the first: %s, consents %v", melati.ID, hers)
	}
	if melati.Safe.Word == "" || melati.Safe.Word != conversation.WordHash(v, melati.ID, "Resep  Pempek!") {
		t.Error("the first has not the kata aman that the hint tells")
	}
	mawar, hers := with(fiction.Phone + 1)
	if mawar.Name != "Mawar" || mawar.Safe.Phone != program.PhoneFamily || mawar.Safe.Word != "" || len(hers) != 1 {
		t.Errorf("the second: %s, consents %v", mawar.ID, hers)
	}
	if wati, _ := with(1004); wati.Role != program.Secretary {
		t.Errorf("the secretary is %s", wati.Role)
	}
	open, err := store.OpenRequests(ctx, "*")
	if err != nil || len(open) != 1 || open[0].Participant != melati.ID || open[0].Due.Sub(scriptDay()) != 52*time.Hour {
		t.Errorf("open requests %v, %v", open, err)
	}
	assigned, err := store.Assigned(ctx, "demo-rina")
	if err != nil {
		t.Fatal(err)
	}
	pickable, err := store.Caseload(ctx, "demo-rina")
	if err != nil {
		t.Fatal(err)
	}
	var unasked []string
	for _, p := range assigned {
		if !slices.ContainsFunc(pickable, func(q program.Participant) bool { return q.Code == p.Code }) {
			unasked = append(unasked, p.Alias)
		}
	}
	if !slices.Equal(unasked, []string{"Seroja"}) {
		t.Errorf("not asked yet: %v", unasked)
	}
}
