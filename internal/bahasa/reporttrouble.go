package bahasa

// lackOfModal holds for capital that is short, gone or missing. What is needed
// for later is no obstacle yet, and "modal habis 200rb" was spent.
func (r *reportReader) lackOfModal(i int) string {
	if code := r.without(i); code != "" {
		return code
	}
	if r.turned(i, 1) && !r.is(i-1, "katek") {
		return ""
	}
	if r.is(i-1, "habis") && !r.sumAt(i+1) && r.endsStretch(i) {
		return "modal"
	}
	if r.is(i-1, "kurang", "kekurangan", "kehabisan", "minim", "terbatas", "kendala", "keterbatasan") && !r.turned(i-1, 2) {
		if r.is(i-1, "kurang") && r.is(i-2, "sudah", "semakin") && r.is(i-2, "semakin") {
			return ""
		}
		return "modal"
	}
	if r.is(i-1, "susah", "katek") || r.is(i-2, "susah") && r.is(i-1, "cari", "dapat") {
		return "modal"
	}
	k := i + 1
	for k < len(r.words) && r.words[k].role == roleName || r.is(k, "juga", "lagi", "dia", "usaha", "masih", "sudah", "mulai", "semua", "memang", "sangat", "agak", "jualan", "belanja", "buat", "jadi") {
		k++
	}
	switch {
	case r.is(k, "pas") && r.is(k+1, "-"): // "pas-pasan"
		return "modal"
	case r.is(k, "kurang") && !r.is(k+1, "lebih", "dari"), r.is(k, "habis") && !r.sumAt(k+1) && (!r.is(k+1, "untuk", "beli") || r.spentAtHome(k+1)):
		return "modal"
	case r.is(k, "terbatas", "tipis", "minim", "seret", "menipis", "mepet", "pas2an", "pas", "macet", "kepake", "terpakai", "kendala", "susah", "kosong", "katek", "ludes") && !r.sumAt(k+1):
		if r.is(k, "pas") && r.toks[k].raw != "pas" || !r.is(k, "pas") {
			return "modal"
		}
	case r.is(k, "tinggal", "sisa") && r.is(k+1, "sedikit"):
		return "modal"
	case r.is(k, "tidak", "belum") && (r.is(k+1, "cukup", "ada", "katek", "punya") || r.is(k+1, "mencukupi")) && !r.is(k+2, "kendala"):
		return "modal"
	}
	return ""
}

// spentAtHome holds where capital went to something else than goods: "modal
// habis buat bayar sekolah anak".
func (r *reportReader) spentAtHome(i int) bool {
	return r.has(i, r.ahead(i, 3), "bayar", "berobat", "obat", "sekolah", "skolah", "anak", "makan", "suami", "dapur", "listrik", "kontrakan", "hajatan", "utang", "sakit", "kerabat", "harian") && !r.has(i, r.ahead(i, 3), "bahan", "dagangan", "barang", "stok")
}

// sumAt holds where an amount begins at i or right behind a small word.
func (r *reportReader) sumAt(i int) bool {
	for k := i; k < i+2 && k < len(r.words); k++ {
		if r.words[k].role == roleMoney {
			return true
		}
		if !r.is(k, "cuma", "sekitar", "rp", "sampai", "sudah") {
			break
		}
	}
	return false
}

// without holds for "tidak ada modal", "belum punya modal".
func (r *reportReader) without(i int) string {
	if r.is(i-1, "ada", "punya", "katek") && r.is(i-2, "tidak", "belum") {
		return "modal"
	}
	return ""
}

// slowSale holds for goods that do not sell.
func (r *reportReader) slowSale(i int) string {
	if r.is(i-1, "kurang") && !r.turned(i-1, 1) || r.is(i-1, "susah", "jarang", "lambat", "terlambat", "lama") || r.is(i-1, "begitu", "terlalu") && r.is(i-2, "tidak") {
		return "kurang_laku"
	}
	if r.turned(i, 2) && !r.sumAt(i+1) && !r.has(r.behind(i, 2), i, "bukan") {
		return "kurang_laku"
	}
	return ""
}

