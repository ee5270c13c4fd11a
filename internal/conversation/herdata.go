package conversation

import (
	"fmt"
	"strings"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Her rights over what is held about her (UU 27/2022 Ps. 5-13): see it, see who opened it, correct
// it, pause, stop, erase. What the machine can do is done at once; what needs a person is a request
// with a deadline.

func (v *visit) herChoicesView() (hers, error) {
	pause := v.button("⏸", "hers.pause", "h.pause")
	if v.person.Safe.Paused {
		pause = v.button("▶️", "hers.resume", "h.resume")
	}
	pin := v.button("🔒", "card.make_pin", "h.pin")
	if v.person.HasPIN {
		pin = v.button("🔒", "card.lock", "h.lock")
	}
	return v.pageOf(discreet.PageChoices, nil,
		[]flow.FaceButton{v.button("📄", "hers.data", "h.data"), v.button("🎯", "hers.target", "h.target")},
		[]flow.FaceButton{v.button("🤝", "hers.consents", "h.consents"), v.button("🗝", "hers.word", "h.word")},
		[]flow.FaceButton{pin, pause},
		[]flow.FaceButton{v.button("📞", "hers.numbers", "h.numbers")},
	), nil
}

// herNumbersView shows where there is help at any hour, for a short while.
func (v *visit) herNumbersView() (hers, error) {
	if v.Help == "" {
		return v.pageOf(discreet.PageNothing, nil), nil
	}
	return v.pageOf(discreet.PageHelp, map[string]any{"Help": v.Help}), nil
}

// openData shows what is held about her; that she has looked is on record like any other look.
func (v *visit) openData() error {
	v.audit(program.OpenData, v.person.ID)
	return v.herTo(herData)
}

func (v *visit) herDataView() (hers, error) {
	held, err := v.Store.Held(v.ctx, v.person.ID)
	if err != nil {
		return hers{}, fmt.Errorf("look at what is held about her: %w", err)
	}
	companion, ok, err := v.companion(v.person.ID)
	if err != nil {
		return hers{}, err
	}
	target, err := v.targetOf(v.person.ID)
	if err != nil {
		return hers{}, err
	}
	name, own := "–", "–"
	if target.Text != "" {
		own = target.Text
	}
	if ok {
		name = companion.Name
	}
	return v.pageOf(discreet.PageData, map[string]any{
		"Alias": v.person.Name, "Code": v.person.ID, "Stage": v.t.Text(herStageKey(held.Stage)), "Companion": name, "Count": held.Reports, "Target": own,
	},
		[]flow.FaceButton{v.button("✏️", "hers.alias", "h.alias"), v.button("👁", "hers.opened", "h.opened")},
		[]flow.FaceButton{v.button("🌿", "hers.own", "h.own"), v.button("🪞", "hers.growth", "h.growth")},
		[]flow.FaceButton{v.button("🙋", "hers.correct", "h.correct"), v.button("📋", "hers.copy", "h.copy")},
		[]flow.FaceButton{v.button("🗑", "hers.erase", "h.erase")},
	), nil
}

// herStageKey is how her stage is called to herself (program.md 2.3).
func herStageKey(s program.Stage) string {
	keys := map[program.Stage]string{
		program.Registered: "stage_hers.didata", program.Selection: "stage_hers.seleksi", program.Waiting: "stage_hers.tunda_seleksi",
		program.Choosing: "stage_hers.konsentrasi", program.TemuWicara: "stage_hers.temu_wicara", program.Bimtek: "stage_hers.bimtek",
		program.Capital: "stage_hers.modal", program.Trading: "stage_hers.usaha_berjalan", program.Independent: "stage_hers.mandiri",
		program.Concluded: "stage_hers.terminasi", program.Paused: "stage_hers.jeda", program.Withdrawn: "stage_hers.mengundurkan_diri",
		program.ReferredAway: "stage_hers.dirujuk",
	}
	if key, ok := keys[s]; ok {
		return key
	}
	return "stage_hers.didata"
}

// openedMost is how many looks into her data are listed.
const openedMost = 8

// herOpenedView lists who has looked into her data, by role, newest first.
func (v *visit) herOpenedView() (hers, error) {
	all, err := v.Store.AccessLog(v.ctx, v.person.ID, v.u.At.AddDate(-1, 0, 0))
	if err != nil {
		return hers{}, fmt.Errorf("look who opened her data: %w", err)
	}
	var lines []string
	for i, a := range all {
		if i == openedMost {
			break
		}
		lines = append(lines, v.day(program.DateOf(a.At.In(v.Zone)))+" · "+v.roleOf(a.Actor))
	}
	if len(lines) == 0 {
		return v.pageOf(discreet.PageOpenedNone, nil), nil
	}
	return v.pageOf(discreet.PageOpened, map[string]any{"List": strings.Join(lines, "\n")}), nil
}

// roleOf names an actor of the audit by her role.
func (v *visit) roleOf(actor string) string {
	switch actor {
	case v.person.ID:
		return v.t.Text("role.you")
	case "admin", "system":
		return v.t.Text("role.admin")
	}
	p, err := v.Store.Person(v.ctx, actor)
	if err != nil {
		return v.t.Text("role.admin") // who is not on record any more was one of the staff
	}
	return v.t.Text(roleKey(p.Role))
}

func (v *visit) herAliasView() (hers, error) { return v.pageOf(discreet.PageAlias, nil), nil }

// setAlias takes another alias of her own choice.
func (v *visit) setAlias(text string) error {
	alias := strings.Join(strings.Fields(text), " ")
	if _, bad := discreet.Forbidden(alias); bad || program.NameTrouble(program.Beneficiary, alias) != "" {
		v.note = discreet.PageAliasTrouble
		return v.herShow()
	}
	v.plan.Safety.Aliases = append(v.plan.Safety.Aliases, turn.Alias{Code: v.person.ID, Alias: alias})
	v.closed(program.AskCorrection)
	v.audit("alias.set", v.person.ID)
	v.person.Name = alias
	if err := v.tellCompanion(v.person.ID, "say.alias_changed", map[string]any{"Code": v.person.ID}); err != nil {
		return err
	}
	return v.noted(discreet.PageAliasSet)
}

// closed puts on record that she asked for something, and that it was done at once.
func (v *visit) closed(kind program.RequestKind) {
	r := v.request(kind)
	r.DoneAt, r.DoneBy = v.u.At, v.person.ID
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
}

// request is something that she asks for.
func (v *visit) request(kind program.RequestKind) program.Request {
	return v.requestOf(v.person.ID, kind)
}

// requestOf is something that is asked for by a participant, or in her name.
func (v *visit) requestOf(code string, kind program.RequestKind) program.Request {
	return program.Request{
		ID: v.runID() + "." + string(kind), Participant: code, Kind: kind, At: v.u.At, Due: v.u.At.Add(program.RequestLife),
	}
}

// askCorrection asks for something to be put right that only a person can.
func (v *visit) askCorrection() error {
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, v.request(program.AskCorrection))
	v.audit("request.correction", v.person.ID)
	if err := v.tellCompanion(v.person.ID, "say.asks_correction", map[string]any{"Code": v.person.ID}); err != nil {
		return err
	}
	return v.noted(discreet.PageCorrection)
}

