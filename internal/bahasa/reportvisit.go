package bahasa

import "strings"

// readVisit reads how she was reached, whether she was met, what for, and
// what came of it.
func (r *reportReader) readVisit() {
	v := visitRead{}
	r.scanReach(&v)
	r.scanMeeting(&v)
	r.scanPurpose(&v)
	r.readHasil()
	r.settleMeeting(&v)
	r.settleJenis(&v)
	r.settleCara(&v)
}

// visitRead is what the words of a visit add up to.
type visitRead struct {
	home, literal      bool // at her house; "home visit" in so many words
	soft               bool // tengok, mampir, kunjungan: a visit to some place
	phone, chat, video bool
	meet, miss         int  // words that tell of a meeting, and of none: place of the last
	talk               bool // she spoke, which is a meeting where it was a visit
	other              bool // somebody else was met
	noAnswer           bool // the telephone was not answered
	answered           bool
	elsewhere          bool // met at another place than her house
	along              bool // the companion went along
	homeAt             int
	kinds              [4]string // what for, each once
	kindAt             [4]int
	nKinds             int
}

// scanReach finds houses, telephones and messages.
func (r *reportReader) scanReach(v *visitRead) {
	v.meet, v.miss, v.homeAt = -1, -1, -1
	for i := range r.words {
		if r.words[i].off == unrealPlanned && r.is(i, "ke", "kerumah", "homevisit", "kunjung", "tengok") && !r.hers(r.seg(i)) {
			r.wished = true
		}
		if !r.real(i) {
			continue
		}
		if r.didNotGo(i) {
			r.cancelled = true
			continue
		}
		switch r.at(i) {
		case "homevisit":
			v.home, v.literal, v.homeAt = true, true, i
		case "rumah", "kerumah", "dirumah":
			if r.atHerHouse(i) {
				v.home, v.homeAt = true, i
			}
		case "kunjung", "tengok", "datangi", "mampir":
			v.soft = true
		case "sana":
			v.soft = v.soft || r.is(i-1, "ke") && r.has(r.seg(i).from, i, "saya", "tadi") && !r.hers(r.seg(i))
		case "warung", "salon", "tempat", "pasar":
			v.soft = v.soft || r.is(i-1, "ke") && !r.has(r.seg(i).from, i, "dia", "kata", "suami", "anak") && (r.words[i].own || i+1 < len(r.words) && (r.words[i+1].role == roleName || r.is(i+1, "jualan", "usaha")))
		case "telepon":
			v.phone = v.phone || !r.ofCustomers(i)
			v.noAnswer = v.noAnswer || strings.HasPrefix(r.toks[i].raw, "di") && r.turned(i, 2) && r.is(i-1, "bisa") && !r.ofCustomers(i)
		case "chat":
			v.chat = v.chat || !r.ofCustomers(i) && r.chatWithHer(i)
		case "vc":
			v.video = true
		}
	}
	if v.phone && v.chat && r.has(0, len(r.words), "lewat") {
		v.video = true // a call through the messenger: asked
	}
	r.visited = v.home || v.soft || v.phone || v.chat || v.video
}

