package bahasa

// readObstacles reads what stands in her way. A word counts only where it is
// said of her trade and not denied; "kendala:" opens a list of bare words.
func (r *reportReader) readObstacles() {
	none, listed := r.readNone()
	r.readList(listed)
	for i := range r.words {
		if !r.real(i) {
			continue
		}
		if code := r.obstacleAt(i); code != "" && !r.solved(i) {
			r.addObstacle(code)
		}
	}
	if listed >= 0 && len(r.out.Kendala) == 0 && !none && r.namesSomething(listed) {
		r.ask(keyKendala) // an obstacle there is no word for
	}
	if none && len(r.out.Kendala) == 0 && !r.asked(keyKendala) {
		r.addObstacle("tidak_ada")
	}
}

// namesSomething holds when words follow "kendala" that may name one.
func (r *reportReader) namesSomething(at int) bool {
	for i := at + 1; i < r.seg(at).to; i++ {
		if r.toks[i].kind == tkWord && r.words[i].role == roleNone && !isAddress(r.toks[i].text) && !r.is(i, "", "di", "dia", "usaha", "ada", "lagi", "sama", "juga", "dan") {
			return r.words[i].off == 0
		}
	}
	return false
}

func (r *reportReader) addObstacle(code string) {
	if !containsString(r.out.Kendala, code) {
		r.out.Kendala = append(r.out.Kendala, code)
	}
}

// readNone reads "tidak ada kendala"; listed is where a list of obstacles
// begins, or -1.
func (r *reportReader) readNone() (none bool, listed int) {
	listed = -1
	for i := range r.words {
		if !r.real(i) || !r.is(i, "kendala") || i > 0 && (r.toks[i-1].raw == "tanya" || r.toks[i-1].raw == "nanya") {
			continue
		}
		next := i + 1
		for next < len(r.words) && (r.is(next, ":", "=", "", "usaha", "jualan", "dia", "apa", "cuma", "minggu", "ini") || r.words[next].role == roleName) {
			next++
		}
		switch {
		case r.turned(i, 4):
			if r.is(i+1, "modal", "tempat", "waktu", "keluarga", "cuaca") || r.is(i+1, "sama", "dengan") {
				continue // only this one is denied
			}
			none = true
			if at := r.near(i, r.ahead(i, 4), "selain", "kecuali"); at >= 0 {
				listed = at
			}
		case r.is(next, "tidak", "belum") && (r.is(next+1, "ada", "katek") || next+1 >= r.seg(i).to || r.toks[min(next+1, len(r.toks)-1)].kind == tkMark), r.is(next, "katek", "nol", "kosong", "-", "nihil"):
			none = true
		case r.is(next, "sudah") || r.overWith(i) || r.is(next, "teratasi", "selesai", "beres"):
		default:
			listed = i
		}
	}
	return none, listed
}

// overWith holds for "kendala modal sudah beres".
func (r *reportReader) overWith(i int) bool {
	at := r.near(i, r.seg(i).to, "teratasi", "selesai", "beres")
	return at >= 0 && r.endsStretch(at) && !r.turned(at, 2)
}

// readList reads the bare words behind "kendala": what is no obstacle ends it.
func (r *reportReader) readList(at int) {
	if at < 0 {
		return
	}
	seg := r.words[at].seg
	denied := false
	for i := at + 1; i < len(r.words); i++ {
		if r.words[i].seg != seg {
			if !r.isItem(r.words[i].seg) {
				return
			}
			seg, denied = r.words[i].seg, false
		}
		if r.isNot(i) {
			denied = true
			continue
		}
		if r.words[i].role == roleMoney || r.is(i, "untuk", "supaya", "biar") {
			return
		}
		if code := r.listed(i); code != "" && r.words[i].off == 0 && !denied && !r.solved(i) {
			r.addObstacle(code)
		}
	}
}

// isItem holds for a stretch that is one more item of a list.
func (r *reportReader) isItem(seg int) bool {
	s := r.segs[seg]
	words, item := 0, false
	for i := s.from; i < s.to; i++ {
		if r.words[i].role == roleMoney {
			return false
		}
		if r.toks[i].kind == tkMark || r.is(i, "dan", "sama", "juga", "&") {
			continue
		}
		words++
		item = item || r.listed(i) != ""
	}
	return item && words <= 3
}

