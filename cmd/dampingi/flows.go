package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/flow"
)

// flowsCmd is about the kinds of reports.
type flowsCmd struct {
	Check  flowsCheckCmd  `cmd:"" help:"Check flow files and their texts; every mistake with its place."`
	List   flowsListCmd   `cmd:"" help:"List the flows."`
	Graph  flowsGraphCmd  `cmd:"" help:"Draw a flow as a Mermaid chart."`
	Schema flowsSchemaCmd `cmd:"" help:"Print the JSON schema of a flow file."`
	Docs   flowsDocsCmd   `cmd:"" help:"Write a page about each flow, for those who work with them."`
}

// flowsCheckCmd checks the flows that are built in and those of FLOWS_DIR, or those of a directory.
type flowsCheckCmd struct {
	Dir string `arg:"" optional:"" help:"A directory of flow files; without it, those that the bot would know."`
}

// Run prints every mistake and fails when there is one.
func (c *flowsCheckCmd) Run(w *world, s *Settings) error {
	all, problems := c.checked(s)
	for _, p := range problems {
		fmt.Fprintln(w.errOut, p)
	}
	if len(problems) > 0 {
		return fmt.Errorf("%d mistakes in the flows", len(problems))
	}
	for _, f := range all {
		fmt.Fprintf(w.out, "%s: version %d, %d questions, good\n", f.ID, f.Version, len(f.Steps))
	}
	return nil
}

// checked are the flows, and all their mistakes.
func (c *flowsCheckCmd) checked(s *Settings) ([]*flow.Flow, []error) {
	known, err := s.kinds()
	if err != nil {
		return nil, mistakes(err)
	}
	if c.Dir == "" {
		return known.current, append(flow.Check(known.current, known.book.For("id"), known.book.For("en")), conversation.CheckLives(known.current)...)
	}
	if _, err := os.Stat(filepath.Join(c.Dir, "locales")); err == nil { // what an institution adds has words of its own
		more, err := known.with(os.DirFS(c.Dir))
		return more.added, mistakes(err)
	}
	all, problems := readFlows(c.Dir)
	if len(problems) == 0 {
		problems = append(flow.Check(all, known.book.For("id"), known.book.For("en")), conversation.CheckLives(all)...)
	}
	return all, problems
}

// mistakes is every mistake that an error has joined.
func mistakes(err error) []error {
	var all []error
	if joined, ok := err.(interface{ Unwrap() []error }); ok { //nolint:errorlint // only what is joined itself
		for _, one := range joined.Unwrap() {
			all = append(all, mistakes(one)...)
		}
		return all
	}
	if err != nil {
		all = append(all, err)
	}
	return all
}

// readFlows reads the flows of a directory, and all their mistakes.
func readFlows(dir string) ([]*flow.Flow, []error) {
	files, err := filepath.Glob(filepath.Join(dir, "*.yaml"))
	if err == nil && len(files) == 0 {
		err = errors.New("no *.yaml in " + dir)
	}
	if err != nil {
		return nil, []error{err}
	}
	var all []*flow.Flow
	var problems []error
	for _, file := range files {
		data, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names the folder
		if err != nil {
			problems = append(problems, fmt.Errorf("read flow: %w", err))
			continue
		}
		f, err := flow.Parse(file, data)
		if err != nil {
			problems = append(problems, err)
			continue
		}
		all = append(all, f)
	}
	return all, problems
}

// flowsListCmd lists the flows.
type flowsListCmd struct{}

// Run prints one flow a line.
func (c *flowsListCmd) Run(w *world, s *Settings) error {
	known, err := s.kinds()
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, f := range known.current {
		fmt.Fprintf(t, "%s\tv%d\t/%s\t%s\t%d questions\n", f.ID, f.Version, f.Command, known.book.For("id").Text(f.TitleKey()), len(f.Steps))
	}
	return t.Flush()
}

// flowsGraphCmd draws a flow.
type flowsGraphCmd struct {
	Name string `arg:"" help:"The flow's id."`
	Lang string `default:"id" enum:"id,en" help:"The language of the questions."`
}

// Run prints the chart.
func (c *flowsGraphCmd) Run(w *world, s *Settings) error {
	known, err := s.kinds()
	if err != nil {
		return err
	}
	f := known.named(c.Name)
	if f == nil {
		return fmt.Errorf("there is no flow %q: see dampingi flows list", c.Name)
	}
	fmt.Fprint(w.out, flow.Graph(f, known.book.For(c.Lang)))
	return nil
}

// flowsSchemaCmd prints the schema.
type flowsSchemaCmd struct{}

// Run prints the schema.
func (c *flowsSchemaCmd) Run(w *world) error {
	_, err := w.out.Write(flow.Schema())
	return err
}
