// Package fiction makes up the demo's people and their months: staff, participants, reports, matters,
// sessions and agreements, the same ones for the same seed and day. Nobody in it exists.
package fiction

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"math/rand/v2"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The ids of the demo's staff. Sari is not among them: she joins while it runs.
const (
	Ratna = "demo-ketua"
	Rina  = "demo-rina"
	Yuli  = "demo-yuli"
	Wati  = "demo-wati"
	Bina  = "demo-bina"
	Dewi  = "demo-dewi"
)

// staff are they, each with a phone.
func staff() []program.Person {
	return []program.Person{
		{ID: Ratna, Role: program.Chair, Name: "Ratna", Chat: 1001, Lang: "id", Active: true},
		{ID: Rina, Role: program.Companion, Name: "Rina", Chat: 1002, Lang: "id", Active: true},
		{ID: Yuli, Role: program.Companion, Name: "Yuli", Chat: 1003, Lang: "id", Active: true},
		{ID: Wati, Role: program.Secretary, Name: "Wati", Chat: 1004, Lang: "id", Active: true},
		{ID: Bina, Role: program.Treasurer, Name: "Bina", Chat: 1005, Lang: "id", Active: true},
		{ID: Dewi, Role: program.Companion, Name: "Dewi", Chat: 1006, Lang: "id", Active: true},
	}
}

// Newcomer is a companion who joins by her invitation while somebody looks.
func Newcomer() program.Person {
	return program.Person{ID: "demo-sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true}
}

// Phone is the chat of the participants who joined in the demo, the first of each companion.
const Phone = 2001

// Stranger is the chat of somebody who has no business here.
const Stranger = 9001

// Order is the order of the phones' chats on the page: each companion beside the one whose phone can
// be tried, then the board. Others come after them.
func Order() []int64 { return []int64{1002, Phone, 1003, Phone + 1, 1001, 1004, 1005, 1006} }

// Store takes what is made up, as it takes what people tell.
type Store interface {
	AddPerson(ctx context.Context, p program.Person) error
	People(ctx context.Context) ([]program.Person, error)
	BindChat(ctx context.Context, person string, chat int64) error
	Commit(ctx context.Context, p turn.Plan) error
}

// Phones get one for everybody who has a chat.
type Phones interface {
	AddChat(id int64, name, role string)
}

// Options say what is made up, and when.
type Options struct {
	Seed uint64                         // other people with another number
	Now  time.Time                      // in the institution's zone
	Hash func(code, word string) string // of a participant's kata aman
}

// Seed fills an empty database with the demo's people and some months of reports, and gives everybody a
// phone. One that has people already gets nothing but the phones.
func Seed(ctx context.Context, store Store, phones Phones, o Options) error {
	people, err := store.People(ctx)
	if err != nil {
		return err
	}
	if len(people) == 0 {
		same := rand.New(rand.NewPCG(o.Seed, o.Seed)) //nolint:gosec // fictional people, the same ones each time
		g := &seeder{ctx: ctx, store: store, hash: o.Hash, rand: same, today: o.Now, numbers: map[string]int{}}
		if err := g.people(); err != nil {
			return fmt.Errorf("fill the demo: %w", err)
		}
		if people, err = store.People(ctx); err != nil {
			return err
		}
	}
	order := Order()
	place := func(chat int64) int {
		if i := slices.Index(order, chat); i >= 0 {
			return i
		}
		return len(order)
	}
	slices.SortFunc(people, func(a, b program.Person) int {
		return cmp.Or(cmp.Compare(place(a.Chat), place(b.Chat)), cmp.Compare(a.Chat, b.Chat))
	})
	for _, p := range people {
		if p.Chat != 0 {
			phones.AddChat(p.Chat, p.Name, string(p.Role))
		}
	}
	phones.AddChat(Stranger, "Nomor lain", "orang luar")
	return nil
}

// seeder makes the demo's records up, the same for the same seed.
type seeder struct {
	ctx     context.Context //nolint:containedctx // one call's own life
	store   Store
	hash    func(code, word string) string
	rand    *rand.Rand
	today   time.Time // the very moment, in the institution's zone
	women   []woman
	first   turn.Plan      // everybody, and what was told of them
	numbers map[string]int // of matters, by kind and year
}

// people makes staff and participants up, and what has become of them. All of it is stored in a few turns,
// so that it takes no time.
func (g *seeder) people() error {
	for _, p := range staff() {
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
	g.women = everybody()
	for i := range g.women {
		w := &g.women[i]
		code, err := program.FreeCode(taken, g.rand.IntN)
		if err != nil {
			return err
		}
		w.code = code
		p := program.Participant{
			Agreed: program.OnPaper, Code: code, Alias: w.alias, Stage: w.stage, Companion: w.companion,
			Concentration: program.Concentrations()[i%2],
		}
		if w.alias == unasked {
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
func (g *seeder) called(alias string) *woman {
	i := slices.IndexFunc(g.women, func(w woman) bool { return w.alias == alias })
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
