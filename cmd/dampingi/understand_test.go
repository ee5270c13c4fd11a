package main

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"
	"testing"
)

// understandReport runs "understand report" over lines and returns what it prints.
func understandReport(t *testing.T, lines string, args ...string) []string {
	t.Helper()
	roster := filepath.Join(t.TempDir(), "roster.tsv")
	if err := os.WriteFile(roster, []byte("code\talias\tkonsentrasi\r\nB-118\tSeroja\ttata_boga\r\nJ-812\tMbak Wati\tdagang\r\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	args = append([]string{"understand", "report", "--roster", roster, "--at", houseInstants}, append(args, "-")...)
	var out, errs bytes.Buffer
	if code := run(t.Context(), args, strings.NewReader(lines), &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	return strings.Split(strings.TrimSuffix(out.String(), "\n"), "\n")
}

// TestUnderstandReport checks the two forms a report is printed in: one object
// or one line of pairs a text, empty for a line that is no report.
func TestUnderstandReport(t *testing.T) {
	lines := "kemarin ke rumah Wati, ketemu, laku 300rb\nselamat pagi\nSeroja laku 450, modal kurang, harga gula naik\nWati pindah ke jl. merdeka no 5\n"
	want := []string{
		`{"bertemu":true,"cara":"tatap_muka","date":"2026-11-24","flow":"kunjungan","jenis":"home_visit","note":"kemarin ke rumah Wati, ketemu, laku 300rb","omzet":300000,"participant":"J-812"}`,
		`{}`,
		`{"ask":["omzet"],"flow":"usaha","kendala":["harga_bahan","modal"],"note":"Seroja laku 450, modal kurang, harga gula naik","participant":"B-118"}`,
		`{"refused":"address"}`,
	}
	for i, got := range understandReport(t, lines, "--json") {
		if got != want[i] {
			t.Errorf("line %d:\n  got  %s\n  want %s", i+1, got, want[i])
		}
	}
	pairs := understandReport(t, lines)
	if got := pairs[0]; got != "bertemu=true cara=tatap_muka date=2026-11-24 flow=kunjungan jenis=home_visit note=kemarin ke rumah Wati, ketemu, laku 300rb omzet=300000 participant=J-812" {
		t.Errorf("pairs: %s", got)
	}
	if pairs[1] != "" || pairs[2] == "" || pairs[3] != "refused=address" {
		t.Errorf("pairs: %q", pairs)
	}
}

// TestUnderstandReportAlone checks that a code is known without a roster.
func TestUnderstandReportAlone(t *testing.T) {
	var out, errs bytes.Buffer
	if code := run(t.Context(), []string{"understand", "report", "--at", houseInstants, "--json", "m-417 omzet 1,5jt"}, strings.NewReader(""), &out, &errs); code != 0 {
		t.Fatalf("exit %d: %s", code, errs.String())
	}
	if got := strings.TrimSpace(out.String()); got != `{"flow":"usaha","note":"m-417 omzet 1,5jt","omzet":1500000,"participant":"M-417"}` {
		t.Error(got)
	}
}
