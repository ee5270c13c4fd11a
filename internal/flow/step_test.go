package flow_test

import (
	"fmt"
	"os"
	"strings"
	"testing"
	"time"

	"github.com/fxamacker/cbor/v2"
	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
)

// keys shows every text as its key: what is tested here is the engine, not the wording.
type keys struct{}

func (keys) Lang() string { return "id" }
func (keys) Text(key string) string {
	key = strings.TrimSuffix(key, ".name") // a question's short name is the question's name
	return key[strings.LastIndex(key, ".")+1:]
}
func (keys) Format(key string, a map[string]any) string { return fmt.Sprint(key, a) }
func (keys) Has(string) bool                            { return false }

var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("WIB", 7*3600))

var picks = []flow.Pick{{Ref: "M-417", Label: "Melati"}, {Ref: "M-203", Label: "Mawar"}, {Ref: "K-388", Label: "Mawarni"}, {Ref: "K-208", Label: "Kenanga"}}

func load(t testing.TB, name string) *flow.Flow {
	t.Helper()
	data, err := os.ReadFile("../../flows/" + name + ".yaml")
	if err != nil {
		t.Fatal(err)
	}
	f, err := flow.Parse(name+".yaml", data)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

// chat drives one run as a person would.
type chat struct {
	t       testing.TB
	f       *flow.Flow
	s       flow.State
	effects []flow.Effect
}

func begin(t testing.TB, name string) *chat {
	t.Helper()
	c := &chat{t: t, f: load(t, name)}
	c.do(flow.Input{Kind: flow.Begin, Run: "run-1"})
	return c
}

func (c *chat) do(in flow.Input) *chat {
	in.Now, in.Texts, in.Picks = now, keys{}, picks
	c.s, c.effects = flow.Step(c.f, c.s, in)
	return c
}

func (c *chat) say(text string) *chat { return c.do(flow.Input{Kind: flow.Say, Text: text}) }

// press presses the button whose label ends with the word.
func (c *chat) press(label string) *chat {
	c.t.Helper()
	for _, row := range c.face().Buttons {
		for _, b := range row {
			if strings.HasSuffix(b.Label, label) {
				return c.do(flow.Input{Kind: flow.Press, Action: b.Action})
			}
		}
	}
	c.t.Fatalf("no button %q on:\n%s\n%v", label, c.face().Text, c.face().Buttons)
	return c
}

func (c *chat) face() flow.Face {
	c.t.Helper()
	if len(c.effects) == 0 {
		c.t.Fatal("no effects")
	}
	card, ok := c.effects[len(c.effects)-1].(flow.Card)
	if !ok {
		c.t.Fatalf("no card but %T", c.effects[len(c.effects)-1])
	}
	return flow.Render(card.Screen, keys{})
}

func (c *chat) ended() bool {
	_, done := c.effects[len(c.effects)-1].(flow.Done)
	return done
}

func (c *chat) want(step string, view flow.View) *chat {
	c.t.Helper()
	if c.s.At != step || c.s.View != view {
		c.t.Fatalf("at %q in view %d, want %q in view %d", c.s.At, c.s.View, step, view)
	}
	return c
}

func (c *chat) saved() string { return string(flow.Collect(c.f, c.s, now).Answers) }

func TestAnOrdinaryVisitTakesEightTaps(t *testing.T) {
	c := begin(t, "kunjungan")
	taps := 1 // the menu's button
	for _, label := range []string{"Melati", "today", "home_visit", "tercapai", "tidak_ada", "skip", "save"} {
		c.press(label)
		taps++
	}
	if !c.ended() || taps > 8 {
		t.Fatalf("ended %v after %d taps", c.ended(), taps)
	}
	want := `{"tanggal":"2026-11-25","jenis":"home_visit","hasil":"tercapai","kendala":["tidak_ada"],"cara":"tatap_muka"}`
	if got := c.saved(); got != want {
		t.Errorf("saved\n%s, want\n%s", got, want)
	}
	if about := flow.Collect(c.f, c.s, now).About; about != "M-417" {
		t.Errorf("about %q", about)
	}
}

func TestAnOrdinaryCheckInTakesSevenTaps(t *testing.T) {
	c := begin(t, "usaha")
	taps := 1
	for _, label := range []string{"Kenanga", "5", "Rp250.000", "naik", "tidak_ada", "save"} {
		c.press(label)
		taps++
	}
	if !c.ended() || taps > 7 {
		t.Fatalf("ended %v after %d taps", c.ended(), taps)
	}
}

func TestTypedAnswersAreTakenWhereButtonsAreOffered(t *testing.T) {
	c := begin(t, "kunjungan")
	c.say("mawar").want("tanggal", flow.Asking)
	c.say("kemarin").want("jenis", flow.Asking)
	c.say("home_visit").want("hasil", flow.Asking)
	c.say("2").want("kendala", flow.Asking)
	c.say("modal, kurang_laku").want("tindak_lanjut_tanggal", flow.Asking)
	c.say("minggu depan").want("tindak_lanjut_tanggal", flow.Choosing)
	c.say("senin depan").want("", flow.Summary)
	c.say("simpan")
	if !c.ended() {
		t.Fatal("not saved")
	}
	want := `{"tanggal":"2026-11-24","jenis":"home_visit","hasil":"sebagian","kendala":["modal","kurang_laku"],"tindak_lanjut_tanggal":"2026-11-30","cara":"tatap_muka"}`
	if got := c.saved(); got != want {
		t.Errorf("saved\n%s, want\n%s", got, want)
	}
}

func TestOneAnswerIsEditedFromTheSummary(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("tidak_ada").press("skip")
	c.want("", flow.Summary).press("edit").want("", flow.Editing)
	c.press("hasil").want("hasil", flow.Asking).press("tidak_bertemu").want("", flow.Summary)
	if got := c.saved(); strings.Contains(got, "kendala") || !strings.Contains(got, `"hasil":"tidak_bertemu"`) {
		t.Errorf("saved %s: what no longer applies must go, the edit must stay", got)
	}
	c.say("ubah hasil").want("hasil", flow.Asking).press("back").want("", flow.Summary)
}

func TestNothingTypedIsLost(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today")
	c.say("dia cerita panjang soal resep pempek").want("jenis", flow.Asking)
	c.press("make_note").want("jenis", flow.Asking)
	if a, _ := c.s.Answer("catatan"); !strings.Contains(a.Value(), "resep pempek") {
		t.Errorf("note %q", a.Value())
	}
	c.press("home_visit").press("tercapai").press("tidak_ada").press("skip").want("", flow.Summary)
	c.say("titip salam untuk ibunya").want("", flow.Noting).say("ya").want("", flow.Summary)
	if a, _ := c.s.Answer("catatan"); !strings.HasSuffix(a.Value(), "\ntitip salam untuk ibunya") {
		t.Errorf("note %q", a.Value())
	}
}

func TestANoteTypedOnTheSummaryIsKept(t *testing.T) {
	summary := func() *chat {
		c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("tidak_ada").press("skip")
		return c.say("jualan ramai akhir pekan").want("", flow.Noting)
	}
	for name, c := range map[string]*chat{
		"pressed": summary().press("as_note"),
		"typed":   summary().say("ya"),
		// The card may be drawn again before she answers: after a stale press, or a restart.
		"shown again": summary().do(flow.Input{Kind: flow.Show}).press("as_note"),
	} {
		if got := c.want("", flow.Summary).saved(); !strings.Contains(got, `"catatan":"jualan ramai akhir pekan"`) {
			t.Errorf("%s: saved %s", name, got)
		}
	}
	if got := summary().press("not_as_note").want("", flow.Summary).saved(); strings.Contains(got, "ramai") {
		t.Errorf("refused, and saved %s", got)
	}
	summary().do(flow.Input{Kind: flow.Order, Command: bahasa.Help}).want("", flow.Noting)
}

func TestAForeignPressChangesNothing(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati")
	before := c.s
	for _, action := range []string{"c:home_visit", "save", "pick:0", "line:hasil", "away:99", "day:2020-01-01", "r:0", "", "x:y"} {
		c.do(flow.Input{Kind: flow.Press, Action: action})
		if fmt.Sprint(c.s) != fmt.Sprint(before) {
			t.Fatalf("%q changed the state:\n%v\n%v", action, before, c.s)
		}
		if _, ok := c.effects[0].(flow.Toast); !ok {
			t.Errorf("%q: no toast", action)
		}
	}
}

func TestUnusualAmountsAreAskedBack(t *testing.T) {
	c := begin(t, "usaha").press("Melati").press("5").want("omzet", flow.Asking)
	usual := map[string][]int64{"omzet": {150000, 160000}}
	c.do(flow.Input{Kind: flow.Say, Text: "1,5 jt", Usual: usual}).want("omzet", flow.Choosing)
	c.say("ya").want("arah", flow.Asking)
	if a, _ := c.s.Answer("omzet"); a.Value() != "1500000" {
		t.Errorf("omzet %q", a.Value())
	}
}

func TestMigrateKeepsAnswersByName(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit")
	next := *c.f
	next.Version++
	next.Steps = append([]flow.Question{}, c.f.Steps...)
	next.Steps[2].Name = "jenis_kunjungan"
	s := flow.Migrate(&next, c.s)
	if s.At != "jenis_kunjungan" || len(s.Kept) != 1 || s.Kept[0].Name != "jenis" {
		t.Errorf("at %q, kept %v", s.At, s.Kept)
	}
	if a, ok := s.Answer("participant"); !ok || a.Value() != "M-417" {
		t.Errorf("participant %v", a)
	}
}

// input draws anything that may happen to a run.
func input(t *rapid.T, c *chat) flow.Input {
	switch rapid.IntRange(0, 4).Draw(t, "kind") {
	case 0:
		return flow.Input{Kind: flow.Say, Text: rapid.OneOf(
			rapid.SampledFrom([]string{"ya", "tidak", "kemarin", "150rb", "batal", "kembali", "lewati", "?", "mawar", "minggu lalu", "1,5", "-", "simpan", "ubah", "bulan lalu", "3-4", "semua hadir kecuali mawar", "melati izin", "selesai"}),
			rapid.String()).Draw(t, "text")}
	case 1:
		return flow.Input{Kind: flow.Press, Action: rapid.String().Draw(t, "action")}
	case 2:
		return flow.Input{Kind: flow.Order, Command: bahasa.Command(rapid.IntRange(0, 20).Draw(t, "command"))}
	default:
		card, ok := c.effects[len(c.effects)-1].(flow.Card)
		if !ok {
			return flow.Input{Kind: flow.Show}
		}
		var all []flow.FaceButton
		for _, row := range flow.Render(card.Screen, keys{}).Buttons {
			all = append(all, row...)
		}
		return flow.Input{Kind: flow.Press, Action: rapid.SampledFrom(all).Draw(t, "button").Action}
	}
}

// Whatever happens: a step ends, shows a card or ends the run, is deterministic, and leaves
// the state it was given as it was; its state survives being stored; what is saved is JSON.
func TestStepIsTotal(t *testing.T) {
	for _, name := range []string{"kunjungan", "usaha", "hadir"} {
		t.Run(name, func(t *testing.T) {
			f := load(t, name)
			rapid.Check(t, func(t *rapid.T) {
				c := &chat{f: f}
				c.do(flow.Input{Kind: flow.Begin, Run: "r"})
				for range rapid.IntRange(1, 40).Draw(t, "steps") {
					in := input(t, c)
					in.Now, in.Texts, in.Picks = now, keys{}, picks
					before := fmt.Sprint(c.s)
					s1, e1 := flow.Step(f, c.s, in)
					s2, e2 := flow.Step(f, c.s, in)
					if fmt.Sprint(c.s) != before {
						t.Fatalf("%+v changed the state it was given", in)
					}
					if fmt.Sprint(s1) != fmt.Sprint(s2) || len(e1) != len(e2) || len(e1) == 0 {
						t.Fatalf("%+v: not the same twice", in)
					}
					var back flow.State
					data, err := cbor.Marshal(s1)
					if err == nil {
						err = cbor.Unmarshal(data, &back)
					}
					if err != nil || fmt.Sprint(back) != fmt.Sprint(s1) {
						t.Fatalf("%v does not survive being stored: %v", s1, err)
					}
					c.s, c.effects = s1, e1
					if c.ended() {
						c.t = nil
						flow.Collect(f, c.s, now)
						return
					}
				}
			})
		})
	}
}

// BenchmarkStepDecodedAndEncoded is what one step takes when its state comes from a store and
// goes back there, in the middle of a flow.
func BenchmarkStepDecodedAndEncoded(b *testing.B) {
	c := begin(b, "kunjungan").press("Melati").press("today").press("home_visit")
	data, err := cbor.Marshal(c.s)
	if err != nil {
		b.Fatal(err)
	}
	b.ReportAllocs()
	for b.Loop() {
		var s flow.State
		if err := cbor.Unmarshal(data, &s); err != nil {
			b.Fatal(err)
		}
		s, _ = flow.Step(c.f, s, flow.Input{Kind: flow.Press, Action: "c:tercapai", Now: now, Texts: keys{}})
		if _, err := cbor.Marshal(s); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(len(data)), "state-bytes")
}

// BenchmarkRender is a card put into words.
func BenchmarkRender(b *testing.B) {
	c := begin(b, "kunjungan").press("Melati").press("today").press("home_visit")
	card, _ := c.effects[len(c.effects)-1].(flow.Card)
	b.ReportAllocs()
	for b.Loop() {
		if face := flow.Render(card.Screen, keys{}); face.Text == "" {
			b.Fatal("nothing to show")
		}
	}
}

// BenchmarkTypedAnswer is an answer that is typed and has to be understood.
func BenchmarkTypedAnswer(b *testing.B) {
	c := begin(b, "usaha").press("Melati").press("5").want("omzet", flow.Asking)
	b.ReportAllocs()
	for b.Loop() {
		s, _ := flow.Step(c.f, c.s, flow.Input{Kind: flow.Say, Text: "sekitar 1,5 jt", Now: now, Texts: keys{}})
		if s.At == "omzet" {
			b.Fatal("not understood")
		}
	}
}

func TestAnswersOfAFormerVersionAreNoFacts(t *testing.T) {
	f := load(t, "kunjungan")
	s := flow.Migrate(f, flow.State{Flow: f.ID, Run: "r", Answers: []flow.Answer{
		{Name: "participant", Values: []string{"M-417"}}, {Name: "hasil", Values: []string{"kode_lama"}, Given: true},
	}})
	s.Answers = append(s.Answers, flow.Answer{Name: "hasil", Values: []string{"tercapai"}, Given: true})
	got := flow.Collect(f, s, now)
	if want := `{"hasil":"tercapai","hasil_lama":["kode_lama"]}`; string(got.Answers) != want || len(got.Facts) != 1 || got.About != "M-417" {
		t.Errorf("%s with %d facts about %s, want %s with one", got.Answers, len(got.Facts), got.About, want)
	}
}

func TestASecondTextOnTheSummaryJoinsTheFirst(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai").press("tidak_ada").press("skip")
	c.say("dia senang dengan panci baru").say("warungnya ramai pembeli").want("", flow.Noting)
	c.say("simpan").want("", flow.Summary)
	if a, _ := c.s.Answer("catatan"); a.Value() != "dia senang dengan panci baru\nwarungnya ramai pembeli" {
		t.Errorf("note %q", a.Value())
	}
}

func TestTypedOptionsJoinTheTickedOnes(t *testing.T) {
	c := begin(t, "kunjungan").press("Melati").press("today").press("home_visit").press("tercapai")
	c.press("modal").press("tidak_ada").want("kendala", flow.Asking) // a slip does not end the question
	c.press("modal").say("kurang_laku")
	if a, _ := c.s.Answer("kendala"); fmt.Sprint(a.Values) != "[modal kurang_laku]" {
		t.Errorf("obstacles %v", a.Values)
	}
}
