package bahasa

import "strings"

// scanMeeting finds words that tell whether she was met.
func (r *reportReader) scanMeeting(v *visitRead) {
	for i := range r.words {
		if !r.real(i) {
			continue
		}
		switch r.at(i) {
		case "ketemu":
			r.meetAt(i, v)
		case "ngobrol":
			if !r.turned(i, 3) && !r.hasOther(i) {
				v.talk = true
			}
		case "bilang", "kata":
			v.talk = v.talk || r.sheSpoke(i)
		case "janji":
			if r.toks[i].raw == "ketemuan" && r.hasPastDay(i) {
				r.meetAt(i, v)
			}
		case "orang", "dia", "ada":
			r.presentAt(i, v)
			v.other = v.other || v.home && r.onlyKinThere(i)
		case "pasar", "bank", "dusun", "kampung", "kota", "sekolah", "puskesmas", "posyandu", "pengajian", "kondangan", "hajatan", "kerja", "luar":
			if v.home && v.meet < 0 && r.isAway(i) {
				v.miss = i
			}
		case "angkat", "aktif", "centang", "hubungi":
			r.answerAt(i, v)
		case "kunjung", "tengok", "datangi", "pintu", "mati":
			r.closedAt(i, v)
		case "datang":
			r.comingAt(i, v)
		case "kosong", "terkunci":
			if r.has(r.behind(i, 3), i, "rumah", "kerumah", "pintu") || r.is(i, "terkunci") || v.home && r.is(i-1, "tapi") {
				v.miss = i
				v.home = v.home || v.soft && r.has(r.behind(i, 3), i, "rumah")
			}
		case "rumah", "kerumah":
			if r.cameToUs(i) {
				v.meet = i
			}
		case "pergi":
			r.staysIn(i, v)
			if (v.home || v.soft || r.is(i-1, "orang")) && r.sheLeft(i) {
				v.miss = i
			}
		case "katek":
			r.absentAt(i, v)
		case "tidak":
			r.pretendsAt(i, v)
			if r.nameBefore(i) && !r.hersOnly(i) && r.is(i+1, "ada", "katek") && (i+2 >= r.seg(i).to || r.toks[i+2].kind == tkMark || r.words[i+2].role == roleDate || r.is(i+2, "di") || r.is(i+2, "lagi") && (r.is(i+3, "ke", "di") || r.endsStretch(i+2))) {
				v.miss = i
			}
			if r.is(i+1, "dirumah") || r.is(i+1, "di") && r.is(i+2, "rumah") || r.is(i+1, "ada") && (r.is(i+2, "dirumah", "orang") || r.is(i+2, "di") && r.is(i+3, "rumah", "tempat")) {
				v.miss = i
			}
		}
	}
}

// closedAt reads doors and telephones that stayed shut, and a visit that was
// turned away.
func (r *reportReader) closedAt(i int, v *visitRead) {
	switch r.at(i) {
	case "kunjung", "tengok", "datangi":
		v.other = v.other || i > 0 && (r.toks[i-1].raw == "menolak" || r.toks[i-1].raw == "nolak")
	case "pintu":
		if at := r.near(r.behind(i, 3), i, "buka", "bukain", "dibukain", "dibuka", "ngebukain", "bukakan"); at >= 0 && r.turned(at, 2) {
			v.miss = i
		}
		if at := r.near(i, r.seg(i).to, "buka", "bukain", "bukakan"); at >= 0 && r.is(at-1, "yang") && r.byNobody(at) {
			v.miss = i
		}
	case "mati":
		v.noAnswer = v.noAnswer || v.phone && r.has(r.behind(i, 3), i, "hp", "hpnya", "nomor", "nomer", "telepon") && !r.turned(i, 2)
	}
}

// isAway holds for "lagi ke pasar", "Melati di bank": she was not at home.
func (r *reportReader) isAway(i int) bool {
	for _, d := range r.dates {
		if d.onlyFuture() && r.words[d.from].seg == r.words[i].seg {
			return false // "isok dio ke pasar"
		}
	}
	k := i - 1
	if r.is(k, "ke", "di") {
		k--
	} else if !r.is(i, "kerja", "kondangan") || r.has(r.behind(i, 4), i, "mau", "suka", "senang", "dukung", "melarang") {
		return false
	}
	if r.is(k, "lagi", "sedang", "masih", "pergi", "balik", "pulang") {
		return !r.has(r.behind(k, 3), k, "saya", "suami", "anak")
	}
	return (r.is(k, "dia", "orang") || k >= 0 && r.words[k].role == roleName) && r.words[k].seg == r.words[i].seg
}

