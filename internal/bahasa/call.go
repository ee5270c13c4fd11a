package bahasa

// callWordsMost is how many words the wish to be called may have: more of them tell something else.
const callWordsMost = 8

// AsksCall reports whether a message asks to be called and says nothing else: "minta dihubungi",
// "tolong telepon aku ya kak", "call me". A "jangan" makes it something else, and so does a word
// about anybody or anything.
func AsksCall(text string) bool {
	if len(text) > 256 {
		return false
	}
	toks := lex(text)
	if len(toks) > callWordsMost {
		return false
	}
	var calls, wished bool
	for _, t := range toks {
		switch {
		case t.is("dihubungi", "dihubungin", "ditelepon", "ditelpon", "ditelp", "ditlp", "dikontak", "hubungi", "hubungin", "menghubungi",
			"telepon", "telpon", "telp", "tlp", "tlpn", "telfon", "telepun", "nelpon", "nelepon", "kontak", "call"):
			calls = true
		case t.is("minta", "minto", "mintak", "tolong", "tlg", "tolongin", "mau", "ingin", "pengen", "pingin", "nak", "please", "pls"),
			t.is("saya", "sayo", "sy", "aku", "ak", "aq", "me"):
			wished = true
		case t.is("bisa", "boleh", "biso", "pacak", "dapat", "dulu", "segera", "sekarang", "nanti", "balik", "back", "can", "you", "to", "be", "halo", "hai", "hi", "maaf"),
			t.kind == tkMark, isAddress(t.text):
		default:
			return false
		}
	}
	return calls && wished
}
