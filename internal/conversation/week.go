package conversation

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Each Monday the chair is told that the week before can be looked at (program.md D1): a neutral line,
// and behind it the digest (digest.go). After an outage she is told of the latest week that is over,
// once; the others can be opened from there.

const (
	dueWeek    = "week" // the deadline at which a chair is told
	promptWeek = "week" // the prompt with which she opens it; its subject is the week's Monday
	weekHour   = 8      // o'clock, on Mondays
	openedLast = 8      // how many openings are listed
	oneWeek    = 7      // days
)

// nextWeek is the next Monday's hour after an instant.
func (d *Desk) nextWeek(after time.Time) time.Time {
	monday := program.DateOf(after.In(d.Zone)).WeekStart()
	at := monday.Time(d.Zone).Add(weekHour * time.Hour)
	for !at.After(after) {
		monday = monday.AddDays(oneWeek)
		at = monday.Time(d.Zone).Add(weekHour * time.Hour)
	}
	return at
}

// ExpectWeeks sees to it that every chair will be told of the week; whoever waits for it already
// goes on waiting for the same.
func (d *Desk) ExpectWeeks(ctx context.Context) error {
	staff, err := d.Store.Staff(ctx)
	if err != nil {
		return fmt.Errorf("find the chairs: %w", err)
	}
	var plan turn.Plan
	for _, p := range staff {
		if p.Chat != 0 && d.rights.May(p.Role, program.SeeDigest) {
			plan.Deadlines = append(plan.Deadlines, turn.Due{Chat: p.Chat, Kind: dueWeek, At: d.nextWeek(d.Clock()), Keep: true})
		}
	}
	if err := d.Store.Commit(ctx, plan); err != nil {
		return fmt.Errorf("expect the next week: %w", err)
	}
	return nil
}

// week tells the chair that the week before can be looked at, also when the bot comes back late, but
// neither in the night nor while she is away or in the middle of something.
func (v *visit) week() error {
	v.settle()
	if !v.may(program.SeeDigest) {
		return nil
	}
	at, held, _, err := v.mayTell(nil)
	if err != nil {
		return err
	}
	if held != "" && held != program.HeldLimit { // there is one a week: it goes before what else is due
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueWeek, At: at})
		return nil
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueWeek, At: v.nextWeek(v.u.At)})
	week := v.weekBefore(v.u.At)
	if _, err := v.Store.Digest(v.ctx, week); err != nil { // made now, so that opening it takes no time
		return fmt.Errorf("make the digest: %w", err)
	}
	open := v.button("📊", "card.week_open", "open")
	v.prompt(v.person, promptWeek, string(week), v.t.Format("say.week_ready", v.names()), open)
	return nil
}

// weekBehind has the week that she was told of behind the PIN that is asked for first.
func (v *visit) weekBehind() error {
	ref, _, _ := strings.Cut(strings.TrimPrefix(v.u.Data, promptMark), ".")
	p, err := v.Store.Prompt(v.ctx, v.person.ID, ref)
	if errors.Is(err, turn.ErrNotFound) || err == nil && (p.Kind != promptWeek || !v.may(program.SeeDigest)) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("look what is opened: %w", err)
	}
	v.setAside()
	v.m.Page, v.m.Screen = Page{About: p.Subject}, weekly
	v.m.Rev++
	v.hideSoon()
	return nil
}

// weekBefore is the week before an instant.
func (v *visit) weekBefore(at time.Time) digest.Week { return digest.LastFinished(at.In(v.Zone)) }

// openings says who opened whose data in a week, the latest last; what a participant looks at of her
// own is hers alone.
func (v *visit) openings(monday program.Date) ([]string, error) {
	all, err := v.Store.Opened(v.ctx, monday.Time(v.Zone), monday.AddDays(oneWeek).Time(v.Zone))
	if err != nil {
		return nil, fmt.Errorf("look who opened data: %w", err)
	}
	var lines []string
	for _, a := range all {
		if a.Actor == a.Subject {
			continue
		}
		who := v.t.Text("role.admin")
		if p, err := v.Store.Person(v.ctx, a.Actor); err == nil {
			who = p.Name
		}
		whose := a.Subject
		if whose == "*" {
			whose = v.t.Text("card.week_everybody")
		}
		args := map[string]any{"Day": v.day(program.DateOf(a.At.In(v.Zone))), "Who": who, "Whose": whose, "Why": ""}
		if a.Reason != "" {
			args["Why"] = " · " + v.t.Text(reasonKey(a.Reason))
		}
		lines = append(lines, v.t.Format("card.week_opened", args))
	}
	head := v.t.Format("card.week_openings", map[string]any{"Count": len(lines)})
	if len(lines) > openedLast {
		lines = append([]string{"…"}, lines[len(lines)-openedLast:]...)
	}
	return append([]string{head}, lines...), nil
}
