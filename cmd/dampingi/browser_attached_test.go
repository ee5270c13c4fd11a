//go:build browser

package main

import (
	"bytes"
	"context"
	"fmt"
	"io"
	"net/http"
	"os"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"github.com/dampingi/dampingi/internal/turn"
)

// TestBrowserAPictureAndAFile: the chair sees a picture in the chat and as big as her screen, and the
// file by its name and size.
func TestBrowserAPictureAndAFile(t *testing.T) {
	b := newBrowser(t, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.tap = chromedp.TapXY
	b.chat = "1001"
	b.open("?chats=1001")
	b.press(`[data-testid="start"]`, "")
	b.shows("Ibu Ratna")
	messages := []turn.Message{
		{ID: "t1.0", Chat: 1001, Form: turn.Picture, Text: "Tercatat <b>25</b> dari 27.", Protect: true, Attached: &turn.Attached{Name: "kontak.png", Data: contactsOfWeeks(t)}},
		{ID: "t1.1", Chat: 1001, Form: turn.Document, Protect: true, Attached: &turn.Attached{Name: "rangkuman-2026-W47.pdf", Data: weekPaper(t)}},
	}
	if err := b.demo.store.Commit(t.Context(), turn.Plan{Messages: messages}); err != nil {
		t.Fatal(err)
	}
	b.demo.outbox.Accept(messages...)
	b.shows("rangkuman-2026-W47.pdf")
	b.shows("Tercatat 25 dari 27.")
	b.wait(b.in(`/rangkuman-2026-W47\.pdf\s+\d+ KB/.test(phone.innerText)`), "the file's size")
	b.wait(b.in(`(() => { const i = phone.querySelector(".photo"); return i && i.complete && i.naturalWidth === 1080 && i.getBoundingClientRect().width > 280; })()`), "the picture")
	b.looks("chat")
	b.press(`[data-testid="photo"]`, "")
	b.wait(`(() => { const i = document.querySelector('[data-testid="viewer"] img'); return i && i.getBoundingClientRect().width === innerWidth; })()`, "the picture as wide as the screen")
	b.looks("viewer")
	b.do("close it", chromedp.TapXY(195, 700))
	b.wait(`!document.querySelector('[data-testid="viewer"]')`, "the chat again")
	link, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](b.in(`phone.querySelector('[data-testid="file"]').href`)))
	if err != nil {
		t.Fatal(err)
	}
	res, err := http.Get(link)
	if err != nil {
		t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if got := res.Header.Get("Content-Disposition"); err != nil || res.StatusCode != 200 || !bytes.Equal(data, messages[1].Attached.Data) || got != "attachment; filename*=UTF-8''rangkuman-2026-W47.pdf" {
		t.Errorf("the link gives %s, %d bytes, %q, %v", res.Status, len(data), got, err)
	}
}

// looks keeps what is seen where SHOW says, to be looked at.
func (b *browser) looks(name string) {
	b.t.Helper()
	to := os.Getenv("SHOW")
	if to == "" {
		return
	}
	b.wait(`!document.getAnimations().length`, "everything to stand still")
	ctx, stop := context.WithTimeout(b.ctx, 10*time.Second)
	defer stop()
	image, err := chromedp.Run(ctx, chromedp.CaptureScreenshot())
	if err == nil {
		err = os.WriteFile(fmt.Sprintf("%s/%s.png", to, name), image, 0o600)
	}
	if err != nil {
		b.fail("keep a picture", err)
	}
}
