//go:build browser

package main

import (
	"context"
	"encoding/json"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/chromedp/chromedp"
)

// axeDir has axe-core as npm's lock file pins it; no part of it is in the binary.
var axeDir = filepath.Join("testdata", "axe")

// axeRules are WCAG 2.1, levels A and AA, and what else is good practice.
const axeRules = `{ runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"], resultTypes: ["violations"] }`

// axe brings axe-core into the page that is open.
func (b *browser) axe() {
	b.t.Helper()
	source, err := os.ReadFile(filepath.Join(axeDir, "axe.min.js"))
	if err != nil {
		b.t.Fatal(err)
	}
	if _, err := chromedp.Run(b.ctx, chromedp.Evaluate[chromedp.Void](string(source)+"\n;undefined")); err != nil {
		b.fail("bring axe-core into the page", err)
	}
}

// accessible looks for whatever keeps somebody from seeing, hearing or reaching what is on the page.
func (b *browser) accessible(where string) {
	b.t.Helper()
	b.wait(`document.getAnimations().every((a) => a.playState !== "running")`, "everything to stand still")
	b.do("begin to look at "+where, chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[chromedp.Void](`window.found = null; axe.run(document, `+axeRules+`).then((r) => { window.found =
		r.violations.flatMap((v) => v.nodes.map((n) => v.id + ": " + n.target.join(" ") + " " + n.failureSummary.replace(/\s+/g, " "))); }, (e) => { window.found = [String(e)]; })`)(ctx, t)
		return err
	}))
	found, err := chromedp.Run(b.ctx, chromedp.Poll[[]string](`window.found`))
	if err != nil {
		b.fail("look at "+where, err)
	}
	for _, one := range found {
		b.t.Errorf("%s: %s", where, one)
	}
}

// TestBrowserAxeIsAsPinned: the file that is kept here is of the version in the lock file.
func TestBrowserAxeIsAsPinned(t *testing.T) {
	data, err := os.ReadFile(filepath.Join(axeDir, "package-lock.json"))
	if err != nil {
		t.Fatal(err)
	}
	var lock struct {
		Packages map[string]struct{ Version string }
	}
	if err := json.Unmarshal(data, &lock); err != nil {
		t.Fatal(err)
	}
	source, err := os.ReadFile(filepath.Join(axeDir, "axe.min.js"))
	if err != nil {
		t.Fatal(err)
	}
	want := "axe v" + lock.Packages["node_modules/axe-core"].Version
	if first, _, _ := strings.Cut(string(source), "\n"); !strings.Contains(first, want) {
		t.Errorf("the file is %q, the lock file says %s", first, want)
	}
}
