package bahasa

// Attendance is an answer to an invitation, or how someone attended.
type Attendance uint8

const (
	// Hadir comes, or came.
	Hadir Attendance = iota + 1
	// Mungkin may come.
	Mungkin
	// Izin is excused.
	Izin
	// Tidak does not come, or did not.
	Tidak
	// Terlambat comes late, or came late.
	Terlambat
)

// String returns HADIR, MUNGKIN, IZIN, TIDAK or TERLAMBAT.
func (a Attendance) String() string {
	switch a {
	case Hadir:
		return "HADIR"
	case Mungkin:
		return "MUNGKIN"
	case Izin:
		return "IZIN"
	case Tidak:
		return "TIDAK"
	case Terlambat:
		return "TERLAMBAT"
	}
	return "?"
}

// ReadAttendance reads an answer to an invitation. Reasons are not looked at
// further: "sakit" is Izin, whatever it is.
func ReadAttendance(text string) Result[Attendance] {
	toks := mendSlips(lex(text), denialSlips)
	if len(toks) == 0 || len(toks) > 32 {
		return Result[Attendance]{}
	}
	var seen [Terlambat + 1]int
	negated, other := false, 0
	for i, t := range toks {
		a := attendanceWord(t.text)
		if i+1 < len(toks) {
			switch next := toks[i+1]; {
			case t.is("bisa") && next.is("jadi"):
				a = Mungkin
			case t.is("nanti") && attendanceWord(next.text) == Terlambat:
				continue // "nanti nyusul" comes, and late
			}
		}
		switch {
		case t.is("tidak", "belum", "jangan", "bukan"):
			switch {
			case i+1 < len(toks) && toks[i+1].is("tahu", "pasti", "tentu", "yakin", "ngerti", "jelas"):
				seen[Mungkin]++
			case t.is("belum") && len(toks) <= 2:
				seen[Mungkin]++
			case i+1 < len(toks) && toks[i+1].is("terlambat"):
				seen[Hadir]++
			default:
				seen[Tidak]++
			}
			negated = true
			continue
		case a == 0:
			if t.kind != tkMark && toneOf(toks, i) == toneOther {
				other++
			}
		case a == Hadir && negated, a == Terlambat && i > 0 && toks[i-1].is("tidak"):
		case a == Mungkin:
			seen[Mungkin]++
		default:
			negated = negated || a == Tidak
			seen[a]++
		}
	}
	r := weighAttendance(seen, other)
	if r.Sure != None {
		r = r.at(toks, 0, len(toks))
	}
	return r
}

// weighAttendance decides between what the words said: a doubt outweighs all,
// being excused outweighs not coming, being late outweighs coming.
func weighAttendance(seen [Terlambat + 1]int, other int) Result[Attendance] {
	switch {
	case seen[Mungkin] > 0:
		return certain(Mungkin)
	case seen[Izin] > 0:
		return certain(Izin)
	case seen[Tidak] > 0 && seen[Hadir] > 0:
		return ask(Hadir, Tidak)
	case seen[Terlambat] > 0 && seen[Tidak] == 0:
		return certain(Terlambat)
	case other > 4:
		return Result[Attendance]{}
	case seen[Tidak] > 0:
		return certain(Tidak)
	case seen[Hadir] > 0:
		return certain(Hadir)
	}
	return Result[Attendance]{}
}

// attendanceWord is the table of words that answer an invitation.
func attendanceWord(w string) Attendance {
	switch w {
	case "hadir", "datang", "ikut", "ikutan", "melok", "hadirr", "otw", "sampai", "masuk", "jadi", "kesana", "gabung", "menghadiri", "nyampe", "dataang", "h",
		"iya", "ya", "ok", "oke", "okey", "siap", "bisa", "sip", "mau", "galak", "boleh", "👍", "✅", "yoi", "yes", "y", "pasti", "sanggup", "setuju", "sudah", "okay":
		return Hadir
	case "mungkin", "mgkn", "mngkn", "insyaallah", "insyallah", "insya", "insha", "inshaallah", "insyaalloh", "insyaalah", "ragu", "ragu2", "kayaknya", "kyknya", "kayanya", "sepertinya", "keknya", "keknyo", "nanti",
		"diusahakan", "usahakan", "usahain", "diusahain", "tergantung", "lihat", "liat", "semoga", "entah", "gatau", "gaktau", "bingung", "terserah", "maybe", "mudah2an", "kalau", "kalo", "klo", "coba", "ngusahain":
		return Mungkin
	case "izin", "sakit", "skit", "skt", "saket", "permisi", "pamit", "i", "cuti":
		return Izin
	case "absen", "alpa", "bolos", "mangkir", "alfa", "no", "👎", "❌", "gabisa", "gakbisa", "dakpacak", "dakbisa", "gamau", "berhalangan", "halangan", "brhalangan", "batal", "mangker", "tanpa", "gajadi", "gakjadi", "ogah", "nope", "dakgalak", "alpha":
		return Tidak
	case "terlambat", "telatt", "nyusul", "menyusul", "late", "ngaret", "nusul", "susul", "kesiangan", "telad":
		return Terlambat
	}
	return 0
}
