package bahasa

import "strings"

// reportWord returns the one word a report is read by for a word as people
// type it, and whether it ended in "-nya": "rmhnya" is rumah, and hers. The
// words come in after canon, so its spellings are not repeated here.
func reportWord(t token) (w string, own bool) {
	w = t.text
	if t.kind != tkWord {
		return w, false
	}
	if strings.EqualFold(t.raw, "tadinya") {
		return "dulunya", false // what was before, not this morning
	}
	if len(w) > 3 && w[len(w)-1] == '2' {
		w = canon(w[:len(w)-1])
	}
	if c := reportSpelling(w); c != "" {
		return c, false
	}
	if c := reportSpelling(t.raw); c != "" {
		return c, false // ends in two equal letters by right: "vidcall"
	}
	for _, suffix := range [...]string{"nya", "nyo", "nye", "ny", "ne"} {
		stem, ok := strings.CutSuffix(w, suffix)
		if !ok || len(stem) < 2 || keepsEnding(w) {
			continue
		}
		stem = canon(stem)
		if c := reportSpelling(stem); c != "" {
			return c, true
		}
		if len(suffix) == 3 && len(stem) > 2 || suffix == "ny" && stem == "salon" {
			return stem, true
		}
	}
	return w, false
}

// keepsEnding holds for words whose "-nya" belongs to them.
func keepsEnding(w string) bool {
	switch w {
	case "hanya", "punya", "tanya", "akhirnya", "biasanya", "misalnya", "soalnya", "sebelumnya", "dulunya", "awalnya", "sepertinya", "kayaknya",
		"bertanya", "nanya", "punyo", "harusnya", "seharusnya", "semestinya", "intinya", "pokoknya", "kenya":
		return true
	}
	return false
}

// reportSpelling looks a word up in the tables; "" when none has it.
func reportSpelling(w string) string {
	for _, table := range [...]func(string) string{spellPlace, spellContact, spellTrade, spellMoney, spellTrouble, spellPeople, spellSmall} {
		if c := table(w); c != "" {
			return c
		}
	}
	return ""
}

// spellPlace holds houses and the ways to get there.
func spellPlace(w string) string {
	switch w {
	case "rumah", "rmh", "rumh", "ruma", "umah", "rmah", "rumahe", "rumha", "rmuah", "rhm":
		return "rumah"
	case "kerumah", "krmh", "krumah", "kermh", "krmah", "kerumh", "kermah", "kerumha", "keruma":
		return "kerumah"
	case "dirumah", "drmh", "dirmh", "drumah", "dirumh":
		return "dirumah"
	case "homevisit", "hv", "homvisit", "homevist", "homepisit", "hvisit":
		return "homevisit"
	case "kunjungan", "kunjungi", "dikunjungi", "berkunjung", "ngunjungi", "mengunjungi", "knjungan", "kunjngan", "kunj", "kunjug", "ngunjungin", "kunjungin", "kukunjungi", "dikunjungin":
		return "kunjung"
	case "tengok", "nengok", "ditengok", "tengokin", "nengokin", "menengok", "jenguk", "menjenguk", "dijenguk", "ngejenguk", "jengukin", "jingok", "nyingok",
		"dijingok", "jingoki", "kujingok", "tilik", "nilik", "tngok", "ditengokin", "kutengok", "nyambangi", "sambangi", "disambangi", "ditilik":
		return "tengok"
	case "didatangi", "datangi", "mendatangi", "didatengin", "datengin", "datengi", "didatengi", "ndatangi", "kudatangi", "datangin", "didatangin":
		return "datangi"
	case "mampir", "singgah", "mampiri", "mampr", "mmpir", "disinggahi", "dimampiri", "sowan", "mmpr":
		return "mampir"
	case "tempat", "tmpt", "tmpat", "tempt", "lapak", "lokasi", "tpt":
		return "tempat"
	case "warung", "wrg", "warong", "toko", "kios", "kedai", "gerai", "booth":
		return "warung"
	case "pasar", "psr", "pasr", "psar", "dipasar", "kepasar":
		return "pasar"
	case "sana", "sano", "situ", "siko", "sini":
		return "sana"
	case "sampai", "tiba", "nyampe", "nyampai", "nympe", "tibo", "nyampek":
		return "sampai"
	}
	return ""
}

