package main

import (
	"encoding/json"
	"log"
	"net/http"
	"net/http/httptest"
	"os"
	"regexp"
	"runtime"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vitals"
)

// metricWords are the closed sets from which labels come. A label that is not here is a mistake.
func metricWords() map[string]func(string) bool {
	of := func(words ...string) func(string) bool {
		return func(s string) bool { return slices.Contains(words, s) }
	}
	whys := []string{"passing", "slow", "unreachable", "refused", "unauthorized", "conflicted", "other",
		"jam_tenang", "batas", "sedang_menulis", "cuti", "tanpa_hp", "tak_terjangkau", "tanpa_izin", "jeda", "baru_diketahui"}
	results := make([]string, 0, 3)
	for _, r := range conversation.Results() {
		results = append(results, string(r))
	}
	troubles := make([]string, 0, 16)
	for _, t := range vitals.Troubles() {
		troubles = append(troubles, string(t.Name))
	}
	number := func(s string) bool { _, err := strconv.ParseFloat(s, 64); return err == nil }
	return map[string]func(string) bool{
		"kind":   of("text", "press", "unsupported", "edited", "group", "blocked", "unblocked", "deadline", "other"),
		"result": of(results...), "why": of(whys...), "trouble": of(troubles...), "origin": of("inbox", "outbox"),
		"form":      of("card", "notice", "toast", "remove", "repaint", "leave", "commands", "picture", "document", "other"),
		"rule":      of(append(ruleNames(), "other")...),
		"status":    of("200", "400", "401", "405", "413", "503"),
		"version":   regexp.MustCompile(`^(\(devel\)|unknown|[0-9a-f]{12}|v[0-9][0-9a-z.+-]*|` + regexp.QuoteMeta(runtime.Version()) + `)$`).MatchString,
		"goversion": of(runtime.Version()), "quantile": number, "le": number,
	}
}

// described are the names of all metrics that the bot can tell, whether they have a value or not.
func described(a *app) []string {
	descs := make(chan *prometheus.Desc)
	go func() { a.metrics.Describe(descs); close(descs) }()
	var names []string
	name := regexp.MustCompile(`fqName: "([^"]+)"`)
	for d := range descs {
		names = append(names, name.FindStringSubmatch(d.String())[1])
	}
	slices.Sort(names)
	return slices.Compact(names)
}

// TestMetricsOfABusyHouse lets everything happen that is counted, with canaries in all that people
// write, and holds every metric to what it may tell.
func TestMetricsOfABusyHouse(t *testing.T) {
	t.Parallel()
	clumsy := &clumsy{stumbles: func(u turn.Update) bool { return strings.Contains(u.Text, "kenaripanik") }}
	h := newHouse(t, houseOptions{
		rules: []string{"N01"}, redisURL: redistest.Start(t).URL(), prepare: func(a *app) { clumsy.Handler, a.desk = a.desk, clumsy },
	})
	h.newestBackup = func() (time.Time, error) { return h.time.Now().Add(-time.Hour), nil }
	h.sing()
	h.visits("yuli", "Y-271", "2026-11-12")
	h.settle()
	h.plan(turn.Plan{Reach: &turn.Reach{Chat: yuliChat, At: h.time.Now()}})
	h.goes(instant(t, "2026-11-26T08:00:00+07:00")) // held: she is not reached
	h.plan(turn.Plan{Reach: &turn.Reach{Chat: yuliChat, Reachable: true, At: h.time.Now()}})
	h.settle()
	h.goes(instant(t, "2026-11-26T08:01:00+07:00")) // told
	for id, rule := range map[string]string{"1": "N01", "2": "kenari"} {
		h.damage(`INSERT INTO reminder (id, rule, step, subject, person, due, at, held, closed_at, outcome) VALUES ('kenari` + id + `', '` + rule +
			`', 0, 'p/kenari', 'kenari', 0, 0, '', ` + strconv.FormatInt(h.time.Now().UnixMilli(), 10) + `, 'terlambat')`)
	}
	h.damage(`INSERT INTO digest (week, made_at, sealed) VALUES ('2026-11-16', 1764000000000, x'00')`)
	path, hook, err := h.webhook()
	if err != nil {
		t.Fatal(err)
	}
	w := httptest.NewRecorder()
	h.handler(path, hook).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodPost, "/hook", strings.NewReader("kenari")))
	h.time.Advance(figuresFor)

	h.look("the metrics", h.metrics())
	seen := h.labelsAreWords()
	for _, name := range described(h.app) {
		if strings.HasPrefix(name, "dampingi_") && !seen[name] {
			t.Errorf("%s has no value in a house in which everything happens", name)
		}
	}
	h.counts(map[string]float64{
		`dampingi_updates_worked_total{kind="text",result="put_aside"}`: 2, `dampingi_updates_worked_total{kind="other",result="put_aside"}`: 2,
		`dampingi_messages_held_total{form="card",why="slow"}`: 1, `dampingi_messages_put_aside_total{form="card",why="unreachable"}`: 1,
		`dampingi_webhook_requests_total{status="401"}`: 1, `dampingi_reminders_told_total{rule="N01"}`: some,
		`dampingi_reminders_held_total{rule="N01",why="tak_terjangkau"}`: 1, `dampingi_reminders_missed{rule="N01"}`: 1, `dampingi_reminders_missed{rule="other"}`: 1,
		`dampingi_redis_up`: 1, `dampingi_backup_age_seconds`: some, `dampingi_leading`: 1, `dampingi_digests`: 1, `dampingi_trouble{trouble="redis"}`: 0,
	})
}

