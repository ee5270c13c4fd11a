package discreet

import (
	"slices"
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/program"
)

// barestCover is the answer that says least: for a contact whose number is none.
const barestCover = 2

// Cover is the answer to "ini siapa?" that was agreed with her: whoever holds her phone may be
// asking.
func Cover(words Words, contact program.Contact) Line {
	keys := [program.CoverVariants]string{"discreet.cover.class", "discreet.cover.business", "discreet.cover.plain"}
	i := contact.Cover
	if i < 0 || i >= len(keys) {
		i = barestCover
	}
	return say(words, keys[i], nil) //nolint:gosec // i is looked at above
}

// The longest message, in bytes and in words, that may ask who the bot is: longer ones tell something.
const (
	longestWho  = 160
	mostWhoSaid = 12
)

// AsksWho reports whether a message asks who is writing and asks nothing else: "ini siapa?",
// "sopo iki", "maaf dengan siapa ini ya", "who is this". Every word has to be one of that
// question, so that "siapa yang ditengok" is none. Messages over 160 bytes are none either.
func AsksWho(text string) bool {
	if len(text) > longestWho {
		return false
	}
	folded := strings.ReplaceAll(bahasa.Fold(text), "'", "")
	said := strings.FieldsFunc(folded, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
	if len(said) > mostWhoSaid {
		return false
	}
	var seen [whoParts]bool
	for i, w := range said {
		w = string(slices.Compact([]rune(w))) // "siapaaa"
		part := whoPart(w)
		switch {
		case part == 0:
			return false
		case part == whereFrom && (w == "mana" || w == "mano") && (i == 0 || said[i-1] != "dari" && said[i-1] != "dr"):
			return false // where something is, not where this is from
		}
		seen[part] = true
	}
	about := seen[this] || seen[writes]
	switch {
	case seen[which] && !seen[writes], seen[loose] && !about, seen[me] && !about && !seen[loose]:
		return false // "siapa yang ...", "siapa mau", "siapa saya"
	case seen[who]:
		return true
	}
	return (seen[whoShort] || seen[whereFrom]) && seen[this]
}

// The parts of the question.
const (
	_         = iota
	who       // asks for somebody, whatever else is said
	whoShort  // does so next to "ini" only: alone it may be a slip, or "sapa"
	whereFrom // "dari mana", next to "ini" only
	this      // this, this number, you
	writes    // writes to me, speaks to me
	me
	which // "yang", before what one does
	loose // may stand around the question, and around many others
	small // address, greeting, softening
	whoParts
)

// whoPart is the part of the question that a word is; 0 for a word of something else. In the
// tables a doubled letter is written once.
func whoPart(w string) int {
	switch w {
	case "siapa", "siapo", "siape", "siapah", "siapakah", "syapa", "sopo", "sinten", "who", "whos", "whose":
		return who
	case "sapa", "sapo", "sape", "sapah", "sp", "spa":
		return whoShort
	case "mana", "mano", "darimana", "darimano", "drmana":
		return whereFrom
	case "ini", "iki", "niki", "ni", "nih", "iko", "itu", "tu", "nomor", "nomer", "no", "nomornya", "nomernya", "nomore", "hp", "wa", "bot", "akun", "anda", "kamu", "kau",
		"lu", "lo", "elu", "loe", "ente", "situ", "sampeyan", "nama", "namanya", "namamu", "punya", "punyo", "milik",
		"this", "that", "dis", "it", "are", "r", "you", "u", "number", "phone", "your", "name":
		return this
	case "chat", "chating", "ngechat", "bicara", "berbicara", "ngomong", "ngobrol", "kirim", "ngirim", "mengirim", "hubungi", "menghubungi",
		"texting", "mesaging", "writing", "speaking", "talking", "texted", "mesaged":
		return writes
	case "saya", "aku", "sayo", "gue", "gw", "sy", "i", "me", "am", "my":
		return me
	case "yang", "yg":
		return which
	}
	return whoAround(w)
}

// whoAround is the part of a word around the question.
func whoAround(w string) int {
	switch w {
	case "kenal", "know", "tau", "tahu", "tidak", "gak", "ga", "tak", "dak", "ngak", "ke", "kok", "mau", "boleh", "kalau", "kalo", "numpang", "tanya", "nanya", "terus", "pesan",
		"may", "can", "do", "dont", "not", "to", "from", "new", "with", "the", "of", "mesage":
		return loose
	case "ya", "yah", "yo", "iya", "sih", "dong", "deh", "kah", "kan", "lah", "toh", "woi", "woy", "oi", "oy", "hei", "hey", "eh", "loh", "lho",
		"kak", "kakak", "ka", "k", "bu", "ibu", "bun", "bunda", "pak", "bapak", "mbak", "mba", "mas", "bang", "yuk", "ayuk", "cek", "dek", "adek", "min", "admin", "bos", "sis",
		"halo", "hai", "hi", "helo", "pagi", "siang", "sore", "malam", "selamat", "asalamualaikum", "permisi", "punten", "p",
		"maf", "map", "mohon", "sory", "tolong", "bener", "sebenarnya", "sebenernya",
		"dengan", "dgn", "dg", "dari", "dr", "sama", "sm", "samo", "is", "s", "please", "pls":
		return small
	}
	return 0
}