// spellContact holds the ways to reach her and what is said.
func spellContact(w string) string {
	switch w {
	case "telepon", "telpon", "tlp", "tlpn", "telp", "tlpon", "telfon", "tlfn", "telepn", "tlepon", "telpn", "nelpon", "nelfon", "nelepon", "ditelepon", "ditelpon", "ditelfon",
		"ditlp", "ditelp", "telponan", "teleponan", "telponin", "kutelpon", "kutelepon", "menelepon", "nelp", "tepon", "bertelepon", "call", "ditlpn", "tlpnan", "nlpon",
		"nlp", "dtelp", "dtlpn", "menelpon", "phone", "tilpun", "telefon", "telponi", "ditelponi", "teleponi", "nelponi", "nelponin", "telopon", "tlf", "telf", "tlpan", "tlponan", "ngebel", "dibel", "calling", "dicall":
		return "telepon"
	case "wa", "whatsapp", "whatsap", "wasap", "wassap", "chat", "chatting", "chating", "chatan", "sms", "smsan", "dm", "waan", "wapri", "diwa", "diwhatsapp", "ngechat",
		"dichat", "cht", "bbm", "messenger", "japri", "dijapri", "inbox", "ngewa", "mewa", "kuwa", "chet", "ngechet", "cet", "wattsap", "whatsup", "chtan", "kuchat", "disms", "wea", "watsap", "watsapp":
		return "chat"
	case "vc", "vcall", "videocall", "vidcall", "vidkol", "vidcol", "vcan", "vcs", "divc", "vicall", "videokol", "vidiokol":
		return "vc"
	case "ketemu", "ktemu", "ktmu", "ketmu", "kettemu", "ktm", "bertemu", "brtemu", "betemu", "tetemu", "bertmu", "brtmu", "ditemui", "temui", "ketemui", "menemui", "nemu", "nemui",
		"jumpa", "jumpo", "berjumpa", "bejumpo", "jmpa", "bersua", "dijumpai", "tejumpo", "ktmuu", "kutemui", "jumpai", "menjumpai", "kete", "ketmeu", "nemuin", "ditemuin":
		return "ketemu"
	case "ketemuan", "ktmuan", "janjian", "jnjian", "ktemuan", "ketmuan", "janji", "janjinya", "berjanji":
		return "janji"
	case "ngobrol", "ngobrl", "ngbrol", "ngobrolin", "mengobrol", "ngota", "bincang", "berbincang", "ngerumpi", "ngbrl", "obrol", "ngobl", "ngobrool", "diskusi", "berdiskusi", "ngopi":
		return "ngobrol"
	case "bilang", "blg", "bilng", "ngomong", "ngmng", "ngmg", "ngaku", "mengaku", "ngeluh", "mengeluh", "cerita", "crita", "cerito", "bercerita", "becerito", "ngadu", "ngmong",
		"becrito", "critanya", "mengatakan", "nyampein", "menyampaikan", "omong", "ngomongnyo", "bilg", "blng", "ngeluhin", "curcol":
		return "bilang"
	case "kata", "kato", "kate", "ktnya", "katany", "ktny", "ktanya", "katonyo", "katenye", "katanye", "ujar", "ujarnya", "jarnyo", "ktanyo", "ktonyo":
		return "kata"
	case "diangkat", "angkat", "ngangkat", "dijawab", "jawab", "nyambung", "dibalas", "dibales", "bales", "balas", "direspon", "merespon", "ngangkatnya", "menjawab", "tersambung", "dibls", "diangkt", "diankat", "dangkat", "ngebales", "dibaleskan", "membalas", "mbales", "njawab", "dibaca", "ngebaca":
		return "angkat"
	case "hubungi", "dihubungi", "menghubungi", "ngehubungi", "hubungin", "kontak", "dikontak", "ngontak", "kabari", "dikabari", "ngabari", "hbungi", "hubngi":
		return "hubungi"
	case "motivasi", "memotivasi", "motivasii", "mtvasi", "motvasi", "dimotivasi", "motipasi":
		return "motivasi"
	case "menyemangati", "nyemangati", "semangatin", "nyemangatin", "disemangati", "semangati":
		return "menyemangati"
	case "konseling", "konsling", "curhat", "curhatan", "konselng", "curhat2an", "konselling":
		return "konseling"
	case "mediasi", "memediasi", "advokasi", "mengadvokasi", "dimediasi", "advokasii", "mdiasi":
		return "mediasi"
	case "dampingi", "damping", "mendampingi", "ndampingi", "didampingi", "temani", "temenin", "nemenin", "menemani", "ditemani", "nemani", "temeni", "kawani", "dampingin", "ngedampingi",
		"anterin", "nganter", "mengantar", "ngantar", "antar", "antarkan", "dianter", "diantar", "kawanin", "ngawani", "nganterin", "dmpingi", "dampngi", "kutemani", "ditemenin", "pendampingan", "dikawani", "anter", "damingi", "ngawanke", "nemenke":
		return "dampingi"
	case "kontrol", "ngontrol", "mengontrol", "dikontrol", "kontrl", "ngecek", "cek", "dicek", "mengecek", "periksa", "memeriksa", "diperiksa", "ngcek", "kucek", "pantau", "memantau", "dipantau", "monitor", "monitoring", "ngontol", "mantau", "pengecekan":
		return "kontrol"
	case "semangat", "smngt", "smangat", "smgt", "semgt", "semngat", "semangt", "smngat", "semanget", "smanget", "smgat", "semangatt":
		return "semangat"
	case "hasil", "hsl", "hasl", "hsil", "hasile":
		return "hasil"
	case "tercapai", "trcapai", "tercpai", "tercapay", "trcpai", "kecapai", "tecapai", "tercapi", "tercapa", "tcapai":
		return "tercapai"
	case "sebagian", "sbgian", "sbagian", "sebagin", "sebgian", "sbgn", "sebahagian", "sebagain", "sbagiann", "separo", "separuh":
		return "sebagian"
	}
	return ""
}