// nameBefore holds when a participant is named right before the word at i.
func (r *reportReader) nameBefore(i int) bool {
	k := i - 1
	for r.is(k, "lagi", "juga", "malah") {
		k--
	}
	return k >= 0 && r.words[k].role == roleName
}

// hersOnly holds where a thing of hers stands before her name: in "kendala
// Mawar tidak ada" it is not Mawar who is missing.
func (r *reportReader) hersOnly(i int) bool {
	k := i - 1
	for k >= 0 && (r.words[k].role == roleName || r.is(k, "lagi", "juga", "malah", "tidak", "masih", "pun")) {
		k--
	}
	return r.is(k, "kendala", "modal", "omzet", "hasil", "kabar", "kabarnya", "barang", "catatan", "semangat", "jualan", "dagangan", "pembeli", "pemasukan", "pendapatan", "penjualan", "untung", "rugi", "alat", "dukung",
		"keluarga", "suami", "anak", "nomor", "nomer", "pemasok", "waktu", "stok", "bahan", "belanja", "utang", "pesanan", "perubahan", "komplain", "warung", "usaha", "hp")
}

// meetAt weighs one "ketemu": met, not met, or somebody else met.
func (r *reportReader) meetAt(i int, v *visitRead) {
	switch {
	case r.is(i-1, "susah") || r.is(i-2, "susah") && r.is(i-1, "sangat", "sekali", "nian", "untuk"):
		// hard to meet is neither
	case r.turned(i, 4) && r.has(r.behind(i, 4), i, "hampir", "nyaris"):
		v.meet = i // "hampir gak ketemu"
	case r.turned(i, 4) && r.hasOther(i) && r.is(r.near(i, r.ahead(i, 3), "pemasok", "pedagang", "pembeli", "ketua", "dinas", "lurah", "mandor"), "pemasok", "pedagang", "pembeli", "ketua", "dinas", "lurah", "mandor"):
		// whom they went to see was not there
	case r.turned(i, 4) || r.is(i+1, "tidak") && i+2 >= r.seg(i).to:
		v.miss = i
	case r.hasOther(i):
		v.other = true
		r.visited = r.visited || r.metKin(i)
	case r.is(i-1, "bisa", "minta", "ajak", "ngajak", "pengen") && r.otherDay(i):
	case r.toks[i].raw == "nemu" && !r.nameBeside(i):
	default:
		v.meet = i
		s := r.seg(i)
		if at := r.near(i, s.to, "di"); at >= 0 && !r.is(at+1, "rumah") && at+1 < s.to {
			v.elsewhere = true
		}
		for k := i + 1; k < s.to; k++ {
			if r.is(k, "dirumah") {
				v.elsewhere = false
			}
		}
	}
}

// otherDay holds when a day that may still come, and is not that of the visit,
// stands in the stretch: "sabtu bisa ketemu".
func (r *reportReader) otherDay(i int) bool {
	for _, d := range r.dates {
		if r.words[d.from].seg == r.words[i].seg && !d.onlyPast() && (len(d.past.Values) != 1 || d.past.Values[0] != r.out.Date) {
			return true
		}
	}
	return false
}

// hasOther holds when the word behind a verb of meeting names somebody or
// something else.
func (r *reportReader) hasOther(i int) bool {
	for k := i + 1; k < r.ahead(i, 4); k++ {
		if r.words[k].role == roleName {
			return false
		}
		if r.is(k, "rumah") {
			return !r.is(k-1, "di", "ke")
		}
		if r.is(k, "jalan") && r.daysFollow(k+1) {
			return false // "ktmu jln 3 hr": the trade goes on
		}
		if r.is(k, "suami", "anak", "tetangga", "kerabat", "keluarga", "ibu", "bapak", "pemasok", "pedagang", "pembeli", "dinas", "solusi", "cara", "masalah", "kesepakatan", "jalan", "alamat", "ketua", "lurah", "rt", "kakak", "pengurus", "kendala", "mandor") {
			return !(r.is(k, "kakak") && !r.words[k].own)
		}
		if !r.is(k, "sama", "dengan", "cuma", "saja", "si", "pak", "bu", "langsung", "juga", "lagi", "aja", "bae", "malah", "kak") {
			return false
		}
	}
	// "rumahnya sudah ketemu": the house was found
	k := i - 1
	for r.is(k, "sudah", "baru", "akhirnya") || k >= 0 && r.words[k].role == roleName {
		k--
	}
	return r.is(k, "rumah", "alamat") && !r.is(k-1, "di", "ke")
}

