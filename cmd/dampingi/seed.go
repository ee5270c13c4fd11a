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
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/sqlite"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// The demo's people. All of them are made up; aliases are flowers.
var demoStaff = []program.Person{ //nolint:gochecknoglobals // a table, never changed
	{ID: "demo-ketua", Role: program.Chair, Name: "Ratna", Chat: 1001, Lang: "id", Active: true},
	{ID: "demo-rina", Role: program.Companion, Name: "Rina", Chat: 1002, Lang: "id", Active: true},
	{ID: "demo-yuli", Role: program.Companion, Name: "Yuli", Chat: 1003, Lang: "id", Active: true},
	{ID: "demo-wati", Role: program.Secretary, Name: "Wati", Chat: 1004, Lang: "id", Active: true},
	{ID: "demo-bina", Role: program.Treasurer, Name: "Bina", Chat: 1005, Lang: "id", Active: true},
}

// demoNewcomer is a companion whose invitation waits to be opened.
var demoNewcomer = program.Person{ID: "demo-sari", Role: program.Companion, Name: "Sari", Lang: "id", Active: true} //nolint:gochecknoglobals // a table, never changed

var demoAliases = []string{ //nolint:gochecknoglobals // a table, never changed
	"Melati", "Kenanga", "Dahlia", "Anggrek", "Cempaka", "Seroja",
	"Mawar", "Teratai", "Kamboja", "Tanjung", "Soka", "Alamanda",
}

var demoStages = []program.Stage{ //nolint:gochecknoglobals // a table, never changed
	program.Trading, program.Trading, program.Capital, program.Bimtek, program.Independent, program.Registered,
	program.Trading, program.TemuWicara, program.Capital, program.Choosing, program.Trading, program.Bimtek,
}

// demoPhone is the chat of the participants who joined in the demo, the first of each companion.
const demoPhone = 2001

// demoStranger is the chat of somebody who has no business here.
const demoStranger = 9001

// demoOrder is the order of the phones on the page: each companion beside the one whose phone can
// be tried, then the board. Others come after them.
var demoOrder = []int64{1002, demoPhone, 1003, demoPhone + 1, 1001, 1004, 1005} //nolint:gochecknoglobals // a table, never changed

// place is where a phone stands on the page.
func place(chat int64) int {
	if i := slices.Index(demoOrder, chat); i >= 0 {
		return i
	}
	return len(demoOrder)
}

// seedDemo fills an empty database with the demo's people and some weeks of reports, and
// gives everybody a phone.
func seedDemo(ctx context.Context, store *sqlite.Store, v *vault.Vault, sim *simulator.Server, seed uint64, now time.Time, s *Settings) error {
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
		g := &seeder{ctx: ctx, store: store, vault: v, rand: same, today: now.In(zone)}
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
	ctx   context.Context //nolint:containedctx // one call's own life
	store *sqlite.Store
	vault *vault.Vault
	rand  *rand.Rand
	today time.Time
}

// people makes staff and participants up, and the latter's last weeks.
func (g *seeder) people() error {
	for _, p := range demoStaff {
		if err := g.store.AddPerson(g.ctx, p); err != nil {
			return err
		}
	}
	taken := map[string]bool{}
	half := len(demoAliases) / 2
	for i, alias := range demoAliases {
		code, err := freeCode(taken, g.rand.IntN)
		if err != nil {
			return err
		}
		companion := demoStaff[1+i/half]
		p := program.Participant{Agreed: program.OnPaper, Code: code, Alias: alias, Stage: demoStages[i], Companion: companion.ID, Concentration: program.Concentrations()[i%2]}
		if i == demoUnasked {
			p.Agreed = ""
		}
		if err := g.store.AddParticipant(g.ctx, p); err != nil {
			return err
		}
		if i%half == 0 {
			if err := bindChat(g.ctx, g.store, code, int64(demoPhone+i/half), g.today); err != nil {
				return err
			}
			if err := g.safety(p, i/half); err != nil {
				return err
			}
		}
		if p.Stage != program.Registered && p.Stage != program.Choosing {
			if err := g.weeks(p, companion); err != nil {
				return err
			}
		}
	}
	return nil
}

// weeks makes visits and business check-ins up: of four weeks, and of some days of this one.
func (g *seeder) weeks(p program.Participant, companion program.Person) error {
	sales := int64(150+10*g.rand.IntN(40)) * 1000
	for week := 4; week >= 0; week-- {
		day := g.today.AddDate(0, 0, -7*week+g.rand.IntN(4))
		if week == 0 { // the week at hand: some have been seen already, on one of its days
			sinceMonday := (int(g.today.Weekday()) + 6) % 7
			if day = g.today.AddDate(0, 0, -g.rand.IntN(min(3, sinceMonday)+1)); g.rand.IntN(2) == 0 {
				break
			}
		}
		result := []string{"tercapai", "tercapai", "sebagian", "belum"}[g.rand.IntN(4)]
		obstacle := []string{"tidak_ada", "modal", "kurang_laku", "relasi_pemasok"}[g.rand.IntN(4)]
		visit := program.Report{Flow: "kunjungan", Facts: []program.Fact{
			{Field: "jenis", Code: "home_visit"}, {Field: "hasil", Code: result}, {Field: "kendala", Code: obstacle}, {Field: "cara", Code: "tatap_muka"},
		}}
		answers := map[string]any{"tanggal": day.Format(time.DateOnly), "jenis": "home_visit", "hasil": result, "kendala": []string{obstacle}, "cara": "tatap_muka"}
		if err := g.report(visit, answers, p, companion, day); err != nil {
			return err
		}
		if p.Stage != program.Trading && p.Stage != program.Independent {
			continue
		}
		sales += int64(g.rand.IntN(9)-3) * 10000
		days := int64(3 + g.rand.IntN(4))
		direction := []string{"naik", "tetap", "turun"}[g.rand.IntN(3)]
		check := program.Report{Flow: "usaha", Facts: []program.Fact{
			{Field: "jalan_hari", Number: &days}, {Field: "omzet", Number: ptr(sales)}, {Field: "arah", Code: direction}, {Field: "kendala", Code: obstacle},
		}}
		answers = map[string]any{"jalan_hari": days, "omzet": sales, "arah": direction, "kendala": []string{obstacle}}
		if err := g.report(check, answers, p, companion, day); err != nil {
			return err
		}
	}
	return nil
}

func ptr[T any](v T) *T { return &v }

// report stores one made-up report the way a turn does.
func (g *seeder) report(r program.Report, answers map[string]any, p program.Participant, companion program.Person, day time.Time) error {
	data, err := json.Marshal(answers)
	if err != nil {
		return fmt.Errorf("write answers: %w", err)
	}
	r.ID = fmt.Sprintf("demo-%s-%s-%s", r.Flow, p.Code, day.Format("20060102"))
	r.FlowVersion, r.Participant, r.Author, r.Answers = 1, p.Code, companion.ID, data
	r.OccurredOn, r.CreatedAt = program.DateOf(day), day.UTC()
	return g.store.Commit(g.ctx, turn.Plan{Reports: []program.Report{r}})
}
