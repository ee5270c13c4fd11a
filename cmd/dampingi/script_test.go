package main

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"log/slog"
	"net/http/httptest"
	"os"
	"os/exec"
	"strconv"
	"testing"
	"time"

	"github.com/rogpeppe/go-internal/testscript"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

func TestMain(m *testing.M) {
	testscript.Main(tests{m}, map[string]func(){"dampingi": main})
}

// tests ends the PostgreSQL that tests may have started.
type tests struct{ *testing.M }

// Run runs them.
func (t tests) Run() int {
	defer pgtest.Done()
	return t.M.Run()
}

// TestScript runs every command line of testdata/script in a process and a directory of its own.
func TestScript(t *testing.T) {
	testscript.Run(t, testscript.Params{
		Dir:                 "testdata/script",
		RequireExplicitExec: true,
		RequireUniqueNames:  true,
		Cmds: map[string]func(*testscript.TestScript, bool, []string){
			"agekey":   ageKey,
			"exits":    exits,
			"mode":     mode,
			"reports":  reports,
			"sql":      meddle,
			"subst":    subst,
			"telegram": telegramNamed,
			"unlock":   unlock,
		},
	})
}

// exits runs a command and wants its exit code: exits 2 dampingi nonsense
func exits(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 2 {
		ts.Fatalf("usage: exits CODE COMMAND ...")
	}
	want, err := strconv.Atoi(args[0])
	ts.Check(err)
	got := 0
	err = ts.Exec(args[1], args[2:]...)
	var failed *exec.ExitError
	switch {
	case errors.As(err, &failed):
		got = failed.ExitCode()
	case err != nil:
		ts.Fatalf("%v", err)
	}
	if got != want {
		ts.Fatalf("exit code %d, want %d", got, want)
	}
}

// mode wants the permissions of a file: mode 0600 data/key
func mode(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: mode PERMISSIONS FILE")
	}
	info, err := os.Stat(ts.MkAbs(args[1]))
	ts.Check(err)
	if got := fmt.Sprintf("%04o", info.Mode().Perm()); got != args[0] {
		ts.Fatalf("%s has mode %s, want %s", args[1], got, args[0])
	}
}

// telegramNamed gives the script a Telegram where the bot has a name: telegram BOTNAME [NAME]
func telegramNamed(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) < 1 || len(args) > 2 {
		ts.Fatalf("usage: telegram BOTNAME [NAME]")
	}
	name := append(args, "Catatan Usaha")[1]
	sim := simulator.New(simulator.Options{Token: houseToken, Username: args[0], Name: name, Clock: simulator.NewClock(scriptDay())})
	server := httptest.NewServer(sim.Handler())
	ts.Defer(func() { server.Close(); sim.Close() })
	ts.Setenv("TELEGRAM_API_URL", server.URL)
	ts.Setenv("TELEGRAM_TOKEN", houseToken)
}

// reports fills the data directory with the demo's people and their reports of the four weeks
// before 25 November 2026; one of that day
// is taken back.
func reports(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: reports DIR")
	}
	ctx := context.Background()
	set := &Settings{DataDir: ts.MkAbs(args[0]), Timezone: "Asia/Jakarta"}
	ts.Check(os.MkdirAll(set.DataDir, 0o700))
	store, v, err := demoStore(ctx, set, scriptDay, slog.New(slog.DiscardHandler))
	ts.Check(err)
	sim := simulator.New(simulator.Options{Token: demoToken, Clock: simulator.NewClock(scriptDay())})
	ts.Defer(sim.Close)
	ts.Check(seedDemo(ctx, store, v, sim, 1, scriptDay(), set))
	hers, err := store.Caseload(ctx, "demo-rina")
	ts.Check(err)
	ts.Check(store.Commit(ctx, turn.Plan{Reports: []program.Report{{
		ID: "taken-back", Flow: "usaha", FlowVersion: 1, Participant: hers[0].Code, Author: "demo-rina",
		OccurredOn: program.DateOf(scriptDay()), CreatedAt: scriptDay().UTC(), Answers: []byte(`{"omzet":4500000}`),
	}}}))
	ts.Check(store.Commit(ctx, turn.Plan{Undo: []turn.Undo{{Report: "taken-back", By: "demo-rina", At: scriptDay()}}}))
	ts.Check(store.Close())
}

// meddle changes a database behind the bot's back: sql FILE STATEMENT
func meddle(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 2 {
		ts.Fatalf("usage: sql FILE STATEMENT")
	}
	db, err := sql.Open("sqlite", ts.MkAbs(args[0]))
	ts.Check(err)
	_, err = db.Exec(args[1])
	ts.Check(errors.Join(err, db.Close()))
}

// subst fills in the environment's $NAMES in a file: subst FILE
func subst(ts *testscript.TestScript, neg bool, args []string) {
	if neg || len(args) != 1 {
		ts.Fatalf("usage: subst FILE")
	}
	text := os.Expand(ts.ReadFile(args[0]), ts.Getenv)
	ts.Check(os.WriteFile(ts.MkAbs(args[0]), []byte(text), 0o600))
}

// scriptDay is the Wednesday of all examples.
func scriptDay() time.Time {
	return time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("WIB", 7*60*60))
}
