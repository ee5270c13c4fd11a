package conversation

import (
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// undoable reports whether the last report may still be taken back.
func (v *visit) undoable() bool {
	return !v.m.Last.Final && v.now.Sub(time.Unix(v.m.Last.At, 0)) < program.UndoWindow
}

// undo takes the last report back; both versions stay on record.
func (v *visit) undo() error {
	if !v.undoable() {
		v.toast = "say.undo_too_late"
		return v.show()
	}
	switch ok, err := v.Store.Undoable(v.ctx, v.m.Last.Report); {
	case err != nil:
		return fmt.Errorf("look whether the report can be taken back: %w", err)
	case !ok: // something else has built on it
		v.toast = "say.undo_moved_on"
		return v.show()
	}
	v.plan.Undo = append(v.plan.Undo, turn.Undo{Report: v.m.Last.Report, By: v.person.ID, At: v.now.UTC()})
	v.plan.Way.Attended = append(v.plan.Way.Attended, v.m.Last.attendance()...)
	if err := v.untell(); err != nil {
		return err
	}
	v.audit("report.undo", v.m.Last.Report)
	if then := v.undone[v.m.Last.Run.Flow]; then != nil {
		if err := then(v, v.m.Last.Matter); err != nil {
			return err
		}
	}
	v.m.Last.Undone = true
	if err := v.tellUndone(v.m.Last.Matter); err != nil {
		return err
	}
	if err := v.tellOfUndo(); err != nil {
		return err
	}
	return v.turnedTo(takenBack)
}

// forgetLast lets go of the answers of the last report when it can no longer be taken back:
// they are on record, under her own key, and nowhere else.
func (v *visit) forgetLast() {
	if v.m.Last.Report == "" || v.undoable() || !v.m.Last.full() {
		return
	}
	v.m.Last.Places = nil
	f, run := v.flowOf(v.m.Last.Run)
	v.m.Last.Run = flow.State{Flow: run.Flow, Version: run.Version, Run: run.Run}
	if f == nil {
		return
	}
	if about, ok := f.AboutWhom(run); ok {
		about.Label = "" // looked up when it is shown
		v.m.Last.Run.Answers = []flow.Answer{about}
	}
}

// full reports whether the receipt still has more than the code of whom it is about.
func (r Receipt) full() bool {
	named := func(a flow.Answer) bool { return a.Label != "" }
	return len(r.Run.Answers) > 1 || r.Run.Source != "" || len(r.Places) > 0 || slices.ContainsFunc(r.Run.Answers, named)
}

// mend opens the report that was taken back as a new run, with its answers filled in.
func (v *visit) mend() error {
	f, run := v.flowOf(v.m.Last.Run)
	if f == nil {
		return v.toMenu()
	}
	known := slices.Clone(run.Answers)
	for i, a := range known {
		if st, ok := f.Step(a.Name); ok && st.Kind == flow.Participant {
			var err error
			if known[i].Label, err = v.alias(a.Value()); err != nil {
				return err
			}
		}
	}
	return v.begin(f, flow.Input{Known: known, Source: run.Source})
}

// anew begins the same kind of report once more, about the same matter if it can still be brought on.
func (v *visit) anew() error {
	f, _ := v.flowOf(v.m.Last.Run)
	if f == nil {
		return v.toMenu()
	}
	if v.m.Last.Matter == "" || !f.About.Matter() {
		return v.begin(f, flow.Input{})
	}
	m, ok, err := v.seen(v.m.Last.Matter)
	if err != nil {
		return err
	}
	if !ok || m.Ended() || !v.suited(f, m) {
		return v.begin(f, flow.Input{})
	}
	return v.begin(f, flow.Input{Known: v.aboutMatter(f, m)})
}

// number is the short number on a receipt, by which a report can be spoken of.
func number(report string) string {
	const digits = 4
	if len(report) < digits {
		return report
	}
	return report[len(report)-digits:]
}

// receiptFace is the card after saving: what was saved, and what can be done about it.
func (v *visit) receiptFace(f *flow.Flow, run flow.State) (flow.Face, error) {
	about, _ := f.AboutWhom(run)
	whose := about.Value()
	if f.About == flow.Participant {
		var err error
		if whose, err = v.whose(about.Value()); err != nil {
			return flow.Face{}, err
		}
	}
	if v.m.Last.Opened != "" {
		whose = strings.TrimPrefix(whose+" · "+v.m.Last.Opened, " · ")
	}
	if whose == "" {
		whose = v.t.Text(f.TitleKey())
	}
	args := map[string]any{
		"Title": v.t.Text(f.TitleKey()), "About": whose,
		"Number": number(v.m.Last.Report), "Count": v.m.Last.Count, "Thanks": v.t.Text(f.SavedKey()), "Address": v.address(),
	}
	if v.m.Screen == takenBack {
		return flow.Face{Text: v.t.Format("card.taken_back", args), Buttons: [][]flow.FaceButton{
			{v.button("✏️", "card.mend", "mend")}, {v.button("☰", "card.menu", "menu")},
		}}, nil
	}
	key := "card.receipt"
	if v.m.Last.Count == 0 { // it is about an earlier week
		key = "card.receipt_other_week"
	}
	said, err := v.receiptMore(f, run)
	if err != nil {
		return flow.Face{}, err
	}
	face := flow.Face{Text: strings.Join(append([]string{v.t.Format(key, args)}, said...), "\n")}
	row := []flow.FaceButton{v.button("➕", "card.again", "again")}
	if v.undoable() {
		row = append([]flow.FaceButton{v.button("↩️", "card.undo", "undo")}, row...)
	}
	last := []flow.FaceButton{v.button("☰", "card.menu", "menu")}
	if _, mine, err := v.seen(v.m.Last.Matter); err != nil {
		return face, err
	} else if mine { // it may be somebody else's from now on
		last = append([]flow.FaceButton{v.button("👁", "card.see", "see")}, last...)
	}
	face.Buttons = [][]flow.FaceButton{row, last}
	next, err := v.nextCheckButton(f, run)
	if next != nil {
		face.Buttons = append([][]flow.FaceButton{{*next}}, face.Buttons...)
	}
	return face, err
}
