package main

import (
	"fmt"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What of Rina's is in the way of everybody else.
const (
	rinasNote   = "rahasiacatatan laris"
	rinasAmount = "7.771.117"
)

// guarded is something that only some may read, whatever they try.
type guarded struct {
	text string
	may  bool
}

// attempt is somebody who tries everything in a house full of what is Rina's.
type attempt struct {
	*house
	role    program.Role
	chat    int64
	known   kinds
	rights  program.Rights
	names   houseNames
	matters map[program.MatterKind]program.Matter
	guarded []guarded
}

// newAttempt fills a house: a visit with a note, an amount in it, and a matter of every kind, all of them
// Rina's, and about Kenanga as far as they are about anybody.
func newAttempt(t *testing.T, role program.Role) *attempt {
	t.Helper()
	a := &attempt{house: everyRole(t), role: role, chat: roleChats[role], names: namesInSources(t), matters: map[program.MatterKind]program.Matter{}}
	var err error
	if a.known, err = a.set.kinds(); err != nil {
		t.Fatal(err)
	}
	a.rights = conversation.Rights(a.known.current)
	if err := a.store.Commit(t.Context(), turn.Plan{Reports: []program.Report{{
		ID: "visit", Flow: "kunjungan", FlowVersion: 1, Participant: "K-208", Author: "rina", OccurredOn: "2026-11-24", CreatedAt: a.time.Now().UTC(),
		Answers: []byte(`{"jenis":"home_visit","catatan":"` + rinasNote + `","omzet":7771117}`),
	}}}); err != nil {
		t.Fatal(err)
	}
	for _, life := range program.Lives() {
		a.fillMatter(life.Kind)
	}
	a.invited()
	seesAll := a.rights.May(role, program.SeeAll)
	invites := a.rights.Scope(role, program.Invite) == program.Everybody
	for _, who := range foreign {
		if invites && strings.Contains(who, "-") {
			continue // whoever invites sees codes, and no alias
		}
		if role != program.Beneficiary || who != "M-417" && who != "Melati" { // she is Melati
			a.guarded = append(a.guarded, guarded{who, seesAll})
		}
	}
	reads := a.rights.May(role, program.OpenNotes)
	a.guarded = append(a.guarded, guarded{rinasNote, reads})
	return a
}

// fillMatter opens a matter of a kind, with an answer to every question of its flows: what is written
// says whether it is sensitive.
func (a *attempt) fillMatter(kind program.MatterKind) {
	// A number that is an example nowhere.
	m := program.Matter{Kind: kind, Number: 471, Owner: "rina", Author: "rina", Day: "2026-12-01", Fields: program.Fields{}}
	if slices.Contains([]program.MatterKind{program.Case, program.Aid, program.Candidacy, program.Proposal}, kind) {
		m.Participant = "K-208"
	}
	open := "terbuka" + string(kind)
	opens := "kunjungan" // a kind that nothing opens yet
	for _, f := range a.known.current {
		if f.Save.Opens != string(kind) && f.Save.Moves != string(kind) {
			continue
		}
		if f.Save.Opens != "" {
			opens = f.ID
		}
		for i := range f.Steps {
			st := &f.Steps[i]
			switch {
			case st.Kind.Picker():
			case st.Kind == flow.Text && st.Sensitive:
				m.Fields[st.Name] = []string{"rahasia" + string(kind)}
			case st.Kind == flow.Text:
				m.Fields[st.Name] = []string{open}
			case st.Kind == flow.Amount:
				m.Fields[st.Name] = []string{"7771117"}
			case len(st.Choices) > 0:
				m.Fields[st.Name] = []string{st.Choices[0].Code}
			case st.Kind == flow.DateTime:
				m.Fields[st.Name] = []string{"2026-12-01T08:00"}
			case st.Kind == flow.Time:
				m.Fields[st.Name] = []string{"08:00"}
			default:
				m.Fields[st.Name] = []string{fmt.Sprint(sampleOf(st))}
			}
		}
	}
	m = a.openMatter(m, program.Report{ID: "opens-" + string(kind), Flow: opens, FlowVersion: 1, Answers: []byte(`{"catatan":"` + rinasNote + `"}`)})
	a.matters[kind] = m
	all := a.rights.Scope(a.role, program.SeeDeed(kind)) == program.Everybody
	a.guarded = append(a.guarded, guarded{m.Code(), all}, guarded{open, all}, guarded{"rahasia" + string(kind), all && kind == program.Candidacy}) // the board decides by what is told of her
	if kind == program.Aid {
		a.guarded = append(a.guarded, guarded{rinasAmount, all})
	}
}

// invited lets Kenanga be invited to the session.
func (a *attempt) invited() {
	plan := turn.Plan{}
	plan.Way.Attended = []program.Attendance{{Session: a.matters[program.Session].ID, Participant: "K-208", InvitedAt: a.time.Now().UTC(), Reply: program.WillCome, Came: program.Present}}
	for _, kind := range a.names.prompts {
		plan.Safety.Prompts = append(plan.Safety.Prompts, turn.Prompt{Ref: "rinas" + strings.ReplaceAll(kind, "_", ""), Person: "rina", Kind: kind, Subject: a.matters[program.Case].ID, At: a.time.Now()})
	}
	if err := a.store.Commit(a.t.Context(), plan); err != nil {
		a.t.Fatal(err)
	}
}

// look looks at the newest messages, or at all of them.
func (a *attempt) look(what string, all bool) {
	a.t.Helper()
	messages := a.sim.Messages(a.chat, 0)
	if n := len(messages); !all && n > 4 {
		messages = messages[n-4:]
	}
	for _, m := range messages {
		if !m.From.IsBot || m.Deleted {
			continue
		}
		for _, g := range a.guarded {
			if text := drawn(m); !g.may && strings.Contains(text, g.text) {
				a.t.Fatalf("%s sees %q after %s:\n%s", a.role, g.text, what, text)
			}
		}
	}
}

// says and forges try something, and look.
func (a *attempt) says(text string) {
	a.t.Helper()
	a.say(a.chat, text)
	a.look(text, false)
}

func (a *attempt) forges(action string) {
	a.t.Helper()
	a.forge(a.chat, action)
	a.look("the button "+action, false)
}

// TestEveryRoleSeesWhatItMay lets everybody but Rina try every flow, every list, every card, every button
// and every prompt, those that are on her card and those that are not, with whatever of Rina's can be
// named. What she may not see is nowhere, and what she may not change has not changed.
func TestEveryRoleSeesWhatItMay(t *testing.T) {
	for _, role := range program.Roles() {
		t.Run(string(role), func(t *testing.T) {
			t.Parallel()
			a := newAttempt(t, role)
			a.triesFlows()
			a.triesLists()
			a.triesButtons()
			a.triesPrompts()
			a.look("everything", true)
			a.changedNothing()
		})
	}
}

// sampled reports whether one of many is tried: all of them, but under the race detector, which looks
// for something else and takes ten times as long, every fourth.
func sampled(i int) bool { return !raceOn || i%4 == 0 }

// triesFlows starts every flow in every way, and names whom and what is Rina's wherever something is picked.
func (a *attempt) triesFlows() {
	a.t.Helper()
	for i, f := range a.known.current {
		if !sampled(i) {
			continue
		}
		for _, begin := range []string{"/" + f.Command, f.Keywords[0]} {
			a.says("/menu")
			a.says(begin)
		}
		for _, named := range []string{"k208", "kenanga", "K-208 Kenanga", a.matters[program.MatterKind(f.About)].Code()} {
			if a.says(named); strings.Contains(a.shown(a.chat), "Simpan]") {
				a.says("/" + f.Command)
			}
		}
		a.forges("p0")
		a.says("/menu")
		for _, move := range []string{"flow:", "about:", "on:", "open:"} {
			a.forges(move + f.ID)
		}
	}
}

// triesLists asks for the list of every kind, and does to what stands there whatever can be done to a card.
func (a *attempt) triesLists() {
	a.t.Helper()
	for kind, m := range a.matters {
		word := listWord(kind)
		if word == "" {
			word = "menu"
		}
		a.says("/menu")
		a.forges("matters:" + string(kind))
		a.says(word)
		sees := a.rights.Scope(a.role, program.SeeDeed(kind)) == program.Everybody && listWord(kind) != ""
		if on := strings.Contains(a.shown(a.chat), m.Code()); on != sees {
			a.t.Errorf("%s: %s is on the list: %v, want %v:\n%s", a.role, m.Code(), on, sees, a.shown(a.chat))
		}
		actions := []string{"matter:1", "see", "page:1", "page:-1"}
		for _, name := range a.names.matterMoves {
			actions = append(actions, "move:"+name)
		}
		for _, f := range a.known.current {
			if f.About == flow.Kind(kind) || f.Save.Opens == string(kind) {
				actions = append(actions, "on:"+f.ID, "open:"+f.ID)
			}
		}
		card := ""
		for _, action := range actions {
			if a.shown(a.chat) != card {
				a.says(word)
				a.forges("matter:0")
				card = a.shown(a.chat)
			}
			a.forges(action)
		}
		a.forges("p0")
	}
}

// triesButtons presses every button of the house, from the menu and on from where it leads.
func (a *attempt) triesButtons() {
	a.t.Helper()
	for i, name := range a.names.moves {
		if !sampled(i) {
			continue
		}
		if name == "really" || name == "lock" || name == "pin" || name == "h.pin" || name == "h.lock" {
			continue // she would be gone, or locked, and try nothing more
		}
		a.says("/menu")
		for _, value := range []string{":K-208", "", ":0"} {
			before := a.shown(a.chat)
			a.forges(name + value)
			if after := a.shown(a.chat); after != before && !a.rights.May(a.role, a.names.deeds[name]) {
				a.t.Errorf("%s has no right to %s, and it led from\n%sto\n%s", a.role, name, before, after)
			}
		}
	}
}

// triesPrompts answers what Rina was asked.
func (a *attempt) triesPrompts() {
	a.t.Helper()
	own := a.sim.Messages(a.chat, 0)
	for _, kind := range a.names.prompts {
		ref := "rinas" + strings.ReplaceAll(kind, "_", "")
		for _, answer := range a.names.answers {
			a.pressData(a.chat, own[len(own)-1].MessageID, "!"+ref+"."+answer)
			a.look("the answer "+answer, false)
		}
		if p, err := a.store.Prompt(a.t.Context(), "rina", ref); err != nil || !p.Answered.IsZero() {
			a.t.Errorf("%s answers %s for Rina: %v", a.role, kind, err)
		}
	}
}

// changedNothing looks at the records: whoever has no right over everybody has changed nothing of Rina's.
func (a *attempt) changedNothing() {
	a.t.Helper()
	ctx := a.t.Context()
	her, err := a.store.PersonByChat(ctx, a.chat)
	if err != nil {
		a.t.Fatal(err)
	}
	for _, r := range a.reports() {
		if r.Author == her.ID && slices.Contains(foreign, r.Participant) && a.rights.Scope(a.role, program.ReportDeed(r.Flow)) != program.Everybody {
			a.t.Errorf("%s has reported %s about %s", a.role, r.Flow, r.Participant)
		}
	}
	for kind, m := range a.matters {
		changes, err := a.store.Changes(ctx, m.ID)
		if err != nil {
			a.t.Fatal(err)
		}
		for _, c := range changes {
			if c.By == her.ID && a.rights.Scope(a.role, program.SeeDeed(kind)) != program.Everybody {
				a.t.Errorf("%s has moved %s to %s", a.role, m.Code(), c.Now)
			}
		}
	}
}

// TestRinaSeesWhatIsHers: what is looked for above is there to be seen.
func TestRinaSeesWhatIsHers(t *testing.T) {
	t.Parallel()
	a := newAttempt(t, program.Companion)
	code := a.matters[program.Case].Code()
	a.say(rinaChat, "kasus")
	for _, m := range slices.Backward(a.sim.Messages(rinaChat, 0)) {
		for _, b := range m.Buttons() {
			if strings.Contains(b.Text, code) {
				a.pressData(rinaChat, m.MessageID, b.CallbackData)
				a.shows(rinaChat, code, "Kenanga", "rahasiacase")
				return
			}
		}
	}
	t.Errorf("she has no button for %s:\n%s", code, a.shown(rinaChat))
}

// TestTheChairReadsNotesAndNoCase: with a reason, on record, she reads what was noted on a visit; what was
// written about a case is for whoever takes care of it.
func TestTheChairReadsNotesAndNoCase(t *testing.T) {
	t.Parallel()
	a := newAttempt(t, program.Chair)
	a.openMatter(
		program.Matter{Kind: program.Case, Participant: "K-208", Owner: "rina", Author: "rina", Fields: program.Fields{}},
		program.Report{ID: "case-2", Flow: "kasus", FlowVersion: 1, Answers: []byte(`{"ringkas":"rahasiacase di rumah"}`)},
	)
	a.say(chairChat, "/menu")
	a.forge(chairChat, "notes")
	a.say(chairChat, "k208")
	a.press(chairChat, "Ada keluhan")
	a.shows(chairChat, rinasNote)
	a.look("the notes", true)
}
