package discreet

import (
	"html"
	"slices"
	"strings"
	"unicode"

	"github.com/dampingi/dampingi/internal/bahasa"
)

// NeverSaid are the words that no text of the house has, in any language and to anybody: they name
// what the house keeps secret, or what she once was (tone.md 5.1). In small letters.
func NeverSaid() []string {
	return []string{
		"psk", "wts", "mpsk", "pelacur", "pelacuran", "tuna susila", "tunasusila", "lonte", "maksiat",
		"nakal", "mantan", "eks", "rehabilitasi", "penyandang", "hiv", "aids", "ims", "kondom",
		"prostitusi", "lokalisasi", "pekerja seks", "seks",
		"prostitute", "prostitutes", "prostitution", "sex", "sex worker", "sex workers", "condom",
		"condoms", "rehabilitation", "whore",
	}
}

// unsayable are the words besides that nothing sent to a participant has: they name the house, or
// make a case of her.
func unsayable() []string {
	return []string{
		"kharisma", "dampingi", "lembaga", "yayasan", "dinsos", "dinas sosial", "program", "bimtek",
		"temu wicara", "kasus", "dropout", "drop out", "klien", "binaan", "penerima manfaat", "korban",
		"germo", "mucikari", "muncikari", "wanita malam", "perempuan malam", "odha", "arv", "vct",
		"sifilis", "kelamin", "pemulihan", "terminasi", "penjangkauan",
		"programme", "programmes", "programs", "case", "cases", "client", "clients", "beneficiary",
		"beneficiaries", "foundation", "institution", "organisation", "organization", "outreach",
		"former", "victim", "victims", "prostituted", "brothel", "syphilis",
	}
}

// exposing are the words besides that must not stand on a lock screen: who comes to her, money,
// health, trouble, feelings (safety.md 3.5 rule 2).
func exposing() []string {
	return []string{
		"pendamping", "pendampingan", "dampingan", "didampingi", "sekretaris", "bendahara", "ketua",
		"petugas", "relawan", "konselor", "konseling", "psikolog", "sosial", "asesmen", "penyuluhan",
		"bantuan", "bansos", "hibah", "modal", "bermodal", "permodalan", "uang", "dana", "rupiah", "rp",
		"juta", "cair", "pencairan", "tabungan", "utang", "hutang", "pinjaman",
		"kesehatan", "sehat", "sakit", "penyakit", "obat", "klinik", "puskesmas", "dokter", "bidan",
		"skrining", "hamil", "kontrasepsi", "hepatitis", "tbc", "trauma",
		"kekerasan", "kdrt", "polisi", "razia", "darurat", "suami", "pacar", "perasaan",
		"companion", "companions", "mentor", "counsellor", "counselor", "counselling", "counseling",
		"social", "aid", "grant", "capital", "money", "savings", "loan", "debt", "cash",
		"health", "healthy", "sick", "disease", "illness", "medicine", "clinic", "doctor", "midwife",
		"screening", "pregnant", "violence", "police", "emergency", "husband", "boyfriend", "feelings",
	}
}

// Forbidden finds the first word that must not stand on a participant's lock screen; word is as it
// stands in the lists. Text may be plain or Telegram HTML. Whole words are looked for, with their
// endings ("programnya"), and through what hides them: other scripts, signs without a width,
// figures for letters, letters that stand apart.
func Forbidden(text string) (word string, bad bool) {
	return find(text, NeverSaid(), unsayable(), exposing())
}

// Unsayable is Forbidden for what she sees after a tap: there a helper, money and health may be
// spoken of, and still nothing that names the house or what she was.
func Unsayable(text string) (word string, bad bool) { return find(text, NeverSaid(), unsayable()) }

// find looks for the words of lists in every reading of a text.
func find(text string, lists ...[]string) (string, bool) {
	for _, r := range readings(text) {
		for _, list := range lists {
			for _, word := range list {
				if strings.Contains(r, " "+word+" ") {
					return word, true
				}
			}
		}
	}
	return "", false
}

