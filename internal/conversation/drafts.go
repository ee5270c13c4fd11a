package conversation

import (
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// dueDraft is the deadline at which a chat's unfinished reports are looked at.
const dueDraft = "draft"

// hold keeps what was written to an interrupted run until it is clear whether it goes on: nothing
// that is typed is lost. What must not be stored has been refused before, by oneLine.
func (v *visit) hold(text string) error {
	if text != "" {
		v.said = "say.held"
		v.m.Held = strings.TrimSpace(v.m.Held + " " + text)
	}
	return v.turnedTo(offer)
}

// resume goes on with the run as it stood, and with what was written meanwhile.
func (v *visit) resume() error {
	if !v.m.Run.Running() {
		return v.toMenu()
	}
	v.m.Touched, v.m.Nudged = v.now.Unix(), 0
	v.rearm(true)
	if held := v.m.Held; held != "" {
		v.m.Held, v.m.Screen = "", running
		return v.step(flow.Input{Kind: flow.Say, Text: held})
	}
	return v.turnedTo(running)
}

// discard throws the run away.
func (v *visit) discard() error {
	return v.turnedTo(dropped)
}

// takeUp goes on with a parked report.
func (v *visit) takeUp(place string) error {
	i, err := strconv.Atoi(place)
	if err != nil || i < 0 || i >= len(v.m.Parked) {
		v.toast = "say.stale"
		return v.show()
	}
	d := v.m.Parked[i]
	if v.expired(d.Touched) {
		v.toast = "say.stale"
		return v.toMenu()
	}
	v.m.Parked = slices.Delete(slices.Clone(v.m.Parked), i, i+1)
	v.setAside()
	v.m.Run, v.m.Held = d.Run, d.Held
	return v.resume()
}

// The hours within which a person may be reminded of a draft (conversation.md, Proactive messages).
const firstHour, lastHour = 8, 20

// nudges is how often a person is reminded of a draft: after two hours and the next morning.
const nudges = 2

// deadline looks at the unfinished reports: the person is reminded of them, and in the end
// they are thrown away for safety's sake, and told so. One in which nothing has been answered
// yet is nobody's loss.
func (v *visit) deadline() error {
	v.settle()
	before := len(v.m.Parked)
	v.m.Parked = slices.DeleteFunc(slices.Clone(v.m.Parked), func(d Draft) bool { return v.expired(d.Touched) })
	gone := len(v.m.Parked) < before
	unfinished, begun, over := v.unfinished(), !v.m.untouched(), false
	if unfinished && v.expired(v.m.Touched) {
		v.m.clear()
		v.m.Screen, unfinished, over, gone = menu, false, true, gone || begun
	}
	if v.m.Screen == dropped && v.expired(v.m.Touched) {
		v.m.clear()
		v.m.Screen = menu
	}
	awake := v.draftTime(v.now).Equal(v.now)
	nudge := !gone && awake && v.nudged() && unfinished && begun && v.m.Nudged < nudges && v.now.Sub(time.Unix(v.m.Touched, 0)) >= v.pause()
	if nudge {
		v.m.Nudged++
	}
	v.rearm(unfinished)
	switch {
	case gone:
		v.fresh, v.said = awake, "say.draft_expired" // in the night the card changes without a sound
		return v.turnedTo(v.m.Screen)
	case v.lost, over: // without a sound: nothing had been answered
		return v.turnedTo(v.m.Screen)
	case nudge:
		v.fresh = true
		return v.turnedTo(offer)
	}
	return nil
}

// settle ends the deadline that is being worked off.
func (v *visit) settle() {
	v.plan.Settled = append(v.plan.Settled, turn.Due{Chat: v.u.Chat, Kind: v.u.Data, At: v.u.Due, Rev: v.u.Rev})
}

// unfinished reports whether there is a run that the person may want to go on with.
func (v *visit) unfinished() bool { return v.m.Run.Running() && v.m.Screen != dropped }

// pause is how long the run has to be left alone before the next reminder of it.
func (v *visit) pause() time.Duration {
	if v.m.Nudged == 0 {
		return longPause
	}
	return 6 * longPause
}

// expired reports whether a draft has been left alone for longer than it may be kept.
func (v *visit) expired(touched int64) bool {
	return v.now.Sub(time.Unix(touched, 0)) >= program.DraftLife
}

// rearm sets the next time at which the drafts are looked at, inside the person's hours.
func (v *visit) rearm(unfinished bool) {
	var next time.Time
	sooner := func(t time.Time) {
		if next.IsZero() || t.Before(next) {
			next = t
		}
	}
	for _, d := range v.m.Parked {
		sooner(time.Unix(d.Touched, 0).Add(program.DraftLife))
	}
	if v.m.Last.Report != "" && v.m.Last.full() {
		sooner(time.Unix(v.m.Last.At, 0).Add(program.UndoWindow))
	}
	if v.m.Run.Running() {
		sooner(time.Unix(v.m.Touched, 0).Add(program.DraftLife))
	}
	if unfinished && v.nudged() && v.m.Nudged < nudges {
		at := v.draftTime(time.Unix(v.m.Touched, 0).Add(v.pause()))
		if !at.After(v.now) {
			at = v.draftTime(v.now)
		}
		if !at.After(v.now) {
			at = v.draftTime(v.now.Add(longPause))
		}
		sooner(at)
	}
	if next.IsZero() {
		return
	}
	if !next.After(v.now) {
		next = v.now.Add(longPause)
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueDraft, At: next})
}

// ruleDrafts is the rule by which somebody is reminded of what she has not finished (program.md 2.7, N11).
const ruleDrafts = "N11"

// nudged reports whether people are reminded of drafts at all: the institution may switch it off.
func (v *visit) nudged() bool { _, on := v.Reminders.Rule(ruleDrafts); return on }

// draftTime is the first time from t on at which the person may be reminded of a draft: within her own
// hours or the house's, not on a Friday noon, and not while she is away.
func (v *visit) draftTime(t time.Time) time.Time {
	at, err := v.mayRemind(t)
	if err != nil {
		v.Log.Warn("reminded within the house's hours", "error", err)
	}
	return at
}

// awake reports whether the person may be written to now: a bot that was away may come to a
// deadline in the night.
func (v *visit) awake() bool { return v.waking(v.now).Equal(v.now) }

// waking moves a time into the hours in which a person may be written to.
func (v *visit) waking(t time.Time) time.Time {
	t = t.In(v.Zone)
	y, m, d := t.Date()
	switch {
	case t.Hour() < firstHour:
		return time.Date(y, m, d, firstHour, 0, 0, 0, v.Zone)
	case t.Hour() >= lastHour:
		return time.Date(y, m, d+1, firstHour, 0, 0, 0, v.Zone)
	}
	return t
}