// farFromSupplier holds for a wholesaler who is hard to reach or to find.
func (r *reportReader) farFromSupplier(i int) string {
	s := r.seg(i)
	for k := r.behind(i, 5); k < i; k++ {
		if r.is(k, "susah") || r.is(k, "tidak", "belum", "katek") && r.has(k, i, "kenal", "punya", "dapat", "ketemu", "ada", "berani", "bisa", "akrab", "nemu", "cocok", "ke", "katek", "tahu", "percaya") || r.is(k, "kendala", "ditolak", "berantem", "putus") && !r.turned(k, 3) {
			return "relasi_pemasok"
		}
	}
	for k := i + 1; k < s.to && k < i+5; k++ {
		if r.is(k, "susah", "kosong", "telat", "terlambat", "putus", "katek", "nakal", "ingkar", "bermasalah", "kendala", "jauh") && !r.turned(k, 2) || r.is(k, "tidak", "belum") && r.is(k+1, "ada", "mau", "percaya", "kirim", "kenal", "ngasih", "dukung", "ketemu", "dapat", "ngirim", "bisa") {
			return "relasi_pemasok"
		}
	}
	return ""
}

// isFamily holds for those whose support counts.
func (r *reportReader) isFamily(i int) bool {
	return r.is(i, "keluarga", "suami", "kerabat", "mertua", "anak", "bapak", "ibu", "orangtua")
}

// againstHer holds for a family that does not like or want her to trade.
func (r *reportReader) againstHer(i int) bool {
	if !r.turned(i, 2) || !r.has(i, r.ahead(i, 4), "jualan", "usaha", "program", "jual", "dagang", "buka", "kerja") {
		return false
	}
	k := i - 2
	for k >= 0 && r.words[k].role == roleName {
		k--
	}
	return r.isFamily(k) && (!r.is(i, "mau") || r.has(i, r.ahead(i, 4), "dia") || r.nameWithin(i+1, r.ahead(i, 3)))
}

// nameWithin holds when a participant is named in from..to.
func (r *reportReader) nameWithin(from, to int) bool {
	for k := from; k < to; k++ {
		if r.words[k].role == roleName {
			return true
		}
	}
	return false
}

// familyAgainst holds for a family that does not support or forbids.
func (r *reportReader) familyAgainst(i int) string {
	s := r.seg(i)
	family := -1
	for k := s.from; k < s.to; k++ {
		if r.isFamily(k) {
			family = k
		}
	}
	if r.is(i, "dukung") && r.toks[i].raw == "terima" && r.is(i+1, "kasih") {
		return ""
	}
	if n := r.words[i].seg; family < 0 && n > 0 && r.turned(i, 1) && i-s.from <= 2 {
		family = r.near(r.segs[n-1].from, s.from, "keluarga", "suami", "mertua", "kerabat", "orangtua") // "keluarganya ragu, belum dukung"
	}
	if n := r.words[i].seg + 1; family >= 0 && n < len(r.segs) && r.isFamily(r.segs[n].from) && r.is(r.segs[n].from+1, "belum", "tidak") && r.endsStretch(r.segs[n].from+1) {
		return "dukungan_keluarga" // "suami sudah dukung, mertua belum"
	}
	if family < 0 && (r.toks[i].raw == "keberatan" || r.toks[i].raw == "menentang") && !r.has(s.from, i, "pembeli", "tetangga", "saya") {
		family = r.near(0, i, "keluarga", "suami", "mertua", "kerabat", "orangtua", "ibu", "bapak") // "mediasi sama ibunya, masih keberatan"
	}
	if family < 0 {
		return ""
	}
	if r.is(i, "melarang") {
		if r.turned(i, 2) || r.is(i+1, "anak") {
			return ""
		}
		return "dukungan_keluarga"
	}
	if r.turned(i, 3) || r.has(i+1, r.ahead(i, 3), "kurang", "minim", "katek") && !r.turned(i+2, 1) || r.is(i-1, "kurang") && !r.turned(i-1, 1) || r.is(i-1, "setengah") {
		return "dukungan_keluarga"
	}
	return ""
}

