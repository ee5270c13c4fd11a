package main

import (
	"context"
	"fmt"
	"maps"
	"math/rand/v2"
	"slices"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/simulator"
)

// wish is what somebody wants a report to say; it is also read from the answers on record.
type wish struct {
	code    string
	Day     string   `json:"tanggal"`
	Kind    string   `json:"jenis"`
	Result  string   `json:"hasil"`
	Trouble []string `json:"kendala"`
	Again   string   `json:"tindak_lanjut_tanggal"`
	Note    string   `json:"catatan"`
}

// String is all of it, for comparing. Who was not met had no obstacles to tell.
func (w wish) String() string {
	if w.Result == "tidak_bertemu" {
		w.Trouble = nil
	}
	return fmt.Sprintf("%s on %s: %s %s %v, again %q, note %q", w.code, w.Day, w.Kind, w.Result, w.Trouble, w.Again, w.Note)
}

// The answers that people choose from, as the buttons call them.
var (
	crashKinds    = [][2]string{{"home_visit", "Ke rumah"}, {"teknis_usaha", "Bantu usaha"}, {"kontrol", "Cek barang"}, {"konseling", "Teman cerita"}}
	crashResults  = [][2]string{{"tercapai", "Tercapai"}, {"sebagian", "Sebagian"}, {"belum", "Belum"}, {"tidak_bertemu", "Tak bertemu"}}
	crashTroubles = [][2]string{{"modal", "Modal"}, {"kurang_laku", "Kurang laku"}, {"relasi_pemasok", "Pemasok"}}
)

// reporter is one companion with her phone. She reads her newest card and does the next
// thing, not always the sensible one.
type reporter struct {
	*crash
	chat  int64
	id    string
	codes []string
	rand  *rand.Rand

	want      wish
	redraw    string          // a revision: what is asked after it, she answers anew
	used      map[string]bool // the revisions on which she did something: there she only presses the same again
	before    map[string]bool // those of earlier reports: she waits for what came after them
	told      []string        // the obstacles as she has told them, while she thinks of others
	saving    bool            // she has pressed Simpan for this report
	undoing   bool            // she has pressed Batalkan on its receipt
	mischief  int             // left for this report
	old       []oldButton
	confirmed []wish
	undone    []wish
}

// live reports, one report after another, until nothing is killed any more; then she ends
// what she has begun.
func (p *reporter) live(ctx context.Context, over <-chan struct{}) {
	for n := 0; ; n++ {
		select {
		case <-over:
			if n >= 2 {
				return
			}
		default:
		}
		p.anew()
		for done := false; !done; {
			if p.t.Failed() { // somebody else has told why
				return
			}
			if ctx.Err() != nil {
				p.t.Errorf("%s is stuck after %d reports; she wants %v and sees:\n%s", p.id, len(p.confirmed), p.want, newest(p.sim.Messages(p.chat, 0)).text)
				return
			}
			done = p.do(ctx, newest(p.sim.Messages(p.chat, 0)))
		}
	}
}

// anew makes up her mind about the next report.
func (p *reporter) anew() {
	p.want = wish{code: p.codes[p.rand.IntN(len(p.codes))], Kind: one(p, crashKinds), Result: one(p, crashResults)}
	p.troubles()
	maps.Copy(p.before, p.used)
	p.redraw, p.used, p.told, p.saving, p.undoing, p.mischief = "", map[string]bool{}, nil, false, false, 4
}

// troubles makes up her mind about the obstacles: none, or some in the order of the flow.
func (p *reporter) troubles() {
	p.want.Trouble = nil
	for _, k := range crashTroubles {
		if p.rand.IntN(3) == 0 {
			p.want.Trouble = append(p.want.Trouble, k[0])
		}
	}
	if p.want.Trouble == nil {
		p.want.Trouble = []string{"tidak_ada"}
	}
}

func one(p *reporter, from [][2]string) string { return from[p.rand.IntN(len(from))][0] }

// label is what the button for a code says.
func label(from [][2]string, code string) string {
	for _, k := range from {
		if k[0] == code {
			return k[1]
		}
	}
	return code
}

// chance is whether she feels like mischief.
func (p *reporter) chance(percent int) bool {
	if p.mischief == 0 || p.rand.IntN(100) >= percent {
		return false
	}
	p.mischief--
	return true
}

