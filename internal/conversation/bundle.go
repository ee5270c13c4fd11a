package conversation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A bundle is the one message in which somebody is told what is due: a greeting, and one sentence for
// each rule (tone.md, samples 16 and 26).

const (
	promptRemind = "remind" // its prompt, whose subject is the bundle's id

	bundleMost  = 12   // how many things it names
	bundleChars = 1000 // how long it is at most
)

// together is how several reminders of a rule are told in one sentence, and what can be done about all of
// them; a rule that is not in the table has a line for each.
type together struct {
	key  string                        // of what is said before they are named, with {{.Count}}
	name func(v *visit, d duty) string // how each is named in it; nil: by its code
	all  *act                          // nil for nothing
}

// newTogethers is the table, by rule.
func newTogethers() map[string]together {
	return map[string]together{
		"N01": {"remind.unseen_some", (*visit).unseenName, &act{"✔️", "remind.visited", freshFlow("kunjungan"), nil}},
	}
}

// newAlones is how a rule is told that is by itself, where that is not simply its line and what can be done.
func newAlones() map[string]func(v *visit, d duty) error {
	all := map[string]func(v *visit, d duty) error{ruleThanks: (*visit).thanksAlone}
	maps.Copy(all, caseAlones())
	return all
}

// remindPrompt is what can be answered to a bundle.
func remindPrompt() answerOf {
	answers := map[string]func(*visit, turn.Prompt) error{
		"open":  func(v *visit, _ turn.Prompt) error { v.fresh = true; return v.toDuties() },
		"later": (*visit).bundleLater,
		"all":   (*visit).bundleAll,
		"self":  func(v *visit, _ turn.Prompt) error { v.askSelf(""); return nil },
	}
	for i := range actsMost {
		answers["act"+strconv.Itoa(i)] = func(v *visit, p turn.Prompt) error { return v.bundleAct(p, i) }
	}
	return answerOf{program.UseMenu, true, aboutNobody, nil, answers}
}

// tellDuties tells them in one message, the turn's nth.
func (v *visit) tellDuties(some []duty, nth int) error {
	bundle := v.runID() + "." + strconv.Itoa(nth)
	for _, d := range some {
		v.plan.Reminding.Told = append(v.plan.Reminding.Told, turn.Told{ID: d.ID(), Bundle: bundle, At: v.u.At})
	}
	if tell := v.alones[some[0].Rule]; tell != nil && len(some) == 1 {
		return tell(v, some[0])
	}
	text, err := v.bundleText(some)
	if err != nil {
		return err
	}
	v.prompt(v.person, promptRemind, bundle, text, v.bundleButtons(some)...)
	return nil
}

// bundleButtons are what can be done about one duty, or about several.
func (v *visit) bundleButtons(some []duty) []flow.FaceButton {
	later := v.button("🕓", "remind.later", "later")
	if len(some) == 1 {
		t := v.tellers[some[0].Rule]
		all := v.actButtons(some[0], "act")
		if t.more != nil {
			all = append(all, v.button("📋", "remind.open", "open"))
		}
		if t.waits || some[0].rule.Light { // it has a way of its own to wait, or nothing waits for it
			return all
		}
		return append(all, later)
	}
	all := []flow.FaceButton{v.button("📋", "remind.open", "open")}
	if a := v.togethers[some[0].Rule].all; a != nil && len(byRule(some)) == 1 {
		all = append(all, v.button(a.icon, a.label, "all"))
	}
	if slices.ContainsFunc(some, func(d duty) bool { return d.Rule == ruleThanks }) {
		all = append(all, v.button("🌿", "remind_week.mine", "self"))
	}
	return append(all, later)
}

// bundleText is what a bundle says.
func (v *visit) bundleText(some []duty) (string, error) {
	args := v.names()
	args["Greeting"] = v.greeting()
	groups := byRule(some)
	if _, one := v.togethers[some[0].Rule]; len(groups) == 1 && (one || len(some) == 1) {
		line, n, err := v.groupLine(groups[0], bundleMost)
		if more := len(some) - n; more > 0 {
			line += " " + v.t.Format("remind.more", map[string]any{"Count": more})
		}
		if strings.Contains(line, "\n") { // each has a line of its own
			return v.t.Format("remind.hello", args) + "\n• " + line, err
		}
		return v.t.Format("remind.hello_one", args) + " " + line, err
	}
	lines := []string{v.t.Format("remind.hello", args)}
	size, left := utf8.RuneCountInString(lines[0]), bundleMost
	told := 0
	for _, group := range groups {
		line, n, err := v.groupLine(group, left)
		if err != nil {
			return "", err
		}
		if size += utf8.RuneCountInString(line) + len("\n• "); n == 0 || size > bundleChars {
			break
		}
		left -= n
		told += n
		lines = append(lines, "• "+line)
	}
	if more := len(some) - told; more > 0 {
		lines = append(lines, v.t.Format("remind.more", map[string]any{"Count": more}))
	}
	return strings.Join(lines, "\n"), nil
}

