package flow_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/flow"
)

// guests are on the roster: three who are expected, and one who may have come all the same.
func guests() []flow.Pick {
	return []flow.Pick{{Ref: "M-417", Label: "Melati"}, {Ref: "M-203", Label: "Mawar"}, {Ref: "K-388", Label: "Mawarni"}, {Ref: "K-208", Label: "Kenanga", Extra: true}}
}

// session is one that can be picked.
func session() []flow.Pick { return []flow.Pick{{Ref: "KG-26-001", Label: "Kelas"}} }

// roll is a run of hadir at its roster.
type roll struct {
	*chat
	people []flow.Pick
}

func (r *roll) do(in flow.Input) *roll {
	in.Now, in.Texts, in.Offers = now, keys{}, map[string][]flow.Pick{"kegiatan": session(), "siapa": r.people, "hasil": r.people}
	r.s, r.effects = flow.Step(r.f, r.s, in)
	return r
}

func (r *roll) say(text string) *roll { return r.do(flow.Input{Kind: flow.Say, Text: text}) }

func (r *roll) press(label string) *roll {
	r.t.Helper()
	for _, row := range r.face().Buttons {
		for _, b := range row {
			if strings.HasSuffix(b.Label, label) {
				return r.do(flow.Input{Kind: flow.Press, Action: b.Action})
			}
		}
	}
	r.t.Fatalf("no button %q on:\n%v", label, r.face().Buttons)
	return r
}

// onRoster is what stands on the buttons of the people.
func (r *roll) onRoster() string {
	r.t.Helper()
	var all []string
	for _, row := range r.labels() {
		for _, label := range row {
			if strings.Contains(label, " · ") {
				icon, rest, _ := strings.Cut(label, " ")
				_, alias, _ := strings.Cut(rest, " · ")
				all = append(all, icon+alias)
			}
		}
	}
	return strings.Join(all, " ")
}

func beginRoll(t testing.TB, known ...flow.Answer) *roll {
	t.Helper()
	r := &roll{&chat{t: t, f: load(t, "hadir")}, guests()}
	known = append(known, flow.Answer{Name: "kegiatan", Values: []string{"KG-26-001"}, Given: true})
	return r.do(flow.Input{Kind: flow.Begin, Run: "r", Known: known})
}

func TestARosterIsMarkedByTapping(t *testing.T) {
	r := beginRoll(t)
	if got := r.onRoster(); got != "⬜Melati ⬜Mawar ⬜Mawarni" {
		t.Fatalf("at first: %s", got)
	}
	r.press("Melati").press("Mawar").press("Mawar")
	if got := r.onRoster(); got != "✅Melati 🟡Mawar ⬜Mawarni" {
		t.Fatalf("tapped: %s", got)
	}
	if r.press("Mawar"); r.onRoster() != "✅Melati ⬜Mawar ⬜Mawarni" {
		t.Fatalf("all the way round: %s", r.onRoster())
	}
	r.press("others").press("Kenanga")
	if got := r.onRoster(); got != "✅Melati ⬜Mawar ⬜Mawarni ✅Kenanga" {
		t.Fatalf("with one more: %s", got)
	}
	r.press("done (2)").want("", flow.Summary)
	if got, want := r.saved(), `{"hadir":2,"izin":0,"tidak_hadir":2}`; got != want {
		t.Errorf("saved %s, want %s", got, want)
	}
	r.press("back").want("siapa", flow.Asking)
	if got := r.onRoster(); got != "✅Melati ⬜Mawar ⬜Mawarni ✅Kenanga" {
		t.Errorf("after going back: %s", got)
	}
}

func TestARosterIsUnderstood(t *testing.T) {
	for said, want := range map[string]string{
		"semua hadir kecuali melati":       "⬜Melati ✅Mawar ✅Mawarni",
		"semua hadir kecuali mawar izin":   "✅Melati 🟡Mawar ✅Mawarni",
		"semua kecuali melati dan m203":    "⬜Melati ⬜Mawar ✅Mawarni",
		"melati izin, mawar tidak":         "🟡Melati ⬜Mawar ⬜Mawarni",
		"melati, mawar":                    "✅Melati ✅Mawar ⬜Mawarni",
		"melati dan mawarni izin":          "🟡Melati ⬜Mawar 🟡Mawarni",
		"yang hadir melati, mawarni":       "✅Melati ⬜Mawar ✅Mawarni",
		"izin: melati, mawar":              "🟡Melati 🟡Mawar ⬜Mawarni",
		"M-417 telat":                      "✅Melati ⬜Mawar ⬜Mawarni",
		"kenanga":                          "⬜Melati ⬜Mawar ⬜Mawarni ✅Kenanga",
		"semua tidak hadir kecuali melati": "✅Melati ⬜Mawar ⬜Mawarni",
		"everybody hadir except mawarni":   "✅Melati ✅Mawar ⬜Mawarni",
		"semua hadir, tapi mawar izin":     "✅Melati 🟡Mawar ✅Mawarni",
		"hujan deras sekali":               "⬜Melati ⬜Mawar ⬜Mawarni",
		"melati dan siti":                  "⬜Melati ⬜Mawar ⬜Mawarni",
		"semua hadir kecuali siti":         "⬜Melati ⬜Mawar ⬜Mawarni",
		"telepon 081234567890":             "⬜Melati ⬜Mawar ⬜Mawarni",
	} {
		if got := beginRoll(t).say(said).onRoster(); got != want {
			t.Errorf("%q: %s, want %s", said, got, want)
		}
	}
}

