package discreet

import "unicode"

// unmask gives the Latin letter that a character looks like, drops what cannot be seen, and leaves
// the rest. It is asked before a text is folded, where capitals still tell (a Greek Η is an H, an η
// an n), and after, for letters that had accents.
func unmask(r rune) rune {
	if r < 0x80 {
		return r
	}
	switch {
	case unicode.Is(unicode.Cf, r), unicode.Is(unicode.Mn, r), r == 0x115F, r == 0x1160, r == 0x3164, r == 0xFFA0, r == 0x180E:
		return -1
	case r >= 0x1F1E6 && r <= 0x1F1FF: // 🇵
		return 'a' + r - 0x1F1E6
	case r >= 0x1F150 && r <= 0x1F169: // 🅟
		return 'a' + r - 0x1F150
	case r >= 0x1F170 && r <= 0x1F189: // 🅿
		return 'a' + r - 0x1F170
	}
	if l := lookA(r); l != 0 {
		return l
	}
	if l := lookN(r); l != 0 {
		return l
	}
	return r
}

// lookA is the Latin letter from a to m that a character looks like; 0 for none.
func lookA(r rune) rune {
	switch r {
	case 'а', 'А', 'α', 'Α', 'ᴀ', 'ɑ', 'Ꭺ':
		return 'a'
	case 'в', 'В', 'Ь', 'ь', 'β', 'Β', 'ʙ', 'Ᏼ', 'ß':
		return 'b'
	case 'с', 'С', 'ϲ', 'Ϲ', 'ᴄ', 'Ꮯ':
		return 'c'
	case 'ԁ', 'ɗ', 'đ', 'Đ', 'ð', 'ᴅ', 'Ꭰ':
		return 'd'
	case 'е', 'Е', 'ε', 'Ε', 'э', 'є', 'Є', 'ᴇ', 'ə', 'Ꭼ':
		return 'e'
	case 'ꜰ', 'ғ', 'ƒ':
		return 'f'
	case 'ɡ', 'ɢ', 'ց', 'Ꮐ':
		return 'g'
	case 'һ', 'Һ', 'Н', 'н', 'Η', 'ʜ', 'հ', 'ħ', 'Ꮋ':
		return 'h'
	case 'і', 'І', 'ι', 'Ι', 'ı', 'ɪ', 'ɩ', 'Ꭵ':
		return 'i'
	case 'ј', 'Ј', 'ᴊ', 'ʝ', 'Ꭻ':
		return 'j'
	case 'к', 'К', 'κ', 'Κ', 'ᴋ', 'ĸ', 'қ', 'Ꮶ':
		return 'k'
	case 'ʟ', 'Ꮮ', 'Ӏ', 'ӏ', 'ł', 'Ł':
		return 'l'
	case 'м', 'М', 'μ', 'Μ', 'µ', 'ᴍ', 'Ꮇ':
		return 'm'
	}
	return 0
}

// lookN is the Latin letter from n to z that a character looks like; 0 for none.
func lookN(r rune) rune {
	switch r {
	case 'п', 'Ν', 'η', 'ɴ', 'ո', 'и':
		return 'n'
	case 'о', 'О', 'ο', 'Ο', 'ᴏ', 'օ', 'ø', 'Ø', 'σ', 'ө':
		return 'o'
	case 'р', 'Р', 'ρ', 'Ρ', 'ᴘ', 'Ꮲ':
		return 'p'
	case 'ԛ', 'ɋ':
		return 'q'
	case 'г', 'Г', 'ʀ', 'ᖇ', 'Ꭱ':
		return 'r'
	case 'ѕ', 'Ѕ', 'ꜱ', 'ς', 'Ꮪ', 'ʂ':
		return 's'
	case 'т', 'Т', 'τ', 'Τ', 'ᴛ', 'ŧ', 'Ꭲ':
		return 't'
	case 'υ', 'ᴜ', 'ս', 'ц':
		return 'u'
	case 'ν', 'ѵ', 'Ѵ', 'ᴠ', 'Ꮩ':
		return 'v'
	case 'ѡ', 'ԝ', 'Ԝ', 'ω', 'ш', 'ᴡ', 'Ꮃ':
		return 'w'
	case 'х', 'Х', 'χ', 'Χ', '×':
		return 'x'
	case 'у', 'У', 'γ', 'Υ', 'ʏ', 'ү', 'Ү':
		return 'y'
	case 'ᴢ', 'ζ', 'Ζ', 'Ꮓ':
		return 'z'
	}
	return 0
}
