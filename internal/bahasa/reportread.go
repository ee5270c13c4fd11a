package bahasa

import (
	"strings"
	"time"
)

// maxReportTokens is how many words of a line are read as a report; what
// stands behind them is kept in the note only.
const maxReportTokens = 400

// unreal says why what a word tells did not happen, or not to her.
type unreal uint8

const (
	unrealAsked   unreal = 1 << iota // part of a question, a condition or an order
	unrealPlanned                    // behind "mau", "butuh", "semoga" and their kind
	unrealAhead                      // part of what the companion will do next
)

// reportWordAt is one word of a report beside its token.
type reportWordAt struct {
	w    string // the one word it is read by
	own  bool   // it ended in "-nya"
	seg  int    // the stretch between marks it stands in
	role wordRole
	off  unreal
}

// wordRole says what a token was already read as.
type wordRole uint8

const (
	roleNone wordRole = iota
	roleName
	roleMark // of spirit
	roleMoney
	roleDate
)

// span is a stretch of tokens.
type reportSpan struct{ from, to int }

// reportReader holds one line while it is read.
type reportReader struct {
	text  string
	now   time.Time
	toks  []token
	words []reportWordAt
	segs  []reportSpan
	money []quantity
	dates []reportDate
	out   Report

	doubts  map[string][]string // the questions, with their readings
	visited bool                // a visit or a call happened
	met     bool                // and she was spoken to face to face
	noMeet  bool
	// cancelled says that a visit was called off or not begun.
	cancelled bool
	// wished says that a visit was wished for; with nothing but the weather
	// behind it, it did not come about.
	wished bool
	people int // how many different participants are named
}

func newReportReader(text string, now time.Time) *reportReader {
	r := &reportReader{text: text, now: now}
	toks := splitNumbers(lex(text))
	if len(toks) > maxReportTokens {
		toks = toks[:maxReportTokens]
	}
	r.toks = joinEndings(toks)
	toks = r.toks
	r.words = make([]reportWordAt, len(toks))
	for i, t := range toks {
		w := &r.words[i]
		w.w, w.own = reportWord(t)
	}
	return r
}

// joinEndings takes a "nya" written apart for the end of the word before it:
// "org nya".
func joinEndings(toks []token) []token {
	for i := 1; i < len(toks); i++ {
		if !isEnding(toks[i]) || toks[i-1].kind != tkWord {
			continue
		}
		out := append(make([]token, 0, len(toks)), toks[:i]...)
		for _, t := range toks[i:] {
			last := &out[len(out)-1]
			if isEnding(t) && last.kind == tkWord && !isEnding(*last) {
				last.text, last.raw, last.end = last.text+"nya", last.raw+"nya", t.end
				continue
			}
			out = append(out, t)
		}
		return out
	}
	return toks
}

func isEnding(t token) bool {
	return t.kind == tkWord && (t.raw == "nya" || t.raw == "ny" || t.raw == "nyo")
}

// joinPairs gives two words that are one the reading of one.
func (r *reportReader) joinPairs() {
	for i := 0; i+1 < len(r.words); i++ {
		a, b := r.toks[i].raw, r.toks[i+1].raw
		switch {
		case a == "home" && strings.HasPrefix(b, "vis"), a == "hom" && strings.HasPrefix(b, "vis"):
			r.words[i].w, r.words[i+1].w = "homevisit", ""
		case (a == "video" || a == "vidio" || a == "vid") && (r.words[i+1].w == "telepon" || r.words[i+1].w == "chat" || b == "kol" || b == "col"):
			r.words[i].w, r.words[i+1].w = "vc", ""
		case a == "d" && r.is(i+1, "rumah", "pasar", "warung", "tempat", "salon", "lapak"):
			r.words[i].w = "di"
		case (a == "kw" || a == "kr" || a == "ek" || a == "kke" || a == "le" || a == "je") && r.is(i+1, "rumah"):
			r.words[i].w = "ke" // beside it on the keys
		case a == "follow" && b == "up":
			r.words[i].w, r.words[i+1].w = "lanjut", ""
		case a == "tindak" && r.words[i+1].w == "lanjut":
			r.words[i].w, r.words[i+1].w = "lanjut", ""
		case a == "pedagang" && b == "besar", a == "toko" && b == "grosir":
			r.words[i].w, r.words[i+1].w = "pemasok", ""
		case r.words[i].w == "orang" && !r.words[i].own && (b == "tua" || b == "tuo" || b == "tuanya" || b == "tuonyo"):
			r.words[i].w, r.words[i+1].w = "kerabat", ""
		case r.words[i].w == "kendala" && b == "terbesar":
			r.words[i+1].w = ""
		}
	}
}

