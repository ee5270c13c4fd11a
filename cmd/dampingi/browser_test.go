//go:build browser

package main

import (
	"context"
	"fmt"
	"log/slog"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/chromedp/cdproto/log"
	"github.com/chromedp/cdproto/network"
	"github.com/chromedp/cdproto/runtime"
	"github.com/chromedp/chromedp"

	"github.com/dampingi/dampingi/internal/fiction"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
)

// rina is the chat of the companion who makes the visits.
const rina = "1002"

// mawar is the chat of the participant who was not asked anything yet, and yuli's her companion's.
const (
	mawar = "2002"
	yuli  = "1003"
)

// chromium is where Debian puts it.
const chromium = "/usr/bin/chromium"

// browser is a demo and a window that looks at it.
type browser struct {
	t    *testing.T
	demo *demo
	ctx  context.Context
	tap  func(x, y float64) chromedp.Action[chromedp.Void]
	chat string // whose phone is looked at

	mu       sync.Mutex
	troubles []string
}

// TestBrowserAVisitAtTheDesk logs a visit among the phones of several people.
func TestBrowserAVisitAtTheDesk(t *testing.T) {
	b := newBrowser(t, chromedp.EmulateViewport(1280, 800))
	b.tap = func(x, y float64) chromedp.Action[chromedp.Void] { return chromedp.MouseClickXY(x, y) }
	b.open("?chats=1001,1002,2001")
	for chat, said := range map[string]string{"1001": "Ibu Ratna", "2001": "Halo Kak"} {
		b.chat = chat
		b.press(`[data-testid="start"]`, "")
		b.wait(b.in(fmt.Sprintf(`phone.innerText.includes(%q)`, said)), "the greeting of "+chat)
	}
	b.visit()
	b.axe()
	b.accessible("a visit at the desk")
}

