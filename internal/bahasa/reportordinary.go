package bahasa

// isOrdinary says whether an alias at from..to is the everyday word it looks
// like: weak when it may be, ordinary when it plainly is. Flowers, gems and the
// sun lend their names to participants and to things alike.
func (r *reportReader) isOrdinary(signs []callSign, from, to int) (weak, ordinary bool) {
	prev, next := "", ""
	if from > 0 {
		prev = r.toks[from-1].raw
	}
	if to < len(r.toks) {
		next = r.toks[to].raw
	}
	word := r.toks[to-1].raw
	if next == "-" && to+1 < len(r.toks) && r.toks[to+1].raw == word || prev == "-" && from > 1 && r.toks[from-2].raw == word {
		return true, true // "bunga-bunga"
	}
	if prev == "jual" && from > 1 && r.toks[from-2].raw == "harga" {
		prev = "harga jual" // hers
	}
	if thingAfter(squeeze(word), next) || thingAfter(squeeze(word), stem(next)) || thingBefore(prev) || !namesAhead(prev) && r.growsHere(squeeze(word), to) {
		return true, true
	}
	if (word == "bunga" || word == "kembang") && to < len(r.toks) && aliasHere(signs, next) {
		return true, true // "bunga mawar": neither of them
	}
	if (prev == "bunga" || prev == "kembang") && !isHonorific(prev) {
		return true, true
	}
	if r.words[to-1].own && squeeze(word) == "bunganya" {
		return true, true // the interest of a loan
	}
	if word == "bunga" && to < len(r.toks) && (r.toks[to].kind == tkNumber && to+1 < len(r.toks) && r.toks[to+1].is("%", "persen")) {
		return true, true
	}
	if maybeThing(prev) {
		return true, false
	}
	if isCommonWord(word) || reportSpelling(word) != "" {
		return !namesAhead(prev) && from > 0, false
	}
	return false, false
}

// growsHere holds for flowers told of as flowers: "bunga di halaman", "mawar
// sudah mekar".
func (r *reportReader) growsHere(w string, at int) bool {
	switch w {
	case "bunga", "mawar", "melati", "kenanga", "dahlia", "anggrek", "cempaka", "seroja":
	default:
		return false
	}
	if r.is(at, "di") && at+1 < len(r.toks) {
		switch stem(r.toks[at+1].raw) {
		case "halaman", "taman", "teras", "pot", "pekarangan", "kebun", "vas", "pagar":
			return true
		}
	}
	for k := at; k < at+3 && k < len(r.toks); k++ {
		switch r.toks[k].raw {
		case "mekar", "bermekaran", "berbunga", "wangi", "harum", "layu":
			return true
		}
		if !r.is(k, "sudah", "lagi", "pada", "mulai", "yang", "semua") {
			return false
		}
	}
	return false
}

func aliasHere(signs []callSign, w string) bool {
	for _, s := range signs {
		if len(s.core) == 1 && s.core[0] == w {
			return true
		}
	}
	return false
}

// thingBefore holds for words whose complement is a thing, never a person.
func thingBefore(w string) bool {
	switch w {
	case "pohon", "tanaman", "tanam", "menanam", "nanam", "teh", "aroma", "minyak", "sabun", "wangi", "rasa", "warna", "motif", "corak", "batik", "kopi", "susu", "sirup", "air",
		"cincin", "batu", "berlian", "sinar", "cahaya", "petik", "metik", "panen", "karangan", "buket", "bibit", "pot", "hotel", "rs", "merk", "merek", "cap", "es", "roti", "majelis", "masjid",
		"kampung", "desa", "kelompok", "terima", "trima", "tetap", "agar", "alam", "setangkai", "seikat", "serangkai", "tangkai", "kuntum", "pergi", "parfum", "taman", "kelopak", "matahari", "kebun", "ritual", "tabur", "nabur", "gelang", "kalung", "inti", "suku", "kena", "berikan", "dikasih", "hati", "hatinya":
		return true
	}
	return false
}

// maybeThing holds for words that a thing or a person may follow.
func maybeThing(w string) bool {
	switch w {
	case "jual", "beli", "toko", "kue", "kelas", "pasar", "sekolah", "tk", "sd", "hiasan", "bikin", "pesan", "order", "stok", "harga", "borong", "rangkai", "merangkai", "jualin", "menjual", "membeli", "dekorasi", "bahan", "hias":
		return true
	}
	return false
}

// namesAhead holds for words that a person's name follows.
func namesAhead(w string) bool {
	switch w {
	case "ke", "rumah", "rmh", "kerumah", "sama", "sm", "dengan", "dgn", "dampingi", "telepon", "telpon", "tlp", "wa", "ketemu", "ktmu", "usaha", "omzet", "omset", "kendala", "kunjungan", "visit", "kunjungi", "bareng", "tempat", "jualan", "dagangan", "si", "temui", "bertemu", "untuk", "tengok":
		return true
	}
	return isHonorific(w)
}

// thingAfter holds for pairs that name a thing: "bunga bank", "mentari pagi".
func thingAfter(w, next string) bool {
	switch w {
	case "bunga":
		switch next {
		case "bank", "pinjaman", "utang", "hutang", "kredit", "cicilan", "koperasi", "tabungan", "deposito", "pinjol", "angsuran", "anggrek", "hias", "plastik", "segar", "potong", "papan", "telang",
			"kol", "rosella", "matahari", "sedap", "persen", "tulip", "kertas", "tabur", "rampai", "desa", "kantil", "krisan", "seroja", "flanel", "artifisial", "hidup", "untuk", "modalnya", "uang":
			return true
		}
	case "mentari", "surya":
		return next == "pagi" || next == "terbit" || next == "terbenam" || next == "bersinar" || next == "sore" || next == "senja" || next == "terik" || next == "cerah"
	case "wulan":
		return next == "purnama"
	case "sari":
		switch next {
		case "kedelai", "kelapa", "roti", "tebu", "buah", "apel", "laut", "ater", "kacang", "lemon", "jeruk", "mengkudu", "rapet", "pati", "bunga", "kurma", "nanas", "asam", "kunyit", "jahe", "temulawak":
			return true
		}
	case "mawar", "melati", "kenanga", "dahlia", "anggrek", "cempaka":
		switch next {
		case "merah", "putih", "plastik", "segar", "layu", "hias", "tabur", "kuning", "mekar", "pink", "hidup", "imitasi", "flanel":
			return true
		}
	case "intan":
		return next == "berlian" || next == "permata" || next == "payung"
	case "lestari":
		return next == "alam" || next == "budaya" || next == "lingkungan"
	case "kasih":
		return next == "semangat" || next == "tahu" || next == "motivasi" || next == "sayang" || next == "modal"
	case "bintang":
		return next == "lima" || next == "lapangan" || next == "tamu"
	}
	return false
}

// isAside holds for a participant named only to say who somebody else is:
// "tetangga Mawar".
func (r *reportReader) isAside(m mention) bool {
	i := m.from - 1
	for i >= 0 && r.words[i].role == roleName && isHonorific(r.toks[i].raw) {
		i--
	}
	return r.is(i, "tetangga", "bukan", "teman", "kawan", "temen", "sepupu", "saudara", "kayak", "seperti", "dekat", "deket", "depan", "samping", "sebelah", "belakang", "titip", "titipan")
}
