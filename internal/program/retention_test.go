package program_test

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// TestTheTableOfRetention holds the table against safety.md 3.7: whoever keeps something for
// longer has to say so here as well.
func TestTheTableOfRetention(t *testing.T) {
	now := time.Date(2028, 11, 25, 10, 0, 0, 0, time.UTC)
	var got []string
	for _, k := range program.Retention() {
		got = append(got, fmt.Sprint(k.Rule, " ", k.Then, " ", program.DateOf(k.Before(now))))
		if k.From == "" {
			t.Errorf("%s does not say from when on", k.Rule)
		}
	}
	slices.Sort(got)
	if all := strings.Join(got, "\n"); all != `affairs dropped 2023-11-25
alarms dropped 2028-05-29
audit dropped 2026-11-25
calls dropped 2028-08-27
capital emptied 2026-11-25
cases emptied 2027-11-25
consents dropped 2023-11-25
dead_letters dropped 2028-10-26
follow_ups dropped 2028-08-27
guarded_cases emptied 2028-05-25
invitations dropped 2028-10-26
matters dropped 2027-11-25
other_reports emptied 2027-11-25
prompts dropped 2028-08-27
reminders dropped 2028-08-27
requests dropped 2026-11-25
stranger_chats dropped 2028-11-23
targets dropped 2028-08-27
trade emptied 2026-11-25
unconsented erased 2028-11-18
visits emptied 2027-11-25` {
		t.Errorf("the table is\n%s", all)
	}
}
