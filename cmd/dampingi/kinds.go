package main

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"slices"
	"strings"
	"sync"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// kinds are the kinds of reports that the house knows, with their words: those that are built in, and
// those that the institution adds in a folder of its own (FLOWS_DIR).
type kinds struct {
	current []*flow.Flow
	archive []*flow.Flow // older versions, in which reports were made
	added   []*flow.Flow // those of current that are the institution's own
	book    *texts.Book
}

// builtInWords are the words that are built in. They are read once, and never change: reading them is a
// tenth of what starting the bot takes.
var builtInWords = sync.OnceValues(func() (*texts.Book, error) { return texts.Load(locales.Files) }) //nolint:gochecknoglobals // read once

// kinds reads them; every mistake in what the institution adds is told, and nothing of it is used
// before there is none.
func (s *Settings) kinds() (kinds, error) {
	var k kinds
	var err error
	if k.current, err = flows.All(); err != nil {
		return k, err
	}
	if k.archive, err = flows.Archive(); err != nil {
		return k, err
	}
	if k.book, err = builtInWords(); err != nil {
		return k, err
	}
	if s.FlowsDir == "" {
		return k, nil
	}
	if k, err = k.with(os.DirFS(s.FlowsDir)); err != nil {
		return k, fmt.Errorf("FLOWS_DIR %s:\n%w", s.FlowsDir, err)
	}
	return k, nil
}

// with adds the kinds of reports in a folder: NAME.yaml, archive/NAME-VERSION.yaml, and their words in
// locales/id.toml and locales/en.toml.
func (k kinds) with(folder fs.FS) (kinds, error) {
	added, err := flows.Read(folder, ".")
	old, oldErr := flows.Read(folder, "archive")
	words, subErr := fs.Sub(folder, "locales")
	if err := errors.Join(err, oldErr, subErr); err != nil {
		return k, err
	}
	if len(added) == 0 {
		return k, errors.New("there is no *.yaml")
	}
	var errs []error
	for _, f := range slices.Concat(added, old) {
		errs = append(errs, k.admits(f)...)
	}
	book, err := k.book.With(words)
	if err != nil {
		return k, errors.Join(append(errs, err)...)
	}
	for _, lang := range book.Langs() {
		errs = append(errs, k.strays(added, book.For(lang))...)
	}
	all := kinds{current: slices.Concat(k.current, added), archive: slices.Concat(k.archive, old), added: added, book: book}
	slices.SortStableFunc(all.current, func(a, b *flow.Flow) int { return strings.Compare(a.ID, b.ID) })
	errs = append(errs, flow.Check(slices.Concat(all.current, old), book.For("id"), book.For("en"))...)
	return all, errors.Join(append(errs, conversation.CheckLives(all.current)...)...)
}

// admits gives why a flow cannot be added. What a matter goes through, who may be written to and what
// a woman has agreed to are the house's own: whoever adds a file must not be able to go round them.
func (k kinds) admits(f *flow.Flow) []error {
	var errs []error
	no := func(format string, args ...any) {
		errs = append(errs, fmt.Errorf("%s.yaml: "+format, append([]any{f.ID}, args...)...))
	}
	sections := map[string]bool{}
	for _, key := range k.book.For(texts.Fallback).Keys() {
		section, _, _ := strings.Cut(key, ".")
		sections[section] = true
	}
	if sections[f.ID] {
		no("id: the house uses the name %q already", f.ID)
	}
	if f.Save.As != flow.AsReport {
		no("save.as: what is added saves reports")
	}
	if f.Save.Opens+f.Save.Moves != "" || f.About.Matter() {
		no("save: cases, sessions and whatever else has a life of its own are moved by the house's own flows")
	}
	for _, st := range f.Steps {
		if st.Kind == flow.Text && !st.Sensitive && f.About == flow.Participant {
			no("steps: %s: what is written about a participant is sensitive: true", st.Name)
		}
	}
	return errs
}

// strays gives the words that are added for none of the flows that are.
func (k kinds) strays(added []*flow.Flow, all *texts.Words) []error {
	var errs []error
	for _, key := range all.Keys() {
		section, _, _ := strings.Cut(key, ".")
		if !k.book.For(all.Lang()).Has(key) && !slices.ContainsFunc(added, func(f *flow.Flow) bool { return f.ID == section }) {
			errs = append(errs, fmt.Errorf("locales/%s.toml: %s: there is no flow %q here", all.Lang(), key, section))
		}
	}
	return errs
}

// named is the flow with that id; nil when there is none.
func (k kinds) named(id string) *flow.Flow {
	for _, f := range k.current {
		if f.ID == id {
			return f
		}
	}
	return nil
}
