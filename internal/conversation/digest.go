package conversation

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// The digest (program.md 2.8) is a card: what waits for her decision with a button for each, and then the
// week in figures. What is shown of it is made in package digest.

// openWeek opens the week that she was told of, as often as she likes.
func (v *visit) openWeek(p turn.Prompt) error { return v.showWeek(digest.Week(p.Subject)) }

// lastWeek opens the week before from the menu.
func (v *visit) lastWeek() error { return v.showWeek(v.weekBefore(v.u.At)) }

// anotherWeek opens one of those before, by its Monday.
func (v *visit) anotherWeek(monday string) error {
	w := digest.Week(monday)
	if program.Date(monday).Time(v.Zone).IsZero() || digest.WeekOf(w.Monday()) != w || !w.Over(v.now) {
		return v.refuse()
	}
	return v.showWeek(w)
}

// showWeek shows a week below what stands in the chat, as a message that cannot be passed on.
func (v *visit) showWeek(w digest.Week) error {
	v.setAside()
	v.fresh = true
	v.m.Page = Page{About: string(w)}
	v.hideSoon()
	return v.turnedTo(weekly)
}

// The other side of the card, besides the blocks.
const pageOpenings = "openings"

// toBlock shows one part of the digest, or all of it.
func (v *visit) toBlock(name string) error {
	v.m.Page.Do = name
	v.hideSoon()
	return v.turnedTo(weekly)
}

// theWeek is the week on the card; false when there is none.
func (v *visit) theWeek() (digest.Figures, bool, error) {
	w := digest.Week(v.m.Page.About)
	if w.Monday().Time(v.Zone).IsZero() || !w.Over(v.now) || !v.may(program.SeeDigest) {
		return digest.Figures{}, false, nil
	}
	f, err := v.Store.Digest(v.ctx, w)
	if err != nil {
		return f, false, fmt.Errorf("look at the week: %w", err)
	}
	return f, true, nil
}

// digestFace is the card. That it was shown to her is noted.
func (v *visit) digestFace() (flow.Face, bool, error) {
	f, ok, err := v.theWeek()
	if err != nil || !ok {
		return flow.Face{}, false, err
	}
	v.plan.Weeks = append(v.plan.Weeks, turn.WeekSeen{Week: f.Week.Monday(), Person: v.person.ID, At: v.u.At})
	speaker := v.speaker()
	last := []flow.FaceButton{v.button("🙈", "card.close", "hide"), v.button("☰", "card.menu", "menu")}
	if v.m.Page.Do != "" {
		text, err := v.partOf(f, speaker)
		return flow.Face{Text: text, Buttons: [][]flow.FaceButton{{v.button("⬅️", "card.back", "block:")}, last}}, true, err
	}
	text, whole := f.Text(speaker)
	decide, err := v.decisionButtons(f)
	if err != nil {
		return flow.Face{}, false, err
	}
	face := flow.Face{Text: text, Buttons: decide}
	if f.Quiet {
		if face, err = v.offerToAsk(face, f.Week); err != nil {
			return face, false, err
		}
	}
	if !whole {
		face.Buttons = append(face.Buttons, v.blockButtons(f.Blocks(speaker))...)
	}
	weeks, err := v.weekButtons(f.Week)
	if err != nil {
		return face, false, err
	}
	if !f.Quiet {
		face.Buttons = append(face.Buttons, v.takeOutButtons())
	}
	other := []flow.FaceButton{v.button("👀", "digest.openings", "block:"+pageOpenings)}
	if v.may(program.InfoSheet) {
		other = append(other, v.button("📄", "guests.title", "info"))
	}
	face.Buttons = append(append(face.Buttons, weeks...), other, last)
	return face, true, nil
}

// partOf is one block, or who opened whose data.
func (v *visit) partOf(f digest.Figures, s digest.Speaker) (string, error) {
	if v.m.Page.Do == pageOpenings {
		lines, err := v.openings(f.Week.Monday())
		return strings.Join(lines, "\n"), err
	}
	for _, b := range f.Blocks(s) {
		if b.Name == v.m.Page.Do {
			return f.Title(s) + "\n\n" + b.Text(), nil
		}
	}
	return f.Title(s), nil
}

// inRow is how many short buttons stand beside one another.
const inRow = 3

// rows puts buttons into rows.
func rows(all []flow.FaceButton) [][]flow.FaceButton {
	return slices.Collect(slices.Chunk(all, inRow))
}

// decisionButtons lead to where what waits is decided; what has been decided since is marked.
func (v *visit) decisionButtons(f digest.Figures) ([][]flow.FaceButton, error) {
	var all []flow.FaceButton
	for i, d := range f.Decide {
		n := strconv.Itoa(i)
		icon := map[program.MatterKind]string{program.Candidacy: "🗳", program.Proposal: "☝️", program.Case: "🧩", program.Aid: "💼"}[d.Kind]
		if d.ID == "" {
			all = append(all, v.button(icon, "digest.selection", "decide:"+n))
			continue
		}
		m, there, err := v.seen(d.ID)
		if err != nil {
			return nil, err
		}
		if !there || m.Ended() || d.Kind == program.Aid && m.Status != d.Status { // it is on its way again
			icon = "✅"
		}
		all = append(all, flow.FaceButton{Label: icon + " " + d.Code, Action: "decide:" + n})
	}
	return rows(all), nil
}