// daysFollow holds where a number of days stands at i.
func (r *reportReader) daysFollow(i int) bool {
	return r.is(i, "tiap", "setiap") || r.is(i+1, "hari") || r.is(i+1, "-", "sampai", "atau") && r.is(i+3, "hari")
}

// sheSpoke holds where she told something herself.
func (r *reportReader) sheSpoke(i int) bool {
	if r.turned(i, 2) || r.is(i-1, "suami", "anak", "tetangga", "kerabat", "keluarga", "orang", "saya", "pembeli", "dengar", "ibu", "bapak") {
		return false
	}
	return !r.has(i+1, r.ahead(i, 2), "suami", "anak", "tetangga", "kerabat", "keluarga", "orang", "ibu", "bapak", "mertua", "pembeli", "kakak")
}

func (r *reportReader) hasPastDay(i int) bool {
	for _, d := range r.dates {
		if d.onlyPast() && r.words[d.from].seg == r.words[i].seg {
			return true
		}
	}
	return false
}

// presentAt reads "orangnya ada" and "orangnya tidak ada", "ada di rumah".
func (r *reportReader) presentAt(i int, v *visitRead) {
	switch r.at(i) {
	case "orang", "dia":
		if r.is(i, "orang") && r.is(i+1, "rumah") {
			i++ // "wong rumahnyo dak katek"
			if r.is(i+1, "tidak") && r.is(i+2, "katek", "ada") && (r.endsStretch(i+2) || r.is(i+3, "semua", "galo", "waktu", "pas")) {
				v.miss = i
			}
			return
		}
		switch {
		case r.is(i+1, "ada") && !r.is(i+2, "kendala", "modal", "masalah", "pesanan", "rencana", "usaha", "tamu", "acara") && (r.is(i, "orang") && r.words[i].own || r.is(i+2, "di", "dirumah") || v.home && r.endsStretch(i+1)):
			v.meet = i
		case r.is(i+1, "tidak", "belum") && r.is(i+2, "ada", "dirumah", "katek") && (r.is(i+2, "dirumah") || i+3 >= r.seg(i).to || r.is(i+3, "di", "dirumah", "lagi", "karena") || r.toks[i+3].kind == tkMark || r.words[i+3].role == roleDate):
			v.miss = i
		case r.is(i+1, "tidak") && r.is(i+2, "di") && r.is(i+3, "rumah", "tempat"):
			v.miss = i
		}
	case "ada":
		if r.turned(i, 1) {
			if r.is(i+1, "orang") {
				v.miss = i
			}
			return
		}
		k := i + 1
		for r.is(k, "bae", "saja", "aja", "kok") {
			k++
		}
		if r.is(k, "orang") && r.words[k].own || r.is(i+1, "dirumah") || r.is(i+1, "di") && r.is(i+2, "rumah") {
			if i > 0 && (r.words[i-1].role == roleName || r.toks[i-1].kind == tkMark || r.is(i-1, "dia", "orang", "sudah", "pas", "lagi", "kebetulan", "memang") || i == r.seg(i).from) {
				v.meet = i
			}
		}
	}
}

// absentAt reads "katek", which is "not there" of a person.
func (r *reportReader) absentAt(i int, v *visitRead) {
	prev := i - 1
	for prev >= 0 && r.is(prev, "tidak", "lagi", "masih", "jugo", "juga", "pun") {
		prev--
	}
	if r.is(prev, "dia", "orang") || prev >= 0 && r.words[prev].role == roleName && !r.hersOnly(i) || r.is(i+1, "dirumah", "orang") || r.is(i+1, "di") && r.is(i+2, "rumah") {
		if i+1 >= r.seg(i).to || r.toks[i+1].kind == tkMark || r.words[i+1].role == roleDate || r.is(i+1, "di", "dirumah", "orang", "waktu", "pas", "lagi", "karena", "saya") {
			v.miss = i
		}
	}
}

// answerAt reads whether a call or a message was answered.
func (r *reportReader) answerAt(i int, v *visitRead) {
	if r.ofCustomers(i) {
		return
	}
	if r.is(i, "centang") {
		v.noAnswer = v.noAnswer || r.is(i+1, "satu") || i+1 < len(r.toks) && (r.toks[i+1].raw == "siko" || r.toks[i+1].raw == "sikok") || i+1 < len(r.toks) && r.toks[i+1].text == "1"
		return
	}
	if strings.HasSuffix(r.toks[i].raw, "baca") && !r.turned(i, 3) {
		v.noAnswer = v.noAnswer || r.is(i-1, "cuma")
		return // read is not answered
	}
	if r.turned(i, 3) {
		v.noAnswer = true
		if r.is(i, "aktif", "hubungi") && r.has(0, len(r.words), "nomor", "nomer", "hp", "hpnya", "hubungi") {
			r.visited = true // she was tried, by whichever way
		}
		return
	}
	if r.is(i, "hubungi") {
		return
	}
	v.answered = !r.is(i, "aktif") || v.answered
}

