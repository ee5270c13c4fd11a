package reminder

import (
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// told is what a book finds about a participant, in short: rule, step, due and whom.
func told(t *testing.T, h *Her, now time.Time) []string {
	t.Helper()
	book, err := New(Defaults(wib()))
	if err != nil {
		t.Fatal(err)
	}
	h.Code, h.Companion = "M-417", "rina"
	var all []string
	for _, r := range book.Look(Facts{Subject: "p/M-417", Her: h}, now).Open {
		if r.Rule[0] == 'R' {
			all = append(all, r.Rule+"."+string(rune('0'+r.Step))+" "+r.Due.In(wib()).Format("02 15.04")+" "+r.Person)
		}
	}
	slices.Sort(all)
	return all
}

// invited is a place in a session on Monday at nine, of which she was told or not.
func invited(heard bool) Place {
	p := Place{Status: "diumumkan", Begins: on(30, 9, 0), Changed: on(25, 10, 0), Kind: "pertemuan_rutin"}
	p.Session, p.Participant, p.InvitedAt = "m-1", "M-417", on(25, 9, 0)
	if heard {
		p.Heard, p.HeardAt = p.Begins, on(25, 10, 15)
	}
	return p
}

func TestWhatIsToldOfASession(t *testing.T) {
	for name, c := range map[string]struct {
		heard  bool
		change func(h *Her, p *Place)
		now    time.Time
		want   []string
	}{
		"it may still be taken back":         {false, nil, on(25, 10, 14), nil},
		"invited":                            {false, nil, on(25, 10, 15), []string{"R2.0 25 10.15 M-417"}},
		"invited after it was announced":     {false, func(_ *Her, p *Place) { p.InvitedAt = on(26, 9, 0) }, on(26, 9, 14), nil},
		"not invited any more":               {false, func(_ *Her, p *Place) { p.Withdrawn = true }, on(26, 10, 0), nil},
		"only planned":                       {false, func(_ *Her, p *Place) { p.Status = "rencana" }, on(26, 10, 0), nil},
		"heard":                              {true, nil, on(26, 10, 0), nil},
		"moved":                              {true, func(_ *Her, p *Place) { p.Begins = on(30, 13, 0); p.Changed = on(26, 9, 0) }, on(26, 9, 15), []string{"R2.0 26 09.15 M-417"}},
		"moved there and back":               {true, func(_ *Her, p *Place) { p.Changed = on(26, 9, 0) }, on(26, 9, 15), nil},
		"called off":                         {true, func(_ *Her, p *Place) { p.Status, p.Changed = "batal", on(26, 9, 0) }, on(26, 9, 15), []string{"R2.0 26 09.15 M-417"}},
		"called off, and she could not come": {true, func(_ *Her, p *Place) { p.Status, p.Reply, p.Changed = "batal", program.CannotCome, on(26, 9, 0) }, on(26, 9, 15), nil},
		"called off before she heard":        {false, func(_ *Her, p *Place) { p.Status, p.Changed = "batal", on(26, 9, 0) }, on(26, 9, 15), nil},
		"no place any more":                  {true, func(_ *Her, p *Place) { p.Withdrawn, p.InvitedAt = true, on(26, 9, 0) }, on(26, 9, 15), []string{"R2.0 26 09.15 M-417"}},

		"before the eve":               {true, nil, on(29, 15, 59), nil},
		"the eve":                      {true, nil, on(29, 16, 0), []string{"R1.0 29 16.00 M-417"}},
		"the eve, and she comes":       {true, func(_ *Her, p *Place) { p.Reply = program.WillCome }, on(29, 16, 0), []string{"R1.0 29 16.00 M-417"}},
		"the eve, and she cannot come": {true, func(_ *Her, p *Place) { p.Reply = program.CannotCome }, on(29, 16, 0), nil},
		"told on the day before":       {true, func(_ *Her, p *Place) { p.HeardAt = on(29, 9, 0) }, on(29, 16, 0), nil},
		"the day":                      {true, func(_ *Her, p *Place) { p.HeardAt = on(29, 16, 0) }, on(30, 7, 0), []string{"R1.1 30 07.00 M-417"}},
		"told on the day":              {true, func(_ *Her, p *Place) { p.HeardAt, p.Reply = on(30, 6, 0), program.WillCome }, on(30, 7, 0), nil},
		"no answer yet":                {true, func(_ *Her, p *Place) { p.HeardAt = on(30, 8, 0) }, on(30, 8, 29), nil},
		"no answer":                    {true, func(_ *Her, p *Place) { p.HeardAt = on(30, 8, 0) }, on(30, 8, 30), []string{"R1.2 30 08.30 rina"}},
		"she may come":                 {true, func(_ *Her, p *Place) { p.HeardAt, p.Reply = on(30, 8, 0), program.MayCome }, on(30, 8, 30), nil},
		"it has begun":                 {true, func(_ *Her, p *Place) { p.HeardAt = on(30, 8, 0) }, on(30, 9, 0), nil},
		"she was not asked again, for she had been told enough": {true, func(h *Her, p *Place) {
			p.HeardAt, h.Told = on(29, 16, 0), []time.Time{on(27, 9, 0), on(28, 9, 0), on(29, 16, 0)}
		}, on(30, 7, 30), []string{"R1.1 30 07.00 M-417", "R1.2 30 07.30 rina"}},

		"what it was like": {true, func(_ *Her, p *Place) { p.Status, p.Came, p.Changed = "selesai", program.Present, on(30, 12, 0) }, on(30, 12, 15), []string{"R2.0 30 12.15 M-417"}},
		"what it was like, asked": {true, func(_ *Her, p *Place) {
			p.Status, p.Came, p.Changed, p.HeardAt = "selesai", program.Present, on(30, 12, 0), on(30, 13, 0)
		}, on(30, 14, 0), nil},
		"who was not there": {true, func(_ *Her, p *Place) { p.Status, p.Came, p.Changed = "selesai", program.Absent, on(30, 12, 0) }, on(30, 12, 15), nil},

		"no phone":               {false, func(h *Her, _ *Place) { h.Joined, h.Reached = false, false }, on(25, 10, 15), []string{"R2.0 25 10.15 M-417", "RP.0 25 10.15 rina"}},
		"no phone, and answered": {false, func(h *Her, p *Place) { h.Joined, h.Reached, p.Reply = false, false, program.WillCome }, on(25, 10, 15), []string{"R2.0 25 10.15 M-417"}},
		"no phone, the eve":      {true, func(h *Her, _ *Place) { h.Joined, h.Reached = false, false }, on(29, 16, 0), []string{"R1.0 29 16.00 M-417", "RP.1 29 16.00 rina"}},
		"paused":                 {false, func(h *Her, _ *Place) { h.Contact.Paused = true }, on(25, 10, 15), []string{"R2.0 25 10.15 M-417", "RP.0 25 10.15 rina"}},
		"her hours come in time": {false, func(h *Her, _ *Place) { h.Contact.Days = program.Weekdays(0).With(time.Saturday, true) }, on(25, 10, 15), []string{"R2.0 25 10.15 M-417"}},
		"her hours are too late": {false, func(h *Her, _ *Place) {
			h.Contact.From, h.Contact.To, h.Contact.Days = 10*60, 12*60, program.Weekdays(0).With(time.Monday, true)
		}, on(25, 10, 15), []string{"R2.0 25 10.15 M-417", "RP.0 25 10.15 rina"}},
		"called off too late for her": {true, func(h *Her, p *Place) {
			p.Status, p.Changed, h.Told = "batal", on(30, 8, 0), []time.Time{on(30, 7, 50)}
		}, on(30, 8, 15), []string{"R2.0 30 08.15 M-417", "RP.0 30 08.15 rina"}},
	} {
		t.Run(name, func(t *testing.T) {
			h, p := willing(), invited(c.heard)
			if c.change != nil {
				c.change(h, &p)
			}
			h.Places = []Place{p}
			if got := told(t, h, c.now); !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

// TestInPersonIsLookedAtAgain: as long as she can be told in time, it is looked at after that time.
func TestInPersonIsLookedAtAgain(t *testing.T) {
	book, err := New(Defaults(wib()))
	if err != nil {
		t.Fatal(err)
	}
	h := willing()
	h.Contact.Days = program.Weekdays(0).With(time.Saturday, true)
	h.Places = []Place{invited(false)}
	found := book.Look(Facts{Subject: "p/M-417", Her: h}, on(25, 10, 15))
	if want := on(28, 8, 30); !found.Next.Equal(want) {
		t.Errorf("looked at again at %s, want %s", found.Next, want)
	}
}

func TestWhatIsHers(t *testing.T) {
	going := Going{"2026-08-31", "2026-11-23"}
	for name, c := range map[string]struct {
		change func(h *Her)
		now    time.Time
		want   []string
	}{
		"a target before its month":   {func(h *Her) { h.Target = on(1, 9, 0).AddDate(0, 0, -5) }, on(26, 8, 59), nil},
		"a target":                    {func(h *Her) { h.Target = on(1, 9, 0).AddDate(0, 0, -5) }, on(26, 9, 0), []string{"R3.0 26 09.00 M-417"}},
		"a target, month after month": {func(h *Her) { h.Target = on(1, 9, 0).AddDate(0, 0, -35) }, on(26, 9, 0), []string{"R3.0 26 09.00 M-417"}},
		"too late for this month":     {func(h *Her) { h.Target = on(1, 9, 0).AddDate(0, 0, -25) }, on(20, 9, 0), nil},
		"a shared phone":              {func(h *Her) { h.Target, h.Contact.Phone = on(1, 9, 0).AddDate(0, 0, -5), program.PhoneFamily }, on(26, 9, 0), nil},

		"three months, short month": {func(h *Her) { h.Going = going }, on(30, 9, 0), []string{"R4.0 30 09.00 M-417"}},
		"before they are over":      {func(h *Her) { h.Going = going }, on(30, 8, 59), nil},
		"nobody knows how it goes":  {func(h *Her) { h.Going = Going{"2026-08-31", "2026-11-01"} }, on(30, 9, 0), nil},
		"no room for a week":        {func(h *Her) { h.Going = Going{"2026-08-20", "2026-11-23"} }, on(28, 9, 0), nil},

		"messages do not get through": {func(h *Her) { h.Reached, h.LostAt = false, on(25, 9, 0) }, on(25, 9, 0), []string{"R5.0 25 09.00 rina"}},
		"for weeks":                   {func(h *Her) { h.Reached, h.LostAt = false, on(10, 9, 0) }, on(25, 9, 0), nil},
		"they do again":               {func(h *Her) { h.LostAt = time.Time{} }, on(25, 9, 0), nil},
		"she has no phone":            {func(h *Her) { h.Joined, h.Reached, h.LostAt = false, false, on(25, 9, 0) }, on(25, 9, 0), nil},
	} {
		t.Run(name, func(t *testing.T) {
			h := willing()
			h.Contact.Phone = program.PhoneOwn
			c.change(h)
			if got := told(t, h, c.now); !slices.Equal(got, c.want) {
				t.Errorf("told %q, want %q", got, c.want)
			}
		})
	}
}

// TestNothingIsSaidInPersonTooSoon: while she can be told in her chat, her companion is not asked to say it
// ahead of time together with what is due sooner.
func TestNothingIsSaidInPersonTooSoon(t *testing.T) {
	set := Defaults(wib())
	if set.Window < 30*time.Minute {
		t.Fatalf("the window of %s reaches nothing", set.Window)
	}
	book, err := New(set)
	if err != nil {
		t.Fatal(err)
	}
	p := invited(true)
	h := willing()
	h.Code, h.Companion, h.Places = "M-417", "rina", []Place{p}
	facts := Facts{Subject: "p/M-417", Her: h}
	toRina := func(found Found) (all []string) {
		for _, r := range found.Open {
			if r.Person == "rina" && r.Rule[0] == 'R' {
				all = append(all, r.ID())
			}
		}
		return all
	}
	at := on(29, 16, 0) // she is told now
	if got := toRina(book.LookAhead(facts, at)); len(got) > 0 {
		t.Errorf("told ahead: %v", got)
	}
	if next := book.LookAhead(facts, at).Next; next.After(at.Add(30 * time.Minute)) {
		t.Errorf("looked at again at %s only", next)
	}
}

// TestWhatSheWasNotToldIsListed: once a session has begun, what she was not told of it is found as too late,
// unless she knows of it from somebody, or was invited when it was too late already.
func TestWhatSheWasNotToldIsListed(t *testing.T) {
	book, err := New(Defaults(wib()))
	if err != nil {
		t.Fatal(err)
	}
	eve := on(29, 16, 0)
	for name, c := range map[string]struct {
		heard  bool
		change func(h *Her, p *Place)
		want   []string
	}{
		"nothing was told":   {false, nil, []string{"R1.0", "R1.1", "R2.0"}},
		"not on the day":     {true, func(h *Her, p *Place) { p.HeardAt, p.Reply, h.Told = eve, program.WillCome, []time.Time{eve} }, []string{"R1.1"}},
		"nor was she asked":  {true, func(h *Her, p *Place) { p.HeardAt, h.Told = eve, []time.Time{eve} }, []string{"R1.1", "R1.2"}},
		"told on the day":    {true, func(_ *Her, p *Place) { p.HeardAt, p.Reply = on(30, 7, 0), program.WillCome }, nil},
		"said in person":     {true, func(_ *Her, p *Place) { p.HeardAt, p.Reply = eve, program.WillCome }, nil},
		"answered, no phone": {false, func(h *Her, p *Place) { h.Joined, h.Reached, p.Reply = false, false, program.WillCome }, nil},
		"nobody said it":     {false, func(h *Her, _ *Place) { h.Joined, h.Reached = false, false }, []string{"R1.0", "R1.1", "R2.0", "RP.0", "RP.1"}},
		"not that it is off": {true, func(_ *Her, p *Place) { p.Status, p.Changed = "batal", on(26, 9, 0) }, []string{"R2.0"}},
		"off after it began": {true, func(_ *Her, p *Place) { p.Status, p.Changed = "batal", on(30, 9, 5) }, nil},
		"invited afterwards": {false, func(_ *Her, p *Place) { p.InvitedAt = on(30, 9, 10) }, nil},
		"cannot come":        {true, func(_ *Her, p *Place) { p.Reply = program.CannotCome }, nil},
	} {
		t.Run(name, func(t *testing.T) {
			h, p := willing(), invited(c.heard)
			if c.change != nil {
				c.change(h, &p)
			}
			h.Places, h.Code, h.Companion = []Place{p}, "M-417", "rina"
			var late []string
			for _, r := range book.Look(Facts{Subject: "p/M-417", Her: h}, on(30, 10, 0)).Late {
				if r.Rule[0] == 'R' {
					late = append(late, r.Rule+"."+string(rune('0'+r.Step)))
				}
			}
			slices.Sort(late)
			if !slices.Equal(late, c.want) {
				t.Errorf("listed %q, want %q", late, c.want)
			}
		})
	}
}
