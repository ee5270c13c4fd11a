package main

import (
	"encoding/json"
	"fmt"
	"io"
	"math"
	"net/http"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/paper"
	"github.com/dampingi/dampingi/internal/picture"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// Pictures and files, from the outbox to a phone.

// contactsOfWeeks is a picture as the chair gets it.
func contactsOfWeeks(t testing.TB) []byte {
	t.Helper()
	var labels []string
	for i := range 12 {
		labels = append(labels, fmt.Sprintf("M%d", 36+i))
	}
	png, err := picture.Lines("Kontak dan rencana, 12 pekan", labels,
		picture.Series{Name: "Rencana", Values: []float64{20, 20, 21, 22, 22, 24, 24, 25, 25, 26, 26, 27}},
		picture.Series{Name: "Tercatat", Values: []float64{12, 15, 14, math.NaN(), 18, 20, 19, 21, math.NaN(), 24, 23, 25}})
	if err != nil {
		t.Fatal(err)
	}
	return png
}

// weekPaper is a file as the chair gets it.
func weekPaper(t testing.TB) []byte {
	t.Helper()
	pdf, err := paper.PDF(paper.Document{
		Title: "Rangkuman pekan 47", Sections: []paper.Section{{Head: "Proses", Table: [][]string{{"Yang dihitung", "Jumlah"}, {"Didata", "7"}}}},
		Pictures: []paper.Picture{{Caption: "Tercatat 25 dari 27.", PNG: contactsOfWeeks(t)}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return pdf
}

// brings is a picture and a file for a chat.
func brings(t testing.TB, h *house, chat int64) []turn.Message {
	t.Helper()
	until := h.time.Now().Add(5 * time.Minute)
	return []turn.Message{
		{ID: "t1.0", Chat: chat, Form: turn.Picture, Text: "Tercatat <b>25</b> dari 27.", Protect: true, Until: until, Attached: &turn.Attached{Name: "kontak.png", Data: contactsOfWeeks(t)}},
		{ID: "t1.1", Chat: chat, Form: turn.Document, Protect: true, Until: until, Attached: &turn.Attached{Name: "rangkuman-2026-W47.pdf", Data: weekPaper(t)}},
	}
}

// downloads gives a file as a bot would download it.
func (h *house) downloads(id string) []byte {
	h.t.Helper()
	var file struct {
		Result struct {
			Path string `json:"file_path"`
		} `json:"result"`
	}
	if err := json.Unmarshal([]byte(h.call("getFile", "file_id="+id)), &file); err != nil {
		h.t.Fatal(err)
	}
	res, err := http.Get(h.url + "/file/bot" + houseToken + "/" + file.Result.Path)
	if err != nil {
		h.t.Fatal(err)
	}
	defer func() { _ = res.Body.Close() }()
	data, err := io.ReadAll(res.Body)
	if err != nil || res.StatusCode != http.StatusOK {
		h.t.Fatal(res.Status, err)
	}
	return data
}

// arrived checks that the picture and the file stand in the chat, once, with every byte.
func (h *house) arrived(chat int64, want []turn.Message) {
	h.t.Helper()
	all := h.messages(chat)
	if len(all) != 2 || all[0].Photo == nil || all[1].Document == nil {
		h.t.Fatalf("in the chat stand %d messages: %+v", len(all), all)
	}
	shown, file := all[0], all[1]
	if shown.Caption != "Tercatat 25 dari 27." || !shown.HasProtected || !shown.Silent || shown.Photo[0].Width != 1080 || shown.Photo[0].Height != 810 {
		h.t.Errorf("the picture came as %+v", shown)
	}
	if file.Document.FileName != "rangkuman-2026-W47.pdf" || !file.HasProtected || file.Caption != "" {
		h.t.Errorf("the file came as %+v", file)
	}
	for id, m := range map[string]turn.Message{shown.Photo[0].FileID: want[0], file.Document.FileID: want[1]} {
		if got := h.downloads(id); string(got) != string(m.Attached.Data) {
			h.t.Errorf("%s came with %d bytes, want %d", m.Attached.Name, len(got), len(m.Attached.Data))
		}
	}
	h.traces(chat, turn.Trace{Message: shown.MessageID, Attached: true}, turn.Trace{Message: file.MessageID, Attached: true})
}

func TestPicturesAndFilesReachAPhone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	all := brings(t, h, chairChat)
	for range 2 { // a turn that is stored twice
		if err := h.store.Commit(t.Context(), turn.Plan{Messages: all}); err != nil {
			t.Fatal(err)
		}
	}
	for range 2 {
		h.outbox.Accept(all...)
		h.quiet()
	}
	h.arrived(chairChat, all)
}

// TestPicturesAndFilesSurviveARestart: what was stored and not sent is sent after it, once.
func TestPicturesAndFilesSurviveARestart(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	all := brings(t, h, chairChat)
	h.rest()
	if err := h.store.Commit(t.Context(), turn.Plan{Messages: all}); err != nil {
		t.Fatal(err)
	}
	for range 2 {
		h.wakeUp()
		h.quiet()
		h.arrived(chairChat, all)
		h.rest()
	}
	h.wakeUp()
}

// TestFaultPicturesInTrouble: they come through errors of the server, cut lines and too many requests.
func TestFaultPicturesInTrouble(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.fault(simulator.Fault{Kind: "502", Method: "sendPhoto", Count: 2})
	h.fault(simulator.Fault{Kind: "429", Method: "sendDocument", Count: 1, RetryAfter: 20})
	h.fault(simulator.Fault{Kind: "cut_before", Method: "sendDocument", Count: 1})
	all := brings(t, h, chairChat)
	for i := range all {
		all[i].Until = time.Time{} // the clock runs faster here than the line
	}
	if err := h.store.Commit(t.Context(), turn.Plan{Messages: all}); err != nil {
		t.Fatal(err)
	}
	h.outbox.Accept(all...)
	h.calm()
	h.arrived(chairChat, all)
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters %v", dead)
	}
}

// TestFaultPictureThatIsNone goes to the dead letters, like a text that Telegram does not take, and
// what stands behind it arrives.
func TestFaultPictureThatIsNone(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.plan(turn.Plan{Messages: []turn.Message{
		{ID: "t1.0", Chat: chairChat, Form: turn.Picture, Attached: &turn.Attached{Name: "a.png", Data: []byte("no picture")}},
		{ID: "t1.1", Chat: chairChat, Form: turn.Notice, Text: "Selamat pagi, Ibu."},
	}})
	h.until("it is with the dead letters", func() bool { return len(h.dead()) == 1 })
	if all := h.messages(chairChat); len(all) != 1 || all[0].Text != "Selamat pagi, Ibu." {
		t.Errorf("in the chat stand %+v", all)
	}
}

// TestFaultPictureTooLate: the line was down for longer than somebody waits for a picture, and it does
// not come out of the blue.
func TestFaultPictureTooLate(t *testing.T) {
	t.Parallel()
	h := newHouse(t, houseOptions{})
	h.fault(simulator.Fault{Kind: "502"})
	all := brings(t, h, chairChat)
	if err := h.store.Commit(t.Context(), turn.Plan{Messages: all}); err != nil {
		t.Fatal(err)
	}
	h.outbox.Accept(all...)
	h.until("it is tried", func() bool { return h.outbox.Stats().Waiting == 2 })
	h.time.Advance(6 * time.Minute)
	h.sim.Faults().Clear()
	h.calm()
	if n := h.bots(chairChat); n != 0 {
		t.Errorf("%d came too late", n)
	}
	if dead := h.dead(); len(dead) > 0 {
		t.Errorf("dead letters %v", dead)
	}
}
