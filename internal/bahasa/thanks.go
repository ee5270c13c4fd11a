package bahasa

// Thanks reports whether a message says thank you and nothing else.
func Thanks(text string) bool {
	toks := lex(text)
	thanked := false
	for i, t := range toks {
		switch {
		case t.is("makasih", "mksh", "maksih", "mokasih", "trims", "trimakasih", "terimakasih", "tks", "thx", "thanks", "suwun", "nuhun"):
			thanked = true
		case t.is("kasih", "ksh") && i > 0 && toks[i-1].is("terima", "trima", "trim", "tarimo", "terimo"):
			thanked = true
		case t.is("terima", "trima", "trim", "tarimo", "terimo", "banyak", "ya", "kak", "oke", "ok", "baik", "siap", "sudah", "sangat"):
		default:
			return false
		}
	}
	return thanked
}
