package records_test

import (
	"bytes"
	"errors"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/turn"
)

// picture is a message that brings something.
func picture(id string, chat int64, data []byte) turn.Message {
	return turn.Message{
		ID: id, Chat: chat, Form: turn.Picture, Text: "Kontak", Protect: true, Until: now.Add(5 * time.Minute),
		Attached: &turn.Attached{Name: "kontak.png", Data: data},
	}
}

// TestWhatIsAttachedWaitsAsItIs: once, with its name, its end and every byte; and nothing too big.
func TestWhatIsAttachedWaitsAsItIs(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	data := bytes.Repeat([]byte{0, 1, 254, 255}, turn.MostAttached/4)
	for range 2 {
		tr.commit(turn.Plan{Messages: []turn.Message{picture("u1.0", 1, data)}})
	}
	items, err := tr.Outgoing(t.Context(), 10)
	must(t, err)
	if len(items) != 1 {
		t.Fatalf("%d messages wait", len(items))
	}
	m := items[0].Message
	if m.Form != turn.Picture || m.Text != "Kontak" || !m.Protect || !m.Until.Equal(now.Add(5*time.Minute)) ||
		m.Attached == nil || m.Attached.Name != "kontak.png" || !bytes.Equal(m.Attached.Data, data) {
		t.Errorf("what waits is %v, %v until %v", m.Form, m.Text, m.Until)
	}
	for name, bad := range map[string]turn.Message{
		"too big": picture("u2.0", 1, append(data, 0)), "nothing": picture("u2.0", 1, nil), "beside a text": {ID: "u2.0", Chat: 1, Form: turn.Notice, Text: "x", Attached: m.Attached},
	} {
		if err := tr.Commit(t.Context(), turn.Plan{Messages: []turn.Message{bad}}); !errors.Is(err, turn.ErrBroken) {
			t.Errorf("%s: %v", name, err)
		}
	}
}

// TestTheTraceOfWhatIsAttachedSaysSo, so that it can be taken out before the rest.
func TestTheTraceOfWhatIsAttachedSaysSo(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	tr.sends(turn.Message{ID: "u1.0", Chat: 1, Form: turn.Notice, Text: "x"}, turn.Shown{New: 10})
	tr.sends(picture("u1.1", 1, []byte("x")), turn.Shown{New: 11, Attached: true})
	all, err := tr.Traces(t.Context(), 1)
	must(t, err)
	if len(all) != 2 || all[0].Attached || !all[1].Attached || all[1].Message != 11 {
		t.Errorf("traces %+v", all)
	}
}

// TestWhatIsAttachedIsWithdrawn: what waits for the chat, and that alone.
func TestWhatIsAttachedIsWithdrawn(t *testing.T) {
	t.Parallel()
	tr := newTracing(t)
	tr.commit(turn.Plan{Messages: []turn.Message{
		picture("u1.0", 1, []byte("x")), {ID: "u1.1", Chat: 1, Form: turn.Notice, Text: "x"}, picture("u2.0", 2, []byte("x")), picture("u1.2", 1, []byte("y")),
	}})
	tr.commit(turn.Plan{Withdrawn: []int64{1}, Messages: []turn.Message{picture("u3.0", 1, []byte("z"))}})
	for id, want := range map[string]bool{"u1.0": false, "u1.1": true, "u1.2": false, "u2.0": true, "u3.0": true} {
		if waits, err := tr.Waits(t.Context(), id); err != nil || waits != want {
			t.Errorf("%s waits: %v, %v", id, waits, err)
		}
	}
}
