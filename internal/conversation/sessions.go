package conversation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A session of the programme: planned, announced, moved, closed. What participants are told of it is
// in hersessions.go; whom it is for, in invite.go; who came, in attend.go.

// promptSession is the prompt that tells a companion that participants of hers are invited.
const promptSession = "session"

// sessionNoun is how sessions are shown.
func sessionNoun() noun {
	return noun{
		kind: program.Session, icon: "📅", title: "matter.sessions", word: "kegiatan",
		label: sessionLabel, lines: sessionLines, hides: hidesOfSession, suits: suitsSession,
		moves: []matterMove{
			{"invite", "👭", "sessions.invite", program.Invite, func(v *visit, m program.Matter) bool { return v.ahead(m) }, toGuests(inviting)},
			{"announce", "📣", "sessions.announce", program.ReportDeed("kegiatan"), mayAnnounce, announce},
			{"replies", "🗣", "sessions.replies", program.Invite, func(v *visit, m program.Matter) bool { return v.ahead(m) && m.Status != "rencana" }, toGuests(replying)},
		},
	}
}

// sessionConsequences are what follows from reports about sessions.
func sessionConsequences() consequences {
	return consequences{
		"kegiatan": (*visit).plannedSession, "kegiatan_pindah": (*visit).postponed, "kegiatan_batal": (*visit).calledOff,
		"kegiatan_tutup": (*visit).closedSession, "hadir": (*visit).noteAttendance,
	}
}

// kindOf is what kind of session it is.
func kindOf(m program.Matter) program.SessionKind { return program.SessionKind(m.Fields.Get("jenis")) }

// begins is when a session begins; false while it is put off.
func (v *visit) begins(m program.Matter) (time.Time, bool) {
	return program.SessionBegins(m, v.Zone)
}

// ahead reports whether a session is still to come, or put off.
func (v *visit) ahead(m program.Matter) bool {
	at, ok := v.begins(m)
	return !m.Ended() && (!ok || at.After(v.u.At))
}

// begun reports whether a session has begun.
func (v *visit) begun(m program.Matter) bool {
	at, ok := v.begins(m)
	return ok && !at.After(v.u.At)
}

// sessionLabel is the day of a session and its title, or what kind it is.
func sessionLabel(v *visit, m program.Matter) string {
	title := m.Fields.Get("judul")
	if title == "" {
		title = v.choiceLabel("kegiatan", "jenis", m)
	}
	if m.Day == "" {
		return title
	}
	day := v.day(m.Day)
	if _, short, ok := strings.Cut(day, ", "); ok {
		day = short
	}
	return day + " " + title
}

// suitsSession offers what belongs to a session that has begun only then, and to move it or to call it off
// only while nobody came.
func suitsSession(v *visit, f *flow.Flow, m program.Matter) bool {
	switch f.ID {
	case "hadir":
		return v.begun(m) && m.Status != "batal"
	case "kegiatan_tutup":
		return v.begun(m)
	case "kegiatan_pindah", "kegiatan_batal":
		held, err := v.held(m)
		return err == nil && !held
	}
	return true
}

// hidesOfSession keeps who speaks from those who only accompany (program.md 2.1, Kegiatan).
func hidesOfSession(v *visit, _ program.Matter, field string) bool {
	return field == "narasumber" && !v.may(program.SeeWeek)
}

// plannedSession is what follows from planning a session: what was left open follows from its kind.
func (v *visit) plannedSession(s *saving) error {
	if err := v.timeTrouble(s); err != nil {
		return err
	}
	kind, fields := kindOf(*s.matter), s.matter.Fields
	for field, otherwise := range map[string]string{"sebutan": kind.Called(), "bidang": kind.Field()} {
		if fields.Get(field) == "" {
			fields[field] = []string{otherwise}
		}
	}
	return nil
}

// timeTrouble refuses a time at which no session can be.
func (v *visit) timeTrouble(s *saving) error {
	at, _ := v.begins(*s.matter)
	keys := map[program.TimeTrouble]string{
		program.TooLate: "sessions.past", program.OddHour: "sessions.hours", program.TooFarAway: "sessions.far",
	}
	if key, bad := keys[program.SessionTrouble(at, v.u.At.In(v.Zone))]; bad {
		return refused{key}
	}
	return nil
}

