package bahasa

import (
	"math"
	"testing"
	"time"
)

// TestWriting checks the forms the house prints, in both languages.
func TestWriting(t *testing.T) {
	d := Date{2026, time.November, 24}
	today := Date{2026, time.November, 25}
	for _, c := range []struct{ got, want string }{
		{Indonesian.Rupiah(1_500_000), "Rp1.500.000"},
		{Indonesian.Rupiah(-50_000), "-Rp50.000"},
		{Indonesian.Rupiah(0), "Rp0"},
		{Indonesian.Rupiah(999), "Rp999"},
		{Indonesian.Rupiah(math.MinInt64), "-Rp9.223.372.036.854.775.808"},
		{English.Rupiah(1_500_000), "Rp1,500,000"},
		{Indonesian.RupiahWords(1_500_000), "satu juta lima ratus ribu rupiah"},
		{Indonesian.RupiahWords(0), "nol rupiah"},
		{Indonesian.RupiahWords(1_011), "seribu sebelas rupiah"},
		{Indonesian.RupiahWords(115_012), "seratus lima belas ribu dua belas rupiah"},
		{Indonesian.RupiahWords(-21), "minus dua puluh satu rupiah"},
		{English.RupiahWords(1_250_021), "one million two hundred fifty thousand twenty-one rupiah"},
		{Indonesian.DateShort(d), "Selasa, 24 Nov"},
		{English.DateShort(d), "Tue, 24 Nov"},
		{Indonesian.DateShort(Date{2026, time.August, 17}), "Senin, 17 Agt"},
		{Indonesian.DateLong(d), "Selasa, 24 November 2026"},
		{English.DateLong(d), "Tuesday, 24 November 2026"},
		{Indonesian.Relative(today, today), "hari ini"},
		{Indonesian.Relative(d, today), "kemarin"},
		{Indonesian.Relative(today.AddDays(1), today), "besok"},
		{Indonesian.Relative(today.AddDays(2), today), "lusa"},
		{Indonesian.Relative(today.AddDays(-3), today), "3 hari lalu"},
		{Indonesian.Relative(today.AddDays(9), today), "9 hari lagi"},
		{Indonesian.Relative(today.AddDays(-20), today), "Kamis, 5 Nov"},
		{Indonesian.Relative(today.AddDays(60), today), "Minggu, 24 Januari 2027"},
		{English.Relative(today.AddDays(3), today), "in 3 days"},
		{Indonesian.Clock(ClockAt(9, 0)), "09.00"},
		{English.Clock(ClockAt(9, 5)), "09:05"},
		{Indonesian.Duration(125 * time.Minute), "2 jam 5 menit"},
		{Indonesian.Duration(30 * time.Second), "kurang dari semenit"},
		{Indonesian.Duration(49 * time.Hour), "2 hari 1 jam"},
		{Indonesian.Duration(math.MinInt64), "kurang dari semenit"},
		{English.Duration(61 * time.Minute), "1 hour 1 minute"},
		{English.Duration(48 * time.Hour), "2 days"},
		{Lang("").DateShort(d), "Selasa, 24 Nov"},
		{Indonesian.Month(13), ""},
		{Indonesian.Weekday(7), ""},
		{DateTime{Date: d}.String(), "2026-11-24T??"},
		{DateTime{d, ClockAt(9, 30), true}.String(), "2026-11-24T09:30"},
	} {
		if c.got != c.want {
			t.Errorf("got %q, want %q", c.got, c.want)
		}
	}
}

// TestParseDate checks what is and is not a written date.
func TestParseDate(t *testing.T) {
	if d, err := ParseDate("2024-02-29"); err != nil || d != (Date{2024, time.February, 29}) {
		t.Errorf("leap day: %v %v", d, err)
	}
	for _, s := range []string{"", "2023-02-29", "2026-13-01", "2026-1-1", "2026/01/01", "20260101xx", "0000-01-01", "2026-01-00"} {
		if d, err := ParseDate(s); err == nil {
			t.Errorf("%q = %v", s, d)
		}
	}
}

// TestDetails checks what Understand does not print: place, part of the day and
// whether a value was said to be about so much.
func TestDetails(t *testing.T) {
	for _, c := range []struct {
		text, part string
		approx     bool
	}{
		{"omzet 450rb", "450rb", false},
		{"alhamdulillah laku Rp 1.250.000,- bu", "Rp 1.250.000,-", false},
		{"💰 sekitar 300rb ya", "300rb", true},
		{"dapat 500rban", "500rban", true},
		{"hampir sejuta", "sejuta", true},
		{"lebih kurang dua ratus ribu kak", "dua ratus ribu", true},
	} {
		r := Amount(c.text, OmzetLimits())
		if got := c.text[r.Start:r.End]; got != c.part || r.Approx != c.approx {
			t.Errorf("%q: %q approx %v", c.text, got, r.Approx)
		}
	}
	for _, c := range []struct{ text, place, part string }{
		{"ke rumah melati kemarin sore ya", "kemarin sore", "sore"},
		{"td mlm", "td mlm", "malam"},
		{"Semalam", "Semalam", "malam"},
		{"dari senin minggu lalu", "senin minggu lalu", ""},
		{"tadi pagi", "tadi pagi", "pagi"},
	} {
		r := DatePast(c.text, referenceNow())
		if got := c.text[r.Start:r.End]; got != c.place || r.Part != c.part {
			t.Errorf("%q: %q part %q", c.text, got, r.Part)
		}
	}
}

// TestNormalize checks the rules of section 4.2, its trap among them.
func TestNormalize(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{"Iyaaa Kak!!", "iya"},
		{"75 ribu", "75 ribu"},
		{"75 ribu bu", "75 ribu"},
		{"  Besok   PAGI ya kak. ", "besok pagi"},
		{"ya", "ya"},
		{"-", "-"},
		{"?", "?"},
		{"k", "k"},
		{"kak", "kak"},
		{"２５０ｒｂ", "250rb"},
		{"٢٥٠ ribu", "250 ribu"},
		{"jum’at", "jum'at"},
		{"oke 🙏🏽 👍", "oke 👍"},
		{"1.000.000", "1.000.000"},
		{"", ""},
		{"...", "..."},
	} {
		if got := Normalize(c.in); got != c.want {
			t.Errorf("%q = %q, want %q", c.in, got, c.want)
		}
	}
}
