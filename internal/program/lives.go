package program

// Lives lists the life of every kind of matter (program.md 2.1, 2.2-M).
func Lives() []Life {
	return []Life{
		{Case, "RK", []string{"baru", "diambil"}, map[string][]string{
			"baru":                   {"diambil", "ditangani", "menunggu_pihak_lain", "selesai", "dirujuk", "ditutup_tanpa_tindakan"},
			"diambil":                {"baru", "ditangani", "menunggu_pihak_lain", "selesai", "dirujuk", "ditutup_tanpa_tindakan"},
			"ditangani":              {"baru", "diambil", "menunggu_pihak_lain", "selesai", "dirujuk", "ditutup_tanpa_tindakan"},
			"menunggu_pihak_lain":    {"baru", "diambil", "ditangani", "selesai", "dirujuk", "ditutup_tanpa_tindakan"},
			"selesai":                nil,
			"dirujuk":                nil,
			"ditutup_tanpa_tindakan": nil,
		}},
		{Session, "KG", []string{"rencana", "diumumkan"}, map[string][]string{
			"rencana":   {"diumumkan", "diundur", "batal", "selesai"},
			"diumumkan": {"diundur", "batal", "selesai"},
			"diundur":   {"diumumkan", "batal", "selesai"},
			"selesai":   nil,
			"batal":     nil,
		}},
		{Task, "TK", []string{"ditugaskan"}, map[string][]string{
			"ditugaskan": {"diterima", "ditolak", "batal"},
			"ditolak":    {"ditugaskan", "batal"},
			"diterima":   {"selesai", "ditolak", "batal"},
			"selesai":    nil,
			"batal":      nil,
		}},
		{Aid, "MU", []string{"diusulkan"}, aidLife()},
		{Partner, "MT", []string{"dijajaki", "dibahas", "sepakat", "berjalan"}, partnerLife()},
		{Candidacy, "SL", []string{"menunggu"}, map[string][]string{
			"menunggu":     {"diterima", "ditunda", "belum_sesuai"},
			"ditunda":      {"menunggu", "diterima", "belum_sesuai"},
			"diterima":     nil,
			"belum_sesuai": nil,
		}},
		{Proposal, "US", []string{"diusulkan"}, map[string][]string{
			"diusulkan": {"disetujui", "belum_disetujui", "batal"},
			"disetujui": nil, "belum_disetujui": nil, "batal": nil,
		}},
		{Permit, "IZ", []string{"berlaku"}, map[string][]string{
			"berlaku": {"tidak_dipakai"}, "tidak_dipakai": nil,
		}},
		{Profile, "PL", []string{"berlaku"}, map[string][]string{"berlaku": {"berlaku"}}},
	}
}

// aidLife is the life of a capital: each stage may also be passed over by the next, since a
// treasurer hears of some only when they are over; anything may be put off or called off.
func aidLife() map[string][]string {
	way := []string{"diusulkan", "disetujui", "berkas", "buku_jadi", "buku_diserahkan", "cair", "belanja", "kontrol", "selesai"}
	next := map[string][]string{"selesai": nil, "batal": nil, "ditunda": way[: len(way)-1 : len(way)-1]}
	for i, stage := range way[:len(way)-1] {
		next[stage] = append(append([]string{}, way[i+1:]...), "ditunda", "batal")
	}
	// What has been proposed is approved before anything else, by whoever may approve.
	next["diusulkan"] = []string{"disetujui", "ditunda", "batal"}
	next["ditunda"] = append(next["ditunda"], "batal")
	return next
}

// partnerLife is the life of a cooperation: it may come to anything from anywhere, since it is noted
// by people who hear of it now and then, and what was given up may begin again.
func partnerLife() map[string][]string {
	all := []string{"dijajaki", "dibahas", "sepakat", "berjalan", "selesai", "tidak_lanjut"}
	next := map[string][]string{}
	for _, from := range all {
		for _, to := range all {
			if to != from {
				next[from] = append(next[from], to)
			}
		}
	}
	return next
}