// didNotGo holds for a visit that was called off or never begun.
func (r *reportReader) didNotGo(i int) bool {
	if !r.is(i, "homevisit", "rumah", "kerumah", "kunjung", "tengok", "datangi", "mampir", "telepon", "chat", "dampingi", "kontrol") {
		return false
	}
	for k := i + 1; k < r.ahead(i, 4); k++ {
		if r.is(k, "gagal") && r.toks[k].raw != "gagal" && !r.is(k+1, "ketemu") || r.is(k, "tidak", "belum") && r.is(k+1, "jadi", "sempat", "terlaksana") && r.endsStretch(k+1) && !r.is(k+2, "ketemu") {
			return true // "kunjungan Mawar batal"
		}
		if r.words[k].role != roleName && r.words[k].role != roleDate && !r.is(k, "", "ke", "rumah", "terpaksa") {
			break
		}
	}
	if !r.has(0, len(r.words), "ketemu", "sampai", "ngobrol") {
		for k := r.behind(i, 4); k < i; k++ {
			if r.is(k, "otw", "menuju") || r.is(k, "jalan") && r.is(k-1, "di") && r.is(k-2, "lagi", "sedang", "masih") {
				return true // on her way there
			}
		}
	}
	for k := i - 1; k >= r.behind(i, 4); k-- {
		if r.is(k, "tidak") && r.is(k+1, "bisa") && strings.HasPrefix(r.toks[i].raw, "di") && r.is(i, "telepon", "chat") {
			return false // "dak biso ditelpon": it was tried
		}
		if r.is(k, "gagal", "belum") || r.is(k, "tidak") && r.is(k+1, "jadi", "sempat", "bisa", "ke", "kunjung", "tengok", "mampir", "homevisit", "kerumah", "telepon", "chat") {
			return true
		}
		if r.is(k, "ketemu", "ada", "kendala") || r.toks[k].kind == tkMark || r.words[k].role != roleNone && r.words[k].role != roleName {
			return false
		}
	}
	return false
}

// atHerHouse holds where "rumah" is her house and the companion went there.
func (r *reportReader) atHerHouse(i int) bool {
	if r.is(i, "rumah") && i+1 < len(r.words) && r.is(i+1, "sakit", "makan", "saya", "tangga", "produksi", "kontrakan", "kosong", "duka", "subsidi") && !(r.is(i+1, "kosong", "produksi")) {
		return false
	}
	if r.is(i+2, "saya") && r.is(i+1, "ibu", "bu", "bapak", "mertua", "orang") {
		return false // the companion's own people
	}
	if r.is(i+1, "suami", "kerabat", "tetangga", "pembeli", "anak", "ketua", "orang", "dinas", "teman", "rt", "pemasok", "pak", "lurah", "duka", "bapak", "saya", "sakit", "makan") || r.toks[min(i+1, len(r.toks)-1)].raw == "ibunya" {
		return false
	}
	s := r.seg(i)
	before := r.has(max(s.from, i-4), i, "dia", "kata") && !r.has(s.from, i, "saya") && !r.has(max(s.from, i-4), i, "ketemu", "bilang")
	switch {
	case r.is(i, "kerumah"), r.is(i-1, "ke"):
		if r.has(r.behind(i, 4), i, "air", "banjir", "pembeli", "pindah", "kirim", "dikirim", "maling", "masuk") && !r.has(s.from, i, "saya") || r.is(i-1, "ke") && r.is(i-2, "hujan", "naik") {
			return false // water, goods and buyers went there
		}
		if r.is(i-2, "pulang", "balik") || r.is(i-1, "pulang", "balik") {
			return !r.hers(s) && r.has(s.from, i, "saya")
		}
		return !before
	case r.is(i, "dirumah"), r.is(i-1, "di"):
		if r.has(max(s.from, i-3), i, "jualan", "dagang", "usaha", "jual", "produksi", "masak", "tidak", "bantu", "kerja", "buka") && !r.has(s.from, i, "ketemu", "sampai") {
			return false
		}
		if i+1 < len(r.words) && r.words[i+1].role == roleName && r.has(0, len(r.words), "ketemu", "ngobrol") && s.to < len(r.words) && r.is(s.to, "ketemu", "ngobrol") {
			return true
		}
		if r.is(i-2, "sekarang", "lagi", "posisi", "masih") && i+1 < len(r.words) && r.words[i+1].role == roleName {
			return true
		}
		return r.has(s.from, s.to, "sampai", "ketemu", "ngobrol", "kunjung", "datang", "mampir", "tengok", "datangi", "kontrol", "konseling", "motivasi", "dampingi")
	case r.is(i-1, "kunjung", "datangi", "mampir", "sampai", "datang", "tengok", "samperin", "visit"):
		return true
	case r.is(i-1, "dari"):
		return i+1 < len(r.words) && (r.words[i+1].role == roleName || r.words[i].own && r.has(s.from, i, "pulang", "baru", "balik")) && !r.has(s.from, i, "jualan", "usaha", "jual")
	}
	return false
}

