package conversation

import (
	"cmp"
	"slices"
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// Her own schedule: one session a page, and her answer to it. What it is about is never said here,
// only the neutral title, the time and the place.

// entry is one page of her schedule.
type entry struct {
	m    program.Matter
	a    program.Attendance
	kind newsKind // reminder.NewsInvited for what is to come
	at   time.Time
}

// entries are the pages: what is called off first, then what comes within a day, what is asked, and what
// is to come later.
func (v *visit) entries() ([]entry, error) {
	hers, err := v.herSessions()
	if err != nil {
		return nil, err
	}
	var all []entry
	for _, s := range hers {
		m, a := s.m, s.a
		begins, set := v.begins(m)
		e := entry{m: m, a: a, at: begins}
		switch off := slices.IndexFunc(v.m.News, func(n News) bool { return n.Session == m.ID && n.Kind == reminder.NewsOff }); {
		case a.Invited() && m.Status == "diumumkan" && set && begins.After(v.u.At):
			e.kind = reminder.NewsInvited
		case off >= 0:
			e.kind, e.at = reminder.NewsOff, time.Unix(v.m.News[off].At, 0).In(v.Zone)
		case v.toRate(m, a):
			e.kind = reminder.NewsRate
		default:
			continue
		}
		all = append(all, e)
	}
	slices.SortFunc(all, func(a, b entry) int {
		return cmp.Or(cmp.Compare(v.turnOf(a), v.turnOf(b)), a.at.Compare(b.at), cmp.Compare(a.m.ID, b.m.ID))
	})
	return all, nil
}

// soonWithin is how near something is that is not to be missed behind a question about the last time.
const soonWithin = 24 * time.Hour

// turnOf is the place of a page among the kinds of pages.
func (v *visit) turnOf(e entry) int {
	switch {
	case e.kind == reminder.NewsOff:
		return 0
	case e.kind == reminder.NewsInvited && e.at.Sub(v.u.At) <= soonWithin:
		return 1
	case e.kind == reminder.NewsRate:
		return 2
	}
	return 3
}

// scheduleButton leads to her schedule, when there is something in it.
func (v *visit) scheduleButton() ([]flow.FaceButton, error) {
	all, err := v.entries()
	if err != nil || len(all) == 0 {
		return nil, err
	}
	return []flow.FaceButton{v.button("📅", "herschedule.schedule", "h.schedule")}, nil
}

// openSchedule shows her schedule from its beginning. What she sees there she has heard.
func (v *visit) openSchedule() error {
	all, err := v.entries()
	if err != nil {
		return err
	}
	refs := make([]string, 0, len(all))
	for _, e := range all {
		refs = append(refs, e.m.ID)
		v.hear(News{Session: e.m.ID, Kind: e.kind, At: e.at.Unix()})
	}
	v.m.Page = Page{Refs: refs}
	return v.herTo(herSchedule)
}

// entryShown is the present page; false when there is nothing (any more) that it could show.
func (v *visit) entryShown() (entry, bool, error) {
	if v.m.Page.At < 0 || v.m.Page.At >= len(v.m.Page.Refs) {
		return entry{}, false, nil
	}
	all, err := v.entries()
	i := slices.IndexFunc(all, func(e entry) bool { return e.m.ID == v.m.Page.Refs[v.m.Page.At] })
	if err != nil || i < 0 {
		return entry{}, false, err
	}
	return all[i], true, nil
}

func (v *visit) herScheduleView() (hers, error) {
	e, ok, err := v.entryShown()
	if err != nil {
		return hers{}, err
	}
	var next [][]flow.FaceButton
	if len(v.m.Page.Refs) > 1 {
		next = [][]flow.FaceButton{{v.button("▶️", "herschedule.next", "h.next")}}
	}
	if !ok {
		return v.pageOf(discreet.PageNothing, nil, next...), nil
	}
	args := map[string]any{
		"Day": v.day(program.DateOf(e.at)), "Hour": bahasa.Lang(v.t.Lang()).Clock(bahasa.ClockAt(e.at.Hour(), e.at.Minute())),
		"Noun": neutralNoun(e.m).For(v.person.Safe.Theme), "Place": neutralPlace(e.m),
	}
	switch e.kind {
	case reminder.NewsOff:
		return v.pageOf(discreet.PageCalledOff, args, next...), nil
	case reminder.NewsRate:
		scores := make([]flow.FaceButton, 0, 5)
		for n := 1; n <= 5; n++ {
			scores = append(scores, flow.FaceButton{Label: strconv.Itoa(n), Action: "h.rate:" + strconv.Itoa(n)})
		}
		return v.pageOf(discreet.PageRate, args, append([][]flow.FaceButton{scores}, next...)...), nil
	case reminder.NewsInvited, reminder.NewsMoved, reminder.NewsAhead:
	}
	page := discreet.Open(v.t, discreet.PageSchedule, args)
	if key := replyKey(program.ReplyTo(e.m, e.a)); key != "" {
		page = discreet.Stack(page, discreet.Open(v.t, discreet.PageReply, map[string]any{"Reply": v.t.Text(key)}))
	}
	return v.paged(page, append(v.replyButtons(false), next...)...), nil
}

// replyKey names an answer to herself.
func replyKey(r program.Reply) string {
	keys := map[program.Reply]string{
		program.WillCome: "herschedule.come", program.MayCome: "herschedule.maybe", program.CannotCome: "herschedule.cannot",
	}
	return keys[r]
}

// nextOfHers turns to the next page, and from the last to the first.
func (v *visit) nextOfHers() error {
	if n := len(v.m.Page.Refs); n > 0 {
		v.m.Page.At = (v.m.Page.At + 1) % n
	}
	return v.herTo(herSchedule)
}

// replyHers takes her answer. Nobody asks her for a reason.
func (v *visit) replyHers(said string) error {
	e, ok, err := v.entryShown()
	if err != nil {
		return err
	}
	reply := program.Reply(said)
	if replyKey(reply) == "" {
		return v.refuse()
	}
	if asked, err := v.asksReply(); err != nil || !asked {
		return v.staleUnless(err)
	}
	if !ok || e.kind != reminder.NewsInvited { // it was called off meanwhile, or has begun
		v.toast = "say.stale"
		return v.herTo(herSchedule)
	}
	v.plan.Way.Attended = append(v.plan.Way.Attended, program.Attendance{Session: e.m.ID, Participant: v.person.ID, Reply: reply, RepliedAt: v.u.At})
	v.audit("session.reply", e.m.ID)
	v.note = discreet.PageReplied
	if reply == program.CannotCome {
		v.note = discreet.PageCannot
	}
	if v.m.Screen == herNews { // the line said it all
		page := v.note
		v.note, v.m.News = 0, nil
		return v.noted(page)
	}
	return v.herTo(herSchedule)
}

// typedReply takes an answer, or a score, that she wrote.
func (v *visit) typedReply(text string) (bool, error) {
	e, ok, err := v.entryShown()
	if err != nil || !ok {
		return false, err
	}
	if asked, err := v.asksReply(); err != nil || !asked {
		return false, err
	}
	if e.kind == reminder.NewsRate {
		if got := bahasa.Scale(text, 1, 5); got.Sure == bahasa.Certain {
			return true, v.rate(strconv.FormatInt(got.Values[0], 10))
		}
		return false, nil
	}
	got := bahasa.ReadAttendance(text)
	if e.kind != reminder.NewsInvited || got.Sure != bahasa.Certain {
		return false, nil
	}
	switch got.Values[0] {
	case bahasa.Hadir, bahasa.Terlambat:
		return true, v.replyHers(string(program.WillCome))
	case bahasa.Mungkin:
		return true, v.replyHers(string(program.MayCome))
	case bahasa.Izin, bahasa.Tidak:
		return true, v.replyHers(string(program.CannotCome))
	}
	return false, nil
}

// rate counts what she thought of a session. What is stored is the count; that she has said it is
// a keyed hash, so that it is counted once, whatever is remembered of her chat.
func (v *visit) rate(said string) error {
	e, ok, err := v.entryShown()
	if err != nil {
		return err
	}
	score, err := strconv.Atoi(said)
	if err != nil || score < 1 || score > 5 {
		return v.refuse()
	}
	if !ok || e.kind != reminder.NewsRate {
		v.toast = "say.stale"
		return v.herTo(herSchedule)
	}
	v.plan.Way.Rated = append(v.plan.Way.Rated, turn.Rating{
		ID: v.Seal.Lookup("rating", e.m.ID+" "+v.person.ID), Session: e.m.ID, Score: score,
	})
	v.rates(e.m.ID)
	v.hear(News{Session: e.m.ID, Kind: reminder.NewsRate, At: e.at.Unix()})
	return v.noted(discreet.PageRated)
}
