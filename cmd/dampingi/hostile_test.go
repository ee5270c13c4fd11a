package main

import (
	"fmt"
	"strings"
)

// hostileTexts are what somebody may type who wants to break a card, or whose phone does.
func hostileTexts() map[string]string {
	return map[string]string{
		"bold":                "<b>laris",
		"ends a tag":          "</b></i> laris <",
		"a script":            `<script>alert("x")</script>`,
		"a link":              `<a href="tg://user?id=1">laris</a>`,
		"an entity":           "laris & untung &amp; &lt;b&gt; &#60; &quot",
		"a template":          "laris {{.Name}} {{.Figures}} {{",
		"markdown":            "*laris* _untung_ [x](http://x.id) ~a~ ||b|| `c`",
		"formats":             "laris %s %d %!v(MISSING) $1 ${HOME}",
		"an override":         "laris \u202Ekadit :lisaH\u202C pasar",
		"isolates":            "\u2066laris\u2067 pasar\u2069 \u200Fya\u200E",
		"no width":            "la\u200Bris\uFEFF \u2060pa\u00ADsar",
		"hidden tags":         "laris\U000E0074\U000E0069\U000E0064ak",
		"lines of a card":     "laris\nHasil: Belum\n\n✅ Tersimpan",
		"other lines":         "laris\u2028Hasil: Belum\u2029x\u0085y",
		"controls":            "laris\x00\x07\x1b[31m\x7f",
		"no UTF-8":            "laris \xff\xfe\xed\xa0\x80",
		"a family":            "laris 👩\u200D👩\u200D👧\u200D👦 🏴\U000E0067\U000E0062\U000E007F",
		"marks upon marks":    "l" + strings.Repeat("\u0301", 300) + "aris",
		"a long word":         strings.Repeat("a", 4096),
		"long, and to escape": strings.Repeat("<", 4096),
		"long, four bytes":    strings.Repeat("👩", 2048),
		"blanks":              strings.Repeat("\u00A0 \u2003", 1000),
		"nothing to see":      "\u200B\u2060\u3164",
		"a huge number":       "9" + strings.Repeat("0", 400),
		"below everything":    "-9223372036854775808",
		"not a number":        "NaN 1e999 0x7f +Inf",
		"statements":          "laris'; DROP TABLE report; --",
		"a way up":            "../../etc/passwd",
		"the save button":     "1.save",
		"a number in a code":  "M-417 <b> & {{.Name}}",
	}
}

// identifiers are other ways to name M-417, Melati, who is Rina's.
func identifiers() []string {
	return []string{
		"M-417", "m417", "M 417", "m.417", "m – 417", "M‑417", "m-４１７", "Ｍ-417", "M\u200B-417", "M-\u202E714", "m-٤١٧",
		"m - 417", "m-417 · melati", "M-417 · Melati", "#M-417", "/M-417", "417", "m-41", "melati", "MELATI", "ｍｅｌａｔｉ", "mel\u00ADati",
		"meläti", "mlati", "rina", "the-ketua", fmt.Sprint(melatiChat), "tg://user?id=201", "p0", "pick:M-417", "participant=M-417",
		"M-417%", "%", "_", "*", "' OR companion = 'rina", "", " ", "\x00", "-",
	}
}
