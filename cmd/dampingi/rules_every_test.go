package main

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// ruled is a case at work in a house of its own, in which no other rule is on.
type ruled struct {
	*house
	c    ruleCase
	rule reminder.Rule
	due  time.Time
	who  program.Person // who is told
}

// everyRule runs a test for every case in a house with its rule alone, arranged. Whoever has other hours
// or another limit is passed over, and says so.
func everyRule(t *testing.T, check string, test func(t *testing.T, r ruled)) {
	t.Helper()
	for i, c := range ruleCases() {
		if raceOn && i%casesRaced != 0 { // they take the same ways, and the race detector ten times as long
			continue
		}
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			t.Parallel()
			if why := c.besides[check]; why != "" {
				t.Skip(why)
			}
			r := atWork(t, c)
			if check != "" && check != checkLate && !r.who.Role.Staff() {
				t.Skip("participants have hours and limits of their own")
			}
			test(t, r)
		})
	}
}

// casesRaced is which of the cases are tried under the race detector: one of so many.
const casesRaced = 16

// atWork is a house in which a case has something to say.
func atWork(t *testing.T, c ruleCase, others ...ruleCase) ruled {
	t.Helper()
	o := houseOptions{rules: []string{c.rule}}
	for _, other := range others {
		o.rules = append(o.rules, other.rule)
	}
	h := newHouse(t, o)
	r := ruled{house: h, c: c, due: instant(t, c.due)}
	c.arrange(h)
	for _, other := range others {
		other.arrange(h)
	}
	h.goes(h.time.Now()) // what was put on record past the bot is looked at now
	var err error
	if r.who, err = h.store.PersonByChat(t.Context(), c.chat); err != nil {
		t.Fatal(err)
	}
	r.rule = ruleOf(c)
	return r
}

// row is a reminder as it is on record.
type row struct {
	there     bool
	told      bool
	bundle    string
	held      program.HeldBack
	ending    program.Ending
	subject   program.Subject
	untilTime time.Time // zero for none
}

// row reads the reminder of the case for whoever is told.
func (r ruled) row() row { return r.rowOf(r.who.ID) }

// rowOf reads it as somebody else's.
func (r ruled) rowOf(person string) row {
	r.t.Helper()
	found, err := r.records().QueryContext(r.t.Context(), `SELECT told_at IS NOT NULL, COALESCE(bundle, ''), held, outcome, subject, COALESCE(until, 0) FROM reminder
		WHERE rule = ? AND due = ? AND person = ?`, r.c.rule, r.due.UnixMilli(), person)
	if err != nil {
		r.t.Fatal(err)
	}
	defer func() { _ = found.Close() }()
	var one row
	for found.Next() {
		until := int64(0)
		one.there = true
		if err := found.Scan(&one.told, &one.bundle, &one.held, &one.ending, &one.subject, &until); err != nil {
			r.t.Fatal(err)
		}
		if until > 0 {
			one.untilTime = time.UnixMilli(until)
		}
	}
	if err := found.Err(); err != nil {
		r.t.Fatal(err)
	}
	return one
}

// notTold fails when it has been told.
func (r ruled) notTold(when string) {
	r.t.Helper()
	if r.row().told {
		r.t.Fatalf("told %s:\n%s", when, r.shown(r.c.chat))
	}
}

// toldOrListed fails unless it has been told by now, or is listed as not sent, since it makes no sense
// any more, with what held it back.
func (r ruled) toldOrListed(held program.HeldBack) {
	r.t.Helper()
	switch one := r.row(); {
	case one.told:
	case one.untilTime.IsZero() || one.untilTime.After(r.time.Now()):
		r.t.Fatalf("neither told nor too late: %+v\n%s", one, r.shown(r.c.chat))
	default:
		r.listed(held)
	}
}

// listed fails unless it is listed as not sent, with what held it back; empty for whatever it was.
func (r ruled) listed(held program.HeldBack) {
	r.t.Helper()
	all, err := r.store.Unsent(r.t.Context(), r.due.Add(-time.Hour), r.time.Now().Add(time.Hour))
	if err != nil {
		r.t.Fatal(err)
	}
	for _, one := range all {
		if one.Rule == r.c.rule && one.Due.Equal(r.due) && one.Person == r.who.ID {
			if one.Held == "" || held != "" && one.Held != held {
				r.t.Errorf("listed with the reason %q, want %q", one.Held, held)
			}
			return
		}
	}
	r.t.Errorf("not listed as not sent: %+v", all)
}

// hours has somebody choose her own hours, in minutes since midnight.
func (h *house) hours(person string, from, to int) {
	h.t.Helper()
	h.plan(turn.Plan{Reminding: turn.Reminding{Hours: []turn.Hours{{Person: person, From: from, To: to}}}})
}

