package simulator

import (
	"bytes"
	"io"
	"net/http"
	"net/http/httptest"
	"testing"

	telegram "github.com/go-telegram/bot"
)

// body of a message as the bot sends most of them.
const benchBody = `{"chat_id":501,"text":"<b>7 · Melati</b>\nSelasa, 24 Nov · Rp1.500.000\nSudah pas?","parse_mode":"HTML",` +
	`"reply_markup":{"inline_keyboard":[[{"text":"✅ Simpan","callback_data":"s|4|a"}],[{"text":"⬅️ Kembali","callback_data":"s|4|b"},{"text":"✖️ Batal","callback_data":"s|4|c"}]]}}`

// BenchmarkSendMessage is a whole call over loopback, client included.
func BenchmarkSendMessage(b *testing.B) {
	_, url := start(b, Options{KeepMessages: 1000})
	url += "/bot" + testToken + "/sendMessage"
	b.ReportAllocs()
	for b.Loop() {
		w, err := http.Post(url, "application/json", bytes.NewReader([]byte(benchBody)))
		if err != nil {
			b.Fatal(err)
		}
		if _, err := io.Copy(io.Discard, w.Body); err != nil || w.StatusCode != http.StatusOK {
			b.Fatal(err, w.Status)
		}
		w.Body.Close()
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}

// BenchmarkGoTelegram is the same with the bot's library and its multipart bodies.
func BenchmarkGoTelegram(b *testing.B) {
	_, url := start(b, Options{KeepMessages: 1000})
	bot := client(b, url)
	params := &telegram.SendMessageParams{ChatID: melati, Text: "Selasa, 24 Nov · Rp1.500.000\nSudah pas?"}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := bot.SendMessage(b.Context(), params); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N)/b.Elapsed().Seconds(), "msg/s")
}

// BenchmarkHandler is the simulator's own part of a call.
func BenchmarkHandler(b *testing.B) {
	s, _ := start(b, Options{KeepMessages: 1000})
	handler := s.Handler()
	r := httptest.NewRequest(http.MethodPost, "/bot"+testToken+"/sendMessage", nil)
	r.Header.Set("Content-Type", "application/json")
	body := bytes.NewReader([]byte(benchBody))
	r.Body = io.NopCloser(body)
	w := nobody{http.Header{}}
	b.ReportAllocs()
	for b.Loop() {
		if _, err := body.Seek(0, io.SeekStart); err != nil {
			b.Fatal(err)
		}
		handler.ServeHTTP(w, r)
	}
}

// nobody is a ResponseWriter that nobody reads.
type nobody struct{ header http.Header }

func (n nobody) Header() http.Header         { return n.header }
func (n nobody) Write(b []byte) (int, error) { return len(b), nil }
func (n nobody) WriteHeader(int)             {}
