package flow

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// sayRoster marks what was written: "semua hadir kecuali melati", "melati izin, mawar tidak". It
// shows on the buttons, and nothing is taken before she says that it is all. What could not be read
// as a whole marks nobody.
func (r *run) sayRoster(text string) {
	if _, bad := bahasa.Forbidden(text); bad {
		r.unread(text)
		return
	}
	got, ok := r.readRoster(text)
	if !ok {
		r.unread(text)
		return
	}
	r.mark(got...)
	r.toRoster()
	r.notice = Notice{Key: "say.roster_read"}
}

// clause is one part of what was written about a roster.
type clause struct {
	refs  []string
	all   bool
	mark  string // empty when it names none
	ahead bool   // the mark stands before the names: it holds for those that follow, too
}

// readRoster understands who has which mark.
func (r *run) readRoster(text string) ([]Mark, bool) {
	st := r.at()
	if len(st.Choices) < 2 {
		return nil, false
	}
	first, last := st.Choices[0].Code, st.Choices[len(st.Choices)-1].Code
	rule, except, _ := cutWord(bahasa.Normalize(text), "kecuali", "selain", "except", "minus")
	got, base, ok := r.readClauses(rule, first)
	if !ok {
		return nil, false
	}
	if except != "" {
		other := last
		if base != "" && base != first {
			other = first
		}
		more, _, ok := r.readClauses(except, other)
		if !ok || base == "" {
			return nil, false
		}
		got = append(got, more...)
	}
	return got, len(got) > 0
}

// cutWord cuts a text at the first of some words.
func cutWord(text string, words ...string) (before, after string, found bool) {
	all := strings.Fields(text)
	i := slices.IndexFunc(all, func(w string) bool { return slices.Contains(words, w) })
	if i < 0 {
		return text, "", false
	}
	return strings.Join(all[:i], " "), strings.Join(all[i+1:], " "), true
}

// readClauses understands a list of names and marks; names without a mark get the one that is meant
// without a word. base is the mark of all, if all are named.
func (r *run) readClauses(text, meant string) (got []Mark, base string, ok bool) {
	var open []string // named, and without a mark so far
	carried := ""
	for _, part := range splitWords(strings.NewReplacer(",", " dan ", ";", " dan ", "/", " dan ", "&", " dan ", "+", " dan ", "\n", " dan ", ":", " ").Replace(text),
		" dan ", " sama ", " serta ", " tapi ", " tetapi ", " and ", " but ", " lalu ") {
		c, ok := r.readClause(strings.Fields(part))
		if !ok {
			return nil, "", false
		}
		if c.all {
			base = c.mark
			if base == "" {
				base = meant
			}
			for _, p := range r.expected() {
				got = append(got, Mark{p.Ref, base})
			}
			continue
		}
		switch {
		case c.mark == "" && carried != "":
			c.mark = carried
		case c.mark == "":
			open = append(open, c.refs...)
			continue
		case c.ahead:
			carried = c.mark
		}
		if !c.ahead {
			c.refs, open = append(open, c.refs...), nil
		}
		for _, ref := range c.refs {
			got = append(got, Mark{ref, c.mark})
		}
	}
	for _, ref := range open {
		got = append(got, Mark{ref, meant})
	}
	return got, base, true
}

// namesWords is of how many words a name can be.
const namesWords = 3

// readClause understands one part: the names, and what is said of them. A word that is neither makes
// it no part of an answer.
func (r *run) readClause(words []string) (c clause, ok bool) {
	var rest []string
	for i := 0; i < len(words); i++ {
		switch words[i] {
		case "semua", "semuanya", "all", "everybody", "everyone":
			c.all = true
			continue
		case "yang", "saja", "kak", "ya", "only":
			continue
		}
		if ref, n := r.named(words[i:]); n > 0 {
			c.refs = append(c.refs, ref)
			i += n - 1
			continue
		}
		c.ahead = c.ahead || len(c.refs) == 0 && !c.all
		rest = append(rest, words[i])
	}
	if len(rest) > 0 {
		c.mark = r.markNamed(strings.Join(rest, " "))
	}
	return c, (len(rest) == 0 || c.mark != "") && (c.all || len(c.refs) > 0)
}

// named finds whom the first words name, and with how many of them.
func (r *run) named(words []string) (ref string, n int) {
	for n := min(namesWords, len(words)); n > 0; n-- {
		said := strings.Join(words[:n], " ")
		if p, ok := Exactly(r.picks(), said); ok && fold(said) != "" {
			return p.Ref, n
		}
	}
	return "", 0
}

// markNamed finds the mark that some words mean.
func (r *run) markNamed(said string) string {
	st := r.at()
	for i := range st.Choices {
		code := st.Choices[i].Code
		if said == strings.ReplaceAll(code, "_", " ") || r.in.Texts != nil && said == bahasa.Normalize(r.in.Texts.Text(r.f.ChoiceKey(st.Name, code))) {
			return code
		}
	}
	got := bahasa.ReadAttendance(said)
	if got.Sure != bahasa.Certain {
		return ""
	}
	code := map[bahasa.Attendance]string{bahasa.Hadir: "hadir", bahasa.Terlambat: "hadir", bahasa.Izin: "izin", bahasa.Tidak: "tidak_hadir"}[got.Values[0]]
	if _, ok := st.Choice(code); !ok {
		return ""
	}
	return code
}
