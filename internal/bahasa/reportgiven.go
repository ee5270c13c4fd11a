package bahasa

// isGivenName holds for the names people are given that stand one or two
// letters away from others. "Sri" is somebody else than Sari, so that it is
// asked and not taken for a slip.
func isGivenName(w string) bool {
	switch w {
	case "agus", "ahmad", "aida", "aisah", "alia", "aminah", "amelia", "ana", "andi", "andri", "ani", "anis", "anita", "anna", "anti", "asih", "asri", "astri", "astuti", "atik", "ayu",
		"bambang", "bella", "budi", "cindy", "citra", "daliana", "dani", "darma", "dasri", "dea", "dede", "dedi", "deni", "desi", "dewi", "dian", "diana", "dina", "dini", "dita", "diyah", "doni",
		"eka", "eko", "elis", "elly", "elsa", "endang", "erna", "erni", "esti", "eti", "eva", "evi", "fatimah", "fitri", "gita", "hadi", "hana", "hani", "hartati", "hasna", "hendra", "heni", "heru", "hesti",
		"ika", "iis", "ina", "indah", "indra", "indri", "inta", "ira", "irma", "ita", "iwan", "juwita", "kamil", "kamila", "karin", "karina", "kartini", "kiki", "lasmi", "lastri", "lena", "leni", "lia", "lidia", "lili", "lilis", "lina", "linda", "lisa", "lusi", "lusiana", "malik",
		"maria", "marni", "mawardi", "maya", "mayang", "mega", "melani", "melanti", "meli", "melisa", "melly", "mia", "mila", "mimin", "mira", "mita", "mulyati", "murni", "nana", "nani", "neneng", "neni", "nia", "nina", "nining", "nita", "novi", "nova", "nunung", "nur", "nuri", "nurma", "nurmala", "nurul",
		"permana", "putra", "putri", "rahma", "rahmat", "rani", "ratih", "ratna", "reni", "rena", "resti", "ria", "rian", "rika", "rina", "rini", "rita", "rizka", "rosa", "rosi", "rudi", "salim", "salmah", "samsul", "sandi", "santi", "santo", "sarah", "sarina", "sarinah", "sarni", "sarti", "sela", "selma", "septi", "shinta", "sinta", "siska", "siti", "sofia", "sonia", "sri", "suci", "sumi", "sunarti", "suni", "suryani", "susan", "susi",
		"tania", "tanti", "tari", "tati", "tatik", "tiara", "tika", "tina", "tini", "titi", "titin", "tono", "tri", "uci", "umi", "vera", "vina", "wahyu", "wanti", "warti", "wati", "widya", "wiwi", "wiwik", "wulansari", "wulandari",
		"yana", "yani", "yanto", "yanuar", "yati", "yatmi", "yeni", "yessi", "yudi", "yuli", "yulia", "yulianti", "yuni", "yunita", "yusni", "yusuf", "zahra", "zainab":
		return true
	}
	return false
}
