package bahasa

// Greets reports whether a message says hello and nothing else.
func Greets(text string) bool {
	toks := lex(text)
	greeted := false
	for i, t := range toks {
		switch {
		case t.is("halo", "hallo", "hello", "helo", "hai", "hi", "hay", "hei", "hey", "permisi", "punten", "assalamualaikum", "assalamu'alaikum", "assalammualaikum", "asslm", "asalamualaikum", "askum", "salam", "shalom", "tes", "test", "p"):
			greeted = true
		case t.is("alaikum", "'alaikum") && i > 0 && toks[i-1].is("assalamu", "assalamuallaikum", "asalamu"):
			greeted = true
		case t.is("pagi", "siang", "sore", "malam", "petang") && (i == 0 || toks[i-1].is("selamat", "met", "slmt", "halo", "hai")):
			greeted = true
		case t.is("selamat", "met", "slmt", "assalamu", "asalamu", "kak", "mbak", "bot", "ya", "semua", "dulur"):
		default:
			return false
		}
	}
	return greeted
}