// changeSafe plans a change of what is agreed with her.
func (v *visit) changeSafe(change func(*program.Contact)) {
	change(&v.person.Safe)
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: v.person.ID, Contact: v.person.Safe})
}

// pauseHers stops all messages until she wants them again.
func (v *visit) pauseHers() error {
	v.changeSafe(func(c *program.Contact) { c.Paused = true })
	v.closed(program.AskPause)
	v.audit("contact.pause", v.person.ID)
	return v.noted(discreet.PagePaused)
}

// resumeHers ends the pause.
func (v *visit) resumeHers() error {
	v.changeSafe(func(c *program.Contact) { c.Paused = false })
	v.audit("contact.resume", v.person.ID)
	return v.noted(discreet.PageResumed)
}

func (v *visit) herWordView() (hers, error) { return v.pageOf(discreet.PageWord, nil), nil }

// setHerWord takes the kata aman that she typed.
func (v *visit) setHerWord(text string) error {
	if v.setWord(v.person.ID, v.person.Safe, text) != "say.word_set" {
		v.note = discreet.PageWordShort
		return v.herShow()
	}
	return v.noted(discreet.PageWordSet)
}

func (v *visit) herEraseView() (hers, error) { return v.pageOf(discreet.PageErase, nil), nil }

// askErasure stops all messages now, and has everything erased within the deadline.
func (v *visit) askErasure() error {
	if err := v.eraseSoon(v.person); err != nil {
		return err
	}
	return v.herTo(herErasing)
}

// eraseSoon puts on record that a participant is to be erased, once, and lets those know who may want
// to talk with her before.
func (v *visit) eraseSoon(her program.Person) error {
	open, err := v.openErasure(her.ID)
	if err != nil || open.ID != "" {
		return err
	}
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, v.requestOf(her.ID, program.AskErasure))
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueErase + her.ID, At: v.u.At.Add(program.ErasureDelay)})
	her.Safe.Paused = true
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: her.ID, Contact: her.Safe})
	v.audit("request.erasure", her.ID)
	return v.tellOfErasure(her.ID, "say.asks_erasure")
}

// tellOfErasure lets her companion and the secretaries know, by code only.
func (v *visit) tellOfErasure(code, key string) error {
	args := map[string]any{"Code": code}
	if err := v.tellCompanion(code, key, args); err != nil {
		return err
	}
	secretaries, err := v.staff(program.Secretary)
	if err != nil {
		return err
	}
	for _, p := range secretaries {
		v.tell(p, v.Words(p.Lang).Format(key, args))
	}
	return nil
}

func (v *visit) herErasingView() (hers, error) {
	return v.pageOf(discreet.PageErasing, nil, []flow.FaceButton{v.button("↩️", "hers.keep", "h.keep")}), nil
}

// openErasure is her request to be erased, if one is open when this turn is over.
func (v *visit) openErasure(code string) (program.Request, error) {
	return v.openRequest(code, program.AskErasure)
}

// keepHers takes the request to be erased back.
func (v *visit) keepHers() error {
	if err := v.keepOf(v.person); err != nil {
		return err
	}
	return v.noted(discreet.PageKept)
}

// keepOf takes back a participant's request to be erased.
func (v *visit) keepOf(her program.Person) error {
	r, err := v.openErasure(her.ID)
	if err != nil || r.ID == "" {
		return err
	}
	r.DoneAt, r.DoneBy = v.u.At, v.person.ID
	v.plan.Safety.Requests = append(v.plan.Safety.Requests, r)
	her.Safe.Paused = false
	v.plan.Safety.Contacts = append(v.plan.Safety.Contacts, turn.ContactChange{Code: her.ID, Contact: her.Safe})
	v.audit("request.kept", her.ID)
	return v.tellOfErasure(her.ID, "say.erasure_kept")
}