// ofCustomers holds for calls and messages of her trade.
func (r *reportReader) ofCustomers(i int) bool {
	s := r.seg(i)
	if r.is(i-1, "lewat") && r.has(r.behind(i, 5), i, "bilang", "kata", "kabar", "lapor") && !r.has(r.behind(i, 5), i, "pembeli", "suami", "tetangga", "kerabat", "anak") {
		return false // "bilang lewat wa"
	}
	return r.has(s.from, s.to, "pembeli", "pesanan", "order", "orderan", "jual", "jualan", "promosi", "grup", "group", "status", "online", "pemasok", "suami", "tetangga", "kerabat", "anak") && !r.nameBeside(i) || r.is(i-1, "nomor", "nomer", "no")
}

// nameBeside holds when a participant is named right beside the word at i.
func (r *reportReader) nameBeside(i int) bool {
	for k := i + 1; k < r.ahead(i, 3); k++ {
		if r.words[k].role == roleName {
			return true
		}
		if !r.is(k, "an", "sama", "dengan", "ke", "kak", "dia") {
			break
		}
	}
	return i > 0 && r.words[i-1].role == roleName
}

// chatWithHer holds where a message went to her or came from her.
func (r *reportReader) chatWithHer(i int) bool {
	if r.toks[i].raw != "wa" && r.toks[i].raw != "dm" {
		return true
	}
	return r.nameBeside(i) || r.is(i+1, "an", "sama", "dengan", "dia", "saya", "tidak", "belum", "ke", "centang", "orang") || i > 1 && r.is(i-2, "di") && r.toks[i-1].is("-") || r.is(i-1, "lewat", "saya", "kirim", "dia", "di", "by", "cuma", "sudah", "baru", "tadi") || i == r.seg(i).from || r.words[max(i-1, 0)].role == roleDate || i+1 >= r.seg(i).to || r.toks[i+1].kind == tkMark
}

// scanPurpose finds what a visit was for.
func (r *reportReader) scanPurpose(v *visitRead) {
	for i := range r.words {
		if !r.real(i) || r.turned(i, 2) || r.didNotGo(i) {
			continue
		}
		if kind := r.purposeAt(i, v); kind != "" {
			v.addKind(kind, i)
		}
	}
	if v.nKinds > 0 || v.along {
		r.visited = true
	}
}

func (v *visitRead) addKind(kind string, at int) {
	for _, k := range v.kinds[:v.nKinds] {
		if k == kind {
			return
		}
	}
	if v.nKinds < len(v.kinds) {
		v.kinds[v.nKinds], v.kindAt[v.nKinds] = kind, at
		v.nKinds++
	}
}

