package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"strings"
	"testing"
	"time"

	goredis "github.com/redis/go-redis/v9"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// What is remembered about somebody whom a companion does not accompany any more.

// gone are the ways in which a participant leaves the companion of the tests.
var gone = map[string]func(h *house){
	"handed over": func(h *house) { h.damage(`UPDATE participant SET companion = 'yuli' WHERE code = 'M-417'`) },
	"erased": func(h *house) {
		if err := h.store.Commit(h.t.Context(), turn.Plan{Safety: turn.Safety{Erased: []string{"M-417"}}}); err != nil {
			h.t.Fatal(err)
		}
	},
	"her consent has ended": func(h *house) {
		h.damage(`UPDATE consent SET until = '2026-11-24' WHERE participant = 'M-417'`)
	},
}

// memory is what is remembered of a chat, opened.
func (h *house) memory(chat int64) []byte {
	h.t.Helper()
	key := h.store.ChatKey(chat)
	saved, err := h.store.Load(h.t.Context(), key)
	if err != nil {
		h.t.Fatal(err)
	}
	plain, err := h.vault.Open(saved.Data, []byte(key))
	if err != nil {
		h.t.Fatal(err)
	}
	return plain
}

// forgotten fails when a chat shows or remembers Melati.
func (h *house) forgotten(chat int64) {
	h.t.Helper()
	if shown := h.shown(chat); strings.Contains(shown, "Melati") || strings.Contains(shown, "M-417") {
		h.t.Errorf("she is still shown:\n%s", shown)
	}
	for _, secret := range []string{"Melati", "M-417"} {
		if bytes.Contains(h.memory(chat), []byte(secret)) {
			h.t.Errorf("%s is still remembered", secret)
		}
	}
}

// TestADraftGoesWithHer leaves a visit to Melati unfinished in every way, and then Melati.
func TestADraftGoesWithHer(t *testing.T) {
	for way, leave := range gone {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			for where, next := range map[string]func(h *house){
				"open, and an answer is written": func(h *house) {
					leave(h)
					h.say(rinaChat, "hari ini")
					h.shows(rinaChat, "tidak saya simpan", "Mau mencatat apa?")
				},
				"open, and an answer is pressed": func(h *house) {
					leave(h)
					if toast := h.press(rinaChat, "Hari ini"); !strings.Contains(toast, "sudah lewat") {
						h.t.Errorf("toast %q", toast)
					}
					h.shows(rinaChat, "tidak saya simpan", "Mau mencatat apa?")
				},
				"put aside": func(h *house) {
					h.say(rinaChat, "/menu")
					h.shows(rinaChat, "Lanjut Kunjungan M-417 · Melati")
					leave(h)
					h.press(rinaChat, "Lanjut Kunjungan M-417 · Melati")
				},
				"cancelled": func(h *house) {
					h.say(rinaChat, "batal")
					leave(h)
					h.press(rinaChat, "Kembalikan")
				},
				"offered again": func(h *house) {
					h.time.Advance(3 * time.Hour)
					h.settle()
					h.shows(rinaChat, "Mau dilanjutkan?")
					leave(h)
					h.press(rinaChat, "Lanjut")
					h.shows(rinaChat, "tidak saya simpan")
				},
				"left alone until it would be offered": func(h *house) {
					leave(h)
					h.time.Advance(3 * time.Hour)
					h.settle()
				},
			} {
				h := newHouse(t, houseOptions{})
				h.say(rinaChat, "/kunjungan")
				h.press(rinaChat, "M-417 · Melati")
				next(h)
				if h.forgotten(rinaChat); t.Failed() {
					t.Fatal(where)
				}
				h.say(rinaChat, "/kunjungan") // and all else goes on
				h.press(rinaChat, "M-203 · Mawar")
				h.shows(rinaChat, "Kapan?")
				h.recorded(0)
			}
		})
	}
}

