package conversation

import (
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// permitNoun is how the institution's permits (program.md F22) are shown: those that run out first
// stand first.
func permitNoun() noun {
	return noun{
		kind: program.Permit, icon: "📜", title: "matter.permits", word: "izin",
		label: func(_ *visit, m program.Matter) string { return m.Fields.Get("nama") },
		lines: (*visit).permitLines,
		mark:  (*visit).permitMark,
	}
}

// permitConsequences are what follows from reports about permits.
func permitConsequences() consequences {
	return consequences{"izin": (*visit).ownerless, "izin_perpanjang": (*visit).ownerless}
}

// today is the day in the institution's zone.
func (v *visit) today() program.Date { return program.DateOf(v.now) }

// permitMark says on the list for how long a permit is good, when that is not long any more.
func (v *visit) permitMark(m program.Matter) string {
	days, _ := program.PermitLeft(m.Day, v.today())
	switch {
	case !program.PermitEnding(m.Day, v.today()):
		return ""
	case days < 0:
		return v.t.Text("permits.over")
	}
	return v.t.Plain("permits.left", map[string]any{"Days": days})
}

// permitLines say it on its card.
func (v *visit) permitLines(m program.Matter) ([]string, error) {
	days, ends := program.PermitLeft(m.Day, v.today())
	switch {
	case m.Ended():
		return nil, nil
	case !ends:
		return []string{v.t.Text("permits.forever")}, nil
	case !program.PermitEnding(m.Day, v.today()): // the day says it
		return nil, nil
	case days == 0:
		return []string{v.t.Text("permits.last_day")}, nil
	case days < 0:
		return []string{v.t.Format("permits.ended", map[string]any{"Days": -days})}, nil
	}
	return []string{v.t.Format("permits.until", map[string]any{"Days": days})}, nil
}

// endingPermits offers to see to permits that run out.
func (v *visit) endingPermits() (*flow.FaceButton, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Permit, Open: true})
	if err != nil {
		return nil, err
	}
	n := 0
	for _, m := range all {
		if program.PermitEnding(m.Day, v.today()) {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "📜 " + v.t.Plain("permits.next", map[string]any{"Count": strconv.Itoa(n)}), Action: "matters:permit"}, nil
}
