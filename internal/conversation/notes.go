package conversation

import (
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What companions have noted about a participant is theirs and hers. The chair can read it with a
// reason, which is on record before she does, for a few minutes (program.md 2.4, safety.md 3.5).

const (
	notesMost = 5                // the latest reports with a note
	notesOpen = 10 * time.Minute // for which they stay on the card
)

// hideSoon sets the time at which what must not stay on a card of the staff is covered.
func (v *visit) hideSoon() {
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: v.u.Chat, Kind: dueHide, At: v.u.At.Add(notesOpen)})
}

// toNotes asks about whom.
func (v *visit) toNotes() error {
	v.setAside()
	v.m.Page = Page{}
	return v.turnedTo(notesOf)
}

func (v *visit) notesOfFace() (flow.Face, bool, error) {
	return flow.Face{Text: v.t.Text("card.notes_of"), Buttons: [][]flow.FaceButton{{v.button("☰", "card.menu", "menu")}}}, true, nil
}

// typedNotesOf takes a code; it tells whether the text was dealt with.
func (v *visit) typedNotesOf(text string) (bool, error) {
	if _, leads := bahasa.ReadCommand(text); leads || len(strings.Fields(text)) > 2 {
		return false, nil
	}
	code, err := v.codeOf(text)
	if err != nil {
		return true, err
	}
	if code == "" {
		v.said = "say.no_such_code"
		return true, v.show()
	}
	v.m.Page = Page{About: code}
	return true, v.turnedTo(notesWhy)
}

// codeOf finds the participant of a typed code ("m417", "M 417"); empty when there is none.
func (v *visit) codeOf(text string) (string, error) {
	letters := strings.ToUpper(strings.Map(func(r rune) rune {
		if r == ' ' || r == '-' || r == '.' {
			return -1
		}
		return r
	}, text))
	if len(letters) < 2 {
		return "", nil
	}
	p, err := v.Store.Person(v.ctx, letters[:1]+"-"+letters[1:])
	if errors.Is(err, turn.ErrNotFound) || err == nil && p.Role != program.Beneficiary {
		return "", nil
	}
	if err != nil {
		return "", fmt.Errorf("find a participant: %w", err)
	}
	return p.ID, nil
}

// reasonKey names a reason.
func reasonKey(r program.Reason) string {
	keys := map[program.Reason]string{
		program.ReasonSafety: "reason.keselamatan", program.ReasonComplaint: "reason.keluhan", program.ReasonHandOver: "reason.serah_terima",
		program.ReasonHerRequest: "reason.permintaan_peserta", program.ReasonReport: "reason.laporan",
	}
	return keys[r]
}

func (v *visit) notesWhyFace() (flow.Face, bool, error) {
	face := flow.Face{Text: v.t.Format("card.notes_why", map[string]any{"Code": v.m.Page.About})}
	for _, r := range program.Reasons() {
		face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("•", reasonKey(r), "why:"+string(r))})
	}
	face.Buttons = append(face.Buttons, []flow.FaceButton{v.button("⬅️", "card.back", "notes"), v.button("☰", "card.menu", "menu")})
	return face, true, nil
}

// openNotes opens them, with the reason on record.
func (v *visit) openNotes(reason string) error {
	r := program.Reason(reason)
	if r == "" || !r.Known() || v.m.Page.About == "" {
		return v.refuse()
	}
	v.plan.Audit = append(v.plan.Audit, program.Audit{
		At: v.now.UTC(), Actor: v.person.ID, Action: program.OpenNote, Subject: v.m.Page.About, Reason: r,
	})
	v.hideSoon()
	return v.turnedTo(notes)
}

// notesFace shows the latest notes, each with its day and who wrote it.
func (v *visit) notesFace() (flow.Face, bool, error) {
	all, err := v.Store.NotesAbout(v.ctx, v.m.Page.About, notesMost)
	if err != nil {
		return flow.Face{}, false, fmt.Errorf("read notes: %w", err)
	}
	lines := []string{v.t.Format("card.notes_shown", map[string]any{"Code": v.m.Page.About})}
	for _, r := range all {
		who := ""
		if p, err := v.Store.Person(v.ctx, r.Author); err == nil {
			who = p.Name
		}
		for _, note := range v.notesIn(r) {
			lines = append(lines, v.t.Format("card.note_line", map[string]any{"Day": v.day(r.OccurredOn), "Who": who, "Note": note}))
		}
	}
	if len(lines) == 1 {
		lines = append(lines, v.t.Text("card.notes_none"))
	}
	return flow.Face{Text: strings.Join(lines, "\n\n"), Buttons: [][]flow.FaceButton{
		{v.button("🙈", "card.close", "hide"), v.button("☰", "card.menu", "menu")},
	}}, true, nil
}

// notesIn is what was written freely in a report, in the order of its flow.
func (v *visit) notesIn(r program.Report) []string {
	var answers map[string]any
	if json.Unmarshal(r.Answers, &answers) != nil {
		return nil
	}
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == r.Flow })
	if i < 0 {
		return nil
	}
	var all []string
	for _, s := range v.Flows[i].Steps {
		if text, ok := answers[s.Name].(string); ok && s.Kind == flow.Text && text != "" {
			all = append(all, text)
		}
	}
	return all
}
