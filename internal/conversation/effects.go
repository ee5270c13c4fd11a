package conversation

import (
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// saveOther plans what saving does where it makes no report, and goes back to the menu with a kind
// sentence. There is no number and nothing to be taken back: what was agreed is changed by agreeing
// on something else.
func (v *visit) saveOther(f *flow.Flow, run flow.State, code string) error {
	save := v.saveConsent
	switch f.Save.As {
	case flow.AsContact:
		save = v.saveContact
	case flow.AsGuest:
		save = v.saveGuest
	case flow.AsConsent, flow.AsReport:
	}
	said, err := save(f, run, code)
	switch {
	case errors.Is(err, turn.ErrNotFound): // she was handed over this very moment
		return v.notHers()
	case err != nil:
		return err
	}
	v.said = said
	if said == "say.same_hours" || said == "say.guest_in_person" || said == "say.guest_too_soon" { // back to the summary
		return v.turnedTo(running)
	}
	v.m.Parked = v.m.without(f, run)
	v.m.clear()
	if said == "say.left_caseload" { // it is not on record yet, and the menu must not show her any more
		if err := v.letGoOf(func(f *flow.Flow, her string) (bool, error) { return her == code && f.Save.As == flow.AsReport, nil }); err != nil {
			return err
		}
	}
	v.rearm(false)
	return v.toMenu()
}

// saveContact plans how she may be reached from now on, and gives what is said about it. Her kata
// aman, a pause and a silence are not the companion's to change.
func (v *visit) saveContact(f *flow.Flow, run flow.State, code string) (said string, err error) {
	was, err := v.Store.SafeContact(v.ctx, v.person.ID, code)
	if err != nil {
		return "", fmt.Errorf("look at her safe contact: %w", err)
	}
	told := f.Told(run)
	from, to := answered(told, "jam_mulai"), answered(told, "jam_selesai")
	if from != "" && from == to { // the whole day, or a slip: she would be written to in the night
		return "say.same_hours", nil
	}
	contact := agreedContact(told, was)
	contact.CheckedOn = program.DateOf(v.now)
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: code, Contact: contact, Agreed: true})
	v.audit("contact.save", code)
	return f.SavedKey(), nil
}

// saveConsent plans her answers, each with the proof of what was read out to her, and gives what is
// said about it. Whoever does not want to be noted about takes back all that she had agreed to.
func (v *visit) saveConsent(f *flow.Flow, run flow.State, code string) (said string, err error) {
	before, err := v.Store.Consents(v.ctx, code)
	if err != nil {
		return "", fmt.Errorf("look at her consents: %w", err)
	}
	told, said := f.Told(run), f.SavedKey()
	note := func(p, readOut program.Purpose, status program.ConsentStatus) {
		v.plan.Safety.Consents = append(v.plan.Safety.Consents, v.consent(f, told, program.Consent{
			Participant: code, Purpose: p, Status: status, Hash: fingerprint(v.t.Text(f.AskKey(string(readOut)))),
		}))
	}
	no := func(p program.Purpose) program.ConsentStatus {
		if was, _ := before.Of(p); was.Status == program.Given {
			return program.Revoked
		}
		return program.Refused
	}
	for _, p := range program.Purposes() {
		switch answered(told, string(p)) {
		case flow.Agreed:
			note(p, p, program.Given)
		case flow.NotNow:
			note(p, p, no(p))
		}
	}
	if len(v.plan.Safety.Consents) == 0 {
		return "say.nothing_answered", nil
	}
	if answered(told, string(program.Accompaniment)) == flow.NotNow {
		said = "say.left_caseload"
		for _, c := range before {
			if c.Purpose != program.Accompaniment && c.Status == program.Given {
				note(c.Purpose, program.Accompaniment, program.Revoked)
			}
		}
	}
	v.audit("consent.save", code)
	return said, nil
}

// consent fills in what all answers of one turn have in common. The id is derived from the turn and
// not from the run: a run whose saving was forgotten (Redis can lose its last second) may be saved
// again with another answer, and the answer that was given last is the one that counts.
func (v *visit) consent(f *flow.Flow, told []flow.Answer, c program.Consent) program.Consent {
	c.ID = v.runID() + "." + string(c.Purpose)
	c.Way = program.ConsentWay(answered(told, "cara"))
	c.Version = strconv.Itoa(f.Version)
	c.At, c.Recorder = v.now.UTC(), v.person.ID
	c.Until = program.ConsentUntil(c.Purpose, program.DateOf(v.now))
	return c
}

