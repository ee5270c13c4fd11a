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
	for _, some := range [][]Rule{contactRules(), businessRules(), weeklyRules(), dateRules(), sessionRules(), meetingRules(), capitalRules(), caseRules(), taskRules(), waitingRules(), partnerRules(), staffRules(), houseRules()} {
		all = append(all, some...)
	}
	return all
}

// start is the beginning of a day, a number of days later.
func (f Facts) start(d program.Date, days int) time.Time { return d.AddDays(days).Time(f.Zone) }
