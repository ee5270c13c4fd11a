package bahasa

// ofTheSale holds for "laku 40 porsi, duitnya 400rb": the money of what was
// sold, and not a part of it that went somewhere.
func (r *reportReader) ofTheSale(i int) bool {
	if !r.words[i].own {
		return false
	}
	s := r.seg(i)
	if r.has(i, s.to, "untuk", "bayar", "utang", "tabung", "beli", "belanja", "dipakai", "dipake", "kepake", "terpakai", "habis", "setor", "modal", "sisa", "kurang") {
		return false
	}
	from := s.from
	if n := r.words[i].seg; n > 0 {
		from = r.segs[n-1].from
	}
	at := r.near(from, i, "laku")
	return at >= 0 && !r.turned(at, 2) && r.words[at].off == 0
}

// anothersSum holds for the amount right behind the name of a second woman:
// "omzet Mawar 300rb, Melati 200rb". Which of the two is meant is asked, and
// whose sum it is too.
func (r *reportReader) anothersSum(q quantity) bool {
	return len(r.out.Candidates) > 1 && q.from > 0 && r.words[q.from-1].role == roleName && r.words[q.from].off == 0
}
