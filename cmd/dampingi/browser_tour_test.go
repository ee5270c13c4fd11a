//go:build browser

package main

import (
	"fmt"
	"slices"
	"testing"
	"time"

	"github.com/chromedp/cdproto/emulation"
	"github.com/chromedp/chromedp"
	"github.com/chromedp/chromedp/kb"
)

// onASmallPhone is a window as small as a cheap phone's, with a thumb.
func onASmallPhone(t *testing.T) *browser {
	t.Helper()
	b := newBrowser(t, chromedp.EmulateViewport(360, 740, chromedp.EmulateMobile, chromedp.EmulateTouch, chromedp.EmulateScale(2)))
	b.tap = chromedp.TapXY
	return b
}

// atADesk is a window as on a desk, with a mouse.
func atADesk(t *testing.T) *browser {
	t.Helper()
	b := newBrowser(t, chromedp.EmulateViewport(1280, 800))
	b.tap = func(x, y float64) chromedp.Action[chromedp.Void] { return chromedp.MouseClickXY(x, y) }
	return b
}

// TestBrowserTheTourByHand goes through the whole tour with one thumb on a small phone, pressing nothing but
// what is highlighted. A page that is loaded anew in the middle goes on where it was.
func TestBrowserTheTourByHand(t *testing.T) {
	b := onASmallPhone(t)
	b.open("")
	b.wait(`document.documentElement.scrollWidth <= innerWidth`, "a page that need not be moved sideways")
	b.axe()
	for i, s := range tourSteps(t) {
		b.title(s.Words["id"]["title"])
		b.looks(fmt.Sprintf("hp-%02d-%s", i, s.Name))
		if s.Name == "case" {
			b.do("load the page anew", chromedp.Reload())
			b.axe()
			b.title(s.Words["id"]["title"])
		}
		if s.Until != nil {
			b.byHand(s)
			b.looks(fmt.Sprintf("hp-%02d-%s-done", i, s.Name))
			b.looksAt(s.Name)
		}
		b.onThePage("#tour-do")
	}
	b.wait(`document.getElementById("tour").hidden && document.activeElement.id === "tour-start"`, "the end of the tour")
	b.wait(`document.documentElement.scrollWidth <= innerWidth && document.querySelector("#now .hour").getBoundingClientRect().right < innerWidth / 2`, "a bar that has room for everything")
	b.looks("hp-99-after")
	b.accessible("after the tour")
}

// TestBrowserTheTourIsDoneForHer goes through the whole tour in English at a desk, pressing nothing but the
// card's own button, and back: what was done stays done.
func TestBrowserTheTourIsDoneForHer(t *testing.T) {
	b := atADesk(t)
	still := emulation.SetEmulatedMediaParams{Features: []*emulation.MediaFeature{{Name: "prefers-reduced-motion", Value: "reduce"}}}
	if _, err := chromedp.Call(b.ctx, emulation.SetEmulatedMedia, still); err != nil {
		t.Fatal(err)
	}
	b.open("")
	steps := tourSteps(t)
	b.title(steps[0].Words["id"]["title"])
	b.axe()
	b.onThePage("#language")
	for i, s := range steps {
		b.title(s.Words["en"]["title"])
		if s.Name == "pictures" {
			b.onThePage("#theme") // the rest in the dark
		}
		b.wait(`document.getElementById("phones").scrollWidth <= document.getElementById("phones").clientWidth`, "phones that have room: "+s.Name)
		b.looks(fmt.Sprintf("desk-%02d-%s", i, s.Name))
		if s.Until != nil {
			b.onThePage("#tour-do")
			b.wait(`document.getElementById("tour").classList.contains("done")`, s.Name)
			b.looks(fmt.Sprintf("desk-%02d-%s-done", i, s.Name))
			if s.Name == "eve" {
				b.drawTheTour()
			}
			b.looksAt(s.Name)
		}
		if i < len(steps)-1 {
			b.onThePage("#tour-do")
		}
	}
	for i := len(steps) - 2; i >= 0; i-- {
		b.onThePage("#tour-back")
		b.title(steps[i].Words["en"]["title"])
		b.wait(`!document.getElementById("tour-seen").hidden`, "what is said of a step that is done")
	}
}

