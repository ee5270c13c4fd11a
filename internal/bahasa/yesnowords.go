package bahasa

// toneWord is the table of words that answer, in the spelling of canon.
func toneWord(w string) tone {
	switch w {
	case "iya", "y", "yoi", "yup", "yap", "yes", "yess", "yaps", "iyes", "yep", "yeah", "yoa", "yoyoi", "yups", "yuhu", "yee", "yoii", "yok",
		"ok", "oke", "okey", "okay", "okeh", "okk", "oks", "okeeh", "oki", "oce", "okidoki", "okelah", "okedeh", "okesip",
		"betul", "benar", "setuju", "siap", "sip", "siip", "sipp", "sippp", "sep", "siapp", "siyap", "siaap",
		"boleh", "bole", "bolehlah", "gas", "gass", "gaskeun", "gaskan", "lanjut", "lanjutkan", "lanjutin", "sepakat", "cocok",
		"pasti", "tentu", "jelas", "emang", "memang", "mmg", "heeh", "hooh", "he'eh", "nggih", "inggih", "injih", "enggih", "nggeh",
		"👍", "✅", "deal", "acc", "yakin", "pas", "tepat", "correct", "sure", "yaudah", "yowes", "monggo", "silakan", "silahkan", "hayuk", "ayo", "hayo", "ayok", "lakukan":
		return toneYes
	case "bisa", "mau", "galak", "ada", "sanggup", "berkenan", "bersedia", "minat", "suka", "ikut", "hadir", "datang", "melok", "sempat", "sempet", "sesuai", "hendak", "nak", "tertarik", "berminat", "punya":
		return toneCan
	case "no", "nope", "bukan", "jangan", "salah", "keliru", "ogah", "emoh", "moh", "gamau", "gakmau", "gausah", "gakusah", "gosah",
		"gabisa", "gakbisa", "gaada", "gada", "gakada", "dakdo", "dakado", "dakbisa", "gajadi", "gakjadi", "dakjadi", "dakgalak", "dakpacak", "tolak", "menolak", "nolak", "👎", "❌", "males", "malas", "bkn", "bukanlah", "bukannya", "n", "tidaklah", "wrong", "slh", "sala":
		return toneNo
	case "belum":
		return toneNotYet
	case "sudah":
		return toneDone
	case "usah", "perlu", "jadi", "cukup", "ngerasa", "pernah", "prlu", "usa", "jd", "selesai", "waktunya":
		return toneNeed
	case "nanti", "terserah", "trserah", "bebas", "sembarang", "manut", "mungkin", "mgkn", "mngkn", "kayaknya", "kyknya", "kayanya", "sepertinya", "spertinya", "keknya", "keknyo", "kayaknyo",
		"rasanya", "entah", "ntah", "entahlah", "ragu", "bingung", "tergantung", "insyaallah", "insyallah", "insyaalloh", "inshaallah", "insyaalah", "isyaallah",
		"insya", "insha", "sebentar", "bentar", "bntr", "sbntr", "tunggu", "gpp", "maybe", "pikir2", "pikir", "mikir", "lihat2", "gatau", "gaktau", "gktau", "daktau", "ngaktau", "gatw", "kurangtau", "hmm", "hm", "hemm", "hem", "gimana", "semoga", "moga2", "mudah2an", "insy", "idk", "belumtentu", "kali", "coba", "barangkali", "kapan2", "antara", "setengah", "lihat", "liat", "tanya", "pikirkan":
		return toneUnsure
	case "tahu", "ngerti", "paham", "tentu2", "yakin2":
		return toneUnknown
	case "tapi", "tp", "tpi", "cuma", "namun", "asal", "kalau", "klo", "kalo", "tetapi", "cuman", "asalkan":
		return toneUnsure
	case "itu", "ini", "saya", "sangat", "kami", "kita", "dulu", "dl", "dlu", "makasih", "mksh", "maksih", "kasih", "mohon", "tolong", "maaf",
		"allah", "alloh", "sya", "lagi", "nya", "kah", "memangnya", "jg", "juga", "langsung", "sekarang", "laksanakan", "pun", "semua", "galo", "segitu", "gitu", "begitu", "alhamdulillah", "terus", "buk", "untuk", "yg", "yang", "hari", "bun", "atas", "dari", "bos", "boss", "mbk", "tq", "thanks", "thx", "bisa2", "apa", "apa2", "catat", "masih", "sama", "lain", "dan", "kabari", "kabarin", "dikabari", "datanya":
		return toneSoft
	}
	return toneOther
}
