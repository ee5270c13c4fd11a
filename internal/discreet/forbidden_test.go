package discreet

import (
	"slices"
	"strings"
	"testing"
	"unicode/utf8"
)

// TestForbidden holds what is found and what is left alone.
func TestForbidden(t *testing.T) {
	for _, c := range []struct{ text, word string }{
		{"Jangan lupa BIMTEK besok", "bimtek"}, {"BIMTEK eks-PSK", "psk"}, {"pendampingnya datang", "pendamping"}, {"kasus-kasus", "kasus"},
		{"kasus2 baru", "kasus"}, {"Bantuan modal cair Rp2.000.000", "bantuan"}, {"Rp2.000.000", "rp"}, {"kelas kesehatan", "kesehatan"},
		{"kamu dropout", "dropout"}, {"drop-out", "drop out"}, {"penerima manfaat", "penerima manfaat"}, {"Tuna  Susila", "tuna susila"},
		{"lembaga Kharisma", "kharisma"}, {"dampingi.id", "dampingi"}, {"@dampingi_bot", "dampingi"},
		{"P.S.K", "psk"}, {"p s k", "psk"}, {"P-S-K", "psk"}, {"p*s*k", "psk"}, {"P🙂S🙂K", "psk"}, {"P5K", "psk"}, {"h1v", "hiv"}, {"k0nd0m", "kondom"}, {"moda1", "modal"}, {"m0d4lnya", "modal"},
		{"p\u200bs\u200dk", "psk"}, {"pro\u00adgram", "program"}, {"pro-gram", "program"}, {"ka\u2060sus", "kasus"}, {"ka\u3164sus", "kasus"}, {"kas\U000E0061us", "kasus"},
		{"рsк", "psk"}, {"РЅК", "psk"}, {"ΗΙV", "hiv"}, {"sёks", "seks"}, {"ріск", ""}, {"ＰＳＫ", "psk"}, {"𝐏𝐒𝐊", "psk"}, {"ⓅⓈⓀ", "psk"}, {"🅟🅢🅚", "psk"}, {"🇵🇸🇰", "psk"}, {"ᴘꜱᴋ", "psk"}, {"pšk", "psk"}, {"kásüs", "kasus"}, {"prógrám", "program"},
		{"p\u0336s\u0336k\u0336", "psk"}, {"m@ntan", "mantan"}, {"k@$us", "kasus"}, {"psssk", "psk"}, {"kasuuus", "kasus"},
		{"<b>P</b>SK", "psk"}, {"P<i></i>SK", "psk"}, {"&#80;SK", "psk"}, {"a < PSK > b", "psk"}, {"<psk>", "psk"}, {"5 < 6, psk", "psk"},
		{"your case", "case"}, {"Sex Workers", "sex"}, {"grant money", "grant"},

		{"", ""}, {"Halo Kak, besok ada kelas jam 09.00 di tempat biasa ya.", ""}, {"ekspor", ""}, {"programmer", ""}, {"Rapat", ""}, {"teks", ""}, {"sekskul", ""}, {"Di rumah Ibu", ""},
		{"modern", ""}, {"12 34 5", ""}, {"jam 09.00", ""}, {"<b>besok</b> & <i>lusa</i>", ""}, {"\xff\xfe<", ""}, {"pesanan 50 kotak", ""}, {"🇮🇩", ""},
	} {
		word, bad := Forbidden(c.text)
		if word != c.word || bad != (c.word != "") {
			t.Errorf("%q (%+q): %q, want %q", c.text, c.text, word, c.word)
		}
	}
}

// TestUnsayable leaves what may be spoken of after a tap.
func TestUnsayable(t *testing.T) {
	for text, want := range map[string]string{
		"Yang bisa melihat: Kakak, pendamping, sekretaris.": "", "ingin menambah modal": "", "obat sudah dibeli": "",
		"program baru": "program", "eks": "eks", "k a s u s": "kasus", "Kharisma": "kharisma", "klien": "klien",
	} {
		if word, bad := Unsayable(text); word != want || bad != (want != "") {
			t.Errorf("%q: %q, want %q", text, word, want)
		}
	}
}

// TestTheListsFindThemselves fails for a word that could never be found: with a capital, an
// accent, or a mark in it.
func TestTheListsFindThemselves(t *testing.T) {
	all := slices.Concat(NeverSaid(), unsayable(), exposing())
	for i, w := range all {
		if !slices.Contains(readings(w), " "+w+" ") {
			t.Errorf("%q is never found", w)
		}
		if slices.Contains(all[:i], w) {
			t.Errorf("%q is there twice", w)
		}
		ending := "nya"
		if len(w) < 3 {
			ending = "2" // so short a word has no other
		}
		for _, hidden := range []string{strings.ToUpper(w), w + ending, strings.Join(strings.Split(w, ""), "\u200b"), "<b>" + w[:1] + "</b>" + w[1:]} {
			if _, bad := Forbidden("Kak, " + hidden + "!"); !bad {
				t.Errorf("%q hides", hidden)
			}
		}
	}
}

// FuzzForbidden checks that no text makes it panic, and that a word among others is found.
func FuzzForbidden(f *testing.F) {
	for _, s := range []string{"", "P.S.K", "<", "<b", "&", "&#", "\xff", "ⓅⓈⓀ", "aaaa", "Halo Kak, besok ada kelas", "5K1"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		word, bad := Forbidden(text)
		if bad != (word != "") || !utf8.ValidString(word) {
			t.Fatalf("%q, %v", word, bad)
		}
		if inside, unsayable := Unsayable(text); unsayable && !bad {
			t.Fatalf("%q may stand on a lock screen and not behind it", inside)
		}
		if _, bad := Forbidden(text + "\nbimtek\n"); !bad && !strings.Contains(text, "<") {
			t.Fatalf("%q hides a word", text)
		}
	})
}
