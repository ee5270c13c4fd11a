package reminder

import (
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// The rules of signs: something may be worth a question. They state their reasons, and decide nothing.
const (
	FallRule     = "N05" // her business goes down
	ObstacleRule = "N06" // the same obstacle again
	MissedRule   = "N08" // she stayed away, or was not keen
	SpendingRule = "B1"  // a capital was spent on something else than planned
)

// SignRules lists them.
func SignRules() []string { return []string{FallRule, ObstacleRule, MissedRule, SpendingRule} }

// businessRules are about how businesses go, and how she does. A sign is told on the morning after, with
// what else there is to do, and for two weeks: then others will have come, or it has passed.
func businessRules() []Rule {
	const morning, fortnight = "0 8 * * *", 14
	return []Rule{
		{ID: FallRule, About: program.AboutHer, When: morning, Numbers: Numbers{"lower_percent": 30, "open": fortnight}, find: found(falls, noCaseYet)},
		{ID: ObstacleRule, About: program.AboutHer, When: morning, Numbers: Numbers{"again": 60, "open": fortnight}, find: found(repeats, noCaseYet)},
		{ID: MissedRule, About: program.AboutHer, When: morning, Numbers: Numbers{"mood": 2, "open": fortnight}, find: found(misses, nil)},
		{ID: SpendingRule, About: program.AboutHer, When: morning, Numbers: Numbers{"open": fortnight}, find: found(offPlan, nil)},
	}
}

// found makes what a rule finds of the signs that there are; those that fits turns down are not told.
func found(signs func(*Her, Numbers) []Sign, fits func(*Her, Sign) bool) func(Facts, Numbers) []Moment {
	return func(f Facts, n Numbers) []Moment {
		if !f.Her.Stage.Active() || !f.agreed() {
			return nil
		}
		var all []Moment
		for _, s := range signs(f.Her, n) {
			if s.Over || fits != nil && !fits(f.Her, s) {
				continue
			}
			from := s.from(f.Zone)
			all = append(all, Moment{From: from, Until: from.AddDate(0, 0, n["open"]), To: ToCompanion})
		}
		return all
	}
}

// noCaseYet reports whether a sign has a reason about which no fitting case is open.
func noCaseYet(h *Her, s Sign) bool { return len(s.Waiting(h)) > 0 }

// Signs are all that what is known of her shows, the earliest first, with the time at which each is
// told: what became of them is on record under it. What was taken back shows nothing.
func (b *Book) Signs(h *Her) []Sign {
	patterns := map[string]func(*Her, Numbers) []Sign{FallRule: falls, ObstacleRule: repeats, MissedRule: misses, SpendingRule: offPlan}
	var all []Sign
	for _, r := range b.rules {
		look, ok := patterns[r.ID]
		if !ok {
			continue
		}
		for _, s := range look(h, r.Numbers) {
			s.Rule, s.Due = r.ID, r.align(s.from(b.set.Zone))
			all = append(all, s)
		}
	}
	slices.SortStableFunc(all, func(a, b Sign) int { return a.Due.Compare(b.Due) })
	return all
}

// from is the beginning of the day after what shows it.
func (s Sign) from(zone *time.Location) time.Time { return s.On.AddDays(1).Time(zone) }
