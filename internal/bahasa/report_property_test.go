package bahasa

import (
	"reflect"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// sameReport reports whether two reports say the same, whatever the note.
func sameReport(t testing.TB, a, b Report) bool {
	return reflect.DeepEqual(reportFields(t, a), reportFields(t, b)) && reflect.DeepEqual(a.Ask, b.Ask)
}

// TestReportDress checks that capitals, spaces and emoji change nothing about
// what is understood. Findings that live on capitals ("suaminya Budi") are left
// out: small letters name nobody.
func TestReportDress(t *testing.T) {
	names := reportNames(t)
	now := referenceNow()
	for _, c := range readReportCases(t) {
		plain := ReadReport(c.Text, names, now)
		if plain.Refused == "name" {
			continue
		}
		for _, dressed := range []string{
			strings.ToUpper(c.Text), strings.ToLower(c.Text), strings.ReplaceAll(c.Text, " ", "  "), "  " + c.Text + "\t", "🙏 " + c.Text + " 😊", strings.ReplaceAll(c.Text, " ", " 🌷 "),
		} {
			if got := ReadReport(dressed, names, now); !sameReport(t, plain, got) {
				t.Errorf("%q\n  %v ask %v\nbut %q\n  %v ask %v", c.Text, reportFields(t, plain), plain.Ask, dressed, reportFields(t, got), got.Ask)
			}
		}
	}
}

// checkReport fails when a report breaks a promise of its own.
func checkReport(t testing.TB, text string, names []Name, r Report) {
	t.Helper()
	fields := r.Fields()
	if r.Refused != "" && len(fields) != 1 {
		t.Fatalf("%q is refused and says %v", text, fields)
	}
	if r.Flow == "" && r.Refused == "" && len(fields) != 0 {
		t.Fatalf("%q is no report and says %v", text, fields)
	}
	for _, k := range r.Ask {
		if _, ok := fields[k]; ok {
			t.Fatalf("%q fills %s and asks it", text, k)
		}
	}
	for _, code := range append(r.Candidates, r.Participant) {
		if code != "" && len(names) > 0 && !hasCode(names, code) {
			t.Fatalf("%q is about %s, who is not on the list", text, code)
		}
	}
	for key, v := range map[string]*int64{keyOmzet: r.Omzet, keyModal: r.ModalBelanja, keyLaba: r.Laba} {
		if v == nil {
			continue
		}
		if *v > billion || *v < -billion || key != keyLaba && *v < 0 {
			t.Fatalf("%q: %s is %d", text, key, *v)
		}
		if *v != 0 && Amount(text, Limits{Negative: true}).Sure == None && !hasNumber8(text) {
			t.Fatalf("%q: %s is %d where no amount is", text, key, *v)
		}
	}
	if r.JalanHari != nil && (*r.JalanHari < 0 || *r.JalanHari > 7) || r.Semangat != nil && (*r.Semangat < 1 || *r.Semangat > 5) {
		t.Fatalf("%q: %v", text, fields)
	}
	today := DateOf(referenceNow())
	if !r.Date.IsZero() && r.Date.After(today) || !r.FollowUp.IsZero() && r.FollowUp.Before(today) {
		t.Fatalf("%q: %v", text, fields)
	}
}

func hasCode(names []Name, code string) bool {
	for _, n := range names {
		if n.Code == code {
			return true
		}
	}
	return false
}

// hasNumber8 holds for texts with more amounts than Amount looks at.
func hasNumber8(text string) bool {
	n := 0
	for _, t := range splitNumbers(lex(text)) {
		if t.kind == tkNumber || numberWord(t.text).kind != nkNone || slangFixed(t.text) > 0 || slangSmall(t.text) > 0 {
			n++
		}
	}
	return n > 0
}

// TestReportWords shakes the words of reports together: whatever comes out
// keeps its promises.
func TestReportWords(t *testing.T) {
	names := reportNames(t)
	var pool []string
	seen := map[string]bool{}
	for _, c := range readReportCases(t) {
		for _, w := range strings.Fields(c.Text) {
			if !seen[w] {
				seen[w] = true
				pool = append(pool, w)
			}
		}
	}
	words := rapid.SampledFrom(pool)
	rapid.Check(t, func(rt *rapid.T) {
		text := strings.Join(rapid.SliceOfN(words, 0, 30).Draw(rt, "words"), rapid.SampledFrom([]string{"", " ", ", ", "\n"}).Draw(rt, "gap"))
		r := ReadReport(text, names, referenceNow())
		checkReport(t, text, names, r)
		if !sameReport(t, r, ReadReport(text, names, referenceNow())) {
			t.Fatalf("%q is read in two ways", text)
		}
	})
}

// TestReportLong checks that a text as long as any is read in its share of time.
func TestReportLong(t *testing.T) {
	names := reportNames(t)
	for _, unit := range []string{"laku 300rb ", "wati ", "senin ", "senin, ", "ketemu ", "tidak ", "kendala modal, ", "ke rumah ", "besok saya ke sana lagi ", "4 hari jualan ", "1 ", "1rb ", "wxyz ", ", ", "a", "é", "lagi ", "J-812 "} {
		linear(t, unit, func(text string) { checkReport(t, unit, names, ReadReport(text, names, referenceNow())) })
	}
}

// TestReportWithoutRoster checks that codes are known by their form alone.
func TestReportWithoutRoster(t *testing.T) {
	r := ReadReport("m-417 kemarin home visit, ketemu", nil, referenceNow())
	if r.Participant != "M-417" || r.Jenis != "home_visit" {
		t.Errorf("%+v", r)
	}
}

// TestReportReadings checks what is offered with the questions.
func TestReportReadings(t *testing.T) {
	names := reportNames(t)
	for _, c := range []struct{ text, key, want string }{
		{"Wati laku 450", keyOmzet, "450000 450"},
		{"Wati dapat 250rb", keyLaba, "250000"},
		{"vc sama Wati kemarin", keyCara, "telepon chat"},
		{"rabu ke rumah Wati, ketemu", keyDate, "2026-11-25 2026-11-18"},
		{"lusa ke rumah Wati, ketemu, laku 100rb", keyDate, "2026-11-23"},
		{"kemarin home visit Wati, pekan depan ke sana lagi", keyFollowUp, "2026-11-30..2026-12-06"},
		{"J-812 Salma laku 100rb", keyParticipant, "J-812 X-395"},
		{"Wati jualan 3-4 hari", keyJalan, "3 4"},
	} {
		r := ReadReport(c.text, names, referenceNow())
		if got := strings.Join(r.Readings[c.key], " "); got != c.want {
			t.Errorf("%q: %s %q, want %q", c.text, c.key, got, c.want)
		}
	}
}

// FuzzReport checks that no text makes a report break its promises.
func FuzzReport(f *testing.F) {
	names := reportNames(f)
	for _, c := range readReportCases(f) {
		f.Add(c.Text)
	}
	for _, s := range []string{"", "\x00", "\xff", "-", "?", "wati", "wati -", "5/", "jam", "semangat", "semangat 1/", "m-", "M-1", "kendala", "kendala:", "hari", "1 hari", "ke rumah", "di"} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		checkReport(t, text, names, ReadReport(text, names, referenceNow()))
		checkReport(t, text, nil, ReadReport(text, nil, referenceNow()))
	})
}

// BenchmarkReport has the target of one line in less than 200 microseconds.
func BenchmarkReport(b *testing.B) {
	names := reportNames(b)
	now := referenceNow()
	for name, text := range map[string]string{
		"short":    "J-812 omzet 1,5jt modal 900rb",
		"unmarked": "td pg ke rmh wti ktmu org nya jualan jln 4 hr omzet 320rb modal 180rb blm ada kendala",
		"long":     "Sore kemarin muter2 nyari rumah Nurul gak nemu2, akhirnya ketemu juga orangnya di warung depan. Salonnya libur dulu, catok rusak. Pemasukan minggu ini cuma 90rb. Lusa saya cek lagi.",
	} {
		b.Run(name, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				ReadReport(text, names, now)
			}
		})
	}
}
