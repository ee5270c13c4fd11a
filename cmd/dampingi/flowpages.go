package main

import (
	"fmt"
	"os"
	"path/filepath"
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/guide"
)

// flowsDocsCmd writes the pages about the flows.
type flowsDocsCmd struct {
	Dir         string `arg:"" help:"The folder of the pages; those of flows that are gone are removed."`
	Lang        string `default:"id" enum:"id,en" help:"The language of the pages."`
	Transcripts string `help:"A folder of transcripts, of which the taps are counted."`
}

// Run writes a page for each flow, and the index.
func (c *flowsDocsCmd) Run(w *world, s *Settings) error {
	known, err := s.kinds()
	if err != nil {
		return err
	}
	runs, err := runsIn(c.Transcripts)
	if err != nil {
		return err
	}
	if err := os.MkdirAll(c.Dir, 0o755); err != nil { //nolint:gosec // for everybody to read
		return fmt.Errorf("make the folder of the pages: %w", err)
	}
	pages := known.pages(c.Lang, guide.Fewest(runs))
	for name, page := range pages {
		if err := os.WriteFile(filepath.Join(c.Dir, name), []byte(page), 0o644); err != nil { //nolint:gosec // for everybody to read
			return fmt.Errorf("write a page: %w", err)
		}
	}
	old, err := filepath.Glob(filepath.Join(c.Dir, "*.md"))
	if err != nil {
		return fmt.Errorf("look for old pages: %w", err)
	}
	for _, file := range old {
		if _, current := pages[filepath.Base(file)]; !current && generated(file) {
			if err := os.Remove(file); err != nil {
				return fmt.Errorf("remove an old page: %w", err)
			}
		}
	}
	fmt.Fprintf(w.out, "%d pages in %s\n", len(pages), c.Dir)
	return nil
}

// generated reports whether a page was written by this command: another's is left alone.
func generated(file string) bool {
	page, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names the folder
	return err == nil && strings.HasPrefix(string(page), "<!-- ")
}

// pages are all pages by file name.
func (k kinds) pages(lang string, taps map[string]guide.Taps) map[string]string {
	g := &guide.Guide{Flows: k.current, Words: k.book.For(lang), Rights: conversation.Rights(k.current), Taps: taps}
	pages := map[string]string{"README.md": g.Index()}
	for _, f := range k.current {
		pages[f.ID+".md"] = g.Page(f)
	}
	return pages
}

// runsIn are the runs of all transcripts of a folder; none without one.
func runsIn(dir string) ([]guide.Run, error) {
	if dir == "" {
		return nil, nil
	}
	files, err := filepath.Glob(filepath.Join(dir, "*.txt"))
	if err != nil {
		return nil, fmt.Errorf("look for transcripts: %w", err)
	}
	slices.Sort(files)
	var runs []guide.Run
	for _, file := range files {
		played, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names the folder
		if err != nil {
			return nil, fmt.Errorf("read a transcript: %w", err)
		}
		runs = append(runs, guide.CountTaps(string(played))...)
	}
	return runs, nil
}
