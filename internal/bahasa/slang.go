package bahasa

// readSlang reads the Hokkien words of the market. Words that name thousands
// and more are one reading; those the dictionary gives as 50, 100 or 500 are
// mostly meant as thousands when spoken, so they are asked.
func readSlang(toks []token, i int) (quantity, int, bool) {
	if i >= len(toks) || toks[i].kind != tkWord {
		return quantity{}, i, false
	}
	q := quantity{sure: Certain, scaled: true}
	if v := slangFixed(toks[i].text); v > 0 {
		q.set(Confirm, v)
		return q, i + 1, true
	}
	v := slangSmall(toks[i].text)
	if v == 0 {
		return quantity{}, i, false
	}
	if i+1 < len(toks) && toks[i+1].is("ceng", "cen") {
		q.set(Confirm, v*thousand)
		return q, i + 2, true
	}
	if s, next, ok := readScale(toks, i+1); ok && !s.m {
		q.set(Confirm, v*s.value)
		return q, next, true
	}
	if i+1 < len(toks) && toks[i+1].is("perak", "rupiah") {
		q.set(Confirm, v) // said outright: rupiah, not thousands of them
		return q, i + 2, true
	}
	q.set(Ask, v*thousand, v)
	return q, i + 1, true
}

func slangFixed(w string) int64 {
	switch w {
	case "seceng", "ceceng", "saceng":
		return 1_000
	case "cenggo":
		return 1_500
	case "noceng":
		return 2_000
	case "samceng":
		return 3_000
	case "siceng":
		return 4_000
	case "goceng":
		return 5_000
	case "ceban", "cebanan":
		return 10_000
	case "noban":
		return 20_000
	case "samban":
		return 30_000
	case "goban", "gobanan":
		return 50_000
	case "cepekceng", "cepeceng":
		return 100_000
	case "nopekceng":
		return 200_000
	case "gopekceng", "gopeceng":
		return 500_000
	case "gocapceng":
		return 50_000
	case "cetiao", "cetiau", "setiao", "cetio", "sejeti":
		return 1_000_000
	case "notiao", "notiau":
		return 2_000_000
	case "gotiao", "gotiau", "gotio":
		return 5_000_000
	}
	return 0
}

func slangSmall(w string) int64 {
	switch w {
	case "gocap":
		return 50
	case "cepek", "cepe", "cepeg", "cepean", "cepekan":
		return 100
	case "pekgo":
		return 150
	case "nopek":
		return 200
	case "gopek", "gope", "gopean":
		return 500
	case "jigo", "jigoan":
		return 25
	case "cecap":
		return 10
	case "nocap":
		return 20
	}
	return 0
}
