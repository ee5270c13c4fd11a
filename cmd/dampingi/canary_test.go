package main

import (
	"bytes"
	"encoding/binary"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	goredis "github.com/redis/go-redis/v9"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// The canaries' Telegram ids, long enough to be found by no accident.
const (
	canaryChat   = 7741023355
	canaryHers   = 7741023366
	canaryAbroad = 7741023377
)

// TestCanary lets people say things that must be found nowhere but in the report they belong
// to, makes everything go wrong that leads to log lines, and then looks everywhere.
func TestCanary(t *testing.T) {
	for _, way := range []string{"sqlite", "redis"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			log, url := &notes{}, ""
			if way == "redis" {
				url = redistest.Start(t).URL()
			}
			clumsy := &clumsy{stumbles: func(u turn.Update) bool { return strings.Contains(u.Text, "kenaripanik") }}
			h := newHouse(t, houseOptions{logs: log, redisURL: url, prepare: func(a *app) { clumsy.Handler, a.desk = a.desk, clumsy }})
			h.sing()
			h.look("the log", []byte(log.String()))
			h.look("the metrics", h.metrics())
			h.files()
			if url != "" {
				h.redisHolds(url)
			}
			code, out, errOut := ended(t, "reports", "list", "--json", "--data-dir", h.dir)
			if code != exitDone || !strings.Contains(out, "kenaricatatan laris") {
				t.Errorf("the note is not on record: %d\n%s", code, out)
			}
			h.look("what the command says of trouble", []byte(errOut))
			h.commandsInTrouble()
			h.look("the log in the end", []byte(log.String()))
		})
	}
}

// sing is a day with canaries in it.
func (h *house) sing() {
	h.t.Helper()
	ctx := h.t.Context()
	for _, err := range []error{
		h.store.AddPerson(ctx, program.Person{ID: "nari", Role: program.Companion, Name: "Kenarinama", Chat: canaryChat, Lang: "id", Active: true}),
		h.store.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: "N-555", Alias: "Kenarialias", Stage: program.Trading, Companion: "nari"}),
		h.store.BindChat(ctx, "N-555", canaryHers),
	} {
		if err != nil {
			h.t.Fatal(err)
		}
	}
	for _, chat := range []int64{canaryChat, canaryHers, canaryAbroad} {
		h.sim.AddChat(chat, "Kenarinama", "")
	}
	h.say(canaryChat, "/kunjungan")
	h.say(canaryChat, "kenarialias")
	h.say(canaryChat, "kenarianeh sekali") // not understood
	h.presses(canaryChat, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak")
	h.say(canaryChat, "nomornya 0812 7741 0233 kenaritolak") // refused
	h.say(canaryChat, "kenaricatatan laris")
	h.presses(canaryChat, "Ya, catatan", "Simpan")
	h.shows(canaryChat, "Tersimpan")
	h.say(canaryChat, "/usaha")
	h.say(canaryChat, "N-555")
	h.say(canaryChat, "kenaridraf belum selesai")
	h.press(canaryChat, "Jadikan catatan")
	h.send(canaryChat, simulator.Input{Photo: []byte("kenarifoto"), Caption: "kenarifoto"})
	h.say(canaryHers, "kenaripeserta curhat")
	h.say(canaryAbroad, "kenariasing")
	h.say(canaryAbroad, "/start kenariundangan")
	h.trouble()
	h.knock()
	h.say(canaryChat, "/menu") // the draft is put aside, and stays
	h.shows(canaryChat, "Mau mencatat apa?")
}

// trouble is everything that leads to lines in the log.
func (h *house) trouble() {
	h.t.Helper()
	h.say(canaryChat, "kenaripanik")
	h.sim.Faults().Update(map[string]json.RawMessage{"message": json.RawMessage(`{"message_id":"kenarirusak","chat":{"id":7741023355}}`)})
	for _, kind := range []string{"400", "403", "429", "500", "cut_before", "cut_after"} {
		h.fault(simulator.Fault{Kind: kind, Method: "sendMessage", Chat: canaryChat, Count: 1, RetryAfter: 1})
		if _, err := h.sim.Say(canaryChat, "kenaricoba "+kind); err != nil {
			h.t.Fatal(err)
		}
		h.struck()
		h.calm()
	}
	h.fault(simulator.Fault{Kind: "502", Method: "getUpdates", Count: 1})
	h.fault(simulator.Fault{Kind: "cut_before", Method: "answerCallbackQuery", Count: 1})
	h.async(canaryChat, "Batal")
	h.struck()
	h.quiet()
}