// readings are the ways in which a text may be understood, each in small Latin letters with one
// space around every word.
func readings(text string) []string {
	seen := []string{text}
	if strings.ContainsAny(text, "<&") {
		seen = append(seen, html.UnescapeString(withoutTags(text)))
	}
	for i, s := range seen {
		seen[i] = latin(s)
		if strings.ContainsAny(seen[i], "@$") {
			seen = append(seen, strings.NewReplacer("@", "a", "$", "s").Replace(seen[i]))
		}
	}
	var out []string
	for _, s := range seen {
		apart := strings.FieldsFunc(s, func(r rune) bool { return !unicode.IsLetter(r) && !unicode.IsDigit(r) })
		glued := strings.Fields(s) // "pro-gram"
		for i, w := range glued {
			glued[i] = strings.Map(letterOrDigit, w)
		}
		for _, words := range [][]string{apart, glued, joined(apart)} {
			out = append(out, spaced(words, nil), spaced(words, counted), spaced(words, typedFor))
		}
	}
	slices.Sort(out)
	return slices.Compact(out)
}

// spaced is words in a row, each changed by a function and without its ending; without a function
// they stay as they are.
func spaced(words []string, change func(string) string) string {
	var b strings.Builder
	b.WriteByte(' ')
	for _, w := range words {
		if change != nil {
			w = stem(change(w))
		}
		b.WriteString(w)
		b.WriteByte(' ')
	}
	return b.String()
}

// joined writes letters that stand apart as one word: "p s k".
func joined(words []string) []string {
	var out []string
	for i := 0; i < len(words); {
		j := i
		for j < len(words) && len(words[j]) == 1 {
			j++
		}
		if j == i {
			j++
		}
		out = append(out, strings.Join(words[i:j], ""))
		i = j
	}
	return out
}

// stem cuts the endings that change nothing about what a word names.
func stem(w string) string {
	for _, end := range [...]string{"nya", "nyo", "ku", "mu", "lah", "kah", "pun"} {
		if cut, ok := strings.CutSuffix(w, end); ok && len(cut) > 2 {
			return cut
		}
	}
	return w
}

// counted is a word without the figures at its end ("kasus2"), with the others as letters.
func counted(w string) string {
	if cut := strings.TrimRight(w, "0123456789"); len(cut) > 1 {
		w = cut
	}
	return asLetters(w, 'i')
}

// typedFor is a word with all its figures as letters ("moda1").
func typedFor(w string) string { return asLetters(w, 'l') }

// asLetters reads the figures in a word as the letters they look like, a 1 as the one given.
// Numbers stay numbers.
func asLetters(w string, one rune) string {
	if strings.IndexFunc(w, unicode.IsLetter) < 0 {
		return w
	}
	return strings.Map(func(r rune) rune {
		switch r {
		case '0':
			return 'o'
		case '1':
			return one
		case '3':
			return 'e'
		case '4':
			return 'a'
		case '5':
			return 's'
		case '7':
			return 't'
		}
		return r
	}, w)
}

// latin is a text in small letters without accents, with the look-alikes of other scripts in Latin
// and letters that repeat three times and more written once.
func latin(text string) string {
	s := strings.Map(unmask, bahasa.Fold(strings.Map(unmask, text)))
	rs := []rune(s)
	out := rs[:0:0]
	for i := 0; i < len(rs); {
		j := i
		for j < len(rs) && rs[j] == rs[i] {
			j++
		}
		if j-i >= 3 && unicode.IsLetter(rs[i]) {
			i = j - 1
		}
		out = append(out, rs[i:j]...)
		i = j
	}
	return string(out)
}

// letterOrDigit leaves out everything else.
func letterOrDigit(r rune) rune {
	if unicode.IsLetter(r) || unicode.IsDigit(r) {
		return r
	}
	return -1
}

// withoutTags is a text without its markup.
func withoutTags(s string) string {
	var b strings.Builder
	for {
		before, tag, ok := strings.Cut(s, "<")
		b.WriteString(before)
		if !ok {
			return b.String()
		}
		_, after, closed := strings.Cut(tag, ">")
		if !closed {
			b.WriteString(tag)
			return b.String()
		}
		s = after
	}
}
