package conversation

import (
	"cmp"
	"errors"
	"fmt"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// What a participant is told of sessions without having asked: what she has heard is compared with what
// is so, and the difference is one card (reminder.Place).

const (
	newsAfter = program.UndoWindow // what can still be taken back is not told yet
	heardMost = 32                 // of so many sessions it is remembered that she has said what they were like
)

// Heard is what is remembered of a participant and a session.
type Heard struct {
	Session string `cbor:"1,keyasint"`
	Rated   bool   `cbor:"4,keyasint,omitempty"` // she has said what it was like; what, is not remembered
}

// newsKind is what there is to tell.
type newsKind = reminder.NewsKind

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

// newsDue is what there is to tell of her sessions now, and what is to be recalled to her.
func (v *visit) newsDue(h *reminder.Her) []News {
	recalls, on := v.Reminders.Rule("R1")
	var all []News
	for i := range h.Places {
		p := &h.Places[i]
		n, some := p.News(v.u.At)
		switch {
		case some && n.Kind == reminder.NewsRate && v.rated(p.Session):
			continue
		case !some && on && p.Reminds(recalls.Numbers, v.Zone, v.u.At):
			n = reminder.News{Place: *p, Kind: reminder.NewsAhead, At: p.Begins}
		case !some:
			continue
		}
		told := News{Session: p.Session, Kind: n.Kind, At: n.At.Unix()}
		if !n.Was.IsZero() {
			told.Was = n.Was.Unix()
		}
		all = append(all, told)
	}
	slices.SortFunc(all, func(a, b News) int { return cmp.Or(cmp.Compare(a.At, b.At), cmp.Compare(a.Session, b.Session)) })
	return all
}

// tellNews tells her of her sessions, once, in one card.
func (v *visit) tellNews(news []News) error {
	for _, n := range news {
		v.hear(n)
	}
	v.m.News, v.m.Screen, v.m.Page, v.fresh = news, herNews, Page{}, true
	if len(news) == 1 {
		v.m.Page.Refs = []string{news[0].Session}
	}
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

// rated reports whether it is remembered that she has said what a session was like.
func (v *visit) rated(session string) bool {
	return slices.ContainsFunc(v.m.Heard, func(h Heard) bool { return h.Session == session && h.Rated })
}

// rates notes that she has said what a session was like.
func (v *visit) rates(session string) {
	all := slices.DeleteFunc(slices.Clone(v.m.Heard), func(old Heard) bool { return old.Session == session })
	all = append(all, Heard{session, true})
	v.m.Heard = all[max(0, len(all)-heardMost):]
}

// hear notes that she was told something.
func (v *visit) hear(n News) {
	h := turn.Heard{Session: n.Session, Participant: v.person.ID, At: v.u.At}
	if n.Kind != reminder.NewsOff {
		h.Begins = time.Unix(n.At, 0)
	}
	v.plan.Reminding.Heard = append(v.plan.Reminding.Heard, h)
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

// toRate reports whether she may say what a session was like: it is closed, not for long, she was
// there, and has not said it.
func (v *visit) toRate(m program.Matter, a program.Attendance) bool {
	begins, set := v.begins(m)
	return m.Status == "selesai" && a.WasThere() && set && v.u.At.Before(begins.AddDate(0, 0, program.RatingDays)) && !v.rated(m.ID)
}

// herNewsView is the line that may be read by anybody, and a way to see more, or to answer at once where
// the line says it all.
func (v *visit) herNewsView() (hers, error) {
	look := [][]flow.FaceButton{{v.button("👁", "herschedule.look", "h.schedule"), v.button("🕐", "herschedule.later", "h.hide")}}
	switch len(v.m.News) {
	case 0:
		return v.herHome()
	case 1:
	default:
		return hers{line: v.line(discreet.News), buttons: look}, nil
	}
	n := v.m.News[0]
	fill, reply, err := v.fillOf(n)
	if err != nil {
		return hers{}, err
	}
	template := newsTemplate(n.Kind, reply, fill)
	card := hers{line: discreet.Compose(v.t, template, fill, v.person.Safe), buttons: look}
	if discreet.LeavesMore(template, fill, v.person.Safe) {
		return card, nil
	}
	switch n.Kind {
	case reminder.NewsInvited, reminder.NewsMoved, reminder.NewsAhead:
		card.buttons = v.replyButtons(reply == program.WillCome && n.Kind == reminder.NewsAhead)
	case reminder.NewsOff, reminder.NewsRate:
	}
	return card, nil
}

// asksReply reports whether her card asks for an answer: where only a neutral line may be seen, she has
// seen nothing to answer to.
func (v *visit) asksReply() (bool, error) {
	if v.m.Screen != herNews {
		return true, nil
	}
	card, err := v.herNewsView()
	return len(card.buttons) > 0 && slices.ContainsFunc(slices.Concat(card.buttons...), func(b flow.FaceButton) bool {
		return strings.HasPrefix(b.Action, "h.reply:")
	}), err
}

// newsTemplate is how something is told. Who has said that she comes is not asked again on the day.
func newsTemplate(k newsKind, reply program.Reply, fill discreet.Fill) discreet.Template {
	switch k {
	case reminder.NewsMoved:
		return discreet.Moved
	case reminder.NewsOff:
		return discreet.Cancelled
	case reminder.NewsRate:
		return discreet.News
	case reminder.NewsAhead:
		if reply == program.WillCome && program.DateOf(fill.At) == program.DateOf(fill.Now) {
			return discreet.Today
		}
	case reminder.NewsInvited:
	}
	return discreet.Tomorrow
}

// replyButtons are the answers to an invitation; who has said that she comes sees what remains.
func (v *visit) replyButtons(comes bool) [][]flow.FaceButton {
	answer := func(icon string, r program.Reply) flow.FaceButton {
		return v.button(icon, replyKey(r), "h.reply:"+string(r))
	}
	last := []flow.FaceButton{answer("🙏", program.CannotCome), v.button("📞", "herschedule.call", "h.call")}
	if comes {
		return [][]flow.FaceButton{last}
	}
	return [][]flow.FaceButton{{answer("✅", program.WillCome), answer("💭", program.MayCome)}, last}
}

// fillOf is what may be said of a session on a lock screen, and what she has answered.
func (v *visit) fillOf(n News) (discreet.Fill, program.Reply, error) {
	fill := discreet.Fill{Now: v.u.At.In(v.Zone), At: time.Unix(n.At, 0).In(v.Zone)}
	if n.Was != 0 {
		fill.Was = time.Unix(n.Was, 0).In(v.Zone)
	}
	m, ok, err := v.sessionOf(program.Attendance{Session: n.Session})
	if err != nil || !ok {
		return fill, "", err
	}
	fill.Noun, fill.Place = neutralNoun(m), neutralPlace(m)
	places, err := v.places(m.ID, v.person.ID)
	return fill, program.ReplyTo(m, placeOf(places, v.person.ID)), err
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
