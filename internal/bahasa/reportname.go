package bahasa

import (
	"slices"
	"strings"
)

// callSign is a participant as she may be written.
type callSign struct {
	code string   // as in the roster
	key  string   // the code in small letters and figures only
	core []string // the alias without words of address
	full []string // the alias with them
}

// mention is one place where a participant is named.
type mention struct {
	who      int // index of the call sign
	from, to int
	off      int  // letters away from the alias
	byCode   bool // written as a code
	weak     bool // may be an ordinary word, or only the beginning of a name
}

func callSigns(names []Name) []callSign {
	signs := make([]callSign, len(names))
	for i, n := range names {
		s := callSign{code: n.Code, key: codeKey(n.Code)}
		for _, t := range lex(n.Alias) {
			if t.kind == tkMark {
				continue
			}
			key := squeeze(t.raw)
			s.full = append(s.full, honorific(key))
			if honorific(key) == key && !isHonorific(key) {
				s.core = append(s.core, key)
			}
		}
		if len(s.core) == 0 {
			s.core = s.full
		}
		signs[i] = s
	}
	return signs
}

// codeKey reduces a code to its letters and figures.
func codeKey(code string) string {
	var b strings.Builder
	for _, t := range lex(code) {
		if t.kind != tkMark {
			b.WriteString(t.raw)
		}
	}
	return b.String()
}

// isHonorific holds for words of address before a name. "cek" is one only
// where an alias has it; elsewhere it checks something.
func isHonorific(w string) bool {
	switch honorific(w) {
	case "kak", "mbak", "ayuk", "bu", "cek", "mas", "bi", "tante", "nyai", "uni", "teteh":
		return true
	}
	return false
}

// honorific returns the one spelling of a word of address.
func honorific(w string) string {
	switch w {
	case "kakak", "kk", "ka", "kaka", "k'":
		return "kak"
	case "mba", "mbk", "embak", "mb":
		return "mbak"
	case "yuk", "ayu", "yu", "yk", "ayk":
		return "ayuk"
	case "ibu", "buk", "ibuk", "bunda", "bun", "ibuknya":
		return "bu"
	case "cik", "cece", "ce", "ci":
		return "cek"
	case "bik", "bibik":
		return "bi"
	}
	return w
}

// endsInAlias holds when the last word of a stretch is the alias of one of
// the names.
func endsInAlias(stretch string, names []Name) bool {
	toks := lex(stretch)
	if len(toks) == 0 {
		return false
	}
	last := toks[len(toks)-1].raw
	for _, n := range names {
		for _, t := range lex(n.Alias) {
			if t.raw == last && !isHonorific(t.raw) {
				return true
			}
		}
	}
	return false
}

// findPeople finds whom the line is about.
func (r *reportReader) findPeople(names []Name) {
	signs := callSigns(names)
	var all []mention
	unknown := false
	for i := 0; i < len(r.toks); i++ {
		if m, code, ok := r.codeAt(signs, i); ok {
			switch {
			case m.who >= 0:
				all = append(all, m)
			case len(signs) == 0:
				r.out.Participant = code
				r.people++
			default:
				unknown = true
			}
			r.markName(m.from, m.to)
			i = m.to - 1
		}
	}
	for i := 0; i < len(r.toks); i++ {
		if r.words[i].role == roleName || r.toks[i].kind != tkWord {
			continue
		}
		found := r.aliasAt(signs, i)
		all = append(all, found...)
		if len(found) > 0 {
			i = found[0].to - 1
		}
	}
	r.choose(signs, all, unknown)
}

// markName gives the tokens of a name, and the word of address before it,
// their role.
func (r *reportReader) markName(from, to int) {
	for i := from; i < to; i++ {
		r.words[i].role = roleName
	}
}