// TestAReceiptGoesWithHer saves a visit to Melati, who then leaves: it is not shown again.
func TestAReceiptGoesWithHer(t *testing.T) {
	for way, leave := range gone {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			h := newHouse(t, houseOptions{})
			h.summary()
			h.press(rinaChat, "Simpan")
			h.shows(rinaChat, "Tersimpan", "M-417 · Melati")
			leave(h)
			h.press(rinaChat, "Batalkan")
			h.forgotten(rinaChat)
			if _, undone := h.standing(); undone != 0 {
				t.Error("what is not hers any more was taken back")
			}
		})
	}
}

// TestAReceiptKeepsNoAlias looks into what is remembered when nothing can be taken back any more,
// and at the card, which still has her name.
func TestAReceiptKeepsNoAlias(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.summary()
	h.press(rinaChat, "Simpan")
	if !bytes.Contains(h.memory(rinaChat), []byte("Melati")) {
		t.Error("the alias is not found where it is: the search is no good")
	}
	h.time.Advance(program.UndoWindow + time.Minute)
	h.settle()
	h.send(rinaChat, simulator.Input{Photo: []byte("x")})
	if bytes.Contains(h.memory(rinaChat), []byte("Melati")) {
		t.Error("the alias is still remembered")
	}
	h.shows(rinaChat, "Tersimpan", "M-417 · Melati")
}

// TestWhatSheAgreesToIsOnRecord looks at the proof, the audit and the companion's next report, with
// either store of conversations.
func TestWhatSheAgreesToIsOnRecord(t *testing.T) {
	for _, way := range []string{"sqlite", "redis"} {
		t.Run(way, func(t *testing.T) {
			t.Parallel()
			url := ""
			if way == "redis" {
				url = redistest.Start(t).URL()
			}
			h := newHouse(t, houseOptions{redisURL: url})
			h.say(rinaChat, "/kontak")
			h.presses(rinaChat, "M-417 · Melati", "Jangan", "Simpan")
			h.say(rinaChat, "/persetujuan")
			h.presses(rinaChat, "M-417 · Melati", "Lisan", "Tidak dulu", "Simpan")
			h.shows(rinaChat, "tidak ada di daftar")

			her, err := h.store.Person(t.Context(), "M-417")
			if err != nil || her.Safe.Chat != program.ChatNo || her.Safe.CheckedOn != "2026-11-25" {
				t.Errorf("chat %q, checked on %q, %v", her.Safe.Chat, her.Safe.CheckedOn, err)
			}
			all, err := h.store.Consents(t.Context(), "M-417")
			if err != nil || len(all) != 1 {
				t.Fatalf("%d consents, %v", len(all), err)
			}
			sum := sha256.Sum256([]byte(h.book.For("id").Text("persetujuan.pendampingan.ask")))
			got := all[0]
			if got.Status != program.Revoked || got.Way != program.Witnessed || got.Recorder != "rina" || got.Version != "1" || got.Hash != hex.EncodeToString(sum[:]) {
				t.Errorf("on record is %+v", got)
			}
			if all, err := h.store.Caseload(t.Context(), "rina"); err != nil || len(all) != 5 {
				t.Errorf("%d in her caseload, %v", len(all), err)
			}
			lines, err := h.store.Audits(t.Context(), 100)
			if err != nil {
				t.Fatal(err)
			}
			noted := map[string]string{}
			for _, a := range lines {
				noted[a.Action] += a.Actor + " " + a.Subject
			}
			if noted["contact.save"] != "rina M-417" || noted["consent.save"] != "rina M-417" {
				t.Errorf("audit: %v", noted)
			}
			h.recorded(0)
		})
	}
}

// TestHandedOverWhileHerContactIsFilledIn saves nothing and says so.
func TestHandedOverWhileHerContactIsFilledIn(t *testing.T) {
	for _, flow := range []string{"/kontak", "/persetujuan"} {
		h := newHouse(t, houseOptions{})
		h.say(rinaChat, flow)
		h.press(rinaChat, "M-417 · Melati")
		gone["handed over"](h)
		h.say(rinaChat, "jangan")
		h.shows(rinaChat, "tidak saya simpan")
		h.forgotten(rinaChat)
		h.say(rinaChat, flow)
		if strings.Contains(h.shown(rinaChat), "Melati") {
			t.Errorf("she may still be picked:\n%s", h.shown(rinaChat))
		}
	}
}

