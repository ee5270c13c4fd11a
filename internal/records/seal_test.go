package records

import (
	"reflect"
	"testing"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/turn"
)

func TestEveryMessageIsReadAsItWasWritten(t *testing.T) {
	t.Parallel()
	s := newStore(t)
	rapid.Check(t, func(t *rapid.T) {
		button := rapid.Custom(func(t *rapid.T) turn.Button {
			return turn.Button{Label: rapid.String().Draw(t, "label"), Data: rapid.String().Draw(t, "data")}
		})
		m := turn.Message{
			ID: rapid.String().Draw(t, "id"), Chat: rapid.Int64().Draw(t, "chat"),
			Form: turn.Form(rapid.IntRange(1, 5).Draw(t, "form")), Text: string(rapid.SliceOf(rapid.Byte()).Draw(t, "text")),
			Fresh: rapid.Bool().Draw(t, "fresh"), Final: rapid.Bool().Draw(t, "final"),
			Protect: rapid.Bool().Draw(t, "protect"), Bulk: rapid.Bool().Draw(t, "bulk"),
			Target: rapid.Int().Draw(t, "target"),
		}
		if rows := rapid.SliceOfN(rapid.SliceOf(button), 0, 5).Draw(t, "buttons"); len(rows) > 0 {
			m.Buttons = rows
		}
		sealed, err := s.sealMessage(&m)
		if err != nil {
			t.Fatal(err)
		}
		got, err := s.openMessage(m.ID, sealed)
		if err != nil || !reflect.DeepEqual(got, m) {
			t.Fatalf("wrote %#v, read %#v, %v", m, got, err)
		}
		if _, err := s.openMessage(m.ID+"x", sealed); err == nil {
			t.Fatal("opened under another id")
		}
	})
}
