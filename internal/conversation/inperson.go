package conversation

import (
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// What follows when a participant cannot, or may not, be told something in her chat: whoever accompanies
// her is asked to say it in person (safety.md 3.5 rule 10).

// herTellers is how her companion is told of it.
func herTellers() map[string]teller {
	return map[string]teller{
		"R1": {icon: "💬", line: (*visit).unansweredLine, acts: []act{{"✅", "remind_her.asked", doClose("ditanya"), nil}}},
		"RP": {icon: "🤝", line: (*visit).inPersonDuty, acts: []act{
			{"✅", "remind_her.said", (*visit).saidInPerson, nil}, {"🙏", "remind_her.cannot", doClose("tidak_bisa"), nil}}},
		"R5": {icon: "📵", line: (*visit).lostLine, acts: []act{{"✅", "remind_her.checked", doClose("diperiksa"), nil}}},
	}
}

// lostLine says that messages do not reach her.
func (v *visit) lostLine(d duty) (string, error) {
	return v.t.Format("remind_her.lost", map[string]any{"Code": d.facts.Her.Code}), nil
}

// unansweredLine says which session she has not answered to.
func (v *visit) unansweredLine(d duty) (string, error) {
	what := ""
	for i := range d.facts.Her.Places {
		p := &d.facts.Her.Places[i]
		if p.Ahead(v.u.At) && p.Reply == program.NotReplied && p.Begins.Equal(d.Until) {
			what = v.whenOf(p.Begins)
		}
	}
	return v.t.Format("remind_her.unanswered", map[string]any{"Code": d.facts.Her.Code, "When": what}), nil
}

// inPersonDuty says what is held back, and in a word why.
func (v *visit) inPersonDuty(d duty) (string, error) {
	h := d.facts.Her
	_, held, _ := v.Reminders.Settings().Slot(h, v.u.At)
	var what []string
	for _, n := range v.Reminders.Settings().InPerson(h, d.rule.Numbers, v.u.At) {
		args := map[string]any{"When": v.whenOf(n.At)}
		what = append(what, v.t.Format(newsWord(n.Kind), args))
	}
	return v.t.Format("remind_her.in_person", map[string]any{
		"Code": h.Code, "Why": v.t.Text(heldWord(held)), "What": strings.Join(what, "; "),
	}), nil
}

// newsWord says what is to be told.
func newsWord(k reminder.NewsKind) string {
	switch k {
	case reminder.NewsMoved:
		return "remind_her.moved"
	case reminder.NewsOff:
		return "remind_her.off"
	case reminder.NewsInvited, reminder.NewsRate, reminder.NewsAhead:
	}
	return "remind_her.ahead"
}

// heldWord is why, in a word that says nothing of her.
func heldWord(h program.HeldBack) string {
	words := map[program.HeldBack]string{
		program.HeldNoPhone: "remind_her.no_phone", program.HeldUnreachable: "remind_her.unreached", program.HeldConsent: "remind_her.not_by_chat",
		program.HeldPause: "remind_her.paused", program.HeldLimit: "remind_her.enough",
	}
	if key, ok := words[h]; ok {
		return key
	}
	return "remind_her.hours"
}

// whenOf is the day and hour of a session.
func (v *visit) whenOf(at time.Time) string {
	at = at.In(v.Zone)
	return v.day(program.DateOf(at)) + " " + bahasa.Lang(v.t.Lang()).Clock(bahasa.ClockAt(at.Hour(), at.Minute()))
}

// saidInPerson notes that she was told: nothing of it is sent to her any more.
func (v *visit) saidInPerson(d duty) error {
	h := d.facts.Her
	for _, n := range v.Reminders.Settings().InPerson(h, d.rule.Numbers, v.u.At) {
		told := turn.Heard{Session: n.Session, Participant: h.Code, At: v.u.At}
		if n.Kind != reminder.NewsOff {
			told.Begins = n.At
		}
		v.plan.Reminding.Heard = append(v.plan.Reminding.Heard, told)
	}
	v.audit("session.said", h.Code)
	return doClose(program.SaidByVoice)(v, d)
}
