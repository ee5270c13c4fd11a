package bahasa

// nearWord says how far a typed word is from the one it may be a slip for:
// 0 for the same, 1 for one slip or for its letters with vowels left out, 2
// for two slips in a long word, and more when it is another word.
func nearWord(typed, want string) int {
	const far = 9
	if typed == want {
		return 0
	}
	if len(typed) < 3 || len(want) < 4 {
		return far
	}
	if typed[0] != want[0] {
		if len(want) >= 5 && len(typed) == len(want) && typed[0] == want[1] && typed[1] == want[0] && typed[2:] == want[2:] {
			return 1 // "ektemu"
		}
		return far
	}
	if isShortened(typed, want) {
		return 1
	}
	if len(want) < 5 || len(typed) < 4 {
		return far
	}
	d := slips(typed, want)
	switch {
	case d <= 1:
		return d
	case d == 2 && len(want) >= 7 && len(typed) >= 6:
		return 2
	}
	return far
}

// isShortened holds for a word written without some of its vowels: every
// consonant is there, in order, and nothing that the word has not.
func isShortened(typed, want string) bool {
	consonants, j := 0, 0
	for i := 0; i < len(want); i++ {
		if j < len(typed) && typed[j] == want[i] {
			j++
			if !isVowel(want[i]) {
				consonants++
			}
			continue
		}
		if !isVowel(want[i]) {
			return false
		}
	}
	return j == len(typed) && consonants >= 3
}

func isVowel(c byte) bool {
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'
}

// maxNear is the longest word that is compared letter by letter.
const maxNear = 24

// slips counts letters left out, added, changed or swapped with a neighbour.
// Words too long to be a name are far from each other.
func slips(a, b string) int {
	if len(a) > maxNear || len(b) > maxNear || len(a)-len(b) > 2 || len(b)-len(a) > 2 {
		return 9
	}
	var rows [3][maxNear + 1]int
	prev2, prev, cur := &rows[0], &rows[1], &rows[2]
	for j := 0; j <= len(b); j++ {
		prev[j] = j
	}
	for i := 1; i <= len(a); i++ {
		cur[0] = i
		for j := 1; j <= len(b); j++ {
			cost := 1
			if a[i-1] == b[j-1] {
				cost = 0
			}
			cur[j] = min(prev[j]+1, cur[j-1]+1, prev[j-1]+cost)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				cur[j] = min(cur[j], prev2[j-2]+1)
			}
		}
		prev2, prev, cur = prev, cur, prev2
	}
	return prev[len(b)]
}

// shortName is 2 for a name of two consonants without one of its vowels, such
// as "wti", where a name may be expected, and more otherwise.
func (r *reportReader) shortName(i int, name string) int {
	raw := r.toks[i].raw
	if len(raw)+1 != len(name) || raw[0] != name[0] || slips(raw, name) != 1 || i > 0 && !namesAhead(r.toks[i-1].raw) && !r.is(i-1, "telepon", "chat", "ketemu", "kunjung") {
		return 9
	}
	return 2
}

// addressedSlip is 1 for a name of four letters with one of them wrong or too
// many behind its own word of address, "mba tutik", and more otherwise.
func (r *reportReader) addressedSlip(i int, s callSign) int {
	raw := r.toks[i].raw
	if i == 0 || len(s.full) < 2 || honorific(r.toks[i-1].raw) != s.full[0] || len(s.core[0]) != 4 || len(raw) < 4 || raw[0] != s.core[0][0] || slips(raw, s.core[0]) != 1 {
		return 9
	}
	return 1
}
