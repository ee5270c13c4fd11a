package digest

import (
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// Figures is what is kept of a week and shown: aggregates, and codes of matters in the first block and
// of what is ahead. Of how participants fare there is no figure below five (safety.md 3.5 rule 15).
type Figures struct {
	Week   Week      `json:"week"`
	MadeAt time.Time `json:"made_at"` // UTC
	Quiet  bool      `json:"quiet,omitempty"`
	Late   int       `json:"late,omitempty"`

	Decide  []Decision `json:"decide,omitempty"`
	More    int        `json:"more,omitempty"` // decisions that do not fit
	Process Process    `json:"process"`
	Forms   Forms      `json:"forms"`
	Along   Strategy   `json:"strategy"`
	Trade   Trade      `json:"trade"`
	Cases   Cases      `json:"cases"`
	Ahead   []Ahead    `json:"ahead,omitempty"`
	Quotes  []string   `json:"quotes,omitempty"` // report ids: the words stay where they are hers
	Missing Missing    `json:"missing"`

	Contacts  [Weeks]int            `json:"contacts"`  // visits by week
	Checks    [Weeks]int            `json:"checks"`    // looks at businesses by week
	Expected  int                   `json:"expected"`  // contacts that are planned a week; 0 for none
	Direction [Weeks][]kanon.Figure `json:"direction"` // by week; hidden ones are hidden in each week by itself
}

// Pair is a number and that of the week before.
type Pair struct {
	Now    int `json:"now"`
	Before int `json:"before"`
}

// Decision is one thing that waits for the chair.
type Decision struct {
	Kind   program.MatterKind `json:"kind"`
	ID     string             `json:"id,omitempty"` // empty for all of a kind together
	Code   string             `json:"code,omitempty"`
	Status string             `json:"status,omitempty"`
	Count  int                `json:"count,omitempty"`
	Days   int                `json:"days"`
}

// Process is how women come into the programme, and what they learn.
type Process struct {
	Met, Registered, Proposed Pair
	Said, Needs               []kanon.Figure // what those said who were met, and what they need
	Reached                   kanon.Figure   // who is or was accompanied
	Target                    int
	Groups                    []kanon.Figure // of them, by part of the way
	Newcomers                 []kanon.Figure // of those who are on their way: new this year, and before
	Sessions                  []Attended
	Fields                    map[string]int // sessions by field
	Talks                     int            // about how somebody develops
}

// Attended is how many came to a kind of session.
type Attended struct {
	Kind, Group   string
	Held          int
	Invited, Came int
}

// Forms is the capital.
type Forms struct {
	Stages  map[string]int // capitals that are under way, by status
	Paid    int            // participants whose capital was paid out
	Sum     kanon.Figure   // rupiah
	AsPlan  int            // percent of what was spent, by rupiah
	Planned bool           // whether AsPlan is known, and may be
	Overdue int            // controls that are late
}

// Strategy is partners, taking part, and accompanying.
type Strategy struct {
	Partners, Company, Support int
	Visits                     Pair
	Kinds                      map[string]int
	Seen, Active               int
	Calls                      program.CallFigures
	Companions                 int
}

// Trade is how businesses go.
type Trade struct {
	Checks                      Pair
	Who                         int // whose business was looked at in the week
	Of                          int // who has a business; 0 when that is not told
	Direction, Level, Obstacles []kanon.Figure
}

// Cases are the cases.
type Cases struct {
	Opened, Closed, Open, Late int
	Usual                      time.Duration // the median from opening to closing; 0 when there are too few
}

// Missing is what is not there.
type Missing struct {
	Unseen   int
	Silent   []string // staff ids
	Requests int
	Unsent   map[program.HeldBack]int
}

// decideMost is how many decisions stand in the first block (program.md 2.8).
const decideMost = 5

// quotesMost is how much good news there is at most.
const quotesMost = 2

// Make leaves out of a week what may not be shown.
func Make(r Raw, at time.Time) Figures {
	f := Figures{Week: r.Week, MadeAt: at.UTC().Truncate(time.Millisecond), Late: r.Late, Ahead: r.Ahead}
	f.Decide, f.More = decisions(r)
	f.Process = process(r)
	f.Forms = forms(r)
	f.Along = strategy(r)
	f.Trade = trade(r, f.Process.Groups)
	f.Cases = cases(r)
	f.Quotes = r.Quotes[:min(len(r.Quotes), quotesMost)]
	f.Missing = Missing{Unseen: f.Along.Active - f.Along.Seen, Silent: r.Silent, Requests: r.Requests, Unsent: r.Unsent}
	f.Contacts, f.Checks = r.Reports[FlowVisit], r.Reports[FlowTrade]
	f.Expected = expected(r.People)
	for ago := range Weeks {
		f.Direction[Weeks-1-ago] = cells(r, Question{Flow: FlowTrade, Field: fieldDirection}, ago)
	}
	f.Quiet = quiet(r)
	return f
}

// quiet reports whether nothing at all was written or asked in a week.
func quiet(r Raw) bool {
	for _, by := range r.Reports {
		if by[Weeks-1] > 0 {
			return false
		}
	}
	return len(r.Sessions) == 0 && r.Calls.Asked == 0
}

// of is a flow's reports in the week and in the week before.
func (r Raw) of(flow string) Pair {
	by := r.Reports[flow]
	return Pair{Now: by[Weeks-1], Before: by[Weeks-2]}
}

// decisions chooses what the chair is asked first: of each kind the one that waits longest, and then
// whatever else fits.
func decisions(r Raw) (first []Decision, more int) {
	selection := Decision{Kind: program.Candidacy}
	var rest []Decision
	seen := map[program.MatterKind]bool{}
	for _, w := range r.Waiting {
		if w.Kind == program.Candidacy {
			selection.Count++
			selection.Days = max(selection.Days, w.Days)
			continue
		}
		d := Decision{Kind: w.Kind, ID: w.ID, Code: w.Code, Status: w.Status, Days: w.Days}
		if !seen[w.Kind] {
			seen[w.Kind] = true
			first = append(first, d)
		} else {
			rest = append(rest, d)
		}
	}
	if selection.Count > 0 {
		first = append(first, selection)
	}
	first = append(first, rest...)
	if len(first) > decideMost {
		first, more = first[:decideMost], len(first)-decideMost
	}
	order := []program.MatterKind{program.Candidacy, program.Proposal, program.Case, program.Aid}
	slices.SortStableFunc(first, func(a, b Decision) int { return slices.Index(order, a.Kind) - slices.Index(order, b.Kind) })
	return first, more
}

func process(r Raw) Process {
	p := Process{
		Met: r.of(FlowMet), Registered: r.of(FlowRegistered), Proposed: r.of(FlowProposed), Target: r.Target,
		Said: cells(r, Question{Flow: FlowMet, Field: "hasil"}, 0), Needs: top(cells(r, Question{Flow: FlowMet, Field: "kebutuhan"}, 0)),
		Talks: r.of(FlowProgress).Now, Fields: map[string]int{},
	}
	p.Reached, p.Groups, p.Newcomers = population(r.People)
	for _, s := range r.Sessions {
		p.Fields[s.Field]++
		i := slices.IndexFunc(p.Sessions, func(a Attended) bool { return a.Kind == s.Kind && a.Group == s.Group })
		if i < 0 {
			i = len(p.Sessions)
			p.Sessions = append(p.Sessions, Attended{Kind: s.Kind, Group: s.Group})
		}
		p.Sessions[i].Held++
		p.Sessions[i].Invited += s.Invited
		p.Sessions[i].Came += s.Came
	}
	slices.SortFunc(p.Sessions, func(a, b Attended) int { return strings.Compare(a.Kind+" "+a.Group, b.Kind+" "+b.Group) })
	return p
}

func forms(r Raw) Forms {
	f := Forms{Stages: map[string]int{}}
	for _, t := range r.Matters {
		if t.Kind != program.Aid {
			continue
		}
		if t.N > 0 && !ended(t) {
			f.Stages[t.Status] += t.N
		}
		if t.Status == "kontrol" {
			f.Overdue += t.Late
		}
	}
	paid := map[string]bool{}
	sum := kanon.NewNumbers(kanon.Bounds{})
	bought, planned, who := int64(0), int64(0), map[string]bool{}
	for _, t := range r.Told {
		if t.Ago > 0 {
			continue
		}
		switch t.Flow {
		case FlowPaid:
			paid[t.Who] = true
			if n, ok := t.number("jumlah_cair"); ok {
				sum.Add(t.Who, n)
			} else {
				sum.Add(t.Who)
			}
		case FlowBought:
			n, _ := t.number("jumlah")
			bought += n
			who[t.Who] = true
			if slices.Contains(t.codes("sesuai"), "ya") {
				planned += n
			}
		}
	}
	f.Paid, f.Sum = len(paid), sum.Suppress()
	// Below five people, the share of those who spent as planned says who did.
	if f.Planned = len(who) >= kanon.K && bought > 0; f.Planned {
		f.AsPlan = int(planned * 100 / bought)
	}
	return f
}

// ended reports whether nothing comes after the status of a tally.
func ended(t Tally) bool { return program.Matter{Kind: t.Kind, Status: t.Status}.Ended() }

func strategy(r Raw) Strategy {
	s := Strategy{
		Company: r.of(FlowCompany).Now, Support: r.of(FlowSupport).Now, Visits: r.of(FlowVisit), Kinds: map[string]int{},
		Calls: r.Calls, Companions: r.Companions,
	}
	for _, t := range r.Matters {
		if t.Kind == program.Partner {
			s.Partners += t.Opened
		}
	}
	for _, t := range r.Told {
		if t.Flow == FlowVisit && t.Ago == 0 {
			for _, kind := range t.codes("jenis") {
				s.Kinds[VisitKind(kind)]++
			}
		}
	}
	for _, p := range r.People {
		if active(p) {
			s.Active++
			if p.Seen {
				s.Seen++
			}
		}
	}
	return s
}

// The kinds of visits as the chair is told of them: what a visit was about in particular stays with
// whoever made it.
const (
	VisitHome     = "home"
	VisitBusiness = "business"
	VisitOther    = "other"
)

// VisitKind is what a kind of visit is to the chair.
func VisitKind(code string) string {
	switch code {
	case "home_visit":
		return VisitHome
	case "teknis_usaha", "kontrol", "belanja":
		return VisitBusiness
	}
	return VisitOther
}

func trade(r Raw, groups []kanon.Figure) Trade {
	t := Trade{
		Checks:    r.of(FlowTrade),
		Direction: cells(r, Question{Flow: FlowTrade, Field: fieldDirection}, 0),
		Level:     cells(r, Question{Flow: FlowTrade, Field: "tingkat"}, 0),
		Obstacles: top(cells(r, Question{Flow: FlowTrade, Field: "kendala"}, 0)),
	}
	who := map[string]bool{}
	for _, told := range r.Told {
		if told.Flow == FlowTrade && told.Ago == 0 {
			who[told.Who] = true
		}
	}
	t.Who = len(who)
	// How many have a business is the sum of two groups: it is told only where both are.
	for _, g := range groups {
		if g.Key == string(program.GroupTrading) || g.Key == string(program.GroupIndependent) {
			if !g.Shown {
				t.Of = 0
				break
			}
			t.Of += int(g.Count)
		}
	}
	return t
}

// usualLeast is from how many closed cases on there is a usual time.
const usualLeast = 5

func cases(r Raw) Cases {
	c := Cases{}
	for _, t := range r.Matters {
		if t.Kind != program.Case {
			continue
		}
		c.Opened += t.Opened
		c.Closed += t.Ended
		c.Late += t.Late
		if !ended(t) {
			c.Open += t.N
		}
	}
	if n := len(r.Handled); n >= usualLeast {
		all := slices.Sorted(slices.Values(r.Handled))
		c.Usual = all[n/2]
	}
	return c
}

// expected is how many contacts a week are planned: whoever is on her way is to be seen once in 30 days.
func expected(people []Person) int {
	n := 0
	for _, p := range people {
		if active(p) {
			n++
		}
	}
	return (n*days + SeenDays - 1) / SeenDays
}

// SeenDays is within how many days somebody should have been with everybody (program.md row 29).
const SeenDays = 30
