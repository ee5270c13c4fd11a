package conversation

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// meetingTellers are how sessions are told to the staff.
func meetingTellers() map[string]teller {
	return map[string]teller{
		"S1": {icon: "🏁", line: (*visit).unclosedLine, acts: []act{
			{"✅", "remind_house.attendance", subjectFlow("hadir"), nil}, {"🏁", "remind_house.session_close", subjectFlow("kegiatan_tutup"), nil}, seeAct()}},
		"S2": {icon: "🗣", line: (*visit).notYetLine, acts: []act{{"🗣", "remind_house.answers", toReplies, nil}, seeAct()}},
		"S3": {icon: "✉️", line: (*visit).speakersLine, acts: []act{
			{"✅", "remind_house.letter_sent", doClose("sudah_dihubungi"), nil}, {"🎯", "remind_house.guest_task", freshFlow("tugas"), nil}, seeAct()}},
		"S4": {icon: "🎂", line: (*visit).yearlyLine, acts: []act{
			{"📅", "remind_house.plan_session", freshFlow("kegiatan"), nil}, {"🕊️", "remind_house.no_session", doClose("tidak_jadi"), nil}}},
		"S5": {icon: "❓", line: (*visit).questionsLine, acts: []act{{"✅", "remind_house.answered", doClose("sudah_dijawab"), nil}, seeAct()}},
	}
}

// toReplies shows what was answered to the invitations to a session.
func toReplies(v *visit, d duty) error {
	m, ok, err := v.seen(d.facts.Matter.ID)
	if err != nil {
		return err
	}
	if !ok || !v.may(program.Invite) || !v.ahead(m) {
		return subjectFlow("")(v, d)
	}
	v.setAside()
	return toGuests(replying)(v, m)
}

// sessionWords are the words of a line about a session.
func (v *visit) sessionWords(m program.Matter) map[string]any {
	return map[string]any{"Code": m.Code(), "Label": sessionLabel(v, m)}
}

// unclosedLine says that a session is over, and how many places are not noted.
func (v *visit) unclosedLine(d duty) (string, error) {
	args, open := v.sessionWords(d.facts.Matter.Matter), 0
	for _, g := range d.facts.Matter.Guests {
		if g.Invited() && g.Came == program.NotNoted {
			open++
		}
	}
	if args["Count"] = open; open > 0 {
		return v.t.Format("remind_house.unnoted", args), nil
	}
	return v.t.Format("remind_house.unclosed", args), nil
}

// notYetLine says who of hers has not answered.
func (v *visit) notYetLine(d duty) (string, error) {
	var codes []string
	for _, g := range d.facts.Unanswered() {
		if g.Companion == v.person.ID {
			codes = append(codes, g.Participant)
		}
	}
	slices.Sort(codes)
	args := v.sessionWords(d.facts.Matter.Matter)
	args["Codes"] = strings.Join(codes, ", ")
	return v.t.Format("remind_house.unanswered", args), nil
}

// speakersLine says who is to have a letter, or to be asked once more.
func (v *visit) speakersLine(d duty) (string, error) {
	m, key := d.facts.Matter.Matter, "remind_house.letter"
	if d.Step > 0 {
		key = "remind_house.confirm"
	}
	var who []string
	for _, code := range reminder.Speakers(m) {
		who = append(who, v.choiceLabel("kegiatan", "narasumber", program.Matter{Fields: program.Fields{"narasumber": {code}}}))
	}
	args := v.sessionWords(m)
	args["Who"] = strings.Join(who, ", ")
	return v.t.Format(key, args), nil
}

// yearlyLine says what took place a year ago and is not planned.
func (v *visit) yearlyLine(d duty) (string, error) {
	var labels []string
	for _, m := range d.facts.House.Unplanned(d.Due, d.rule.Numbers["months"]) {
		labels = append(labels, sessionLabel(v, m))
	}
	return v.t.Format("remind_house.yearly", map[string]any{"Labels": strings.Join(labels, ", ")}), nil
}

// questionsLine says that questions of participants wait for an answer.
func (v *visit) questionsLine(d duty) (string, error) {
	return v.t.Format("remind_house.questions", v.sessionWords(d.facts.Matter.Matter)), nil
}
