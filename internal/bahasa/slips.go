package bahasa

import "strings"

// The words of an answer that are known again with a letter wrong, because
// without them the rest would say something else: "jam 8 malm" is not eight in
// the morning, and "tidka hadir" is no yes.
const (
	numberSlips = "sembilan delapan tujuh empat sepuluh sebelas belas puluh ratus seratus seribu sejuta setengah seperempat lima enam tiga juta ribu"
	amountSlips = numberSlips + " hampir sekitar lebih kurang minus sehari perhari sebulan perbulan seminggu"
	timeSlips   = numberSlips + " malam siang pagi sore subuh lewat lebih kurang sampai sebelum sesudah habis selesai pukul"
	daySlips    = numberSlips + " kemarin besok lusa lalu depan dulu minggu pekan bulan tanggal hari tadi nanti semalam seminggu sebulan sepekan senin selasa kamis jumat sabtu ahad " +
		"januari februari maret april agustus september oktober november desember awal akhir malam siang pagi sore subuh"
	denialSlips = "tidak belum jangan bukan mungkin terlambat berhalangan"
)

// maxMended is how many words of an answer are looked at for slips; longer ones
// are sentences.
const maxMended = 16

// mendSlips gives words nobody knows the reading of the one word they are a
// slip for, and leaves those that are as near to two.
func mendSlips(toks []token, words string) []token {
	if len(toks) > maxMended {
		return toks
	}
	for i := range toks {
		t := &toks[i]
		if t.kind != tkWord || len(t.raw) < 3 || len(t.raw) > maxNear {
			continue
		}
		if c := reportSpelling(t.text); c != "" && c != t.text && hasWord(words, c) {
			t.text = canon(c) // as reports have it written: "lwat", "dlu"
			continue
		}
		if len(t.raw) < 4 || isEveryday(*t) {
			continue
		}
		if best := nearestAnswer(t.raw, words); best != "" {
			t.text = canon(best)
		}
	}
	return toks
}

// isEveryday holds for words that are no slips in an answer.
func isEveryday(t token) bool {
	return knownWord(t) || nearButOther(t.raw) || unitWord(t.text) != unitNone || attendanceWord(t.text) != 0 || isGivenName(t.raw)
}

// nearestAnswer returns the one of words that typed is a slip for.
func nearestAnswer(typed, words string) string {
	found := ""
	for word := range strings.SplitSeq(words, " ") {
		switch {
		case typed == word:
			return ""
		case !isSlip(typed, word):
		case found != "" && found != word:
			return "" // as near to another
		default:
			found = word
		}
	}
	return found
}

// hasWord holds when w is one of words.
func hasWord(words, w string) bool {
	for word := range strings.SplitSeq(words, " ") {
		if word == w {
			return true
		}
	}
	return false
}

// isSlip holds for one letter left out, added, changed or swapped. In a word of
// four letters only a swap inside it and a doubled letter count, and only a
// long one is known again by all but its first letter.
func isSlip(typed, word string) bool {
	if len(word) == 4 {
		return typed[0] == word[0] && (len(typed) == 4 && isSwap(typed, word) || len(typed) == 5 && isDoubled(typed, word))
	}
	if slips(typed, word) != 1 {
		return typed[0] == word[0] && isShortened(typed, word)
	}
	return typed[0] == word[0] || len(word) >= 6 || typed[0] == word[1] && typed[1] == word[0]
}

// isSwap holds for two neighbours that changed places.
func isSwap(a, b string) bool {
	return len(a) == len(b) && slips(a, b) == 1 && sameLetters(a, b)
}

func sameLetters(a, b string) bool {
	for i := range len(a) {
		if strings.Count(a, a[i:i+1]) != strings.Count(b, a[i:i+1]) {
			return false
		}
	}
	return true
}

// isDoubled holds for a word with one of its letters typed twice.
func isDoubled(a, b string) bool {
	for i := 1; i < len(a); i++ {
		if a[i] == a[i-1] && a[:i]+a[i+1:] == b {
			return true
		}
	}
	return false
}

// nearButOther holds for words of their own that stand one letter away from a
// word of an answer: "kerang" is sold and is no kurang.
func nearButOther(w string) bool {
	switch w {
	case "kerang", "karang", "kurung", "tunggal", "janggal", "kumis", "gamis", "pulih", "peluh", "ratu", "rakus", "racun", "hamper", "hampers", "sehati", "tindak", "sidak", "batang", "jurang", "murang", "petang",
		"makam", "dalam", "salam", "malang", "malas", "masam", "sabut", "lebah", "lewati", "dewan", "dekan", "bulu", "bulat", "bulan2", "minggir", "basok", "busuk", "bosok", "seperti", "setia", "tengah", "sampah", "sampan", "sempat", "lampai", "semua", "siapa", "subur", "sumbu",
		"sebulat", "semalaman", "seharian", "sebelah", "sebelahnya", "beras", "balas", "bebas", "bekas", "belah", "empuk", "tempat", "rapat", "juara", "rebus", "tubuh", "tuju", "setuju", "sembilu", "empati", "hampar", "kuring", "januarti", "hadiah", "hadis", "datar", "dagang", "dayang", "belom2", "bakul", "pakul", "pukul", "pupuk":
		return true
	}
	return false
}
