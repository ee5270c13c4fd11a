package conversation

import (
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	duePermit  = "permit." // with a permit's id: when it is spoken of
	permitHour = 8         // o'clock
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
	return consequences{"izin": (*visit).permitChanged, "izin_perpanjang": (*visit).permitChanged}
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

// permitChanged sees to it that chair and secretary hear in time of a permit that runs out. A permit
// is nobody's own.
func (v *visit) permitChanged(s *saving) error {
	s.matter.Owner = ""
	if s.matter.Ended() {
		return nil
	}
	for _, role := range program.Roles() {
		if !v.rights.May(role, program.SeeDeed(program.Permit)) {
			continue
		}
		people, err := v.staff(role)
		if err != nil {
			return err
		}
		for _, p := range people {
			v.permitNotice(p.Chat, *s.matter)
		}
	}
	return nil
}

// permitNotice plans when somebody next hears of a permit, if there is anything to say.
func (v *visit) permitNotice(chat int64, m program.Matter) {
	day, ok := program.NextPermitNotice(m.Day, v.today())
	if !ok {
		return
	}
	at := day.Time(v.Zone).Add(permitHour * time.Hour)
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: chat, Kind: duePermit + m.ID, At: at})
}

// permitDue tells somebody of a permit that runs out, unless it has been renewed or given up since.
func (v *visit) permitDue(id string) error {
	v.settle()
	m, ok, err := v.seen(id)
	if err != nil || !ok || m.Ended() {
		return err
	}
	if !v.awake() {
		v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: duePermit + id, At: v.waking(v.now)})
		return nil
	}
	v.permitNotice(v.u.Chat, m)
	days, _ := program.PermitLeft(m.Day, v.today())
	if days < 0 || !program.PermitEnding(m.Day, v.today()) { // the menu says the rest
		return nil
	}
	key := "permits.soon"
	if days == 0 {
		key = "permits.today"
	}
	v.tell(v.person, v.t.Format(key, map[string]any{"Name": m.Fields.Get("nama"), "Days": days, "Code": m.Code()}))
	return nil
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
