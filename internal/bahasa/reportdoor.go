package bahasa

// comingAt reads a "datang": she came to the office, or not where she had
// promised to be.
func (r *reportReader) comingAt(i int, v *visitRead) {
	if r.turned(i, 2) && r.has(0, i, "janji") && (r.has(r.behind(i, 3), i, "dia", "orang") || r.nameWithin(r.behind(i, 3), i)) {
		v.miss = i // she did not keep what was arranged
	}
	if !r.turned(i, 2) && r.is(i+1, "ke") && r.is(i+2, "kantor", "lembaga", "aula", "sekretariat", "yayasan") && !r.has(r.behind(i, 4), i, "saya", "pembeli", "suami", "anak", "tamu", "dinas") {
		v.meet = i // she came to us
	}
}

// cameToUs holds where she came to the companion's house: "Mawar ke rumah saya
// kemarin".
func (r *reportReader) cameToUs(i int) bool {
	if !r.is(i+1, "saya", "aku") || r.is(i, "rumah") && !r.is(i-1, "ke") || r.turned(i, 3) {
		return false
	}
	s := r.seg(i)
	if r.has(s.from, i, "saya", "suami", "anak", "kerabat", "tetangga", "telepon", "chat", "kirim", "antar", "kalau", "pulang") {
		return false
	}
	return r.has(r.behind(i, 4), i, "dia") || r.nameWithin(r.behind(i, 4), i)
}

// metKin holds where the companion went to see her and met one of her family:
// "ketemu suami Mawar kemarin".
func (r *reportReader) metKin(i int) bool {
	k := i + 1
	for r.is(k, "sama", "dengan", "cuma", "saja", "bae") {
		k++
	}
	if !r.isFamily(k) || !(r.hasPastDay(i) || r.has(r.seg(i).from, r.seg(i).to, "tadi")) || !(r.words[k].own || r.nameWithin(k+1, min(k+3, len(r.words)))) {
		return false
	}
	from := r.behind(i, 4)
	return !r.nameWithin(from, i) && !r.has(from, i, "dia", "suami", "anak", "kerabat", "mau", "untuk")
}

// onlyKinThere holds for "yang ada cuma anaknya".
func (r *reportReader) onlyKinThere(i int) bool {
	k := i + 1
	for r.is(k, "di", "rumah", "dirumah", "cuma", "saja", "bae") {
		k++
	}
	return r.is(i, "ada") && r.is(i-1, "yang", "cuma") && r.isFamily(k) && r.endsStretch(k)
}

// staysIn takes back a meeting that was only her being there.
func (r *reportReader) staysIn(i int, v *visitRead) {
	if !(v.meet >= 0 && r.is(v.meet, "ketemu")) && r.keptAway(i) {
		v.meet, v.miss = -1, i
	}
}

// pretendsAt reads "pura-pura gak ada": at home, and not for the companion.
func (r *reportReader) pretendsAt(i int, v *visitRead) {
	if i > 0 && r.toks[i-1].text == "pura2" && r.is(i+1, "ada") && r.endsStretch(i+1) {
		v.miss = i
	}
}

// keptAway holds for one who is there and does not come out: "orangnya ada
// tapi gak mau keluar".
func (r *reportReader) keptAway(i int) bool {
	k := i - 1
	for r.is(k, "mau", "bisa", "berani", "sampai") && k > 0 {
		k--
	}
	if k == i-1 || !r.isNot(k) || r.toks[i].raw[0] != 'k' {
		return false
	}
	if !r.endsStretch(i) && !r.is(i+1, "kamar", "ketemu", "waktu", "pas", "karena") {
		return false // "gak mau keluar dari kelompok"
	}
	return !r.has(r.behind(k, 3), k, "suami", "anak", "saya", "barang", "kata")
}
