package main

import (
	"bytes"
	"encoding/json"
	"io"
	"net/http"
	"path"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
	"unicode"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
)

// sent is one call of the bot that a person may see something of.
type sent struct {
	method string
	Chat   int64  `json:"chat_id"`
	Text   string `json:"text"`
	Markup struct {
		Rows [][]simulator.Button `json:"inline_keyboard"`
	} `json:"reply_markup"`
	Protect bool `json:"protect_content"`
	Target  int  `json:"message_id"`
}

// spoken is everything the bot has sent, also what was edited or removed since.
type spoken struct {
	mu  sync.Mutex
	all []sent
}

// listen writes down what passes between bot and Telegram.
func (s *spoken) listen(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		method := path.Base(r.URL.Path)
		if r.Method == http.MethodPost && method != "getUpdates" {
			body, err := io.ReadAll(r.Body)
			if err == nil {
				said := sent{method: method}
				if json.Unmarshal(body, &said) != nil { // the rare methods come as forms
					r.Body = io.NopCloser(bytes.NewReader(body))
					said.Text = r.FormValue("text")
					said.Chat, _ = strconv.ParseInt(r.FormValue("chat_id"), 10, 64) // 0 for those about no chat
				}
				r.Body = io.NopCloser(bytes.NewReader(body))
				s.mu.Lock()
				s.all = append(s.all, said)
				s.mu.Unlock()
			}
		}
		next.ServeHTTP(w, r)
	})
}

// to is what was sent to a chat.
func (s *spoken) to(chat int64) []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.DeleteFunc(slices.Clone(s.all), func(m sent) bool { return m.Chat != chat })
}

// calls is everything that was sent, to whomever.
func (s *spoken) calls() []sent {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.all)
}

// namesSomebody is a code, an alias or a nickname of the house.
var namesSomebody = regexp.MustCompile(`[A-Z]-\d{3}|Melati|Teratai|Rina|Yuli|Ratna`)

// unsaid are the words that no participant and no stranger may ever read: the Never list of the
// tone guide, and what a first line must not hold (safety.md 3.5 and 3.6), in both languages.
var unsaid = []string{
	"psk", "wts", "mpsk", "mantan", "eks", "rehabilitasi", "penyandang", "hiv", "kondom", "program", "programme", "kasus", "case",
	"kharisma", "lembaga", "institution", "dampingi", "pendamping", "companion", "modal", "capital", "bimtek", "peserta", "participant",
	"dropout", "penyuluhan", "kesehatan", "health", "bantuan modal", "suami", "husband", "laporan", "report", "dampingan",
	"anggota", "member", "terdaftar", "registered", "undangan", "invitation", "yuli", "ratna",
}

// harmless fails when somebody read a word that is never said to her.
func harmless(t *testing.T, messages []sent) {
	t.Helper()
	for _, m := range messages {
		text := m.Text
		// What rings is on the lock screen. What she has opened may name her, and who accompanies her.
		if word, bad := discreet.Forbidden(text); m.method == "sendMessage" && (bad || namesSomebody.MatchString(text)) {
			t.Errorf("the lock screen of %d shows %q: %s", m.Chat, word, text)
		}
		if m.method == "editMessageText" { // what she has opened may speak of who helps her, and of no more
			if word, bad := discreet.Unsayable(text); bad {
				t.Errorf("%d opens a page that says %q: %s", m.Chat, word, text)
			}
			continue
		}
		for _, row := range m.Markup.Rows {
			for _, b := range row {
				text += " " + b.Text
			}
		}
		words := strings.FieldsFunc(strings.ToLower(text), func(c rune) bool { return !unicode.IsLetter(c) })
		plain := " " + strings.Join(words, " ") + " "
		for _, word := range unsaid {
			if strings.Contains(plain, " "+word+" ") {
				t.Errorf("%s to %d says %q: %s", m.method, m.Chat, word, text)
			}
		}
	}
}

// TestParticipantsAndStrangersReadNeutralWordsOnly lets a participant and strangers do whatever
// they can with a phone, in both languages, and reads every message they were ever sent.
func TestParticipantsAndStrangersReadNeutralWordsOnly(t *testing.T) {
	var s spoken
	h := newHouse(t, houseOptions{wrap: s.listen})
	const mawarChat = 202
	h.sim.AddChat(mawarChat, "Mawar", "")
	english := program.Participant{Agreed: program.OnPaper, Code: "E-555", Alias: "Teratai", Lang: "en", Stage: program.Bimtek, Companion: "rina"}
	if err := h.store.AddParticipant(t.Context(), english); err != nil {
		t.Fatal(err)
	}
	h.say(mawarChat, "/start "+h.invite("E-555"))
	for _, chat := range []int64{melatiChat, mawarChat, strangerChat} {
		for _, text := range []string{
			"/start", "/start unknown", "/kunjungan", "kunjungan", "/usaha", "/menu", "menu", "/bantuan", "bantuan", "?", "batal", "kembali", "lewati",
			"ulang", "ya", "tidak", "halo", "ini siapa?", "150rb", "besok", "M-417", "stop", "berhenti", "data saya", "kunci", "/help", "td ke rmh melati, jualan laku 450rb",
		} {
			h.say(chat, text)
			if chat == strangerChat {
				h.time.Advance(15 * time.Minute) // or it would be silent in the end
			}
		}
		h.send(chat, simulator.Input{Photo: []byte("jpeg"), Caption: "lihat"})
		h.send(chat, simulator.Input{Contact: &simulator.Contact{PhoneNumber: "0812", FirstName: "Siti"}})
		h.send(chat, simulator.Input{Location: &simulator.Location{Latitude: -2.9, Longitude: 104.7}})
		h.send(chat, simulator.Input{Voice: &simulator.Attachment{Data: []byte("ogg")}})
		h.send(chat, simulator.Input{Sticker: "🙂"})
		h.send(chat, simulator.Input{Text: "diteruskan", Forward: "Siti"})
		newest := slices.DeleteFunc(h.sim.Messages(chat, 0), func(m simulator.Message) bool { return m.Deleted || !m.From.IsBot })
		for _, data := range []string{"flow:kunjungan", "1.flow:kunjungan", "1.menu", "zz.help", "x"} {
			h.pressData(chat, newest[len(newest)-1].MessageID, data)
		}
		h.time.Advance(25 * time.Hour)
		h.quiet()
	}
	for _, chat := range []int64{melatiChat, mawarChat, strangerChat} {
		messages := s.to(chat)
		if len(messages) < 20 {
			t.Errorf("chat %d was sent %d messages only", chat, len(messages))
		}
		harmless(t, messages)
	}
	for _, chat := range []int64{melatiChat, mawarChat} {
		for _, m := range s.to(chat) {
			if m.method == "sendMessage" && !m.Protect {
				t.Errorf("not protected: %s", m.Text)
			}
		}
	}
	if len(h.reports()) != 0 {
		t.Error("a participant or a stranger has made a report")
	}
}