// purposeAt is the kind of visit the word at i names, or "".
func (r *reportReader) purposeAt(i int, v *visitRead) string {
	switch r.at(i) {
	case "dampingi":
		return r.purposeAlong(i, v)
	case "belanja":
		if r.has(r.seg(i).from, i, "saya") && r.has(r.seg(i).from, i, "sama", "dengan", "dan") && r.has(r.seg(i).from, r.ahead(i, 4), "pasar", "ke") {
			v.along = true
			return "belanja"
		}
		if r.has(i+1, r.ahead(i, 3), "bareng") || r.is(i-1, "bareng", "nemeni") || r.is(i-1, "saya") || r.opensWithHer(i) {
			v.along = true
			return "belanja"
		}
		if r.headsLine(i) {
			return "belanja"
		}
	case "kontrol":
		if r.has(i+1, r.ahead(i, 5), "sakit", "puskesmas", "dokter", "bidan", "klinik", "posyandu", "kandungan", "kehamilan", "kesehatan") && !r.has(i+1, r.ahead(i, 2), "barang", "alat", "stok") {
			return "" // her own, at the doctor's
		}
		if r.has(i+1, r.ahead(i, 2), "barang", "alat", "stok", "inventaris") || r.toks[i].raw == "kontrol" && !r.is(i-1, "lepas") {
			return "kontrol"
		}
	case "konseling":
		return "konseling"
	case "berbagi":
		if r.is(i-1, "teman", "kawan") || r.is(i+1, "bilang") {
			return "konseling"
		}
	case "bilang":
		if r.is(i-1, "dengarkan", "dengerin", "dengar", "mendengarkan", "denger", "berbagi") {
			return "konseling"
		}
	case "motivasi":
		if !r.has(r.behind(i, 2), i, "butuh", "kurang", "hilang", "kehilangan", "penuh") {
			return "motivasi"
		}
	case "menyemangati":
		return "motivasi"
	case "semangat":
		if r.is(i-1, "kasih", "beri", "ngasih", "memberi", "kasi", "dikasih") || r.is(i-1, "dukung") && r.is(i-2, "kasih", "beri") {
			return "motivasi"
		}
	case "mediasi":
		return "advokasi"
	case "penjangkauan", "jangkau", "menjangkau":
		return "penjangkauan"
	case "sosialisasi":
		return "sosialisasi"
	case "tamu":
		if r.is(i-1, "antar", "bawa", "temani", "kunjung") {
			return "tamu"
		}
	default:
		return r.purposeRest(i, v)
	}
	return ""
}

// opensWithHer holds for "sama Lestari kemarin belanja": it is the companion
// who was with her.
func (r *reportReader) opensWithHer(i int) bool {
	if j := i + 1; r.onlyDays(i) && (r.is(j, "sama", "dengan") || r.is(j, "bahan", "alat", "barang") && r.is(j+1, "sama", "dengan")) && r.nameWithin(j, min(j+3, len(r.words))) {
		return true // "kemarin belanja sama Wulan"
	}
	k := r.seg(i).from
	for k < i && (r.words[k].role == roleDate || r.toks[k].kind == tkMark) {
		k++
	}
	if !r.is(k, "sama", "dengan", "bareng") {
		return false
	}
	for k++; k < i; k++ {
		if r.words[k].role != roleName && r.words[k].role != roleDate && !r.is(k, "ke", "pasar", "pergi") {
			return false
		}
	}
	return r.words[i-1].role != roleNone || r.is(i-1, "pasar", "pergi")
}

