package conversation

import (
	"fmt"
	"slices"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// What is known of the institution besides its flows' answers.
const (
	fieldTarget = "target."         // with a year and a measure: how many are to be reached
	fieldMonth  = "perbaikan_bulan" // the month of the improvement, as 2006-01
	fieldBefore = "perbaikan_dulu"  // the month and the text of the one before
	monthForm   = "2006-01"
)

// profileNoun is how the institution itself is shown (program.md F22).
func profileNoun() noun {
	return noun{
		kind: program.Profile, icon: "🏛️", title: "institution.profile", word: "profil", only: true,
		lines: (*visit).profileLines,
		apart: []string{"visi", "misi", "perbaikan", "bulan_lalu"},
	}
}

// profileConsequences are what follows from reports about the institution.
func profileConsequences() consequences {
	return consequences{"profil": (*visit).ownerless, "target": (*visit).setYearTarget, "perbaikan": (*visit).improve}
}

// ownerless makes a matter nobody's own.
func (v *visit) ownerless(s *saving) error {
	s.matter.Owner = ""
	return nil
}

// setYearTarget keeps a target beside the others of the year; 0 takes it away.
func (v *visit) setYearTarget(s *saving) error {
	field := v.targetField(s.answer("sasaran"))
	if n := s.answer("angka"); n != "0" {
		s.matter.Fields[field] = []string{n}
	} else {
		delete(s.matter.Fields, field)
	}
	delete(s.matter.Fields, "sasaran")
	delete(s.matter.Fields, "angka")
	return v.ownerless(s)
}

// targetField is where this year's target of a measure is kept.
func (v *visit) targetField(measure string) string {
	return fieldTarget + strconv.Itoa(v.now.Year()) + "." + measure
}

// improve keeps the month's improvement, and the one before with what became of it.
func (v *visit) improve(s *saving) error {
	month := v.now.Format(monthForm)
	if was := s.was.Fields; was.Get(fieldMonth) != "" && was.Get(fieldMonth) != month {
		s.matter.Fields[fieldBefore] = []string{was.Get(fieldMonth), was.Get("perbaikan")}
	}
	if s.answer("bulan_lalu") == "" && s.was.Fields.Get(fieldMonth) != month {
		delete(s.matter.Fields, "bulan_lalu")
	}
	s.matter.Fields[fieldMonth] = []string{month}
	return v.ownerless(s)
}

// monthlyImprovement offers to think of the next improvement, to a chair who has thought of one before.
func (v *visit) monthlyImprovement() (*flow.FaceButton, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Profile})
	if err != nil || len(all) == 0 {
		return nil, err
	}
	if month := all[0].Fields.Get(fieldMonth); month == "" || month == v.now.Format(monthForm) {
		return nil, nil
	}
	return &flow.FaceButton{Label: "🌱 " + v.t.Text("institution.improve_next"), Action: "matters:profile"}, nil
}

// profileLines tell what stands beside the answers: how far the institution has come.
func (v *visit) profileLines(m program.Matter) ([]string, error) {
	f, err := v.figures()
	if err != nil {
		return nil, err
	}
	lines := []string{v.dibina(m, strconv.Itoa(f.accepted()), f.accepted())}
	for _, one := range [][2]string{{"visi", "institution.vision"}, {"misi", "institution.mission"}} {
		if text := m.Fields.Get(one[0]); text != "" {
			lines = append(lines, v.t.Format(one[1], map[string]any{"Text": text}))
		}
	}
	return slices.Concat(lines, v.targetLines(m, f), v.improveLines(m)), nil
}

// dibina is the headline: how many women are accompanied, of how many that is hoped for. Without a
// number, count is a figure that is not shown.
func (v *visit) dibina(m program.Matter, count string, n int) string {
	target, err := strconv.Atoi(m.Fields.Get("target_binaan"))
	if err != nil || target == 0 || n == 0 {
		return v.t.Format("institution.dibina", map[string]any{"Count": count})
	}
	return v.t.Format("institution.dibina_of", map[string]any{"Count": count, "Target": target, "Percent": n * 100 / target})
}

// targetLines are this year's targets beside what has been reached.
func (v *visit) targetLines(m program.Matter, f figures) []string {
	reached := map[string]int{
		"dibina": f.accepted(), "usaha": f.in(program.GroupTrading), "mandiri": f.in(program.GroupIndependent),
		"kegiatan": f.sessions, "mitra": f.partners,
	}
	var lines []string
	for _, measure := range []string{"dibina", "usaha", "mandiri", "kegiatan", "mitra"} {
		target := m.Fields.Get(v.targetField(measure))
		if target == "" {
			continue
		}
		name := v.choiceLabel("target", "sasaran", program.Matter{Fields: program.Fields{"sasaran": {measure}}})
		lines = append(lines, v.t.Format("institution.target", map[string]any{"Name": name, "Now": reached[measure], "Target": target}))
	}
	if len(lines) == 0 {
		return nil
	}
	return append([]string{v.t.Format("institution.targets", map[string]any{"Year": strconv.Itoa(v.now.Year())})}, lines...)
}

// improveLines are the improvement before, with what became of it, and the present one.
func (v *visit) improveLines(m program.Matter) []string {
	var lines []string
	line := func(month, what string) {
		if at, err := time.Parse(monthForm, month); err == nil {
			name := bahasa.Lang(v.t.Lang()).Month(at.Month())
			lines = append(lines, v.t.Format("institution.improve", map[string]any{"Month": name, "What": what}))
		}
	}
	if before := m.Fields[fieldBefore]; len(before) == 2 {
		what := before[1]
		if became := v.choiceLabel("perbaikan", "bulan_lalu", m); became != "" {
			what = fmt.Sprintf("%s (%s)", what, became)
		}
		line(before[0], what)
	}
	line(m.Fields.Get(fieldMonth), m.Fields.Get("perbaikan"))
	return lines
}
