package bahasa

// unwell holds for a participant who is not fit; of her family it is asked,
// and of anybody else it is nothing.
func (r *reportReader) unwell(i int) string {
	switch r.at(i) {
	case "badan", "fit":
		if r.has(r.behind(i, 2), r.ahead(i, 1), "saya") {
			return "" // the companion's own
		}
		if r.turned(i, 2) || r.is(i-1, "enak", "lemak") && (r.is(i-2, "tidak", "kurang")) || r.is(i-1, "kurang") || r.is(i, "badan") && r.is(i+1, "tidak", "kurang") && r.is(i+2, "enak", "fit", "sehat", "lemak") {
			return "kesehatan"
		}
		return ""
	case "sehat":
		if r.turned(i, 1) || r.is(i-1, "kurang") {
			return r.ofWhom(i)
		}
		return ""
	case "masuk":
		if r.is(i+1, "angin", "rs", "rsud", "puskesmas") || r.is(i+1, "rumah") && r.is(i+2, "sakit") {
			return r.ofWhom(i)
		}
		return ""
	case "dirawat":
		if r.is(i+1, "di", "inap") || r.is(i+1, "rs", "puskesmas") {
			return r.ofWhom(i)
		}
		return ""
	case "tensi":
		if r.has(i+1, r.ahead(i, 2), "naik", "tinggi", "turun", "drop", "rendah") {
			return r.ofWhom(i)
		}
		return ""
	}
	if r.toks[i].raw == "pusing" && r.onlyWorries(i) {
		return ""
	}
	if r.is(i-1, "rumah", "orang", "obat", "rm", "tidak") || r.turned(i, 2) || r.is(i+1, "hati") || r.is(i-1, "sudah", "sembuh", "dari") && !r.is(i-1, "sudah") {
		return ""
	}
	return r.ofWhom(i)
}

// onlyWorries holds for "pusing" over money: "telur naik, Mawar pusing".
func (r *reportReader) onlyWorries(i int) bool {
	if r.has(i, i+2, "kepala") || r.has(max(i-1, 0), i, "kepala", "lagi") || r.is(i+1, "dan", "mual", "sakit") {
		return false
	}
	return r.has(0, len(r.words), "harga", "naik", "mahal", "modal", "utang", "mikir", "mikirin", "uang", "duit", "setoran", "kendala")
}

// ofWhom tells her own illness from that of others.
func (r *reportReader) ofWhom(i int) string {
	for k := i - 1; k >= r.behind(i, 4); k-- {
		switch {
		case r.is(k, "anak", "suami", "kerabat", "mertua", "ibu", "bapak", "keluarga", "orangtua"):
			r.ask(keyKendala, "kesehatan", "waktu")
			return ""
		case r.is(k, "saya", "tetangga", "pembeli", "pemasok", "teman"):
			return ""
		case r.words[k].role == roleName && (r.isFamily(k-1) || r.isFamily(k-2) && r.words[k-1].role == roleName):
			continue // "anak Melati": the word of kinship comes next
		case r.is(k, "dia") || r.words[k].role == roleName:
			return "kesehatan"
		}
	}
	if r.is(i+1, "anak", "suami", "kerabat") || r.has(r.behind(i, 6), i, "jaga", "jagain", "ngurus", "urus", "rawat", "ngerawat", "nunggu") {
		r.ask(keyKendala, "kesehatan", "waktu")
		return ""
	}
	return "kesehatan"
}

func inSpiteOf(w string) bool {
	switch w {
	case "walau", "walaupun", "meski", "meskipun", "meskipn", "walopun", "walo", "biarpun", "biar":
		return true
	}
	return false
}

// badWeather holds for rain on her trade, and for empty streets. Rain on the
// way there, and a quiet house, are none.
func (r *reportReader) badWeather(i int) string {
	if r.turned(i, 2) {
		return ""
	}
	s := r.seg(i)
	if i > 0 && inSpiteOf(r.toks[i-1].raw) {
		return "" // "tetap jalan walau hujan"
	}
	if r.noMeet && r.is(i, "hujan") && !r.has(0, len(r.words), "jualan", "dagangan", "dagang", "usaha", "libur") {
		return "" // nobody told of her trade
	}
	switch r.at(i) {
	case "sepi":
		if r.is(s.from, "jalan", "jalanan", "perjalanan") && r.has(s.from, i, "ke", "kerumah") {
			return "" // the way to her house
		}
		if r.is(i-1, "rumah", "jalan", "jalanan", "kampung", "kantor") || r.is(i+1, "rumah", "jalan", "orderan") && !r.is(i+1, "orderan") {
			return ""
		}
		return "cuaca"
	case "cuaca":
		if r.is(i+1, "cerah", "bagus", "mendukung", "aman", "baik", "enak", "mulai", "panas") {
			return ""
		}
		if r.is(i+1, "dukung") {
			return ""
		}
		return "cuaca"
	}
	if r.toks[i].raw == "kebanjiran" {
		if r.has(i, r.ahead(i, 2), "pesanan", "order", "orderan", "pembeli", "rezeki") || r.has(r.behind(i, 3), i, "saya", "jalan", "tempat", "warung") {
			return ""
		}
		return "cuaca"
	}
	if visit := r.firstVisit(); visit >= s.to && !r.has(s.from, s.to, "jualan", "dagangan", "sepi", "pembeli", "dagang", "laku", "libur") {
		return "" // the weather of the way there
	}
	for k := s.from; k < s.to; k++ {
		if r.is(k, "motor", "jalan", "perjalanan", "berangkat", "ojek", "basah", "neduh", "berteduh", "saya", "rumah", "kerumah", "homevisit", "kunjung", "mampir", "tengok", "pulang", "nerobos", "jas", "mantel", "datangi", "tadi", "pas") && !(r.is(k, "jalan", "pas") && r.has(s.from, s.to, "jualan", "dagang")) && !(r.is(k, "tadi") && r.has(s.from, s.to, "jualan", "sepi", "dagangan")) {
			if !r.has(s.from, s.to, "jualan", "dagangan", "sepi", "pembeli", "dagang") || r.is(k, "saya", "motor", "perjalanan") {
				return ""
			}
		}
	}
	if r.toks[i].raw == "kehujanan" && !r.has(s.from, s.to, "dagangan", "barang", "jualan", "warung", "tempat") {
		return ""
	}
	return "cuaca"
}

// accounts holds for money that is not written down or is mixed up.
func (r *reportReader) accounts(i int) string {
	switch r.at(i) {
	case "catat":
		if r.turned(i, 2) && !r.is(i-1, "usah") || r.is(i-1, "males", "malas", "lupa", "jarang", "bingung", "susah") || r.has(r.behind(i, 2), i, "lupa", "malas", "males", "bingung", "susah") {
			return "catat_uang"
		}
	case "catatan":
		if r.has(i+1, r.ahead(i, 4), "berantakan", "belum", "kacau", "tidak", "bolong", "bolong2", "katek", "amburadul", "hilang") && !r.has(i+1, r.ahead(i, 4), "masuk", "kendala", "masalah") || r.turned(i, 3) {
			return "catat_uang"
		}
	default:
		if r.has(r.seg(i).from, i, "uang", "duit", "keuangan", "untung") && !r.turned(i, 1) {
			return "catat_uang"
		}
	}
	return ""
}
