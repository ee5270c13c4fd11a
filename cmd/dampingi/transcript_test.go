package main

import (
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/flows"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

var update = flag.Bool("update", false, "write the transcripts of flows/testdata anew")

// TestTranscripts plays every transcript of flows/testdata through the whole bot. A line of
// a transcript that begins with one of these is played:
//
//	== title      a new conversation, in a new house
//	@ rina        who acts from here on
//	> text        she writes
//	> [Label]     she presses a button of the newest card
//	> [Label] x2  twice, before anything can happen
//	> lama [Label]  one that she saw earlier
//	> (foto)      she sends a photo
//	+ 2h          time passes
//	% M-203 temu_wicara tata_boga   where somebody is on her way, and what she is trained in
//
// and everything else is what follows: "<" what the bot shows, with its buttons, "~" a
// toast, "-" a message that is taken away, "!" what is written on record.
func TestTranscripts(t *testing.T) {
	files, err := filepath.Glob("../../flows/testdata/*.txt")
	if err != nil || len(files) == 0 {
		t.Fatalf("no transcripts: %v", err)
	}
	for i, file := range files {
		if strings.HasPrefix(filepath.Base(file), "pengingat") && !sampled(i) { // months pass in them
			continue
		}
		t.Run(strings.TrimSuffix(filepath.Base(file), ".txt"), func(t *testing.T) {
			golden(t, file, houseOptions{remind: strings.HasPrefix(filepath.Base(file), "pengingat")})
		})
	}
}

// golden plays a transcript, and compares it with what it was, or writes it anew.
func golden(t *testing.T, file string, o houseOptions) {
	t.Helper()
	data, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	got := play(t, string(data), o)
	if *update {
		if err := os.WriteFile(file, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
		return
	}
	if got != string(data) {
		t.Errorf("%s does not read like the chat any more; look at the difference with `make transcripts`:\n%s", file, firstDifference(string(data), got))
	}
}

// TestEveryFlowHasATranscript keeps flows from being added without one.
func TestEveryFlowHasATranscript(t *testing.T) {
	all, err := flows.All()
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range all {
		if files, err := filepath.Glob("../../flows/testdata/" + f.ID + "*.txt"); err != nil || len(files) == 0 {
			t.Errorf("flow %s has no transcript in flows/testdata", f.ID)
		}
	}
}

func firstDifference(want, got string) string {
	w, g := strings.Split(want, "\n"), strings.Split(got, "\n")
	for i := range min(len(w), len(g)) {
		if w[i] != g[i] {
			return fmt.Sprintf("line %d:\nwas  %s\nis   %s", i+1, w[i], g[i])
		}
	}
	return fmt.Sprintf("was %d lines, is %d", len(w), len(g))
}

// player plays the lines of one transcript.
type player struct {
	t     *testing.T
	h     *house
	o     houseOptions
	chat  int64
	out   strings.Builder
	seen  map[[2]int64]string       // what each message of each chat looked like
	old   map[string][2]string      // the buttons she has seen: message and data by label
	saved map[string]program.Report // what was on record
	now   map[string]string         // what each matter was like
	known map[string]bool           // what was on record about consent and safe contact
	codes map[string]string         // the codes of women who were put on record, as the transcript has them
	met   int                       // how many there were
	begun int                       // where the present conversation begins in out
}

var transcriptPeople = map[string]int64{"sekretaris": 111, "bendahara": 112, "koordinator": 113, "ketua": chairChat, "rina": rinaChat, "yuli": yuliChat, "melati": melatiChat, "orang lain": strangerChat}

func play(t *testing.T, script string, o houseOptions) string {
	p := &player{t: t, o: o}
	for line := range strings.SplitSeq(strings.TrimRight(script, "\n"), "\n") {
		p.line(line)
	}
	p.coded()
	return receiptNumber.ReplaceAllString(p.out.String(), "No. ····")
}

// A receipt's number is another one in every house, because the house's key is.
var receiptNumber = regexp.MustCompile(`No\. [0-9A-Z]{4}`)

func (p *player) line(line string) {
	mark, rest, _ := strings.Cut(line, " ")
	switch mark {
	case "#":
		p.out.WriteString(line + "\n")
		return
	case "==":
		p.coded()
		p.h = newHouse(p.t, p.o)
		p.board()
		if p.o.remind { // what is due already is told before anybody says anything
			p.h.settle()
		}
		p.seen, p.old, p.saved = map[[2]int64]string{}, map[string][2]string{}, map[string]program.Report{}
		p.met = 0
		p.known, p.now, p.codes = map[string]bool{}, map[string]string{}, map[string]string{}
		p.newcomers(func(string) string { return "" })
		p.agreed(func(string) {})
		if p.out.Len() > 0 {
			p.out.WriteByte('\n')
		}
		p.out.WriteString(line + "\n")
		return
	case "@":
		p.chat = transcriptPeople[rest]
		p.out.WriteString("\n" + line + "\n")
		p.follows() // what has come in meanwhile
		return
	case "%":
		p.out.WriteString("\n" + line + "\n")
		p.stands(strings.Fields(rest))
		return
	case ">", "+":
		p.out.WriteString("\n" + line + "\n")
	default:
		return // what followed the last time
	}
	if mark == "+" {
		d, err := time.ParseDuration(rest)
		if err != nil {
			p.t.Fatal(err)
		}
		start := p.h.time.Now() // the clock runs on while things are done, and is not to be late at the end
		for gone := time.Duration(0); gone < d; {
			gone = min(gone+longStep, d) // the bot is awake meanwhile
			p.h.time.Set(start.Add(gone))
			p.h.settle()
		}
	} else {
		p.act(rest)
		p.h.settle()
	}
	p.follows()
}

// longStep is the step in which long times pass: what is to happen on the way happens on the way. It meets
// none of the times after which something is old.
const longStep = 5*time.Hour + 7*time.Minute

// board lets the others of the board and a coordinator into the house.
func (p *player) board() {
	for _, one := range []program.Person{
		{ID: "sekretaris", Role: program.Secretary, Name: "Sari"}, {ID: "bendahara", Role: program.Treasurer, Name: "Bina"},
		{ID: "koordinator", Role: program.Coordinator, Name: "Kiki"},
	} {
		one.Chat, one.Lang, one.Active = transcriptPeople[one.ID], "id", true
		p.h.sim.AddChat(one.Chat, one.Name, "")
		if err := p.h.store.AddPerson(p.t.Context(), one); err != nil {
			p.t.Fatal(err)
		}
	}
}

// stands puts on record where somebody is on her way, and perhaps what she is trained in.
func (p *player) stands(what []string) {
	code, stage := what[0], program.Stage(what[1])
	all, err := p.h.store.Everybody(p.t.Context())
	if err != nil {
		p.t.Fatal(err)
	}
	i := slices.IndexFunc(all, func(her program.Participant) bool { return her.Code == code })
	if i < 0 {
		p.t.Fatalf("nobody is called %s", code)
	}
	way := turn.Way{Stages: []program.StageChange{{
		Cause: "test." + code, Participant: code, From: all[i].Stage, To: stage, On: program.DateOf(p.h.time.Now()), By: "ketua",
	}}}
	if len(what) > 2 {
		way.Chosen = []turn.Concentration{{Participant: code, Field: what[2]}}
	}
	if err := p.h.store.Commit(p.t.Context(), turn.Plan{Way: way}); err != nil {
		p.t.Fatal(err)
	}
	p.moved(func(string) {})
}

// act does what she does.
func (p *player) act(what string) {
	for code, as := range p.codes {
		if as != "" {
			what = strings.ReplaceAll(what, as, code)
		}
	}
	label, twice := strings.CutSuffix(what, " x2")
	earlier, old := strings.CutPrefix(label, "lama ")
	switch {
	case what == "(foto)":
		if _, err := p.h.sim.Send(p.chat, simulator.Input{Photo: []byte("x")}); err != nil {
			p.t.Fatal(err)
		}
		p.h.quiet()
	case old:
		at := p.old[strings.Trim(earlier, "[]")]
		var message int
		if _, err := fmt.Sscan(at[0], &message); err != nil {
			p.t.Fatalf("no such button was seen: %s", earlier)
		}
		p.toast(p.h.pressData(p.chat, message, at[1]))
	case strings.HasPrefix(label, "["):
		message, data, ok := p.h.button(p.chat, strings.Trim(label, "[]"))
		if !ok {
			p.t.Fatalf("no button %s on:\n%s", label, p.h.shown(p.chat))
		}
		if twice {
			first := make(chan struct{})
			go func() { defer close(first); _, _ = p.h.sim.Press(p.chat, message, data) }()
			<-first
		}
		p.toast(p.h.pressData(p.chat, message, data))
	default:
		p.h.say(p.chat, what)
	}
}

func (p *player) toast(text string) {
	if text != "" {
		p.out.WriteString("~ " + text + "\n")
	}
}

// newcomers notes the codes of women who are new on record. A code is random, so that the transcript
// has another: X-001, which is none.
func (p *player) newcomers(as func(code string) string) {
	all, err := p.h.store.Participants(p.t.Context(), records.ParticipantFilter{})
	if err != nil {
		p.t.Fatal(err)
	}
	for _, her := range all {
		if _, known := p.codes[her.Code]; !known {
			p.codes[her.Code] = as(her.Code)
		}
	}
}

// coded writes the codes of newcomers as the transcript has them, in the conversation that ends.
func (p *player) coded() {
	text := p.out.String()
	part := text[p.begun:]
	for code, as := range p.codes {
		if as != "" {
			part = strings.ReplaceAll(part, code, as)
		}
	}
	p.out.Reset()
	p.out.WriteString(text[:p.begun] + part)
	p.begun = p.out.Len()
}

// follows writes what has changed in her chat and on record.
func (p *player) follows() {
	p.newcomers(func(string) string {
		p.met++
		return fmt.Sprintf("X-%03d", p.met)
	})
	for _, m := range p.h.sim.Messages(p.chat, 0) {
		now := drawn(m)
		if m.Deleted {
			now = "-"
		}
		at := [2]int64{p.chat, int64(m.MessageID)}
		was, known := p.seen[at]
		p.seen[at] = now
		switch {
		case now == "-" && was != "-":
			first, _, more := strings.Cut(said(m), "\n")
			if more {
				first += " …"
			}
			p.out.WriteString("- dihapus: " + first + "\n")
		case m.From.IsBot && now != was && !(known && m.ReplyMarkup == nil && strings.HasPrefix(was, now)):
			p.out.WriteString(now)
		}
		if m.ReplyMarkup != nil {
			for _, row := range m.ReplyMarkup.InlineKeyboard {
				for _, b := range row {
					p.old[b.Text] = [2]string{fmt.Sprint(m.MessageID), b.CallbackData}
				}
			}
		}
	}
	for _, r := range p.h.reports() {
		was, known := p.saved[r.ID]
		p.saved[r.ID] = r
		switch {
		case !known:
			fmt.Fprintf(&p.out, "! tersimpan: %s %s oleh %s pada %s %s\n", r.Flow, r.Participant, r.Author, r.OccurredOn, r.Answers)
		case was.UndoneAt.IsZero() && !r.UndoneAt.IsZero():
			fmt.Fprintf(&p.out, "! dibatalkan: %s %s\n", r.Flow, r.Participant)
		}
	}
	p.agreed(func(line string) { p.out.WriteString("! " + line + "\n") })
	p.moved(func(line string) { p.out.WriteString("! " + line + "\n") })
}