// TestBrowserAVisitOnAPhone logs a visit on a screen as wide as a phone's, with a thumb.
func TestBrowserAVisitOnAPhone(t *testing.T) {
	b := newBrowser(t, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.tap = chromedp.TapXY
	b.open("?chats=1002")
	b.wait(`document.documentElement.scrollWidth <= innerWidth`, "a page that need not be moved sideways")
	b.visit()
	b.axe()
	b.accessible("a visit on a phone")
	b.do("unfold the clock", chromedp.Click("#clock-toggle"))
	b.wait(`document.querySelector('[data-testid="clock-hour"]').offsetHeight >= 44`, "the clock's buttons, big enough for a thumb")
	b.do("move the clock", chromedp.Click(`[data-testid="clock-hour"]`))
	b.wait(`document.querySelector("#now .hour").innerText.startsWith("11.")`, "an hour later")
}

// TestBrowserAnInvitationOnANewPhone opens the invitation that waits on the page, once.
func TestBrowserAnInvitationOnANewPhone(t *testing.T) {
	b := newBrowser(t, chromedp.EmulateViewport(390, 844, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.joins()
	b.do("look for another invitation", chromedp.Click("#invite"))
	b.wait(`document.getElementById("dialog").open && document.getElementById("link").value === ""`, "no invitation any more")
}

// joins opens the invitation that waits on the page, on a new phone.
func (b *browser) joins() {
	b.t.Helper()
	if err := b.demo.invite(b.ctx); err != nil {
		b.t.Fatal(err)
	}
	b.open("?chats=1002")
	b.wait(`document.querySelector('[data-testid="start"]')`, "the page")
	b.do("open the invitation", chromedp.Click("#invite"))
	b.wait(`document.getElementById("link").value.includes("?start=") && document.getElementById("name").value === "Sari"`, "the invitation that waits")
	b.do("join", chromedp.Click("#dialog-ok"))
	b.wait(`document.querySelector("#phones .phone")?.innerText.includes("Selamat datang, Kak Sari")`, "the welcome")
}

// TestBrowserHerOwnPhone goes with a participant from the welcome to her kata aman, which only her
// companion's phone shows.
func TestBrowserHerOwnPhone(t *testing.T) {
	b := newBrowser(t, chromedp.EmulateViewport(1280, 800))
	b.tap = func(x, y float64) chromedp.Action[chromedp.Void] { return chromedp.MouseClickXY(x, y) }
	b.open("?chats=" + mawar + "," + yuli)
	b.chat = mawar
	b.press(`[data-testid="start"]`, "")
	b.press(`[data-testid="button"]`, "Boleh")
	for _, card := range []string{"1 dari 3", "2 dari 3", "3 dari 3"} {
		b.shows(card)
		b.press(`[data-testid="button"]`, "Setuju")
	}
	b.shows("tulis data saya")
	b.write("data saya")
	for _, asks := range []string{"Pilih PIN", "Sekali lagi"} { // others use her phone
		b.shows(asks)
		for _, key := range []string{"4", "8", "2", "9", "✔️"} {
			b.press(`[data-testid="button"]`, key)
		}
	}
	b.shows("PIN tersimpan")
	b.write("data saya")
	b.shows("Nama samaran: Mawar")
	b.press(`[data-testid="button"]`, "Tutup")
	b.shows("Kalau ada kabar")
	b.press(`[data-testid="button"]`, "Pilihan")
	b.press(`[data-testid="button"]`, "Kata aman")
	b.shows("kalimat biasa")
	b.write(fiction.Word)
	b.shows("Tidak ada yang bisa membacanya")
	b.press(`[data-testid="button"]`, "Tutup")
	b.write(fiction.Word + " dong")
	b.shows("Aduk ikan")
	b.wait(b.in(`!phone.querySelector('[data-testid="removed"]')`), "nothing of what she wrote")
	b.wait(b.in(`!/Mawar|[A-Z]-\d{3}|aman|dong/.test(phone.querySelector('[data-testid="messages"]').innerText)`), "nothing but a recipe")
	b.wait(b.in(`/^Halo Kak/.test(phone.querySelector('[data-testid="lock-strip"] span').innerText)`), "a lock screen that told nothing of all that")
	b.chat = yuli
	b.wait(b.in(`/^[A-Z]-\d{3}: kata aman 10\.00\./m.test(phone.innerText)`), "the alarm")
	b.wait(b.in(`!phone.querySelector('[data-testid="messages"]').innerText.includes("Mawar")`), "an alarm by code alone")
	b.picture("kata-aman.png")
	b.press(`[data-testid="button"]`, "Saya tangani")
	b.shows("Terima kasih sudah menangani")
}

// shows waits until a text can be read on the phone that is looked at.
func (b *browser) shows(text string) {
	b.t.Helper()
	b.wait(b.in(fmt.Sprintf(`phone.innerText.includes(%q)`, text)), text)
}

// visit is the whole way of a companion: from an empty chat to the receipt, eight taps and one
// typed answer, and the report on record.
func (b *browser) visit() {
	b.chat = rina
	b.press(`[data-testid="start"]`, "")
	b.press(`[data-testid="button"]`, "Kunjungan")
	whom := b.label(`· `)
	code, _, _ := strings.Cut(whom, " ")
	b.press(`[data-testid="button"]`, whom)
	b.wait(b.in(`phone.innerText.includes("Kapan?")`), "the question for the day")
	b.write("kemarin")
	for _, label := range []string{"Ke rumah", "Tercapai", "Tidak ada", "Tidak"} {
		b.press(`[data-testid="button"]`, label)
	}
	b.wait(b.in(`phone.innerText.includes("Sudah pas?") && phone.innerText.includes("Selasa, 24 Nov")`), "the summary with the day in full")
	b.press(`[data-testid="button"]`, "Simpan")
	b.wait(b.in(`phone.innerText.includes("Tersimpan.")`), "the receipt")
	var found []program.Report
	err := b.demo.store.Reports(b.ctx, records.ReportFilter{Flow: "kunjungan"}, func(r program.Report) error {
		if !strings.HasPrefix(r.ID, "demo-") {
			found = append(found, r)
		}
		return nil
	})
	if err != nil || len(found) != 1 {
		b.t.Fatalf("%d reports on record: %v", len(found), err)
	}
	if r := found[0]; r.Participant != code || r.Author != "demo-rina" || r.OccurredOn != "2026-11-24" {
		b.t.Errorf("on record: %s of %s by %s, want %s", r.Participant, r.OccurredOn, r.Author, code)
	}
}

// newBrowser starts the demo of the Wednesday of all examples, and Chromium.
func newBrowser(t *testing.T, view chromedp.Action[chromedp.Void]) *browser {
	t.Helper()
	t.Parallel() // most of a test is waiting
	path := chromium
	if _, err := os.Stat(path); err != nil {
		if path, err = exec.LookPath("chromium"); err != nil {
			t.Fatalf("the browser test needs Chromium, and there is none in %s or in PATH: sudo apt-get install chromium", chromium)
		}
	}
	set := &Settings{Token: demoToken, DataDir: t.TempDir(), Timezone: "Asia/Jakarta", SendRate: 30}
	d, err := startDemo(context.Background(), set, "127.0.0.1:0", 1, scriptDay, slog.New(slog.NewTextHandler(t.Output(), &slog.HandlerOptions{Level: slog.LevelWarn})))
	if err != nil {
		t.Fatal(err)
	}
	options := append(slices.Clone(chromedp.DefaultExecAllocatorOptions[:]),
		chromedp.ExecPath(path), chromedp.NoSandbox, chromedp.Flag("disable-gpu", true), chromedp.Flag("disable-quic", true),
		chromedp.Flag("disable-component-update", true), chromedp.Flag("lang", "id"))
	ctx, endBrowser := chromedp.NewExecAllocator(context.Background(), options...)
	ctx, endTab := chromedp.NewContext(ctx)
	ctx, endTime := context.WithTimeout(ctx, 2*time.Minute)
	b := &browser{t: t, demo: d, ctx: ctx}
	t.Cleanup(func() {
		endTime()
		endTab()
		endBrowser()
		d.close()
		for _, trouble := range b.troubles {
			t.Error(trouble)
		}
	})
	if err := chromedp.Listen(ctx, b.hear); err != nil {
		t.Fatalf("start Chromium: %v", err)
	}
	b.do("set the window's size", view)
	return b
}

// hear notes what must not be: a complaint of the page, or a request to anybody else.
func (b *browser) hear(event any) {
	trouble := ""
	switch e := event.(type) {
	case *runtime.EventExceptionThrown:
		trouble = "exception: " + (&chromedp.ExceptionError{ExceptionDetails: e.ExceptionDetails}).Error()
	case *runtime.EventConsoleAPICalled:
		if e.Type == "error" || e.Type == "warning" || e.Type == "assert" {
			trouble = fmt.Sprintf("console %s: %v", e.Type, e.Args)
		}
	case *log.EventEntryAdded:
		if e.Entry.Level == "error" || e.Entry.Level == "warning" {
			trouble = "browser: " + e.Entry.Text + " " + e.Entry.URL
		}
	case *network.EventRequestWillBeSent:
		u, err := url.Parse(e.Request.URL)
		if err != nil || u.Scheme != "data" && u.Scheme != "blob" && u.Host != b.demo.listener.Addr().String() {
			trouble = "request to somebody else: " + e.Request.URL
		}
	}
	if trouble != "" {
		b.mu.Lock()
		b.troubles = append(b.troubles, trouble)
		b.mu.Unlock()
	}
}

// do does something in the window, or ends the test.
func (b *browser) do(what string, steps ...chromedp.Action[chromedp.Void]) {
	b.t.Helper()
	if err := chromedp.Do(b.ctx, steps...); err != nil {
		b.fail(what, err)
	}
}

// fail ends the test with what can be read on the page.
func (b *browser) fail(what string, err error) {
	b.t.Helper()
	shown, _ := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.body.innerText`)) // the first error is the one to tell
	b.t.Fatalf("%s: %v; on the page:\n%s", what, err, shown)
}

// open opens the page.
func (b *browser) open(query string) {
	b.t.Helper()
	b.do("open the page", chromedp.Navigate("http://"+b.demo.listener.Addr().String()+"/"+query))
}

// wait waits until an expression holds.
func (b *browser) wait(expression, what string) {
	b.t.Helper()
	if _, err := chromedp.Run(b.ctx, chromedp.Poll[chromedp.Void](expression, chromedp.WithPollingTimeout(15*time.Second))); err != nil {
		b.fail("wait for "+what, err)
	}
}

// in is an expression about the phone that is looked at.
func (b *browser) in(expression string) string {
	return `(() => { const phone = document.querySelector('[data-testid="phone-` + b.chat + `"]'); return phone && (` + expression + `); })()`
}

// label is the first button's label that has a part.
func (b *browser) label(part string) string {
	b.t.Helper()
	expression := b.in(fmt.Sprintf(`[...phone.querySelectorAll('[data-testid="button"]')].map((k) => k.innerText.trim()).find((l) => l.includes(%q))`, part))
	label, err := chromedp.Run(b.ctx, chromedp.Poll[string](expression, chromedp.WithPollingTimeout(15*time.Second)))
	if err != nil {
		b.fail("look for a button with "+part, err)
	}
	return label
}

// press presses what can be pressed with a finger: the last such element with that label, once
// it stands still and nothing lies over its middle.
func (b *browser) press(selector, label string) {
	b.t.Helper()
	expression := b.in(fmt.Sprintf(`(() => {
		const k = [...phone.querySelectorAll(%q)].filter((k) => !%q || k.innerText.trim() === %q || k.innerText.trim().endsWith(" " + %q)).at(-1);
		if (!k) return null;
		const r = k.getBoundingClientRect();
		const x = r.x + r.width / 2, y = r.y + r.height / 2;
		const still = window.pressing && window.pressing[0] === x && window.pressing[1] === y;
		window.pressing = [x, y];
		const on = document.elementFromPoint(x, y);
		return still && on && (on === k || k.contains(on)) && [x, y];
	})()`, selector, label, label, label))
	at, err := chromedp.Run(b.ctx, chromedp.Poll[[]float64](expression, chromedp.WithPollingTimeout(15*time.Second)))
	if err != nil {
		b.fail("look for "+selector+" "+label, err)
	}
	b.do("press "+label, b.tap(at[0], at[1]))
}

// write types into the phone and sends it.
func (b *browser) write(text string) {
	b.t.Helper()
	b.press(`[data-testid="composer"]`, "")
	b.wait(b.in(`phone.contains(document.activeElement)`), "the field to take letters")
	b.do("type", chromedp.KeyEvent(text))
	b.press(`[data-testid="send"]`, "")
}

// picture writes what is seen into docs/images, when pictures are wanted anew (-update).
func (b *browser) picture(name string) {
	b.t.Helper()
	if !*update {
		return
	}
	b.do("wait for the fonts", chromedp.Func(func(ctx context.Context, t *chromedp.Target) error {
		_, err := chromedp.Evaluate[chromedp.Void](`document.fonts.ready.then(() => {})`)(ctx, t)
		return err
	}))
	b.wait(`!document.getAnimations().length`, "everything to stand still")
	image, err := chromedp.Run(b.ctx, chromedp.CaptureScreenshot())
	if err != nil {
		b.t.Fatal(err)
	}
	file := filepath.Join("..", "..", "docs", "images", name)
	if err := os.MkdirAll(filepath.Dir(file), 0o755); err != nil {
		b.t.Fatal(err)
	}
	if err := os.WriteFile(file, image, 0o644); err != nil {
		b.t.Fatal(err)
	}
}