// listed is what a bare word in a list of obstacles stands for.
func (r *reportReader) listed(i int) string {
	switch r.at(i) {
	case "modal":
		return "modal"
	case "tempat":
		return "tempat"
	case "waktu":
		return "waktu"
	case "cuaca", "hujan", "sepi":
		return "cuaca"
	case "keluarga", "suami", "mertua":
		return "dukungan_keluarga"
	case "pemasok":
		return "relasi_pemasok"
	case "harga", "mahal":
		if !r.is(i+1, "jual") {
			return "harga_bahan"
		}
	case "bahan":
		if !r.is(i-1, "harga") {
			return "harga_bahan"
		}
	case "kualitas":
		return "kualitas"
	case "alat":
		return "alat_rusak"
	case "kesehatan", "sakit":
		return "kesehatan"
	case "catatan", "catat":
		return "catat_uang"
	case "pembeli", "pemasaran":
		if r.is(i, "pembeli") && !r.is(i+1, "sepi") && !r.is(i-1, "sepi") {
			return "kurang_laku"
		}
	}
	return ""
}

// solved holds when the trouble at i is said to be over.
func (r *reportReader) solved(i int) bool {
	s := r.seg(i)
	to := min(s.to, i+6)
	if n := r.words[i].seg + 1; n < len(r.segs) && to == s.to && r.has(s.to, r.segs[n].to, "sekarang", "tapi") {
		to = min(r.segs[n].to, s.to+5)
	}
	for k := i + 1; k < to; k++ {
		if r.is(k, "sudah") && r.is(k+1, "teratasi", "selesai", "beres", "diperbaiki", "dibetulin", "dibenerin", "betul", "benar", "diservis", "diganti", "ganti", "sembuh", "sehat", "dukung", "normal", "turun", "tetap", "baik", "membaik", "bagus", "aman", "cukup", "lancar", "laku", "servis", "baikan", "diperbaikin", "dibaikin", "mendingan", "reda", "ramai", "dibenarkan") {
			return true
		}
		if r.is(k, "teratasi", "diperbaiki", "sembuh", "reda", "terselesaikan") {
			return true
		}
	}
	if r.words[i].seg+1 < len(r.segs) {
		n := r.segs[r.words[i].seg+1]
		for k := n.from; k < n.to && k < n.from+5; k++ {
			if r.is(k, "teratasi", "diperbaiki", "dibetulin", "dibenerin", "sembuh", "diservis", "diganti", "reda", "diperbaikin") && !r.turned(k, 2) && !r.has(n.from, k, "belum") && r.words[k].off == 0 {
				return true
			}
		}
	}
	return r.is(i-1, "dulunya") || r.ofOldDays(i) || r.has(r.behind(i, 3), i, "tidak") && r.has(r.behind(i, 1), i, "lagi")
}

// ofOldDays holds for trouble of an earlier time that another one is set
// against: "minggu lalu sepi, minggu ini ramai". What goes on still is said
// to: "minggu ini juga".
func (r *reportReader) ofOldDays(i int) bool {
	s := r.seg(i)
	old := false
	for k := s.from; k < i; k++ {
		old = old || r.is(k, "dulu", "dulunya", "sebelumnya", "awalnya", "awal2") || r.toks[k].is("minggu", "pekan", "bulan") && k+1 < i && r.toks[k+1].is("lalu", "kemarin")
	}
	if !old {
		return false
	}
	for k := i + 1; k < len(r.words); k++ {
		if r.toks[k].is("sekarang", "kini") || r.toks[k].is("minggu", "pekan") && k+1 < len(r.toks) && r.toks[k+1].is("ini", "ni") {
			return !r.has(k, r.seg(k).to, "juga", "masih", "tetap", "sama", "belum", "tambah", "makin")
		}
	}
	return false
}

