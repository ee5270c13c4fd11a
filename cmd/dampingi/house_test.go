package main

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/json"
	"fmt"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/vault"
)

// The people of the tests.
const (
	chairChat     = 101
	rinaChat      = 102
	yuliChat      = 103
	melatiChat    = 201
	strangerChat  = 901
	houseToken    = "42:house"
	houseInstants = "2026-11-25T10:00:00+07:00" // the Wednesday of all examples
)

// waitMost is how long something is waited for that must come: long, because a busy machine is no
// mistake of the bot's, and it costs nothing where it comes.
const waitMost = time.Minute

// house is the whole bot in one process: a simulator, real SQLite, Redis when it is given,
// and a clock that stands still until it is moved.
type house struct {
	*app
	t      testing.TB
	sim    *simulator.Server
	time   *simulator.Clock
	dir    string
	logs   io.Writer
	url    string
	db     *sql.DB // see records
	given  int     // reports put on record
	rest   func()  // stops the bot and leaves its surroundings
	wakeUp func()  // starts it again on the same records
}

// houseOptions changes the house for a test.
type houseOptions struct {
	redisURL string
	logs     io.Writer
	rate     float64
	wrap     func(http.Handler) http.Handler // between bot and simulator
	prepare  func(*app)                      // before it starts
	unseeded bool
	given    string   // the bot's name at Telegram
	named    string   // DISPLAY_NAME
	flows    string   // FLOWS_DIR
	limits   bool     // Telegram's own
	runs     bool     // the clock runs on by itself
	remind   bool     // all rules of reminders are on; otherwise only those of usualRules
	rules    []string // these rules of reminders are on, and no others
}

