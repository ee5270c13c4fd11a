package main

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// The ids of the demo's staff. Sari is not among them: she joins while it runs.
const (
	demoChair = "demo-ketua"
	demoRina  = "demo-rina"
	demoYuli  = "demo-yuli"
	demoWati  = "demo-wati"
	demoBina  = "demo-bina"
	demoDewi  = "demo-dewi"
)

// The demo's people. All of them are made up; aliases are flowers.
var demoStaff = []program.Person{ //nolint:gochecknoglobals // a table, never changed
	{ID: demoChair, Role: program.Chair, Name: "Ratna", Chat: 1001, Lang: "id", Active: true},
	{ID: demoRina, Role: program.Companion, Name: "Rina", Chat: 1002, Lang: "id", Active: true},
	{ID: demoYuli, Role: program.Companion, Name: "Yuli", Chat: 1003, Lang: "id", Active: true},
	{ID: demoWati, Role: program.Secretary, Name: "Wati", Chat: 1004, Lang: "id", Active: true},
	{ID: demoBina, Role: program.Treasurer, Name: "Bina", Chat: 1005, Lang: "id", Active: true},
	{ID: demoDewi, Role: program.Companion, Name: "Dewi", Chat: 1006, Lang: "id", Active: true},
}

// demoNewcomer is a companion whose invitation waits to be opened.
var demoNewcomer = program.Person{ID: "demo-sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true} //nolint:gochecknoglobals // a table, never changed

// demoPhone is the chat of the participants who joined in the demo, the first of each companion.
const demoPhone = 2001

// demoStranger is the chat of somebody who has no business here.
const demoStranger = 9001

// demoOrder is the order of the phones on the page: each companion beside the one whose phone can
// be tried, then the board. Others come after them.
var demoOrder = []int64{1002, demoPhone, 1003, demoPhone + 1, 1001, 1004, 1005, 1006} //nolint:gochecknoglobals // a table, never changed

// place is where a phone stands on the page.
func place(chat int64) int {
	if i := slices.Index(demoOrder, chat); i >= 0 {
		return i
	}
	return len(demoOrder)
}

// seedDemo fills an empty database with the demo's people and some months of reports, and
// gives everybody a phone.
func seedDemo(ctx context.Context, store *records.Store, v *vault.Vault, sim *simulator.Server, seed uint64, now time.Time, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	people, err := store.People(ctx)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		same := rand.New(rand.NewPCG(seed, seed)) //nolint:gosec // fictional people, the same ones each time
		g := &seeder{ctx: ctx, store: store, vault: v, rand: same, today: now.In(zone), numbers: map[string]int{}}
		if err := g.people(); err != nil {
			return fmt.Errorf("fill the demo: %w", err)
		}
		if people, err = store.People(ctx); err != nil {
			return err
		}
	}
	slices.SortFunc(people, func(a, b program.Person) int {
		return cmp.Or(cmp.Compare(place(a.Chat), place(b.Chat)), cmp.Compare(a.Chat, b.Chat))
	})
	for _, p := range people {
		if p.Chat != 0 {
			sim.AddChat(p.Chat, p.Name, string(p.Role))
		}
	}
	sim.AddChat(demoStranger, "Nomor lain", "orang luar")
	return nil
}

// seeder makes the demo's records up, the same for the same seed.
type seeder struct {
	ctx     context.Context //nolint:containedctx // one call's own life
	store   *records.Store
	vault   *vault.Vault
	rand    *rand.Rand
	today   time.Time // the very moment, in the institution's zone
	women   []demoWoman
	first   turn.Plan      // everybody, and what was told of them
	numbers map[string]int // of matters, by kind and year
}

// people makes staff and participants up, and what has become of them. All of it is stored in a few turns,
// so that it takes no time.
func (g *seeder) people() error {
	for _, p := range demoStaff {
		if err := g.store.AddPerson(g.ctx, p); err != nil {
			return err
		}
	}
	if err := g.meet(); err != nil {
		return err
	}
	g.visits()
	g.checks()
	g.outreach()
	if err := g.commit(g.first); err != nil {
		return err
	}
	if err := g.agreed(); err != nil {
		return err
	}
	if err := g.live(g.lives()); err != nil {
		return err
	}
	return g.meetings()
}

// meet gives every woman a code, and the stages that she has come by.
func (g *seeder) meet() error {
	taken := map[string]bool{}
	g.women = demoWomen()
	for i := range g.women {
		w := &g.women[i]
		code, err := freeCode(taken, g.rand.IntN)
		if err != nil {
			return err
		}
		w.code = code
		p := program.Participant{
			Agreed: program.OnPaper, Code: code, Alias: w.alias, Stage: w.stage, Companion: w.companion,
			Concentration: program.Concentrations()[i%2],
		}
		if w.alias == demoUnasked {
			p.Agreed = ""
		}
		way := w.way()
		if len(way) > 1 {
			p.Stage = way[0]
		}
		g.first.Way.Joined = append(g.first.Way.Joined, p)
		for step := 1; step < len(way); step++ {
			g.first.Way.Stages = append(g.first.Way.Stages, program.StageChange{
				Cause: fmt.Sprintf("demo-tahap-%s-%d", code, step), Participant: code, From: way[step-1], To: way[step],
				On: g.day(w.since(step)), By: w.companion,
			})
		}
	}
	return nil
}

// day is so many days ago.
func (g *seeder) day(ago int) program.Date { return program.DateOf(g.today.AddDate(0, 0, -ago)) }

// at is so many days ago at an hour, and in any case before now.
func (g *seeder) at(ago, hour int) time.Time {
	y, m, d := g.today.Date()
	at := time.Date(y, m, d-ago, hour, 0, 0, 0, g.today.Location())
	if at.After(g.today) {
		at = g.today.Add(-time.Minute)
	}
	return at
}

// sinceMonday is how many days of this week are over.
func (g *seeder) sinceMonday() int { return (int(g.today.Weekday()) + 6) % 7 }

// called finds a woman of the demo.
func (g *seeder) called(alias string) *demoWoman {
	i := slices.IndexFunc(g.women, func(w demoWoman) bool { return w.alias == alias })
	return &g.women[i]
}

// tell adds a made-up report to what is stored first.
func (g *seeder) tell(r program.Report, answers map[string]any) {
	r.Answers = asKept(answers)
	r.FlowVersion = 1
	r.CreatedAt = r.CreatedAt.UTC()
	g.first.Reports = append(g.first.Reports, r)
}

// asKept are answers as a report keeps them.
func asKept(answers map[string]any) json.RawMessage {
	data, err := json.Marshal(answers)
	if err != nil { // words and numbers always can be
		panic(err)
	}
	return data
}

// commit stores what is made up, the way a turn does.
func (g *seeder) commit(p turn.Plan) error {
	if err := g.store.Commit(g.ctx, p); err != nil {
		return fmt.Errorf("store what is made up: %w", err)
	}
	return nil
}