// labelsAreWords holds all labels to their sets, and gives the names of what was told.
func (h *house) labelsAreWords() map[string]bool {
	h.t.Helper()
	families, err := h.app.metrics.Gather()
	if err != nil {
		h.t.Fatal(err)
	}
	words, seen := metricWords(), map[string]bool{}
	for _, f := range families {
		name := f.GetName()
		seen[name] = true
		if !strings.HasPrefix(name, "dampingi_") && !strings.HasPrefix(name, "go_") && !strings.HasPrefix(name, "process_") {
			h.t.Errorf("%s is nobody's", name)
		}
		if unit := regexp.MustCompile(`_(seconds|bytes|total|info)$`); strings.HasSuffix(name, "_total") != (f.GetType().String() == "COUNTER") ||
			f.GetType().String() == "HISTOGRAM" && !unit.MatchString(name) || f.GetHelp() == "" {
			h.t.Errorf("%s is named or explained against the conventions", name)
		}
		for _, m := range f.GetMetric() {
			for _, l := range m.GetLabel() {
				if known := words[l.GetName()]; known == nil || !known(l.GetValue()) {
					h.t.Errorf("%s has the label %s=%q, which is of no closed set", name, l.GetName(), l.GetValue())
				}
			}
		}
	}
	return seen
}

// some is a value that has to be above zero.
const some = -1

// counts holds some of the metrics to their values.
func (h *house) counts(want map[string]float64) {
	h.t.Helper()
	text := string(h.metrics())
	for name, value := range want {
		found := regexp.MustCompile(`(?m)^` + regexp.QuoteMeta(name) + ` (\S+)$`).FindStringSubmatch(text)
		if found == nil {
			h.t.Errorf("%s is not told", name)
			continue
		}
		if got, err := strconv.ParseFloat(found[1], 64); err != nil || got != value && (value != some || got <= 0) {
			h.t.Errorf("%s is %s, want %v", name, found[1], value)
		}
	}
}

// TestWordsForMetricsAreClosed: whatever comes, the word is one of the set.
func TestWordsForMetricsAreClosed(t *testing.T) {
	t.Parallel()
	words := metricWords()
	for n := range 256 {
		for label, got := range map[string]string{"kind": kindName(turn.Kind(n)), "form": formName(turn.Form(n)), "why": troubleName(turn.TroubleKind(n))} {
			if !words[label](got) || n > 100 && got != otherName {
				t.Errorf("%d is called %q", n, got)
			}
		}
	}
	for _, id := range []string{"", "Melati", "N01", "Melati.0/p/M-417/1/rina", "kata_aman/M-417/5"} {
		if got := ruleName(id); got != otherName {
			t.Errorf("the rule of %q is %q", id, got)
		}
	}
	if got := ruleName(program.Reminder{Rule: "N01", Subject: "p/M-417", Person: "rina"}.ID()); got != "N01" {
		t.Errorf("the rule of N01 is %q", got)
	}
	if got := heldName("Melati"); got != otherName {
		t.Errorf("held by %q", got)
	}
}

