// Package conversation takes one update in and gives one committed turn out: it finds out
// who speaks, what she may do and what she means, and plans everything that is written and
// said in consequence. What it plans is stored as a whole before anybody hears of it.
package conversation

import (
	"context"
	"errors"
	"fmt"
	"hash/fnv"
	"log/slog"
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

// Seal protects what is remembered of a chat.
type Seal interface {
	Seal(plain, bind []byte) ([]byte, error)
	Open(sealed, bind []byte) ([]byte, error)
	Lookup(purpose, value string) string
	SealPIN(person, pin string) ([]byte, error)
	PINMatches(sealed []byte, person, pin string) (bool, error)
}

// Words gives the texts of a language.
type Words interface {
	flow.Texts
	Plain(key string, args map[string]any) string // like Format, for what is no HTML: buttons and toasts
}

// Options is what a Desk works with.
type Options struct {
	Store     Store
	Seal      Seal
	Flows     []*flow.Flow // the current ones
	Archive   []*flow.Flow // older versions that runs may still be pinned to
	Words     func(lang string) Words
	Zone      *time.Location
	Link      func(token string) string // an invitation as it is shown
	House     string                    // the institution's name, for staff alone
	Help      string                    // where women get help at any hour, shown with the safe steps
	Clock     func() time.Time
	Reminders *reminder.Book        // the rules by which people are told things; nil for all as they are
	Send      func(...turn.Message) // told of messages after they are stored
	Log       *slog.Logger
}

// Desk is where every update is worked off. It keeps nothing that is not stored; it is safe
// for concurrent use by different chats.
type Desk struct {
	Options
	codec    codec
	cache    *cache
	rights   program.Rights
	moves    moves
	views    views
	prompts  prompts
	herViews herViews
	dues     dues
	tellers  map[string]teller
	anybodys dues // those that are worked off whosever the chat is now

	togethers    map[string]together
	alones       map[string]func(v *visit, d duty) error
	nouns        nouns
	consequences consequences
	next         []nextStep
	undone       undone
	gates        map[string]gate
	stages       map[string][]program.Stage // at which a flow is offered on a participant's card
}

// New prepares a desk.
func New(o Options) (*Desk, error) {
	c, err := newCodec()
	if err != nil {
		return nil, err
	}
	if o.Send == nil {
		o.Send = func(...turn.Message) {}
	}
	if o.Reminders == nil {
		if o.Reminders, err = reminder.New(reminder.Defaults(o.Zone)); err != nil {
			return nil, err
		}
	}
	return &Desk{
		Options: o, codec: c, cache: newCache(), rights: Rights(o.Flows), moves: newMoves(), views: newViews(),
		herViews: newHerViews(), prompts: newPrompts(), dues: newDues(), tellers: newTellers(), togethers: newTogethers(), alones: newAlones(), anybodys: newAnybodys(),
		nouns: newNouns(), consequences: newConsequences(), next: newNextSteps(), stages: flowStages(),
		undone: newUndone(), gates: newGates(),
	}, nil
}

// visit is one update being worked off: who, what is remembered, and what is planned.
type visit struct {
	*Desk
	ctx    context.Context //nolint:containedctx // one update's own life
	u      turn.Update
	now    time.Time
	person program.Person
	t      Words
	key    turn.Key
	m      Memory
	plan   turn.Plan
	toast  string           // the key of the short answer to a press
	said   string           // the key of a sentence above the card
	secret bool             // the card before shows what must not stay in the chat
	fresh  bool             // the card goes below what was written
	note   discreet.PageKey // a sentence above a participant's page
	kept   bool             // what is worked on was written earlier, and is not in the chat any more
	before []Place          // what was noted of who attends, before a report that notes it anew
	lost   bool             // something was let go of that is about nobody of hers any more
}

// Handle works one update off: it returns nil once the turn is stored. After an error
// nothing has been said, and the same update can be handled again.
func (d *Desk) Handle(ctx context.Context, u turn.Update) error {
	for range 3 {
		err := d.handle(ctx, u)
		if !errors.Is(err, turn.ErrConflict) {
			return err
		}
		d.cache.drop(d.Store.ChatKey(u.Chat))
	}
	return fmt.Errorf("store turn: %w", turn.ErrConflict)
}

func (d *Desk) handle(ctx context.Context, u turn.Update) error {
	u.Text = bahasa.Visible(u.Text) // nothing unseen is understood, kept or shown
	if u.Kind == turn.Deadline {    // it may have waited for its turn, and the night may have come
		u.At = d.Clock()
	}
	v := &visit{Desk: d, ctx: ctx, u: u, now: u.At.In(d.Zone), plan: turn.Plan{Row: u.Row}}
	if u.Kind == turn.Text && !u.Sent.IsZero() { // "hari ini" is the day on which it was written
		v.now = u.Sent.In(d.Zone)
	}
	if u.Kind == turn.Group {
		v.plan.Messages = []turn.Message{{Form: turn.Leave, Chat: u.Chat}}
		return v.commit()
	}
	if u.Kind == turn.Deadline { // whosever the chat is now
		if what, about, ok := d.anybodys.of(u.Data); ok {
			return what.do(v, about)
		}
	}
	person, err := d.Store.PersonByChat(ctx, u.Chat)
	switch {
	case errors.Is(err, turn.ErrNotFound):
		return v.stranger()
	case err != nil:
		return fmt.Errorf("find who speaks: %w", err)
	case !person.Active:
		return v.stranger()
	}
	v.person, v.t = person, d.Words(person.Lang)
	if u.Kind == turn.Blocked || u.Kind == turn.Unblocked {
		v.plan.Reach = &turn.Reach{Chat: u.Chat, Reachable: u.Kind == turn.Unblocked, At: u.At}
		return v.commit()
	}
	if err := v.remember(); err != nil {
		return err
	}
	if id := v.id(); id != 0 && !v.repeats() && slices.Contains(v.m.Seen, id) {
		return v.again()
	}
	v.trace()
	v.secret = v.m.Screen.secret() || v.passing()
	if err := v.work(); err != nil {
		return err
	}
	if err := v.sweepReplaced(); err != nil {
		return err
	}
	v.noteTurn()
	if err := v.keep(); err != nil {
		return err
	}
	return v.commit()
}

// id tells updates apart: Telegram's id, or for a deadline its time, its kind and its number: two may be due at
// the same moment, and neither is the other one once more.
func (v *visit) id() int64 {
	if v.u.Kind == turn.Deadline {
		const kinds = 1 << 20
		kind := fnv.New32a()
		_, _ = fmt.Fprintf(kind, "%s %d", v.u.Data, v.u.Rev) // never fails
		return -v.u.Due.UnixMilli()*kinds - int64(kind.Sum32()%kinds)
	}
	return v.u.ID
}

// repeats reports whether the update is worked off as often as it comes.
func (v *visit) repeats() bool {
	if v.u.Kind != turn.Deadline {
		return false
	}
	what, _, _ := v.dues.of(v.u.Data)
	return what.repeats
}

// noteTurn remembers the turn, so that it can be answered again if it has to be. A deadline that
// led to nothing has no answer.
func (v *visit) noteTurn() {
	if v.u.Kind == turn.Deadline && len(v.plan.Messages) == 0 {
		return
	}
	if v.person.Role.Staff() && v.grows() && v.u.At.Unix() >= v.m.Swept {
		v.sweepNext()
	}
	v.m.saw(v.id())
	v.m.Said = v.said
	v.m.Forget = slices.ContainsFunc(v.plan.Messages, func(m turn.Message) bool { return m.Form == turn.Remove })
}

// again answers an update that was worked off before, but perhaps not answered: the card is
// shown as it stands, below what was written, with what was said above it; and what must not
// stay in the chat is taken away.
func (v *visit) again() error {
	v.said, v.fresh = v.m.Said, v.u.Kind != turn.Press && (v.u.Kind != turn.Deadline || v.awake())
	if v.m.Forget && v.u.Message != 0 && v.u.Kind != turn.Press {
		v.remove()
	}
	if v.u.Kind == turn.Deadline {
		v.settle()
		v.rearm(v.unfinished())
	}
	before := v.m.Rev
	if err := v.show(); err != nil {
		return err
	}
	if v.m.Rev != before || v.lost {
		if err := v.keep(); err != nil {
			return err
		}
	}
	return v.commit()
}

// remember loads what is remembered of the chat and the person. What was remembered of
// somebody else who had this chat before her is not hers: nothing of it is kept but the
// count of the cards, so that old buttons stay old.
func (v *visit) remember() error {
	if err := v.load(); err != nil {
		return err
	}
	if v.m.Owner != "" && v.m.Owner != v.person.ID {
		v.m = Memory{Rev: v.m.Rev, stored: v.m.stored}
	}
	v.m.Owner = v.person.ID
	if err := v.letGo(); err != nil {
		return err
	}
	v.forgetLast()
	return nil
}

// load reads what is remembered of the chat.
func (v *visit) load() error {
	v.key = v.Store.ChatKey(v.u.Chat)
	if m, ok := v.cache.get(v.key); ok {
		v.m = m
		return nil
	}
	saved, err := v.Store.Load(v.ctx, v.key)
	if err != nil {
		return fmt.Errorf("load conversation: %w", err)
	}
	v.m.stored = saved
	if saved.Rev == 0 {
		v.m.Rev = v.firstRev()
		return nil
	}
	plain, err := v.Seal.Open(saved.Data, []byte(v.key))
	if err == nil {
		err = v.codec.dec.Unmarshal(plain, &v.m)
	}
	if err != nil {
		// What cannot be read is of no use to anybody: the person starts afresh instead of
		// being stuck for ever. Reports are not concerned.
		v.Log.Error("conversation unreadable, started afresh", "key", v.key, "error", err)
		v.m = Memory{Rev: v.firstRev(), stored: saved}
	}
	return nil
}

// firstRev is where the count of cards begins when nothing is known of an earlier count: with the
// seconds, which are ahead of it in any case, so that no button of an earlier card is taken for
// one of a present card.
func (v *visit) firstRev() uint32 {
	return uint32(v.u.At.Unix()) //nolint:gosec // fits until the year 2106
}

// keep plans the saving of what is remembered.
func (v *visit) keep() error {
	plain, err := v.codec.enc.Marshal(&v.m)
	if err != nil {
		return fmt.Errorf("write conversation: %w", err)
	}
	sealed, err := v.Seal.Seal(plain, []byte(v.key))
	if err != nil {
		return fmt.Errorf("seal conversation: %w", err)
	}
	v.plan.State = &turn.State{Key: v.key, Was: v.m.stored.Rev, Data: sealed}
	return nil
}

// commit stores the turn and only then lets anybody hear of it.
func (v *visit) commit() error {
	if v.u.Kind == turn.Press {
		v.plan.Messages = append(v.plan.Messages, v.answerPress())
	}
	for i := range v.plan.Messages {
		m := &v.plan.Messages[i]
		if v.person.Role == program.Beneficiary && m.Chat == 0 && !m.Discreet() {
			return fmt.Errorf("%w: a message to a participant that is not of package discreet", turn.ErrBroken)
		}
		m.ID = v.messageID(i)
		m.Bulk = m.Bulk || v.u.Kind == turn.Deadline && v.u.Data == dueRemind // whoever writes is answered first
		if m.Chat == 0 {
			m.Chat = v.u.Chat
		}
	}
	v.asked()
	if err := v.Store.Commit(v.ctx, v.plan); err != nil {
		v.cache.drop(v.key)
		return fmt.Errorf("store turn: %w", err)
	}
	if v.plan.State != nil {
		v.m.stored = turn.Saved{Rev: v.plan.State.Was + 1}
		v.cache.put(v.key, v.m)
	}
	v.Send(v.plan.Messages...)
	return nil
}

// answerPress tells Telegram that the press was heard, with a short sentence or none.
func (v *visit) answerPress() turn.Message {
	m := turn.Message{Form: turn.Toast, Callback: v.u.Callback}
	if v.toast != "" && v.t != nil {
		m.Text = v.t.Plain(v.toast, v.names())
	}
	return m
}

// messageID derives a message's id from what caused it, so that planning the same turn
// again plans the same messages.
func (v *visit) messageID(i int) string {
	n := strconv.Itoa(i)
	if v.u.Row != 0 {
		return "u" + strconv.FormatInt(v.u.Row, 36) + "." + n
	}
	return "d" + strconv.FormatInt(-v.id(), 36) + "." + strconv.FormatInt(v.u.Rev, 36) + "." + string(v.Store.ChatKey(v.u.Chat)) + "." + n
}
