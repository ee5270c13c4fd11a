package conversation

import (
	"context"
	"errors"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
	"github.com/dampingi/dampingi/locales"
)

// gallery is a desk at which the chair can ask for pictures, with real records and no Telegram.
type gallery struct {
	*Desk
	t     *testing.T
	store *records.Store
	at    time.Time
	last  int64 // the last update
	shown int   // the last message in the chat
	err   error // of the last picture
}

const galleryChat = 101

func newGallery(t *testing.T) *gallery {
	t.Helper()
	g := &gallery{t: t, at: time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC), shown: 100}
	v, err := vault.New()
	if err != nil {
		t.Fatal(err)
	}
	if g.store, err = records.Open(t.Context(), filepath.Join(t.TempDir(), "db"), v, records.Options{Now: func() time.Time { return g.at }}); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = g.store.Close() })
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	g.Desk, err = New(Options{
		Store: g.store, Seal: v, Flows: all, Words: func(lang string) Words { return book.For(lang) }, Zone: time.UTC, Clock: func() time.Time { return g.at },
	})
	if err != nil {
		t.Fatal(err)
	}
	g.dues["picture"] = due{do: func(v *visit, _ string) error {
		v.settle()
		if g.err = v.sendPicture("kontak.png", "Kontak", []byte("png")); g.err == nil {
			g.err = v.sendFile("rangkuman.pdf", []byte("pdf"))
		}
		return nil
	}}
	for _, p := range []program.Person{{ID: "ketua", Role: program.Chair, Name: "Ratna", Chat: galleryChat, Lang: "id", Active: true}} {
		if err := g.store.AddPerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	return g
}

// comes lets an update come in.
func (g *gallery) comes(u turn.Update) {
	g.t.Helper()
	g.last++
	u.ID, u.Chat, u.At = g.last, galleryChat, g.at
	if u.Kind == turn.Deadline {
		u.ID, u.Due = 0, g.at
	}
	if err := g.Handle(context.Background(), u); err != nil {
		g.t.Fatal(err)
	}
}

// due lets what is due by now happen.
func (g *gallery) due(kind string) bool {
	g.t.Helper()
	all, err := g.store.Deadlines(g.t.Context(), g.at, 100)
	if err != nil {
		g.t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(d turn.Due) bool { return d.Kind == kind })
	if i < 0 {
		return false
	}
	g.comes(turn.Update{Kind: turn.Deadline, Data: kind, Rev: all[i].Rev})
	return true
}

// waiting are the messages in the outbox of some forms.
func (g *gallery) waiting(forms ...turn.Form) []turn.Message {
	g.t.Helper()
	items, err := g.store.Outgoing(g.t.Context(), 100)
	if err != nil {
		g.t.Fatal(err)
	}
	var some []turn.Message
	for _, it := range items {
		if slices.Contains(forms, it.Message.Form) {
			some = append(some, it.Message)
		}
	}
	return some
}

// sent lets the outbox send what waits, as far as it is about pictures and files.
func (g *gallery) sent() {
	g.t.Helper()
	for _, m := range g.waiting(turn.Picture, turn.Document, turn.Remove) {
		what := turn.Shown{Gone: m.Target}
		if m.Attached != nil {
			g.shown++
			what = turn.Shown{New: g.shown, Attached: true}
		}
		if err := g.store.Sent(g.t.Context(), m.ID, m.Chat, what); err != nil {
			g.t.Fatal(err)
		}
	}
}

// stand are the pictures and files in the chat.
func (g *gallery) stand() int {
	g.t.Helper()
	all, err := g.store.Traces(g.t.Context(), galleryChat)
	if err != nil {
		g.t.Fatal(err)
	}
	n := 0
	for _, m := range all {
		if m.Attached {
			n++
		}
	}
	return n
}