// TestAFlowThatIsNotOnTheMenu does not begin with a button that is not there.
func TestAFlowThatIsNotOnTheMenu(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/menu")
	if shown := h.shown(rinaChat); strings.Contains(shown, "Kontak") || strings.Contains(shown, "Persetujuan") {
		t.Errorf("the menu has it:\n%s", shown)
	}
	h.forge(rinaChat, "flow:kontak")
	h.shows(rinaChat, "Mau mencatat apa?")
}

// kept takes what Redis holds at present, and gives what puts it back: Redis loses its last second.
func (h *house) kept(url string) (lose func()) {
	h.t.Helper()
	opt, err := goredis.ParseURL(url)
	if err != nil {
		h.t.Fatal(err)
	}
	client := goredis.NewClient(opt)
	h.t.Cleanup(func() { _ = client.Close() })
	keys, err := client.Keys(h.t.Context(), "*").Result()
	if err != nil || len(keys) == 0 {
		h.t.Fatalf("%d keys, %v", len(keys), err)
	}
	values := map[string]string{}
	for _, k := range keys {
		if values[k], err = client.Dump(h.t.Context(), k).Result(); err != nil {
			h.t.Fatal(err)
		}
	}
	return func() {
		for k, v := range values {
			if err := client.RestoreReplace(h.t.Context(), k, time.Hour, v).Err(); err != nil {
				h.t.Fatal(err)
			}
		}
	}
}

// consent is what Melati has answered about being accompanied.
func (h *house) consent() (status program.ConsentStatus, id string) {
	h.t.Helper()
	all, err := h.store.Consents(h.t.Context(), "M-417")
	if err != nil {
		h.t.Fatal(err)
	}
	one, _ := all.Of(program.Accompaniment)
	return one.Status, one.ID
}

// TestTheLastAnswerCountsWhenRedisForgetsTheOneBefore saves a yes, which Redis forgets, and then a no
// in the same run.
func TestTheLastAnswerCountsWhenRedisForgetsTheOneBefore(t *testing.T) {
	url := redistest.Start(t).URL()
	h := newHouse(t, houseOptions{redisURL: url})
	h.say(rinaChat, "/persetujuan")
	h.presses(rinaChat, "M-417 · Melati", "Lisan", "Setuju", "Lewati", "Lewati", "Lewati", "Lewati", "Lewati")
	lose := h.kept(url)
	h.press(rinaChat, "Simpan")
	if status, _ := h.consent(); status != program.Given {
		t.Fatalf("on record is %q", status)
	}
	lose()
	h.say(rinaChat, "ubah pendampingan")
	h.say(rinaChat, "tidak dulu")
	h.say(rinaChat, "simpan")
	if status, _ := h.consent(); status != program.Revoked {
		t.Errorf("on record is %q:\n%s", status, h.shown(rinaChat))
	}
}

// TestNothingIsAgreedInATurnThatDidNotTakePlace saves from a summary that Redis knows nothing of.
func TestNothingIsAgreedInATurnThatDidNotTakePlace(t *testing.T) {
	url := redistest.Start(t).URL()
	h := newHouse(t, houseOptions{redisURL: url})
	_, before := h.consent()
	h.say(rinaChat, "/persetujuan")
	h.presses(rinaChat, "M-417 · Melati", "Lisan")
	lose := h.kept(url)
	h.press(rinaChat, "Tidak dulu")
	lose()
	h.press(rinaChat, "Simpan")
	if status, id := h.consent(); id != before {
		t.Errorf("%q was put on record:\n%s", status, h.shown(rinaChat))
	}
	h.shows(rinaChat, "Pendampingan dan catatannya")
}
