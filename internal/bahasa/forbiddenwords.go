package bahasa

import "strings"

// stem cuts the endings that change nothing about what a word names.
func stem(w string) string {
	for _, suffix := range [...]string{"nya", "nyo", "ku", "mu", "lah"} {
		if len(w) > len(suffix)+2 && strings.HasSuffix(w, suffix) {
			return w[:len(w)-len(suffix)]
		}
	}
	return w
}

// findWord finds words that must not be stored, also spelled with dots or
// spaces between the letters ("P.S.K").
func findWord(toks []token, i int) (kind string, to int) {
	w, to := spelled(toks, i)
	next := ""
	if to < len(toks) {
		next = toks[to].raw
	}
	if kind := wordPair(stem(w), next); kind != "" {
		return kind, to + 1
	}
	kind = forbiddenWord(w)
	if kind == "" {
		kind = forbiddenWord(stem(w))
	}
	if kind == "safety" && harmless(toks, i) {
		return "", i
	}
	return kind, to
}

// spelled joins single letters that stand apart into one word.
func spelled(toks []token, i int) (string, int) {
	if len(toks[i].raw) != 1 || i > 0 && len(toks[i-1].raw) == 1 && toks[i-1].kind == tkWord {
		return toks[i].raw, i + 1
	}
	var b [8]byte
	n, j := 0, i
	for j < len(toks) && n < len(b) {
		if toks[j].kind == tkWord && len(toks[j].raw) == 1 {
			b[n] = toks[j].raw[0]
			n++
			j++
			continue
		}
		if toks[j].is(".", "-", "*", "_") && j+1 < len(toks) && len(toks[j+1].raw) == 1 && toks[j+1].kind == tkWord {
			j++
			continue
		}
		break
	}
	if n < 3 {
		return toks[i].raw, i + 1
	}
	return string(b[:n]), j
}

// forbiddenWord is the table of single words.
func forbiddenWord(w string) string {
	switch w {
	case "psk", "wts", "mpsk", "pelacur", "pelacuran", "melacur", "melacurkan", "dilacurkan", "lacur", "lonte", "tunasusila", "maksiat", "kemaksiatan", "germo",
		"mucikari", "muncikari", "mucikarinya", "sundal", "perek", "jablay", "jablai", "lonthe", "bispak", "prostitusi", "lokalisasi", "michat", "exspsk", "ekspsk", "ayamkampus", "pekcun":
		return "label"
	case "hiv", "aids", "odha", "arv", "sifilis", "sipilis", "syphilis", "ims", "vct", "gonore", "gonorea", "gonorrhea", "kondom", "kondum", "hepatitis", "aborsi", "klamidia", "tbc":
		return "health"
	case "ktp", "nik", "ektp", "e-ktp", "noktp", "nonik", "nokk":
		return "id_number"
	case "polisi", "polsek", "polres", "polda", "pulisi", "polresta", "polrestabes", "polwan", "kapolsek", "satpol", "razia", "dirazia", "digerebek", "gerebek", "penjara", "dipenjara":
		return "safety"
	case "pukul", "dipukul", "memukul", "mukul", "mukulin", "mukuli", "dipukuli", "dipukulin", "pukulan", "pemukulan", "gebuk", "digebuk", "digebuki", "digebukin", "gebukin",
		"tampar", "ditampar", "menampar", "nampar", "ditamparin", "ditendang", "nendang", "dicekik", "nyekik", "mencekik", "dijambak", "ditonjok", "nonjok", "dihajar", "memukuli", "digampar", "gampar", "ngegampar", "ditinju", "ninju", "dicambuk", "ditempeleng", "nempeleng", "menempeleng", "dihantam", "diculik", "nyulik", "memar", "memar2", "lebam", "lebam2", "dikasari", "disakiti", "disundut", "diseret", "dikeroyok", "ditusuk", "dibacok", "dianiaya", "aniaya", "menganiaya", "penganiayaan":
		return "safety"
	case "kdrt", "ancam", "diancam", "mengancam", "ngancam", "ngancem", "diancem", "ancaman", "diancamnyo", "mengancamnya", "teror", "diteror", "neror", "kekerasan", "disiksa", "siksa", "menyiksa", "siksaan",
		"diperkosa", "perkosa", "memperkosa", "pemerkosaan", "perkosaan", "dilecehkan", "pelecehan", "melecehkan", "dicabuli", "pencabulan", "cabul", "disekap", "disekep", "dibunuh", "bunuh", "membunuh", "ngebunuh", "bundir", "visum", "trafficking", "diperdagangkan", "dipasung", "dikurung", "dilukai":
		return "safety"
	}
	return ""
}

// wordPair is the table of pairs; the first word comes without its endings.
func wordPair(w, next string) string {
	if next == "" {
		return ""
	}
	next = stem(next)
	switch w {
	case "tuna":
		return pick(next == "susila" || next == "susilo", "label")
	case "perempuan", "wanita", "cewek", "betino":
		return pick(next == "nakal" || next == "malam" || next == "panggilan" || next == "penghibur" || next == "jalang", "label")
	case "jual":
		return pick(next == "diri", "label")
	case "open":
		return pick(next == "bo", "label")
	case "pekerja":
		return pick(next == "seks" || next == "sex", "label")
	case "ayam":
		return pick(next == "kampus", "label")
	case "penyakit", "infeksi":
		return pick(next == "kelamin" || next == "menular", "health")
	case "raja":
		return pick(next == "singa", "health")
	case "kencing":
		return pick(next == "nanah", "health")
	case "positif":
		return pick(next == "hiv", "health")
	case "nomor", "no", "kartu":
		return pick(next == "kk" || next == "nik" || next == "ktp" || next == "keluarga", "id_number")
	case "takut":
		return pick(next == "pulang" || next == "dipukul" || next == "dibunuh" || isPartner(next), "safety")
	case "main", "maen":
		return pick(next == "tangan", "safety")
	case "kupu", "kupu2", "kupukupu":
		return pick(next == "malam", "label")
	case "disiram", "disirem":
		return pick(next == "air" || next == "minyak" || next == "bensin", "safety")
	case "babak":
		return pick(next == "belur", "safety")
	}
	return ""
}

