//go:build browser

package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"testing"

	"github.com/chromedp/chromedp"
)

// ratna is the chat of the chair, and melati that of the participant whom Rina accompanies.
const (
	ratna  = "1001"
	melati = "2001"
)

// onAPhone is a window as wide as a phone, with a thumb.
func onAPhone(t *testing.T, height int64) *browser {
	t.Helper()
	b := newBrowser(t, chromedp.EmulateViewport(390, height, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.tap = chromedp.TapXY
	return b
}

// clock moves the demo's clock, as the page's buttons do.
func (b *browser) clock(move map[string]any) {
	b.t.Helper()
	body, err := json.Marshal(move)
	if err != nil {
		b.t.Fatal(err)
	}
	res, err := http.Post("http://"+b.demo.listener.Addr().String()+"/sim/clock", "application/json", bytes.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		b.t.Fatalf("move the clock: %s", res.Status)
	}
}

// TestBrowserAChairsMonday goes with the chair through her Monday, with one thumb: the neutral line, the
// digest, the pictures, a decision, and both files.
func TestBrowserAChairsMonday(t *testing.T) {
	b := onAPhone(t, 844)
	b.chat = ratna
	b.open("?chats=" + ratna)
	b.press(`[data-testid="start"]`, "")
	b.shows("Ibu Ratna")
	b.looks("m0-menu")
	b.clock(map[string]any{"to": "2026-11-30T08:00:00+07:00"})
	b.shows("Rangkuman pekan sudah siap")
	b.looks("m1-ready")
	b.press(`[data-testid="button"]`, "Buka")
	b.shows("Rangkuman 23–29 Nov 2026")
	for _, block := range []string{"Perlu Ibu putuskan", "Dibina 28", "Arah: naik", "Kabar baik", "Belum tercatat"} {
		b.shows(block)
	}
	b.top("Rangkuman 23–29 Nov 2026")
	b.looks("m2-digest")
	b.picture("rangkuman.png")
	b.reach("Gambar")
	b.wait(b.in(`phone.querySelectorAll(".photo").length === 3 && [...phone.querySelectorAll(".photo")].every((p) => p.complete && p.naturalWidth === 1080)`), "three pictures")
	b.looks("m3-pictures")
	for i, name := range []string{"gambar-kontak.png", "gambar-usaha.png", "gambar-tahap.png"} {
		b.keep(i, name)
	}
	b.reach("US-26-001")
	b.shows("Usaha berjalan → Mandiri")
	b.looks("m4-decision")
	b.press(`[data-testid="button"]`, "Setuju")
	b.shows("Disetujui")
	b.looks("m5-decided")
	b.reach("Buka")
	b.shows("✅ US-26-001")
	b.reach("XLSX")
	b.shows("rangkuman-2026-W48.xlsx")
	b.reach("PDF")
	b.shows("rangkuman-2026-W48.pdf")
	b.looks("m6-files")
	b.reach("Tutup")
	b.wait(b.in(`!phone.innerText.includes("Perlu Ibu putuskan")`), "nothing of the digest any more")
	b.looks("m7-hidden")
}

// reach presses a button that may have to be scrolled to.
func (b *browser) reach(label string) {
	b.t.Helper()
	b.wait(b.in(fmt.Sprintf(`(() => {
		const k = [...phone.querySelectorAll('[data-testid="button"]')].filter((k) => k.innerText.trim() === %q || k.innerText.trim().endsWith(" " + %q)).at(-1);
		k?.scrollIntoView({block: "center", behavior: "instant"});
		return !!k;
	})()`, label, label)), label)
	b.press(`[data-testid="button"]`, label)
}

// top scrolls to where the last message with a text begins.
func (b *browser) top(text string) {
	b.t.Helper()
	b.wait(b.in(fmt.Sprintf(`(() => {
		const m = [...phone.querySelectorAll('[data-testid="messages"] *')].filter((m) => m.innerText?.includes(%q)).at(-1);
		m?.scrollIntoView({block: "start", behavior: "instant"});
		phone.querySelector('[data-testid="messages"]').scrollTop -= 48;
		return !!m;
	})()`, text)), text)
}

// keep writes a picture as the phone got it into docs/images, when pictures are wanted anew.
func (b *browser) keep(i int, name string) {
	b.t.Helper()
	src, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](b.in(fmt.Sprintf(`phone.querySelectorAll(".photo")[%d].src`, i))))
	if err != nil {
		b.fail("look for a picture", err)
	}
	res, err := http.Get(src)
	if err != nil {
		b.t.Fatal(err)
	}
	defer res.Body.Close()
	data, err := io.ReadAll(res.Body)
	if err != nil || !bytes.HasPrefix(data, []byte("\x89PNG")) {
		b.t.Fatalf("picture %d is none: %d bytes, %v", i, len(data), err)
	}
	if *update {
		if err := os.WriteFile(filepath.Join("..", "..", "docs", "images", name), data, 0o644); err != nil {
			b.t.Fatal(err)
		}
	}
	if to := os.Getenv("SHOW"); to != "" {
		_ = os.WriteFile(filepath.Join(to, name), data, 0o600) // only to be looked at
	}
}

// TestBrowserARemindersBundle goes with Rina through what she is reminded of, and with Melati through a
// session that comes near.
func TestBrowserARemindersBundle(t *testing.T) {
	b := onAPhone(t, 1040) // all of it at once
	b.chat = rina
	b.open("?chats=" + rina)
	b.press(`[data-testid="start"]`, "")
	b.shows("Rina")
	b.clock(map[string]any{"next": true})
	b.shows("Yang enak dikerjakan")
	b.looks("r1-bundle")
	b.press(`[data-testid="button"]`, "Buka daftar")
	b.shows("6. H-490")
	b.top("Pagi, Kak Rina")
	b.looks("r2-list")
	b.picture("pengingat.png")
	b.reach("5. 🛒 A-871")
	b.shows("Omzet: Rp")
	b.looks("r3-item")
	b.press(`[data-testid="button"]`, "Nanti sore")
	b.looks("r4-later")
}

// TestBrowserASessionComesNear on Melati's phone: a neutral line, what it is about behind it, and her answer.
func TestBrowserASessionComesNear(t *testing.T) {
	b := onAPhone(t, 844)
	b.chat = melati
	b.open("?chats=" + melati)
	b.press(`[data-testid="start"]`, "")
	b.shows("Halo Kak")
	b.looks("s0-start")
	b.clock(map[string]any{"to": "2026-11-28T16:00:00+07:00"})
	b.shows("ada kabar jadwal")
	b.looks("s1-line")
	b.press(`[data-testid="button"]`, "Lihat")
	b.shows("29 Nov")
	b.looks("s2-page")
	b.press(`[data-testid="button"]`, "Datang")
	b.shows("Jawaban")
	b.looks("s3-answered")
}
