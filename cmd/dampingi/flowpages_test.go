package main

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/guide"
)

const alur = "../../docs/alur"

// TestPagesAreCurrent holds docs/alur against the flows, their texts, the rights and the transcripts;
// `make alur` writes it anew.
func TestPagesAreCurrent(t *testing.T) {
	known, err := (&Settings{}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	if *update {
		if code, _, said := ended(t, "flows", "docs", alur, "--transcripts", "../../flows/testdata"); code != exitDone {
			t.Fatal(said)
		}
	}
	runs, err := runsIn("../../flows/testdata")
	if err != nil {
		t.Fatal(err)
	}
	pages := known.pages("id", guide.Fewest(runs))
	for name, want := range pages {
		if got, err := os.ReadFile(filepath.Join(alur, name)); err != nil || string(got) != want {
			t.Errorf("docs/alur/%s is not what the flow says (%v); run `make alur`", name, err)
		}
	}
	files, err := filepath.Glob(alur + "/*.md")
	if err != nil || len(files) != len(pages) {
		t.Errorf("docs/alur has %d pages, want %d (%v); run `make alur`", len(files), len(pages), err)
	}
}

// TestPagesSayEverything: no page has a key where a text ought to be, in either language.
func TestPagesSayEverything(t *testing.T) {
	known, err := (&Settings{FlowsDir: addedFlows}).kinds()
	if err != nil {
		t.Fatal(err)
	}
	key := regexp.MustCompile(`\b(guide|status|matter|role|card)\.[a-z_]+|\b[a-z_]+\.[a-z_]+\.(ask|help|name|choice)\b|\{\{\.`)
	for _, lang := range known.book.Langs() {
		for name, page := range known.pages(lang, nil) {
			if gap := key.FindString(page); gap != "" {
				t.Errorf("%s %s has %q in it:\n%s", lang, name, gap, page)
			}
		}
	}
}

// TestOldPagesGo, and what somebody else put there stays.
func TestOldPagesGo(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	for name, page := range map[string]string{"lama.md": "<!-- Ditulis -->\n", "catatan.md": "# Catatan\n"} {
		if err := os.WriteFile(filepath.Join(dir, name), []byte(page), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	if code, out, said := ended(t, "flows", "docs", dir, "--lang", "en"); code != exitDone || !strings.Contains(out, "pages in") {
		t.Fatal(code, said)
	}
	all := folder(t, dir)
	if strings.Contains(all, "lama.md") || !strings.Contains(all, "catatan.md") || !strings.Contains(all, "kunjungan.md") {
		t.Error(all)
	}
}