// cut finds the stretches between marks and turning words.
func (r *reportReader) cut() {
	start := 0
	for i := range r.toks {
		if i > start && (r.startsStretch(i) || r.isBreak(i-1)) {
			r.segs = append(r.segs, reportSpan{start, i})
			start = i
		}
		r.words[i].seg = len(r.segs)
	}
	if start < len(r.toks) {
		r.segs = append(r.segs, reportSpan{start, len(r.toks)})
	}
}

// isBreak holds for a mark that ends a stretch, which marks inside numbers,
// dates and abbreviations do not.
func (r *reportReader) isBreak(i int) bool {
	t := r.toks[i]
	if t.kind == tkSign {
		return true
	}
	if t.kind != tkMark {
		return false
	}
	next := token{}
	if i+1 < len(r.toks) {
		next = r.toks[i+1]
	}
	before := token{}
	if i > 0 {
		before = r.toks[i-1]
	}
	switch t.text {
	case ";", "!", "?", "(", ")", "|":
		return true
	case ",", ".":
		if before.kind == tkNumber && next.kind == tkNumber && t.glued && next.glued {
			return false
		}
		if t.text == "." && before.is("rp", "tanggal", "jam", "no", "idr", "sdr", "ny", "tl", "lanjut") {
			return false
		}
		return !(t.text == "," && isWeekday(before.text) && (next.kind == tkNumber || next.is("tanggal")))
	case "-", "/", "~":
		return !t.glued && !next.glued && !(before.kind == tkNumber && next.kind == tkNumber)
	}
	return false
}

// startsStretch holds where a word turns the sentence, or a new line begins.
func (r *reportReader) startsStretch(i int) bool {
	switch r.at(i) {
	case "tapi", "karena", "padahal", "akhirnya", "makanya", "sekalian", "sambil", "setelah", "habistu":
		return true
	}
	from, to := r.toks[i-1].end, r.toks[i].start
	return from < to && strings.IndexByte(r.text[from:to], '\n') >= 0 // parts of one word overlap
}

// seg returns the stretch the word at i stands in; outside the line, the
// nearest one.
func (r *reportReader) seg(i int) reportSpan {
	return r.segs[r.words[min(max(i, 0), len(r.words)-1)].seg]
}

// at returns the word at i, or "" outside the line.
func (r *reportReader) at(i int) string {
	if i < 0 || i >= len(r.words) {
		return ""
	}
	return r.words[i].w
}

// is holds when there is a word at i and it is one of words.
func (r *reportReader) is(i int, words ...string) bool {
	if i < 0 || i >= len(r.words) {
		return false
	}
	for _, w := range words {
		if r.words[i].w == w {
			return true
		}
	}
	return false
}

// near finds the first of words in from..to, or -1.
func (r *reportReader) near(from, to int, words ...string) int {
	for i := max(from, 0); i < min(to, len(r.words)); i++ {
		if r.is(i, words...) {
			return i
		}
	}
	return -1
}

// has holds when one of words stands in from..to.
func (r *reportReader) has(from, to int, words ...string) bool {
	return r.near(from, to, words...) >= 0
}

// behind and ahead are the bounds of n words around i in its stretch.
func (r *reportReader) behind(i, n int) int { return max(r.seg(i).from, i-n) }

func (r *reportReader) ahead(i, n int) int { return min(r.seg(i).to, i+1+n) }

// isNot holds for the words that turn what follows.
func (r *reportReader) isNot(i int) bool {
	return r.is(i, "tidak", "belum", "bukan", "tanpa", "katek", "gagal", "jarang", "jangan", "ogah")
}

// turned holds when a "not" stands within n words before i, with nothing but
// small words between.
func (r *reportReader) turned(i, n int) bool {
	for k := i - 1; k >= r.behind(i, n); k-- {
		if r.isNot(k) {
			return true
		}
		if !r.is(k, "ada", "pernah", "sempat", "bisa", "lagi", "begitu", "terlalu", "jadi", "juga", "sangat", "mau", "punya", "sudah", "berhasil", "sampai", "pun", "ke", "di", "ngasih", "kasih", "beri", "memberi", "dikasih", "diberi", "rezeki", "jodoh") {
			return false
		}
	}
	return false
}