// spellTrade holds the words of business and money.
func spellTrade(w string) string {
	switch w {
	case "omzet", "omset", "omz", "oms", "omzt", "omst", "omjet", "omzed", "ompset", "omzeet", "omsat", "omsed", "onzet", "onset", "ozmet":
		return "omzet"
	case "laku", "lku", "terjual", "kejual", "trjual", "tejual", "laq", "lakuu", "lakune", "payu", "tejuwal":
		return "laku"
	case "laris", "lariss", "lrs":
		return "laris"
	case "jual", "menjual", "ngejual", "jualkan", "njual", "jualin":
		return "jual"
	case "jualan", "jualn", "bejualan", "berjualan", "brjualan", "jualanan", "dagang", "berdagang", "bedagang", "jualaan", "jlan2an", "jwalan", "bejual", "jualen", "jualanny", "dgang", "berdgang", "njualan", "julan", "jualam", "jualann":
		return "jualan"
	case "dagangan", "dagangn", "jajaan", "dgangan", "daganan", "jualanmu", "dagngan", "produk", "produknya", "prodak":
		return "dagangan"
	case "jalan", "jln", "jlan", "jaln", "berjalan", "bejalan", "jalann", "brjalan":
		return "jalan"
	case "usaha", "usha", "ush", "usahe", "usaho", "ussha", "ushaa", "bisnis", "usahany":
		return "usaha"
	case "penjualan", "pnjualan", "penjuaan", "penjualn", "pjualan":
		return "penjualan"
	case "pemasukan", "pmasukan", "pemasukn", "pemasukkan", "pmsukan", "pemasuka", "pemaskan":
		return "pemasukan"
	case "pendapatan", "pndapatan", "pendptan", "pendapatn", "penghasilan", "pnghasilan", "hasilan", "penghasilanan":
		return "pendapatan"
	case "untung", "untng", "utung", "keuntungan", "untg", "laba", "profit", "cuan", "kauntungan", "labah", "untunge", "bati", "unrung":
		return "untung"
	case "bersih", "brsih", "brsh", "berseh", "bersh":
		return "bersih"
	case "kotor", "ktr", "kotr", "ktor", "bruto":
		return "kotor"
	}
	return ""
}

