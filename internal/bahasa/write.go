package bahasa

import (
	"strconv"
	"time"
)

// Lang is the language something is written in: "id", and for every other
// value of it that is not "en", Indonesian as well.
type Lang string

// The languages of the bot.
const (
	Indonesian Lang = "id"
	English    Lang = "en"
)

// Rupiah writes an amount in rupiah as "Rp1.500.000" or "-Rp50.000"; in English
// with commas.
func (l Lang) Rupiah(n int64) string {
	sep := byte('.')
	if l == English {
		sep = ','
	}
	var digits [24]byte
	d := strconv.AppendUint(digits[:0], magnitude(n), 10)
	b := make([]byte, 0, 32)
	if n < 0 {
		b = append(b, '-')
	}
	b = append(b, "Rp"...)
	for i, c := range d {
		if i > 0 && (len(d)-i)%3 == 0 {
			b = append(b, sep)
		}
		b = append(b, c)
	}
	return string(b)
}

// magnitude is the absolute value, right for the smallest int64 too.
func magnitude(n int64) uint64 {
	if n < 0 {
		return -uint64(n) //nolint:gosec // wraps round on purpose: the smallest int64 has no other way
	}
	return uint64(n)
}

// Month returns the full name of a month; "" outside January to December.
func (l Lang) Month(m time.Month) string {
	if m < 1 || m > 12 {
		return ""
	}
	if l == English {
		return m.String()
	}
	return [...]string{"Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"}[m-1]
}

// monthShort is the three-letter form: "Agt", not "Agu", as calendars print it.
func (l Lang) monthShort(m time.Month) string {
	name := l.Month(m)
	if name == "" {
		return ""
	}
	if l != English && m == time.August {
		return "Agt"
	}
	return name[:3]
}

// Weekday returns the full name of a day of the week; "" for no such day.
func (l Lang) Weekday(w time.Weekday) string {
	if w < 0 || w > 6 {
		return ""
	}
	if l == English {
		return w.String()
	}
	return [...]string{"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"}[w]
}

// DateShort writes a day without its year: "Selasa, 24 Nov", "Tue, 24 Nov".
func (l Lang) DateShort(d Date) string {
	name := l.Weekday(d.Weekday())
	if l == English {
		name = name[:3]
	}
	return name + ", " + strconv.Itoa(d.Day) + " " + l.monthShort(d.Month)
}

// DateLong writes a day in full: "Selasa, 24 November 2026".
func (l Lang) DateLong(d Date) string {
	return l.Weekday(d.Weekday()) + ", " + strconv.Itoa(d.Day) + " " + l.Month(d.Month) + " " + strconv.Itoa(d.Year)
}

// Relative writes a day as seen from today: "hari ini", "kemarin", "besok",
// "lusa", "3 hari lalu", "3 hari lagi" up to two weeks away, and the short date
// (the long one in another year) beyond.
func (l Lang) Relative(d, today Date) string {
	n := today.daysUntil(d)
	en := l == English
	pick := func(id, eng string) string {
		if en {
			return eng
		}
		return id
	}
	switch n {
	case 0:
		return pick("hari ini", "today")
	case 1:
		return pick("besok", "tomorrow")
	case 2:
		return pick("lusa", "in 2 days")
	case -1:
		return pick("kemarin", "yesterday")
	}
	switch {
	case n < 0 && n >= -14:
		return strconv.Itoa(-n) + pick(" hari lalu", " days ago")
	case n > 0 && n <= 14 && en:
		return "in " + strconv.Itoa(n) + " days"
	case n > 0 && n <= 14:
		return strconv.Itoa(n) + " hari lagi"
	case d.Year != today.Year:
		return l.DateLong(d)
	}
	return l.DateShort(d)
}

// Clock writes a time of day as "09.00"; in English "09:00".
func (l Lang) Clock(c Clock) string {
	if l == English {
		return c.String()
	}
	var b [8]byte
	out := appendPadded(b[:0], c.Hour(), 2)
	return string(appendPadded(append(out, '.'), c.Minute(), 2))
}

// Duration writes a length of time in its two largest units, from days to
// minutes, rounded down: "2 jam 5 menit". Less than a minute is "kurang dari
// semenit"; a negative length is written without its sign.
func (l Lang) Duration(d time.Duration) string {
	if d < 0 {
		d = max(-d, 0) // the smallest duration has no positive
	}
	minutes := int64(d / time.Minute)
	days, hours, mins := minutes/(24*60), minutes/60%24, minutes%60
	switch {
	case minutes == 0 && l == English:
		return "less than a minute"
	case minutes == 0:
		return "kurang dari semenit"
	case days > 0:
		return l.units(days, "hari", "day", hours, "jam", "hour")
	case hours > 0:
		return l.units(hours, "jam", "hour", mins, "menit", "minute")
	}
	return l.units(mins, "menit", "minute", 0, "", "")
}

// units writes one or two counted units; the second is left out when it is 0.
func (l Lang) units(a int64, idA, enA string, b int64, idB, enB string) string {
	if b == 0 {
		return l.unit(a, idA, enA)
	}
	return l.unit(a, idA, enA) + " " + l.unit(b, idB, enB)
}

func (l Lang) unit(n int64, id, en string) string {
	s := strconv.FormatInt(n, 10) + " "
	switch {
	case l != English:
		return s + id
	case n == 1:
		return s + en
	}
	return s + en + "s"
}