// fingerprint is the proof of a text.
func fingerprint(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

// answered is the value of an answer; empty when there is none.
func answered(told []flow.Answer, name string) string {
	for _, a := range told {
		if a.Name == name {
			return a.Value()
		}
	}
	return ""
}

// prefilled begins a safe contact anew with what is agreed at present, as soon as it is known whose
// it is: who goes through it again changes what has changed, and nothing that was agreed gives way
// to a default unseen. Nor is anything that was answered about one participant kept for another.
func (v *visit) prefilled(f *flow.Flow, in flow.Input, run flow.State, effects []flow.Effect) (flow.State, []flow.Effect, error) {
	if f.Save.Known {
		return v.asKnown(f, in, run, effects)
	}
	her, known := f.AboutWhom(run)
	if f.Save.As != flow.AsContact || !known || !v.newlyAbout(in, her) {
		return run, effects, nil
	}
	contact, err := v.Store.SafeContact(v.ctx, v.person.ID, her.Value())
	switch {
	case errors.Is(err, turn.ErrNotFound): // not hers (any more): saving will say so
		return run, effects, nil
	case err != nil:
		return run, effects, fmt.Errorf("look at her safe contact: %w", err)
	}
	again := flow.Input{Kind: flow.Begin, Run: run.Run, Known: []flow.Answer{her}}
	if contact.CheckedOn != "" {
		again.Known = append(again.Known, contactAnswers(contact)...)
	}
	return v.stepped(f, again)
}

// newlyAbout reports whether a run has only now come to be about somebody or something.
func (v *visit) newlyAbout(in flow.Input, about flow.Answer) bool {
	if in.Kind == flow.Begin { // with whom it is about, and no other answer
		return len(in.Known) == 0 || len(in.Known) == 1 && in.Known[0].Name == about.Name
	}
	f, run := v.flowOf(v.m.Run)
	if f == nil {
		return false
	}
	before, _ := f.AboutWhom(run)
	return before.Value() != about.Value()
}

// weekdayCodes are the codes of the days, from Sunday as time has them.
func weekdayCodes() []string {
	return []string{"minggu", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu"}
}

// coverCode is before the number of a cover's answer, and minutesCode before that of minutes.
const coverCode, minutesCode = "jawab_", "m"

// contactAnswers is a safe contact as answers of the flow that saves one; with the participant's
// answer before them, such a run begins at its summary.
func contactAnswers(c program.Contact) []flow.Answer {
	days := []string{flow.EveryDay}
	if c.Days != 0 {
		days = nil
		for day, code := range weekdayCodes() {
			if c.Days.Has(time.Weekday(day)) {
				days = append(days, code)
			}
		}
	}
	one := func(name, value string) flow.Answer { return flow.Answer{Name: name, Values: []string{value}} }
	return []flow.Answer{
		one("boleh_chat", string(c.Chat)), one("hp_dipakai", string(c.Phone)), one("samaran", string(c.Theme)),
		{Name: "hari", Values: days}, one("jam_mulai", clock(c.From)), one("jam_selesai", clock(c.To)), one("buka", string(c.Opens())),
		one("tutup_setelah", minutesCode+strconv.Itoa(c.HideAfter)), one("salah_orang", coverCode+strconv.Itoa(c.Cover+1)),
	}
}

// agreedContact is a safe contact with what was answered; what was not asked stays as it was. On a
// phone that others see, nothing shows before it is tapped, whatever was answered.
func agreedContact(told []flow.Answer, c program.Contact) program.Contact {
	for _, a := range told {
		switch value := a.Value(); a.Name {
		case "boleh_chat":
			c.Chat = program.ChatRule(value)
		case "hp_dipakai":
			c.Phone = program.PhoneUse(value)
		case "samaran":
			c.Theme = program.Theme(value)
		case "hari":
			c.Days = weekdays(a.Values)
		case "jam_mulai":
			c.From = minutes(value, c.From)
		case "jam_selesai":
			c.To = minutes(value, c.To)
		case "buka":
			c.Mode = program.OpenMode(value)
		case "tutup_setelah":
			c.HideAfter = numbered(value, minutesCode, c.HideAfter)
		case "salah_orang":
			c.Cover = numbered(value, coverCode, c.Cover+1) - 1
		}
	}
	c.Mode = c.Opens()
	return c
}

// weekdays is a set of days; all seven are every day.
func weekdays(codes []string) program.Weekdays {
	var days program.Weekdays
	every := program.Weekdays(1<<7 - 1)
	for _, code := range codes {
		for day, name := range weekdayCodes() {
			if code == name {
				days = days.With(time.Weekday(day), true)
			}
		}
	}
	if days == every {
		return 0
	}
	return days
}

// clock writes minutes since midnight as a time of day.
func clock(minutes int) string { return fmt.Sprintf("%02d:%02d", minutes/60%24, minutes%60) }

// minutes reads a time of day.
func minutes(clock string, otherwise int) int {
	t, err := time.Parse("15:04", clock)
	if err != nil {
		return otherwise
	}
	return t.Hour()*60 + t.Minute()
}

// numbered reads the number in a code.
func numbered(code, before string, otherwise int) int {
	n, err := strconv.Atoi(strings.TrimPrefix(code, before))
	if err != nil {
		return otherwise
	}
	return n
}
