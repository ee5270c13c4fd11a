package bahasa

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
	toks := lex(text)
	if len(toks) == 0 || len(toks) > 24 {
		return Result[YesNoAnswer]{}
	}
	var v votes
	for i, t := range toks {
		if t.kind == tkMark {
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
		v.yes++
		if turned {
			v.yes--
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
		if !turned {
			v.other++
		}
	case toneNot:
		v.no++
	case toneNo:
		if turned {
			v.unsure++
		}
		v.no++
	case toneNotYet:
		v.notYet++
	case toneUnsure:
		v.unsure++
	case toneUnknown:
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
	case v.other > 0 && !((kinds > 1 || v.unsure > 0) && v.other <= 3 && (v.first == toneYes || v.first == toneDone)):
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
	case "kurang":
		if len(toks) == 1 {
			return toneOther
		}
		return toneNot
	case "tidak":
		switch next {
		case "apa2", "apa", "papo", "papa", "apo2", "masalah", "yakin", "pasti", "tentu", "jelas":
			return toneUnsure
		}
		return toneNot
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
	default:
		if k := toneWord(w); k != toneOther {
			return k
		}
		if isAddress(w) {
			return toneSoft
		}
	}
	return toneOther
}