// TestBrowserTheTourByKeys goes through the first steps with nothing but keys: each is led to what is
// highlighted and back, sees where she is, and leaves when she likes.
func TestBrowserTheTourByKeys(t *testing.T) {
	b := atADesk(t)
	b.open("")
	steps := tourSteps(t)
	b.title(steps[0].Words["id"]["title"])
	for range 20 {
		b.do("go on", chromedp.KeyEvent(kb.Tab))
		b.sees()
		if b.is(`document.activeElement.id === "tour-do"`) {
			break
		}
	}
	b.do("begin", chromedp.KeyEvent(kb.Enter))
	for _, s := range steps[1:3] {
		b.title(s.Words["id"]["title"])
		for range 5 {
			b.wait(`document.activeElement.id === "tour-do"`, "the card's button")
			if b.is(`document.getElementById("tour").classList.contains("done")`) {
				break
			}
			b.wait(`document.querySelector(".beckon")`, "what is highlighted")
			for range 2 {
				b.do("go back", chromedp.KeyEvent(kb.Tab, chromedp.KeyModifiers(kb.ModifierShift)))
			}
			b.wait(`document.activeElement.id === "tour-find"`, "the way to what is highlighted")
			b.sees()
			before, err := chromedp.Run(b.ctx, chromedp.Evaluate[string](`document.querySelector(".beckon").dataset.data ?? ""`))
			if err != nil {
				b.fail("look for what is highlighted", err)
			}
			b.do("go there", chromedp.KeyEvent(kb.Enter))
			b.wait(`document.activeElement.classList.contains("beckon")`, "to be there")
			b.sees()
			if before == "" {
				b.do("write", chromedp.KeyEvent(s.Moves[0].Say))
			}
			b.do("press it", chromedp.KeyEvent(kb.Enter))
			b.wait(fmt.Sprintf(`document.getElementById("tour").classList.contains("done") || (document.querySelector(".beckon")?.dataset.data ?? %q) !== %q`, before, before), "what follows")
			b.do("go back to the card", chromedp.KeyEvent(kb.Escape))
		}
		b.wait(`document.querySelector("#tour [role=status]").innerText.includes("`+s.Words["id"]["seen"]+`")`, "what is told to who cannot see it")
		b.do("go on", chromedp.KeyEvent(kb.Enter))
	}
	b.do("leave", chromedp.KeyEvent(kb.Escape))
	b.wait(`document.getElementById("tour").hidden && document.activeElement.id === "tour-start"`, "the way in again")
	b.do("come back", chromedp.KeyEvent(kb.Enter))
	b.title(steps[3].Words["id"]["title"])
}

// is reports whether an expression holds now.
func (b *browser) is(expression string) bool {
	b.t.Helper()
	yes, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](expression))
	if err != nil {
		b.fail("look whether "+expression, err)
	}
	return yes
}

// sees is whether somebody who uses keys sees where she is.
func (b *browser) sees() {
	b.t.Helper()
	b.wait(`(() => {
		const e = document.activeElement, r = e.getBoundingClientRect(), style = getComputedStyle(e);
		const drawn = parseFloat(style.outlineWidth) >= 2 && style.outlineStyle !== "none" || style.boxShadow !== "none";
		return e.matches(":focus-visible") && r.width > 8 && r.height > 8 && drawn;
	})()`, "where the keys are")
}

// drawTheTour draws the page of a discreet reminder, beside it what her companion wrote before.
func (b *browser) drawTheTour() {
	b.t.Helper()
	b.chat = rina
	b.shows("Yang enak dikerjakan")
	b.wait(b.in(`(() => { phone.querySelector('[data-testid="messages"]').scrollTop = 0; return true; })()`), "how it began")
	b.picture("tur.png")
}

