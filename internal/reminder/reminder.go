// Package reminder says who is to be told what without having asked, and when: the rules of the
// programme (program.md 2.7) as a table, the hours and limits in which people may be told, and what is
// due about a subject by what is known of it. It is pure: no clock, no store.
package reminder

import (
	"fmt"
	"maps"
	"slices"
	"time"

	"github.com/robfig/cron/v3"

	"github.com/dampingi/dampingi/internal/program"
)

// To is who is told by a rule.
type To string

// The recipients. A rule names them by what they are; who that is now is looked up each time.
const (
	ToCompanion  To = "companion"   // of the participant
	ToSecond     To = "second"      // whoever stands in for her companion
	ToOwner      To = "owner"       // whoever is responsible for the matter
	ToAuthor     To = "author"      // whoever opened the matter
	ToSelf       To = "self"        // the one whom it is about, staff or participant
	ToChair      To = "chair"       // every chair
	ToOtherChair To = "other_chair" // every chair but whoever is responsible for the matter
	ToSecretary  To = "secretary"   // every secretary
	ToTreasurer  To = "treasurer"   // every treasurer
	ToEverybody  To = "everybody"   // all of the staff

	toPerson To = "person:" // followed by an id
)

// ToPerson is one of the staff by her id, where what it is about names her.
func ToPerson(id string) To { return toPerson + To(id) }

// Numbers are the figures of a rule by name, in days unless the name says otherwise.
type Numbers map[string]int

// Rule is one row of the table.
type Rule struct {
	ID      string
	About   program.SubjectKind
	When    string  // cron (minute hour day month weekday) in the institution's zone; "" for the moment itself
	Numbers Numbers // which the institution may change
	Urgent  bool    // it is about somebody's safety: neither quiet hours nor limits hold it back
	Alone   bool    // a message of its own, with buttons of its own, and no line of a bundle
	Light   bool    // nothing waits for it: it comes last
	find    func(f Facts, n Numbers) []Moment
}

// Moment is a time from which somebody is to be told something, if nothing changes before.
type Moment struct {
	From  time.Time // moved to the next time of the rule's When
	Until time.Time // after it, telling makes no sense any more
	To    To
	Step  int // 0, and then what it comes to when nothing is done

	Exact bool // never told ahead, with what is due sooner: only then is it known whether it is so
}

// Book is the table of the rules as an institution has set it.
type Book struct {
	set   Settings
	rules []compiled
}

type compiled struct {
	Rule
	schedule cron.Schedule // nil for the moment itself
}

// New prepares the rules; every mistake of the settings is in the error.
func New(set Settings) (*Book, error) {
	b := &Book{set: set}
	for _, r := range Rules() {
		change := set.Rules[r.ID]
		if change.Off {
			continue
		}
		if change.When != "" {
			r.When = change.When
		}
		if len(change.Numbers) > 0 {
			r.Numbers = maps.Clone(r.Numbers)
			maps.Copy(r.Numbers, change.Numbers)
		}
		c := compiled{Rule: r}
		if r.When != "" {
			var err error
			if c.schedule, err = cron.ParseStandard(r.When); err != nil {
				return nil, fmt.Errorf("read when rule %s is told: %w", r.ID, err)
			}
		}
		b.rules = append(b.rules, c)
	}
	return b, nil
}

// Rule finds a rule that is switched on.
func (b *Book) Rule(id string) (Rule, bool) {
	i := slices.IndexFunc(b.rules, func(r compiled) bool { return r.ID == id })
	if i < 0 {
		return Rule{}, false
	}
	return b.rules[i].Rule, true
}

// All gives the rules that are switched on, as they are set.
func (b *Book) All() []Rule {
	all := make([]Rule, 0, len(b.rules))
	for _, r := range b.rules {
		all = append(all, r.Rule)
	}
	return all
}

// Found is what there is to be told about a subject.
type Found struct {
	Open []program.Reminder // what is due and still makes sense
	Late []program.Reminder // what was due lately and makes no sense any more
	Next time.Time          // when there will be more, or less; zero for never
}

// lateDays is for how many days what was not told in time is still found, to be listed: an institution
// whose bot was away for longer knows it.
const lateDays = 21

// Look says what is to be told about a subject by a time. It depends on nothing else: looking twice
// finds the same.
func (b *Book) Look(f Facts, now time.Time) Found { return b.look(f, now, 0) }

// LookAhead is Look with what will be due within the settings' Window as well, so that it can go with what
// is due sooner.
func (b *Book) LookAhead(f Facts, now time.Time) Found { return b.look(f, now, b.set.Window) }

func (b *Book) look(f Facts, now time.Time, ahead time.Duration) Found {
	var found Found
	sooner := func(t time.Time) {
		if found.Next.IsZero() || t.Before(found.Next) {
			found.Next = t
		}
	}
	f.Zone, f.Now, f.set = b.set.Zone, now.In(b.set.Zone), b.set
	if back := f.companionBack(); !back.IsZero() {
		sooner(back)
	}
	for _, r := range b.rules {
		if r.About != f.Subject.Kind() {
			continue
		}
		for _, m := range r.find(f, r.Numbers) {
			due, ahead := r.align(m.From.In(b.set.Zone)), ahead
			if m.Exact {
				ahead = 0
			}
			over := !m.Until.IsZero() && !now.Before(m.Until)
			switch {
			case !m.Until.IsZero() && !due.Before(m.Until):
				continue // there is no time at which it could be told
			case due.After(now.Add(ahead)):
				sooner(due.Add(-ahead))
				continue
			case over && now.Sub(m.Until) > lateDays*24*time.Hour:
				continue
			case !over && !m.Until.IsZero():
				sooner(m.Until)
			}
			for _, person := range f.recipients(m.To) {
				one := program.Reminder{Rule: r.ID, Step: m.Step, Subject: f.Subject, Person: person, Due: due, Until: m.Until, At: due}
				if over {
					found.Late = append(found.Late, one)
				} else {
					found.Open = append(found.Open, one)
				}
			}
		}
	}
	return found
}

// align moves a time to the next one at which the rule is told.
func (r compiled) align(t time.Time) time.Time {
	if r.schedule == nil {
		return t
	}
	return r.schedule.Next(t.Add(-time.Second))
}
