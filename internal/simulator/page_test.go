package simulator

import (
	"encoding/json"
	"io/fs"
	"maps"
	"regexp"
	"slices"
	"strings"
	"testing"
)

// TestThePageSpeaksBothLanguages: what is said in one is said in the other, with the same gaps.
func TestThePageSpeaksBothLanguages(t *testing.T) {
	var texts map[string]map[string]string
	if err := json.Unmarshal(must(fs.ReadFile(pageFiles, "page/texts.json")), &texts); err != nil {
		t.Fatal(err)
	}
	id, en := texts["id"], texts["en"]
	if a, b := slices.Sorted(maps.Keys(id)), slices.Sorted(maps.Keys(en)); len(a) == 0 || !slices.Equal(a, b) {
		t.Errorf("keys differ:\n%v\n%v", a, b)
	}
	gap := regexp.MustCompile(`\{\w+\}`)
	for key, text := range id {
		if text == "" || en[key] == "" {
			t.Errorf("%s is empty", key)
		}
		if a, b := gap.FindAllString(text, -1), gap.FindAllString(en[key], -1); !slices.Equal(slices.Sorted(slices.Values(a)), slices.Sorted(slices.Values(b))) {
			t.Errorf("%s has other gaps: %q, %q", key, text, en[key])
		}
	}
}

// TestThePageHasEveryTextThatItNames looks through scripts and markup for keys without a text.
func TestThePageHasEveryTextThatItNames(t *testing.T) {
	var texts map[string]map[string]string
	if err := json.Unmarshal(must(fs.ReadFile(pageFiles, "page/texts.json")), &texts); err != nil {
		t.Fatal(err)
	}
	named := regexp.MustCompile(`\bt\("(\w+)"|data-(?:text|label)="(\w+)"`)
	for name := range pageTypes {
		for _, m := range named.FindAllStringSubmatch(string(must(fs.ReadFile(pageFiles, "page/"+name))), -1) {
			if key := m[1] + m[2]; texts["id"][key] == "" {
				t.Errorf("%s names %s, which has no text", name, key)
			}
		}
	}
}

// TestThePageNeedsNobodyElse: every file of the page is served, and none of them loads anything from
// another address. (The browser tests watch what is really asked for.)
func TestThePageNeedsNobodyElse(t *testing.T) {
	files := must(fs.ReadDir(pageFiles, "page"))
	if len(files) != len(pageTypes) {
		t.Errorf("%d files, %d are served", len(files), len(pageTypes))
	}
	address := regexp.MustCompile(`(?i)(?:https?:|["'(])//[\w.-]+\.[a-z]{2,}`)
	known := []string{"https://t.me", "http://www.w3.org"} // what an invitation looks like, and a namespace
	for _, file := range files {
		if pageTypes[file.Name()] == "" {
			t.Errorf("%s is not served", file.Name())
		}
		for _, found := range address.FindAllString(string(must(fs.ReadFile(pageFiles, "page/"+file.Name()))), -1) {
			if !slices.Contains(known, strings.ToLower(found)) {
				t.Errorf("%s speaks of %s", file.Name(), found)
			}
		}
	}
}