// postponed is what follows from moving a session: it has another time, or none for now. Who is
// invited is told.
func (v *visit) postponed(s *saving) error {
	m := s.matter
	if err := v.notHeld(s); err != nil {
		return err
	}
	delete(m.Fields, "kapan") // it says something of this report, and nothing of the session
	if s.answer("kapan") == "belum_tahu" {
		if s.was.Status == "diundur" {
			return refused{"sessions.same_time"}
		}
		m.Status, m.Day = "diundur", ""
		delete(m.Fields, "mulai")
		return v.tellOf(*m, "sessions.told_off")
	}
	if err := v.timeTrouble(s); err != nil {
		return err
	}
	if s.was.Fields.Get("mulai") == m.Fields.Get("mulai") {
		return refused{"sessions.same_time"}
	}
	m.Fields[program.SessionMoved] = []string{v.u.At.UTC().Format(time.RFC3339)}
	if s.was.Status == "diundur" {
		m.Status = "diumumkan"
	}
	if m.Status == "rencana" { // nobody has been told of it
		return nil
	}
	return v.tellOf(*m, "sessions.told_moved")
}

// notHeld refuses to move a session, or to call it off, that is over or to which somebody came.
func (v *visit) notHeld(s *saving) error {
	held, err := v.held(s.was)
	if err == nil && held {
		err = refused{"say.matter_moved_on"}
	}
	return err
}

// held reports whether a session is over, or somebody came to it.
func (v *visit) held(m program.Matter) (bool, error) {
	places, err := v.places(m.ID, "")
	return m.Ended() || slices.ContainsFunc(places, program.Attendance.WasThere), err
}

// calledOff is what follows from calling a session off.
func (v *visit) calledOff(s *saving) error {
	if err := v.notHeld(s); err != nil {
		return err
	}
	if s.was.Status == "rencana" {
		return nil
	}
	return v.tellOf(*s.matter, "sessions.told_off")
}

// mayAnnounce reports whether a session can be announced.
func mayAnnounce(v *visit, m program.Matter) bool {
	return m.Status == "rencana" && v.ahead(m) && m.Fields.Get("mulai") != ""
}

// announce tells who is invited of a session.
func announce(v *visit, m program.Matter) error {
	if err := v.bring(m, "diumumkan", nil); err != nil {
		return err
	}
	m.Status = "diumumkan"
	return v.tellOf(m, "sessions.told")
}

// tellOf lets each companion know that some of hers are invited. They themselves are told when it is
// safe for them: the rules see to that.
func (v *visit) tellOf(m program.Matter, key string) error {
	places, err := v.places(m.ID, "")
	if err != nil {
		return err
	}
	count := map[string]int{}
	var order []program.Person
	for _, a := range places {
		if !a.Invited() {
			continue
		}
		p, ok, err := v.companion(a.Participant)
		if errors.Is(err, turn.ErrNotFound) {
			continue
		}
		if err != nil {
			return err
		}
		if ok && p.ID != v.person.ID {
			if count[p.ID]++; count[p.ID] == 1 {
				order = append(order, p)
			}
		}
	}
	for _, p := range order {
		t := v.Words(p.Lang)
		text := t.Format(key, map[string]any{"Code": m.Code(), "Label": v.labelFor(p, m), "Count": count[p.ID]})
		v.prompt(p, promptSession, m.ID, text, flow.FaceButton{Label: "👁 " + t.Text("sessions.look"), Action: "open"})
	}
	return nil
}

// untell lets them know that what they were told of a session does not hold: the report that had moved
// it, or called it off, is taken back.
func (v *visit) untell() error {
	if f := v.m.Last.Run.Flow; f != "kegiatan_pindah" && f != "kegiatan_batal" {
		return nil
	}
	m, ok, err := v.seen(v.m.Last.Matter)
	if err != nil || !ok || m.Status == "rencana" {
		return err
	}
	return v.tellOf(m, "sessions.told_back")
}

// labelFor is what a session is called to somebody else.
func (v *visit) labelFor(p program.Person, m program.Matter) string {
	hers := *v
	hers.person, hers.t = p, v.Words(p.Lang)
	return sessionLabel(&hers, m)
}

// openSession shows the session that a prompt tells of.
func (v *visit) openSession(p turn.Prompt) error {
	v.fresh = true
	v.setAside()
	return v.matterOf(p.Subject)
}

