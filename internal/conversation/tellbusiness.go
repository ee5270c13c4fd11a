package conversation

import (
	"maps"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// How companions are told whom nobody has seen, and of signs: what was noticed, and nothing of what it
// may mean.

// businessTellers are the rows of contact and of businesses.
func businessTellers() map[string]teller {
	visited := act{"👣", "remind.visit", doFlow("kunjungan"), (*visit).isHers}
	notNeeded := act{"🕊️", "remind.not_needed", doClose(program.NotNeeded), nil}
	wasAsked := act{"💬", "remind_business.asked", doClose(program.WasAsked), nil}
	openCase := act{"🧩", "remind_business.open_case", (*visit).openCaseOf, (*visit).isHers}
	all := map[string]teller{
		"N01": {icon: "👣", line: (*visit).unseenLine, acts: []act{
			visited,
			{"🕊️", "remind.not_needed", doClose(program.NotNeeded), (*visit).isHers},
			{"📵", "remind_business.unreachable", doFlow(flowStage, given("ke", "putus_kontak"), given("alasan", "sulit_dihubungi")), (*visit).isLost},
			{"💬", "remind_business.chair_asked", doClose(program.WasAsked), func(v *visit, d duty) bool { return !v.isHers(d) }},
		}},
		reminder.FallRule:     {icon: "🛒", line: (*visit).fallLine, acts: []act{openCase, notNeeded}, more: (*visit).fallMore},
		reminder.ObstacleRule: {icon: "🔁", line: (*visit).obstacleLine, acts: []act{openCase, notNeeded}},
		reminder.MissedRule:   {icon: "🌤️", line: (*visit).missedLine, acts: []act{visited, wasAsked, notNeeded}, more: (*visit).missedMore},
		reminder.SpendingRule: {icon: "🧺", line: (*visit).spendingLine, acts: []act{visited, wasAsked, notNeeded}},
	}
	maps.Copy(all, checkTellers())
	return all
}

// given is an answer that is known before it is asked for.
func given(name string, values ...string) flow.Answer {
	return flow.Answer{Name: name, Values: values, Given: true}
}

// isHers reports whether a duty is about somebody whom the person accompanies.
func (v *visit) isHers(d duty) bool {
	hers, err := v.accompanies(d.Subject.ID())
	return err == nil && hers
}

// isLost reports whether the person has not met somebody of hers for so long that the chair hears of it.
func (v *visit) isLost(d duty) bool { return d.Step > 0 && v.isHers(d) }

// unseenLine says for how long nobody has been with her.
func (v *visit) unseenLine(d duty) (string, error) {
	met := d.facts.Her.Met()
	args := map[string]any{"Code": d.facts.Her.Code, "Days": met.DaysUntil(v.today())}
	switch {
	case met == "":
		return v.t.Format("remind.never_seen", args), nil
	case d.Step > 0:
		return v.t.Format("remind.unseen_long", args), nil
	}
	return v.t.Format("remind.unseen", args), nil
}

// signOf is the sign that a duty is about, with its reasons as they are now.
func (v *visit) signOf(d duty) reminder.Sign {
	for _, s := range v.Reminders.Signs(d.facts.Her) {
		if s.Rule == d.Rule && s.Due.Equal(d.Due) {
			return s
		}
	}
	return reminder.Sign{Rule: d.Rule}
}

// aboutSign puts a sentence about somebody of whom there is a sign into words.
func (v *visit) aboutSign(key string, d duty) (string, error) {
	return v.t.Format(key, map[string]any{"Code": d.facts.Her.Code}), nil
}

// fallLine says that a business went down twice; by how much is on the card.
func (v *visit) fallLine(d duty) (string, error) {
	if firstOf(v.signOf(d).Why) == reminder.WhyLower {
		return v.aboutSign("remind_business.lower", d)
	}
	return v.aboutSign("remind_business.fell", d)
}

// soldShown is how many sums show how sales went.
const soldShown = 3

// fallMore shows what she sold, to whoever accompanies her.
func (v *visit) fallMore(d duty) ([]string, error) {
	hers, err := v.accompanies(d.facts.Her.Code)
	sums := d.facts.Her.TurnoverUntil(v.signOf(d).On, soldShown)
	if err != nil || !hers || len(sums) < 2 {
		return nil, err
	}
	words := make([]string, 0, len(sums))
	for _, n := range sums {
		words = append(words, v.rupiah(n))
	}
	return []string{v.t.Format("remind_business.sold", map[string]any{"Sums": strings.Join(words, " → ")})}, nil
}

// obstacleLine names what was in the way twice, unless it is nobody's business but hers.
func (v *visit) obstacleLine(d duty) (string, error) {
	s := v.signOf(d)
	named := v.obstacles(s.Waiting(d.facts.Her))
	if named == "" {
		return v.aboutSign("remind_business.same_thing", d)
	}
	return v.t.Format("remind_business.same_obstacle", map[string]any{"Code": d.facts.Her.Code, "What": named}), nil
}

// obstacles names obstacles; what is about her family or her health is never named.
func (v *visit) obstacles(codes []string) string {
	var names []string
	for _, code := range codes {
		if code != program.FamilyCase && code != "kesehatan" {
			names = append(names, strings.ToLower(v.aidWord("usaha", "kendala", code)))
		}
	}
	return strings.Join(names, ", ")
}

// missedLine suggests to ask her how she is.
func (v *visit) missedLine(d duty) (string, error) {
	if firstOf(v.signOf(d).Why) == reminder.WhyAbsent {
		return v.aboutSign("remind_business.absent", d)
	}
	return v.aboutSign("remind_business.mood", d)
}

// missedMore says on the card alone that she was low, to whoever accompanies her.
func (v *visit) missedMore(d duty) ([]string, error) {
	if !v.isHers(d) || !slices.Contains(v.signOf(d).Why, reminder.WhyMood) {
		return nil, nil
	}
	return []string{v.t.Text("remind_business.mood_why")}, nil
}

// spendingLine suggests to ask her what she needed it for.
func (v *visit) spendingLine(d duty) (string, error) {
	return v.aboutSign("remind_business.off_plan", d)
}

// firstOf is the first of some words; empty when there are none.
func firstOf(words []string) string {
	if len(words) == 0 {
		return ""
	}
	return words[0]
}

// openCaseOf begins a case about a sign: the sign is where it is known from, and what it is about follows.
func (v *visit) openCaseOf(d duty) error {
	kind := reminder.CaseKind(firstOf(v.signOf(d).Waiting(d.facts.Her)))
	if kind == "" {
		return v.refuse()
	}
	return v.beginFor("kasus", d.facts.Her.Code, given("sumber", fromSigns), given(program.CaseKindField, kind))
}

// fromSigns is the source of a case that a sign led to.
const fromSigns = "otomatis"

// signTaken notes of the signs about somebody that a case was opened about them.
func (v *visit) signTaken(s *saving) error {
	if s.answer("sumber") != fromSigns || s.matter.Participant == "" {
		return nil
	}
	all, err := v.toldDuties()
	if err != nil {
		return err
	}
	for _, d := range all {
		if d.Subject != program.SubjectOf(program.AboutHer, s.matter.Participant) || d.Rule != reminder.FallRule && d.Rule != reminder.ObstacleRule {
			continue
		}
		for _, why := range v.signOf(d).Why {
			if reminder.CaseKind(why) == s.answer(program.CaseKindField) {
				v.closeDuty(d, program.CaseOpen)
				break
			}
		}
	}
	return nil
}
