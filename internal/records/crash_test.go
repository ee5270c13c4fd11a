package records_test

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/records/pgtest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

const crashDir = "DAMPINGI_TEST_CRASH_DIR"

// TestMain is also the process that writes until it is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv(crashDir); dir != "" {
		fmt.Println(writeForEver(dir, os.Getenv(crashDir+"_ROUND")))
		os.Exit(1)
	}
	code := m.Run()
	pgtest.Done()
	os.Exit(code)
}

func openDir(dir string) (*records.Store, error) {
	path := filepath.Join(dir, dbRow)
	if b, err := os.ReadFile(path + ".url"); err == nil { // as pgtest.At notes it
		path = string(b)
	}
	v, err := vault.Open(filepath.Join(dir, "key"))
	if err != nil {
		return nil, err
	}
	return records.Open(context.Background(), path, v, records.Options{Now: func() time.Time { return now }})
}

// writeForEver commits turns in several lanes and prints each one's name once it is
// confirmed.
func writeForEver(dir, round string) error {
	s, err := openDir(dir)
	if err != nil {
		return err
	}
	failed := make(chan error)
	for lane := range 8 {
		go func() {
			for step := range uint64(1 << 30) {
				if err := writeOne(s, fmt.Sprintf("%s.%d", round, lane), step); err != nil {
					failed <- err
					return
				}
			}
		}()
	}
	return <-failed
}

// writeOne commits a turn and says so.
func writeOne(s *records.Store, lane string, step uint64) error {
	if err := commitOne(s, lane, step); err != nil {
		return err
	}
	_, err := fmt.Println("stored", lane, step)
	return err
}

// commitOne receives an update and commits a turn for it, with a row in every table.
func commitOne(s *records.Store, lane string, step uint64) error {
	ctx := context.Background()
	id := fmt.Sprintf("%s.%d", lane, step)
	var r, l int64
	if _, err := fmt.Sscanf(lane, "%d.%d", &r, &l); err != nil {
		return err
	}
	rows, err := s.Receive(ctx, []turn.Row{{UpdateID: (r*100+l)*1_000_000 + int64(step), Body: []byte(id), At: now}})
	if err != nil {
		return err
	}
	report := visit(id, program.Date("2026-11-25"))
	report.Answers = []byte(`"` + id + `"`)
	return s.Commit(ctx, turn.Plan{
		Row:       rows[0].Seq,
		State:     &turn.State{Key: turn.Key(lane), Was: step, Data: []byte(id)},
		Reports:   []program.Report{report},
		FollowUps: []program.FollowUp{{ID: id, Report: id, Participant: melati, Person: siti, Due: "2026-12-01"}},
		Audit:     []program.Audit{{At: now, Actor: siti, Action: "report.save", Subject: id}},
		Messages:  []turn.Message{{ID: id, Chat: sitiChat, Form: turn.Card, Text: id}},
	})
}

func TestAKilledProcessLosesNothingItConfirmed(t *testing.T) {
	t.Parallel()
	dir := t.TempDir()
	must(t, vault.Create(filepath.Join(dir, "key")))
	at(t, filepath.Join(dir, dbRow))
	s, err := openDir(dir)
	must(t, err)
	peopled(t, s)
	must(t, s.Close())
	confirmed := map[string]uint64{} // steps by lane
	for round := range 3 {
		killWhileWriting(t, dir, round, 150+100*round, confirmed)
		s, err := openDir(dir)
		must(t, err)
		checkWhole(t, s, confirmed)
		must(t, s.Close())
	}
}

func killWhileWriting(t *testing.T, dir string, round, after int, confirmed map[string]uint64) {
	t.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), crashDir+"="+dir, fmt.Sprintf("%s_ROUND=%d", crashDir, round))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	must(t, err)
	must(t, cmd.Start())
	n := 0
	for lines := bufio.NewScanner(out); lines.Scan(); {
		var lane string
		var step uint64
		if _, err := fmt.Sscanf(lines.Text(), "stored %s %d", &lane, &step); err != nil {
			if n < after {
				t.Fatalf("the writing process said %q", lines.Text())
			}
			continue // a line cut by the kill
		}
		confirmed[lane] = max(confirmed[lane], step+1)
		if n++; n == after {
			must(t, cmd.Process.Kill())
		}
	}
	if err := cmd.Wait(); err == nil || n < after {
		t.Fatalf("the writing process ended by itself after %d: %v", n, err)
	}
}

// checkWhole looks whether every confirmed turn is there with all its parts, and every
// turn that is there is whole.
func checkWhole(t *testing.T, s *records.Store, confirmed map[string]uint64) {
	t.Helper()
	ctx := t.Context()
	found := map[string]uint64{}
	reports := map[string]bool{}
	must(t, s.Reports(ctx, records.ReportFilter{}, func(r program.Report) error {
		reports[r.ID] = true
		found[r.ID[:strings.LastIndex(r.ID, ".")]]++
		if string(r.Answers) != `"`+r.ID+`"` || len(r.Facts) != 2 {
			t.Errorf("report %s is not whole", r.ID)
		}
		return nil
	}))
	for lane, steps := range confirmed {
		if found[lane] < steps {
			t.Errorf("lane %s: %d were confirmed, %d are there", lane, steps, found[lane])
		}
	}
	for lane, steps := range found {
		saved, err := s.Load(ctx, turn.Key(lane))
		must(t, err)
		if saved.Rev != steps || string(saved.Data) != fmt.Sprintf("%s.%d", lane, steps-1) {
			t.Errorf("lane %s: %d reports, but the state is at %d (%s)", lane, steps, saved.Rev, saved.Data)
		}
	}
	items, err := s.Outgoing(ctx, 1<<20)
	must(t, err)
	for _, i := range items {
		if !reports[i.Message.ID] || i.Message.Text != i.Message.ID {
			t.Errorf("message %s without its report", i.Message.ID)
		}
	}
	follow, err := s.FollowUps(ctx, "2027-01-01")
	must(t, err)
	audits, err := s.Audits(ctx, 1<<20)
	must(t, err)
	if len(items) != len(reports) || len(follow) != len(reports) || len(audits) != len(reports) {
		t.Errorf("%d reports, %d messages, %d follow-ups, %d audits", len(reports), len(items), len(follow), len(audits))
	}
	pending, err := s.Pending(ctx)
	must(t, err)
	for _, p := range pending {
		if reports[string(p.Body)] {
			t.Errorf("update %s has its report and is not done", p.Body)
		}
	}
	t.Logf("%d turns, %d updates still waiting", len(reports), len(pending))
}
