package reminder

import (
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// Rules is the table (program.md 2.7), as it is before an institution changes anything. To add one: a
// row here or in a list below, how it is told in package conversation (newTellers), its texts, and a
// line of the guide.
func Rules() []Rule {
	var all []Rule
	for _, some := range [][]Rule{contactRules(), businessRules(), dateRules(), sessionRules(), meetingRules(), capitalRules(), caseRules(), taskRules(), partnerRules(), staffRules(), houseRules()} {
		all = append(all, some...)
	}
	return all
}

// contactRules are about whom nobody has seen for long.
func contactRules() []Rule {
	return []Rule{
		{ID: "N01", About: program.AboutHer, When: "0 8 * * *", Numbers: Numbers{
			"learning": 14, "first_months": 7, "first_year": 30, "later": 90, "digest": 7, "chair": 14,
		}, find: unseen},
	}
}

// businessRules are about how businesses go.
func businessRules() []Rule { return nil }

// dateRules are about what comes round for a participant.
func dateRules() []Rule { return nil }

// sessionRules are about sessions, and what participants are told.
func sessionRules() []Rule { return nil }

// caseRules are about cases that wait.
func caseRules() []Rule { return nil }

// taskRules are about special tasks, visits and invitations.
func taskRules() []Rule { return nil }

// start is the beginning of a day, a number of days later.
func (f Facts) start(d program.Date, days int) time.Time { return d.AddDays(days).Time(f.Zone) }
