package conversation

import (
	"errors"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Outreach (program.md F01): a woman who was met, and how she comes to be on record, or not.

// gate looks at a run after a step of it. With something to say, the step is not taken: the question
// is asked again or, if the run ends there, nothing of it is kept.
type gate func(v *visit, run flow.State) (say string, ends bool)

// newGates are the flows with answers that are not taken as they come.
func newGates() map[string]gate { return map[string]gate{"jangkau": outreachGate} }

// outreachGate lets nobody in who is not grown up, and no alias that would say too much.
func outreachGate(_ *visit, run flow.State) (say string, ends bool) {
	if a, _ := run.Answer("dewasa"); a.Value() == flow.No {
		return "outreach.under_age", true
	}
	if a, ok := run.Answer("alias"); ok {
		return aliasTrouble(a.Value()), false
	}
	return "", false
}

// aliasTrouble says what is wrong with an alias; nothing when it may be used.
func aliasTrouble(alias string) string {
	alias = tidyAlias(alias)
	if program.NameTrouble(program.Beneficiary, alias) != "" {
		return "outreach.alias_letters"
	}
	if _, bad := discreet.Forbidden(alias); bad {
		return "outreach.alias_other"
	}
	return ""
}

// tidyAlias is an alias with single spaces.
func tidyAlias(s string) string { return strings.Join(strings.Fields(s), " ") }

// turnedAway answers a step that a gate does not let through. What was typed does not stay in the chat.
func (v *visit) turnedAway(say string, ends bool) error {
	if v.u.Kind == turn.Text {
		v.remove()
	}
	v.said = say
	if ends {
		v.m.clear()
		return v.toMenu()
	}
	v.m.Touched = v.now.Unix()
	return v.turnedTo(running)
}

// outreachConsequences are what follows from reports of outreach, selection and choosing a field.
func outreachConsequences() consequences {
	return consequences{
		"jangkau":     (*visit).reachedOut,
		"pendataan":   (*visit).registered,
		"ajukan":      (*visit).proposed,
		"suara":       (*visit).voted,
		"putusan":     (*visit).decided,
		"konsentrasi": (*visit).fieldChosen,
	}
}

// meetingOf is what a report of outreach says about the meeting.
func meetingOf(s *saving) program.Meeting {
	m := program.Meeting{
		Adult: s.answer("dewasa") == flow.Yes, Outcome: program.Outcome(s.answer("hasil")), NotAgain: s.answer("boleh_lagi") == flow.No,
		Complete: s.answer("kebutuhan") != "" && s.answer("minat") != "" && s.answer("punya_usaha") != "",
	}
	switch s.answer(string(program.Accompaniment)) {
	case flow.Agreed:
		m.Consent = program.Given
	case flow.NotNow:
		m.Consent = program.Refused
	}
	return m
}

// reachedOut puts a woman on record who was met, if nothing speaks against it. Else the report is a
// count: it has nothing of her in it, and is about nobody.
func (v *visit) reachedOut(s *saving) error {
	m, today := meetingOf(s), program.DateOf(v.u.At.In(v.Zone))
	if !m.OnRecord() {
		v.said = "outreach.nobody"
		return nil
	}
	if again := program.Date(s.answer("tanggal_lagi")); m.Consent != program.Given && again > program.UnconsentedUntil(today) {
		return refused{"outreach.too_late"}
	}
	code, err := v.putOnRecord(s.report.ID, tidyAlias(s.answer("alias")))
	if err != nil {
		return err
	}
	s.report.Participant = code
	v.stage(code, program.Reached, m.Stage(), s.report.ID, "")
	v.said = "outreach.seven_days"
	if m.Consent == program.Given {
		v.said = "outreach.on_record"
		c := v.consent(s.f, s.told, program.Consent{
			Participant: code, Purpose: program.Accompaniment, Status: program.Given,
			Hash: fingerprint(v.t.Text(s.f.AskKey(string(program.Accompaniment)))),
		})
		c.Version = v.consentVersion(program.Accompaniment) // of the text that was read out
		v.plan.Safety.Consents = append(v.plan.Safety.Consents, c)
		v.audit("consent.save", code)
	}
	return nil
}

// codeTries is how many codes are tried until one is free: there are twenty thousand.
const codeTries = 256

// putOnRecord plans that a woman is on record, as somebody whom the person accompanies. Her code follows from
// the report that puts her there, so that storing the turn twice puts one woman on record.
func (v *visit) putOnRecord(report, alias string) (code string, err error) {
	old, err := v.Store.Report(v.ctx, report)
	switch {
	case err == nil && old.Participant != "": // the turn was stored before, by half
		code = old.Participant
		v.plan.Safety.Aliases = append(v.plan.Safety.Aliases, turn.Alias{Code: code, Alias: alias})
	case err != nil && !errors.Is(err, turn.ErrNotFound):
		return "", fmt.Errorf("look for who was put on record: %w", err)
	default:
		if code, err = v.freeCode(report); err != nil {
			return "", err
		}
	}
	v.plan.Way.Joined = append(v.plan.Way.Joined, program.Participant{
		Code: code, Alias: alias, Stage: program.Reached, Companion: v.person.ID,
	})
	v.audit("participant.join", code)
	return code, nil
}

// freeCode is a code that is nobody's, and never was.
func (v *visit) freeCode(report string) (string, error) {
	for i := range codeTries {
		code := program.CodeFrom(v.Seal.Lookup("code", report+"."+strconv.Itoa(i)))
		used, err := v.Store.CodeUsed(v.ctx, code)
		if err != nil {
			return "", fmt.Errorf("find a code: %w", err)
		}
		if !used {
			return code, nil
		}
	}
	return "", errors.New("find a code: there is none left")
}

// registered completes what is known of a woman who was met and has agreed.
func (v *visit) registered(s *saving) error {
	return v.advance(s, s.report.Participant, program.Registered, program.Reached)
}

// advance plans that a participant comes to another stage because of a report, from one of those in
// which that makes sense; otherwise somebody else was first, and it is told.
func (v *visit) advance(s *saving, code string, to program.Stage, from ...program.Stage) error {
	p, err := v.agreeing(code)
	if err != nil {
		return err
	}
	if slices.Contains(from, p.Stage) {
		v.stage(code, p.Stage, to, s.report.ID, "")
		return nil
	}
	changes, err := v.Store.StageChanges(v.ctx, code, "", "")
	if err != nil {
		return fmt.Errorf("look at her way: %w", err)
	}
	if slices.ContainsFunc(changes, func(c program.StageChange) bool { return c.Cause == s.report.ID }) {
		return nil // it is on record already
	}
	return refused{"outreach.moved_on"}
}

// agreeing is a participant whom the person may see; refused when she has not agreed to be noted about,
// or not any longer.
func (v *visit) agreeing(code string) (program.Participant, error) {
	all, err := v.visible()
	i := slices.IndexFunc(all, func(p program.Participant) bool { return p.Code == code })
	switch {
	case err != nil:
		return program.Participant{}, err
	case i < 0:
		return program.Participant{}, refused{"votes.not_agreed"}
	}
	return all[i], nil
}

// unregistered offers to complete what is known of those who were met and have agreed.
func (v *visit) unregistered() (*flow.FaceButton, error) {
	n, err := v.standingAt(program.Reached)
	if err != nil || n == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "📝 " + v.t.Plain("outreach.unregistered", map[string]any{"Count": n}), Action: "next:pendataan"}, nil
}

