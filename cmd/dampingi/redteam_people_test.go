package main

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
)

// A walk lets everybody in a house full of canaries do anything, in an order that a seed decides, and
// looks after every step at every byte that went to anybody's phone.

// walkers is how long a walk is by default, and with which seeds it is taken.
const (
	walkSteps = 150
	walkSeeds = 4
)

// TestCanariesReachNobodyWithoutARight takes a few walks; `make fuzz` takes as many as there is time for.
func TestCanariesReachNobodyWithoutARight(t *testing.T) {
	for seed := range uint64(walkSeeds) {
		t.Run(fmt.Sprint("seed ", seed), func(t *testing.T) {
			t.Parallel()
			w := newWalk(t, seed)
			for range walkSteps {
				w.step()
			}
			w.lookAround()
		})
	}
}

// FuzzCanaries is the same with seeds of the fuzzer's.
func FuzzCanaries(f *testing.F) {
	f.Add(uint64(77), uint8(20))
	f.Fuzz(func(t *testing.T, seed uint64, steps uint8) {
		w := newWalk(t, seed)
		for range steps {
			w.step()
		}
		w.lookAround()
	})
}

// What nobody may ever read, and what only her companion may.
const (
	canaryWord   = "kenari jalak bali"
	canaryPIN    = "739264"
	canaryNote   = "kenarinota laris sekali"
	canaryAmount = "7.771.117"
	canaryCase   = "kenarikasus " // and whose it is
)

// The chats of the walk that no other test has.
const (
	walkTutu  = 7741023388
	walkTwo   = 7741023399
	walkThree = 7741023400
)

// ward is a participant of the walk.
type ward struct {
	code, alias, companion string
	chat                   int64
}

// wards are the participants: two of Nari's, and one of Tutu's.
func wards() []ward {
	return []ward{
		{"N-555", "Kenarisatu", "nari", canaryHers}, {"N-556", "Kenaridua", "nari", walkTwo}, {"P-777", "Kenaritiga", "tutu", walkThree},
	}
}

// walk is a house with everybody in it, and what goes out of it.
type walk struct {
	*house
	r     *rand.Rand
	wire  *wire
	log   *notes
	chats []int64
	done  []string // what was done, for whoever has to understand a finding
	links []string // invitations that were used, or are not
	known kinds
	names houseNames
	roles map[string]program.Role
	last  map[string]string // who accompanies a participant, or did when she was erased
}

// newWalk fills a house.
func newWalk(t *testing.T, seed uint64) *walk {
	t.Helper()
	w := &walk{wire: &wire{}, log: &notes{}, r: rand.New(rand.NewPCG(seed, 17))} //nolint:gosec // a walk has to be taken again
	w.house = newHouse(t, houseOptions{wrap: w.wire.listen, logs: w.log, unseeded: true, flows: addedFlows})
	w.names = namesInSources(t)
	var err error
	if w.known, err = w.set.kinds(); err != nil {
		t.Fatal(err)
	}
	ctx := t.Context()
	staff := []program.Person{
		{ID: "ketua", Role: program.Chair, Name: "Ratna", Chat: chairChat}, {ID: "sekretaris", Role: program.Secretary, Name: "Sari", Chat: roleChats[program.Secretary]},
		{ID: "bendahara", Role: program.Treasurer, Name: "Bina", Chat: roleChats[program.Treasurer]}, {ID: "koordinator", Role: program.Coordinator, Name: "Koor", Chat: roleChats[program.Coordinator]},
		{ID: "nari", Role: program.Companion, Name: "Kenarinama", Chat: canaryChat}, {ID: "tutu", Role: program.Companion, Name: "Kenaritutu", Chat: walkTutu},
	}
	for _, p := range staff {
		p.Lang, p.Active = "id", true
		if err := w.store.AddPerson(ctx, p); err != nil {
			t.Fatal(err)
		}
		w.chats = append(w.chats, p.Chat)
	}
	for _, p := range wards() {
		if err := w.store.AddParticipant(ctx, program.Participant{Agreed: program.OnPaper, Code: p.code, Alias: p.alias, Stage: program.Trading, Companion: p.companion}); err != nil {
			t.Fatal(err)
		}
		if err := w.store.BindChat(ctx, p.code, p.chat); err != nil {
			t.Fatal(err)
		}
		w.chats = append(w.chats, p.chat)
	}
	w.chats = append(w.chats, canaryAbroad)
	for _, chat := range w.chats {
		w.sim.AddChat(chat, "Seseorang", "")
	}
	w.roles, w.last = map[string]program.Role{}, map[string]string{}
	for _, p := range w.everybody() {
		w.roles[p.ID] = p.Role
	}
	w.fill()
	w.judge()
	return w
}

