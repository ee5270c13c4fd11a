// Command dampingi is the whole of Dampingi in one binary: the bot, its demo, and the
// commands with which an institution sets it up and reads its records.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"os"
	"os/signal"
	"slices"
	"strings"
	"syscall"
	"time"

	"github.com/alecthomas/kong"

	"github.com/dampingi/dampingi/internal/export"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/texts"
)

// Exit codes, as scripts may rely on them.
const (
	exitDone  = 0
	exitWrong = 1 // the input or the state is wrong
	exitUsage = 2
)

// commands is the command line; the environment stands in for its flags.
type commands struct {
	Settings

	Version kong.VersionFlag `help:"Print the version."`

	Demo       demoCmd       `cmd:"" help:"Start everything here on fictional people and print the address of the chat page."`
	Init       initCmd       `cmd:"" help:"Make the database, the key file, the file of settings and the first chair's invitation; at a terminal it asks for what it needs."`
	Serve      serveCmd      `cmd:"" help:"Serve the bot."`
	Doctor     doctorCmd     `cmd:"" help:"Look for what is set up wrongly, and say for each thing what to do."`
	People     peopleCmd     `cmd:"" help:"The people of the institution."`
	Import     importCmd     `cmd:"" help:"Take a roster in from a CSV file."`
	Reports    reportsCmd    `cmd:"" help:"The reports on record."`
	Export     exportCmd     `cmd:"" help:"Write reports into a file, encrypted, or anonymous figures."`
	Digest     digestCmd     `cmd:"" help:"Print the digest of a week as the chair gets it; a bot that serves goes on meanwhile."`
	Backup     backupCmd     `cmd:"" help:"Write the whole database into an encrypted file; a bot that serves goes on meanwhile."`
	Restore    restoreCmd    `cmd:"" help:"Put a backup in place where there is no database, once it is proved. The bot must not be running."`
	Move       moveCmd       `cmd:"" help:"Move the records from the file in DATA_DIR to PostgreSQL. The bot must not be running."`
	Key        keyCmd        `cmd:"" help:"The institution's key."`
	Verify     verifyCmd     `cmd:"" help:"Prove that the records and the audit are as they were written."`
	Flows      flowsCmd      `cmd:"" help:"The kinds of reports."`
	Reminders  remindersCmd  `cmd:"" help:"What people are told without having asked."`
	Understand understandCmd `cmd:"" help:"Show how a typed answer is understood."`
}

// world is what a command may use of the world around it.
type world struct {
	ctx    context.Context //nolint:containedctx // one command's own life
	in     io.Reader
	out    io.Writer
	errOut io.Writer
	now    func() time.Time
	log    *slog.Logger
	words  *texts.Words // what an administrator reads
	file   settingsFile
	flags  []*kong.Flag          // all that Settings has
	given  map[string]*kong.Flag // what was set anywhere, by the flag's name
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	code := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(code)
}

// run carries one command line out and gives the exit code.
func run(ctx context.Context, args []string, in io.Reader, out, errOut io.Writer) int {
	var c commands
	exited, code := false, exitDone
	file, unread := readSettings(args, os.Getenv("SETTINGS"), settingsPlaces())
	parser, err := kong.New(&c,
		kong.Name("dampingi"),
		kong.Description("Teman mencatat bagi lembaga pendamping. Lewat Telegram, dalam Bahasa Indonesia."),
		kong.Writers(out, errOut),
		kong.Exit(func(n int) { exited, code = true, n }),
		kong.UsageOnError(),
		kong.ConfigureHelp(kong.HelpOptions{WrapUpperBound: 100}),
		kong.Vars{"roles": listed(program.Roles()), "stages": listed(program.Stages()), "concentrations": listed(program.Concentrations()), "formats": listed(export.Formats()), "version": version()},
		kong.Resolvers(file.resolver()),
	)
	if err != nil {
		fmt.Fprintln(errOut, "dampingi:", err)
		return exitWrong
	}
	parsed, err := parser.Parse(arranged(args))
	if exited {
		return code
	}
	if err != nil {
		fmt.Fprintf(errOut, "dampingi: %v\nTry: dampingi help\n", err)
		if file.found {
			fmt.Fprintf(errOut, "Settings are read from %s as well.\n", file.path)
		}
		return exitUsage
	}
	book, err := houseWords()
	if err != nil {
		fmt.Fprintln(errOut, "dampingi:", err)
		return exitWrong
	}
	w := &world{ctx: ctx, in: in, out: out, errOut: errOut, now: time.Now, words: book.For(c.CommandLang),
		log: newLog(errOut, &c.Settings), file: file, flags: parsed.Model.Flags, given: given(parsed)}
	if err = w.settled(parsed, unread); err == nil {
		err = parsed.Run(w, &c.Settings)
	}
	if err == nil || serves(parsed.Command()) && errors.Is(err, context.Canceled) {
		return exitDone
	}
	fmt.Fprintln(errOut, "dampingi:", w.explain(err, &c.Settings))
	var usage usageError
	if errors.As(err, &usage) {
		return exitUsage
	}
	return exitWrong
}

// serves tells the commands that go on until they are told to stop: that is their proper end,
// where any other has not done what it was asked for.
func serves(command string) bool { return command == "serve" || command == "demo" }

// arranged puts arguments the way the parser wants them: `help people add` is
// `people add --help`, and a text to be understood may begin with a minus ("-50rb").
func arranged(args []string) []string {
	if len(args) > 0 && args[0] == "help" {
		return append(slices.Clone(args[1:]), "--help")
	}
	if len(args) == 0 || args[0] != "understand" || slices.Contains(args, "--") {
		return args
	}
	var flags, minus []string
	for _, a := range args {
		if len(a) > 1 && a[0] == '-' && a[1] != '-' && a != "-h" {
			minus = append(minus, a)
			continue
		}
		flags = append(flags, a)
	}
	if len(minus) == 0 {
		return args
	}
	return append(append(flags, "--"), minus...)
}

// listed is what a flag may be, in the form that the parser wants.
func listed[T ~string](values []T) string {
	out := make([]string, 0, len(values))
	for _, v := range values {
		out = append(out, string(v))
	}
	return strings.Join(out, ",")
}
