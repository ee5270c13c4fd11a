package conversation

import (
	"testing"

	"github.com/dampingi/dampingi/internal/flow"
)

// TestWhateverWasWrittenIsRead takes text that is no UTF-8: were it refused, a conversation that
// holds it would begin anew each time.
func TestWhateverWasWrittenIsRead(t *testing.T) {
	c, err := newCodec()
	if err != nil {
		t.Fatal(err)
	}
	const odd = "Melat\xed \xf0\x9f"
	m := Memory{Rev: 1 << 31, Run: flow.State{Answers: []flow.Answer{{Name: "participant", Values: []string{odd}, Label: odd}}}}
	written, err := c.enc.Marshal(&m)
	if err != nil {
		t.Fatal(err)
	}
	var read Memory
	if err := c.dec.Unmarshal(written, &read); err != nil {
		t.Fatal(err)
	}
	if got := read.Run.Answers[0]; read.Rev != m.Rev || got.Label != odd || got.Values[0] != odd {
		t.Errorf("read %q", got.Label)
	}
}