// obstacleAt is the obstacle the word at i tells of, or "".
func (r *reportReader) obstacleAt(i int) string {
	switch r.at(i) {
	case "mau":
		if r.againstHer(i) {
			return "dukungan_keluarga"
		}
	case "modal":
		return r.lackOfModal(i)
	case "laku", "laris":
		return r.slowSale(i)
	case "banyak", "sisa":
		if r.is(i, "banyak") && (r.is(i+1, "sisa") || r.toks[i].raw != "banyak" && r.has(r.behind(i, 3), i, "barang", "dagangan", "jualan")) && !r.turned(i, 1) {
			return "kurang_laku"
		}
		if r.is(i, "sisa") && r.is(i+1, "banyak") {
			return "kurang_laku"
		}
	case "beli":
		if r.is(i-1, "yang", "wong", "orang") && r.byNobody(i) || r.is(i-1, "jarang", "kurang") && r.is(i-2, "orang", "yang") || r.is(i-1, "yang") && r.is(i-2, "jarang", "kurang", "sedikit") {
			return "kurang_laku"
		}
	case "habis":
		if r.turned(i, 2) && r.has(r.behind(i, 4), i, "dagangan", "jualan", "barang", "stok", "kue", "pempek") {
			return "kurang_laku"
		}
	case "seret", "lesu":
		if r.has(r.behind(i, 3), i, "jualan", "penjualan", "dagangan", "usaha") {
			return "kurang_laku"
		}
	case "pembeli":
		k := i + 1
		for r.is(k, "juga", "lagi", "masih", "makin", "mulai", "agak") {
			k++
		}
		if r.is(k, "kurang", "berkurang", "sedikit", "jarang") && !r.turned(k, 1) || r.is(i-1, "kurang", "sedikit") || (r.is(i-1, "katek") || r.is(i-1, "ada") && r.turned(i-1, 1)) && r.endsStretch(i) {
			return "kurang_laku"
		}
	case "pemasok":
		return r.farFromSupplier(i)
	case "dukung", "melarang":
		return r.familyAgainst(i)
	case "naik", "mahal", "tinggi":
		return r.dearGoods(i)
	case "berkembang", "mandek", "mandeg", "stagnan":
		if !r.is(i, "berkembang") || r.turned(i, 2) || r.is(i-1, "kurang", "susah") {
			return "kurang_berkembang"
		}
	case "tempat":
		return r.placeTrouble(i)
	case "digusur", "tergusur", "kegusur", "gusur", "gusuran", "penggusuran":
		if r.turned(i, 2) {
			return ""
		}
		return "tempat"
	default:
		return r.obstacleRest(i)
	}
	return ""
}

// byNobody holds behind "tidak ada yang", "belum ada pelanggan".
func (r *reportReader) byNobody(i int) bool {
	for k := r.behind(i, 5); k < i; k++ {
		if r.is(k, "katek") || r.is(k, "tidak", "belum") && r.is(k+1, "ada", "pernah", "katek") {
			return true
		}
	}
	return false
}

// obstacleRest reads the obstacles of fewer words.
func (r *reportReader) obstacleRest(i int) string {
	switch r.at(i) {
	case "jalan":
		if r.is(i+1, "di") && r.is(i+2, "tempat") {
			return "kurang_berkembang"
		}
	case "kualitas":
		if r.has(i+1, r.ahead(i, 3), "kurang", "jelek", "turun", "komplain", "menurun", "buruk") && !r.is(i+2, "tidak") || r.has(r.behind(i, 3), i, "komplain", "kurang", "kendala") || r.is(i+1, "tidak", "belum") {
			return "kualitas"
		}
	case "basi", "apek", "bantat", "bantet", "keasinan", "gosong", "alot", "melempem", "tengik", "hangus":
		if !r.turned(i, 2) {
			return "kualitas"
		}
	case "komplain":
		if !r.turned(i, 2) && !r.byNobody(i) {
			return "kualitas"
		}
	case "enak", "lemak", "seenak":
		if (r.is(i-1, "kurang") || r.turned(i, 1)) && !r.is(i+1, "badan", "hati", "perasaan") && !r.byNobody(i) && r.has(r.seg(i).from, r.seg(i).to, "dagangan", "rasa", "pempek", "kue", "masak", "masakan", "pembeli", "jualan", "makanan") {
			return "kualitas"
		}
	case "rasa", "kemasan", "bungkus":
		if r.is(i+1, "kurang", "berubah", "jelek", "bocor", "hambar", "keasinan") && !r.is(i+2, "lebih") {
			return "kualitas"
		}
	case "suka", "senang":
		if r.againstHer(i) {
			return "dukungan_keluarga"
		}
	case "rusak", "macet", "mati", "patah", "bocor", "pecah", "konslet", "korslet", "penyok", "meledak", "meleduk", "kobong", "terbakar", "kebakar", "kebakaran":
		return r.brokenTool(i)
	case "waktu", "sempat", "sibuk", "repot", "keteteran", "kewalahan", "kepegang", "keurus", "jaga", "jagain", "momong", "ngasuh":
		return r.lackOfTime(i)
	case "sakit", "badan", "fit", "sehat", "masuk", "tensi", "dirawat":
		return r.unwell(i)
	case "sepi", "hujan", "cuaca":
		return r.badWeather(i)
	case "catat", "catatan", "kecampur", "tercampur", "campur":
		return r.accounts(i)
	default:
		return r.obstacleLast(i)
	}
	return ""
}