// TestPicturesComeProtectedAndForAWhile, with what they are called, and go by themselves.
func TestPicturesComeProtectedAndForAWhile(t *testing.T) {
	t.Parallel()
	g := newGallery(t)
	g.comes(turn.Update{Kind: turn.Deadline, Data: "picture"})
	all := g.waiting(turn.Picture, turn.Document)
	if g.err != nil || len(all) != 2 {
		t.Fatalf("%d pictures and files wait, %v", len(all), g.err)
	}
	for i, name := range []string{"kontak.png", "rangkuman.pdf"} {
		if m := all[i]; m.Attached.Name != name || !m.Protect || m.Bulk || !m.Until.Equal(g.at.Add(attachedSoon)) || m.Chat != galleryChat {
			t.Errorf("%s comes as %+v until %v", name, m.Protect, m.Until)
		}
	}
	g.sent()
	if n := g.stand(); n != 2 {
		t.Fatalf("%d stand in the chat", n)
	}
	g.at = g.at.Add(attachedFor - time.Second)
	if g.due(dueAttached) {
		t.Error("they are taken out early")
	}
	g.at = g.at.Add(time.Second)
	if !g.due(dueAttached) {
		t.Fatal("they stay")
	}
	g.sent()
	if n := g.stand(); n != 0 {
		t.Errorf("%d stand in the chat in the end", n)
	}
	g.at = g.at.Add(time.Hour)
	if g.due(dueAttached) {
		t.Error("what is gone is looked for again")
	}
}

// TestClosingTakesPicturesOut: those that stand, those that wait, and one that was just on its way.
func TestClosingTakesPicturesOut(t *testing.T) {
	t.Parallel()
	g := newGallery(t)
	g.comes(turn.Update{Kind: turn.Deadline, Data: "picture"})
	g.sent()
	g.at = g.at.Add(time.Second)
	g.comes(turn.Update{Kind: turn.Deadline, Data: "picture"})
	late := g.waiting(turn.Picture)
	g.comes(turn.Update{Kind: turn.Text, Text: "tutup", Message: 50})
	if n := len(g.waiting(turn.Picture, turn.Document)); n != 0 {
		t.Errorf("%d are sent after the card was closed", n)
	}
	g.sent()
	if n := g.stand(); n != 0 {
		t.Errorf("%d stand in the chat after it was closed", n)
	}
	g.shown++ // Telegram had taken this one before it was withdrawn
	if err := g.store.Sent(t.Context(), late[0].ID, galleryChat, turn.Shown{New: g.shown, Attached: true}); err != nil {
		t.Fatal(err)
	}
	g.at = g.at.Add(attachedLook)
	if !g.due(dueAttached) {
		t.Fatal("nobody looks again")
	}
	g.sent()
	if n := g.stand(); n != 0 {
		t.Errorf("%d came late and stay", n)
	}
	g.at = g.at.Add(attachedSoon + time.Minute)
	if !g.due(dueAttached) {
		t.Error("nobody looks when none can come any more")
	}
	g.at = g.at.Add(time.Hour)
	if g.due(dueAttached) {
		t.Error("there is no end to looking")
	}
}

// TestClosingWithoutPicturesLooksForNone.
func TestClosingWithoutPicturesLooksForNone(t *testing.T) {
	t.Parallel()
	g := newGallery(t)
	g.comes(turn.Update{Kind: turn.Text, Text: "tutup", Message: 50})
	g.at = g.at.Add(time.Hour)
	if g.due(dueAttached) {
		t.Error("what was never sent is looked for")
	}
}

// TestWhatCannotBeSentIsRefusedInWords: too much, nothing, and anything to a participant.
func TestWhatCannotBeSentIsRefusedInWords(t *testing.T) {
	t.Parallel()
	v := &visit{person: program.Person{Role: program.Chair}}
	for name, data := range map[string][]byte{"too much": make([]byte, turn.MostAttached+1), "nothing": nil} {
		if err := v.sendFile("rangkuman.pdf", data); !errors.Is(err, turn.ErrAttached) || !strings.Contains(err.Error(), "rangkuman.pdf") {
			t.Errorf("%s: %v", name, err)
		}
	}
	v.person.Role = program.Beneficiary
	if err := v.sendPicture("a.png", "", []byte("x")); !errors.Is(err, turn.ErrBroken) {
		t.Errorf("to a participant: %v", err)
	}
	if len(v.plan.Messages) != 0 || v.m.Attached != 0 {
		t.Errorf("planned all the same: %d", len(v.plan.Messages))
	}
}