// TestTheTimesOfAnAnswerAreMeasured from what came in to what was stored and sent, and only once.
func TestTheTimesOfAnAnswerAreMeasured(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.summary()
	h.press(rinaChat, "Simpan")
	h.counts(map[string]float64{"dampingi_update_stored_seconds_count": 8, "dampingi_answer_sent_seconds_count": 8})
	h.time.Advance(3 * time.Hour) // what the clock brings is no answer to anybody
	h.settle()
	h.counts(map[string]float64{"dampingi_update_stored_seconds_count": 8, "dampingi_answer_sent_seconds_count": 8})
}

// TestReadyTellsWhichPartIsWrong in one line of JSON.
func TestReadyTellsWhichPartIsWrong(t *testing.T) {
	t.Parallel()
	server := redistest.Start(t)
	h := newHouse(t, houseOptions{redisURL: server.URL()})
	h.until("Telegram is reached", func() bool { return h.health.lately.Load() != 0 })
	asked := func() (int, string, []string) {
		w := httptest.NewRecorder()
		h.handler("", nil).ServeHTTP(w, httptest.NewRequestWithContext(t.Context(), http.MethodGet, "/readyz", nil))
		var answer struct {
			Ready bool
			Wrong []struct{ Part, Why string }
		}
		if err := json.Unmarshal(w.Body.Bytes(), &answer); err != nil || strings.Count(w.Body.String(), "\n") != 1 || answer.Ready != (w.Code == 200) {
			t.Errorf("%d %q %v", w.Code, w.Body, err)
		}
		var parts []string
		for _, p := range answer.Wrong {
			parts = append(parts, p.Part)
		}
		return w.Code, w.Header().Get("Content-Type"), parts
	}
	if code, kind, wrong := asked(); code != 200 || kind != "application/json" || wrong != nil {
		t.Errorf("%d %s %v", code, kind, wrong)
	}
	server.Kill()
	h.health.lately.Store(1)
	h.mute.Store(true)
	if code, _, wrong := asked(); code != 503 || !slices.Equal(wrong, []string{"sending", "redis", "telegram"}) && !slices.Equal(wrong, []string{"sending", "redis"}) {
		t.Errorf("%d %v", code, wrong) // a poll may have come back meanwhile
	}
	h.alive.Store(false)
	if _, _, wrong := asked(); len(wrong) < 2 || wrong[0] != "instance" || slices.Contains(wrong, "telegram") {
		t.Errorf("%v", wrong)
	}
	h.alive.Store(true)
	server.Restart()
}

// TestLogLinesAreFields in both formats.
func TestLogLinesAreFields(t *testing.T) {
	t.Parallel()
	said := &notes{}
	newLog(said, &Settings{LogFormat: "json"}).Error("update failed", "update", turn.Update{Row: 7, Chat: canaryChat, Text: "kenari"})
	var line struct {
		Level, Msg string
		Update     struct{ Seq, Bytes int }
	}
	if err := json.Unmarshal([]byte(said.String()), &line); err != nil || line.Level != "ERROR" || line.Update.Seq != 7 || line.Update.Bytes != 6 {
		t.Errorf("%v %s", err, said)
	}
	if strings.Contains(said.String(), "kenari") || strings.Contains(said.String(), "7741023355") {
		t.Errorf("%s", said)
	}
	text := &notes{}
	newLog(text, &Settings{}).Info("serving", "listen", "127.0.0.1:1")
	if got := text.String(); !strings.Contains(got, `msg=serving listen=127.0.0.1:1`) {
		t.Errorf("%s", got)
	}
}

// TestLibrariesAreHushed: net/http quotes an answer that it did not expect, and that may be somebody's text.
func TestLibrariesAreHushed(t *testing.T) { // not beside others: there is one such log for all
	said := &notes{}
	hushLibraries(logTo(said))
	t.Cleanup(func() { log.SetFlags(log.LstdFlags); log.SetOutput(os.Stderr) })
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
		line, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = line.Write([]byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nkenaripesan"))
		_ = line.Close()
	}))
	defer server.Close()
	for range 200 {
		res, err := http.Get(server.URL)
		if err == nil {
			_ = res.Body.Close()
		}
		if said.String() != "" {
			break
		}
	}
	if got := said.String(); !strings.Contains(got, "bytes=") || strings.Contains(got, "kenari") {
		t.Errorf("%q", got)
	}
}
