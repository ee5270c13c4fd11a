package main

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"maps"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
	"unicode/utf16"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/telegram"
	"github.com/dampingi/dampingi/internal/turn"
	"github.com/dampingi/dampingi/internal/vault"
)

// A script is what FuzzDesk plays: lines apart from each other by lineEnd, each a letter for what
// is done, a figure for who does it, and what is said.
const lineEnd = "\x1e"

// FuzzDesk lets anybody send anything, decodes it and has it worked off by a desk on real SQLite:
// nothing panics, every message is one that Telegram takes and goes to who wrote, and nothing is
// saved but what was on the summary when it was confirmed.
func FuzzDesk(f *testing.F) {
	s := newStage(f)
	for _, script := range scripts() {
		f.Add(strings.Join(script, lineEnd))
	}
	f.Fuzz(func(t *testing.T, script string) {
		p := s.play(t)
		lines := strings.Split(script, lineEnd)
		for _, line := range lines[:min(len(lines), 60)] {
			p.line(line)
		}
	})
}

// TestAScriptIsPlayed shows that a script does what it says, so that the fuzzer looks at something.
func TestAScriptIsPlayed(t *testing.T) {
	p := newStage(t).play(t)
	for _, line := range scripts()[0] {
		p.line(line)
	}
	if p.saved != 2 || !strings.Contains(p.cards[rinaChat].Text, "Tersimpan") {
		t.Errorf("%d reports; she sees:\n%s", p.saved, p.cards[rinaChat].Text)
	}
}

// scripts are the seeds: every hostile text in every place where something can be typed.
func scripts() [][]string {
	visit := []string{"t0/kunjungan", "t0M-417", "b0Hari ini", "b0Ke rumah", "b0Tercapai", "b0Tidak ada", "b0Tidak"}
	scripts := [][]string{
		append(slices.Clone(visit), "b0Simpan", "b0Batalkan", "b0Perbaiki", "b0Simpan"),
		append(slices.Clone(visit), "+03", "t0laris sekali", "b0Lanjut", "t0simpan"),
		append(slices.Clone(visit), "d0", "+03", "d0", "+30", "d0", "t0ya"),
		{"t0M-417 kemarin home visit, ketemu, tercapai, tidak ada kendala <b>", "b0Simpan", "t0/batal"},
		{"t1M-417 kemarin home visit, ketemu, tercapai, tidak ada kendala", "p1save", "t1/usaha", "t1m417", "p1p0", "p1p1", "p1more"},
		{"t2/menu", "p2flow:kunjungan", "p2undo", "P2" + strings.Repeat("é", 32), "P2" + strings.Repeat("x", 64), "P2.", "P2zzzzzzzzzzz.save"},
		{"t3halo", "t3/kunjungan", "t4/start x", "t4/start " + strings.Repeat("x", 64), "e0M-417", "u0", "u4", "d4"},
		{`r{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":-9223372036854775808,"type":"private"},"text":"/menu"}}`},
		{`r{"update_id":1,"message":{"message_id":-5,"date":9223372036854775807,"chat":{"id":102,"type":"private"},"text":"\ud83d\u0000<"}}`},
		{`r{"update_id":1,"message":{"message_id":1,"date":1,"chat":{"id":102,"type":"supergroup"},"text":"/kunjungan"}}`},
		{`r{"update_id":1,"x":` + strings.Repeat("[", 200) + strings.Repeat("]", 200) + `,"callback_query":{"id":"1","message":{"chat":{"id":102,"type":"private"}},"data":null}}`},
		{`r{"update_id":1,"my_chat_member":{"chat":{"id":102,"type":"private"},"new_chat_member":{"status":"kicked"}}}`, "t0/menu"},
		{"r{", "r", "x0", "t", "", "t9", "b0", "+99", "p0", "P0"},
	}
	everywhere := []string{"t0/menu"}
	asked := append(slices.Clone(visit), "b0Ubah", "b0Selesai", "b0Simpan")
	for _, name := range slices.Sorted(maps.Keys(hostileTexts())) {
		everywhere = append(everywhere, "t0"+hostileTexts()[name])
	}
	for i := range asked {
		scripts = append(scripts, append(slices.Clone(asked[:i+1]), everywhere[1:]...))
	}
	for _, line := range everywhere[1:] { // each as a note, which is shown, kept and opened again
		scripts = append(scripts, append(slices.Clone(visit), line, "b0Ya, catatan", "b0Simpan", "b0Batalkan", "b0Perbaiki"))
	}
	for i := range 4 {
		var all []string
		for _, line := range everywhere[1:] {
			all = append(all, fmt.Sprintf("t%d%s", i+1, line[2:]))
		}
		scripts = append(scripts, all)
	}
	return append(scripts, append([]string{"t0/usaha", "t0M-417", "t05"}, everywhere[1:]...))
}

// stage is what all plays have in common: a house to copy, and a Telegram to show messages to.
type stage struct {
	dir      string
	telegram http.Handler
	at       time.Time
}

// stageChat is where messages are shown to see whether Telegram takes them.
const stageChat = 7