// enough has somebody told as often as one is told on a day.
func (h *house) enough(person string) {
	h.t.Helper()
	now := h.time.Now()
	for _, bundle := range []string{"one", "two"} {
		r := program.Reminder{Rule: "N00", Subject: program.SubjectOf(program.AboutMatter, bundle), Person: person, Due: now, At: now}
		h.plan(turn.Plan{Reminding: turn.Reminding{
			Looked: []turn.Looked{{Watch: program.Watch{Subject: r.Subject}, At: now, Open: []program.Reminder{r}}},
			Told:   []turn.Told{{ID: r.ID(), Bundle: bundle, At: now}},
		}})
	}
}

// TestEveryRuleIsToldOnce: not before its time, once at its time, and not again after a restart.
func TestEveryRuleIsToldOnce(t *testing.T) {
	everyRule(t, "", func(t *testing.T, r ruled) {
		r.goes(r.due.Add(-time.Minute))
		if n := r.said(r.c.chat, r.c.says); n != 0 {
			t.Fatalf("told a minute before:\n%s", r.shown(r.c.chat))
		}
		r.goes(r.due)
		if n := r.said(r.c.chat, r.c.says); n != 1 {
			t.Fatalf("told %d times when due:\n%s", n, r.shown(r.c.chat))
		}
		r.sleepsUntil(r.due.Add(30 * time.Minute))
		if n := r.said(r.c.chat, r.c.says); n != 1 {
			t.Fatalf("told %d times after a restart", n)
		}
	})
}

// TestEveryRuleIsGoneWhenDone: what has been done is not reminded of.
func TestEveryRuleIsGoneWhenDone(t *testing.T) {
	everyRule(t, "", func(t *testing.T, r ruled) {
		r.goes(r.due.Add(-time.Minute))
		r.c.done(r.house)
		r.goes(r.due.Add(time.Hour))
		if n := r.said(r.c.chat, r.c.says); n != 0 {
			t.Fatalf("told although it was done:\n%s", r.shown(r.c.chat))
		}
	})
}

// TestEveryRuleMovesWithItsDate: what is due at another time is told then, and not before.
func TestEveryRuleMovesWithItsDate(t *testing.T) {
	everyRule(t, "", func(t *testing.T, r ruled) {
		if r.c.moved == nil {
			t.Skip("it has no date that is moved")
		}
		r.c.moved(r.house)
		at := instant(t, r.c.movedTo)
		r.goes(at.Add(-time.Minute))
		if n := r.said(r.c.chat, r.c.says); n != 0 {
			t.Fatalf("told at its former time:\n%s", r.shown(r.c.chat))
		}
		r.goes(at)
		if n := r.said(r.c.chat, r.c.says); n != 1 {
			t.Fatalf("told %d times at its time:\n%s", n, r.shown(r.c.chat))
		}
	})
}

// TestEveryRuleKeepsTheNight: what comes due while nobody is to be told is told in the morning, or listed.
func TestEveryRuleKeepsTheNight(t *testing.T) {
	everyRule(t, checkHours, func(t *testing.T, r ruled) {
		night := local(r.due, 0, 21, 30)
		if !night.After(r.due) {
			night = local(r.due, 1, 3, 0)
		}
		r.goes(r.due.Add(-time.Minute))
		r.sleepsUntil(night)
		if r.rule.Urgent {
			r.toldOrListed("")
			return
		}
		r.notTold("in the night")
		morning := local(night, 1, 7, 0)
		if night.Hour() < 7 {
			morning = local(night, 0, 7, 0)
		}
		r.goes(morning.Add(-time.Minute))
		r.notTold("in the early morning")
		r.goes(morning)
		r.toldOrListed("")
	})
}

// TestEveryRuleKeepsHerHours: her own hours hold, also when they cross midnight.
func TestEveryRuleKeepsHerHours(t *testing.T) {
	everyRule(t, checkHours, func(t *testing.T, r ruled) {
		at := local(r.due, 0, 0, 0)
		minutes := int(r.due.Sub(at).Minutes())
		own := reminder.Span{From: (minutes + 135) % 1440, To: (minutes + 1440 - 15) % 1440}
		r.hours(r.who.ID, own.From, own.To)
		free := reminder.Defaults(at.Location()).ForStaff(program.Person{}, own, r.due)
		r.goes(r.due)
		if r.rule.Urgent {
			r.toldOrListed("")
			return
		}
		r.goes(free.Add(-time.Minute))
		r.notTold("outside her hours")
		r.goes(free)
		r.toldOrListed(program.HeldNight)
	})
}

// TestEveryRuleKeepsTheLimit: whoever was told enough on a day is told the next one, or it is listed.
func TestEveryRuleKeepsTheLimit(t *testing.T) {
	everyRule(t, checkLimit, func(t *testing.T, r ruled) {
		r.goes(r.due.Add(-time.Minute))
		r.enough(r.who.ID)
		r.goes(r.due)
		if r.rule.Urgent {
			r.toldOrListed("")
			return
		}
		r.goes(local(r.due, 1, 6, 59))
		r.notTold("over the limit")
		r.goes(local(r.due, 1, 7, 0))
		r.toldOrListed(program.HeldLimit)
	})
}