// isGoods holds for what she buys to sell or to cook.
func (r *reportReader) isGoods(i int) bool {
	switch r.at(i) {
	case "bahan", "minyak", "iwak", "telok", "gulo", "gula", "tepung", "terigu", "telur", "telor", "cabe", "cabai", "ikan", "gandum", "sagu", "santan", "kelapa", "bawang", "daging", "ayam", "beras", "gas", "elpiji",
		"plastik", "kemasan", "sembako", "kopi", "susu", "mentega", "bumbu", "sayur", "ketan", "tenggiri", "gabus", "udang", "kain", "benang", "baku", "terasi", "kacang", "kentang", "pisang", "singkong", "cokelat", "coklat", "keju", "margarin", "cuko", "timun", "ebi", "dus", "kardus", "gandus", "belido", "sampo", "shampoo", "semir", "barang", "migor", "lpg", "pewarna", "cat", "krim", "cream", "smoothing", "masker", "lulur", "kutek", "vitamin", "hairspray":
		return true
	}
	return false
}

// dearGoods holds for goods that have become dear. Her own price is none of
// them.
func (r *reportReader) dearGoods(i int) string {
	if r.turned(i, 2) || r.is(i+1, "motor", "ojek", "angkot", "kelas", "turun") || r.is(i-1, "turun") && r.is(i, "naik") {
		return ""
	}
	s := r.seg(i)
	goods, price := false, false
	for k := max(s.from, i-5); k < min(s.to, i+4); k++ {
		if k > i && !(k == i+1 || r.is(i+1, "harga", "sangat", "semua")) {
			break
		}
		if r.is(k, "jual", "jualan") && r.is(k-1, "harga") || r.is(k, "sewa", "kontrakan", "ongkos", "ongkir") {
			return ""
		}
		goods = goods || r.isGoods(k) && k < i+3
		price = price || r.is(k, "harga") && !r.is(k+1, "diri")
	}
	if r.is(i, "tinggi") && !price {
		return ""
	}
	if goods || price || r.is(i, "mahal") && r.is(i-1, "serba") {
		return "harga_bahan"
	}
	return ""
}

// placeTrouble holds for a place to sell that is missing, lost or unfit.
func (r *reportReader) placeTrouble(i int) string {
	if r.is(i-1, "ada", "punya", "dapat") && r.is(i-2, "tidak", "belum") || r.is(i-1, "katek", "susah", "cari", "kendala") && !r.is(i-1, "cari") || r.is(i-1, "cari") && r.is(i-2, "susah") {
		return "tempat"
	}
	for k := i + 1; k < r.ahead(i, 4); k++ {
		if r.is(k, "sempit", "digusur", "tergusur", "bocor", "kebanjiran", "kejauhan", "jauh", "strategis", "terbatas", "kurang", "kecil", "diambil", "susah", "tidak", "belum", "kendala", "hujan", "digusur2") {
			switch {
			case r.is(k, "strategis") && !r.turned(k, 2) && !r.is(k-1, "kurang"), r.is(k, "sempit", "jauh", "kecil") && r.turned(k, 1):
				return ""
			case r.is(k, "tidak", "belum") && !r.has(k, r.ahead(k, 2), "ada", "strategis", "cocok", "layak", "dapat", "katek", "tetap"):
				return ""
			case r.is(k, "kurang") && !r.is(k+1, "strategis", "luas", "ramai", "cocok", "layak", "memadai", "bagus"), r.is(k, "hujan") && r.toks[k].raw == "hujan":
				return ""
			}
			return "tempat"
		}
		if !r.is(k, "jualan", "usaha", "dia", "masih", "terlalu", "sangat", "agak", "juga", "lagi", "sudah", "jual", "kena") {
			return ""
		}
	}
	return ""
}