// fill lets the companions and the participants leave something in every table.
func (w *walk) fill() {
	w.t.Helper()
	for _, p := range wards() {
		chat := map[string]int64{"nari": canaryChat, "tutu": walkTutu}[p.companion]
		w.say(chat, "/kunjungan")
		w.presses(chat, p.code+" · "+p.alias, "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak")
		w.say(chat, canaryNote)
		w.presses(chat, "Ya, catatan", "Simpan")
		for _, said := range []string{"/usaha", p.code, "5", "7771117"} {
			w.say(chat, said)
		}
		if _, _, unusual := w.button(chat, "Ya, betul"); unusual {
			w.press(chat, "Ya, betul")
		}
		for _, said := range []string{"naik", "tidak ada", "simpan", "/usaha", p.code, "/menu", "Aman", p.code + " " + p.alias} {
			w.say(chat, said)
		}
		w.press(chat, "Kata aman")
		w.say(chat, canaryWord)
		w.shows(chat, "Kata aman tersimpan")
		w.say(p.chat, "data saya")
		w.press(p.chat, "Perbaiki")
	}
	w.fillMatters()
	if w.recordedReports() != 6+len(wards()) {
		w.t.Fatalf("%d reports:\n%s", w.recordedReports(), w.seen(canaryChat))
	}
	w.say(walkTwo, canaryWord)
	w.say(walkThree, "hapus data saya")
	w.say(walkThree, "hapus")
	for _, chat := range []int64{canaryChat, chairChat} {
		w.say(chat, "/menu")
		w.withPIN(chat, canaryPIN)
	}
}

// caseOf is what was written about a participant's case.
func caseOf(p ward) string { return canaryCase + strings.ToLower(p.alias) }

// fillMatters puts a case about each on record, of which nobody has taken care yet.
func (w *walk) fillMatters() {
	for _, p := range wards() {
		w.openMatter(
			program.Matter{Kind: program.Case, Participant: p.code, Author: p.companion, Fields: program.Fields{"ringkas": {caseOf(p)}, "jenis": {"lainnya"}}},
			program.Report{ID: "case-" + p.code, Flow: "kasus", FlowVersion: 1, Answers: []byte(`{"ringkas":"` + caseOf(p) + `"}`)},
		)
	}
}

// recordedReports is how many there are.
func (w *walk) recordedReports() int { return len(w.reports()) }

// step lets somebody do something, and looks at what comes of it.
func (w *walk) step() {
	w.t.Helper()
	chat := w.chats[w.r.IntN(len(w.chats))]
	var what string
	switch n := w.r.IntN(20); {
	case n < 8:
		what = w.pressSomething(chat)
	case n < 15:
		what = w.among(w.sayings(chat))
		w.say(chat, what)
	case n < 17:
		what = w.forgery(chat)
	case n < 18:
		w.send(chat, simulator.Input{Photo: []byte("x"), Caption: "kenarifoto"})
		what = "a photo"
	case n < 19:
		d := []time.Duration{time.Minute, 11 * time.Minute, 3 * time.Hour, 25 * time.Hour}[w.r.IntN(4)]
		w.time.Advance(d)
		w.settle()
		what = d.String()
	default:
		what = w.besides()
	}
	w.done = append(w.done, fmt.Sprintf("%d: %s", chat, what))
	w.judge()
}

// among draws one.
func (w *walk) among(all []string) string { return all[w.r.IntN(len(all))] }

// pressSomething presses a button of her own, new or old, or dials the right PIN.
func (w *walk) pressSomething(chat int64) string {
	w.t.Helper()
	if strings.Contains(w.shown(chat), "Terkunci") && w.r.IntN(2) == 0 {
		w.dial(chat, canaryPIN)
		return "the PIN"
	}
	own := w.own(chat)
	if len(own) == 0 {
		w.say(chat, "/start")
		return "/start"
	}
	m := own[len(own)-1]
	if w.r.IntN(5) == 0 {
		m = own[w.r.IntN(len(own))]
	}
	buttons := m.Buttons()
	b := buttons[w.r.IntN(len(buttons))]
	if strings.HasSuffix(b.CallbackData, ".really") && w.r.IntN(4) > 0 { // or soon nobody is left
		return "not really"
	}
	w.pressData(chat, m.MessageID, b.CallbackData)
	return "[" + b.Text + "]"
}