func newStage(f testing.TB) *stage {
	f.Helper()
	at, err := time.Parse(time.RFC3339, houseInstants)
	if err != nil {
		f.Fatal(err)
	}
	s := &stage{dir: f.TempDir(), at: at}
	set := s.settings(s.dir)
	if err := vault.Create(set.key()); err != nil {
		f.Fatal(err)
	}
	store, _, err := demoStore(f.Context(), set, func() time.Time { return at }, slog.New(slog.DiscardHandler))
	if err != nil {
		f.Fatal(err)
	}
	seedHouse(f, store, at)
	if err := store.Close(); err != nil {
		f.Fatal(err)
	}
	sim := simulator.New(simulator.Options{Token: houseToken, Clock: simulator.NewClock(at), KeepMessages: 10})
	sim.AddChat(stageChat, "Siapa pun", "")
	f.Cleanup(sim.Close)
	s.telegram = sim.Handler()
	return s
}

func (s *stage) settings(dir string) *Settings {
	return &Settings{Token: houseToken, APIURL: "http://127.0.0.1:1", DataDir: dir, Timezone: "Asia/Jakarta"}
}

// scene is one script being played.
type scene struct {
	*stage
	t     *testing.T
	now   time.Time
	store *records.Store
	desk  *conversation.Desk
	said  []turn.Message
	cards map[int64]turn.Message // the newest of each chat
	typed map[int64]string       // everything that was written in a chat
	saved int
	seq   int64
}

