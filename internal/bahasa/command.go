package bahasa

import "strings"

// Command is an order to the bot itself, understood in every place.
type Command uint8

// The commands, each with the word people type for it.
const (
	Cancel   Command = iota + 1 // batal
	Back                        // kembali
	Skip                        // lewati, "-"
	Repeat                      // ulang
	Help                        // bantuan, "?"
	Menu                        // menu
	Start                       // mulai
	Done                        // selesai
	Save                        // simpan
	Erase                       // hapus data saya
	Close                       // tutup: hide what is on the screen
	Stop                        // berhenti: no more messages
	Lock                        // kunci
	Edit                        // ubah
	MyData                      // data saya
	Pause                       // jeda
	commands                    // their number
)

// String returns CANCEL, BACK and so on.
func (c Command) String() string {
	names := [commands]string{"?", "CANCEL", "BACK", "SKIP", "REPEAT", "HELP", "MENU", "START", "DONE", "SAVE", "ERASE",
		"CLOSE", "STOP", "LOCK", "EDIT", "MYDATA", "PAUSE"}
	if int(c) < len(names) {
		return names[c]
	}
	return "?"
}

// ReadCommand reads a message that is a command and nothing else, with or
// without a slash ("/batal@SomeBot"). Words of address and softening around it
// do not count: "batal aja kak". A sentence that starts with a command is not
// one. /start may carry a parameter.
func ReadCommand(text string) (Command, bool) {
	if len(text) > 256 {
		return 0, false
	}
	text = strings.TrimSpace(text)
	if strings.HasPrefix(text, "/") {
		return slashCommand(text[1:])
	}
	toks := lex(text)
	if len(toks) == 0 || len(toks) > 8 {
		return 0, false
	}
	if onlyMarks(toks, "?") {
		return Help, true
	}
	if onlyMarks(toks, "-") {
		return Skip, true
	}
	toks = trimAnswer(toks)
	for len(toks) > 1 && toks[0].kind == tkWord && (isAddress(toks[0].text) || toks[0].is("tolong")) {
		toks = toks[1:]
	}
	for len(toks) > 1 && toks[0].kind == tkMark {
		toks = toks[1:]
	}
	for len(toks) > 1 && toks[len(toks)-1].is("dulu", "dl", "dlu", "sekarang") {
		toks = toks[:len(toks)-1]
	}
	switch len(toks) {
	case 1:
		return commandWord(toks[0].text)
	case 2, 3, 4:
		return commandPhrase(toks)
	}
	return 0, false
}

// onlyMarks holds for a message of the one mark, written up to three times.
func onlyMarks(toks []token, mark string) bool {
	for _, t := range toks {
		if !t.is(mark) {
			return false
		}
	}
	return len(toks) <= 3
}

// slashCommand reads what stands behind the slash.
func slashCommand(s string) (Command, bool) {
	word, rest, _ := strings.Cut(s, " ")
	name, _, _ := strings.Cut(strings.ToLower(word), "@")
	switch name {
	case "start":
		return Start, true
	case "datasaya", "data_saya":
		return MyData, rest == ""
	case "hapusdata", "hapus_data", "hapusdatasaya", "hapus_data_saya":
		return Erase, rest == ""
	}
	if strings.TrimSpace(rest) != "" {
		return 0, false
	}
	c, ok := commandWord(canon(squeeze(name)))
	return c, ok
}

// commandWord is the table of commands of one word, in the spelling of canon.
func commandWord(w string) (Command, bool) {
	switch w {
	case "batal", "cancel", "batalkan", "dibatalkan", "batalin", "gajadi", "gakjadi", "dakjadi", "batalke", "btal", "urungkan":
		return Cancel, true
	case "betul": // canon reads the short form of batal, "btl", as betul
		return 0, false
	case "kembali", "balik", "mundur", "back", "balek", "kmbali", "kembalik", "sebelumnya", "kembalilah":
		return Back, true
	case "lewati", "lewat", "skip", "lewatkan", "lompati", "lewatin", "skp", "lompat", "lewatke":
		return Skip, true
	case "ulang", "ulangi", "balen", "repeat", "ulangin", "ulangke", "baleni", "ulng":
		return Repeat, true
	case "bantuan", "bantu", "help", "tolong", "bantuin", "panduan", "petunjuk", "hlp":
		return Help, true
	case "menu", "beranda", "home", "utama":
		return Menu, true
	case "mulai", "start", "mulailah", "mule", "mulae":
		return Start, true
	case "selesai", "sudah", "done", "beres", "kelar", "rampung", "slesai", "slsai", "slse", "finish":
		return Done, true
	case "simpan", "save", "simpen", "smpan", "simpanlah", "simpanke":
		return Save, true
	case "hapus", "erase", "delete":
		return Erase, true
	case "tutup", "close", "ttp", "tutupke":
		return Close, true
	case "berhenti", "stop", "brhenti", "setop", "henti", "unsubscribe", "brenti", "berenti":
		return Stop, true
	case "kunci", "lock", "kunciin":
		return Lock, true
	case "ubah", "edit", "ganti", "perbaiki", "koreksi", "ubh", "ralat", "betulkan", "betulin":
		return Edit, true
	case "jeda", "pause":
		return Pause, true
	case "datasaya", "dataku":
		return MyData, true
	}
	return 0, false
}

// commandPhrase reads commands of two to four words.
func commandPhrase(toks []token) (Command, bool) {
	if len(toks) == 2 && toks[0].is("tidak") && toks[1].is("jadi", "jd") {
		return Cancel, true
	}
	switch {
	case len(toks) == 2 && toks[0].is("menu") && toks[1].is("utama", "awal"), toks[len(toks)-1].is("menu") && toks[0].is("ke", "kembali", "balik", "balek") && len(toks) <= 3:
		return Menu, true
	case len(toks) == 2 && toks[0].is("data") && toks[1].is("saya"):
		return MyData, true
	case len(toks) == 2 && toks[0].is("tarik", "cabut") && toks[1].is("persetujuan", "izin"):
		return Stop, true
	case toks[0].is("hapus", "delete") && erasesData(toks[1:]):
		return Erase, true
	case len(toks) == 2 && toks[0].is("cara") && toks[1].is("pakai", "pake", "makai"), len(toks) == 2 && toks[0].is("minta", "butuh") && toks[1].is("bantuan"):
		return Help, true
	case len(toks) == 2 && toks[0].is("sudah") && toks[1].is("selesai", "beres", "kelar"):
		return Done, true
	}
	return 0, false
}

// erasesData holds for "data", "data saya", "semua data saya" and "akun saya".
func erasesData(toks []token) bool {
	what := false
	for _, t := range toks {
		switch {
		case t.is("data", "dato", "akun", "datanya", "dataku"):
			what = true
		case t.is("semua", "galo", "seluruh", "saya", "semuanya"):
		default:
			return false
		}
	}
	return what
}