// newHouse starts a house that is gone when the test ends.
func newHouse(t testing.TB, o houseOptions) *house {
	t.Helper()
	at, err := time.Parse(time.RFC3339, houseInstants)
	if err != nil {
		t.Fatal(err)
	}
	if o.logs == nil {
		o.logs = io.Discard
	}
	h := &house{t: t, time: simulator.NewStandingClock(at), dir: t.TempDir(), logs: o.logs}
	if o.runs {
		h.time = simulator.NewClock(at)
	}
	h.sim = simulator.New(simulator.Options{Token: houseToken, Name: cmp.Or(o.given, "Catatan Usaha"), Username: "catatan_usaha_bot", Clock: h.time, PressWait: waitMost, Limits: o.limits})
	handler := h.sim.Handler()
	if o.wrap != nil {
		handler = o.wrap(handler)
	}
	server := httptest.NewServer(handler)
	h.url = server.URL
	set := &Settings{Token: houseToken, APIURL: server.URL, DataDir: h.dir, RedisURL: o.redisURL, Timezone: "Asia/Jakarta", SendRate: o.rate, HelpLine: "SAPA 129: telepon 129", DisplayName: o.named, FlowsDir: o.flows}
	set.RemindersFile = houseRules(t, h.dir, o)
	if err := vault.Create(set.key()); err != nil {
		t.Fatal(err)
	}
	log := slog.New(slog.NewTextHandler(o.logs, &slog.HandlerOptions{Level: slog.LevelDebug}))
	v, err := vault.Open(set.key())
	if err != nil {
		t.Fatal(err)
	}
	zone, err := set.zone()
	if err != nil {
		t.Fatal(err)
	}
	// Here one does one thing after the other: what could wait for others would wait for nobody.
	store, err := records.Open(t.Context(), grown(t, set), v, records.Options{Zone: zone, Now: h.time.Now, Log: log, Wait: time.Millisecond})
	if err != nil {
		t.Fatal(err)
	}
	if !o.unseeded {
		seedHouse(t, store, h.time.Now())
	}
	for chat, name := range map[int64]string{chairChat: "Ratna", rinaChat: "Rina", yuliChat: "Yuli", melatiChat: "Melati", strangerChat: "Orang lain"} {
		h.sim.AddChat(chat, name, "")
	}
	h.wakeUp = func() {
		if h.app, err = newApp(t.Context(), set, store, v, h.time.Now, log); err != nil {
			t.Fatal(err)
		}
		h.moved = h.time.Changed
		if o.prepare != nil {
			o.prepare(h.app)
		}
		ctx, stop := context.WithCancel(context.Background())
		if leads, err := h.lead(ctx); err != nil || !leads {
			t.Fatal(leads, err)
		}
		if err := h.start(ctx); err != nil {
			t.Fatal(err)
		}
		polled := make(chan struct{})
		go func() { defer close(polled); _ = h.poll(ctx) }()
		h.rest = sync.OnceFunc(func() { stop(); <-polled; h.app.close() })
	}
	h.wakeUp()
	if o.remind || len(o.rules) > 0 {
		defer h.settle() // what is due at once is told before the clock is moved
	}
	t.Cleanup(func() {
		h.rest()
		h.sim.Close()
		server.Close()
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return h
}

// usualRules are the rules that are on in every house: what participants are told, what waits for an
// answer, and drafts. The others would have something to say in every test that lets days pass; they have tests of
// their own, in houses with all of them.
func usualRules() []string {
	return []string{"N07", "N07D", "N11", "N12", "P1", "P2", "R1", "R2", "R3"}
}

// houseRules writes the settings of a house in which only the usual rules are on, and gives the file; none
// for all rules.
func houseRules(t testing.TB, dir string, o houseOptions) string {
	t.Helper()
	if o.remind {
		return ""
	}
	on := usualRules()
	if len(o.rules) > 0 {
		on = o.rules
	}
	lines := []string{"rules:"}
	for _, r := range reminder.Rules() {
		if !r.Urgent && !slices.Contains(on, r.ID) { // nobody can switch off what is urgent
			lines = append(lines, "  "+r.ID+": off")
		}
	}
	if len(lines) == 1 {
		return ""
	}
	file := filepath.Join(dir, "pengingat.yaml")
	if err := os.WriteFile(file, []byte(strings.Join(lines, "\n")), 0o600); err != nil {
		t.Fatal(err)
	}
	return file
}

// seedHouse puts the people of the tests on record.
func seedHouse(t testing.TB, store *records.Store, now time.Time) {
	t.Helper()
	staff := []program.Person{
		{ID: "ketua", Role: program.Chair, Name: "Ratna", Chat: chairChat, Lang: "id", Active: true},
		{ID: "rina", Role: program.Companion, Name: "Rina", Chat: rinaChat, Lang: "id", Active: true},
		{ID: "yuli", Role: program.Companion, Name: "Yuli", Chat: yuliChat, Lang: "en", Active: true},
	}
	for _, p := range staff {
		if err := store.AddPerson(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	for i, alias := range []string{"Melati", "Mawar", "Mawarni", "Kenanga", "Bunga", "Dahlia"} {
		code := []string{"M-417", "M-203", "K-388", "K-208", "R-130", "D-482"}[i]
		p := program.Participant{Agreed: program.OnPaper, Code: code, Alias: alias, Stage: program.Trading, Companion: "rina", LastSeen: program.Date("2026-11-0" + string(rune('1'+i)))}
		if err := store.AddParticipant(t.Context(), p); err != nil {
			t.Fatal(err)
		}
	}
	if err := store.AddParticipant(t.Context(), program.Participant{Agreed: program.OnPaper, Code: "Y-271", Alias: "Yanti", Stage: program.Capital, Companion: "yuli"}); err != nil {
		t.Fatal(err)
	}
	if err := store.BindChat(t.Context(), "M-417", melatiChat); err != nil {
		t.Fatal(err)
	}
}

// quiet waits until every update is worked off and every message is out.
func (h *house) quiet() {
	h.t.Helper()
	deadline := time.After(waitMost)
	tick := time.NewTicker(time.Millisecond)
	defer tick.Stop()
	for {
		if h.idle() {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			h.t.Fatalf("not quiet: %d updates with Telegram, %d in lanes, %+v", h.pending(), h.lanes.Waiting(), h.outbox.Stats())
		}
	}
}

// idle is whether there is nothing to do, asked in the order in which things move on.
func (h *house) idle() bool {
	if h.pending() != 0 || h.lanes.Waiting() != 0 {
		return false
	}
	out := h.outbox.Stats()
	return out.Waiting == 0 && !out.Behind && out.Noting == 0 // right after the start, what waits is still in the store
}

// pending is how many updates Telegram still holds.
func (h *house) pending() int {
	res, err := http.Get(h.url + "/bot" + houseToken + "/getWebhookInfo")
	if err != nil {
		return -1
	}
	defer func() { _ = res.Body.Close() }()
	var info struct {
		Result struct {
			Pending int `json:"pending_update_count"`
		} `json:"result"`
	}
	if err := json.NewDecoder(res.Body).Decode(&info); err != nil {
		return -1
	}
	return info.Result.Pending
}

// say lets somebody write, and waits for what follows.
func (h *house) say(chat int64, text string) {
	h.t.Helper()
	h.moment()
	if _, err := h.sim.Say(chat, text); err != nil {
		h.t.Fatal(err)
	}
	h.quiet()
}

// press lets somebody press the button of the newest card whose label ends so, waits for what
// follows, and gives the toast.
func (h *house) press(chat int64, label string) string {
	h.t.Helper()
	m, data, ok := h.button(chat, label)
	if !ok {
		h.t.Fatalf("no button %q on:\n%s", label, h.shown(chat))
	}
	return h.pressData(chat, m, data)
}

func (h *house) pressData(chat int64, message int, data string) string {
	h.t.Helper()
	h.moment()
	answer, err := h.sim.Press(chat, message, data)
	if err != nil {
		h.t.Fatal(err)
	}
	h.quiet()
	return answer.Text
}

// button finds a button of the newest message that has some.
func (h *house) button(chat int64, label string) (message int, data string, ok bool) {
	messages := h.sim.Messages(chat, 0)
	for i := len(messages) - 1; i >= 0; i-- {
		m := messages[i]
		if m.Deleted || m.ReplyMarkup == nil || len(m.ReplyMarkup.InlineKeyboard) == 0 {
			continue
		}
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for _, b := range row {
				if b.Text == label || strings.HasSuffix(b.Text, " "+label) {
					return m.MessageID, b.CallbackData, true
				}
			}
		}
		return 0, "", false
	}
	return 0, "", false
}

// shown is the newest message of the bot, with its buttons.
func (h *house) shown(chat int64) string {
	messages := h.sim.Messages(chat, 0)
	for i := len(messages) - 1; i >= 0; i-- {
		if m := messages[i]; m.From.IsBot && !m.Deleted {
			return drawn(m)
		}
	}
	return ""
}

// drawn is a message as a transcript shows it.
func drawn(m simulator.Message) string {
	var b strings.Builder
	for line := range strings.SplitSeq(said(m), "\n") {
		b.WriteString(strings.TrimRight("< "+line, " ") + "\n")
	}
	if m.ReplyMarkup != nil {
		for _, row := range m.ReplyMarkup.InlineKeyboard {
			for i, button := range row {
				if i > 0 {
					b.WriteByte(' ')
				}
				b.WriteString("[" + button.Text + "]")
			}
			b.WriteByte('\n')
		}
	}
	return b.String()
}

// said is what a message says: its text, or of a picture or a file of the bot's what it is, and its
// caption.
func said(m simulator.Message) string {
	what := m.Text
	switch {
	case !m.From.IsBot:
		return what
	case m.Photo != nil:
		what = fmt.Sprintf("(gambar %d×%d)", m.Photo[0].Width, m.Photo[0].Height)
	case m.Document != nil:
		what = "(berkas " + m.Document.FileName + ")"
	}
	if m.Caption != "" {
		what += "\n" + m.Caption
	}
	return what
}

// reports is everything on record, as `dampingi reports list --json` prints it.
func (h *house) reports() []program.Report {
	h.t.Helper()
	var all []program.Report
	if err := h.store.Reports(h.t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error {
		all = append(all, r)
		return nil
	}); err != nil {
		h.t.Fatal(err)
	}
	return all
}

func TestAVisitFromTheChatToTheRecord(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	for _, label := range []string{"M-417 · Melati", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan"} {
		h.press(rinaChat, label)
	}
	if !strings.Contains(h.shown(rinaChat), "Tersimpan") {
		t.Errorf("no receipt:\n%s", h.shown(rinaChat))
	}
	all := h.reports()
	if len(all) != 1 || all[0].Participant != "M-417" || all[0].Author != "rina" {
		t.Fatalf("reports %v", all)
	}
}