// codeAt reads a code at toks[i]: "M-417", "m417", "M 417". who is -1 when it
// has the form of a code and is nobody's.
func (r *reportReader) codeAt(signs []callSign, i int) (m mention, code string, ok bool) {
	t := r.toks[i]
	if t.kind != tkWord || len(t.raw) > 4 || i+1 >= len(r.toks) {
		return m, "", false
	}
	j := i + 1
	if r.toks[j].is("-", ".", "_") && j+1 < len(r.toks) {
		j++
	}
	n := r.toks[j]
	if n.kind != tkNumber {
		return m, "", false
	}
	key := t.raw + n.text
	for k, s := range signs {
		if s.key == key && (j > i+1 || n.glued || t.raw != "k" || len(n.text) == 3) {
			return mention{who: k, from: i, to: j + 1, byCode: true}, s.code, true
		}
	}
	if len(t.raw) == 1 && len(n.text) == 3 && t.raw[0] >= 'a' && t.raw[0] <= 'z' && (j > i+1 && n.glued || j == i+1 && n.glued) {
		return mention{who: -1, from: i, to: j + 1}, strings.ToUpper(t.raw) + "-" + n.text, true
	}
	return m, "", false
}

// aliasAt finds the participants whose alias stands at toks[i]; several when
// it cannot be told which.
func (r *reportReader) aliasAt(signs []callSign, i int) []mention {
	var out []mention
	longest := 0
	for k, s := range signs {
		n := r.matchWords(s.core, i)
		if n == 0 && r.writtenInOne(i, s) {
			n = 1
		}
		if n == 0 || n < longest {
			continue
		}
		if n > longest {
			longest, out = n, out[:0]
		}
		out = append(out, mention{who: k, from: i, to: i + n})
	}
	if len(out) == 0 {
		return r.nearAliasAt(signs, i)
	}
	address := ""
	if i > 0 && r.toks[i-1].kind == tkWord {
		address = honorific(squeeze(r.toks[i-1].raw))
	}
	out = r.preferAddress(signs, out, address)
	weak, ordinary := r.isOrdinary(signs, i, i+longest)
	if ordinary {
		return nil
	}
	if isHonorific(address) && (address != "cek" || hasAddress(signs, out, address)) {
		r.markName(i-1, i)
		weak = false
	}
	for k := range out {
		out[k].weak = weak
	}
	r.markName(i, i+longest)
	return out
}

// preferAddress keeps those whose alias has the word of address that was
// written, when there are any.
func (r *reportReader) preferAddress(signs []callSign, ms []mention, address string) []mention {
	if len(ms) < 2 || !isHonorific(address) {
		return ms
	}
	var kept []mention
	for _, m := range ms {
		if signs[m.who].full[0] == address {
			kept = append(kept, m)
		}
	}
	if len(kept) > 0 {
		return kept
	}
	return ms
}

func hasAddress(signs []callSign, ms []mention, address string) bool {
	for _, m := range ms {
		if len(signs[m.who].full) > 0 && signs[m.who].full[0] == address {
			return true
		}
	}
	return false
}

// matchWords returns how many tokens from i are these words; the last may end
// in "-nya".
func (r *reportReader) matchWords(words []string, i int) int {
	if len(words) == 0 || i+len(words) > len(r.toks) {
		return 0
	}
	for k, w := range words {
		t := squeeze(r.toks[i+k].raw)
		if t == w || r.toks[i+k].raw == w {
			continue
		}
		if k+1 < len(words) || t != w+"nya" && t != w+"nyo" {
			return 0
		}
	}
	return len(words)
}

// writtenInOne holds for an alias written in one with its word of address:
// "cekida".
func (r *reportReader) writtenInOne(i int, s callSign) bool {
	if len(s.core) != 1 || len(s.full) < 2 {
		return false
	}
	address, ok := strings.CutSuffix(r.toks[i].raw, s.core[0])
	return ok && address != "" && honorific(address) == s.full[0]
}

