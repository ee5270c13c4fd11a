package main

import (
	"bufio"
	"fmt"
	"io"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/vault"
)

// seedCrowd makes a database with n companions, who have chats from crowdChat on, and each of
// them some participants.
func seedCrowd(t testing.TB, dir string, n, each int) {
	t.Helper()
	set := &Settings{DataDir: dir, Timezone: "Asia/Jakarta"}
	if err := vault.Create(set.key()); err != nil {
		t.Fatal(err)
	}
	store, _, err := demoStore(t.Context(), set, time.Now, nil)
	if err != nil {
		t.Fatal(err)
	}
	var lines []records.RosterLine
	for i := range n {
		p := program.Person{ID: "p" + strconv.Itoa(i), Role: program.Companion, Name: "Rina " + strconv.Itoa(i), Chat: crowdChat + int64(i), Lang: "id", Active: true}
		lines = append(lines, records.RosterLine{Person: &p})
		for j := range each {
			lines = append(lines, records.RosterLine{Participant: &program.Participant{
				Agreed: program.OnPaper,
				Code:   fmt.Sprintf("M-%d-%d", i, j), Alias: "Melati " + strconv.Itoa(j), Stage: program.Trading, Companion: p.ID,
			}})
		}
	}
	if err := store.ImportRoster(t.Context(), lines); err != nil {
		t.Fatal(err)
	}
	if err := store.Close(); err != nil {
		t.Fatal(err)
	}
}

// process is the bot as a process of its own, seen from outside.
type process struct {
	t   testing.TB
	cmd *exec.Cmd
	url string // of health and metrics

	stop func() // ends it; the test does so too
}

// buildBot builds the bot as it is built for an institution, or with the tags in BENCH_TAGS.
// BENCH_BIN names one that is built already: to measure two of them in turn.
func buildBot(t testing.TB) string {
	t.Helper()
	if bin := os.Getenv("BENCH_BIN"); bin != "" {
		return bin
	}
	bin := filepath.Join(t.TempDir(), "dampingi")
	build := exec.CommandContext(t.Context(), "go", "build", "-trimpath", "-ldflags", "-s -w", "-tags", os.Getenv("BENCH_TAGS"), "-o", bin, ".")
	build.Env = append(os.Environ(), "CGO_ENABLED=0")
	if out, err := build.CombinedOutput(); err != nil {
		t.Fatalf("build: %v\n%s", err, out)
	}
	return bin
}

// startBot starts the bot on a data directory; it returns when the bot is ready. The bot ends
// with the test.
func startBot(t testing.TB, bin, dir string, env []string) *process {
	t.Helper()
	p := &process{t: t, cmd: exec.Command(bin, "serve")}
	p.cmd.Env = append(append(os.Environ(), "DATA_DIR="+dir, "LISTEN=127.0.0.1:0"), env...)
	log, err := p.cmd.StderrPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := p.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	said := bufio.NewReader(log)
	rest := make(chan string, 1)
	p.stop = sync.OnceFunc(func() {
		_ = p.cmd.Process.Signal(os.Interrupt)
		complaints := <-rest
		if err := p.cmd.Wait(); err != nil || complaints != "" {
			t.Errorf("the bot ended with %v and said:\n%s", err, complaints)
		}
	})
	t.Cleanup(p.stop)
	listening := regexp.MustCompile(`listen=(\S+)`)
	for p.url == "" {
		line, err := said.ReadString('\n')
		if err != nil {
			close(rest)
			t.Fatalf("the bot ended: %s", line)
		}
		if found := listening.FindStringSubmatch(line); found != nil {
			p.url = "http://" + found[1]
		}
	}
	go func() { // a bot whose words nobody reads would stand still
		b, _ := io.ReadAll(said)
		rest <- string(b)
	}()
	for range 500 {
		if strings.HasPrefix(p.get("/readyz"), `{"ready":true`) {
			return p
		}
		time.Sleep(10 * time.Millisecond)
	}
	t.Fatal("the bot does not get ready")
	return nil
}

// get fetches a page of the bot.
func (p *process) get(path string) string {
	p.t.Helper()
	res, err := http.Get(p.url + path)
	if err != nil {
		p.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	body, err := io.ReadAll(res.Body)
	if err != nil {
		p.t.Fatal(err)
	}
	return string(body)
}

// metric reads one of the bot's metrics.
func (p *process) metric(name string) float64 {
	p.t.Helper()
	for line := range strings.Lines(p.get("/metrics")) {
		if value, ok := strings.CutPrefix(line, name+" "); ok {
			n, err := strconv.ParseFloat(strings.TrimSpace(value), 64)
			if err != nil {
				p.t.Fatal(err)
			}
			return n
		}
	}
	p.t.Fatalf("no metric %s", name)
	return 0
}

// cpu is the processor time that the bot has used, its kernel's share included.
func (p *process) cpu() time.Duration {
	p.t.Helper()
	stat := p.proc("stat")
	fields := strings.Fields(stat[strings.LastIndexByte(stat, ')')+1:])
	const utime, stime, tick = 11, 12, 10 * time.Millisecond // as /proc counts on Linux
	user, err1 := strconv.Atoi(fields[utime])
	system, err2 := strconv.Atoi(fields[stime])
	if err1 != nil || err2 != nil {
		p.t.Fatalf("/proc/stat: %q", stat)
	}
	return time.Duration(user+system) * tick
}

// peak is the most memory that the bot has had, in bytes.
func (p *process) peak() float64 { return p.memory("VmHWM") }

// memory reads one of the figures of /proc/pid/status, in bytes.
func (p *process) memory(name string) float64 {
	p.t.Helper()
	for line := range strings.Lines(p.proc("status")) {
		if value, ok := strings.CutPrefix(line, name+":"); ok {
			kb, err := strconv.Atoi(strings.Fields(value)[0])
			if err != nil {
				p.t.Fatal(err)
			}
			return float64(kb) * 1024
		}
	}
	p.t.Fatalf("no %s in /proc: these figures are for Linux", name)
	return 0
}

func (p *process) proc(file string) string {
	p.t.Helper()
	b, err := os.ReadFile(fmt.Sprintf("/proc/%d/%s", p.cmd.Process.Pid, file))
	if err != nil {
		p.t.Fatal(err)
	}
	return string(b)
}