// play copies the house and opens it.
func (s *stage) play(t *testing.T) *scene {
	t.Helper()
	p := &scene{stage: s, t: t, now: s.at, cards: map[int64]turn.Message{}, typed: map[int64]string{}}
	set := s.settings(t.TempDir())
	for _, name := range []string{"key", "dampingi.db"} {
		data, err := os.ReadFile(filepath.Join(s.dir, name))
		if err == nil {
			err = os.WriteFile(filepath.Join(set.DataDir, name), data, 0o600)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	clock, log := func() time.Time { return p.now }, slog.New(slog.DiscardHandler)
	store, v, err := demoStore(t.Context(), set, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	a, err := newApp(t.Context(), set, store, v, clock, log)
	if err != nil {
		t.Fatal(err)
	}
	p.store, p.desk = store, a.desk.(*conversation.Desk)
	p.desk.Send = func(m ...turn.Message) { p.said = append(p.said, m...) }
	t.Cleanup(func() {
		if err := store.Close(); err != nil {
			t.Error(err)
		}
	})
	return p
}

// line plays one line of a script; what is no line is passed over.
func (p *scene) line(line string) {
	deed, rest := "r", ""
	if line != "" {
		deed, rest = line[:1], line[1:]
	}
	if deed == "r" {
		p.update([]byte(rest))
		return
	}
	chats := []int64{rinaChat, yuliChat, chairChat, melatiChat, strangerChat}
	if rest == "" || rest[0] < '0' || int(rest[0]-'0') >= len(chats) {
		return
	}
	chat, said := chats[rest[0]-'0'], rest[1:]
	card := p.cards[chat]
	rev := "1"
	if len(card.Buttons) > 0 {
		rev, _, _ = strings.Cut(card.Buttons[0][0].Data, ".")
	}
	switch deed {
	case "t":
		p.typed[chat] += said + "\n"
		p.written("message", chat, map[string]any{"text": said})
	case "e":
		p.written("edited_message", chat, map[string]any{"text": said})
	case "u":
		p.written("message", chat, map[string]any{"voice": map[string]any{"duration": 1}, "caption": said})
	case "p":
		p.pressed(chat, rev+"."+said)
	case "P":
		p.pressed(chat, said)
	case "b":
		if b, ok := pressed(card, said); ok {
			p.pressed(chat, b.Data)
		}
	case "d":
		p.work(turn.Update{Kind: turn.Deadline, Chat: chat, Data: "draft", Due: p.now})
	case "+":
		hours := time.Duration(len(said)) + 1
		if len(said) > 0 && said[0] >= '0' && said[0] <= '9' {
			hours = time.Duration(said[0]-'0') + 1
		}
		p.now = p.now.Add(hours * 5 * time.Hour)
	}
}

// pressed finds a button by the end of its label.
func pressed(card turn.Message, label string) (turn.Button, bool) {
	for _, row := range card.Buttons {
		for _, b := range row {
			if label != "" && strings.HasSuffix(b.Label, label) {
				return b, true
			}
		}
	}
	return turn.Button{}, false
}

func (p *scene) written(kind string, chat int64, m map[string]any) {
	m["message_id"], m["date"], m["chat"] = 10, p.now.Unix(), map[string]any{"id": chat, "type": "private"}
	p.sent(map[string]any{kind: m})
}

func (p *scene) pressed(chat int64, data string) {
	p.sent(map[string]any{"callback_query": map[string]any{"id": "5", "data": data, "message": map[string]any{
		"message_id": 9, "chat": map[string]any{"id": chat, "type": "private"},
	}}})
}

func (p *scene) sent(update map[string]any) {
	update["update_id"] = p.seq + 1000
	body, err := json.Marshal(update)
	if err != nil {
		p.t.Fatal(err)
	}
	p.update(body)
}

// update takes an update in as it comes, decodes it and has it worked off.
func (p *scene) update(body []byte) {
	p.t.Helper()
	p.seq++
	rows, err := p.store.Receive(p.t.Context(), []turn.Row{{UpdateID: p.seq + 1000, Body: body, At: p.now}})
	if err != nil || len(rows) != 1 {
		p.t.Fatal(rows, err)
	}
	if u, err := telegram.Decode(rows[0]); err == nil && u.Kind != turn.Other {
		p.work(u)
	}
}

// work has one update worked off and looks at everything that came of it.
func (p *scene) work(u turn.Update) {
	p.t.Helper()
	p.said = p.said[:0]
	before := p.cards[u.Chat]
	if err := p.desk.Handle(p.t.Context(), u); err != nil {
		p.t.Fatalf("kind %d, %q: %v", u.Kind, u.Text+u.Data, err)
	}
	for _, m := range p.said {
		if m.Chat != u.Chat {
			p.t.Errorf("%d wrote, and %d is told", u.Chat, m.Chat)
		}
		p.shown(m)
	}
	p.confirmed(u, before)
}

// shown looks whether Telegram takes a message, and whether it tells what it must not.
func (p *scene) shown(m turn.Message) {
	p.t.Helper()
	if m.Form == turn.Toast && (len(utf16.Encode([]rune(m.Text))) > 200 || strings.ContainsAny(m.Text, "<&")) {
		p.t.Errorf("a toast that cannot be shown: %q", m.Text)
	}
	if m.Form != turn.Card && m.Form != turn.Notice {
		return
	}
	if m.Form == turn.Card {
		p.cards[m.Chat] = m
	}
	all := m.Text
	keyboard := [][]map[string]string{}
	for _, row := range m.Buttons {
		var line []map[string]string
		for _, b := range row {
			line = append(line, map[string]string{"text": b.Label, "callback_data": b.Data})
			all += "\n" + b.Label
		}
		keyboard = append(keyboard, line)
	}
	if bahasa.Visible(all) != all {
		p.t.Errorf("unseen signs are shown: %+q", all)
	}
	for _, secret := range foreign {
		if m.Chat != rinaChat && m.Chat != melatiChat && strings.Contains(all, secret) &&
			!strings.Contains(bahasa.Normalize(p.typed[m.Chat]), bahasa.Normalize(secret)) && !strings.Contains(p.typed[m.Chat], secret) {
			p.t.Errorf("%d sees %s:\n%s", m.Chat, secret, all)
		}
	}
	markup, err := json.Marshal(map[string]any{"inline_keyboard": keyboard})
	if err != nil {
		p.t.Fatal(err)
	}
	form := url.Values{"chat_id": {fmt.Sprint(stageChat)}, "text": {m.Text}, "parse_mode": {"HTML"}, "reply_markup": {string(markup)}}
	r := httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, "/bot"+houseToken+"/sendMessage", strings.NewReader(form.Encode()))
	r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	w := httptest.NewRecorder()
	p.telegram.ServeHTTP(w, r)
	if w.Code != http.StatusOK {
		p.t.Errorf("Telegram refuses it: %s\n%s\n%s", w.Body, m.Text, markup)
	}
}

// confirmed looks whether what was saved was on a card with a button to save it, and that was pressed
// or said; and whether it is hers.
func (p *scene) confirmed(u turn.Update, before turn.Message) {
	p.t.Helper()
	var all []program.Report
	if err := p.store.Reports(p.t.Context(), records.ReportFilter{WithUndone: true}, func(r program.Report) error {
		all = append(all, r)
		return nil
	}); err != nil {
		p.t.Fatal(err)
	}
	defer func() { p.saved = len(all) }()
	if len(all) == p.saved {
		return
	}
	save := ""
	for _, row := range before.Buttons {
		for _, b := range row {
			if strings.HasSuffix(b.Data, ".save") {
				save = b.Data
			}
		}
	}
	command, _ := bahasa.ReadCommand(u.Text)
	if command == bahasa.Save && (strings.Contains(before.Text, "sebagai catatan?") || strings.Contains(before.Text, "as a note?")) { // she saves what she sees, the note with it
		save = "said"
	}
	yes := bahasa.YesNo(u.Text)
	meant := u.Kind == turn.Press && u.Data == save ||
		u.Kind == turn.Text && (command == bahasa.Save || command == bahasa.Done || yes.Sure == bahasa.Certain && yes.Values[0] == bahasa.Yes)
	last := all[len(all)-1]
	author := map[int64]string{rinaChat: "rina", yuliChat: "yuli"}[u.Chat]
	if len(all) != p.saved+1 || save == "" || !meant || last.Author != author {
		p.t.Errorf("saved without being confirmed, after %q on:\n%s", u.Text+u.Data, before.Text)
	}
	if theirs := last.Participant == "Y-271"; theirs != (author == "yuli") {
		p.t.Errorf("%s reports about %s", author, last.Participant)
	}
}
