package bahasa

// findAddress finds where somebody lives; it returns the token behind it, or i.
// Streets are told from the ways "jalan" is used in the trade by what follows:
// "jln 4 hr", "jalan terus" and "jalan kaki" go on, "Jl. Anggrek" stays.
func findAddress(text string, toks []token, i int) int {
	t := toks[i]
	next := i + 1
	dotted := next < len(toks) && toks[next].is(".") && toks[next].glued
	if dotted {
		next++
	}
	if next >= len(toks) {
		return i
	}
	n := toks[next]
	switch t.raw {
	case "jl":
		if n.kind == tkWord && !movesOn(n) {
			return addressEnd(toks, next)
		}
		return numbered(toks, next, i)
	case "jln":
		if n.kind == tkWord && !movesOn(n) && (dotted || isCapital(text, n) || livesAt(toks, i) || heroOfStreets(n)) {
			return addressEnd(toks, next)
		}
		return numbered(toks, next, i)
	case "jalan", "jalannya", "jlan":
		if n.kind == tkWord && !movesOn(n) && i > 0 && (isCapital(text, n) && toks[i-1].is("di", "ke", "dari", "alamat", "alamatnya", "rumahnya", "tinggal") || livesAt(toks, i) || heroOfStreets(n)) {
			return addressEnd(toks, next)
		}
		return numbered(toks, next, i)
	case "lrg", "lr", "lorong", "gg", "gang", "lrng":
		if n.kind == tkWord && !movesOn(n) && (t.raw != "gang" && t.raw != "lr" || dotted || isCapital(text, n) || livesAt(toks, i)) {
			return addressEnd(toks, next)
		}
		if n.kind == tkNumber && len(n.text) <= 3 && !countsThings(toks, next+1) {
			return next + 1
		}
		return numbered(toks, next, i)
	}
	return findHouse(text, toks, i, next)
}

// livesAt holds for a street behind a word of living there, where it needs no
// capital: "pindah ke jalan kenari", "rumahnya di jln rambutan".
func livesAt(toks []token, i int) bool {
	k := i - 1
	for k >= 0 && k > i-3 && (toks[k].is("di", "ke", "deket", "dekat", "sekitar", "daerah") || toks[k].raw == "dkt") {
		k--
	}
	if k < 0 {
		return false
	}
	switch toks[k].raw {
	case "tinggal", "tinggalnya", "pindah", "pindahan", "alamat", "alamatnya", "almt", "domisili", "ngontrak", "kontrakan", "kontrakannya", "ngekos", "ngekost", "kos", "kost", "kosnya", "rumahnya", "rmhnya", "rumahnyo", "menetap", "nginap", "menginap":
		return true
	}
	return false
}

// heroOfStreets holds for titles and heroes that streets are named after, and
// that no way of going on begins with.
func heroOfStreets(t token) bool {
	switch t.raw {
	case "sudirman", "soedirman", "merdeka", "veteran", "diponegoro", "kartini", "ahmad", "sukarno", "soekarno", "hatta", "kapten", "kolonel", "letnan", "letkol", "mayor", "jend", "jenderal", "jendral", "brigjen",
		"demang", "pangeran", "sultan", "ratu", "ki", "kh", "basuki", "gajahmada", "imam", "supratman", "pattimura", "gatot", "parameswara", "rajawali", "radial":
		return true
	}
	return false
}

