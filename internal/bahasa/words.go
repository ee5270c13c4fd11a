package bahasa

// canon returns the one spelling the readers know for a word as people type
// it. Words it has no entry for come back unchanged. Words that mean different
// things in different questions ("rbu": ribu or rabu) are left to the readers.
func canon(w string) string {
	if len(w) > 16 {
		return w
	}
	for _, table := range [...]func(string) string{canonAnswer, canonCommon, canonDay, canonTime, canonNumber} {
		if c := table(w); c != "" {
			return c
		}
	}
	return w
}

// canonAnswer holds yes, no and the verbs of answers.
func canonAnswer(w string) string {
	switch w {
	case "tdk", "tdak", "tidk", "tida", "g", "ga", "gak", "gk", "ngga", "nggak", "nggk", "ngk", "engga", "enggak", "enggk",
		"kagak", "kaga", "kgk", "gag", "ndak", "nda", "dak", "idak", "indak", "tak", "ora", "endak", "ndk", "dk", "nga", "ngak", "gx", "gka", "agk", "gaak", "gakk", "ggk", "kga":
		return "tidak"
	case "blm", "belom", "blom", "blum", "lum", "belon", "blon", "bloman", "durung", "belumlah":
		return "belum"
	case "sdh", "udh", "udah", "uda", "dah", "sudh", "sdah", "suda", "sdhlah":
		return "sudah"
	case "iy", "iyah", "iyak", "iyo", "aok", "iyya", "iyah2", "iyolah", "iyalah", "iye", "yo", "iyau", "ia":
		return "iya"
	case "hbs", "abis", "hbis", "abes", "habes":
		return "habis"
	case "jgn", "jngn", "jangn":
		return "jangan"
	case "bener", "bnr", "bner", "benr":
		return "benar"
	case "betol", "btl", "btul":
		return "betul"
	case "stju", "stuju", "setju":
		return "setuju"
	case "apus", "hapuskan", "hps", "apusin", "hapusin":
		return "hapus"
	case "mo", "mw", "mau2", "pengen", "pingin":
		return "mau"
	case "bs", "bsa", "pacak", "biso", "isa", "iso":
		return "bisa"
	case "sayo", "sy", "aku", "ku", "gue", "gw", "awak", "ambo", "syaa", "aq", "ak":
		return "saya"
	case "yg", "yng", "yang2":
		return "yang"
	case "ijin", "izn", "ijn", "idzin":
		return "izin"
	case "dateng", "dtg", "dtng", "dateg", "datng":
		return "datang"
	case "hdr", "adir", "hadr":
		return "hadir"
	case "telat", "tlat", "tlt", "terlmbt", "trlambat", "lambat", "telambat":
		return "terlambat"
	}
	return ""
}

// canonCommon holds the small words of every answer.
func canonCommon(w string) string {
	switch w {
	case "org", "orng", "uwong", "wong":
		return "orang"
	case "ado", "adoo", "ono", "ad":
		return "ada"
	case "dpt", "dapet", "dpet", "dapetin":
		return "dapat"
	case "dg", "dgn", "dngn":
		return "dengan"
	case "sm", "ama", "samo":
		return "sama"
	case "ato", "atw", "atawa", "apo":
		return "atau"
	case "sampe", "smp", "sampek", "sd", "hingga", "smpai", "ampe", "sampay":
		return "sampai"
	case "sktr", "sekitaran", "sekitr", "skitar", "sekira", "sekiranya", "kisaran", "kirakira", "kiro2", "kr2", "kra2", "kirokiro":
		return "sekitar"
	case "kira2", "kira", "kiro":
		return "sekitar"
	case "krg", "kurg", "krng", "krang", "kurng":
		return "kurang"
	case "lbh", "lebeh", "lbih":
		return "lebih"
	case "hmpir", "hampr", "ampir", "hmpr", "nyaris":
		return "hampir"
	case "nian", "sekali", "bgt", "bngt", "banget", "amat", "bngetz":
		return "sangat"
	case "dikit", "sedikit", "dkit", "dkt", "sdikit":
		return "sedikit"
	case "gpp", "gapapa", "gapap", "gpapa", "gppa", "dakpapo", "gakpapa":
		return "gpp"
	case "tau", "tahu", "taw", "tw", "tao":
		return "tahu"
	}
	return ""
}

// canonDay holds days, and the words around them.
func canonDay(w string) string {
	switch w {
	case "bsk", "bsok", "besuk", "isok", "isuk", "esok", "besoknya", "bsoknya", "bessok", "beso", "tomorrow", "sesok":
		return "besok"
	case "kemaren", "kmrn", "kmrin", "kmren", "kemarn", "kmaren", "kemrin", "kemren", "kmarin", "kemarennya", "kemarinnya",
		"kmarn", "kemari", "wingi", "yesterday", "kemarennyo", "kemarinnyo":
		return "kemarin"
	case "nnti", "nt", "ntar", "ntr", "entar", "kagek", "gek", "nanty", "ntik", "tar", "nanti2":
		return "nanti"
	case "tgl", "tggl", "tangal", "tg", "tnggal", "tanggl", "tgal", "tggal":
		return "tanggal"
	case "bln", "bulen", "buln":
		return "bulan"
	case "mlm", "malem", "malm", "mlem", "mlam":
		return "malam"
	case "skrg", "skg", "skr", "skrang", "sekrang", "skrng", "today", "saiki", "skarang":
		return "sekarang"
	case "hr", "hri", "ari", "hary", "hariny":
		return "hari"
	case "ll", "silam", "lalunya", "llu", "lalu2", "lau":
		return "lalu"
	case "lg", "lgi", "lage", "lagii":
		return "lagi"
	case "dpn", "dpan", "depn", "mendatang", "depannya":
		return "depan"
	case "mgg", "mggu", "mgu", "mingu", "minngu", "smggu", "mnggu", "minggunya", "mg":
		return "minggu"
	case "pkn":
		return "pekan"
	case "sls", "slsa", "slasa", "selsa", "seloso", "selaso", "sel", "tuesday":
		return "selasa"
	case "snin", "sen", "snn", "senen", "senn", "monday":
		return "senin"
	case "rebo", "rabo", "rab", "wednesday":
		return "rabu"
	case "kms", "kamiss", "kmis", "kam", "kemis", "thursday":
		return "kamis"
	case "jmt", "jum", "jumaat", "jmat", "jumt", "jumet", "jemuah", "jumah", "friday":
		return "jumat"
	case "sbtu", "sab", "sbt", "saptu", "septu", "setu", "saturday":
		return "sabtu"
	case "ahd", "akhad", "ahat", "sunday":
		return "ahad"
	}
	return ""
}

