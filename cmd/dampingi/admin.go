package main

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"html"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vitals"
)

// The administrator is told in her chat of troubles with the machine: which, since when, and what to do.
// Nothing is told of anybody. What was told is on record, so that a bot that is started again and again
// tells nothing twice.

// adminMessage begins the ids of messages to the administrator.
const adminMessage = "admin."

// adminKey is under which it is remembered what she was told. It is no chat's key.
const adminKey = turn.Key("administrator")

// lookEvery is how often the machine is looked at.
const lookEvery = 30 * time.Second

// jumpLeast is by how much the clock has to jump to be told of.
const jumpLeast = 2 * time.Minute

// adminRemembers is what is stored.
type adminRemembers struct {
	vitals.Memory
	Greeted turn.Key  `json:"greeted,omitempty"` // whoever was told that she will be told
	Saved   time.Time `json:"saved,omitzero"`
}

// saveAgain is after which time it is stored anew, changed or not: what is remembered of no chat is
// forgotten after two days (program.Retention).
const saveAgain = 12 * time.Hour

// administrator is one look after the other.
type administrator struct {
	*app
	memory adminRemembers
	rev    uint64
	known  bool // memory is what is stored, or newer
	failed bool // it was logged that she cannot be told
	steady
}

// knowAdministrator looks whether ADMIN_CHAT names somebody who may be told.
func (a *app) knowAdministrator(ctx context.Context) error {
	_, _, err := a.administrator(ctx)
	if err != nil && !errors.Is(err, errNotJoined) {
		return err
	}
	return nil
}

// errNotJoined says that whoever is to be told has no chat so far.
var errNotJoined = errors.New("whoever ADMIN_CHAT names has not joined: she has to open her invitation (dampingi people invite)")

// administrator is the chat of whoever is to be told and her language; 0 for nobody.
func (a *app) administrator(ctx context.Context) (chat int64, lang string, err error) {
	who := strings.TrimSpace(a.set.AdminChat)
	if who == "" {
		return 0, "", nil
	}
	var p program.Person
	if chat, err = strconv.ParseInt(who, 10, 64); err == nil {
		p, err = a.store.PersonByChat(ctx, chat)
		if errors.Is(err, turn.ErrNotFound) {
			return chat, a.set.CommandLang, nil
		}
	} else {
		p, err = a.store.Person(ctx, who)
		if errors.Is(err, turn.ErrNotFound) {
			return 0, "", errors.New("ADMIN_CHAT names nobody: use the id of one of the staff, as `dampingi people list` shows it, or a Telegram id, which is a number")
		}
		chat = p.Chat
	}
	switch {
	case err != nil:
		return 0, "", fmt.Errorf("look who ADMIN_CHAT is: %w", err)
	case !p.Role.Staff():
		return 0, "", errors.New("ADMIN_CHAT is a participant: troubles with the machine are told to staff or to whoever looks after the machine")
	case !p.Active || chat == 0:
		return 0, "", errNotJoined
	}
	return chat, p.Lang, nil
}

// attend looks at the machine and tells the administrator until ctx is done.
func (a *app) attend(ctx context.Context) {
	told := &administrator{app: a}
	for {
		if err := told.look(ctx); err != nil && ctx.Err() == nil && !told.failed {
			a.log.Error("the administrator cannot be told of troubles", "error", err)
			told.failed = true
		}
		if sleep(ctx, lookEvery) != nil {
			return
		}
	}
}

// look looks at the machine once and tells what there is to be told.
func (w *administrator) look(ctx context.Context) error {
	if w.jumpedSince(w.clock(), time.Now()) {
		w.jumped.Store(w.clock().UnixMilli())
	}
	chat, lang, err := w.administrator(ctx)
	if err == nil {
		err = w.recall(ctx)
	}
	if err != nil {
		return err
	}
	f := w.figures(ctx)
	news, now := vitals.Look(f, w.memory.Memory)
	next := adminRemembers{Memory: now, Greeted: w.store.ChatKey(chat), Saved: w.memory.Saved}
	hello := next.Greeted != w.memory.Greeted
	if !hello && len(news) == 0 && now.Same(w.memory.Memory) && f.At.Sub(w.memory.Saved) < saveAgain {
		return nil
	}
	next.Saved = f.At
	var messages []turn.Message
	if hello || len(news) > 0 {
		m := turn.Message{ID: adminMessage + strconv.FormatInt(f.At.UnixMilli(), 36), Chat: chat, Form: turn.Notice}
		m.Text = tellNews(w.book.For(lang), f.At, news, hello)
		messages = append(messages, m)
	}
	return w.tell(ctx, next, messages)
}

