package conversation

import (
	"errors"
	"fmt"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A prompt is a message of its own to somebody, with buttons that are not those of her card: an
// alarm, a week that can be looked at. Its buttons carry nothing but a ref, which only she may answer.

// promptMark precedes the ref in a button's data; a card's data begins with its revision.
const promptMark = "!"

// answerOf is a kind of prompt: the right it needs, whom it is about, and what each answer does.
type answerOf struct {
	deed    program.Deed
	again   bool // as often as she likes
	about   func(v *visit, p turn.Prompt) (code string, err error)
	hers    func(v *visit, p turn.Prompt) (bool, error) // whether it still is hers to answer, where that does not follow from about
	answers map[string]func(v *visit, p turn.Prompt) error
}

// prompts are the kinds of prompts by name.
type prompts map[string]answerOf

func newPrompts() prompts {
	return prompts{
		promptWeek: {program.SeeDigest, true, aboutNobody, nil, map[string]func(*visit, turn.Prompt) error{
			"open": (*visit).openWeek,
		}},
		promptSession: {program.SeeDeed(program.Session), true, aboutNobody, nil, map[string]func(*visit, turn.Prompt) error{
			"open": (*visit).openSession,
		}},
		promptAlarm: {program.AnswerAlarm, false, (*visit).alarmAbout, nil, map[string]func(*visit, turn.Prompt) error{
			"take": (*visit).takeAlarm, "help": (*visit).raiseAlarm,
		}},
		promptProposal: proposalPrompt(),
		promptOuting: {program.SeeDeed(program.Partner), false, aboutNobody, nil, map[string]func(*visit, turn.Prompt) error{
			"can": (*visit).canGo, "cannot": (*visit).cannotGo,
		}},
		promptOpinion: {program.SeeDeed(program.Partner), true, aboutNobody, nil, map[string]func(*visit, turn.Prompt) error{
			"write": (*visit).writeOpinion,
		}},
		promptCall: {program.AnswerCall, false, func(_ *visit, p turn.Prompt) (string, error) { return p.Subject, nil }, nil, map[string]func(*visit, turn.Prompt) error{
			"done": (*visit).called, "later": (*visit).callLater,
		}},
		promptCase:   casePrompt(),
		promptTask:   taskPrompt(),
		promptRemind: remindPrompt(),
		promptSelf:   selfPrompt(),
	}
}

// aboutNobody is the about of prompts that are about no participant.
func aboutNobody(*visit, turn.Prompt) (string, error) { return "", nil }

// tell plans a message of its own to one of the staff.
func (v *visit) tell(p program.Person, text string, buttons ...turn.Button) {
	if p.Chat == 0 || !p.Active || !p.Role.Staff() {
		return
	}
	m := turn.Message{Form: turn.Notice, Chat: p.Chat, Text: text}
	for _, b := range buttons {
		m.Buttons = append(m.Buttons, []turn.Button{b})
	}
	v.plan.Messages = append(v.plan.Messages, m)
	v.sweepOf(p.Chat)
}

// prompt plans a message with buttons to one of the staff.
func (v *visit) prompt(p program.Person, kind, subject, text string, answers ...flow.FaceButton) {
	ref := v.Seal.Lookup("prompt", strings.Join([]string{v.runID(), kind, subject, p.ID}, " "))
	buttons := make([]turn.Button, 0, len(answers))
	for _, a := range answers {
		buttons = append(buttons, turn.Button{Label: a.Label, Data: promptMark + ref + "." + a.Action})
	}
	v.tell(p, text, buttons...)
	v.plan.Safety.Prompts = append(v.plan.Safety.Prompts, turn.Prompt{Ref: ref, Person: p.ID, Kind: kind, Subject: subject, At: v.u.At})
}

// answer carries out a prompt's button. One that is another's, or that there never was, is late
// like any other, and the audit knows of it.
func (v *visit) answer(data string) error {
	ref, answer, _ := strings.Cut(strings.TrimPrefix(data, promptMark), ".")
	p, err := v.Store.Prompt(v.ctx, v.person.ID, ref)
	if errors.Is(err, turn.ErrNotFound) {
		return v.refuse()
	}
	if err != nil {
		return fmt.Errorf("answer a prompt: %w", err)
	}
	kind, ok := v.prompts[p.Kind]
	do := kind.answers[answer]
	if !ok || do == nil || !v.may(kind.deed) {
		return v.refuse()
	}
	switch hers, err := v.stillHers(kind, p); {
	case err != nil:
		return err
	case !hers:
		return v.refuse()
	}
	if !p.Answered.IsZero() && !kind.again {
		v.toast = "say.stale"
		return nil
	}
	p.Answered, p.Answer = v.u.At, answer
	v.plan.Safety.Prompts = append(v.plan.Safety.Prompts, p)
	return do(v, p)
}

// stillHers reports whether a prompt may still be answered: the participant whom it is about may
// have been handed over since, or be gone.
func (v *visit) stillHers(kind answerOf, p turn.Prompt) (bool, error) {
	if kind.hers != nil {
		return kind.hers(v, p)
	}
	code, err := kind.about(v, p)
	switch {
	case errors.Is(err, turn.ErrNotFound):
		return false, nil
	case err != nil || v.rights.Scope(v.person.Role, kind.deed) == program.Everybody:
		return err == nil, err
	}
	companion, err := v.Store.CompanionOf(v.ctx, code)
	if err != nil {
		return false, fmt.Errorf("answer a prompt: %w", err)
	}
	return companion == v.person.ID, nil
}

// seesSubject is the hers of prompts about a matter: she may still see it.
func (v *visit) seesSubject(p turn.Prompt) (bool, error) {
	_, ok, err := v.seen(p.Subject)
	return ok, err
}

// repaint replaces the message whose button was pressed: it has been answered.
func (v *visit) repaint(text string) {
	v.plan.Messages = append(v.plan.Messages, turn.Message{Form: turn.Repaint, Target: v.u.Message, Text: text})
}

// staff gives those of the institution's own people who have a role and a phone here.
func (v *visit) staff(role program.Role) ([]program.Person, error) {
	all, err := v.Store.Staff(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("find the staff: %w", err)
	}
	var some []program.Person
	for _, p := range all {
		if p.Role == role && p.Chat != 0 {
			some = append(some, p)
		}
	}
	return some, nil
}

// companion gives who accompanies a participant; false when there is nobody who can be told.
func (v *visit) companion(code string) (program.Person, bool, error) {
	id, err := v.Store.CompanionOf(v.ctx, code)
	if err != nil || id == "" {
		return program.Person{}, false, err
	}
	p, err := v.Store.Person(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return p, false, nil
	}
	return p, err == nil && p.Active && p.Chat != 0, err
}

// tellChairs tells every chair something.
func (v *visit) tellChairs(key string, args map[string]any) error {
	chairs, err := v.staff(program.Chair)
	for _, p := range chairs {
		v.tell(p, v.Words(p.Lang).Format(key, args))
	}
	return err
}

// tellCompanion tells a participant's companion something, or the chairs when she has none.
func (v *visit) tellCompanion(code, key string, args map[string]any) error {
	p, ok, err := v.companion(code)
	if err != nil {
		return err
	}
	if !ok {
		return v.tellChairs(key, args)
	}
	if p.ID != v.person.ID { // she knows what she has just done
		v.tell(p, v.Words(p.Lang).Format(key, args))
	}
	return nil
}