func TestWhatMustNotBeWrittenMarksNobody(t *testing.T) {
	r := beginRoll(t).say("melati tidak hadir karena dipukul suaminya")
	if _, hard := r.effects[0].(flow.Hard); !hard {
		t.Errorf("violence: %T", r.effects[0])
	}
	r = beginRoll(t).say("melati 081234567890")
	if _, gone := r.effects[0].(flow.Forget); !gone || r.onRoster() != "⬜Melati ⬜Mawar ⬜Mawarni" {
		t.Errorf("a number: %T, %s", r.effects[0], r.onRoster())
	}
}

func TestTheSecondRosterBeginsWithItsDefault(t *testing.T) {
	r := beginRoll(t, flow.Answer{Name: "jenis", Values: []string{"bimtek"}})
	r.press("all").press("done (3)").want("hasil", flow.Asking)
	r.people = r.people[:3]
	if r.do(flow.Input{Kind: flow.Show}); r.onRoster() != "✅Melati ✅Mawar ✅Mawarni" {
		t.Fatalf("at first: %s", r.onRoster())
	}
	r.press("Mawar").press("done (2)").want("", flow.Summary)
	if got, want := r.saved(), `{"jenis":"bimtek","hadir":3,"izin":0,"tidak_hadir":0,"selesai":2,"sebagian":1,"tidak":0}`; got != want {
		t.Errorf("saved %s, want %s", got, want)
	}
}

func TestWhatIsOnRecordIsOnTheRoster(t *testing.T) {
	r := &roll{&chat{t: t, f: load(t, "hadir")}, guests()}
	r.people[1].Mark, r.people[3].Mark = "izin", "hadir"
	r.do(flow.Input{Kind: flow.Begin, Run: "r", Known: []flow.Answer{{Name: "kegiatan", Values: []string{"KG-26-001"}, Given: true}}})
	if got := r.onRoster(); got != "⬜Melati 🟡Mawar ⬜Mawarni ✅Kenanga" {
		t.Errorf("%s", got)
	}
}

func TestWhoIsGoneIsNotTakenFromARoster(t *testing.T) {
	r := beginRoll(t).press("all")
	r.people = r.people[1:]
	r.do(flow.Input{Kind: flow.Show}).press("done (2)")
	if got, want := r.saved(), `{"hadir":2,"izin":0,"tidak_hadir":0}`; got != want {
		t.Errorf("saved %s, want %s", got, want)
	}
	a, _ := r.s.Answer("siapa")
	if slices.ContainsFunc(a.Marks(), func(m flow.Mark) bool { return m.Ref == "M-417" }) {
		t.Errorf("%v still has her", a.Values)
	}
}

func TestAnEmptyRosterIsNotFinished(t *testing.T) {
	r := &roll{&chat{t: t, f: load(t, "hadir")}, nil}
	r.do(flow.Input{Kind: flow.Begin, Run: "r", Known: []flow.Answer{{Name: "kegiatan", Values: []string{"KG-26-001"}, Given: true}}})
	if r.say("selesai"); r.s.At != "siapa" || !strings.Contains(r.face().Text, "roster_empty") {
		t.Errorf("at %q:\n%s", r.s.At, r.face().Text)
	}
}

// Whatever is tapped and written: everybody on the roster has one mark, a known one; nobody is there
// twice; and what is saved names nobody.
func TestARosterHasEverybodyOnce(t *testing.T) {
	f := load(t, "hadir")
	rapid.Check(t, func(t *rapid.T) {
		r := &roll{&chat{f: f}, nil}
		for i := range rapid.IntRange(0, 25).Draw(t, "people") {
			r.people = append(r.people, flow.Pick{Ref: fmt.Sprintf("X-%03d", i), Label: fmt.Sprintf("Bunga%d", i), Extra: rapid.Bool().Draw(t, "extra")})
		}
		r.do(flow.Input{Kind: flow.Begin, Run: "r", Known: []flow.Answer{{Name: "kegiatan", Values: []string{"KG-26-001"}, Given: true}}})
		for range rapid.IntRange(0, 30).Draw(t, "steps") {
			in := input(t, r.chat)
			if rapid.IntRange(0, 5).Draw(t, "some leave") == 0 && len(r.people) > 1 {
				r.people = r.people[1:]
			}
			if r.do(in); r.ended() {
				break
			}
		}
		a, answered := r.s.Answer("siapa")
		st, _ := f.Step("siapa")
		seen := map[string]bool{}
		for _, m := range a.Marks() {
			if _, known := st.Choice(m.Code); !known || seen[m.Ref] {
				t.Fatalf("%v", a.Values)
			}
			seen[m.Ref] = true
		}
		if answered && !st.Accepts(a) {
			t.Fatalf("%v is no answer", a.Values)
		}
		if got := flow.Collect(f, r.s, now); strings.Contains(string(got.Answers), "X-0") || strings.Contains(fmt.Sprint(got.Facts), "X-0") {
			t.Fatalf("%s names somebody", got.Answers)
		}
	})
}