// sheLeft holds where "keluar" or "pergi" is about her.
func (r *reportReader) sheLeft(i int) bool {
	if r.turned(i, 2) || r.is(i+1, "modal", "uang") {
		return false
	}
	return r.has(r.behind(i, 3), i, "dia", "orang", "lagi", "sedang") || i == r.seg(i).from
}

// settleMeeting decides whether she was met.
func (r *reportReader) settleMeeting(v *visitRead) {
	yes, no := true, false
	switch {
	case v.meet >= 0 && v.meet > v.miss:
		r.out.Bertemu, r.met = &yes, true
	case v.miss >= 0 && v.meet < 0:
		r.out.Bertemu, r.noMeet = &no, true
		r.visited = true
	case v.miss >= 0:
		r.ask(keyBertemu)
	case v.noAnswer && !v.home && !v.answered && r.visited:
		r.out.Bertemu, r.noMeet = &no, true
	case v.noAnswer && r.reachedFor() && !v.home:
		r.out.Bertemu, r.noMeet, r.visited = &no, true, true
	case v.along:
		r.out.Bertemu, r.met = &yes, true
	case v.other:
		r.ask(keyBertemu)
	case v.talk && (v.home || v.soft) && !v.phone && !v.chat && !v.video:
		r.out.Bertemu, r.met = &yes, true
	}
	r.visited = r.visited || v.meet >= 0 || v.talk && r.hasPlainTalk()
	if v.miss >= 0 && r.noMeet && !v.phone && !v.chat && !v.video {
		if r.out.Hasil != "" || r.asked(keyHasil) {
			r.ask(keyHasil, "tidak_bertemu", r.out.Hasil)
			return
		}
		r.out.Hasil = "tidak_bertemu"
	}
}

// reachedFor holds for "susah dihubungi" and the like without a telephone.
func (r *reportReader) reachedFor() bool {
	return r.has(0, len(r.words), "hubungi") || r.pastDay() && r.has(0, len(r.words), "angkat")
}

// hasPlainTalk holds for "ngobrol" with her named or meant.
func (r *reportReader) hasPlainTalk() bool {
	for i := range r.words {
		if r.real(i) && r.is(i, "ngobrol") && !r.turned(i, 3) {
			return true
		}
	}
	return false
}

// settleJenis fills what the visit was for.
func (r *reportReader) settleJenis(v *visitRead) {
	home := v.home
	if home && v.miss >= 0 && v.meet > v.miss && v.elsewhere && !v.literal {
		home = false // not found at home, met somewhere else
	}
	switch {
	case v.nKinds > 1:
		r.ask(keyJenis, v.kinds[:v.nKinds]...)
	case v.nKinds == 1 && home && v.kinds[0] != "tamu" && (v.literal || v.homeAt < v.kindAt[0] && r.words[v.homeAt].seg != r.words[v.kindAt[0]].seg):
		r.ask(keyJenis, v.kinds[0], "home_visit")
	case v.nKinds == 1:
		r.out.Jenis = v.kinds[0]
	case home:
		r.out.Jenis = "home_visit"
	}
}

// atPlace holds for talk at a place where people come together, which is face
// to face.
func (r *reportReader) atPlace() bool {
	for i := range r.words {
		if r.real(i) && r.is(i, "kantor", "lembaga", "aula", "pasar", "warung", "tempat", "salon", "sekretariat") && r.is(i-1, "di") {
			return true
		}
	}
	return false
}

// settleCara fills how she was reached.
func (r *reportReader) settleCara(v *visitRead) {
	switch {
	case v.meet >= 0 && r.met, v.along:
		r.out.Cara = "tatap_muka"
	case v.home || v.soft && !v.phone && !v.chat && !v.video:
		if !r.noMeet && !v.other {
			r.out.Cara = "tatap_muka"
		}
	case v.video:
		r.ask(keyCara, "telepon", "chat")
	case v.phone && v.chat:
		r.ask(keyCara, "telepon", "chat")
	case v.phone:
		r.out.Cara = "telepon"
	case v.chat:
		r.out.Cara = "chat"
	case v.talk && r.met, r.out.Jenis == "konseling" && r.atPlace(), r.out.Jenis == "motivasi" && r.atPlace():
		r.out.Cara = "tatap_muka"
	}
	if r.out.Jenis == "tamu" && v.meet < 0 {
		r.out.Cara = ""
	}
}
