package conversation

import (
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// How the staff is told of cases that wait and of tasks that come: in messages of their own, with the
// buttons that such a message has when it comes first (casestold.go, taskstold.go).

// caseAlones is how those are told that have a message of their own.
func caseAlones() map[string]func(*visit, duty) error {
	return map[string]func(*visit, duty) error{"N07": (*visit).tellCase, "N07D": (*visit).tellCase, "N12": (*visit).tellTask}
}

// caseTellers is how their rules stand in a list, and how is told what waits for the board.
func caseTellers() map[string]teller {
	see := act{"👁", "card.see", doSee, nil}
	cases := teller{icon: "🧩", line: (*visit).caseLine, acts: []act{see}}
	return map[string]teller{
		"N07": cases, "N07D": cases,
		"N12": {icon: "🎯", line: (*visit).taskLine, acts: []act{see}},
		"N18": {icon: "🗳", line: (*visit).candidatesLine, acts: []act{{"🗳", "remind_cases.candidates_open", doList(program.Candidacy), nil}}},
		"U1":  {icon: "☝️", line: (*visit).proposalLine, acts: []act{see}},
	}
}

// doSee shows the matter of a duty.
func doSee(v *visit, d duty) error {
	if d.facts.Matter == nil {
		return v.refuse()
	}
	v.setAside()
	v.fresh = true
	return v.matterOf(d.facts.Matter.ID)
}

// doList opens the list of the matters of a kind.
func doList(kind program.MatterKind) func(*visit, duty) error {
	return func(v *visit, _ duty) error {
		v.setAside()
		v.fresh = true
		return v.toMatters(string(kind))
	}
}

// caseKey is how a case is told of, by the rung of the ladder and by what is expected.
func caseKey(d duty) string {
	m := d.facts.Matter
	switch {
	case d.Step == reminder.CaseChair:
		return map[string]string{"take": "cases.late_take", "act": "cases.late_act", "close": "cases.late_close"}[expected(m.Matter)]
	case d.Step == reminder.CaseSecond:
		return "remind_cases.second"
	case d.Person != m.Owner:
		return "remind_cases.stands_in"
	}
	return map[string]string{"take": "cases.remind_take", "act": "cases.remind_act", "close": "cases.remind_close"}[expected(m.Matter)]
}

// caseLine says of a case what its message says.
func (v *visit) caseLine(d duty) (string, error) {
	m := d.facts.Matter.Matter
	args := v.aboutCase(v.t, m)
	args["Owner"] = v.staffName(m.Owner)
	return v.t.Format(caseKey(d), args), nil
}

// tellCase tells the person of a case that waits. Whoever stands in for its companion is told by code and
// kind; what is hers to do depends on whether the companion is away.
func (v *visit) tellCase(d duty) error {
	m := d.facts.Matter.Matter
	text, err := v.caseLine(d)
	if err != nil {
		return err
	}
	action := "case.remind"
	switch d.Step {
	case reminder.CaseChair:
		action = "case.escalate"
		v.promptChair(v.person, m, caseKey(d), expected(m) == "take")
	case reminder.CaseSecond:
		v.tell(v.person, text)
	default:
		v.prompt(v.person, promptCase, m.ID, text, v.lateAnswers(d)...)
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{At: v.now.UTC(), Actor: "system", Action: action, Subject: m.ID})
	return nil
}

// lateAnswers are what can be done about a case that waits, by whoever has it or stands in for her.
func (v *visit) lateAnswers(d duty) []flow.FaceButton {
	m := d.facts.Matter.Matter
	see := v.button("👁", "card.see", "see")
	switch {
	case d.Person != m.Owner && !v.mayTakeCase(m):
		return []flow.FaceButton{see}
	case d.Person != m.Owner:
		return []flow.FaceButton{v.button("✋", "cases.take", "take"), see}
	case expected(m) == "take":
		return []flow.FaceButton{v.button("✋", "cases.take", "take"), v.button("🔁", "cases.pass", "pass")}
	}
	return []flow.FaceButton{v.button("🤝", "tindakan.title", "act"), see}
}

// standsInFor reports whether the person stands in for the companion whom a case was given to, and who is
// away: then she sees it, and may take it. Of everything else about the participant she sees nothing.
func (v *visit) standsInFor(m program.Matter) bool {
	if m.Kind != program.Case || m.Participant == "" || m.Owner == "" {
		return false
	}
	second, err := v.Store.SecondOf(v.ctx, m.Participant)
	if err != nil || second != v.person.ID || !v.person.Role.Accompanies() {
		return false
	}
	companion, ok, err := v.companion(m.Participant)
	return err == nil && ok && companion.ID == m.Owner && companion.AwayOn(program.DateOf(v.now))
}

// taskKey is how a task is told of.
func taskKey(d duty) string {
	m := d.facts.Matter
	switch {
	case d.Person != m.Owner:
		return "tasks.no_answer"
	case d.Step == reminder.TaskReport:
		return "tasks.how_was_it"
	case d.Step == reminder.TaskAgain:
		return "remind_cases.report_again"
	case m.Status == "ditugaskan":
		return "tasks.unanswered"
	case d.Step == reminder.TaskEve:
		return "tasks.tomorrow"
	}
	return "tasks.today"
}

// taskLine says of a task what its message says.
func (v *visit) taskLine(d duty) (string, error) {
	m := d.facts.Matter.Matter
	args, err := v.aboutTask(v.t, m)
	if err != nil {
		return "", err
	}
	text := v.t.Format(taskKey(d), args)
	if key := taskKey(d); key == "tasks.tomorrow" || key == "tasks.today" {
		text = v.withSheet(v.t, m, text)
	}
	return text, nil
}

// tellTask reminds the person of a task; who has not answered is asked once more.
func (v *visit) tellTask(d duty) error {
	m := d.facts.Matter.Matter
	text, err := v.taskLine(d)
	if err != nil {
		return err
	}
	var answers []flow.FaceButton
	switch taskKey(d) {
	case "tasks.how_was_it", "remind_cases.report_again":
		answers = []flow.FaceButton{v.button("📝", "tugas_laporan.title", "report")}
	case "tasks.unanswered":
		answers = []flow.FaceButton{can(v.t), cannot(v.t)}
	case "tasks.tomorrow":
		answers = []flow.FaceButton{cannot(v.t)}
	case "tasks.no_answer":
		answers = []flow.FaceButton{v.button("👤", "tugas_alihkan.title", "give")}
	default:
		v.tell(v.person, text)
		return nil
	}
	v.prompt(v.person, promptTask, m.ID, text, answers...)
	return nil
}

// candidatesLine says how many wait for the board for too long.
func (v *visit) candidatesLine(d duty) (string, error) {
	count := reminder.WaitingLong(d.facts.House.Candidates, v.today(), d.rule.Numbers)
	return v.t.Format("remind_cases.candidates", map[string]any{"Count": count, "Days": d.rule.Numbers["waits"]}), nil
}

// proposalLine says which proposal waits, and for how long.
func (v *visit) proposalLine(d duty) (string, error) {
	m := d.facts.Matter.Matter
	days := program.DateOf(m.OpenedAt.In(v.Zone)).DaysUntil(v.today())
	return v.t.Format("remind_cases.proposal", map[string]any{"Code": m.Code(), "Whose": m.Participant, "Days": days}), nil
}
