package bahasa

import (
	"unicode"
	"unicode/utf8"
)

// Finding is a stretch of free text that must not be stored.
type Finding struct {
	// Kind is "id_number", "phone", "account", "email", "map_url", "label"
	// (words that brand a person), "health" or "address", which must never be
	// stored; or "safety" (violence, threats, police) or "name" (of a relative),
	// which are asked about.
	Kind string
	// Start and End are byte offsets in the text that was looked at.
	Start, End int
}

// Forbidden finds content that must never be stored in a note, the most serious
// first in the order of Finding.Kind. It is made to miss nothing that endangers
// a person, and yet to leave the words of the trade alone: "jln 4 hr" is no
// address, "pukul 09.00" no violence, and an amount no telephone number.
func Forbidden(text string) (Finding, bool) {
	best, rank := Finding{}, findingKindCount
	eachFinding(text, func(f Finding) bool {
		if r := findingRank(f.Kind); r < rank {
			best, rank = f, r
		}
		return rank > 0
	})
	return best, rank < findingKindCount
}

// ForbiddenAll returns everything Forbidden looks for, in the order of the
// text; a text may hold a telephone number and a cry for help at once.
func ForbiddenAll(text string) []Finding {
	var all []Finding
	eachFinding(text, func(f Finding) bool {
		all = append(all, f)
		return true
	})
	return all
}

// findingKindCount is how many kinds there are.
const findingKindCount = 10

// findingKinds lists the kinds, most serious first.
func findingKinds() [findingKindCount]string {
	return [...]string{"id_number", "phone", "account", "email", "map_url", "label", "health", "address", "safety", "name"}
}

func findingRank(kind string) int {
	for i, k := range findingKinds() {
		if k == kind {
			return i
		}
	}
	return findingKindCount
}

// eachFinding calls yield for every finding until it returns false.
func eachFinding(text string, yield func(Finding) bool) {
	toks := lexFolded(fold(text))
	for i := 0; i < len(toks); {
		kind, from, to := findAt(text, toks, i)
		if kind == "" {
			i++
			continue
		}
		if kind == "name" {
			kind, from, to = worseWithin(text, toks, from, to)
		}
		if !yield(Finding{kind, toks[from].start, toks[to-1].end}) {
			return
		}
		i = max(to, i+1)
	}
}

// worseWithin returns what is worse than a name and stands between the word of
// kinship and the name, "mantan psk itu si Budi", or else the name.
func worseWithin(text string, toks []token, from, to int) (kind string, start, end int) {
	for j := from + 1; j < to; j++ {
		if kind, start, end := findAt(text, toks, j); kind != "" && kind != "name" && start > from {
			return kind, start, end
		}
	}
	return "name", from, to
}

// findAt looks at what starts at toks[i].
func findAt(text string, toks []token, i int) (kind string, from, to int) {
	t := toks[i]
	switch t.kind {
	case tkNumber:
		if i > 0 && toks[i-1].kind == tkNumber && i > 1 && toks[i-2].kind == tkNumber && sameRun(toks, i) {
			return "", i, i
		}
		return findNumber(toks, i)
	case tkMark:
		if t.is("@") {
			return findEmail(toks, i)
		}
	case tkWord:
		if kind, to := findLink(toks, i); kind != "" {
			return kind, i, to
		}
		if kind, to := findSpoken(toks, i); kind != "" {
			return kind, i, to
		}
		if kind, to := findWord(toks, i); kind != "" {
			return kind, i, to
		}
		if to := findHarm(toks, i); to > i {
			return "safety", i, to
		}
		if to := findAddress(text, toks, i); to > i {
			return "address", i, to
		}
		if to := findName(text, toks, i); to > i {
			return "name", i, to
		}
	}
	return "", i, i
}

// sameRun holds for the further groups of a number written in groups that was
// looked at from its beginning.
func sameRun(toks []token, i int) bool { return !toks[i].glued && !toks[i-1].glued }

// findNumber classifies the digits that start at toks[i].
func findNumber(toks []token, i int) (kind string, from, to int) {
	if to := coordinates(toks, i); to > i {
		return "map_url", i, to
	}
	if code, from, to := longNumber(toks, i); code != "" {
		if code == "phone" && from == i && accountNamed(toks, i) {
			code = "account"
		}
		return code, from, to
	}
	if i > 0 && toks[i-1].is("rp", "idr") || i > 1 && toks[i-1].is(".") && toks[i-2].is("rp") {
		return "", i, i
	}
	digits, groups, end := accountRun(toks, i)
	switch {
	case digits == 16 && groups > 0:
		return "id_number", i, end
	case digits >= 10 && digits <= 20 && groups > 0:
		return "account", i, end
	case accountNamed(toks, i) && len(toks[i].text) >= 6:
		return "account", i, i + 1
	}
	return "", i, i
}