// TestEveryRuleWaitsWhileSheWrites: ten minutes after her last message.
func TestEveryRuleWaitsWhileSheWrites(t *testing.T) {
	everyRule(t, checkBusy, func(t *testing.T, r ruled) {
		r.goes(r.due.Add(-2*time.Minute - time.Second)) // and a moment later she writes
		r.say(r.c.chat, "/cuti")
		r.goes(r.due)
		if r.rule.Urgent {
			r.toldOrListed("")
			return
		}
		r.goes(r.due.Add(7 * time.Minute))
		r.notTold("while she writes")
		if held := r.row().held; held != program.HeldBusy {
			t.Errorf("held back by %q", held)
		}
		r.goes(r.due.Add(8 * time.Minute))
		r.toldOrListed(program.HeldBusy)
	})
}

// TestTwoRulesMakeOneMessage: what is due for somebody at the same time is told in one message.
func TestTwoRulesMakeOneMessage(t *testing.T) {
	all := ruleCases()
	for i, c := range all {
		if raceOn && i > 0 { // it is about minutes, and the race detector is slow
			break
		}
		t.Run(c.rule+" "+c.name, func(t *testing.T) {
			t.Parallel()
			if why := c.besides[checkTogether]; why != "" {
				t.Skip(why)
			}
			mate, ok := mateOf(t, all, i)
			if ruleOf(c).Alone || ruleOf(c).Urgent || c.chat == melatiChat {
				t.Skip("it has a message of its own")
			}
			if !ok {
				t.Skip("nothing else is due for her then")
			}
			r := atWork(t, c, mate)
			other := r
			other.c, other.due = mate, instant(t, mate.due)
			first, last := r.due, other.due
			if last.Before(first) {
				first, last = last, first
			}
			r.goes(first)
			r.goes(last)
			a, b := r.row(), other.row()
			if !a.told || !b.told || a.bundle != b.bundle {
				t.Errorf("not told in one message: %+v and %+v\n%s", a, b, r.shown(c.chat))
			}
		})
	}
}

// mateOf is another case that is due for the same person within the settings' window, and told in bundles.
func mateOf(t *testing.T, all []ruleCase, i int) (ruleCase, bool) {
	t.Helper()
	window := reminder.Defaults(time.UTC).Window
	for j, other := range all {
		if apart := instant(t, all[i].due).Sub(instant(t, other.due)).Abs(); i == j || other.chat != all[i].chat || apart > window || other.besides[checkTogether] != "" {
			continue
		}
		if rule := ruleOf(other); !rule.Alone && !rule.Urgent {
			return other, true
		}
	}
	return ruleCase{}, false
}

// TestEveryRuleIsLookedAtAgain: what waits for the hour at which she may be told is not told to somebody
// who has left meanwhile, and about somebody who was handed over only to whoever accompanies her by then.
func TestEveryRuleIsLookedAtAgain(t *testing.T) {
	everyRule(t, checkAgain, func(t *testing.T, r ruled) {
		if r.rule.Urgent {
			t.Skip("it does not wait")
		}
		minutes := int(r.due.Sub(local(r.due, 0, 0, 0)).Minutes())
		r.hours(r.who.ID, (minutes+135)%1440, (minutes+150)%1440)
		r.goes(r.due.Add(time.Hour))
		one := r.row()
		r.notTold("outside her hours")
		heir := ""
		if one.subject.Kind() == program.AboutHer {
			companion, err := r.store.CompanionOf(t.Context(), one.subject.ID())
			if err != nil {
				t.Fatal(err)
			}
			if companion == r.who.ID {
				heir = map[bool]string{true: "yuli", false: "rina"}[r.who.ID == "rina"]
			}
		}
		if heir == "" {
			r.plan(turn.Plan{Safety: turn.Safety{Retired: []string{r.who.ID}}})
		} else {
			r.plan(turn.Plan{Way: turn.Way{Handed: []turn.Handover{{Participant: one.subject.ID(), To: heir, By: "ketua"}}}})
		}
		r.goes(r.due.Add(4 * time.Hour))
		r.notTold("although it is not hers any more")
		if heir != "" && one.untilTime.After(r.time.Now()) && !r.rowOf(heir).told {
			t.Errorf("whoever accompanies her now was not told:\n%s", r.shown(rinaChat))
		}
	})
}

// TestEveryRuleIsListedWhenTooLate: what was not told while it made sense is not told any more, and listed
// with the reason.
func TestEveryRuleIsListedWhenTooLate(t *testing.T) {
	everyRule(t, checkLate, func(t *testing.T, r ruled) {
		until := atWork(t, r.c)
		until.goes(until.due)
		over := until.row().untilTime
		if over.IsZero() {
			t.Skip("it makes sense at any time")
		}
		if before := r.due.Add(-time.Hour); before.After(r.time.Now()) { // what is due at once has no hour before
			r.goes(before)
		}
		r.sleepsUntil(over.Add(time.Hour))
		r.notTold("too late")
		r.listed("")
	})
}
