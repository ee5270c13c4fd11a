package bahasa

import "strings"

// YesNoAnswer is an answer to a yes-or-no question.
type YesNoAnswer uint8

const (
	// Yes agrees.
	Yes YesNoAnswer = iota + 1
	// No declines.
	No
	// NotYet says it has not happened so far.
	NotYet
)

// String returns YES, NO or NOTYET.
func (a YesNoAnswer) String() string {
	switch a {
	case Yes:
		return "YES"
	case No:
		return "NO"
	case NotYet:
		return "NOTYET"
	}
	return "?"
}

// tone is what one word contributes to an answer.
type tone uint8

const (
	toneOther   tone = iota // the word belongs to a sentence
	toneSoft                // says nothing of its own: "kak", "itu", "nian"
	toneYes                 // iya
	toneCan                 // bisa, mau, ada: yes alone, no after a "not"
	toneNot                 // tidak: no alone, turns what follows
	toneNo                  // jangan, salah: no alone
	toneNotYet              // belum
	toneDone                // sudah: yes, unless it only stands in between
	toneUnsure              // nanti, mungkin, terserah
	toneUnknown             // tahu: unsure after a "not"
	toneBut                 // tapi
	toneNeed                // usah, perlu, jadi: no after a "not"
)

// YesNo reads an answer to a question with yes and no. Mixed and hedged answers
// are asked back; sentences that only contain such words are None.
func YesNo(text string) Result[YesNoAnswer] {
	toks := mendSlips(lex(text), denialSlips)
	if len(toks) == 0 || len(toks) > 24 {
		return Result[YesNoAnswer]{}
	}
	var v votes
	for i, t := range toks {
		if t.kind == tkMark {
			if t.is(",", ";", ".") {
				v.prev = toneOther // "nggak, bukan itu" says no twice
			}
			v.comma = v.comma || v.first != toneOther && t.is(",", ".", "-", ";", "!") && v.other == 0
			continue
		}
		v.count(toks, i)
	}
	r := v.answer()
	if r.Sure != None {
		r = r.at(toks, 0, len(toks))
	}
	return r
}

// votes collects the tones of a text.
type votes struct {
	yes, no, notYet, unsure, other, content int
	first, prev                             tone
	comma                                   bool // a comma stood between the answer and a sentence
	afterComma                              int
}

// count adds the word at toks[i].
func (v *votes) count(toks []token, i int) {
	k := toneOf(toks, i)
	if k == toneSoft {
		return
	}
	v.content++
	if v.first == toneOther && v.content == 1 {
		v.first = k
	}
	turned := v.prev == toneNot
	switch k {
	case toneYes:
		if !turned && (v.prev != toneNotYet || toks[i].is("iya")) {
			v.yes++ // not in "belum siap"
		}
	case toneDone:
		if v.prev == toneNotYet {
			v.yes++
		} else if v.prev != toneYes && v.prev != toneNot {
			v.yes++
		}
	case toneCan:
		if v.prev != toneNot && v.prev != toneNotYet && v.prev != toneNo {
			v.yes++
		}
	case toneNeed:
		if !turned && v.prev != toneNotYet {
			v.other++
		}
	case toneNot:
		v.no++
		if v.prev == toneDone {
			v.yes-- // "sudah tidak": no longer
		}
	case toneNo:
		if turned {
			v.unsure++
		}
		v.no++
	case toneNotYet:
		v.notYet++
	case toneUnsure, toneUnknown:
		v.unsure++
	case toneOther:
		if v.comma {
			v.afterComma++
		} else {
			v.other++
		}
	}
	if v.prev == toneNot && k == toneOther && !v.comma {
		v.other++ // "tidak ada kendala", "tidak enak badan": a sentence
	}
	v.prev = k
}

// answer weighs the tones.
func (v *votes) answer() Result[YesNoAnswer] {
	if v.content == 0 {
		return Result[YesNoAnswer]{}
	}
	kinds := 0
	for _, n := range [...]int{v.yes, v.no, v.notYet} {
		if n > 0 {
			kinds++
		}
	}
	switch {
	case kinds == 0 && v.unsure == 0:
		return Result[YesNoAnswer]{}
	case v.other > 0 && !((kinds > 1 || v.unsure > 0) && v.hedged()):
		if v.first == toneYes && v.other <= 3 && kinds == 1 && v.unsure == 0 {
			return certain(Yes)
		}
		return Result[YesNoAnswer]{}
	case kinds > 1 || v.unsure > 0:
		return Result[YesNoAnswer]{Sure: Ask}
	case v.yes > 0:
		return certain(Yes)
	case v.no > 0:
		return certain(No)
	}
	return certain(NotYet)
}

// hedged holds where the other words of a doubtful answer belong to it: "iya
// tapi takut", "tergantung cuaca".
func (v *votes) hedged() bool {
	switch v.first {
	case toneYes, toneDone:
		return v.other <= 3
	case toneUnsure:
		return v.other <= 1
	}
	return false
}

// toneOf classifies a word where it stands.
func toneOf(toks []token, i int) tone {
	next := ""
	if i+1 < len(toks) {
		next = toks[i+1].text
	}
	switch w := toks[i].text; w {
	case "ya", "yah":
		if next == "allah" || next == "ampun" || next == "tuhan" || next == "alloh" {
			return toneOther // a sigh
		}
		return toneYes
	case "kurang", "tidak", "belum":
		return toneOfNot(w, next, len(toks) == 1)
	case "ho", "he":
		if next == "oh" || next == "eh" || next == "em" {
			return toneYes
		}
		return toneOther
	case "em":
		return toneSoft
	case "nah", "ah", "oh", "eh", "wah", "lah":
		return toneSoft
	case "terima":
		if next == "kasih" {
			return toneSoft
		}
		return toneOther
	case "k":
		if len(toks) == 1 {
			return toneUnsure
		}
		return toneSoft
	case "jadi":
		if i > 0 && toks[i-1].is("bisa") {
			return toneUnsure // "bisa jadi": maybe
		}
		return toneNeed
	default:
		if noHarm(w) && i > 0 && toks[i-1].is("tidak") {
			return toneSoft
		}
		if k := toneWord(w); k != toneOther {
			return k
		}
		if stem, twice := strings.CutSuffix(w, "2"); twice {
			if stem = canon(stem); stem == "tidak" {
				return toneNot
			}
			if k := toneWord(stem); k != toneOther {
				return k // "betul2", "ragu-ragu"
			}
		}
		if isAddress(w) {
			return toneSoft
		}
	}
	return toneOther
}

// toneOfNot classifies the words that turn what follows them.
func toneOfNot(w, next string, alone bool) tone {
	switch {
	case unsettled(next), w == "tidak" && noHarm(next):
		return toneUnsure
	case w == "belum":
		return toneNotYet
	case w == "kurang" && alone:
		return toneOther
	}
	return toneNot
}

// unsettled holds for what makes a "not" a doubt: "belum pasti", "gak yakin".
func unsettled(w string) bool {
	switch w {
	case "yakin", "pasti", "tentu", "jelas":
		return true
	}
	return false
}

// noHarm holds for what makes a "not" say that it does not matter.
func noHarm(w string) bool {
	switch w {
	case "apa2", "apa", "papo", "papa", "apo2", "masalah":
		return true
	}
	return false
}