// canonTime holds parts of the day, prayers and times.
func canonTime(w string) string {
	switch w {
	case "pg", "pgi", "pagii", "isuk2", "pagi2", "pagian":
		return "pagi"
	case "sng", "siank", "awan", "siyang", "siang2", "siangan":
		return "siang"
	case "sre", "petang", "soree", "sor", "sore2", "sorean":
		return "sore"
	case "malam2", "malaman", "maleman":
		return "malam"
	case "sbuh", "shubuh", "subuh2", "subu", "sbh", "shubu":
		return "subuh"
	case "dzuhur", "zhuhur", "dhuhur", "duhur", "lohor", "luhur", "zuhr", "dzuhr", "dhuhr", "dzhuhur", "dluhur", "zhur", "dzuhor", "zohor", "dzohor":
		return "zuhur"
	case "ashar", "asyar", "ashr", "azhar", "asr", "ashor", "asar2":
		return "asar"
	case "maghrib", "mahgrib", "magribh", "mgrb", "mgrib", "maghrb", "mahrib", "magreb", "maghreb":
		return "magrib"
	case "isa2", "isyak", "isha", "isyaa", "isak", "isya2":
		return "isya"
	case "ba'da", "bada", "badha", "bakdo", "bakdah", "baqda", "badah":
		return "bakda"
	case "stlh", "stelah", "sesudah", "ssdh", "selepas", "usai", "slesai", "stlah", "lepas", "sehabis", "seabis":
		return "setelah"
	case "sblm", "sebelom", "sblum", "seblum", "sbelum":
		return "sebelum"
	case "td", "tdi", "tadinya", "tadik":
		return "tadi"
	case "brusan", "barusn", "barusan2", "brsn":
		return "barusan"
	case "smlm", "semalem", "smalam", "smalem", "semlm", "smlam":
		return "semalam"
	case "pkl", "pukul", "jm", "jam2", "pk":
		return "jam"
	case "mnt", "mnit", "menitan":
		return "menit"
	case "lwt", "liwat", "lewt":
		return "lewat"
	case "wsb", "wib":
		return "wib"
	}
	return ""
}

// canonNumber holds number words, Palembang and Javanese ones among them.
func canonNumber(w string) string {
	switch w {
	case "sikok", "stu", "sijikok", "siji", "sato":
		return "satu"
	case "duo", "due", "dwa", "dwo", "loro":
		return "dua"
	case "tigo", "tige", "tga", "telu":
		return "tiga"
	case "ampat", "mpat", "empt", "papat":
		return "empat"
	case "limo", "lime", "lma":
		return "lima"
	case "enem", "nam", "anam", "enm":
		return "enam"
	case "tuju", "tjuh", "pitu", "tujoh":
		return "tujuh"
	case "lapan", "dlapan", "dlpn", "delapn", "wolu", "salapan":
		return "delapan"
	case "smbilan", "smbln", "sembilan2", "songo", "sembelan", "sambilan":
		return "sembilan"
	case "sepulu", "spuluh", "sepulo", "sepuluh2", "sapuluh", "spulu", "sepuloh":
		return "sepuluh"
	case "pulu", "plh", "pulo", "pulh", "puloh", "pluh":
		return "puluh"
	case "blas", "bls", "belassan":
		return "belas"
	case "rts", "ratos", "rtus", "atus", "ratuss":
		return "ratus"
	case "sratus", "seratos", "saratus", "sertus", "seratus2", "satus":
		return "seratus"
	case "rb", "rebu", "riboe", "ribuu", "rbiu", "ewu", "rbb", "rib":
		return "ribu"
	case "jt", "jta", "jutaa", "juto", "jutah", "jtt", "yuta":
		return "juta"
	case "milyar", "milyard", "miliyar", "mlyr", "milliar", "milar", "miliard", "mlr":
		return "miliar"
	case "rbuan", "rban", "rebuan", "ribuann", "rbn":
		return "ribuan"
	case "jtan", "jtaan":
		return "jutaan"
	case "sribu", "serebu", "srebu", "saribu", "sarebu", "sewu", "serb":
		return "seribu"
	case "sejt", "sjuta", "sajuta", "sejuto", "sjt":
		return "sejuta"
	case "stgh", "stngah", "setgh", "stengah", "stngh", "setngah", "setenga", "stgah", "setenggah", "stenga", "stg":
		return "setengah"
	case "seprempat", "sprempat", "seperempt", "seprapat", "prapat", "seprmpt":
		return "seperempat"
	case "nul", "zero":
		return "nol"
	}
	return ""
}
