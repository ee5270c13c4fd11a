package main

import (
	"fmt"
	"maps"
	"os"
	"slices"
	"strconv"
	"strings"
	"text/tabwriter"
	"time"

	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/texts"
)

// remindersCmd is about what people are told without having asked.
type remindersCmd struct {
	List  remindersListCmd  `cmd:"" help:"List the rules of reminders, with the institution's settings."`
	Check remindersCheckCmd `cmd:"" help:"Check a file of settings; every mistake with its place."`
	Docs  remindersDocsCmd  `cmd:"" help:"Write the page about the rules, for those who work with them."`
}

// remindersListCmd lists the rules.
type remindersListCmd struct{}

// Run prints a line for each rule that is switched on.
func (remindersListCmd) Run(w *world, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	set, err := s.reminders(zone)
	if err != nil {
		return err
	}
	book, err := reminder.New(set)
	if err != nil {
		return fmt.Errorf("prepare the rules of reminders: %w", err)
	}
	table := tabwriter.NewWriter(w.out, 0, 0, 2, ' ', 0)
	for _, r := range book.All() {
		fmt.Fprintf(table, "%s\t%s\t%s\t%s\n", r.ID, told(r, w.words), numbers(r), w.words.Text(ruleKey(r)))
	}
	return table.Flush()
}

// remindersCheckCmd checks a file.
type remindersCheckCmd struct {
	File string `arg:"" help:"The file, as REMINDERS names it."`
}

// Run prints every mistake and fails when there is one.
func (c remindersCheckCmd) Run(w *world, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	if _, err = readReminders(c.File, zone); err != nil {
		all := mistakes(err)
		for _, one := range all {
			fmt.Fprintln(w.errOut, one)
		}
		return fmt.Errorf("%d mistakes in the settings of reminders", len(all))
	}
	fmt.Fprintf(w.out, "%s: good\n", c.File)
	return nil
}

// readReminders reads the settings of reminders from a file.
func readReminders(file string, zone *time.Location) (reminder.Settings, error) {
	data, err := os.ReadFile(file) //nolint:gosec // the institution names its file
	if err != nil {
		return reminder.Settings{}, fmt.Errorf("read the settings of reminders: %w", err)
	}
	return reminder.Read(file, data, zone)
}

// remindersDocsCmd writes the page about the rules.
type remindersDocsCmd struct {
	File string `arg:"" help:"The page."`
	Lang string `default:"id" enum:"id,en" help:"The language of the page."`
}

// Run writes it.
func (c remindersDocsCmd) Run(w *world, s *Settings) error {
	known, err := s.kinds()
	if err != nil {
		return err
	}
	if err := os.WriteFile(c.File, []byte(rulesPage(known.book.For(c.Lang))), 0o644); err != nil { //nolint:gosec // for everybody to read
		return fmt.Errorf("write the page of the rules: %w", err)
	}
	fmt.Fprintln(w.out, c.File)
	return nil
}

// rulesPage is the page about all rules, as they are before an institution changes anything.
func rulesPage(words *texts.Words) string {
	var b strings.Builder
	b.WriteString("<!-- make alur -->\n" + words.Text("rules_page.head") + "\n")
	for _, r := range reminder.Rules() {
		what := words.Text(ruleKey(r))
		if r.Urgent {
			what += " " + words.Text("rules_page.urgent")
		}
		fmt.Fprintf(&b, "| %s | %s | %s | %s |\n", r.ID, what, told(r, words), numbers(r))
	}
	b.WriteString("\n" + words.Text("rules_page.foot") + "\n")
	return b.String()
}

// told says when a rule is told, in words.
func told(r reminder.Rule, words *texts.Words) string {
	minute, rest, ok := strings.Cut(r.When, " ")
	if !ok || minute == "*" {
		return words.Text("rules_page.moment")
	}
	fields := strings.Fields(rest)
	hour, err := strconv.Atoi(fields[0])
	m, err2 := strconv.Atoi(minute)
	day := map[string]string{"*": "rules_page.daily", "1": "rules_page.monday", "5": "rules_page.friday"}[fields[3]]
	if err != nil || err2 != nil || day == "" || fields[1] != "*" || fields[2] != "*" {
		return "`" + r.When + "`"
	}
	return words.Format(day, map[string]any{"Hour": fmt.Sprintf("%02d.%02d", hour, m)})
}

// numbers are the figures of a rule, by name.
func numbers(r reminder.Rule) string {
	all := make([]string, 0, len(r.Numbers))
	for _, name := range slices.Sorted(maps.Keys(r.Numbers)) {
		all = append(all, fmt.Sprintf("`%s: %d`", name, r.Numbers[name]))
	}
	return strings.Join(all, ", ")
}

// ruleKey is the key of what a rule is about.
func ruleKey(r reminder.Rule) string { return "rule." + strings.ToLower(r.ID) }
