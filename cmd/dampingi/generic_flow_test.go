package main

import (
	"bytes"
	"encoding/csv"
	"encoding/json"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"filippo.io/age"
	"github.com/xuri/excelize/v2"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// addedFlows is what an institution adds: a flow that is not built in, in one YAML file, its texts in
// two languages, and a transcript. Nothing else in the house knows of it.
const addedFlows = "testdata/flows"

// TestAFlowNeedsNoGo plays the transcript of a flow that is not built in through the whole bot.
func TestAFlowNeedsNoGo(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	files, err := filepath.Glob(addedFlows + "/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for _, file := range files {
		name := strings.TrimSuffix(filepath.Base(file), ".txt")
		for _, f := range all {
			if f.ID == name {
				t.Fatalf("%s is built in: this test needs one that is not", name)
			}
		}
		golden(t, file, houseOptions{flows: addedFlows})
	}
}

// market is a house that knows the market day, and what Rina has saved there.
func market(t *testing.T, days int) *house {
	t.Helper()
	h := newHouse(t, houseOptions{flows: addedFlows})
	for range days {
		h.say(rinaChat, "/pasar_murah")
		h.presses(rinaChat, "Balai", "10", "Tambah", "Cerita")
		h.say(rinaChat, "kue habis pagi-pagi")
		h.press(rinaChat, "Simpan")
		h.shows(rinaChat, "bikin pasar ramai")
	}
	return h
}

// TestAnAddedFlowIsExported in all three formats, opened again as its receiver would: with columns in
// the order of its questions.
func TestAnAddedFlowIsExported(t *testing.T) {
	t.Parallel()
	h := market(t, 2)
	want := []string{"id", "flow", "flow_version", "participant", "author", "occurred_on", "created_at", "undone_at", "matter", "tempat", "lapak", "omzet", "ramai", "cerita", "tanggal"}
	dir := t.TempDir()

	text := strings.TrimPrefix(string(h.exported("csv", dir, "--flow", "pasar_murah")), "\uFEFF")
	rows, err := csv.NewReader(strings.NewReader(text)).ReadAll()
	if err != nil || len(rows) != 3 || !slices.Equal(rows[0], want) || rows[1][9] != "balai" || rows[1][10] != "10" || rows[1][13] != "kue habis pagi-pagi" {
		t.Errorf("csv: %v, %q", err, rows)
	}

	file := filepath.Join(dir, "book.xlsx")
	if err := os.WriteFile(file, h.exported("xlsx", dir), 0o600); err != nil {
		t.Fatal(err)
	}
	book, err := excelize.OpenFile(file)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = book.Close() }()
	cells, err := book.GetRows("pasar_murah")
	if err != nil || len(cells) != 3 || !slices.Equal(cells[0], want) || cells[2][9] != "balai" {
		t.Errorf("xlsx: %v, sheets %v, %q", err, book.GetSheetList(), cells)
	}

	n := 0
	for line := range strings.Lines(string(h.exported("jsonl", dir))) {
		var one struct {
			Flow    string
			Answers map[string]any
		}
		if err := json.Unmarshal([]byte(line), &one); err != nil || one.Flow != "pasar_murah" || one.Answers["lapak"] != 10.0 {
			t.Errorf("jsonl: %v, %s", err, line)
		}
		n++
	}
	if n != 2 {
		t.Errorf("jsonl: %d lines", n)
	}
}

// exported is what is in the file that the command writes, as its receiver reads it.
func (h *house) exported(format, dir string, more ...string) []byte {
	h.t.Helper()
	id, err := age.GenerateX25519Identity()
	if err != nil {
		h.t.Fatal(err)
	}
	out := filepath.Join(dir, format+".age")
	args := append([]string{"export", "--data-dir", h.dir, "--flows-dir", h.set.FlowsDir, "--format", format, "--recipient", id.Recipient().String(), "--out", out}, more...)
	if code, _, said := ended(h.t, args...); code != exitDone {
		h.t.Fatalf("export ended with %d: %s", code, said)
	}
	plain, err := decrypted(id.String(), out)
	if err != nil {
		h.t.Fatal(err)
	}
	return plain
}

// TestAnAddedFlowHasFigures: five market days of a week that has ended are one figure, four are not;
// what is written is in none.
func TestAnAddedFlowHasFigures(t *testing.T) {
	t.Parallel()
	for _, tt := range []struct {
		days int
		want string
	}{{4, "2026-W48,pasar_murah,lapak,,<5,<5,<5"}, {5, "2026-W48,pasar_murah,lapak,,5,50,10"}} {
		h := market(t, tt.days)
		known, err := h.set.kinds()
		if err != nil {
			t.Fatal(err)
		}
		var b bytes.Buffer
		_, err = export.Figures(&b, export.CSV, known.countable("pasar_murah"), "2026-12-02", func(each func(program.Report) error) error {
			return h.store.Facts(t.Context(), records.ReportFilter{}, each)
		})
		if err != nil {
			t.Fatal(err)
		}
		text := b.String()
		if !strings.Contains(text, tt.want) || strings.Contains(text, "cerita") || strings.Contains(text, "rina") {
			t.Errorf("%d days: no %q in\n%s", tt.days, tt.want, text)
		}
	}
}

