package conversation

import (
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// contactFlow is the flow that saves a safe contact.
func contactFlow(t *testing.T) *flow.Flow {
	t.Helper()
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if f.Save.As == flow.AsContact {
			return f
		}
	}
	t.Fatal("no flow saves a contact")
	return nil
}

// TestAContactComesBackAsItWas writes contacts as answers and reads them again: whoever goes through
// one and changes nothing has changed nothing.
func TestAContactComesBackAsItWas(t *testing.T) {
	f := contactFlow(t)
	base := program.DefaultContact()
	base.Word, base.Paused = "hash", true
	for name, change := range map[string]func(*program.Contact){
		"the default":       func(*program.Contact) {},
		"a phone of hers":   func(c *program.Contact) { c.Phone, c.Mode = program.PhoneOwn, program.OpenAtOnce },
		"past midnight":     func(c *program.Contact) { c.From, c.To = 22*60+30, 45 },
		"two days":          func(c *program.Contact) { c.Days = 0b0100001 },
		"nothing at all":    func(c *program.Contact) { c.Chat = program.ChatNo },
		"another cover":     func(c *program.Contact) { c.Cover = program.CoverVariants - 1 },
		"another hiding":    func(c *program.Contact) { c.HideAfter = 1440 },
		"no theme":          func(c *program.Contact) { c.Theme = program.ThemeNone },
		"answers, no start": func(c *program.Contact) { c.Chat = program.ChatReply },
	} {
		c := base
		change(&c)
		known := append([]flow.Answer{{Name: "participant", Values: []string{"M-417"}}}, contactAnswers(c)...)
		for _, a := range known {
			if st, ok := f.Step(a.Name); !ok || !st.Accepts(a) {
				t.Errorf("%s: the flow does not take %+v", name, a)
			}
		}
		run, _ := flow.Step(f, flow.State{}, flow.Input{Kind: flow.Begin, Run: "r", Known: known})
		if run.View != flow.Summary {
			t.Errorf("%s: it begins at %q", name, run.At)
		}
		if got := agreedContact(f.Told(run), c); got != c {
			t.Errorf("%s: came back otherwise", name)
		}
	}
}

// TestASharedPhoneOpensNothingByItself answers what cannot be asked there.
func TestASharedPhoneOpensNothingByItself(t *testing.T) {
	for _, phone := range []program.PhoneUse{program.PhoneFamily, program.PhoneBorrowed, program.PhoneUnknown} {
		was := program.DefaultContact()
		was.Phone, was.Mode = program.PhoneOwn, program.OpenAtOnce
		got := agreedContact([]flow.Answer{{Name: "hp_dipakai", Values: []string{string(phone)}}, {Name: "buka", Values: []string{"langsung"}}}, was)
		if got.Mode != program.OpenFirst {
			t.Errorf("on a phone of %s a message shows %s", phone, got.Mode)
		}
	}
}

// TestAllSevenDaysAreEveryDay ticks them one by one.
func TestAllSevenDaysAreEveryDay(t *testing.T) {
	if got := weekdays(weekdayCodes()); got != 0 {
		t.Errorf("%07b", got)
	}
	if got := weekdays([]string{flow.EveryDay}); got != 0 {
		t.Errorf("%07b", got)
	}
	if got := weekdays([]string{"minggu", "sabtu"}); got != 0b1000001 {
		t.Errorf("%07b", got)
	}
}