// isPartner holds for those at whose hands a participant may suffer.
func isPartner(w string) bool {
	switch w {
	case "suami", "laki", "lakinyo", "lakinye", "pacar", "mantan", "misua":
		return true
	}
	return false
}

// findHarm finds harm told in several words around a partner: "suaminya
// ngamuk", "takut sama suaminya", "diusir lakinyo". Coarse sugar and a stall
// that had to move are none.
func findHarm(toks []token, i int) int {
	at := func(k int) string {
		if k < len(toks) && toks[k].kind == tkWord {
			return stem(toks[k].raw)
		}
		return ""
	}
	switch {
	case isPartner(at(i)) || isPartner(toks[i].raw):
		for k := i + 1; k < i+6 && at(k) != ""; k++ {
			switch at(k) {
			case "ngamuk", "mengamuk", "kasar", "kejam", "bringas", "membanting", "banting", "ngebanting":
				if at(k+1) == "tulang" || at(k+1) == "harga" || at(k+1) == "setir" {
					return i // he works hard, or sells cheap
				}
				return k + 1
			case "bawa", "ngacungin", "megang", "mengacungkan":
				if k+1 < len(toks) && toks[k+1].is("pisau", "parang", "golok", "celurit", "clurit", "senjata", "linggis") {
					return k + 2
				}
				return i
			case "sering", "suka", "selalu", "agak", "jadi", "jd", "lagi", "masih", "sangat", "nian", "mabuk", "terus", "pulang", "mabok", "marah", "mulai", "tadi", "kemarin", "semalam", "sudah", "itu", "emang", "memang", "tu", "orang":
			default:
				if k > i+1 { // one word between may be her name
					return i
				}
			}
		}
	case toks[i].is("takut", "ketakutan"):
		if toks[min(i+1, len(toks)-1)].is("sama", "dengan", "ke") && isPartner(at(i+2)) {
			return i + 3
		}
	case toks[i].is("diusir", "dipaksa", "dikejar", "dibuntuti", "dilempar", "dilempari", "didorong", "dibanting"):
		for k := i + 1; k < i+3; k++ {
			if isPartner(at(k)) {
				return k + 1
			}
		}
	}
	return i
}

func pick(ok bool, kind string) string {
	if ok {
		return kind
	}
	return ""
}

// harmless holds where a hard word has its peaceful meaning: "pukul 09.00",
// "pukul rata", "polisi tidur".
func harmless(toks []token, i int) bool {
	if i+1 >= len(toks) {
		return false
	}
	next := toks[i+1]
	switch toks[i].raw {
	case "pukul":
		if next.is(".", ":") && i+2 < len(toks) {
			next = toks[i+2]
		}
		w := numberWord(next.text)
		return next.kind == tkNumber || w.kind != nkNone || next.is("rata", "berapa", "brp", "sekian", "siang", "pagi", "sore", "malam")
	case "polisi":
		return next.is("tidur")
	case "dipukul":
		return next.is("rata")
	case "pukulan":
		return next.is("rata")
	}
	return false
}

// findLink finds e-mail providers written out and links to a place on a map.
func findLink(toks []token, i int) (kind string, to int) {
	at := func(k int, words ...string) bool { return k < len(toks) && toks[k].is(words...) }
	switch toks[i].raw {
	case "gmail", "yahoo", "ymail", "hotmail", "outlook", "rocketmail":
		if at(i+1, ".", "dot", "titik") && at(i+2, "com", "co") {
			return "email", i + 3
		}
		if at(i+1, "com") {
			return "email", i + 2
		}
	case "maps":
		if at(i+1, ".") && at(i+2, "google", "app", "apple") || at(i+1, "/") {
			return "map_url", i + 3
		}
	case "goo":
		if at(i+1, ".") && at(i+2, "gl") {
			return "map_url", i + 3
		}
	case "google":
		if at(i+1, ".") && toks[i+1].glued {
			for k := i + 2; k < i+8 && k < len(toks) && toks[k].glued; k++ {
				if toks[k].is("maps") {
					return "map_url", k + 1
				}
			}
		}
	case "waze", "openstreetmap":
		if at(i+1, ".") && at(i+2, "com", "org") {
			return "map_url", i + 3
		}
	case "geo":
		if at(i+1, ":") && i+2 < len(toks) && (toks[i+2].kind == tkNumber || toks[i+2].is("-")) {
			return "map_url", i + 3
		}
	}
	return "", i
}

// findEmail finds a mail address around an "@": a name before it, and a domain
// with a dot behind it.
func findEmail(toks []token, i int) (kind string, from, to int) {
	if i == 0 || i+3 >= len(toks) || toks[i-1].kind == tkMark || toks[i+1].kind == tkMark {
		return "", i, i
	}
	if !toks[i+2].is(".") || !toks[i+2].glued || !toks[i+3].glued || toks[i+3].kind != tkWord || len(toks[i+3].raw) < 2 {
		return "", i, i
	}
	from = i - 1
	for from > 0 && i-from < 12 && toks[from].glued && (toks[from-1].kind != tkMark || toks[from-1].is(".", "_", "-", "+")) {
		from--
	}
	return "email", from, i + 4
}
