package bahasa

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// TestForbiddenTable holds alarms and false alarms side by side: a filter that
// cries at every "jln" would soon be worked around.
func TestForbiddenTable(t *testing.T) {
	data, err := os.ReadFile(filepath.Join("testdata", "forbidden.tsv"))
	if err != nil {
		t.Fatal(err)
	}
	alarms, quiet := 0, 0
	for n, line := range strings.Split(strings.TrimSpace(string(data)), "\n") {
		if strings.HasPrefix(line, "#") {
			continue
		}
		want, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("line %d: want kind and text", n+1)
		}
		got := "-"
		f, found := Forbidden(text)
		if found {
			got = f.Kind
			alarms++
		} else {
			quiet++
		}
		if got != want {
			t.Errorf("line %d: %q = %s %q, want %s", n+1, text, got, text[f.Start:f.End], want)
		}
	}
	if alarms < 60 || quiet < 40 {
		t.Errorf("%d alarms and %d false alarms: the table has lost lines", alarms, quiet)
	}
}

// TestForbiddenPlace checks that a finding points at what has to go.
func TestForbiddenPlace(t *testing.T) {
	for _, c := range []struct{ text, kind, part string }{
		{"Tadi ketemu 😊 hp 0812-3456-7890 ya", "phone", "0812-3456-7890"},
		{"NIK: 1671014505900001.", "id_number", "NIK"},
		{"kirim ke melati.s@gmail.com dong", "email", "melati.s@gmail.com"},
		{"Tinggal di Jl. Anggrek no 12, dekat pasar", "address", "Jl. Anggrek no 12"},
		{"katanya P.S.K dulu", "label", "P.S.K"},
		{"dia DIANCAM lagi", "safety", "DIANCAM"},
		{"suaminya Budi marah", "name", "suaminya Budi"},
	} {
		f, ok := Forbidden(c.text)
		if !ok || f.Kind != c.kind || c.text[f.Start:f.End] != c.part {
			t.Errorf("%q: %v %v %q, want %s %q", c.text, ok, f, c.text[f.Start:f.End], c.kind, c.part)
		}
	}
}

// TestForbiddenOrder checks that the most serious finding is reported, and
// that none is lost to the others.
func TestForbiddenOrder(t *testing.T) {
	text := "dia diancam suaminya Budi, wa 081234567890"
	if f, _ := Forbidden(text); f.Kind != "phone" {
		t.Errorf("first = %s, want phone", f.Kind)
	}
	var kinds []string
	for _, f := range ForbiddenAll(text) {
		kinds = append(kinds, f.Kind)
	}
	if got := strings.Join(kinds, " "); got != "safety name phone" {
		t.Errorf("all = %s", got)
	}
}

// TestForbiddenLong checks that no length of text hides what is at its end.
func TestForbiddenLong(t *testing.T) {
	text := strings.Repeat("jualan lancar ", 20_000) + "081234567890"
	if f, ok := Forbidden(text); !ok || f.Kind != "phone" {
		t.Errorf("%v %v", f, ok)
	}
}