// spellMoney holds what money is spent on, and where it goes.
func spellMoney(w string) string {
	switch w {
	case "rugi", "kerugian", "rugy", "tekor", "nombok", "minus", "ruginya", "rgi", "merugi", "defisit", "buntung", "tombok":
		return "rugi"
	case "modal", "mdl", "modl", "modale", "mdal", "modall", "modla", "madal":
		return "modal"
	case "belanja", "blanja", "blnja", "belanjo", "blanjo", "belnja", "belanjaan", "kulakan", "kulak", "kulaan", "berbelanja", "kulakannya", "bljanja", "belanje", "dibelanjakan", "blnj", "blj":
		return "belanja"
	case "barang", "brg", "brang", "barng", "barangnya":
		return "barang"
	case "beli", "bli", "meli", "ngebeli", "dibeli", "membeli", "belikan", "beliin", "dibelikan", "pembelian", "belike":
		return "beli"
	case "bahan", "bhn", "bhan", "bahn", "bahan2", "bahane":
		return "bahan"
	case "harga", "hrga", "hrg", "hargo", "harge", "hargany", "haga", "regonyo":
		return "harga"
	case "naik", "naek", "niak", "naikk", "meningkat", "ningkat", "nai", "naikan", "naeknyo", "meningkt":
		return "naik"
	case "turun", "trun", "turn", "menurun", "nurun", "merosot", "anjlok", "turn2", "turon", "melorot", "turum":
		return "turun"
	case "tetap", "ttp", "tetep", "ttap", "stabil", "konstan", "ttep", "stbil":
		return "tetap"
	case "libur", "lbur", "libr", "prei", "prai", "liburan", "libor", "lbr", "liburr":
		return "libur"
	case "tutup", "ttup", "ttp2", "nutup", "tutupan":
		return "tutup"
	case "buka", "bka", "bukak", "membuka", "bukaa":
		return "buka"
	case "utang", "hutang", "ngutang", "pinjam", "pinjaman", "minjem", "pinjem", "cicilan", "nyicil", "kredit", "angsuran", "pinjol", "ngutangi", "berhutang", "nyaur", "cicil":
		return "utang"
	case "tabung", "nabung", "tabungan", "menabung", "ditabung", "arisan", "simpanan":
		return "tabung"
	case "dapat", "dapet", "dpt", "dpet", "dapt", "dapatnya", "mendapat", "ngasilin", "menghasilkan", "peroleh", "memperoleh", "bedapat", "oleh2an", "ndapet", "dapatlah":
		return "dapat"
	case "pemasok", "supplier", "suplier", "suplayer", "distributor", "agen", "grosir", "tengkulak", "grosiran", "pengepul", "suplyer", "suplai", "pemasoknya", "supliyer":
		return "pemasok"
	}
	return ""
}