// purposeRest reads the purposes that take two words.
func (r *reportReader) purposeRest(i int, v *visitRead) string {
	switch r.at(i) {
	case "kasus":
		if r.toks[max(i-1, 0)].raw == "respon" || r.toks[max(i-1, 0)].raw == "respons" {
			return "respon_kasus"
		}
	case "buku", "rekening":
		if r.is(i+1, "tabung") && r.headsLine(i) {
			return "buku_tabungan"
		}
		if (r.is(i+1, "tabung") || r.is(i, "rekening")) && r.has(r.behind(i, 4), i, "urus", "ngurus", "bikin", "dampingi", "buka", "mengurus", "diurus", "bantu", "pembuatan") {
			v.along = v.along || r.has(r.behind(i, 5), i, "dampingi")
			return "buku_tabungan"
		}
	case "tabung":
		if r.has(r.behind(i, 2), i, "urus", "ngurus", "bikin") {
			return "buku_tabungan"
		}
	case "pencairan":
		if r.has(r.behind(i, 3), i, "dampingi", "urus", "ngurus", "bantu") || r.headsLine(i) {
			return "pencairan"
		}
	case "bantu", "bantuin", "ngebantu", "bantui", "ngajari", "ajari", "ajarin", "ngajarin", "mengajari", "latih", "melatih", "bimbing":
		if r.has(i+1, r.ahead(i, 4), "usaha", "produksi", "packing", "kemas", "kemasan", "promosi", "label", "foto", "resep", "hitung", "ngitung", "jualan", "catat", "catatan", "masak", "bikin", "bungkus", "dagangan", "kemasi", "pembukuan") && !r.has(i+1, r.ahead(i, 4), "tabung", "rekening", "suami", "anak") && !r.is(i-1, "dia", "suami", "anak") && (!r.has(r.seg(i).from, i, "kerabat", "mertua", "keluarga", "suami", "anak", "ibu", "bapak", "tetangga", "teman") || r.has(r.seg(i).from, i, "saya")) {
			return "teknis_usaha"
		}
	case "ajak", "ngajak", "mengajak", "kuajak", "ngajaki":
		if r.nameBeside(i) && !r.nameBefore(i) && r.has(i+1, r.seg(i).to, "belanja", "beli") && r.has(i+1, r.seg(i).to, "pasar", "bahan", "barang", "belanja") {
			v.along = true
			return "belanja"
		}
	case "teknis":
		if r.is(i+1, "usaha") || r.is(i-1, "dampingi") {
			return "teknis_usaha"
		}
	}
	return ""
}

// onlyDays holds when nothing but days stands before the word at i.
func (r *reportReader) onlyDays(i int) bool {
	for k := range i {
		if r.words[k].role != roleDate && r.toks[k].kind != tkMark {
			return false
		}
	}
	return true
}

// headsLine holds for a purpose that opens the line of a visit with a result:
// "pencairan modal Wulan tgl 20, tercapai".
func (r *reportReader) headsLine(i int) bool {
	if !r.onlyDays(i) {
		return false
	}
	k := i + 1
	for r.is(k, "modal", "bahan", "barang", "alat", "tabung") {
		k++
	}
	return k < len(r.words) && r.words[k].role == roleName && r.has(k, len(r.words), "tercapai", "sebagian", "ketemu")
}

// purposeAlong reads what a companion went along for: "dampingi Yanti belanja".
func (r *reportReader) purposeAlong(i int, v *visitRead) string {
	to := r.ahead(i, 6)
	if r.is(i-1, "dia", "suami", "anak", "kerabat") && r.has(i, to, "saya") || r.ofCustomers(i) {
		return ""
	}
	kind := ""
	for k := i + 1; k < to && kind == ""; k++ {
		switch r.at(k) {
		case "tamu", "rombongan", "tim", "kunker":
			return "tamu"
		case "belanja":
			kind = "belanja"
		case "pasar":
			if r.is(k-1, "ke") && (r.has(to, len(r.words), "belanja") || r.has(k, r.seg(i).to, "beli")) {
				kind = "belanja"
			}
		case "beli":
			if r.is(k+1, "bahan", "alat", "barang", "dagangan") {
				kind = "belanja"
			}
		case "cair", "pencairan", "cairkan", "mencairkan", "nyairkan", "ngambil":
			kind = "pencairan"
		case "buku", "rekening", "tabung":
			kind = "buku_tabungan"
		case "usaha", "produksi", "packing", "promosi", "jualan", "masak":
			kind = "teknis_usaha"
		}
	}
	if kind == "" && r.has(max(0, i-10), i, "tamu", "rombongan") {
		return "tamu"
	}
	if kind == "" && r.has(i, to, "bank") && r.has(0, i, "cair", "pencairan", "dicairkan", "cairnya") {
		kind = "pencairan" // "modal Melati cair, saya dampingi ke bank"
	}
	switch named := i+1 < len(r.words) && r.words[i+1].role == roleName; {
	case kind != "" && kind != "teknis_usaha", kind == "" && named && !strings.HasPrefix(r.toks[i].raw, "pen"):
		v.along = true
	case named:
		r.visited = true
	}
	return kind
}