// accountRun counts the digits of a number written in one piece or in groups
// that are neither thousands, a date, years nor two round amounts; groups is 0
// when they are.
func accountRun(toks []token, i int) (digits, groups, end int) {
	if i > 1 && toks[i].glued && toks[i-1].is(".", ",", "-", "/", ":") && toks[i-1].glued && toks[i-2].kind == tkNumber {
		return 0, 0, i // looked at with its beginning
	}
	var lens [16]int
	thousands, years, round := true, true, true
	dashes, dots, spaces := 0, 0, 0
	for j := i; j < len(toks) && groups < len(lens); {
		t := toks[j]
		if t.kind != tkNumber {
			if !t.is("-", ".") || !t.glued || j+1 >= len(toks) || !toks[j+1].glued || toks[j+1].kind != tkNumber {
				break
			}
			if t.is("-") {
				dashes++
			} else {
				dots++
			}
			j++
			continue
		}
		n := len(t.text)
		thousands = thousands && (groups == 0 && n <= 3 || groups > 0 && n == 3)
		years = years && n == 4 && (t.text[:2] == "20" || t.text[:2] == "19")
		round = round && n >= 3 && t.text[n-2:] == "00"
		if groups > 0 && !t.glued {
			spaces++
		}
		lens[groups] = n
		groups, digits, end = groups+1, digits+n, j+1
		j++
	}
	switch {
	case groups == 1:
		return digits, 1, end
	case thousands && dashes == 0, years, round, dots > 0 && spaces > 0, looksLikeDate(lens[:groups]):
	case groups >= 3 && shortGroups(lens[:groups]):
		return digits, groups, end
	}
	if lens[0] >= 10 {
		return lens[0], 1, i + 1
	}
	return 0, 0, i
}

// shortGroups holds for groups like those on bank cards and in bank books; the
// groups of hours and prices differ from them.
func shortGroups(lens []int) bool {
	long := 0
	for _, n := range lens {
		if n > 8 {
			return false
		}
		if n >= 3 {
			long++
		}
	}
	return long >= 2
}

// accountNamed holds when the words before a number call it an account.
func accountNamed(toks []token, i int) bool {
	for k := i - 1; k >= 0 && k >= i-5; k-- {
		if toks[k].is("rekening", "rek", "norek", "norekening", "rekeningnya") {
			return true
		}
	}
	return false
}

// coordinates finds a latitude and a longitude with four decimals and more.
func coordinates(toks []token, i int) int {
	if i+6 >= len(toks) || !toks[i+1].is(".") || !glueRun(toks, i+1, 2) || len(toks[i+2].text) < 4 || toks[i+2].kind != tkNumber {
		return i
	}
	j := i + 3
	for j < len(toks) && j < i+6 && toks[j].is(",", ";", "-") {
		j++
	}
	if j+2 >= len(toks) || toks[j].kind != tkNumber || !toks[j+1].is(".") || !glueRun(toks, j+1, 2) || len(toks[j+2].text) < 4 {
		return i
	}
	return j + 3
}

// findSpoken finds nine and more digits said in words: "nol delapan satu ...".
// A letter o before digits is read as the nought it stands for.
func findSpoken(toks []token, i int) (kind string, to int) {
	if toks[i].text == "o" && i+1 < len(toks) && toks[i+1].kind == tkNumber && toks[i+1].glued && len(toks[i+1].text) >= 8 && toks[i+1].text[0] == '8' {
		return "phone", i + 2
	}
	if numberWord(toks[i].text).kind != nkUnit || i > 0 && numberWord(toks[i-1].text).kind == nkUnit || i > 1 && toks[i-1].is("-") && numberWord(toks[i-2].text).kind == nkUnit {
		return "", i
	}
	n, j := 0, i
	for j < len(toks) && (numberWord(toks[j].text).kind == nkUnit || smallDigit(toks[j])) {
		n++
		j++
		if j+1 < len(toks) && toks[j].is("-", ",", ".") && numberWord(toks[j+1].text).kind == nkUnit {
			j++ // "nol-delapan-satu"
		}
	}
	switch {
	case n == 16:
		return "id_number", j
	case n >= 9 && toks[i].is("nol"), n >= 8 && i > 0 && toks[i-1].is("kosong"):
		return "phone", j
	case n >= 9:
		return "account", j
	}
	return "", i
}

// isCapital reports whether a token is written Like This in the text.
func isCapital(text string, t token) bool {
	if t.kind != tkWord || t.end-t.start < 2 {
		return false
	}
	first, n := utf8.DecodeRuneInString(text[t.start:t.end])
	second, _ := utf8.DecodeRuneInString(text[t.start+n : t.end])
	return unicode.IsUpper(first) && unicode.IsLower(second)
}
