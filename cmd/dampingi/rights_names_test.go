package main

import (
	"go/ast"
	"maps"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

// What the tests of rights try is read from the sources, so that a button that is added is tried without
// anybody's thinking of it.

// houseNames are the buttons of the house, those of matters' cards, and the kinds and answers of prompts.
type houseNames struct {
	moves, matterMoves, prompts, answers []string

	deeds map[string]program.Deed // the right that a button needs, by its name
}

// namesInSources reads them.
func namesInSources(t *testing.T) houseNames {
	t.Helper()
	files, err := filepath.Glob("../../internal/conversation/*.go")
	if err != nil {
		t.Fatal(err)
	}
	var all strings.Builder
	for _, file := range files {
		if strings.HasSuffix(file, "_test.go") {
			continue
		}
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		all.Write(source)
	}
	found := func(pattern string) []string {
		names := map[string]bool{}
		for _, m := range regexp.MustCompile(pattern).FindAllStringSubmatch(all.String(), -1) {
			names[m[1]] = true
		}
		return slices.Sorted(maps.Keys(names))
	}
	n := houseNames{
		moves:   found(`(?m)^\s*"([a-z._]+)":\s*\{program\.[A-Z][\w.()]*, (?:nil|\[\]screen)`),
		prompts: found(`prompt[A-Z][A-Za-z]*\s*=\s*"([a-z_]+)"`),
		answers: found(`"([a-z_]+)":\s*(?:\(\*visit\)|func\(v \*visit, p turn\.Prompt)`),
	}
	for _, cut := range []string{"menu", "matter", "move", "on", "h.data", "why"} {
		if !slices.Contains(n.moves, cut) {
			t.Fatalf("no button %q in %v: the search is broken", cut, n.moves)
		}
	}
	for _, kind := range []string{"alarm", "week"} {
		if !slices.Contains(n.prompts, kind) {
			t.Fatalf("no prompt %q in %v: the search is broken", kind, n.prompts)
		}
	}
	n.matterMoves, n.deeds = matterMoves(t), map[string]program.Deed{}
	table, err := os.ReadFile("../../internal/program/rights.go")
	if err != nil {
		t.Fatal(err)
	}
	values := map[string]program.Deed{}
	for _, m := range regexp.MustCompile(`(?m)^\s*([A-Z]\w+)\s+Deed = "([a-z_]+)"`).FindAllStringSubmatch(string(table), -1) {
		values[m[1]] = program.Deed(m[2])
	}
	for _, m := range regexp.MustCompile(`(?m)^\s*"([a-z._]+)":\s*\{program\.([A-Z]\w*), (?:nil|\[\]screen)`).FindAllStringSubmatch(all.String(), -1) {
		if n.deeds[m[1]] = values[m[2]]; n.deeds[m[1]] == "" {
			t.Fatalf("the button %q needs %s, which is no deed", m[1], m[2])
		}
	}
	return n
}

// matterMoves are the names of the buttons on matters' cards: the first text in each literal of that type.
func matterMoves(t *testing.T) []string {
	t.Helper()
	names := map[string]bool{}
	add := func(lit *ast.CompositeLit) {
		for _, e := range lit.Elts {
			if kv, ok := e.(*ast.KeyValueExpr); ok {
				e = kv.Value
			}
			if s, ok := literal(e); ok {
				names[s] = true
				return
			}
		}
	}
	named := func(e ast.Expr) bool { id, ok := e.(*ast.Ident); return ok && id.Name == "matterMove" }
	eachSource(t, func(_ func(ast.Node) string, file *ast.File) {
		ast.Inspect(file, func(n ast.Node) bool {
			lit, ok := n.(*ast.CompositeLit)
			if !ok {
				return true
			}
			if named(lit.Type) {
				add(lit)
			}
			if list, ok := lit.Type.(*ast.ArrayType); ok && named(list.Elt) {
				for _, e := range lit.Elts {
					if one, ok := e.(*ast.CompositeLit); ok {
						add(one)
					}
				}
			}
			return true
		})
	})
	return slices.Sorted(maps.Keys(names))
}

// listWord is the command that shows the matters of a kind; empty for those that have no list.
func listWord(k program.MatterKind) string {
	return map[program.MatterKind]string{
		program.Case: "kasus", program.Session: "kegiatan", program.Task: "tugas", program.Aid: "modal", program.Candidacy: "seleksi",
		program.Partner: "mitra", program.Permit: "izin", program.Proposal: "usulan",
	}[k]
}
