package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// understandCmd shows how a typed answer is read.
type understandCmd struct {
	Kind   string   `arg:"" enum:"amount,date_past,date_future,time,datetime_future,yesno,command,attendance,count,scale,report" help:"amount, date_past, date_future, time, datetime_future, yesno, command, attendance, count, scale or report."`
	At     string   `help:"The moment of reading, RFC 3339; now without it."`
	Roster string   `help:"Whom a report may be about: code and alias, TAB separated, below a header line." type:"existingfile"`
	JSON   bool     `name:"json" help:"Print an object."`
	Text   []string `arg:"" help:"What was typed; - reads one text a line."`

	names []bahasa.Name
}

// longestLine is the longest text that is read from standard input.
const longestLine = 1 << 20

// Run prints one reading a text.
func (c *understandCmd) Run(w *world, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	now := w.now().In(zone)
	if c.At != "" {
		if now, err = time.Parse(time.RFC3339, c.At); err != nil {
			return usageError{fmt.Errorf("--at %q: want a time such as 2026-11-25T10:00:00+07:00", c.At)}
		}
		now = now.In(zone)
	}
	if c.names, err = readRoster(c.Roster); err != nil {
		return err
	}
	if text := strings.Join(c.Text, " "); text != "-" {
		return c.read(w, text, now)
	}
	lines := bufio.NewScanner(w.in)
	lines.Buffer(nil, longestLine)
	for lines.Scan() {
		if err := c.read(w, lines.Text(), now); err != nil {
			return err
		}
	}
	if err := lines.Err(); err != nil {
		return fmt.Errorf("read texts: %w", err)
	}
	return nil
}

// read prints how one text is read.
func (c *understandCmd) read(w *world, text string, now time.Time) error {
	if c.Kind == "report" {
		return c.report(w, text, now)
	}
	got, err := bahasa.Understand(c.Kind, text, now)
	if err != nil {
		return fmt.Errorf("understand: %w", err)
	}
	if !c.JSON {
		fmt.Fprintln(w.out, got)
		return nil
	}
	sure, rest := "CERTAIN", got
	if head, tail, ok := strings.Cut(got, ":"); ok && (head == "CONFIRM" || head == "ASK" || head == "REJECT") {
		sure, rest = head, tail
	} else if got == "NONE" || got == "ASK" {
		sure, rest = got, ""
	}
	out := map[string]any{"kind": c.Kind, "text": text, "result": got, "sure": strings.ToLower(sure)}
	switch {
	case sure == "REJECT":
		out["reason"] = rest
	case rest != "":
		out["values"] = strings.Split(rest, "|")
	}
	if err := json.NewEncoder(w.out).Encode(out); err != nil {
		return fmt.Errorf("print: %w", err)
	}
	return nil
}

// report prints what a whole line says, as an object or as key=value pairs in
// the order of the alphabet.
func (c *understandCmd) report(w *world, text string, now time.Time) error {
	fields := bahasa.ReadReport(text, c.names, now).Fields()
	if c.JSON {
		if err := json.NewEncoder(w.out).Encode(fields); err != nil {
			return fmt.Errorf("print: %w", err)
		}
		return nil
	}
	keys := make([]string, 0, len(fields))
	for k := range fields {
		keys = append(keys, k)
	}
	slices.Sort(keys)
	for i, k := range keys {
		v := fields[k]
		if list, ok := v.([]string); ok {
			v = strings.Join(list, ",")
		}
		keys[i] = fmt.Sprintf("%s=%v", k, v)
	}
	fmt.Fprintln(w.out, strings.Join(keys, " "))
	return nil
}

// readRoster reads whom a report may be about from a file with a header line;
// columns behind code and alias are passed over. No file means nobody.
func readRoster(file string) ([]bahasa.Name, error) {
	if file == "" {
		return nil, nil
	}
	data, err := os.ReadFile(file) //nolint:gosec // whoever runs the command names it
	if err != nil {
		return nil, fmt.Errorf("read roster: %w", err)
	}
	var names []bahasa.Name
	for n, line := range strings.Split(string(data), "\n") {
		code, rest, ok := strings.Cut(strings.TrimRight(line, "\r"), "\t")
		if n == 0 || !ok {
			continue
		}
		alias, _, _ := strings.Cut(rest, "\t")
		names = append(names, bahasa.Name{Code: strings.TrimSpace(code), Alias: strings.TrimSpace(alias)})
	}
	return names, nil
}
