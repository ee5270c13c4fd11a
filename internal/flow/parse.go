package flow

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// The bounds of a flow file. They are far above what a person could answer on a phone, and
// low enough that a hostile file costs nothing.
const (
	maxFileSize = 128 << 10
	maxDepth    = 12
	maxProblems = 100
	maxSteps    = 60
	maxChoices  = 40
	maxQuick    = 8
	maxName     = 32
	maxDays     = 36600 // a century: when the institution was founded
	maxLength   = 2000
	maxNumber   = 1_000_000_000_000
)

// Problem is one mistake in a flow file, in words for the file's author.
type Problem struct {
	File         string
	Line, Column int // counted from 1, columns in characters
	Text         string
}

// Error gives the problem as editors and terminals like it: file:line:column: sentence.
func (p Problem) Error() string {
	return fmt.Sprintf("%s:%d:%d: %s", p.File, p.Line, p.Column, p.Text)
}

// Problems is every mistake in a file, sorted by place.
type Problems []Problem

// Error gives one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i := range p {
		lines[i] = p[i].Error()
	}
	return strings.Join(lines, "\n")
}

// Unwrap gives the problems one by one to errors.As.
func (p Problems) Unwrap() []error {
	errs := make([]error, len(p))
	for i := range p {
		errs[i] = p[i]
	}
	return errs
}

// Parse reads a flow file. The error, if any, is a Problems with all mistakes of the file;
// the name of the file is only for it. Whatever the bytes are, Parse returns, and soon.
func Parse(file string, data []byte) (*Flow, error) {
	r := &reader{file: file}
	root := r.document(data)
	if root == nil {
		return nil, r.err()
	}
	f := r.flow(root)
	if err := r.err(); err != nil {
		return nil, err
	}
	return f, nil
}

// reader gathers the problems of one file while it is read.
type reader struct {
	file     string
	problems Problems
	steps    []fields // as written, beside Flow.Steps, for the places of their problems
}

// report notes a problem at a line and column.
func (r *reader) report(line, column int, format string, args ...any) {
	r.problems = append(r.problems, Problem{
		File: r.file, Line: max(line, 1), Column: max(column, 1), Text: fmt.Sprintf(format, args...),
	})
}

// err is all that was reported, sorted, or nil. The list is cut where nobody would read on.
func (r *reader) err() error {
	if len(r.problems) == 0 {
		return nil
	}
	byPlace := func(a, b Problem) int {
		return cmp.Or(cmp.Compare(a.Line, b.Line), cmp.Compare(a.Column, b.Column), cmp.Compare(a.Text, b.Text))
	}
	slices.SortStableFunc(r.problems, byPlace)
	all := slices.Compact(r.problems)
	if len(all) <= maxProblems {
		return all
	}
	rest := all[maxProblems]
	rest.Text = fmt.Sprintf("and %d more problems from here on", len(all)-maxProblems)
	return append(all[:maxProblems:maxProblems], rest)
}

// list joins words as they are listed in a sentence.
func list(words []string) string { return strings.Join(words, ", ") }

// hint completes the sentence about an unknown word: the one that was probably meant, or
// else all that are known.
func hint(word string, known []string) string {
	if near := nearest(word, known); near != "" {
		return fmt.Sprintf("did you mean %q?", near)
	}
	if len(known) == 0 {
		return "there are none"
	}
	return "known are " + list(known)
}

// nearest finds the known word that was probably meant, or "".
func nearest(word string, known []string) string {
	if len(word) > maxName {
		return "" // nobody means a word of ours by that
	}
	best, least := "", min(3, len(word)/2)+1
	lower := strings.ToLower(word)
	for _, k := range known {
		if d := distance(lower, k); d < least {
			best, least = k, d
		}
	}
	return best
}

// withArticle is a kind as it stands in a sentence: a date, an amount.
func withArticle(k Kind) string {
	if strings.HasPrefix(string(k), "a") {
		return "an " + string(k)
	}
	return "a " + string(k)
}

// quote shows a word of the file in a sentence, cut where it would hide the sentence.
func quote(s string) string {
	const most = 40
	if runes := []rune(s); len(runes) > most {
		return fmt.Sprintf("%q", string(runes[:most])+"…")
	}
	return fmt.Sprintf("%q", s)
}