// looksAt looks at some steps only, because it takes its time: buttons, a lock screen, a long digest, pictures.
func (b *browser) looksAt(step string) {
	b.t.Helper()
	if slices.Contains([]string{"say", "eve", "open", "pictures"}, step) {
		b.accessible(step)
	}
}

// title waits for the step with a title.
func (b *browser) title(title string) {
	b.t.Helper()
	b.wait(fmt.Sprintf(`!document.getElementById("tour").hidden && document.getElementById("tour-title").innerText === %q`, title), "the step "+title)
}

// beckoned is what is highlighted: what it is, where its middle is once nothing lies over it, and a mark
// that differs once it was pressed; or that the step is done.
const beckoned = `(() => {
	if (document.getElementById("tour").classList.contains("done")) return { Done: true };
	const e = document.querySelector(".beckon");
	if (!e) return null;
	const r = e.getBoundingClientRect(), x = r.x + r.width / 2, y = r.y + r.height / 2;
	const on = document.elementFromPoint(x, y);
	const frames = window.pressing?.[0] === x && window.pressing[1] === y ? window.pressing[2] + 1 : 0;
	window.pressing = [x, y, frames];
	if (frames < 2 || !on || !(on === e || e.contains(on))) return null;
	return { X: x, Y: y, Input: e.tagName === "TEXTAREA", Clock: !!e.dataset.move, Mark: [e.dataset.testid, e.dataset.data].join() };
})()`

// byHand does a step by pressing what is highlighted.
func (b *browser) byHand(s tourStep) {
	b.t.Helper()
	var last beckon
	for range 40 {
		now := b.beckoned(s, last.Mark)
		if now.Done {
			return
		}
		last = now
		b.do("press what is highlighted", b.tap(now.X, now.Y))
		if now.Input {
			b.do("type", chromedp.KeyEvent(b.toSay(s)))
		}
		if now.Clock {
			b.wait(`document.getElementById("tour").classList.contains("done")`, s.Name)
		}
	}
	b.t.Fatalf("%s: there is no end of pressing", s.Name)
}

// beckon is what is highlighted.
type beckon struct {
	Done, Input, Clock bool
	X, Y               float64
	Mark               string
}

// beckoned waits for something else to be highlighted than before, or for the step to be done.
func (b *browser) beckoned(s tourStep, before string) beckon {
	b.t.Helper()
	expression := fmt.Sprintf(`(() => { const e = %s; return e && (e.Done || e.Mark !== %q) && e; })()`, beckoned, before)
	e, err := chromedp.Run(b.ctx, chromedp.Poll[beckon](expression, chromedp.WithPollingTimeout(15*time.Second)))
	if err != nil {
		b.fail(s.Name+": look for what is highlighted", err)
	}
	return e
}

// toSay is what the highlighted field waits for.
func (b *browser) toSay(s tourStep) string {
	b.t.Helper()
	asked, err := chromedp.Run(b.ctx, chromedp.Evaluate[bool](`document.getElementById("phones").innerText.includes("Tentang siapa")`))
	if err != nil {
		b.fail("look what is asked", err)
	}
	for i := len(s.Moves) - 1; i >= 0; i-- {
		if m := s.Moves[i]; m.Say != "" && (m.When == "" || asked) {
			return m.Say
		}
	}
	b.t.Fatalf("%s: nothing is to be said", s.Name)
	return ""
}

// onThePage presses something that is on no phone.
func (b *browser) onThePage(selector string) {
	b.t.Helper()
	expression := fmt.Sprintf(`(() => {
		const r = document.querySelector(%q)?.getBoundingClientRect();
		if (!r?.width || document.querySelector(%q).ariaDisabled === "true") return null;
		const at = [r.x + r.width / 2, r.y + r.height / 2];
		return document.elementFromPoint(...at)?.closest(%q) && at;
	})()`, selector, selector, selector)
	at, err := chromedp.Run(b.ctx, chromedp.Poll[[]float64](expression, chromedp.WithPollingTimeout(15*time.Second)))
	if err != nil {
		b.fail("look for "+selector, err)
	}
	b.do("press "+selector, b.tap(at[0], at[1]))
}