// recall reads what was told before this process began.
func (w *administrator) recall(ctx context.Context) error {
	if w.known {
		return nil
	}
	saved, err := w.store.Load(ctx, adminKey)
	if err != nil {
		return fmt.Errorf("read what the administrator was told: %w", err)
	}
	w.memory, w.rev, w.known = adminRemembers{}, saved.Rev, true
	if saved.Rev == 0 {
		return nil
	}
	plain, err := w.vault.Open(saved.Data, []byte(adminKey))
	if err == nil {
		err = json.Unmarshal(plain, &w.memory)
	}
	if err != nil { // better to say something twice than nothing ever again
		w.log.Warn("what the administrator was told cannot be read, and is forgotten", "error", err)
		w.memory = adminRemembers{}
	}
	return nil
}

// tell stores what is remembered with what is told, and has it sent. When the database cannot be
// written, that is what has to be told: the message goes out all the same.
func (w *administrator) tell(ctx context.Context, next adminRemembers, messages []turn.Message) error {
	plain, err := json.Marshal(next)
	if err != nil {
		return fmt.Errorf("write what the administrator was told: %w", err)
	}
	sealed, err := w.vault.Seal(plain, []byte(adminKey))
	if err != nil {
		return fmt.Errorf("seal what the administrator was told: %w", err)
	}
	err = w.store.Commit(ctx, turn.Plan{State: &turn.State{Key: adminKey, Was: w.rev, Data: sealed}, Messages: messages})
	if errors.Is(err, turn.ErrConflict) { // somebody else has told, or it was forgotten
		w.known = false
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	w.memory = next
	w.outbox.Accept(messages...)
	if err != nil {
		return fmt.Errorf("note what the administrator was told: %w", err)
	}
	w.rev++
	w.failed = false
	return nil
}

// tellNews puts news into words.
func tellNews(words *texts.Words, now time.Time, news []vitals.News, hello bool) string {
	var begun, over []string
	for _, n := range news {
		args := map[string]any{"Since": clockTime(words, n.Since, now), "For": lasted(words, n.For)}
		key := "admin." + string(n.Name)
		if n.Over {
			over = append(over, "• "+words.Format(key+"_over", args))
		} else {
			begun = append(begun, "• <b>"+words.Format(key, args)+"</b>\n"+words.Format(key+"_do", args))
		}
	}
	var parts []string
	if hello {
		parts = append(parts, words.Text("admin.hello"))
	}
	if len(begun) > 0 {
		parts = append(parts, words.Text("admin.look"), strings.Join(begun, "\n\n"))
	}
	if len(over) > 0 {
		parts = append(parts, words.Text("admin.over"), strings.Join(over, "\n"))
	}
	return strings.Join(parts, "\n\n")
}

// clockTime is a time as it is said, with its day when it was another one.
func clockTime(words *texts.Words, at, now time.Time) texts.HTML {
	at = at.In(now.Location())
	said := at.Format(words.Text("admin.clock_format"))
	if y, m, d := now.Date(); at.Before(time.Date(y, m, d, 0, 0, 0, 0, now.Location())) {
		said = at.Format("02/01 ") + said
	}
	return texts.HTML(html.EscapeString(said))
}

// lasted is how long something lasted, as it is said.
func lasted(words *texts.Words, d time.Duration) string {
	switch {
	case d < time.Hour:
		return words.Count("admin.minutes", max(1, int(d.Round(time.Minute).Minutes())), nil)
	case d < 48*time.Hour:
		return words.Count("admin.hours", int(d.Round(time.Hour).Hours()), nil)
	}
	return words.Count("admin.days", int(d.Hours()/24), nil)
}

// steady sees a clock that jumps by one that cannot.
type steady struct{ wall, sure time.Time }

// jumpedSince tells whether the clock went another way since the last time than the machine did.
func (s *steady) jumpedSince(wall, sure time.Time) bool {
	wall = wall.Round(0) // without the part that cannot jump
	was := *s
	s.wall, s.sure = wall, sure
	if was.wall.IsZero() {
		return false
	}
	return (wall.Sub(was.wall) - sure.Sub(was.sure)).Abs() >= jumpLeast
}
