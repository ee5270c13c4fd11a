package reminder

import (
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Facts is what is known of a subject, as far as rules depend on it. One of its parts is there, by the
// kind of the subject.
type Facts struct {
	Subject program.Subject
	Her     *Her
	Matter  *Matter
	Staff   *Staff
	House   *House
	People  []program.Person // the staff

	Zone *time.Location // set by Look
	Now  time.Time      // set by Look, in Zone
}

// Her is what is known of a participant.
type Her struct {
	program.Participant
	Second   string // who stands in for her companion; empty for nobody
	Joined   bool   // she has a chat
	Reached  bool   // messages get through to it
	Contact  program.Contact
	Consents program.Consents
	Stages   []program.StageChange // the earliest first
	Business Business
	Dates    Dates
	Places   []Place
	Target   time.Time // when she set herself something, or said that it holds; zero for nothing
}

// Business is what is known of how her business goes: the latest first.
type Business struct {
	Checks  []Check
	Often   bool           // she has asked for, or needs, more company (program.md 2.2-P, perlu_lebih_sering)
	Moods   []int          // how keen she was at the latest visits, 1 to 5, as her companion saw it
	PaidOn  program.Date   // when a capital was last paid out; empty for never
	OffPlan []program.Date // days on which a capital was spent on something else than planned
}

// Check is one weekly look at a business.
type Check struct {
	On        program.Date
	Direction string   // naik, tetap, turun, libur; empty when it was passed over
	Turnover  int64    // rupiah; 0 when it was passed over
	Obstacles []string // without "tidak_ada"
}

// Dates are the days of what comes round.
type Dates struct {
	Scaled    program.Date       // the latest look at her development; empty for never
	Fell      bool               // in it, a level had fallen far
	FirstMet  program.Date       // the first visit on record; empty for never
	Thinking  program.Date       // when she said that she wants to think about it; empty when she did not
	FollowUps []program.FollowUp // what somebody wanted to be reminded of, and has not done
	Aftercare []program.Date     // when she is to be seen after the end
}

// Place is her place in a session.
type Place struct {
	program.Attendance
	Kind   string    // of the session
	Begins time.Time // zero while it is not set
	Ends   time.Time
	Status string // of the session
	Day    program.Date
}

// Matter is what is known of a matter.
type Matter struct {
	program.Matter
	Companion string // of the participant whom it is about
	Second    string // who stands in for her
	Changed   program.Date
	Places    []Place // of a session

	Agreed  bool             // of a capital: she agrees that it is noted
	Outings []program.Outing // of a partner, those that stand
	Guests  []Guest          // of a session that is not over
}

// Guest is a participant's place in a session, and who accompanies her.
type Guest struct {
	program.Attendance
	Companion string
}

// Staff is what is known of one of the institution's own people.
type Staff struct {
	program.Person
	Wrote    int            // reports in the present week, Monday to Sunday
	Visits   []program.Date // the days of the visits that she has noted, of the last two weeks
	Checks   []program.Date // the days of the looks at a business, likewise
	Caseload int            // whom she accompanies
	Drafted  time.Time
}

// House is what is known of the institution.
type House struct {
	Profile  program.Matter   // the zero Matter when there is none
	Sessions []program.Matter // those of the last thirteen months
	Reviewed program.Date     // when what is known of the institution was last gone through; empty for never
}

// recipients are the people whom a rule means, as things are now.
func (f Facts) recipients(to To) []string {
	one := func(id string) []string {
		if id == "" {
			return nil
		}
		return []string{id}
	}
	role := func(r program.Role) []string {
		var all []string
		for _, p := range f.People {
			if p.Role == r && p.Active {
				all = append(all, p.ID)
			}
		}
		return all
	}
	if id, named := strings.CutPrefix(string(to), string(toPerson)); named {
		return one(id)
	}
	switch to {
	case ToEverybody:
		var all []string
		for _, r := range program.Roles() {
			if r.Staff() {
				all = append(all, role(r)...)
			}
		}
		return all
	case ToCompanion, ToSecond:
		companion, second := f.whose()
		if to == ToSecond {
			return one(second)
		}
		return f.staffed(companion, second)
	case ToOwner:
		if f.Matter == nil {
			return nil
		}
		return one(f.Matter.Owner)
	case ToAuthor:
		if f.Matter == nil {
			return nil
		}
		return one(f.Matter.Author)
	case ToSelf:
		return one(f.Subject.ID())
	case ToChair:
		return role(program.Chair)
	case ToSecretary:
		return role(program.Secretary)
	case ToTreasurer:
		return role(program.Treasurer)
	case ToCoordinator:
		return role(program.Coordinator)
	}
	return nil
}

// whose are those who accompany the participant whom it is about.
func (f Facts) whose() (companion, second string) {
	switch {
	case f.Her != nil:
		return f.Her.Companion, f.Her.Second
	case f.Matter != nil:
		return f.Matter.Companion, f.Matter.Second
	}
	return "", ""
}

// staffed is her companion, or whoever stands in for her on a day on which she is away.
func (f Facts) staffed(companion, second string) []string {
	if companion == "" {
		return nil
	}
	i := slices.IndexFunc(f.People, func(p program.Person) bool { return p.ID == companion })
	if second != "" && i >= 0 && f.People[i].AwayOn(program.DateOf(f.Now)) {
		return []string{second}
	}
	return []string{companion}
}

// companionBack is when her companion is back, while somebody stands in for her: from then on it is the
// companion again who is told. Zero when she is not away.
func (f Facts) companionBack() time.Time {
	companion, second := f.whose()
	i := slices.IndexFunc(f.People, func(p program.Person) bool { return p.ID == companion })
	if second == "" || i < 0 || !f.People[i].AwayOn(program.DateOf(f.Now)) {
		return time.Time{}
	}
	return f.start(f.People[i].Away, 1)
}
