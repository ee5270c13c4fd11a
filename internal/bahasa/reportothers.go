package bahasa

// markOthers marks what is told of somebody else's trade, "tetangga Mawar
// jualan laku 900rb", to the end of its stretch: it is not hers.
func (r *reportReader) markOthers() {
	for _, s := range r.segs {
		if p := r.otherTrader(s); p >= 0 {
			for i := p; i < s.to; i++ {
				r.words[i].off |= unrealAsked
			}
		}
	}
}

// otherTrader finds the person with whom a stretch about a trade of another
// begins, or -1.
func (r *reportReader) otherTrader(s reportSpan) int {
	p := s.from
	for p < s.to && (r.toks[p].kind == tkMark || r.words[p].role == roleNone && isAddress(r.toks[p].text) || r.is(p, "tapi", "padahal", "kata", "ada", "kalau", "sedangkan", "sementara", "karena", "terus", "dan")) {
		p++
	}
	if r.is(p, "warung", "tempat", "pedagang", "penjual", "orang", "toko") && r.is(p+1, "sebelah", "lain", "samping", "depan") && !r.words[p].own {
		p++ // "warung sebelah laku 1jt"
	} else if p >= s.to || !r.is(p, "tetangga", "teman", "kawan", "temen", "suami", "anak", "kerabat", "keluarga") || r.is(p+1, "bilang", "kata") {
		return -1
	}
	i := p + 1
	for i < s.to && (r.words[i].role == roleName || r.is(i, "juga", "sendiri", "lagi", "yang", "kak", "sekarang", "dia", "nya", "sudah", "memang")) {
		i++
	}
	if !r.is(i, "jualan", "dagang", "laku", "omzet", "untung", "jual", "buka", "pemasukan", "penjualan", "pendapatan", "penghasilan", "rugi", "dapat") {
		return -1
	}
	for k := i; k < s.to; k++ {
		if r.words[k].role == roleName || r.is(k, "dia", "saya") {
			return -1 // she comes in herself
		}
	}
	return p
}

// afterPlan holds for what comes before something planned: "nanti saya lapor
// setelah ketemu Mawar".
func (r *reportReader) afterPlan(s reportSpan) bool {
	if s.from == 0 || !r.is(s.from, "setelah") || r.toks[s.from-1].kind == tkMark || r.has(s.from, s.to, "tadi", "kemarin", "semalam", "sudah", "barusan") {
		return false
	}
	p := r.seg(s.from - 1)
	at := r.near(p.from, p.to, "nanti")
	return at >= 0 && r.words[at].off != 0
}

// isAgenda holds for a line that only says what is planned: "jadwal hari ini:
// pagi ke rumah Mawar".
func (r *reportReader) isAgenda() bool {
	i := 0
	for i < len(r.toks) && (isAddress(r.toks[i].text) || r.toks[i].kind == tkMark || r.is(i, "ini", "berikut")) {
		i++
	}
	if i >= len(r.toks) {
		return false
	}
	switch r.toks[i].raw {
	case "jadwal", "jadwalnya", "agenda", "agendanya", "rencana", "rencananya", "rencanaku", "jadwalku":
	default:
		return false
	}
	return len(r.money) == 0 && !r.has(i, len(r.words), "ketemu", "kemarin", "tadi", "semalam", "barusan", "tercapai", "sebagian", "hasil", "gagal", "tapi", "akhirnya", "sudah", "semangat", "kendala")
}

// isSample holds for a line that only shows how a report is written.
func (r *reportReader) isSample() bool {
	for i := range r.toks {
		switch r.toks[i].raw {
		case "contoh", "contohnya", "contohnyo":
			if i == 0 || r.is(i-1, "itu", "ini", "cuma", "sebagai", "untuk", "kasih", "beri") && r.endsStretch(i) {
				return true
			}
		case "format", "formatnya", "cara", "caranya", "tulisannya", "nulisnya", "ngisinya", "isinya":
			if (i == 0 || i == 1 && isAddress(r.toks[0].text)) && r.has(i, i+4, "begini", "gini", "nulis", "tulis", "isi", ":") {
				return true
			}
		}
	}
	return false
}

// markSample marks a whole line that is only an example, or a plan.
func (r *reportReader) markSample() {
	if !r.isSample() && !r.isAgenda() {
		return
	}
	for i := range r.words {
		r.words[i].off |= unrealAsked
	}
}
