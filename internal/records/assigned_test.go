package records_test

import (
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// TestWhoIsAssignedNeedNotHaveAgreed has one of every sort, whom only her own companion gets.
func TestWhoIsAssignedNeedNotHaveAgreed(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	for _, p := range []program.Participant{
		{Code: "M-1", Alias: "A", Stage: program.Bimtek, Companion: siti, LastSeen: "2026-10-01"}, // not asked yet
		{Code: "M-2", Alias: "B", Stage: program.Concluded, Companion: siti, Agreed: program.OnPaper},
		{Code: "M-3", Alias: "C", Stage: program.Withdrawn, Companion: siti},
		{Code: "M-4", Alias: "D", Stage: program.Bimtek, Companion: rina},
		{Code: "M-5", Alias: "E", Stage: program.Bimtek},
	} {
		must(t, s.AddParticipant(ctx, p))
	}
	for person, want := range map[string]string{siti: "M-417 M-1 M-002", rina: "M-4", "": "", "nobody": ""} {
		all, err := s.Assigned(ctx, person)
		must(t, err)
		var got []string
		for _, p := range all {
			got = append(got, p.Code)
		}
		if strings.Join(got, " ") != want {
			t.Errorf("%q accompanies %v, want %s", person, got, want)
		}
	}
}

// TestASafeContactIsHerCompanionsToSee reads it as she, as another, and as nobody.
func TestASafeContactIsHerCompanionsToSee(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	must(t, s.AddParticipant(ctx, program.Participant{Code: "M-5", Alias: "E", Stage: program.Bimtek}))
	if got, err := s.SafeContact(ctx, siti, melati); err != nil || got != program.DefaultContact() {
		t.Errorf("before anything is agreed: %+v, %v", got.CheckedOn, err)
	}
	agreed := program.Contact{
		Chat: program.ChatReply, Phone: program.PhoneOwn, Mode: program.OpenAtOnce, From: 22 * 60, To: 60, Days: 0b1010,
		HideAfter: 10, Theme: program.ThemeNone, Cover: 2, CheckedOn: "2026-11-25",
	}
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Contacts: []turn.ContactChange{{Code: melati, Contact: agreed, Agreed: true}}}}))
	if got, err := s.SafeContact(ctx, siti, melati); err != nil || got != agreed {
		t.Errorf("hers is not what was agreed: %v", err)
	}
	for _, tt := range []struct{ companion, code string }{{rina, melati}, {"", melati}, {"", "M-5"}, {siti, "M-5"}, {siti, "M-none"}} {
		if _, err := s.SafeContact(ctx, tt.companion, tt.code); !errors.Is(err, turn.ErrNotFound) {
			t.Errorf("%q reads that of %s: %v", tt.companion, tt.code, err)
		}
	}
}

// TestWhatIsAgreedEndsNoSilence lets her kata aman come while her companion fills in her contact.
func TestWhatIsAgreedEndsNoSilence(t *testing.T) {
	t.Parallel()
	s := open(t)
	peopled(t, s)
	ctx := t.Context()
	read, err := s.SafeContact(ctx, siti, melati)
	must(t, err)
	silent := read
	silent.Word, silent.Paused, silent.SilentUntil = "hash", true, now.Add(program.Silence)
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Contacts: []turn.ContactChange{{Code: melati, Contact: silent}}}}))

	read.Theme, read.CheckedOn = program.ThemeCooking, "2026-11-25"
	must(t, s.Commit(ctx, turn.Plan{Safety: turn.Safety{Contacts: []turn.ContactChange{{Code: melati, Contact: read, Agreed: true}}}}))
	got, err := s.SafeContact(ctx, siti, melati)
	must(t, err)
	if got.Word != "hash" || !got.Paused || !got.SilentUntil.Equal(now.Add(program.Silence).Truncate(time.Millisecond)) {
		t.Errorf("word %q, paused %v, silent until %v", got.Word, got.Paused, got.SilentUntil)
	}
	if got.Theme != program.ThemeCooking || got.CheckedOn != "2026-11-25" {
		t.Errorf("what was agreed is not on record: %s, %s", got.Theme, got.CheckedOn)
	}
}
