package conversation

import (
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// nextStep looks for one thing that a person could do next; nil for nothing.
type nextStep struct {
	deed program.Deed
	look func(v *visit) (*flow.FaceButton, error)
}

// nextMost is how many next steps are offered at most.
const nextMost = 2

// newNextSteps are they, what is more urgent first.
func newNextSteps() []nextStep {
	return []nextStep{
		{program.AnswerCall, (*visit).openCalls},
		{program.SeeRequests, (*visit).openRequests},
		{program.Decide, (*visit).waitingProposals},
		{program.ReportDeed("suara"), (*visit).unvoted},
		{program.ReportDeed("persetujuan"), (*visit).notAsked},
		{program.ReportDeed("pendataan"), (*visit).unregistered},
		{program.ReportDeed("konsentrasi"), (*visit).unchosen},
		{program.ReportDeed("modal_setuju"), (*visit).waitingCapitals},
		{program.ReportDeed("modal_kontrol"), (*visit).dueControls},
		{program.ReportDeed("modal_belanja"), (*visit).unnotedShopping},
		{program.SeeDeed(program.Case), (*visit).casesNext},
		{program.SeeDeed(program.Task), (*visit).tasksNext},
		{program.ReportDeed("hadir"), (*visit).unnotedSession},
		{program.UseMenu, (*visit).dutiesNext},
		{program.Accompany, (*visit).unseenFriends},
		{program.Accompany, (*visit).dueProgress},
		{program.SeeDeed(program.Permit), (*visit).endingPermits},
		{program.ReportDeed("mitra_kabar"), (*visit).silentPartners},
		{program.ReportDeed("perbaikan"), (*visit).monthlyImprovement},
	}
}

// nextSteps are the buttons of what could be done next.
func (v *visit) nextSteps() ([]flow.FaceButton, error) {
	var all []flow.FaceButton
	for _, step := range v.next {
		if len(all) == nextMost || !v.may(step.deed) {
			continue
		}
		b, err := step.look(v)
		if err != nil {
			return nil, err
		}
		if b != nil {
			all = append(all, *b)
		}
	}
	return all, nil
}

// openRequests offers to see to what participants have asked for about their data: there is a deadline.
func (v *visit) openRequests() (*flow.FaceButton, error) {
	open, err := v.requests()
	if err != nil || len(open) == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "📋 " + v.t.Text("card.requests") + " (" + strconv.Itoa(len(open)) + ")", Action: "asked"}, nil
}

// unseenAfter is after how many days somebody could be visited again.
const unseenAfter = 30

// unseenFriends offers to visit those whom nobody has seen for long.
func (v *visit) unseenFriends() (*flow.FaceButton, error) {
	if !v.may(program.ReportDeed("kunjungan")) {
		return nil, nil
	}
	all, err := v.caseload()
	if err != nil {
		return nil, err
	}
	since := program.DateOf(v.now).AddDays(-unseenAfter)
	n := 0
	for _, p := range all {
		if p.LastSeen < since {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "👣 " + v.t.Plain("next.unseen", map[string]any{"Count": n}), Action: "flow:kunjungan"}, nil
}
