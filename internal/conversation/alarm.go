package conversation

import (
	"crypto/subtle"
	"errors"
	"fmt"
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A kata aman is an ordinary phrase that she has chosen in person. When it comes, she is answered
// with something harmless, her chat is cleaned, nothing is sent to her for three days, and her
// companion is told, by code only (safety.md 3.8).

// promptAlarm is the prompt that tells of a kata aman; dueAlarm precedes the alarm's id in the
// deadline at which the chair is told as well, dueAlarmSecond in the one at which it is whoever stands in
// for her companion.
const (
	promptAlarm    = "alarm"
	dueAlarm       = "alarm."
	dueAlarmSecond = "alarm_second."
)

// wordTries is how many beginnings of a message are compared: always as many, whatever was
// written and whether she has a word at all, so that the time it takes tells nothing.
const wordTries = 24

// wordLeast and wordMost bound a kata aman, in letters without spaces.
const (
	wordLeast = 4
	wordMost  = 30
)

// beginnings are the first words of a text run together, one more at a time: a kata aman counts
// in any case and spacing, and also as the start of a message.
func beginnings(text string) []string {
	words := strings.FieldsFunc(bahasa.Normalize(text), func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	var all []string
	run := ""
	for _, w := range words {
		if run += w; len(run) > 4*wordMost || len(all) == wordTries {
			break
		}
		all = append(all, run)
	}
	return all
}

// WordHash is what is kept of a participant's kata aman: a keyed hash, the same in any case and
// spacing; empty for a phrase without a letter or digit.
func WordHash(seal Seal, code, phrase string) string {
	starts := beginnings(phrase)
	if len(starts) == 0 {
		return ""
	}
	return seal.Lookup("kata_aman", code+" "+starts[len(starts)-1])
}

// isWord reports whether a message is, or begins with, the person's kata aman.
func (v *visit) isWord(text string) bool {
	starts := beginnings(text)
	found := 0
	for i := range wordTries {
		start := ""
		if i < len(starts) {
			start = starts[i]
		}
		hash := v.Seal.Lookup("kata_aman", v.person.ID+" "+start)
		found |= subtle.ConstantTimeCompare([]byte(hash), []byte(v.person.Safe.Word)) & min(1, len(start))
	}
	return found == 1
}

// evacuate is what a kata aman leads to.
func (v *visit) evacuate() error {
	v.person.Safe.SilentUntil = v.u.At.Add(program.Silence)
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: v.person.ID, Contact: v.person.Safe})
	alarm := program.Alarm{ID: v.runID(), Participant: v.person.ID, At: v.u.At}
	v.plan.Safety.Alarms = append(v.plan.Safety.Alarms, alarm)
	v.audit("alarm.word", v.person.ID)
	if err := v.callNot(); err != nil {
		return err
	}
	v.m.Page, v.m.Digits, v.m.PIN, v.m.Note = Page{}, "", nil, discreet.HarmlessFor(v.u.Text)
	if err := v.sweep(); err != nil {
		return err
	}
	if err := v.herTo(menu); err != nil { // it is silent now: something harmless
		return err
	}
	companion, ok, err := v.companion(v.person.ID)
	if err != nil {
		return err
	}
	if !ok {
		return v.alarmChairs(alarm)
	}
	help := flow.FaceButton{Label: "🙋 " + v.Words(companion.Lang).Text("card.alarm_help"), Action: "help"}
	v.promptAlarm(companion, alarm, help)
	reachable, err := v.Store.Reachable(v.ctx, companion.Chat)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("look whether her companion can be reached: %w", err)
	}
	if !reachable || companion.AwayOn(program.DateOf(v.u.At.In(v.Zone))) { // she has blocked the bot, her phone is gone, or she is away
		if err := v.alarmSecond(alarm, companion); err != nil {
			return err
		}
		return v.alarmChairs(alarm)
	}
	v.plan.Deadlines = append(v.plan.Deadlines,
		turn.Due{Chat: companion.Chat, Kind: dueAlarmSecond + alarm.ID, At: v.u.At.Add(program.AlarmPatience / 2)},
		turn.Due{Chat: companion.Chat, Kind: dueAlarm + alarm.ID, At: v.u.At.Add(program.AlarmPatience)})
	return nil
}

// alarmSecond tells whoever stands in for a participant's companion that she should be told. She does not
// know what was agreed, so there is nothing for her to take; the chair's time does not wait for hers.
func (v *visit) alarmSecond(a program.Alarm, companion program.Person) error {
	id, err := v.Store.SecondOf(v.ctx, a.Participant)
	if err != nil || id == "" || id == companion.ID {
		return err
	}
	p, err := v.Store.Person(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find who stands in for her companion: %w", err)
	}
	v.tell(p, v.Words(p.Lang).Format("say.alarm_second", map[string]any{
		"Code": a.Participant, "Time": a.At.In(v.Zone).Format("15.04"), "Name": companion.Name,
	}))
	return nil
}

