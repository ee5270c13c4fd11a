package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"text/tabwriter"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

// flowsCmd is about the kinds of reports.
type flowsCmd struct {
	Check  flowsCheckCmd  `cmd:"" help:"Check flow files and their texts; every mistake with its place."`
	List   flowsListCmd   `cmd:"" help:"List the flows."`
	Graph  flowsGraphCmd  `cmd:"" help:"Draw a flow as a Mermaid chart."`
	Schema flowsSchemaCmd `cmd:"" help:"Print the JSON schema of a flow file."`
}

// flowsCheckCmd checks the flows that are built in, or those of a directory.
type flowsCheckCmd struct {
	Dir string `arg:"" optional:"" help:"A directory of flow files; without it, those built in."`
}

// Run prints every mistake and fails when there is one.
func (c *flowsCheckCmd) Run(w *world) error {
	book, err := texts.Load(locales.Files)
	if err != nil {
		return err
	}
	all, problems := readFlows(c.Dir)
	if len(problems) == 0 {
		problems = append(flow.Check(all, book.For("id"), book.For("en")), conversation.CheckLives(all)...)
	}
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

// readFlows reads the flows of a directory, or those built in, and all their mistakes.
func readFlows(dir string) ([]*flow.Flow, []error) {
	if dir == "" {
		all, err := flows.All()
		if err != nil {
			return nil, []error{err}
		}
		return all, nil
	}
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

// builtIn is the flows that are built in, and their words.
func builtIn() ([]*flow.Flow, *texts.Book, error) {
	all, err := flows.All()
	if err != nil {
		return nil, nil, err
	}
	book, err := texts.Load(locales.Files)
	return all, book, err
}

// flowsListCmd lists the flows.
type flowsListCmd struct{}

// Run prints one flow a line.
func (c *flowsListCmd) Run(w *world) error {
	all, book, err := builtIn()
	if err != nil {
		return err
	}
	t := tabwriter.NewWriter(w.out, 0, 4, 2, ' ', 0)
	for _, f := range all {
		fmt.Fprintf(t, "%s\tv%d\t/%s\t%s\t%d questions\n", f.ID, f.Version, f.Command, book.For("id").Text(f.TitleKey()), len(f.Steps))
	}
	return t.Flush()
}

// flowsGraphCmd draws a flow.
type flowsGraphCmd struct {
	Name string `arg:"" help:"The flow's id."`
	Lang string `default:"id" enum:"id,en" help:"The language of the questions."`
}

// Run prints the chart.
func (c *flowsGraphCmd) Run(w *world) error {
	all, book, err := builtIn()
	if err != nil {
		return err
	}
	for _, f := range all {
		if f.ID == c.Name {
			fmt.Fprint(w.out, flow.Graph(f, book.For(c.Lang)))
			return nil
		}
	}
	return fmt.Errorf("there is no flow %q: see dampingi flows list", c.Name)
}

// flowsSchemaCmd prints the schema.
type flowsSchemaCmd struct{}

// Run prints the schema.
func (c *flowsSchemaCmd) Run(w *world) error {
	_, err := w.out.Write(flow.Schema())
	return err
}