// toSession goes back to the card of the session.
func (v *visit) toSession() error { return v.matterOf(v.m.Page.About) }

// closedSession is what follows from closing a session: who came is noted, and one that repeats is planned again.
func (v *visit) closedSession(s *saving) error {
	m := *s.matter
	if !v.begun(m) {
		return refused{"sessions.not_begun"}
	}
	all, err := v.everybody()
	if err != nil {
		return err
	}
	places, err := v.places(m.ID, "")
	if err != nil {
		return err
	}
	for _, a := range places {
		if a.Invited() && a.Came == program.NotNoted && among(all, a.Participant) {
			return refused{"sessions.unnoted"}
		}
	}
	return v.planAgain(s)
}

// planAgain plans the next session of one that repeats, with nobody invited yet. It goes when the
// report that closed this one is taken back.
func (v *visit) planAgain(s *saving) error {
	was, _ := v.begins(*s.matter)
	at, again := program.Repetition(s.matter.Fields.Get("pengulangan")).Next(was, v.u.At.In(v.Zone))
	if !again {
		return nil
	}
	next, err := v.newMatter(program.Session, s.report.ID+".next")
	if err != nil {
		return err
	}
	next.Fields = maps.Clone(s.was.Fields)
	delete(next.Fields, program.SessionMoved)
	next.Fields["mulai"] = []string{at.Format(program.AnswerTime)}
	next.Day, next.Owner = program.DateOf(at), s.matter.Owner
	if old, err := v.Store.Matter(v.ctx, next.ID); err == nil {
		next.Last = old.Last // it is on record already
	} else if !errors.Is(err, turn.ErrNotFound) {
		return fmt.Errorf("look for the next session: %w", err)
	}
	v.move(next, next.ID, "")
	return nil
}

// sessionLines tell who is invited, what they answered, who came, and what they thought of it.
func sessionLines(v *visit, m program.Matter) ([]string, error) {
	places, err := v.places(m.ID, "")
	if err != nil {
		return nil, err
	}
	invited, replies, came := 0, map[program.Reply]int{}, map[program.Presence]int{}
	for _, a := range places {
		if a.Invited() {
			invited++
			replies[program.ReplyTo(m, a)]++
		}
		came[a.Came]++
	}
	var lines []string
	if quota := m.Fields.Get("kuota"); quota != "" {
		lines = append(lines, v.t.Format("sessions.guests_quota", map[string]any{"Invited": invited, "Quota": quota}))
	} else if invited > 0 {
		lines = append(lines, v.t.Format("sessions.guests", map[string]any{"Invited": invited}))
	}
	there := came[program.Present] + came[program.Late]
	switch {
	case there+came[program.Excused]+came[program.Absent] > 0:
		lines = append(lines, v.t.Format("sessions.came", map[string]any{"Came": there, "Excused": came[program.Excused], "Absent": came[program.Absent]}))
	case invited > 0 && m.Status != "rencana" && !m.Ended():
		lines = append(lines, v.t.Format("sessions.answers", map[string]any{
			"Come": replies[program.WillCome], "Maybe": replies[program.MayCome], "Cannot": replies[program.CannotCome], "Open": replies[program.NotReplied],
		}))
	}
	for _, more := range []func(program.Matter, []program.Attendance) (string, error){v.inPersonLine, v.ratingLine} {
		line, err := more(m, places)
		if err != nil {
			return nil, err
		}
		if line != "" {
			lines = append(lines, line)
		}
	}
	return lines, nil
}

// ratingLine is what participants thought of a session, from five answers on.
func (v *visit) ratingLine(m program.Matter, _ []program.Attendance) (string, error) {
	given, err := v.Store.Ratings(v.ctx, m.ID)
	if err != nil {
		return "", fmt.Errorf("look what a session was like: %w", err)
	}
	tenths, n, ok := program.MeanRating(given)
	if !ok {
		return "", nil
	}
	mean := strconv.Itoa(tenths/10) + "," + strconv.Itoa(tenths%10)
	if v.t.Lang() == "en" {
		mean = strings.Replace(mean, ",", ".", 1)
	}
	return v.t.Format("sessions.rating", map[string]any{"Mean": mean, "Count": n}), nil
}