// TestWhatIsAddedIsChecked: every mistake is told with its place, and nothing starts before it is gone.
func TestWhatIsAddedIsChecked(t *testing.T) {
	t.Parallel()
	good := map[string]string{}
	for _, name := range []string{"pasar_murah.yaml", "locales/id.toml", "locales/en.toml"} {
		data, err := os.ReadFile(filepath.Join(addedFlows, name))
		if err != nil {
			t.Fatal(err)
		}
		good[name] = string(data)
	}
	for _, tt := range []struct {
		name, file, old, now string
		want                 string
	}{
		{"a kind that there is not", "pasar_murah.yaml", "kind: choice", "kind: choise", `pasar_murah.yaml:10:11: `},
		{"a name that is taken", "pasar_murah.yaml", "id: pasar_murah", "id: kunjungan", `the house uses the name "kunjungan" already`},
		{"a name of the house's own words", "pasar_murah.yaml", "id: pasar_murah", "id: care", `the house uses the name "care" already`},
		{"a command that is taken", "pasar_murah.yaml", "command: pasar_murah", "command: usaha", `"usaha" already starts the flow`},
		{"what is no report", "pasar_murah.yaml", "save:\n", "save:\n  opens: task\n", "moved by the house's own flows"},
		{"a note that is not sensitive", "pasar_murah.yaml", "    sensitive: true\n", "", ""},
		{"a word that is missing", "locales/en.toml", `saved = "Thank you for making the market lively."`, "", "locales/en.toml: pasar_murah.saved is missing"},
		{"a word of the house", "locales/id.toml", "[pasar_murah]", "[card]\nmenu = \"Lain\"\n\n[pasar_murah]", "card.menu: the house says this already"},
		{"words of no flow", "locales/id.toml", "[pasar_murah]", "[bazar]\ntitle = \"Bazar\"\n\n[pasar_murah]", `bazar.title: there is no flow "bazar" here`},
		{"a cold word", "locales/id.toml", "Pasarnya di mana?", "Anda di mana?", `says "anda"`},
	} {
		t.Run(tt.name, func(t *testing.T) {
			t.Parallel()
			dir := t.TempDir()
			for name, content := range good {
				if name == tt.file {
					content = strings.Replace(content, tt.old, tt.now, 1)
				}
				if id, renamed := strings.CutPrefix(tt.now, "id: "); renamed && name == tt.file {
					name = id + ".yaml"
				}
				if err := os.MkdirAll(filepath.Join(dir, filepath.Dir(name)), 0o700); err != nil {
					t.Fatal(err)
				}
				if err := os.WriteFile(filepath.Join(dir, name), []byte(content), 0o600); err != nil {
					t.Fatal(err)
				}
			}
			_, err := (&Settings{FlowsDir: dir}).kinds()
			if tt.want == "" { // about nobody, that is allowed
				if err != nil {
					t.Fatal(err)
				}
				return
			}
			if err == nil || !strings.Contains(err.Error(), tt.want) || !strings.Contains(err.Error(), dir) {
				t.Errorf("no %q in:\n%v", tt.want, err)
			}
			if code, _, said := ended(t, "flows", "check", "--flows-dir", dir); code != exitWrong || !strings.Contains(said, tt.want) {
				t.Errorf("flows check: %d\n%s", code, said)
			}
			if code, _, said := ended(t, "flows", "check", dir); code != exitWrong || !strings.Contains(said, tt.want) {
				t.Errorf("flows check DIR: %d\n%s", code, said)
			}
		})
	}
	about := strings.Replace(good["pasar_murah.yaml"], "steps:\n", "about: participant\nsteps:\n  - name: participant\n    kind: participant\n", 1)
	about = strings.Replace(about, "    sensitive: true\n", "", 1)
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "pasar_murah.yaml"), []byte(about), 0o600); err != nil {
		t.Fatal(err)
	}
	if code, _, said := ended(t, "flows", "list", "--flows-dir", dir); code != exitWrong || !strings.Contains(said, "FLOWS_DIR "+dir) {
		t.Errorf("without words: %d %s", code, said)
	}
}

// TestAnAddedFlowHasAPage in both languages, and the index leads to it.
func TestAnAddedFlowHasAPage(t *testing.T) {
	t.Parallel()
	known, err := (&Settings{FlowsDir: addedFlows}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	for lang, words := range map[string][]string{
		"id": {"# 🎪 Pasar murah", "Catat hari pasar murah", "tombol di menu", "sekretaris, koordinator, pendamping", "**Cerita 🔒**", "Statistik memakai: tempat, lapak, hasil, ramai."},
		"en": {"# 🎪 Market day", "Behind More: ✳️ Elsewhere", "Statistics use: place, stalls, sales, lively."},
	} {
		pages := known.pages(lang, nil)
		for _, want := range words {
			if !strings.Contains(pages["pasar_murah.md"], want) {
				t.Errorf("%s: no %q in\n%s", lang, want, pages["pasar_murah.md"])
			}
		}
		if !strings.Contains(pages["README.md"], "(pasar_murah.md)") {
			t.Errorf("%s: the index leads nowhere:\n%s", lang, pages["README.md"])
		}
	}
}

// TestWhatWasSavedOutlivesItsFlow: the institution takes its file away, and the report is still there.
func TestWhatWasSavedOutlivesItsFlow(t *testing.T) {
	t.Parallel()
	h := market(t, 1)
	h.set.FlowsDir = ""
	if text := string(h.exported("csv", t.TempDir())); !strings.Contains(text, ",tempat,lapak,cerita,tanggal") || !strings.Contains(text, ",pasar_murah,1,") {
		t.Errorf("it is not exported any more:\n%s", text)
	}
}
