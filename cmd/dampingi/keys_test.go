package main

import (
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"maps"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/doctor"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/internal/vitals"
	"github.com/dampingi/dampingi/locales"
)

// TestEveryKeyHasItsTextAndEveryTextItsPlace compares the keys in the Go sources with those in
// locales/, for the house's own words; `dampingi flows check` does it for those of the flows.
func TestEveryKeyHasItsTextAndEveryTextItsPlace(t *testing.T) {
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	used := keysInSources(t, houseSections(t, book))
	maps.Copy(used, keysOfTheProgramme())
	maps.Copy(used, keysOfDoctor(book.For("id")))
	maps.Copy(used, keysOfTroubles(book.For("id")))
	if len(used) < 100 {
		t.Fatalf("%d keys found in the sources: the search is broken", len(used))
	}
	for _, lang := range book.Langs() {
		words := book.For(lang)
		for key, place := range used {
			if !words.Has(key) {
				t.Errorf("%s: %s is said at %s and has no text", lang, key, place)
			}
		}
		for _, key := range words.Keys() {
			if section, _, _ := strings.Cut(key, "."); !isFlow(t, section) && used[key] == "" {
				t.Errorf("%s: %s is said nowhere", lang, key)
			}
		}
	}
	if both := book.Langs(); !slices.Equal(both, []string{"en", "id"}) {
		t.Errorf("languages %v", both)
	}
}

// keysOfTheProgramme are the keys that are put together from words of package program.
func keysOfTheProgramme() map[string]string {
	used := map[string]string{}
	for _, s := range program.Stages() {
		used["stage."+string(s)] = "program.Stages"
	}
	for _, l := range program.Lives() {
		for status := range l.Next {
			used["status."+string(l.Kind)+"."+status] = "program.Lives"
		}
	}
	for _, r := range reminder.Rules() {
		used[ruleKey(r)] = "reminder.Rules"
	}
	return used
}

// keysOfTroubles are what the administrator is told: what is wrong, what to do, and that it is over, where it can be.
func keysOfTroubles(words *texts.Words) map[string]string {
	used := map[string]string{}
	for _, trouble := range vitals.Troubles() {
		key := "admin." + string(trouble.Name)
		used[key], used[key+"_do"] = "vitals.Troubles", "vitals.Troubles"
		if words.Has(key + "_over") {
			used[key+"_over"] = "vitals.Troubles"
		}
	}
	return used
}

// keysOfDoctor are the sentences about its checks: which of them it says is known to the tests of internal/doctor.
func keysOfDoctor(words *texts.Words) map[string]string {
	used := map[string]string{}
	for _, name := range doctor.Names() {
		for _, key := range words.Keys() {
			if strings.HasPrefix(key, "doctor."+name+"_") {
				used[key] = "doctor.Names"
			}
		}
	}
	return used
}

// flowNames are the flows by name, read once.
var flowNames = sync.OnceValues(func() (map[string]bool, error) {
	all, err := flows.All()
	names := make(map[string]bool, len(all))
	for _, f := range all {
		names[f.ID] = true
	}
	return names, err
})

// isFlow reports whether a section of the locales belongs to a flow.
func isFlow(t *testing.T, section string) bool {
	t.Helper()
	names, err := flowNames()
	if err != nil {
		t.Fatal(err)
	}
	return names[section]
}

// houseSections are the first words of the house's own keys, as a part of a pattern.
func houseSections(t *testing.T, book *texts.Book) string {
	t.Helper()
	sections := []string{"card", "say", "import", "init", "people", "cli"}
	for _, key := range book.For(texts.Fallback).Keys() {
		if section, _, _ := strings.Cut(key, "."); !isFlow(t, section) {
			sections = append(sections, section)
		}
	}
	slices.Sort(sections)
	return strings.Join(slices.Compact(sections), "|")
}

// keysInSources gives every key of those sections that stands in a Go source, with its place.
func keysInSources(t *testing.T, sections string) map[string]string {
	t.Helper()
	isKey := regexp.MustCompile(`^(` + sections + `)(\.[a-z0-9_]+)+$`)
	used := map[string]string{}
	eachSource(t, func(place func(ast.Node) string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			if s, ok := literal(n); ok && isKey.MatchString(s) {
				used[s] = place(n)
			}
			return true
		})
		for reason, at := range reasons(place, file) {
			used["say.reject."+reason] = at
		}
	})
	return used
}

// eachSource parses every Go file of the house but its tests.
func eachSource(t *testing.T, look func(place func(ast.Node) string, file *ast.File)) {
	t.Helper()
	for _, dir := range []string{".", "../../internal", "../../flows"} {
		err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || !strings.HasSuffix(path, ".go") || strings.HasSuffix(path, "_test.go") {
				return err
			}
			set := token.NewFileSet()
			file, err := parser.ParseFile(set, path, nil, parser.ParseComments)
			if err != nil {
				return err
			}
			look(func(n ast.Node) string { return set.Position(n.Pos()).String() }, file)
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	}
}

// reasons gives why an answer can be refused: what bahasa documents and what it gives, and what
// a flow adds to that. Each has its own sentence under say.reject.
func reasons(place func(ast.Node) string, file *ast.File) map[string]string {
	found := map[string]string{}
	quoted := regexp.MustCompile(`"([a-z_]+)"`)
	ast.Inspect(file, func(n ast.Node) bool {
		switch n := n.(type) {
		case *ast.Field: // the list in the comment of bahasa.Result.Reason
			if file.Name.Name == "bahasa" && len(n.Names) == 1 && n.Names[0].Name == "Reason" {
				for _, m := range quoted.FindAllStringSubmatch(n.Doc.Text(), -1) {
					found[m[1]] = place(n)
				}
			}
		case *ast.CallExpr: // reject[Date]("future")
			if called, ok := n.Fun.(*ast.IndexExpr); ok && len(n.Args) == 1 {
				if name, ok := called.X.(*ast.Ident); ok && name.Name == "reject" {
					note(found, n.Args[0], place)
				}
			}
		case *ast.KeyValueExpr: // reading{reason: "too_long"}
			if key, ok := n.Key.(*ast.Ident); ok && key.Name == "reason" {
				note(found, n.Value, place)
			}
		case *ast.FuncDecl:
			if n.Name.Name == "blockedReason" {
				ast.Inspect(n, func(n ast.Node) bool {
					if r, ok := n.(*ast.ReturnStmt); ok {
						note(found, r.Results[0], place)
					}
					return true
				})
			}
		}
		return true
	})
	return found
}

// note adds a text that stands in the source.
func note(found map[string]string, n ast.Node, place func(ast.Node) string) {
	if s, ok := literal(n); ok {
		found[s] = place(n)
	}
}

// literal is a text as it stands in the source.
func literal(n ast.Node) (string, bool) {
	lit, ok := n.(*ast.BasicLit)
	if !ok || lit.Kind != token.STRING {
		return "", false
	}
	s, err := strconv.Unquote(lit.Value)
	return s, err == nil
}
