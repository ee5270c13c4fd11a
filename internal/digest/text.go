package digest

import (
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/kanon"
	"github.com/dampingi/dampingi/internal/program"
)

// Words are the texts of a language; what is put into them is escaped.
type Words interface {
	Lang() string
	Text(key string) string
	Format(key string, args map[string]any) string
}

// Speaker puts figures into words: the texts, and what things are called that the digest knows by their
// codes or ids only.
type Speaker struct {
	Words
	Zone    *time.Location
	House   string                                // the institution's name, on what is printed; empty for none
	Address string                                // how whoever reads is spoken to
	Choice  func(flow, field, code string) string // a flow's answer
	Status  func(m program.Matter) string
	Group   func(g program.GuestGroup) string
	Staff   func(id string) string
	Quote   func(report string) string // good news in its words; empty when it may not be told any more
}

// The blocks by name, in their order.
const (
	BlockDecide  = "decide"
	BlockProcess = "process"
	BlockForms   = "forms"
	BlockAlong   = "along"
	BlockTrade   = "trade"
	BlockCases   = "cases"
	BlockAhead   = "ahead"
	BlockGood    = "good"
	BlockMissing = "missing"
)

// Block is one part of the digest: its head and its lines, as Telegram's HTML.
type Block struct {
	Name, Head string
	Lines      []string
}

// TextMost is how many characters a digest has at most in one piece (program.md 2.8).
const TextMost = 3500

// Text is the digest as it is read: with the same figures, words and language always the same bytes.
// When it is longer than TextMost, whole is false and there is the first block only.
func (f Figures) Text(s Speaker) (text string, whole bool) {
	if f.Quiet {
		return f.quietText(s), true
	}
	parts := []string{f.Title(s)}
	for _, b := range f.Blocks(s) {
		parts = append(parts, b.Text())
	}
	parts = append(parts, s.Format("digest.closing", map[string]any{"Address": s.Address}))
	text = strings.Join(parts, "\n\n")
	if len([]rune(text)) <= TextMost {
		return text, true
	}
	return parts[0] + "\n\n" + parts[1], false
}

// Text is a block as it is read.
func (b Block) Text() string { return strings.Join(append([]string{b.Head}, b.Lines...), "\n") }

// Title is the first line, with what came late for the week before.
func (f Figures) Title(s Speaker) string {
	title := "📊 <b>" + s.Text("digest.title") + " " + Span(s, f.Week, true) + "</b>"
	if f.Late > 0 {
		title += "\n" + s.Format("digest.late", map[string]any{"Count": f.Late})
	}
	return title
}

// Day is a day in few words: "16 Nov".
func Day(s Words, d program.Date) string {
	_, short, _ := strings.Cut(bahasa.Lang(s.Lang()).DateShort(bahasa.DateOf(d.Time(time.UTC))), ", ")
	return short
}

// Span is a week in few words: "16–22 Nov 2026".
func Span(s Words, w Week, year bool) string {
	from, to := Day(s, w.Monday()), Day(s, w.Sunday())
	day, month, _ := strings.Cut(from, " ")
	switch end := string(w.Sunday()[:4]); {
	case strings.HasSuffix(to, " "+month):
		from = day
	case year && string(w.Monday()[:4]) != end:
		from += " " + string(w.Monday()[:4])
	}
	if year {
		to += " " + string(w.Sunday()[:4])
	}
	return from + "–" + to
}

// quietText is a week of which nothing was written; what waits for the chair waits all the same.
func (f Figures) quietText(s Speaker) string {
	parts := []string{f.Title(s)}
	if len(f.Decide) > 0 {
		parts = append(parts, f.decideBlock(s).Text())
	}
	if len(f.Ahead) > 0 {
		parts = append(parts, f.aheadBlock(s).Text())
	}
	return strings.Join(append(parts, s.Text("digest.quiet")), "\n\n")
}

// Blocks are its parts in their order; one that has nothing to say is left out, but for the first and
// the last.
func (f Figures) Blocks(s Speaker) []Block {
	all := []Block{
		f.decideBlock(s), f.processBlock(s), f.formsBlock(s), f.alongBlock(s), f.tradeBlock(s), f.casesBlock(s),
		f.aheadBlock(s), f.goodBlock(s), f.missingBlock(s),
	}
	said := all[:0]
	for _, b := range all {
		if len(b.Lines) > 0 {
			said = append(said, b)
		}
	}
	return said
}

func (f Figures) decideBlock(s Speaker) Block {
	b := Block{Name: BlockDecide, Head: s.Format("digest.decide", map[string]any{"Address": s.Address, "Count": len(f.Decide) + f.More})}
	for i, d := range f.Decide {
		b.Lines = append(b.Lines, strconv.Itoa(i+1)+". "+d.Text(s))
	}
	if f.More > 0 {
		b.Lines = append(b.Lines, s.Format("digest.decide_more", map[string]any{"Count": f.More}))
	}
	if len(f.Decide) == 0 {
		b.Lines = []string{s.Format("digest.decide_none", map[string]any{"Address": s.Address})}
	}
	return b
}

// Text says what waits.
func (d Decision) Text(s Speaker) string {
	args := map[string]any{"Code": d.Code, "Count": d.Count, "Days": d.Days}
	switch d.Kind {
	case program.Candidacy:
		return s.Format("digest.decide_selection", args)
	case program.Proposal:
		return s.Format("digest.decide_proposal", args)
	case program.Case:
		return s.Format("digest.decide_case", args)
	}
	if d.Status == "diusulkan" {
		return s.Format("digest.decide_approve", args)
	}
	args["Status"] = s.Status(program.Matter{Kind: d.Kind, Status: d.Status})
	return s.Format("digest.decide_aid", args)
}

// withBefore is a number and, in brackets, that of the week before.
func withBefore(p Pair) string { return strconv.Itoa(p.Now) + " (" + strconv.Itoa(p.Before) + ")" }

// Shown is a figure in writing.
func Shown(f kanon.Figure) string {
	if !f.Shown {
		return kanon.Hidden
	}
	return strconv.FormatInt(f.Count, 10)
}

// eachMost is up to how many figures each hidden one is named.
const eachMost = 4

// List puts figures beside one another; when none of them is shown, that is said once.
func List(s Words, all []kanon.Figure, name func(code string) string) string {
	parts := make([]string, 0, len(all))
	some, hidden := false, 0
	for _, f := range all {
		if some = some || f.Shown; f.Shown || len(all) <= eachMost {
			parts = append(parts, name(f.Key)+" "+Shown(f))
		} else {
			hidden++
		}
	}
	if !some {
		return s.Text("digest.hidden")
	}
	if hidden > 0 {
		parts = append(parts, s.Text("digest.rest")+" "+kanon.Hidden)
	}
	return strings.Join(parts, " · ")
}

// percent is a part of a whole, rounded down; 0 of nothing.
func percent(n, of int) int {
	if of == 0 {
		return 0
	}
	return n * 100 / of
}