// spellTrouble holds obstacles.
func spellTrouble(w string) string {
	switch w {
	case "kendala", "kndala", "kendla", "kendalo", "kendale", "hambatan", "masalah", "mslh", "masala", "masalh", "kesulitan", "halangan", "hmbtn", "problem", "keluhan", "kdala",
		"kndla", "kendalaa", "kenala", "kendal", "kendalah", "hambtan", "terkendala", "bermasalah", "trkendala", "persoalan", "rintangan", "msalah", "kndal", "terhambat", "tekendala":
		return "kendala"
	case "sepi", "spi", "sepii", "sepih", "lengang", "sepinian":
		return "sepi"
	case "ramai", "rame", "rami", "rmai", "rmi", "ramenya":
		return "ramai"
	case "hujan", "ujan", "hjn", "hjan", "hujn", "ujn", "hujan2an", "gerimis", "ujanan", "kehujanan", "banjir", "bnjir", "keujanan", "kebanjiran":
		return "hujan"
	case "cuaca", "cuace", "cuaco", "cwaca", "cuca":
		return "cuaca"
	case "sakit", "skit", "sakt", "batuk", "pilek", "flu", "pusing", "diare", "saket", "skt", "gering", "meriang", "demam", "opname", "diopname", "tipes", "tifus", "dbd", "migrain", "migren", "vertigo", "maag", "muntaber", "mencret", "kambuh", "sakitnya", "skitt", "sakitan", "mriang":
		return "sakit"
	case "rusak", "rsk", "rusk", "rusek", "jebol", "rusakk", "rsak", "kerusakan", "ngadat", "eror", "error":
		return "rusak"
	case "mahal", "mhl", "mhal", "mahl", "kemahalan", "melonjak", "melambung", "mahall", "larang", "selangit", "meroket", "melejit", "melangit", "gilaan", "gila2an":
		return "mahal"
	case "keluarga", "klg", "klrga", "keluarge", "keluargo", "kluarga", "kluarge", "keluaga", "kluargo", "keluargaa":
		return "keluarga"
	case "suami", "suamy", "swami", "sumi", "misua", "lakinyo", "suamik", "laki", "suaminyo", "swmi":
		return "suami"
	case "waktu", "wkt", "wktu", "wakt":
		return "waktu"
	case "sempat", "smpt", "smpat", "sempet", "sempt":
		return "sempat"
	case "kpake", "kepakai", "kpakai", "kepakek", "tepake", "tepakai", "kepke":
		return "kepake"
	case "begawe", "bekerja", "bkerja", "krja", "bgawe":
		return "kerja"
	case "kualitas", "kwalitas", "kualits", "mutu", "kwlts", "kualtas", "kualitasnye", "qualitas", "kwalitet":
		return "kualitas"
	case "alat", "peralatan", "perlatan", "alat2", "perkakas":
		return "alat"
	case "nyatat", "nyatet", "mencatat", "catet", "dicatat", "catat", "nyatatnya", "nyateti", "ncatat", "dicatet", "mencatet", "nyatatin":
		return "catat"
	case "catatan", "pembukuan", "cttan", "catatn", "pembukuannya":
		return "catatan"
	case "mendukung", "dukung", "didukung", "ndukung", "dukungan", "support", "suport", "restu", "merestui", "setuju", "izinin", "mengizinkan", "ngizinin", "bolehin", "izin", "nyetujui", "ngebolehin",
		"menerima", "nerima", "terima", "restui", "support2", "dukungnya", "diizinkan", "diizinin", "dibolehin", "diboleh", "dkung", "mndukung", "ngizinke", "dukong", "menyetujui", "ridho":
		return "dukung"
	case "mepet", "mpet", "mepett":
		return "mepet"
	case "melarang", "dilarang", "ngelarang", "larangan", "menentang", "ditentang", "nentang", "keberatan", "marah", "marah2", "ngambek", "nglarang":
		return "melarang"
	case "susah", "sulit", "susa", "ssah", "slit", "saro", "payah", "sush", "sussah", "suah", "ngeri2":
		return "susah"
	case "komplain", "dikomplain", "protes", "diprotes", "dikeluhkan", "komplen", "complain", "komplainan", "ngomplain", "dikomplen":
		return "komplain"
	case "mogok", "macet", "mct":
		return "macet"
	case "berkembang", "brkembang", "bekembang", "maju", "berkmbang", "kembang2", "perkembangan", "kembangkan", "berkembng":
		return "berkembang"
	}
	return ""
}

// spellPeople holds people, and words for a lack of them.
func spellPeople(w string) string {
	switch w {
	case "dia", "dio", "die", "beliau", "ybs", "doi", "dya", "diaa", "dy":
		return "dia"
	case "kami", "kita", "kito", "kite", "qt", "kamek":
		return "saya"
	case "anak", "anaknya", "budak", "ank", "bocah", "adek", "adik", "cucu", "si kecil", "ponakan", "keponakan":
		return "anak"
	case "teman", "tmn", "tmen", "temn":
		return "teman"
	case "tetangga", "tetanggo", "ttangga", "tetangge", "tetnga", "tetanga":
		return "tetangga"
	case "mertua", "mertuo", "mertuanya", "ortu", "orangtua", "emak", "umak", "mak", "ebak", "nenek", "kakek", "ayah", "papa", "mama", "saudara", "sodara", "dulur", "sepupu", "ipar", "adiknya", "kakaknya", "bibi", "tante", "paman", "keluarganya":
		return "kerabat"
	case "pembeli", "pelanggan", "konsumen", "langganan", "customer", "kustomer", "pmbeli", "plnggan", "plggn", "plgn", "pengunjung", "pembli", "pelangan", "costumer":
		return "pembeli"
	case "katek", "katik", "dakado", "gakada", "gaada", "gkada", "gada", "dakkatek", "dakada", "tiada", "tidakada", "gkda", "gda", "ngakada", "tdkada", "nihil":
		return "katek"
	case "ada", "ad", "do", "adanya", "adolah", "adalah2":
		return "ada"
	case "kosong", "ksong", "kosng", "ksg", "kosongan", "suwung":
		return "kosong"
	case "terkunci", "dikunci", "kekunci", "digembok", "kunci", "tekunci", "kegembok":
		return "terkunci"
	case "pergi", "pegi", "keluar", "kluar", "prgi", "pegh", "kelur", "kondangan", "pulkam", "mudik", "jalan2":
		return "pergi"
	}
	return ""
}