// waitingAlarm is an alarm by its id; false when somebody has taken it, or she was erased.
func (v *visit) waitingAlarm(id string) (program.Alarm, bool, error) {
	a, err := v.Store.Alarm(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return a, false, nil
	}
	if err != nil {
		return a, false, fmt.Errorf("look whether an alarm waits: %w", err)
	}
	return a, a.TakenAt.IsZero(), nil
}

// passAlarm tells whoever stands in of an alarm that nobody has taken.
func (v *visit) passAlarm(id string) error {
	v.settle()
	a, waits, err := v.waitingAlarm(id)
	if err != nil || !waits {
		return v.commitUnless(err)
	}
	companion, ok, err := v.companion(a.Participant)
	if err != nil || !ok { // then the chair was told at once
		return v.commitUnless(err)
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: "alarm.pass", Subject: a.ID})
	return v.commitUnless(v.alarmSecond(a, companion))
}

// promptAlarm tells one of the staff, by code only.
func (v *visit) promptAlarm(p program.Person, a program.Alarm, more ...flow.FaceButton) {
	t := v.Words(p.Lang)
	text := t.Format("say.alarm", map[string]any{"Code": a.Participant, "Time": a.At.In(v.Zone).Format("15.04")})
	take := flow.FaceButton{Label: "✋ " + t.Text("card.alarm_take"), Action: "take"}
	v.prompt(p, promptAlarm, a.ID, text, append([]flow.FaceButton{take}, more...)...)
}

// alarmChairs tells every chair.
func (v *visit) alarmChairs(a program.Alarm) error {
	chairs, err := v.staff(program.Chair)
	for _, p := range chairs {
		v.promptAlarm(p, a)
	}
	return err
}

// alarmAbout is whose alarm a prompt is about.
func (v *visit) alarmAbout(p turn.Prompt) (string, error) {
	a, err := v.Store.Alarm(v.ctx, p.Subject)
	if err != nil {
		return "", fmt.Errorf("find whose alarm it is: %w", err)
	}
	return a.Participant, nil
}

// takeAlarm notes that somebody takes care of her.
func (v *visit) takeAlarm(p turn.Prompt) error {
	a, err := v.Store.Alarm(v.ctx, p.Subject)
	if errors.Is(err, turn.ErrNotFound) {
		v.toast = "say.stale"
		return nil
	}
	if err != nil {
		return fmt.Errorf("take an alarm: %w", err)
	}
	if a.TakenAt.IsZero() {
		a.TakenAt, a.TakenBy = v.u.At, v.person.ID
		v.plan.Safety.Alarms = append(v.plan.Safety.Alarms, a)
		v.audit("alarm.take", a.ID)
	}
	key := "say.alarm_taken"
	if a.TakenBy == v.person.ID {
		key = "say.alarm_yours"
	}
	v.repaint(v.t.Format(key, map[string]any{"Code": a.Participant}))
	return nil
}

// raiseAlarm lets the chair help.
func (v *visit) raiseAlarm(p turn.Prompt) error {
	a, err := v.Store.Alarm(v.ctx, p.Subject)
	if err != nil {
		return fmt.Errorf("raise an alarm: %w", err)
	}
	v.audit("alarm.raise", a.ID)
	v.repaint(v.t.Format("say.alarm_raised", map[string]any{"Code": a.Participant}))
	return v.alarmChairs(a)
}

// escalate tells the chairs of an alarm that nobody has taken, and her companion when she was not
// told in this chat: she may have another phone since, or be another. It asks nobody who has the
// chat now.
func (v *visit) escalate(id string) error {
	v.settle()
	a, waits, err := v.waitingAlarm(id)
	if err != nil || !waits {
		return v.commitUnless(err)
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: "alarm.escalate", Subject: a.ID})
	companion, ok, err := v.companion(a.Participant)
	if err != nil {
		return err
	}
	if ok && companion.Chat != v.u.Chat {
		v.promptAlarm(companion, a)
	}
	return v.commitUnless(v.alarmChairs(a))
}

// silent reports whether nothing may be said to her but something harmless.
func (v *visit) silent() bool { return v.u.At.Before(v.person.Safe.SilentUntil) }

// setWord keeps a kata aman that was typed in her presence, as a hash, and takes it out of the chat.
func (v *visit) setWord(code string, safe program.Contact, phrase string) (said string) {
	v.remove()
	starts := beginnings(phrase)
	if len(starts) == 0 {
		return "say.word_short"
	}
	word := starts[len(starts)-1]
	if n := len([]rune(word)); n < wordLeast || n > wordMost {
		return "say.word_short"
	}
	if _, isCommand := bahasa.ReadCommand(phrase); isCommand {
		return "say.word_command"
	}
	safe.Word = WordHash(v.Seal, code, phrase)
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: code, Contact: safe})
	v.audit("contact.word", code)
	return "say.word_set"
}
