package bahasa

// longNumber looks at the digits that start at toks[i], read over single
// spaces, dashes and dots, and says whether they are a telephone number
// ("phone") or a sixteen-digit number of a person or family ("id_number").
// from..to are the tokens it covers.
func longNumber(toks []token, i int) (code string, from, to int) {
	from = i
	plus := i > 0 && toks[i-1].is("+") && toks[i].glued
	if plus {
		from--
	}
	var lens [16]int
	groups, digits, longest, end := 0, 0, 0, i
	thousands := true
	var head [4]byte
	for j := i; j < len(toks) && groups < len(lens); {
		t := toks[j]
		if t.kind == tkNumber {
			for k := 0; k < len(t.text) && digits+k < len(head); k++ {
				head[digits+k] = t.text[k]
			}
			thousands = thousands && (groups == 0 && len(t.text) <= 3 || groups > 0 && len(t.text) == 3)
			lens[groups] = len(t.text)
			groups++
			digits += len(t.text)
			longest = max(longest, len(t.text))
			end = j + 1
			j++
			continue
		}
		if !t.is("-", ".", " ", ")", "(") && !(t.is("/") && len(toks[j-1].text) > 2) || j+1 >= len(toks) || toks[j+1].kind != tkNumber && !toks[j+1].is(")", "(", "-") {
			break
		}
		j++
	}
	switch {
	case looksLikeDate(lens[:groups]):
		return "", i, i
	case longest == 2 && (digits < 10 || head[0] != '0' || head[1] != '8'):
		return "", i, i // hours and minutes, not a number read in pairs
	case phoneHead(head, plus, digits, lens[0], groups, thousands):
		return "phone", from, end
	case digits == 16 && (groups == 1 || !thousands):
		return "id_number", from, end
	case lens[0] == 16:
		return "id_number", i, i + 1
	}
	return "", i, i
}

// phoneHead holds for the beginnings of Indonesian telephone numbers with a
// length that fits: 0 or +62, 9 to 15 digits.
func phoneHead(head [4]byte, plus bool, digits, first, groups int, thousands bool) bool {
	if digits < 9 || digits > 15 {
		return false
	}
	switch {
	case plus && !(thousands && groups > 1):
		return true
	case head[0] == '0' && head[1] != '0':
		return true
	case head[0] == '6' && head[1] == '2' && (head[2] == '8' || first == 2 || groups > 1):
		return digits >= 10 && !(thousands && groups > 1)
	case head[0] == '8' && head[1] != '0' && digits >= 10 && digits <= 13:
		return !thousands && groups > 1 || groups == 1 && head[1] <= '9' && !zeros(head)
	}
	return false
}

// zeros holds for the round beginning of an amount such as 8500000000.
func zeros(head [4]byte) bool { return head[2] == '0' && head[3] == '0' }

// looksLikeDate holds for groups of digits as in 05-11-2026 or 2026-11-05,
// with a time behind them or not.
func looksLikeDate(lens []int) bool {
	if len(lens) < 3 {
		return false
	}
	day := lens[0] <= 2 && lens[1] <= 2 && (lens[2] == 4 || lens[2] == 2 && len(lens) <= 5)
	iso := lens[0] == 4 && lens[1] == 2 && lens[2] == 2
	return day && lens[0] > 0 || iso
}
