package bahasa

import "strings"

// RupiahWords writes an amount in words: "satu juta lima ratus ribu rupiah".
// Every int64 has words; below zero they begin with "minus".
func (l Lang) RupiahWords(n int64) string {
	var b strings.Builder
	if n < 0 {
		b.WriteString("minus ")
	}
	if l == English {
		spellEnglish(&b, magnitude(n))
	} else {
		spellIndonesian(&b, magnitude(n))
	}
	b.WriteString(" rupiah")
	return b.String()
}

// scaleName is a power of a thousand with its names.
type scaleName struct {
	value  uint64
	id, en string
}

// scaleNames are the powers of a thousand, largest first.
func scaleNames() [6]scaleName {
	return [...]scaleName{
		{1_000_000_000_000_000_000, "kuintiliun", "quintillion"},
		{1_000_000_000_000_000, "kuadriliun", "quadrillion"},
		{trillion, "triliun", "trillion"},
		{billion, "miliar", "billion"},
		{million, "juta", "million"},
		{thousand, "ribu", "thousand"},
	}
}

func idDigit(n uint64) string {
	return [...]string{"nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan", "sepuluh", "sebelas"}[n]
}

// word appends a word, with a space before it when something precedes it in
// the number.
func word(b *strings.Builder, s string) {
	if b.Len() > 0 && !strings.HasSuffix(b.String(), " ") {
		b.WriteByte(' ')
	}
	b.WriteString(s)
}

func spellIndonesian(b *strings.Builder, n uint64) {
	if n == 0 {
		word(b, "nol")
		return
	}
	for _, s := range scaleNames() {
		k := n / s.value
		n %= s.value
		switch {
		case k == 0:
		case k == 1 && s.value == thousand:
			word(b, "seribu")
		default:
			spellHundreds(b, k)
			word(b, s.id)
		}
	}
	spellHundreds(b, n)
}

// spellHundreds writes 1 to 999, and nothing for 0.
func spellHundreds(b *strings.Builder, n uint64) {
	if h := n / 100; h == 1 {
		word(b, "seratus")
	} else if h > 1 {
		word(b, idDigit(h))
		word(b, "ratus")
	}
	n %= 100
	switch {
	case n == 0:
	case n < 12:
		word(b, idDigit(n))
	case n < 20:
		word(b, idDigit(n-10))
		word(b, "belas")
	default:
		word(b, idDigit(n/10))
		word(b, "puluh")
		if n%10 > 0 {
			word(b, idDigit(n%10))
		}
	}
}

func spellEnglish(b *strings.Builder, n uint64) {
	if n == 0 {
		word(b, "zero")
		return
	}
	for _, s := range scaleNames() {
		if k := n / s.value; k > 0 {
			spellEnglishHundreds(b, k)
			word(b, s.en)
		}
		n %= s.value
	}
	spellEnglishHundreds(b, n)
}

func spellEnglishHundreds(b *strings.Builder, n uint64) {
	small := [...]string{"", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve", "thirteen",
		"fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"}
	tens := [...]string{"", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"}
	if h := n / 100; h > 0 {
		word(b, small[h])
		word(b, "hundred")
	}
	n %= 100
	switch {
	case n == 0:
	case n < 20:
		word(b, small[n])
	case n%10 == 0:
		word(b, tens[n/10])
	default:
		word(b, tens[n/10]+"-"+small[n%10])
	}
}