// groupLine is what is said about the reminders of one rule, and how many of them, at most so many, it names.
func (v *visit) groupLine(group []duty, most int) (line string, named int, err error) {
	if most <= 0 {
		return "", 0, nil
	}
	whole, ok := v.togethers[group[0].Rule]
	if !ok || len(group) == 1 {
		some := group[:min(len(group), most)]
		lines := make([]string, 0, len(some))
		for _, d := range some {
			line, err := v.plainLine(d)
			if err != nil {
				return "", 0, err
			}
			lines = append(lines, line)
		}
		return strings.Join(lines, "\n• "), len(some), nil
	}
	some := group[:min(len(group), most)]
	names := make([]string, 0, len(some))
	for _, d := range some {
		name := "<b>" + v.aboutWhat(d) + "</b>"
		if whole.name != nil {
			name = whole.name(v, d)
		}
		names = append(names, name)
	}
	return v.t.Format(whole.key, map[string]any{"Count": len(group)}) + " " + strings.Join(names, ", ") + ".", len(some), nil
}

// byRule are duties by their rule, in the order in which the rules come first.
func byRule(some []duty) [][]duty {
	var groups [][]duty
	for _, d := range some {
		i := slices.IndexFunc(groups, func(g []duty) bool { return g[0].Rule == d.Rule })
		if i < 0 {
			groups = append(groups, nil)
			i = len(groups) - 1
		}
		groups[i] = append(groups[i], d)
	}
	return groups
}

// greeting is how one greets at this hour.
func (v *visit) greeting() string {
	switch hour := v.u.At.In(v.Zone).Hour(); {
	case hour < 4 || hour >= 18:
		return v.t.Text("remind.evening")
	case hour < 11:
		return v.t.Text("remind.morning")
	case hour < 15:
		return v.t.Text("remind.noon")
	}
	return v.t.Text("remind.afternoon")
}

// bundled are the duties of a bundle that still hold.
func (v *visit) bundled(p turn.Prompt) ([]duty, error) {
	return v.duties(func(r program.Reminder) bool { return r.Bundle == p.Subject })
}

// bundleOver is the answer to a bundle of which nothing is left.
func (v *visit) bundleOver() error {
	v.repaint(v.t.Text("remind.over"))
	return nil
}

// bundleAct does what can be done about the one duty of a bundle.
func (v *visit) bundleAct(p turn.Prompt, i int) error {
	some, err := v.bundled(p)
	if err != nil {
		return err
	}
	if len(some) == 0 {
		return v.bundleOver()
	}
	v.fresh = true
	if err := v.act1(some[0], i); err != nil {
		return err
	}
	if v.closing(some[0]) {
		v.repaint(v.t.Format("remind.noted", v.names()))
	}
	return nil
}

// bundleAll does what can be done about all of a bundle's duties, which are of one rule.
func (v *visit) bundleAll(p turn.Prompt) error {
	some, err := v.bundled(p)
	if err != nil {
		return err
	}
	if len(some) == 0 {
		return v.bundleOver()
	}
	a := v.togethers[some[0].Rule].all
	if a == nil {
		return v.refuse()
	}
	v.fresh = true
	return a.do(v, some[0])
}

// The hours to which something is put off: of the same day, or of the next morning.
const (
	laterHour   = 16
	morningHour = 8
)

// bundleLater has a bundle told once more, that afternoon or the next morning.
func (v *visit) bundleLater(p turn.Prompt) error {
	some, err := v.bundled(p)
	if err != nil {
		return err
	}
	if len(some) == 0 {
		return v.bundleOver()
	}
	at, ok := v.thisAfternoon()
	if !ok {
		at = v.morningOf(v.today().AddDays(1))
	}
	if at, err = v.mayRemind(at); err != nil {
		return err
	}
	v.putOff(some, at, "")
	v.repaint(v.t.Format("remind.put_off", map[string]any{"When": v.moment(at)}))
	return nil
}

// thisAfternoon is the hour of today to which something may be put off; false when it is over, or nearly.
func (v *visit) thisAfternoon() (time.Time, bool) {
	at := v.today().Time(v.Zone).Add(laterHour * time.Hour)
	return at, at.After(v.now.Add(time.Hour))
}

// morningOf is the hour of a day to which something is put off.
func (v *visit) morningOf(day program.Date) time.Time {
	return day.Time(v.Zone).Add(morningHour * time.Hour)
}

// closing reports whether the turn says what became of a duty.
func (v *visit) closing(d duty) bool {
	return slices.ContainsFunc(v.plan.Reminding.Closed, func(c turn.Closed) bool { return c.ID == d.ID() })
}

// unseenName names somebody whom nobody has seen for long, with the days since.
func (v *visit) unseenName(d duty) string {
	h := d.facts.Her
	if h.Met() == "" {
		return fmt.Sprintf("<b>%s</b>", h.Code)
	}
	return v.t.Format("remind.unseen_name", map[string]any{"Code": h.Code, "Days": h.Met().DaysUntil(v.today())})
}
