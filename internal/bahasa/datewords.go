package bahasa

import "time"

// monthWord returns the month a word names, old spellings and English among
// them; 0 when it names none.
func monthWord(w string) time.Month {
	switch w {
	case "januari", "jan", "januar", "januwari", "january", "jnuari", "janauri":
		return time.January
	case "februari", "feb", "pebruari", "peb", "febuari", "pebuari", "february", "febr", "febuwari", "februri", "pebr":
		return time.February
	case "maret", "mar", "mrt", "march", "mart", "marert":
		return time.March
	case "april", "apr", "aprl", "aprril", "apil":
		return time.April
	case "mei", "may":
		return time.May
	case "juni", "jun", "june", "djuni":
		return time.June
	case "juli", "jul", "july", "djuli":
		return time.July
	case "agustus", "agu", "ags", "agt", "agst", "aug", "agus", "agustu", "august", "agsts", "agustuss", "agusts", "agts":
		return time.August
	case "september", "sep", "sept", "setember", "septembr", "sepetember":
		return time.September
	case "oktober", "okt", "oct", "october", "oktobr", "oktoberr", "oktb":
		return time.October
	case "november", "nov", "nopember", "nop", "novmber", "nopembr", "novembr", "nofember":
		return time.November
	case "desember", "des", "dec", "december", "dsember", "desmber", "desembr", "dese", "dess":
		return time.December
	}
	return 0
}

// weekdayWord returns the day a word names; minggu, which is also "week", is
// left to the reader.
func weekdayWord(w string) (time.Weekday, bool) {
	switch w {
	case "senin":
		return time.Monday, true
	case "selasa":
		return time.Tuesday, true
	case "rabu", "rbu":
		return time.Wednesday, true
	case "kamis":
		return time.Thursday, true
	case "jumat":
		return time.Friday, true
	case "sabtu":
		return time.Saturday, true
	case "ahad":
		return time.Sunday, true
	}
	return 0, false
}

// partWord returns the part of the day a word names, or "".
func partWord(w string) string {
	switch w {
	case "pagi", "subuh", "dinihari":
		return "pagi"
	case "siang", "sore", "malam":
		return w
	}
	return ""
}

// partStart is the hour a part of the day begins.
func partStart(part string) int {
	switch part {
	case "siang":
		return 11
	case "sore":
		return 15
	case "malam":
		return 18
	}
	return 0
}

// partEnd is the hour a part of the day is over.
func partEnd(part string) int {
	switch part {
	case "pagi":
		return 11
	case "siang":
		return 15
	case "sore":
		return 19
	}
	return 24
}