// spellSmall holds the small words that turn a sentence.
func spellSmall(w string) string {
	switch w {
	case "tapi", "tp", "tpi", "tetapi", "namun", "cuman", "tpii", "tapii":
		return "tapi"
	case "karena", "krn", "karna", "krna", "soalnya", "sebab", "gara", "kerno", "gegara", "karno", "gara2", "krena", "lantaran", "soale", "dikarenakan":
		return "karena"
	case "terus", "trus", "trs", "tros", "teros":
		return "terus"
	case "kalau", "klo", "kalo", "klau", "kl", "kalu", "kaloo", "seandainya", "andai", "andaikan", "jika", "misal", "misalnya", "contoh", "contohnya":
		return "kalau"
	case "akan", "bakal", "bakalan", "hendak", "niat", "berniat", "nak", "rencana", "rncana", "rencano", "insyaallah", "insya", "insyallah", "insyaalloh", "inshaallah", "galak", "berencana", "rncna", "renc", "akn", "ingin", "kepengen", "pengin", "pgn", "pngen", "bkl", "mau":
		return "mau"
	case "butuh", "btuh", "perlu", "prlu", "minta", "mnta", "mintak", "minto", "membutuhkan", "memerlukan", "kepingin", "harus", "hrs", "hrus", "harusnya", "seharusnya", "mesti", "btuhkan", "nambah", "tambah", "nambahin", "menambah", "tambahan", "tmbah", "nmbh", "usul", "mengajukan", "ngajuin", "ajukan", "mohon":
		return "butuh"
	case "semoga", "moga", "mudah2an", "smoga", "harap", "harapan", "berharap", "takut", "khawatir", "kuatir", "takutnya", "target", "targetnya", "andaikata", "jangan", "mogo2", "moga2", "mudahan":
		return "semoga"
	case "cuma", "hanya", "cm", "cma", "cmn", "hny", "hnya", "cumo", "sekadar":
		return "cuma"
	case "smggu", "sminggu", "smnggu", "semggu":
		return "seminggu"
	case "dari", "dr", "dri":
		return "dari"
	case "juga", "jg", "jga", "jugo", "jgk":
		return "juga"
	case "dan", "dn", "serta", "&", "plus", "n":
		return "dan"
	case "untuk", "utk", "buat", "bwt", "bt", "untk", "untok", "ngge", "bkn2":
		return "untuk"
	case "ke", "k":
		return "ke"
	case "lewat", "via", "lwat", "melalui", "pakai", "pake", "pke":
		return "lewat"
	case "berapa", "brp", "brapa", "berapo", "brpa", "berape", "kapan", "kpn", "siapa", "siapo", "sapa", "gimana", "gmn", "gmna", "bagaimana", "bgmn", "gimano", "kenapa", "knp", "ngapo", "knapa", "mengapa", "apakah", "apakh", "manakah", "bisakah", "adakah", "sudahkah", "bolehkah":
		return "berapa"
	case "lanjut", "tl", "lnjut", "dilanjut", "dilanjutkan", "lanjutan", "lanjutin", "followup", "fu", "selanjutnya", "lanjutkan", "dijadwalkan", "dijadwal", "lanjot", "jadwal", "jadwalkan", "lnjt":
		return "lanjut"
	case "balik", "balek", "kembali", "balk", "blik", "kmbali", "blk":
		return "balik"
	case "dulu", "dlu", "dl", "dolo", "sementara", "smntara", "dulue", "smentara":
		return "dulu"
	case "gagal", "batal", "urung", "btal", "batl", "gajadi", "gakjadi", "dakjadi":
		return "gagal"
	case "jd", "jdi", "jadinyo", "jadinye":
		return "jadi"
	case "la", "lah":
		return "sudah" // as Palembang says it
	case "bukan", "bkn", "bukn":
		return "bukan"
	case "tanpa", "tnp", "tnpa", "tampa":
		return "tanpa"
	case "cukup", "ckp", "cukop":
		return "cukup"
	case "banyak", "bnyak", "byk", "bnyk", "banyk", "numpuk", "menumpuk":
		return "banyak"
	}
	return ""
}
