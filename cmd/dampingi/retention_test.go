package main

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// TestTheHouseForgetsByItself has a woman who was only met, and never said yes: after a week the
// bot has erased her, and neither log nor audit says whom.
func TestTheHouseForgetsByItself(t *testing.T) {
	t.Parallel()
	log := &notes{}
	h := newHouse(t, houseOptions{logs: log})
	met := program.Participant{Code: "X-777", Alias: "Soka", Stage: program.Registered, Companion: "rina"}
	if err := h.store.AddParticipant(t.Context(), met); err != nil {
		t.Fatal(err)
	}
	there := func() bool {
		t.Helper()
		all, err := h.store.Participants(t.Context(), records.ParticipantFilter{Stage: program.Registered})
		if err != nil {
			t.Fatal(err)
		}
		for _, p := range all {
			if p.Code == met.Code {
				return true
			}
		}
		return false
	}
	h.time.Advance(6 * 24 * time.Hour)
	h.tidyOnce(t.Context())
	if !there() {
		t.Error("erased before her week was over")
	}
	h.time.Advance(2 * 24 * time.Hour)
	h.tidyOnce(t.Context())
	if there() {
		t.Error("still there after her week")
	}
	audit, err := h.store.Audits(t.Context(), 100)
	if err != nil || len(audit) == 0 || audit[0].Actor != "system" || audit[0].Action != "retention" || audit[0].Subject != "unconsented" {
		t.Errorf("the audit says %v, %v", audit, err)
	}
	if strings.Contains(log.String(), met.Code) || strings.Contains(log.String(), "level=WARN") {
		t.Errorf("the log says %s", log.String())
	}
}
