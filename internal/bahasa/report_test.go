package bahasa

import (
	"bytes"
	"encoding/json"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"
	"testing"
)

// reportCase is one line of testdata/reports.jsonl: what must be filled, what
// must be asked, and which amounts were said to be about so much. Whatever is
// in none of them has to stay empty.
type reportCase struct {
	Rule   string
	Text   string
	Expect map[string]any
	Ask    []string
	Approx []string
}

func readReportCases(t testing.TB) []reportCase {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "reports.jsonl"))
	if err != nil {
		t.Fatal(err)
	}
	var out []reportCase
	dec := json.NewDecoder(bytes.NewReader(data))
	for dec.More() {
		var c reportCase
		if err := dec.Decode(&c); err != nil {
			t.Fatalf("case %d: %v", len(out)+1, err)
		}
		out = append(out, c)
	}
	return out
}

// reportNames reads the participants of our own cases.
func reportNames(t testing.TB) []Name {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("testdata", "reports_roster.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	var out []Name
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if code, alias, ok := strings.Cut(line, "\t"); ok && n > 0 {
			out = append(out, Name{code, alias})
		}
	}
	return out
}

// reportFields is a report as it is printed, without the note and the questions.
func reportFields(t testing.TB, r Report) map[string]any {
	t.Helper()
	data, err := json.Marshal(r.Fields())
	if err != nil {
		t.Fatal(err)
	}
	var m map[string]any
	if err := json.Unmarshal(data, &m); err != nil {
		t.Fatal(err)
	}
	delete(m, "ask")
	delete(m, "note")
	return m
}

// TestReports reads every line of our own cases.
func TestReports(t *testing.T) {
	names := reportNames(t)
	cases := readReportCases(t)
	if len(cases) < 220 {
		t.Errorf("%d lines: the cases have lost some", len(cases))
	}
	for _, c := range cases {
		r := ReadReport(c.Text, names, referenceNow())
		if c.Expect == nil {
			c.Expect = map[string]any{}
		}
		got := reportFields(t, r)
		var approx []string
		for k := range r.Approx {
			approx = append(approx, k)
		}
		slices.Sort(approx)
		if !reflect.DeepEqual(got, c.Expect) || !slices.Equal(r.Ask, c.Ask) || !slices.Equal(approx, c.Approx) {
			t.Errorf("%s: %q\n  got  %v ask %v about %v\n  want %v ask %v about %v", c.Rule, c.Text, got, r.Ask, approx, c.Expect, c.Ask, c.Approx)
		}
	}
}