// own are the messages of a chat that have buttons.
func (w *walk) own(chat int64) []simulator.Message {
	return slices.DeleteFunc(slices.Clone(w.sim.Messages(chat, 0)), func(m simulator.Message) bool {
		return m.Deleted || !m.From.IsBot || len(m.Buttons()) == 0
	})
}

// sayings are what somebody may write. Whoever is named is named in another spelling than on record:
// so what is shown as it is on record was looked up, and not repeated.
func (w *walk) sayings(chat int64) []string {
	all := []string{
		"/start", "/menu", "/kunjungan", "/usaha", "/kontak", "/persetujuan", "/batal", "/bantuan", "/tutup", "/kunci", "menu", "lanjut", "ya", "tidak",
		"simpan", "kasus", "kegiatan", "tugas", "modal", "seleksi", "mitra", "izin", "usulan", "hari ini", "tercapai", "tidak ada", "5", "450rb", "naik", "data saya", "tutup", "halo", "batal", "jeda", "/start " + w.among(append(w.links, "tebakan")),
	}
	for _, f := range w.known.current {
		all = append(all, "/"+f.Command, f.Keywords[0])
	}
	for _, p := range wards() {
		low := strings.ToLower(p.alias)
		code := strings.ToLower(p.code[:1]) + p.code[2:]
		all = append(all, low, code, strings.ToUpper(low), "/start "+code, code+" kemarin home visit, ketemu, tercapai, tidak ada kendala",
			"kemarin ke rumah "+low+", laku 450rb, tercapai", low[:len(low)-1])
	}
	if who, err := w.store.PersonByChat(w.t.Context(), chat); err != nil || who.Role == program.Beneficiary {
		all = append(all, canaryWord, canaryWord+" kak", "kenari jalak", "berhenti", "hapus data saya", "hapus", "ini siapa?", "setuju", "kunci")
	}
	return all
}

// forgery presses what is not on her card: something of the house, or a button of anybody's.
func (w *walk) forgery(chat int64) string {
	w.t.Helper()
	own := w.own(chat)
	if len(own) == 0 {
		return "nothing to press on"
	}
	m := own[len(own)-1]
	data := w.among(w.wire.buttons())
	if w.r.IntN(2) == 0 {
		rev, _, _ := strings.Cut(m.Buttons()[0].CallbackData, ".")
		more := []string{}
		for _, f := range w.known.current {
			more = append(more, "flow:"+f.ID, "on:"+f.ID, "open:"+f.ID, "about:"+f.ID)
		}
		for _, name := range w.names.matterMoves {
			more = append(more, "move:"+name)
		}
		for _, name := range w.names.moves {
			if name != "really" { // or soon nobody is left
				more = append(more, name, name+":0")
			}
		}
		for _, life := range program.Lives() {
			more = append(more, "matters:"+string(life.Kind))
		}
		data = rev + "." + w.among(append(more, []string{
			"menu", "cares", "care:0", "care:1", "team", "mate:0", "asked", "done:0", "did", "called:0", "reach", "page:1", "page:-1", "page:99", "draft:0", "undo", "again", "mend", "resume",
			"contact", "consent", "word", "invite", "sure:cut", "sure:unpin", "sure:erase", "sure:retire", "back", "open", "steps", "chair", "flow:kunjungan", "flow:kontak",
			"h.data", "h.opened", "h.alias", "h.word", "h.pin", "h.consents", "h.turn:0", "h.keep", "h.choices", "h.hide", "p0", "p1", "save", "k1", "kok",
		}...))
	}
	w.pressData(chat, m.MessageID, data)
	return "forged " + data
}

// besides is what happens beside the chats: somebody is handed over, or invited again and joins.
func (w *walk) besides() string {
	w.t.Helper()
	p := wards()[w.r.IntN(len(wards()))]
	if w.r.IntN(2) == 0 {
		to := w.among([]string{"nari", "tutu"})
		line := program.Audit{At: w.time.Now().UTC(), Actor: "admin", Action: "person.assign", Subject: p.code}
		_ = w.store.Assign(w.t.Context(), p.code, to, line) // she may be erased, or who accompanies her may have left
		w.judge()
		w.time.Advance(time.Second)
		w.settle()
		return p.code + " goes to " + to
	}
	token, err := w.store.Invite(w.t.Context(), p.code)
	if err != nil {
		return "nobody is invited"
	}
	w.links = append(w.links, token)
	chat := []int64{p.chat, canaryAbroad}[w.r.IntN(2)]
	w.say(chat, "/start "+token)
	w.time.Advance(time.Second)
	w.settle()
	return p.code + " joins " + fmt.Sprint(chat)
}