// findHouse finds numbers of houses, blocks and neighbourhoods, and what
// follows the word for address.
func findHouse(text string, toks []token, i, next int) int {
	n := toks[next]
	switch toks[i].raw {
	case "rt", "rw":
		if n.is(":", "/") && next+1 < len(toks) {
			next++
			n = toks[next]
		}
		if n.kind == tkNumber && len(n.text) <= 3 && !countsThings(toks, next+1) {
			return next + 1
		}
		if n.is("rw") && next+1 < len(toks) && toks[next+1].kind == tkNumber {
			return next + 2
		}
	case "blok", "blk":
		if (len(n.raw) == 1 || n.kind == tkNumber) && n.kind != tkMark && next+1 < len(toks) {
			k := next + 1
			if toks[k].is(".", "-", "/") && k+1 < len(toks) {
				k++
			}
			if toks[k].is("no", "nomor", "lantai", "lt") || toks[k].kind == tkNumber {
				return k + 1
			}
			for b := max(0, i-4); b < i; b++ {
				if isEstate(toks[b]) {
					return next + 1
				}
			}
		}
	case "alamat", "alamatnya", "almt", "alamatnyo", "domisili":
		if n.is(":", "=") || n.is("di") && next+1 < len(toks) && (isCapital(text, toks[next+1]) || toks[next+1].is("jalan", "perumahan", "perum", "komplek", "rusun", "kampung", "kp", "kelurahan", "belakang", "samping", "depan", "dekat")) {
			return min(next+2, len(toks))
		}
		if to := addressOf(toks, next); to > next {
			return to
		}
		if n.is("baru", "lama", "rumah", "terbaru", "sekarang", "skrg", "tinggal", "lengkap") {
			for k := next + 1; k <= next+2 && k+1 < len(toks); k++ {
				if toks[k].is(":", "=", "di") && !toks[k+1].is("kantor", "lembaga", "buku", "berkas", "map", "sekretariat", "form") {
					return k + 2
				}
			}
		}
	case "rumah", "rumahnya", "rmh", "rmhnya", "rumahnyo", "kerumah", "krmh":
		for k := next; k <= next+1 && k < len(toks); k++ {
			if toks[k].is("no", "nomor", "nomer") && hasNumber(toks, k+1) {
				return k + 2
			}
			if toks[k].kind != tkWord || toks[k].is("makan") {
				break
			}
		}
	case "pos":
		if i > 0 && toks[i-1].is("kode") && n.kind == tkNumber && len(n.text) == 5 {
			return next + 1
		}
	}
	return i
}

// addressOf finds "alamat Bunga: Plaju", from the word behind "alamat".
func addressOf(toks []token, i int) int {
	if toks[i].kind == tkWord && i+2 < len(toks) && toks[i+1].is(":") && !toks[i+2].is("kantor", "lembaga", "sudah", "belum") {
		return i + 3
	}
	if toks[i].is("rumah") && i+1 < len(toks) && toks[i+1].is(":", "di") {
		return i + 2
	}
	return i
}

// isEstate holds for housing that is counted in blocks.
func isEstate(t token) bool {
	return t.is("perumahan", "perum", "komplek", "kompleks", "rusun", "rusunawa", "cluster", "griya", "asrama", "flat", "villa", "regency", "residence")
}

func hasNumber(toks []token, i int) bool {
	if i < len(toks) && toks[i].is(".", ":") {
		i++
	}
	return i < len(toks) && toks[i].kind == tkNumber
}

// numbered finds "no 12" within the four words after a street; it returns the
// token behind the number, or none.
func numbered(toks []token, from, none int) int {
	for k := from; k < from+4 && k+1 < len(toks); k++ {
		if toks[k].is(",", ";") || toks[k].kind == tkNumber {
			return none
		}
		if toks[k].is("no", "nomor", "nomer") && hasNumber(toks, k+1) && k > from {
			if toks[k+1].kind == tkNumber {
				return k + 2
			}
			return k + 3
		}
	}
	return none
}

// addressEnd takes in the number of the house when it follows the street.
func addressEnd(toks []token, street int) int {
	if to := numbered(toks, street, 0); to > 0 {
		return to
	}
	return street + 1
}

// movesOn holds for the words after "jalan" that make it walking, going on, or
// a road without a name.
func movesOn(t token) bool {
	switch t.text {
	case "terus", "trus", "trs", "lagi", "lancar", "kaki", "sendiri", "bareng", "sama", "dengan", "pelan", "pelan2", "ke", "di", "dari", "dan", "tapi", "cuma", "saja", "aja", "sampai",
		"raya", "besar", "kecil", "baru", "sudah", "belum", "tidak", "nian", "sangat", "usaha", "usahanya", "dagang", "jualan", "jualannya", "dagangan", "keluar", "pulang", "pagi", "siang", "sore", "malam",
		"hari", "minggu", "pekan", "bulan", "tahun", "sekitar", "hampir", "lebih", "kurang", "baik", "bagus", "normal", "biasa", "tetap", "lumayan", "seperti", "kayak", "sedikit", "mulai", "modal", "omzet", "omset", "stabil", "mulus",
		"setengah", "tiap", "setiap", "karena", "krn", "soalnya", "kalau", "utk", "untuk", "buat", "yang", "itu", "ini", "dulu", "kok", "bu", "kak", "pak", "ya", "keliling", "tengah", "tol", "rusak", "macet", "buntu", "sempit", "sehat", "santai", "setapak", "pintas", "tikus", "kemarin", "tadi", "besok", "cepat", "nya", "jalan", "per", "rutin", "lambat", "mundur", "mandek", "semua", "senin", "selasa", "rabu", "kamis", "jumat", "sabtu", "laba", "hasil", "hasilnya", "saya", "dia", "dio", "kami", "kita", "anak", "depan", "belakang", "samping", "mau", "bisa", "lewat", "masuk", "hujan", "banjir", "ada", "alhamdulillah", "udah", "warung", "rumah", "toko", "pasar", "jd", "jadi":
		return true
	}
	return numberWord(t.text).kind != nkNone
}