// do is the next thing on the card she sees; it tells whether the report is done with.
func (p *reporter) do(ctx context.Context, c shownCard) (done bool) {
	if p.before[c.rev()] { // after a crash, or not taken in yet
		p.outlast(ctx)
		return false
	}
	if len(p.old) > 0 && p.chance(8) {
		b := p.old[p.rand.IntN(len(p.old))]
		if b.rev != c.rev() {
			go func() { _, _ = p.sim.Press(p.chat, b.message, b.data) }()
		}
	}
	has := func(s string) bool { return strings.Contains(c.text, s) }
	switch {
	case c.message == 0:
		p.say(ctx, c, "/kunjungan")
	case has("Tersimpan"):
		return p.receipt(ctx, c)
	case has("Sudah saya batalkan"):
		return p.takenBack(ctx, c)
	case has("Mau mencatat apa?"):
		if _, draft := c.data("Lanjut Kunjungan"); draft {
			p.t.Errorf("a draft without a name: %v", c.buttons)
		}
		p.menu(ctx, c)
	case has("Simpan tulisan tadi sebagai catatan?"):
		if p.want.Note != "" { // she has just typed it
			p.press(ctx, c, "Ya, catatan")
		} else {
			p.press(ctx, c, "Bukan")
		}
	case has("Mana yang mau diubah?"):
		p.press(ctx, c, "Hasil")
	case has("Saya catat begini ya"):
		p.summary(ctx, c)
	default:
		p.question(ctx, c)
	}
	return false
}

// menu starts the report, or goes on with the one she left.
func (p *reporter) menu(ctx context.Context, c shownCard) {
	for _, b := range c.buttons {
		if strings.Contains(b.Text, "Lanjut Kunjungan "+p.want.code) {
			p.pressData(ctx, c, b.CallbackData)
			return
		}
	}
	p.press(ctx, c, "Kunjungan")
}

// receipt is what she was waiting for, or still that of the report before.
func (p *reporter) receipt(ctx context.Context, c shownCard) (done bool) {
	switch {
	case !p.saving && !p.used[c.rev()] && p.chance(20):
		p.say(ctx, c, "/kunjungan")
	case !p.saving:
		p.press(ctx, c, "Catat lagi")
	case !strings.Contains(c.text, p.want.code):
		p.t.Errorf("%s saved %s, and the receipt says:\n%s", p.id, p.want.code, c.text)
		return true
	case p.undoing:
		p.press(ctx, c, "Batalkan")
	default:
		p.confirmed = append(p.confirmed, p.want)
		if p.rand.IntN(6) > 0 {
			return true
		}
		p.undoing = true
		p.press(ctx, c, "Batalkan")
	}
	return false
}

// takenBack is what she sees after taking a report back: she mends it, or leaves it.
func (p *reporter) takenBack(ctx context.Context, c shownCard) (done bool) {
	if p.undoing {
		p.undoing, p.saving = false, false
		last := len(p.confirmed) - 1
		p.undone = append(p.undone, p.confirmed[last])
		p.confirmed = p.confirmed[:last]
		if p.rand.IntN(2) == 0 {
			p.press(ctx, c, "Menu")
			return true
		}
	}
	if p.saving {
		p.t.Errorf("%s: a report that was saved anew shows as taken back", p.id)
	}
	p.press(ctx, c, "Perbaiki")
	return false
}

// summary is compared with what she wants; then she saves, or thinks of something else.
func (p *reporter) summary(ctx context.Context, c shownCard) {
	lines := []string{p.want.code, "Jenis: " + label(crashKinds, p.want.Kind), "Hasil: " + label(crashResults, p.want.Result)}
	if p.want.Note != "" {
		lines = append(lines, "Catatan: "+p.want.Note)
	}
	if p.want.Result != "tidak_bertemu" {
		troubles := make([]string, 0, len(p.want.Trouble))
		for _, code := range p.want.Trouble {
			troubles = append(troubles, label(crashTroubles, code))
		}
		lines = append(lines, "Kendala: "+strings.ReplaceAll(strings.Join(troubles, ", "), "tidak_ada", "Tidak ada")+"\n")
	}
	for _, l := range lines {
		if !strings.Contains(c.text, l) {
			p.t.Errorf("%s: the summary lacks %q:\n%s", p.id, l, c.text)
		}
	}
	p.redraw = ""
	switch {
	case p.used[c.rev()]:
		p.press(ctx, c, "Simpan")
		p.saving = true
	case p.want.Note == "" && p.chance(25):
		p.want.Note = "jualan " + strings.Repeat("ramai ", 1+p.rand.IntN(9)) + "sekali"
		p.say(ctx, c, p.want.Note)
	case p.chance(15):
		p.redraw = c.rev()
		p.press(ctx, c, "Ubah")
	default:
		p.saving = true
		p.press(ctx, c, "Simpan")
	}
}