// toDecision opens what waits, as it is by now. Her right to see it is looked up there.
func (v *visit) toDecision(place string) error {
	f, ok, err := v.theWeek()
	if err != nil {
		return err
	}
	i, bad := strconv.Atoi(place)
	if !ok || bad != nil || i < 0 || i >= len(f.Decide) {
		return v.refuse()
	}
	d := f.Decide[i]
	if d.ID == "" {
		return v.toMatters(string(d.Kind))
	}
	if _, there, err := v.seen(d.ID); err != nil || !there { // it is gone, with whoever it was about
		return v.staleUnless(err)
	}
	v.setAside()
	return v.matterOf(d.ID)
}

// blockButtons lead to the parts of a digest that is too long for one message.
func (v *visit) blockButtons(blocks []digest.Block) [][]flow.FaceButton {
	keys := map[string]string{
		digest.BlockProcess: "digest.process_button", digest.BlockForms: "digest.forms_button", digest.BlockAlong: "digest.along_button",
		digest.BlockTrade: "digest.trade_button", digest.BlockCases: "digest.cases_button", digest.BlockAhead: "digest.ahead_button",
		digest.BlockGood: "digest.good_button", digest.BlockMissing: "digest.missing_button",
	}
	var all []flow.FaceButton
	for _, b := range blocks {
		if key := keys[b.Name]; key != "" {
			all = append(all, flow.FaceButton{Label: v.t.Text(key), Action: "block:" + b.Name})
		}
	}
	return rows(all)
}

// weeksBack is how many weeks before are offered that she has not opened.
const weeksBack = 4

// weekButtons lead to the week before, and to those before it that she has not opened: after an outage
// nothing is told twice, and nothing is lost.
func (v *visit) weekButtons(w digest.Week) ([][]flow.FaceButton, error) {
	opened, err := v.Store.OpenedWeeks(v.ctx, v.person.ID, w.Add(-weeksBack))
	if err != nil {
		return nil, fmt.Errorf("look which weeks she has opened: %w", err)
	}
	var all []flow.FaceButton
	add := func(icon string, w digest.Week) {
		all = append(all, flow.FaceButton{Label: icon + " " + digest.Span(v.t, w, false), Action: "weekof:" + string(w)})
	}
	add("◀️", w.Add(-1))
	for ago := 2; ago <= weeksBack && len(opened) > 0; ago++ {
		if _, seen := opened[w.Add(-ago)]; !seen && v.began(opened, w.Add(-ago)) {
			add("📊", w.Add(-ago))
		}
	}
	if next := w.Add(1); next.Over(v.now) {
		add("▶️", next)
	}
	return rows(all), nil
}

// began reports whether she has opened a week before another: earlier ones are not hers to catch up on.
func (v *visit) began(opened map[digest.Week]time.Time, w digest.Week) bool {
	for o := range opened {
		if o < w {
			return true
		}
	}
	return false
}

// DigestWords is what a speaker needs to know besides the figures.
type DigestWords interface {
	Person(ctx context.Context, id string) (program.Person, error)
	Report(ctx context.Context, id string) (program.Report, error)
}

// NewSpeaker puts the figures of a week into words: what the flows call their answers, and what the
// records call people. Good news that was taken back, or is about somebody who was erased, is not told
// any more.
func NewSpeaker(ctx context.Context, records DigestWords, flows []*flow.Flow, t digest.Words, zone *time.Location, address string) digest.Speaker {
	return digest.Speaker{
		Words: t, Zone: zone, Address: address,
		Choice: func(id, field, code string) string {
			for _, f := range flows {
				if f.ID == id {
					return t.Text(f.ChoiceKey(field, code))
				}
			}
			return code
		},
		Status: func(m program.Matter) string { return t.Text(statusKey(m)) },
		Group:  func(g program.GuestGroup) string { return t.Text(groupKey(g)) },
		Staff: func(id string) string {
			if p, err := records.Person(ctx, id); err == nil && p.Role.Staff() {
				return p.Name
			}
			return id
		},
		Quote: func(id string) string { return quoted(ctx, records, id) },
	}
}

// speaker puts the figures of a week into words for the person.
func (v *visit) speaker() digest.Speaker {
	s := NewSpeaker(v.ctx, v.Store, v.Flows, v.t, v.Zone, v.address())
	s.House = v.House
	return s
}

// quoted is the good news of a report, looked at anew; empty when it is not to be told.
func quoted(ctx context.Context, records DigestWords, id string) string {
	r, err := records.Report(ctx, id)
	if err != nil || !r.UndoneAt.IsZero() {
		return ""
	}
	p, err := records.Person(ctx, r.Participant)
	if err != nil {
		return ""
	}
	var said struct {
		News string `json:"kabar_baik"`
	}
	if json.Unmarshal(r.Answers, &said) != nil || !digest.Quotable(said.News, p.Name) {
		return ""
	}
	return said.News
}
