package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// On Friday whoever accompanies is thanked for her week, and may say how it was for herself (program.md
// 2.7, N14). What she answers is hers: nobody sees it, and it is stored nowhere. To whom it was heavy, the
// bot offers to tell the chair that she would like to talk, and nothing else.

const (
	ruleThanks = "N14"
	promptSelf = "self" // the prompt of that question
)

// The answers of the prompt that ask for a talk, and that do not.
const (
	wantsTalk = "talk"
	noTalk    = "no"
)

// selfPrompt is what can be answered to it.
func selfPrompt() answerOf {
	reply := func(key string) func(*visit, turn.Prompt) error {
		return func(v *visit, _ turn.Prompt) error {
			v.forgetAnswer()
			v.repaint(v.t.Format(key, v.names()))
			return nil
		}
	}
	return answerOf{program.UseMenu, true, aboutNobody, nil, map[string]func(*visit, turn.Prompt) error{
		"light": reply("remind_week.so_light"), "usual": reply("remind_week.so_usual"), "heavy": (*visit).heavyWeek,
		wantsTalk: (*visit).askTalk, noTalk: reply("remind_week.so_usual"),
	}}
}

// forgetAnswer keeps off the records that something was answered, and what.
func (v *visit) forgetAnswer() {
	all := v.plan.Safety.Prompts
	v.plan.Safety.Prompts = all[:len(all)-1]
}

// thanksLine thanks for a week: how much she has done, and nothing that could be compared.
func (v *visit) thanksLine(d duty) (string, error) {
	monday := program.DateOf(d.Due.In(v.Zone)).WeekStart()
	visits, checks := reminder.Since(d.facts.Staff.Visits, monday), reminder.Since(d.facts.Staff.Checks, monday)
	args := map[string]any{"Visits": visits, "Checks": checks}
	switch {
	case checks == 0:
		return v.t.Format("remind_week.thanks_visits", args), nil
	case visits == 0:
		return v.t.Format("remind_week.thanks_checks", args), nil
	}
	return v.t.Format("remind_week.thanks", args), nil
}

// thanksAlone is the thanks with the question, in a message of their own.
func (v *visit) thanksAlone(d duty) error {
	line, err := v.bundleText([]duty{d})
	v.askSelf(line + " ")
	return err
}

// askSelf asks how the week was.
func (v *visit) askSelf(before string) {
	v.prompt(v.person, promptSelf, "", before+v.t.Format("remind_week.how", v.names()),
		v.button("🍃", "remind_week.light", "light"), v.button("🙂", "remind_week.usual", "usual"), v.button("🪨", "remind_week.heavy", "heavy"))
}

// heavyWeek answers whom the week was heavy for. Its buttons are those of the same prompt, so that nothing
// on record tells that there were others.
func (v *visit) heavyWeek(p turn.Prompt) error {
	v.forgetAnswer()
	v.repaint(v.t.Format("remind_week.so_heavy", v.names()))
	m := &v.plan.Messages[len(v.plan.Messages)-1]
	for _, b := range []flow.FaceButton{v.button("💬", "remind_week.talk", wantsTalk), v.button("🙏", "remind_week.no_talk", noTalk)} {
		m.Buttons = append(m.Buttons, []turn.Button{{Label: b.Label, Data: promptMark + p.Ref + "." + b.Action}})
	}
	return nil
}

// askTalk tells the chair, once, that she would like to talk.
func (v *visit) askTalk(p turn.Prompt) error {
	was, err := v.Store.Prompt(v.ctx, v.person.ID, p.Ref)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("look whether she has asked before: %w", err)
	}
	v.repaint(v.t.Format("remind_week.asked", v.names()))
	if was.Answer == wantsTalk {
		return nil
	}
	return v.tellChairs("remind_week.to_chair", map[string]any{"Name": v.person.Name})
}
