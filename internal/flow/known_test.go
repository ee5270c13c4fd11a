package flow_test

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/flow"
)

// What a case is about decides what is asked of an action; it is not shown, and cannot be changed.
func TestWhatIsKnownOfTheMatterDecidesAndIsNotShown(t *testing.T) {
	for kind, step := range map[string]string{"keamanan": "", "barang_hilang": "hasil"} {
		c := &chat{t: t, f: load(t, "tindakan")}
		c.do(flow.Input{Kind: flow.Begin, Run: "run-1", Known: []flow.Answer{
			{Name: "kasus", Values: []string{"RK-26-001"}, Given: true}, {Name: "jenis", Values: []string{kind}, Given: true},
		}})
		c.press("dihubungi").press("selesai")
		if c.s.At != step {
			t.Errorf("%s: at %q, want %q", kind, c.s.At, step)
		}
		if step != "" {
			c.say("sudah ketemu")
		}
		c.want("", flow.Summary)
		if strings.Contains(c.face().Text, kind) {
			t.Errorf("shown:\n%s", c.face().Text)
		}
		if got := c.press("edit").face(); strings.Contains(buttons(got), "jenis") {
			t.Errorf("can be changed: %s", buttons(got))
		}
		if got := c.saved(); !strings.Contains(got, kind) {
			t.Errorf("not saved: %s", got)
		}
	}
}

// A note that does not apply takes nothing: what cannot be read is not offered as one.
func TestANoteThatDoesNotApplyTakesNothing(t *testing.T) {
	for kind, offered := range map[string]bool{"keamanan": false, "barang_hilang": true} {
		c := &chat{t: t, f: load(t, "tindakan")}
		c.do(flow.Input{Kind: flow.Begin, Run: "run-1", Known: []flow.Answer{
			{Name: "kasus", Values: []string{"RK-26-001"}, Given: true}, {Name: "jenis", Values: []string{kind}, Given: true},
		}})
		c.say("ceritanya panjang sekali tadi")
		if got := strings.Contains(buttons(c.face()), "make_note"); got != offered {
			t.Errorf("%s: offered as a note: %t", kind, got)
		}
	}
}

// A question that has a word of its own for passing it over shows it below the records.
func TestAPickerCanBePassedOverByItsOwnWord(t *testing.T) {
	c := &chat{t: t, f: load(t, "kasus")}
	c.s, c.effects = flow.Step(c.f, c.s, flow.Input{Kind: flow.Begin, Run: "run-1", Now: now, Texts: named{}, Picks: picks})
	card, ok := c.effects[len(c.effects)-1].(flow.Card)
	if !ok {
		t.Fatal("no card")
	}
	face := flow.Render(card.Screen, named{})
	if got := buttons(face); !strings.Contains(got, "skip") || !strings.Contains(got, "Kenanga") {
		t.Errorf("offered: %s", got)
	}
}

// named has a word for everything.
type named struct{ keys }

func (named) Has(string) bool { return true }

// buttons are a card's labels.
func buttons(face flow.Face) string {
	var all []string
	for _, row := range face.Buttons {
		for _, b := range row {
			all = append(all, b.Label)
		}
	}
	return strings.Join(all, " | ")
}
