package conversation

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What a participant is told of sessions without having asked. Nothing of it waits in a queue: when
// the time has come that is safe for her, what she has heard is compared with what is so, and the
// difference is one card. So what was taken back meanwhile is never told, and what was moved twice is
// told once.

// dueSchedule is the deadline at which it is looked whether there is something to tell her.
const dueSchedule = "sessions"

const (
	newsAfter = program.UndoWindow // what can still be taken back is not told yet
	newsAgain = 10 * time.Minute   // when she is in the middle of something
	newsRetry = 24 * time.Hour     // when she may not be told
	heardMost = 32                 // of so many sessions it is remembered what she has heard
)

// Heard is what a participant has heard of a session.
type Heard struct {
	Session string `cbor:"1,keyasint"`
	At      int64  `cbor:"2,keyasint,omitempty"` // when it was said to begin, in Unix seconds; 0: not, or not any more
	Asked   bool   `cbor:"3,keyasint,omitempty"` // she was asked what it was like
	Rated   bool   `cbor:"4,keyasint,omitempty"` // and said it; what, is not remembered
}

// newsKind is what there is to tell.
type newsKind uint8

const (
	newsInvited newsKind = iota + 1
	newsMoved
	newsOff
	newsRate
)

// News is one thing to tell a participant.
type News struct {
	Session string   `cbor:"1,keyasint"`
	Kind    newsKind `cbor:"2,keyasint"`
	At      int64    `cbor:"3,keyasint,omitempty"` // when it begins, or was to, in Unix seconds
	Was     int64    `cbor:"4,keyasint,omitempty"` // when it was to begin before
}

// tellable is a participant who may be told something that she has not asked for, as far as it can be
// known now, and when it is next safe for her.
func (v *visit) tellable(code string) (at time.Time, ok bool, err error) {
	her, err := v.Store.Person(v.ctx, code)
	if errors.Is(err, turn.ErrNotFound) || err == nil && (her.Chat == 0 || !her.Active) {
		return at, false, nil
	}
	if err != nil {
		return at, false, fmt.Errorf("look whether she can be told: %w", err)
	}
	consents, err := v.Store.Consents(v.ctx, code)
	if err != nil {
		return at, false, fmt.Errorf("look whether she may be told: %w", err)
	}
	reachable, err := v.Store.Reachable(v.ctx, her.Chat)
	if err != nil && !errors.Is(err, turn.ErrNotFound) {
		return at, false, fmt.Errorf("look whether she can be reached: %w", err)
	}
	now := v.u.At.In(v.Zone)
	if !reachable || !consents.AllowChat(program.DateOf(now)) {
		return at, false, nil
	}
	at, ok = her.Safe.Next(now.Add(newsAfter))
	return at, ok, nil
}

// arm plans to look what there is to tell a participant, when it is next safe for her. Whether it may
// be told is looked at then; until it may, her companion sees that it has to be said in person.
func (v *visit) arm(code string) error {
	her, err := v.Store.Person(v.ctx, code)
	if errors.Is(err, turn.ErrNotFound) || err == nil && her.Chat == 0 {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find whom to tell: %w", err)
	}
	v.armAt(her, v.u.At.Add(newsAfter))
	return nil
}

// armAt plans to look from a time on: when it is next safe, or a day later when it is not safe at all.
func (v *visit) armAt(her program.Person, from time.Time) {
	from = from.In(v.Zone)
	at, ok := her.Safe.Next(from)
	if !ok {
		at = from.Add(newsRetry)
	}
	v.plan.Deadlines = append(v.plan.Deadlines, turn.Due{Chat: her.Chat, Kind: dueSchedule, At: at})
}

// scheduleDue tells her what has changed, if it is safe now; everything is looked up again. What may
// not be told yet is looked at again, as long as there is something to tell.
func (v *visit) scheduleDue() error {
	v.settle()
	if v.person.Role != program.Beneficiary {
		return nil
	}
	news, err := v.newsForHer()
	if err != nil || len(news) == 0 {
		return err
	}
	_, ok, err := v.tellable(v.person.ID)
	switch busy := v.m.Screen != blank && v.m.Screen != menu && v.m.Screen != herNews; {
	case err != nil:
		return err
	case !ok:
		v.armAt(v.person, v.u.At.Add(newsRetry))
		return nil
	case !v.person.Safe.MayBegin(v.u.At.In(v.Zone)): // the clock was late, or her hours are others since
		v.armAt(v.person, v.u.At)
		return nil
	case busy:
		v.armAt(v.person, v.u.At.Add(newsAgain))
		return nil
	}
	for _, n := range news {
		v.hear(n)
	}
	v.m.News, v.m.Screen, v.fresh = news, herNews, true
	v.m.Rev++
	card, err := v.herNewsView()
	if err != nil {
		return err
	}
	m := turn.ToHer(card.line, card.page, v.keyboard(card.buttons))
	m.Fresh = true
	v.plan.Messages = append(v.plan.Messages, m)
	v.audit("session.tell", v.person.ID)
	return nil
}

// heardOf is what she has heard of a session.
func (v *visit) heardOf(session string) Heard {
	i := slices.IndexFunc(v.m.Heard, func(h Heard) bool { return h.Session == session })
	if i < 0 {
		return Heard{Session: session}
	}
	return v.m.Heard[i]
}

// hears notes what she has heard of a session.
func (v *visit) hears(h Heard) {
	all := slices.DeleteFunc(slices.Clone(v.m.Heard), func(old Heard) bool { return old.Session == h.Session })
	all = append(all, h)
	v.m.Heard = all[max(0, len(all)-heardMost):]
}

