package bahasa

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
