package program_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// TestRemindsOfCall goes through a day of waiting.
func TestRemindsOfCall(t *testing.T) {
	at := time.Date(2026, 11, 25, 21, 0, 0, 0, time.UTC)
	r := program.Request{Kind: program.AskCall, At: at, Due: at.Add(program.CallLife)}
	first := at.Add(11 * time.Hour) // in the morning
	for _, c := range []struct {
		now, want time.Time
		more      bool
	}{
		{first, first.Add(program.CallPatience), true},
		{first.Add(time.Hour), first.Add(program.CallPatience), true}, // she was handed over meanwhile
		{first.Add(program.CallPatience), r.Due, true},
		{r.Due, time.Time{}, false},
		{r.Due.Add(time.Hour), time.Time{}, false},
	} {
		if got, more := program.RemindsOfCall(r, first, c.now); !got.Equal(c.want) || more != c.more {
			t.Errorf("at %v: %v, %t; want %v, %t", c.now, got, more, c.want, c.more)
		}
	}
}
