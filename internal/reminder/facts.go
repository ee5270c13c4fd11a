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
	set  Settings       // set by Look
}

// Her is what is known of a participant.
type Her struct {
	program.Participant
	Joined   bool // she has a chat
	Reached  bool // messages get through to it
	Contact  program.Contact
	Consents program.Consents
	Stages   []program.StageChange // the earliest first
	Business Business
	Dates    Dates
	Places   []Place
	Target   time.Time // when she set herself something, or said that it holds; zero for nothing
	Going    Going
	Told     []time.Time // when she was told something that she had not asked for
	LostAt   time.Time   // since when messages do not get through; zero while they do
}

// Business is what is known of how her business goes, and of when somebody was with her: the latest first.
type Business struct {
	Checks   []Check
	Often    bool           // she has asked for, or needs, more company (program.md 2.2-P, perlu_lebih_sering)
	Moods    []Mood         // how keen she was at her visits, as her companion saw it
	Sittings []Sitting      // the sessions that she was invited to, of which it is noted whether she came
	Together program.Date   // when she was last at a session, or her development was talked about with her; empty for never
	Put      program.Date   // when her companion last said that she need not be visited yet; empty for never
	OffPlan  []program.Date // of each capital, the first day on which it was spent on something else than planned
	Cases    []string       // the kinds of the cases about her that are open
}

// Check is one weekly look at a business.
type Check struct {
	On        program.Date
	Direction string   // naik, tetap, turun, libur; empty when it was passed over
	Turnover  int64    // rupiah; 0 when it was passed over
	Obstacles []string // without "tidak_ada"
}

// Mood is how keen somebody was on a day, 1 to 5.
type Mood struct {
	On    program.Date
	Level int
}

// Sitting is whether somebody came to a session.
type Sitting struct {
	On   program.Date
	Came program.Presence
}

// Dates are the days of what comes round.
type Dates struct {
	Scaled    program.Date       // the latest look at her development; empty for never
	Fell      bool               // in it, a level had fallen far
	FirstMet  program.Date       // the first visit on record at which she was met; empty for never
	Thinking  program.Date       // when she said that she wants to think about it, and may be asked again; empty when she did not
	Paid      program.Date       // when a capital was last paid out; empty for never
	Planned   bool               // another one has been proposed since
	Dialogue  program.Date       // the temu wicara that she was at last, while she is not invited to a BIMTEK since; empty for none
	Proposed  bool               // something about her way is before the chair
	FollowUps []program.FollowUp // what somebody wanted to be reminded of, and has not done
	Aftercare []program.Date     // when she is to be seen after the end
}

// Place is her place in a session; what she answered to another time is no answer.
type Place struct {
	program.Attendance
	Kind    string    // of the session
	Begins  time.Time // zero while it is not set
	Status  string    // of the session
	Day     program.Date
	Changed time.Time // the session
}

// Matter is what is known of a matter.
type Matter struct {
	program.Matter
	Companion string // of the participant whom it is about
	Second    string // who stands in for her
	Changed   program.Date

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
	Visits []program.Date // the days of the visits that she has noted, of the last two weeks
	Checks []program.Date // the days of the looks at a business, likewise

	Traders []Trader       // whom she accompanies and whose business runs, whom nobody has seen for longest first
	Rests   []program.Date // days of the latest weeks in which she does not look at businesses
}

// Trader is somebody whose business is looked at each week.
type Trader struct {
	Code    string
	Since   program.Date // the day on which her business began to run
	Checked program.Date // the latest look at it; empty for never
}

// House is what is known of the institution.
type House struct {
	Profile    program.Matter   // the zero Matter when there is none
	Sessions   []program.Matter // those of the last thirteen months
	Reviewed   program.Date     // when what is known of the institution was last gone through; empty for never
	Candidates []program.Date   // since when each of those who wait for the board does
}

// today is the day of the look.
func (f Facts) today() program.Date { return program.DateOf(f.Now) }

// person is one of the staff; nobody when she is not there any more.
func (f Facts) person(id string) program.Person {
	for _, p := range f.People {
		if p.ID == id {
			return p
		}
	}
	return program.Person{}
}

// there reports whether somebody of the staff can be told something here.
func (f Facts) there(id string) bool {
	p := f.person(id)
	return p.Active && p.Chat != 0
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
	case ToOtherChair:
		return slices.DeleteFunc(role(program.Chair), func(id string) bool { return f.Matter != nil && id == f.Matter.Owner })
	case ToSecretary:
		return role(program.Secretary)
	case ToTreasurer:
		return role(program.Treasurer)
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
	if second != "" && f.person(companion).AwayOn(f.today()) {
		return []string{second}
	}
	return []string{companion}
}

// companionBack is when her companion is back, while somebody stands in for her: from then on it is the
// companion again who is told. Zero when she is not away.
func (f Facts) companionBack() time.Time {
	companion, second := f.whose()
	away := f.person(companion)
	if second == "" || !away.AwayOn(f.today()) {
		return time.Time{}
	}
	return f.start(away.Away, 1)
}