// look looks for canaries.
func (h *house) look(where string, data []byte) {
	h.t.Helper()
	for _, s := range canaries() {
		if i := bytes.Index(lowered(data), lowered(s)); i >= 0 {
			h.t.Errorf("%s holds %q: …%q…", where, s, data[max(0, i-120):min(len(data), i+80)])
		}
	}
}

// canaries are all forms in which what must be found nowhere could stand somewhere.
func canaries() [][]byte {
	secrets := [][]byte{[]byte("kenari"), []byte(houseToken)}
	for _, chat := range []int64{canaryChat, canaryHers, canaryAbroad} {
		big, little := binary.BigEndian.AppendUint64(nil, uint64(chat)), binary.LittleEndian.AppendUint64(nil, uint64(chat))
		secrets = append(secrets, strconv.AppendInt(nil, chat, 10), big[3:], little[:5]) // as short as SQLite or CBOR may write it
	}
	return secrets
}

// lowered makes capital letters small byte by byte: bytes.ToLower would change what is no text,
// and then no number could be found in it.
func lowered(data []byte) []byte {
	low := bytes.Clone(data)
	for i, c := range low {
		if c >= 'A' && c <= 'Z' {
			low[i] = c + 'a' - 'A'
		}
	}
	return low
}

// TestWhatIsLookedForIsFound shows that the search for canaries sees each of them, wherever it is.
func TestWhatIsLookedForIsFound(t *testing.T) {
	t.Parallel()
	for _, s := range append(canaries(), []byte("KenariNama"), binary.BigEndian.AppendUint64(nil, canaryChat)) {
		file := slices.Concat([]byte{0xff, 0xcd, 'A', 0}, s, []byte{0xcd, 'Z'})
		if !slices.ContainsFunc(canaries(), func(one []byte) bool { return bytes.Contains(lowered(file), lowered(one)) }) {
			t.Errorf("%q is not found", s)
		}
	}
}

// files looks into everything in the data directory, as it lies there while the bot works.
func (h *house) files() {
	h.t.Helper()
	files, err := filepath.Glob(filepath.Join(h.dir, "*"))
	if err != nil {
		h.t.Fatal(err)
	}
	seen := 0
	for _, name := range files {
		data, err := os.ReadFile(name)
		if err != nil {
			h.t.Fatal(err)
		}
		seen += len(data)
		h.look("the name of a file", []byte(filepath.Base(name)))
		h.look(filepath.Base(name), data)
	}
	for _, want := range []string{"dampingi.db", "dampingi.db-wal", "dampingi.db-shm"} {
		if _, err := os.Stat(filepath.Join(h.dir, want)); err != nil {
			h.t.Error(err)
		}
	}
	if seen < 100_000 {
		h.t.Errorf("only %d bytes were looked at", seen)
	}
}

// metrics is all that the bot tells over HTTP.
func (h *house) metrics() []byte {
	h.t.Helper()
	handler := h.handler("", nil)
	var all []byte
	for _, path := range []string{"/metrics", "/readyz", "/healthz"} {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequestWithContext(h.t.Context(), http.MethodGet, path, nil))
		all = append(all, w.Body.Bytes()...)
	}
	if !bytes.Contains(all, []byte("dampingi_alerts_total")) {
		h.t.Errorf("no metrics: %s", all)
	}
	return all
}

// redisHolds looks at every key and value in Redis.
func (h *house) redisHolds(url string) {
	h.t.Helper()
	opt, err := goredis.ParseURL(url)
	if err != nil {
		h.t.Fatal(err)
	}
	client := goredis.NewClient(opt)
	defer func() { _ = client.Close() }()
	keys, err := client.Keys(h.t.Context(), "*").Result()
	if err != nil || len(keys) < 2 {
		h.t.Fatalf("%d keys, %v", len(keys), err)
	}
	for _, k := range keys {
		value, err := client.Dump(h.t.Context(), k).Result()
		if err != nil {
			h.t.Fatal(err)
		}
		plain, err := client.Get(h.t.Context(), k).Result()
		if err != nil {
			h.t.Fatal(err)
		}
		h.look("redis", []byte(k+" "+value+" "+plain))
	}
}