// nearAliasAt finds aliases the word at i may be a slip for, or the beginning
// of. Everyday words are never slips.
func (r *reportReader) nearAliasAt(signs []callSign, i int) []mention {
	raw := squeeze(r.toks[i].raw)
	if r.isKnown(i) || len(raw) < 3 || len(raw) > maxNear {
		return nil
	}
	best := 3
	var out []mention
	for k, s := range signs {
		if len(s.core) != 1 {
			continue
		}
		d := min(r.shortName(i, s.core[0]), r.addressedSlip(i, s), nearWord(raw, s.core[0]), nearWord(strings.TrimSuffix(strings.TrimSuffix(raw, "nya"), "nyo"), s.core[0]))
		if d > best || d > 2 {
			continue
		}
		if d < best {
			best, out = d, out[:0]
		}
		out = append(out, mention{who: k, from: i, to: i + 1, off: d})
	}
	if len(out) == 0 && i > 0 && isHonorific(squeeze(r.toks[i-1].raw)) {
		for k, s := range signs {
			if len(s.core) == 1 && len(raw) < len(s.core[0]) && strings.HasPrefix(s.core[0], raw) {
				out = append(out, mention{who: k, from: i, to: i + 1, off: 2, weak: true})
			}
		}
	}
	for k := range out {
		out[k].weak = out[k].weak || isGivenName(raw) || isGivenName(r.toks[i].raw)
	}
	if len(out) > 0 {
		r.markName(i, i+1)
		if i > 0 && isHonorific(squeeze(r.toks[i-1].raw)) && !r.toks[i-1].is("cek") {
			r.markName(i-1, i)
		}
	}
	return out
}

// isKnown holds for the words of a report that are no slips.
func (r *reportReader) isKnown(i int) bool {
	t, w := r.toks[i], r.words[i].w
	return t.kind != tkWord || knownWord(t) || isCommonWord(w) || w != t.text && reportSpelling(w) != ""
}

// knownWord holds for a word the readers or everyday speech know.
func knownWord(t token) bool {
	if t.text != squeeze(t.raw) || isCommonWord(t.raw) || isCommonWord(t.text) || isAddress(t.text) || reportSpelling(t.text) != "" {
		return true
	}
	return monthWord(t.text) != 0 || isWeekday(t.text) || numberWord(t.text).kind != nkNone || partWord(t.text) != "" || toneWord(t.text) != toneOther
}

// besideCode holds for a name right beside a code, which should be hers.
func besideCode(all []mention, m mention) bool {
	for _, c := range all {
		if c.byCode && (c.to == m.from || c.from == m.to) {
			return true
		}
	}
	return false
}

// choose decides between the participants that were mentioned.
func (r *reportReader) choose(signs []callSign, all []mention, unknown bool) {
	var codes, clean, weak, slipped, unsure []int
	add := func(list []int, who int) []int {
		for _, w := range list {
			if w == who {
				return list
			}
		}
		return append(list, who)
	}
	for _, m := range all {
		switch {
		case m.byCode:
			codes = add(codes, m.who)
		case m.weak || r.isAside(m):
			weak = add(weak, m.who)
			if m.off > 0 && besideCode(all, m) {
				unsure = add(unsure, m.who)
			}
		case m.off > 0:
			slipped = add(slipped, m.who)
		default:
			clean = add(clean, m.who)
		}
	}
	picked := codes
	if len(codes) > 0 {
		for _, w := range slices.Concat(clean, slipped, unsure) {
			picked = add(picked, w)
		}
	} else {
		for _, list := range [...][]int{clean, slipped, weak} {
			if len(picked) == 0 {
				picked = list
			}
		}
	}
	r.people += len(picked)
	sure := len(picked) == 1 && !unknown && (len(codes)+len(clean)+len(slipped) > 0)
	if sure {
		r.out.Participant = signs[picked[0]].code
		return
	}
	if unknown {
		r.people++
	}
	for _, w := range picked {
		r.out.Candidates = append(r.out.Candidates, signs[w].code)
	}
}