// findName finds the name of a relative: a word of kinship and a capitalised
// word that is no common one.
func findName(text string, toks []token, i int) int {
	if i+1 >= len(toks) {
		return i
	}
	switch stem(toks[i].raw) {
	case "suami", "bapak", "ibu", "anak", "istri", "bini", "laki", "pak", "bpk", "ayah", "mertua", "pacar", "mantan", "adik", "paman", "tante", "nenek", "kakek":
	case "nama", "bernama":
	default:
		return i
	}
	// "suami Mawar namanya budi": told so plainly that it needs no capital.
	for j := i + 1; j < i+4 && j+1 < len(toks) && toks[j].kind == tkWord; j++ {
		if toks[j].is("si") && isCapital(text, toks[j+1]) && !commonAfterKin(toks[j+1]) {
			return j + 2
		}
		if toks[j].is("bernama", "namanya") && toks[j+1].kind == tkWord && !commonAfterKin(toks[j+1]) && !toks[j+1].is("siapa", "siapo", "sapa", "juga", "sama", "lupa", "rahasia") {
			return j + 2
		}
	}
	if to := findNameBeside(text, toks, i); to > i {
		return to
	}
	j := i + 1
	for j < len(toks) && j < i+3 && toks[j].is("bernama", "namanya", "nama", ":", "si", "yang") {
		j++
	}
	if j >= len(toks) || !isCapital(text, toks[j]) || toks[j-1].is(".") || commonAfterKin(toks[j]) {
		return i
	}
	return j + 1
}

// findNameBeside finds a name set beside a word of kinship between marks: "anak
// yanti, Dimas, sakit", "suaminya (Anton)". Only her own name may stand between.
func findNameBeside(text string, toks []token, i int) int {
	j := i + 1
	if toks[j].kind == tkWord && !isCommonWord(toks[j].raw) && reportSpelling(toks[j].text) == "" {
		j++
	}
	if j+2 >= len(toks) || !toks[j].is(",", "(") || !toks[j+2].is(",", ")") || toks[i].is("nama", "bernama") {
		return i
	}
	name := toks[j+1]
	if !isCapital(text, name) || commonAfterKin(name) || isCommonWord(name.raw) || reportSpelling(name.text) != "" || name.is("alhamdulillah", "insyaallah") {
		return i
	}
	return j + 2
}

// commonAfterKin holds for words that are often capitalised after a word of
// kinship and name nobody.
func commonAfterKin(t token) bool {
	switch t.text {
	case "ibu", "bapak", "pak", "bu", "kak", "kakak", "mbak", "mas", "anak", "suami", "istri", "adik", "ketua", "sekretaris", "bendahara", "dinas", "lurah", "camat", "rt", "rw", "guru", "kos", "kost", "sekolah",
		"sd", "smp", "sma", "smk", "tk", "paud", "asuh", "kecil", "buah", "tiri", "kandung", "rumah", "hamil", "pkk", "posyandu", "kader", "pendamping", "kades", "kadus", "walikota", "bupati", "gubernur", "menteri",
		"saya", "dia", "kami", "kita", "mereka", "angkat", "didik", "binaan", "muda", "usaha", "laba", "modal", "catat", "sudah", "belum", "tidak", "mau", "bisa", "ada", "akan", "dan", "atau", "yang", "di", "ke", "dari", "dengan",
		"pertama", "kedua", "ketiga", "bungsu", "sulung", "hari", "besok", "kemarin", "tadi", "nanti", "minta", "datang", "hadir", "warung", "toko", "kelas", "produk", "panggilan", "samaran", "alias", "lengkap", "barang", "jalan", "cek", "ayuk", "yuk", "polisi", "presiden", "haji", "ustad", "ustadz", "ustadzah", "dokter", "bidan", "perawat", "camatnya":
		return true
	}
	return isWeekday(t.text) || monthWord(t.text) != 0
}
