package flow_test

import (
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/flow"
)

// TestWhatPassesIsNotKept saves a run with an answer that only saving makes use of.
func TestWhatPassesIsNotKept(t *testing.T) {
	f := &flow.Flow{ID: "temu", Steps: []flow.Question{
		{Name: "alias", Kind: flow.Text, Asked: flow.Always, Passing: true},
		{Name: "tingkat", Kind: flow.Choice, Asked: flow.Always, Choices: []flow.Option{{Code: "baik"}}},
	}}
	run := flow.State{Flow: "temu", Run: "r", Answers: []flow.Answer{
		{Name: "alias", Values: []string{"Kenari"}}, {Name: "tingkat", Values: []string{"baik"}},
	}}
	if got := string(flow.Collect(f, run, time.Now()).Answers); got != `{"tingkat":"baik"}` {
		t.Errorf("keeps %s", got)
	}
	if told := f.Told(run); len(told) != 2 {
		t.Errorf("saving is told %v", told)
	}
	lasting := f.Lasting(run)
	if len(lasting.Answers) != 1 || lasting.Answers[0].Name != "tingkat" || len(run.Answers) != 2 {
		t.Errorf("%v lasts of %v", lasting.Answers, run.Answers)
	}
}

// TestAPurposeHasOneText: whatever flow reads it out, she hears the same.
func TestAPurposeHasOneText(t *testing.T) {
	outreach := parseFile(t, "jangkau.yaml")
	consent := parseFile(t, "persetujuan.yaml")
	if a, b := outreach.AskKey("pendampingan"), consent.AskKey("pendampingan"); a != b || !outreach.ReadsOut("pendampingan") {
		t.Errorf("%s and %s", a, b)
	}
	if key := outreach.AskKey("alias"); !strings.HasPrefix(key, "jangkau.") || outreach.ReadsOut("alias") {
		t.Errorf("the alias is asked as %s", key)
	}
}