// notAsked offers to ask those who were met whether they may be noted about: in seven days they are gone.
func (v *visit) notAsked() (*flow.FaceButton, error) {
	all, err := v.assigned()
	if err != nil {
		return nil, err
	}
	n := 0
	for _, p := range all {
		unasked, err := v.isUnasked(p)
		if err != nil {
			return nil, err
		}
		if unasked {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "🤲 " + v.t.Plain("outreach.unasked", map[string]any{"Count": n}), Action: "cares"}, nil
}

// isUnasked reports whether somebody who was met has not said yet whether she may be noted about.
func (v *visit) isUnasked(p program.Participant) (bool, error) {
	if !p.Stage.Undecided() {
		return false, nil
	}
	answered, err := v.answeredAccompaniment(p.Code)
	return !answered, err
}

// answeredAccompaniment reports whether a participant has said yes or no to being accompanied, this
// very turn perhaps.
func (v *visit) answeredAccompaniment(code string) (bool, error) {
	for _, c := range v.plan.Safety.Consents {
		if c.Participant == code && c.Purpose == program.Accompaniment {
			return true, nil
		}
	}
	all, err := v.Store.Consents(v.ctx, code)
	if err != nil {
		return false, fmt.Errorf("look whether she was asked: %w", err)
	}
	_, answered := all.Of(program.Accompaniment)
	return answered, nil
}

// standingAt counts whom the person accompanies at a stage.
func (v *visit) standingAt(at program.Stage) (int, error) {
	all, err := v.caseload()
	n := 0
	for _, p := range all {
		if p.Stage == at {
			n++
		}
	}
	return n, err
}

// beginNext starts what a next step of the menu offers, about one of those whom it suits.
func (v *visit) beginNext(id string) error {
	f := v.flowNamed(id)
	if f == nil || f.About != flow.Participant || f.Save.As != flow.AsReport {
		return v.refuse()
	}
	return v.begin(f, flow.Input{})
}
