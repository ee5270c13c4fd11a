package program

import (
	"regexp"
	"strconv"
	"testing"
)

// TestWhoIsPutOnRecord goes through every way in which a meeting may end.
func TestWhoIsPutOnRecord(t *testing.T) {
	t.Parallel()
	for name, c := range map[string]struct {
		m    Meeting
		kept bool
		at   Stage
	}{
		"willing, agreed, complete":   {Meeting{Adult: true, Outcome: Willing, Consent: Given, Complete: true}, true, Registered},
		"willing, agreed":             {Meeting{Adult: true, Outcome: Willing, Consent: Given}, true, Reached},
		"willing, complete":           {Meeting{Adult: true, Outcome: Willing, Complete: true}, true, Reached},
		"thinking":                    {Meeting{Adult: true, Outcome: Thinking}, true, Reached},
		"not now, but come again":     {Meeting{Adult: true, Outcome: Unwilling}, true, Reached},
		"under 18":                    {Meeting{Outcome: Willing, Consent: Given, Complete: true}, false, ""},
		"nobody spoke with her":       {Meeting{Adult: true, Outcome: Unreached}, false, ""},
		"not now, and do not return":  {Meeting{Adult: true, Outcome: Unwilling, NotAgain: true}, false, ""},
		"thinking, and do not return": {Meeting{Adult: true, Outcome: Thinking, NotAgain: true}, false, ""},
		"willing, not to be noted":    {Meeting{Adult: true, Outcome: Willing, Consent: Refused, Complete: true}, false, ""},
		"nothing known":               {Meeting{Adult: true}, false, ""},
	} {
		if got := c.m.OnRecord(); got != c.kept {
			t.Errorf("%s: on record %v, want %v", name, got, c.kept)
		}
		if c.kept && c.m.Stage() != c.at {
			t.Errorf("%s: begins at %s, want %s", name, c.m.Stage(), c.at)
		}
	}
}

// TestCodesAreOfTheirForm makes many: all have the form, and they are spread out.
func TestCodesAreOfTheirForm(t *testing.T) {
	t.Parallel()
	form := regexp.MustCompile(`^[A-HJ-NPR-Z]-[1-9][0-9]{2}$`)
	seen, letters := map[string]bool{}, map[byte]bool{}
	for i := range 2000 {
		code := CodeFrom("x" + strconv.Itoa(i))
		if !form.MatchString(code) {
			t.Fatalf("%q is no code", code)
		}
		seen[code], letters[code[0]] = true, true
	}
	if len(seen) < 1800 || len(letters) != len(codeLetters) {
		t.Errorf("%d codes with %d letters of 2000", len(seen), len(letters))
	}
	if a, b := CodeFrom("x1"), CodeFrom("x"+strconv.Itoa(1)); a != b {
		t.Errorf("the same makes %s and %s", a, b)
	}
}

// TestUnconsentedUntil is within the days of the table.
func TestUnconsentedUntil(t *testing.T) {
	t.Parallel()
	if got := UnconsentedUntil("2026-11-25"); got != "2026-12-01" {
		t.Errorf("until %s", got)
	}
}