// question answers what is asked, and may stray before she does.
func (p *reporter) question(ctx context.Context, c shownCard) {
	if !p.used[c.rev()] {
		switch {
		case p.chance(5):
			p.say(ctx, c, "/menu")
			return
		case p.chance(6):
			if _, ok := c.data("Kembali"); ok {
				if p.redraw = c.rev(); p.told != nil {
					p.want.Trouble = p.told // what was only toggled does not count
				}
				p.press(ctx, c, "Kembali")
				return
			}
		}
	}
	again := p.redraw != "" && p.redraw != c.rev()
	if again {
		p.redraw = ""
	}
	p.answer(ctx, c, again)
}

// answer presses or types the answer to the question on the card; again says that she has
// come back to it and may have changed her mind.
func (p *reporter) answer(ctx context.Context, c shownCard, again bool) {
	today := time.Now().In(mustZone(p.set.Timezone))
	has := func(s string) bool { return strings.Contains(c.text, s) }
	switch {
	case has("Siapa yang ditengok"):
		p.either(ctx, c, p.nameOn(c), p.want.code)
	case has("Kunjungan untuk apa?"):
		if again {
			p.want.Kind = one(p, crashKinds)
		}
		l := label(crashKinds, p.want.Kind)
		p.either(ctx, c, l, strings.ToLower(l))
	case has("Bagaimana hasilnya?"):
		if again {
			p.want.Result = one(p, crashResults)
		}
		l := label(crashResults, p.want.Result)
		p.either(ctx, c, l, strings.ToLower(l))
	case has("Ada kendala?"):
		if again {
			p.troubles()
		}
		p.trouble(ctx, c)
	case has("Mau ditengok lagi kapan?"):
		if p.want.Again == "" && p.rand.IntN(2) == 0 && !p.used[c.rev()] {
			p.want.Again = today.AddDate(0, 0, 1).Format(time.DateOnly)
		}
		if p.want.Again == "" {
			p.either(ctx, c, "Tidak", "lewati")
		} else {
			p.either(ctx, c, "Besok", "besok")
		}
	case has("Kapan?"):
		if p.want.Day == "" || again {
			p.want.Day = today.AddDate(0, 0, -p.rand.IntN(2)).Format(time.DateOnly)
		}
		if p.want.Day == today.Format(time.DateOnly) {
			p.either(ctx, c, "Hari ini", "hari ini")
		} else {
			p.either(ctx, c, "Kemarin", "kmrn")
		}
	default:
		p.t.Errorf("%s does not know this card:\n%s", p.id, c.text)
	}
}

// nameOn is the label of the participant she wants.
func (p *reporter) nameOn(c shownCard) string {
	for _, b := range c.buttons {
		if strings.HasPrefix(b.Text, p.want.code) {
			return b.Text
		}
	}
	return p.want.code
}

// trouble toggles one obstacle after another until the card shows what she wants.
func (p *reporter) trouble(ctx context.Context, c shownCard) {
	if p.want.Trouble[0] == "tidak_ada" {
		p.told = p.want.Trouble
		p.either(ctx, c, "Tidak ada", "tidak ada")
		return
	}
	for _, k := range crashTroubles {
		data, _ := c.data(k[1])
		on := slices.ContainsFunc(c.buttons, func(b simulator.Button) bool { return b.CallbackData == data && strings.HasPrefix(b.Text, "☑️") })
		if on != slices.Contains(p.want.Trouble, k[0]) {
			p.press(ctx, c, k[1])
			return
		}
	}
	p.told = p.want.Trouble
	p.press(ctx, c, "Selesai")
}