// brokenTool holds for a tool of the trade that broke; roads, the companion's
// own vehicle and goods are none.
func (r *reportReader) brokenTool(i int) string {
	if r.turned(i, 2) {
		return ""
	}
	s := r.seg(i)
	tool := false
	for k := max(s.from, i-4); k < min(s.to, i+4); k++ {
		if r.is(k, "jalan", "motor", "mobil", "jalanan", "hp", "hpnya", "sinyal", "hubungan", "rumah", "barang", "dagangan", "saya", "cuaca", "bahan", "nama", "lampu", "listrik") && !r.is(k, "bahan", "rumah") {
			return ""
		}
		switch r.at(k) {
		case "kompor", "catok", "oven", "kulkas", "freezer", "etalase", "gerobak", "mesin", "blender", "mixer", "alat", "wajan", "kuali", "panci", "dandang", "kukusan", "showcase", "hairdryer", "hair", "dryer", "meja", "payung", "tenda", "timbangan", "penggiling", "gilingan", "termos", "steamer", "setrika", "rice", "cooker", "magicom", "kursi", "regulator", "dispenser", "pengering", "hairdrayer", "kipas", "spinner", "parutan", "cetakan", "loyang", "sealer", "presto":
			tool = true
		}
	}
	if tool || r.is(i, "rusak") && i > s.from && r.words[i-1].role == roleNone && r.toks[i-1].kind == tkWord && !r.isGoods(i-1) && !r.is(i-1, "sudah", "karena", "tapi", "jadi", "dia", "cepat", "gampang", "banyak", "pada") {
		return "alat_rusak"
	}
	return ""
}

// lackOfTime holds for time that is short.
func (r *reportReader) lackOfTime(i int) string {
	switch r.at(i) {
	case "waktu":
		if r.is(i+1, "yang") && (r.is(i+2, "kurang", "terbatas", "susah") || r.is(i+2, "tidak", "belum") && r.is(i+3, "cukup", "ada")) {
			return "waktu"
		}
		if r.is(i-1, "kurang", "keterbatasan", "bagi", "kehabisan", "katek", "ngatur") && !r.turned(i-1, 1) || r.is(i-1, "ada", "punya", "bagi") && r.is(i-2, "tidak", "belum", "susah") || r.is(i+1, "terbatas", "kurang", "mepet", "sempit", "susah", "habis") || r.is(i+1, "tidak") && r.is(i+2, "cukup", "ada") || r.is(i+1, "jualan", "usaha") && r.is(i+2, "terbatas", "kurang") {
			return "waktu"
		}
	case "sempat":
		if r.turned(i, 1) && r.has(i, r.ahead(i, 3), "jualan", "produksi", "masak", "buka", "dagang", "bikin", "usaha", "belanja") {
			return "waktu"
		}
	case "sibuk", "repot":
		if !r.turned(i, 1) && r.has(i, r.ahead(i, 3), "anak", "urus", "ngurus", "rumah", "mengurus", "kerabat", "ngurusi", "ngurusin", "momong", "keluarga") {
			return "waktu"
		}
	case "kepegang", "keurus":
		if r.turned(i, 1) && r.has(r.seg(i).from, r.seg(i).to, "jualan", "usaha", "dagangan", "warung", "produksi") {
			return "waktu"
		}
	case "jaga", "jagain", "momong", "ngasuh":
		if r.byNobody(i) && r.has(i, r.ahead(i, 2), "anak", "kerabat", "warung") {
			return "waktu"
		}
	case "keteteran", "kewalahan":
		if !r.turned(i, 1) {
			return "waktu"
		}
	}
	return ""
}

// obstacleLast reads what goods, dear or sent back, and rented shops tell.
func (r *reportReader) obstacleLast(i int) string {
	switch r.at(i) {
	case "dibalikin", "dikembalikan", "diretur", "retur", "dipulangin":
		if r.is(i+1, "pembeli") || r.is(i-1, "pembeli", "yang") && r.has(r.behind(i, 3), i, "pembeli", "barang", "dagangan") {
			return "kualitas"
		}
	case "kontrakan", "sewa":
		if r.has(i+1, r.ahead(i, 2), "warung", "tempat") && r.has(i+2, r.ahead(i, 4), "habis") {
			return "tempat"
		}
	case "langka":
		r.ask(keyKendala, "relasi_pemasok", "harga_bahan")
	case "susah":
		if r.has(i, r.ahead(i, 5), "pemasok") {
			return "" // the wholesaler is the trouble
		}
		if r.is(i+1, "cari", "dapat", "nyari", "didapat", "dicari") && r.isGoods(i+2) || r.isGoods(i-1) && r.is(i+1, "didapat", "dicari", "cari", "dapat") {
			r.ask(keyKendala, "relasi_pemasok", "harga_bahan")
		}
	case "diusir":
		if r.has(i, r.ahead(i, 3), "tempat", "warung", "pasar") {
			return "tempat"
		}
	}
	return ""
}