// real holds for words that tell what happened.
func (r *reportReader) real(i int) bool {
	return r.words[i].off == 0 && r.words[i].role == roleNone
}

// ask puts a key among the questions, with its readings.
func (r *reportReader) ask(key string, readings ...string) {
	if r.doubts == nil {
		r.doubts = make(map[string][]string, 4)
	}
	have := r.doubts[key]
	for _, v := range readings {
		if v != "" && !containsString(have, v) {
			have = append(have, v)
		}
	}
	r.doubts[key] = have
}

func (r *reportReader) asked(key string) bool {
	_, ok := r.doubts[key]
	return ok
}

func containsString(vs []string, v string) bool {
	for _, x := range vs {
		if x == v {
			return true
		}
	}
	return false
}

// markUnreal marks questions, conditions and orders, and what is only wished.
func (r *reportReader) markUnreal() {
	for _, s := range r.segs {
		off := unreal(0)
		switch {
		case r.asksSomething(s):
			off = unrealAsked
		case r.afterPlan(s):
			off = unrealPlanned
		}
		for i := s.from; i < s.to; i++ {
			if off == 0 && r.startsPlan(i) {
				off = unrealPlanned
			}
			r.words[i].off |= off
		}
	}
}

// startsPlan holds where the rest of a stretch is wished, needed or planned.
func (r *reportReader) startsPlan(i int) bool {
	switch r.at(i) {
	case "mau":
		// "tidak mau" is no plan
		return r.words[i].role == roleNone && !r.turned(i, 1)
	case "butuh", "semoga":
		return r.words[i].role == roleNone && !r.turned(i, 1)
	case "nanti":
		return true
	case "usah":
		return true
	}
	return false
}

// hasScaled holds when an amount with its unit is written among the tokens.
func hasScaled(toks []token) bool {
	for i := range toks {
		if _, _, ok := readScale(toks, i+1); ok && toks[i].kind == tkNumber {
			return true
		}
	}
	return false
}

// asksSomething holds for a stretch that asks, supposes or orders.
func (r *reportReader) asksSomething(s reportSpan) bool {
	first := s.from
	for first < s.to && (r.toks[first].kind == tkMark || isAddress(r.toks[first].text) && r.words[first].role == roleNone) {
		first++
	}
	if first < s.to {
		switch r.words[first].w {
		case "kalau", "apa", "payo", "ayo", "ayok", "hayo", "hayuk", "mari", "tanya", "nanya", "tolong", "coba", "hapus", "ubah", "ganti", "tampilkan", "lihat", "liat", "cari", "kirim", "ingatkan", "ingetin", "ralat", "koreksi", "jadwalkan", "perbaiki", "edit", "buka":
			if r.is(first, "tolong", "coba") && r.is(first+1, "catat", "catatkan", "catatin", "simpan", "masukkan", "masukin", "input") {
				return false // "tolong catat Melati laku 300rb" is a report
			}
			if r.is(first, "ralat", "koreksi") && first > 0 && hasScaled(r.toks[first:s.to]) {
				return false // takes back an amount of the same line
			}
			if r.is(first, "kirim") && r.is(first+1, "chat", "pesan") && r.has(first, s.to, "tadi", "kemarin", "semalam", "barusan", "sudah") {
				return false // "kirim wa ke Melati tadi" was done
			}
			return !r.is(first, "buka") || r.has(s.from, s.to, "laporan", "data")
		}
		if r.is(first, "atau") && r.toks[first].raw == "apo" {
			return true
		}
	}
	if r.toks[s.to-1].is("?") {
		return true
	}
	for i := s.from; i < s.to; i++ {
		if r.is(i, "berapa") && !(i+1 < s.to && unitWord(r.toks[i+1].text) != unitNone && r.toks[i].raw != "berapa") {
			return true
		}
		if r.is(i, "tertunda", "ditunda", "tunda", "menunda", "nunda", "diundur", "undur", "reschedule") && r.has(s.from, s.to, "kunjung", "homevisit", "kerumah", "rumah", "kontrol", "ketemu", "dampingi") {
			return true // put off, not done
		}
		if r.is(i, "mano") && i > s.from && r.toks[i-1].is("cak", "cakmano", "di") {
			return true
		}
	}
	return false
}