// hear notes that she was told something.
func (v *visit) hear(n News) {
	h := v.heardOf(n.Session)
	switch n.Kind {
	case newsInvited, newsMoved:
		h.At = n.At
	case newsOff:
		h.At = 0
	case newsRate:
		h.Asked = true
	}
	v.hears(h)
}

// newsForHer is the difference between what she has heard and what is so.
func (v *visit) newsForHer() ([]News, error) {
	hers, err := v.herSessions()
	if err != nil {
		return nil, err
	}
	var all []News
	for _, s := range hers {
		if n, some := v.newsOf(s.m, s.a); some {
			all = append(all, n)
		}
	}
	slices.SortFunc(all, func(a, b News) int { return cmp.Compare(a.At, b.At) })
	return all, nil
}

// herSession is a session in which she has a place, and that place.
type herSession struct {
	m program.Matter
	a program.Attendance
}

// herSessions are those in which she has a place, as far as they can be read.
func (v *visit) herSessions() ([]herSession, error) {
	places, err := v.places("", v.person.ID)
	if err != nil {
		return nil, err
	}
	var all []herSession
	for _, a := range places {
		m, ok, err := v.sessionOf(a)
		if err != nil {
			return nil, err
		}
		if ok {
			all = append(all, herSession{m, a})
		}
	}
	return all, nil
}

// sessionOf is the session of her place; false when there is nothing to be read of it any more.
func (v *visit) sessionOf(a program.Attendance) (program.Matter, bool, error) {
	m, err := v.Store.Matter(v.ctx, a.Session)
	if errors.Is(err, turn.ErrNotFound) {
		return m, false, nil
	}
	if err != nil {
		return m, false, fmt.Errorf("find a session: %w", err)
	}
	return m, m.Kind == program.Session && m.Fields != nil, nil
}

// newsOf is what there is to tell her of a session.
func (v *visit) newsOf(m program.Matter, a program.Attendance) (News, bool) {
	h, at := v.heardOf(m.ID), int64(0)
	begins, set := v.begins(m)
	if set {
		at = begins.Unix()
	}
	live := a.Invited() && m.Status == "diumumkan" && set && begins.After(v.u.At)
	switch {
	case live && h.At == 0:
		return News{Session: m.ID, Kind: newsInvited, At: at}, true
	case live && h.At != at:
		return News{Session: m.ID, Kind: newsMoved, At: at, Was: h.At}, true
	case !live && h.At > v.u.At.Unix() && m.Status != "selesai" && replyTo(m, a) != program.CannotCome:
		return News{Session: m.ID, Kind: newsOff, At: h.At}, true
	case v.toRate(m, a) && !h.Asked:
		return News{Session: m.ID, Kind: newsRate, At: at}, true
	}
	return News{}, false
}

// toRate reports whether she may say what a session was like: it is closed, not for long, she was
// there, and has not said it.
func (v *visit) toRate(m program.Matter, a program.Attendance) bool {
	begins, set := v.begins(m)
	return m.Status == "selesai" && a.WasThere() && set && v.u.At.Before(begins.AddDate(0, 0, program.RatingDays)) && !v.heardOf(m.ID).Rated
}

// herNewsView is the harmless line that there is something, and a way to see it.
func (v *visit) herNewsView() (hers, error) {
	if len(v.m.News) == 0 {
		return v.herHome()
	}
	line := v.line(discreet.News)
	if len(v.m.News) == 1 {
		n := v.m.News[0]
		fill, err := v.fillOf(n)
		if err != nil {
			return hers{}, err
		}
		templates := map[newsKind]discreet.Template{
			newsInvited: discreet.Tomorrow, newsMoved: discreet.Moved, newsOff: discreet.Cancelled, newsRate: discreet.News,
		}
		line = discreet.Compose(v.t, templates[n.Kind], fill, v.person.Safe)
	}
	return hers{line: line, buttons: [][]flow.FaceButton{
		{v.button("👁", "herschedule.look", "h.schedule"), v.button("🕐", "herschedule.later", "h.hide")},
	}}, nil
}

// fillOf is what may be said of a session on a lock screen.
func (v *visit) fillOf(n News) (discreet.Fill, error) {
	fill := discreet.Fill{Now: v.u.At.In(v.Zone), At: time.Unix(n.At, 0).In(v.Zone)}
	if n.Was != 0 {
		fill.Was = time.Unix(n.Was, 0).In(v.Zone)
	}
	m, ok, err := v.sessionOf(program.Attendance{Session: n.Session})
	if ok {
		fill.Noun, fill.Place = neutralNoun(m), neutralPlace(m)
	}
	return fill, err
}

// neutralNoun is what a session is called to participants.
func neutralNoun(m program.Matter) discreet.Noun {
	nouns := map[string]discreet.Noun{
		"kelas": discreet.NounClass, "kelas_masak": discreet.NounCooking, "belajar_usaha": discreet.NounBusiness, "kumpul": discreet.NounGathering,
	}
	return nouns[m.Fields.Get("sebutan")]
}

// neutralPlace is where participants are told that a session is.
func neutralPlace(m program.Matter) discreet.Place {
	places := map[string]discreet.Place{"biasa": discreet.PlaceUsual, "rumah_ibu": discreet.PlaceIbu, "aula": discreet.PlaceHall}
	return places[m.Fields.Get("tempat")]
}
