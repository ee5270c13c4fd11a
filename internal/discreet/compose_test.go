package discreet

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

// now is a Wednesday, where the institution is.
func now() time.Time {
	return time.Date(2026, 11, 25, 10, 0, 0, 0, time.FixedZone("WIB", 7*3600))
}

// ahead is a number of days and an hour from now.
func ahead(days, hour, minute int) time.Time {
	return time.Date(2026, 11, 25+days, hour, minute, 0, 0, now().Location())
}

// own is a contact whose messages may say everything that a line may.
func own(theme program.Theme) program.Contact {
	return program.Contact{Chat: program.ChatYes, Phone: program.PhoneOwn, Mode: program.OpenAtOnce, Theme: theme}
}

// lockScreenWords are the ordinary words a lock screen may have besides days and hours. A new
// template mostly does without new ones; a word belongs here if a husband, a child and a neighbour
// may read it.
func lockScreenWords(lang string) []string {
	if lang == "en" {
		return strings.Fields(`hello good day morning afternoon evening when there is news i will tell you here welcome to
			business notes before we start may explain for a moment tap see have about the schedule at now sorry short
			notice off more later note from yourself what asked done thank long time no if like drop me line all right
			letting know did get that could try once class cooking get-together order usual place ibu's house hall today tomorrow this reminder
			service schedules are not who it type stop`)
	}
	return strings.Fields(`halo kak kakak pagi siang sore malam kalau ada kabar saya sampaikan di sini ya selamat datang
		yang tadi terbaca dicoba sekali belum sebelum mulai boleh jelaskan sebentar untuk ketuk lihat saat santai jam sampai ketemu pindah ke maaf mendadak tidak
		jadi nanti kabari lagi catatan dari sendiri senang permintaan sudah selesai terima kasih lama jumpa berkenan baik
		memberi kelas masak belajar usaha kumpul jadwal pesanan tempat biasa rumah ibu aula hari ini besok layanan pengingat
		salah sambung ketik berhenti`)
}

// failer is a test, of this kind or of rapid's.
type failer interface {
	Helper()
	Errorf(format string, args ...any)
}

// checkLockScreen fails when a line has a word that is none of the ordinary ones.
func checkLockScreen(t failer, lang, line string) {
	t.Helper()
	text := shown(line)
	if len([]rune(text)) > 160 || text == "" || strings.ContainsAny(text, "\n{}") {
		t.Errorf("%s: %q is no line", lang, text)
	}
	if word, bad := Forbidden(line); bad {
		t.Errorf("%s: %q has %q", lang, text, word)
	}
	days := strings.Fields(`senin selasa rabu kamis jumat sabtu minggu monday tuesday wednesday thursday friday saturday
		sunday mon tue wed thu fri sat sun`)
	hour, day := regexp.MustCompile(`^([01]\d|2[0-3])[.:][0-5]\d$`), regexp.MustCompile(`^([1-9]|[12]\d|3[01])$`)
	months := strings.Fields("jan feb mar apr mei may jun jul agt aug sep okt oct nov des dec")
	words := strings.Fields(strings.ToLower(text))
	for i, w := range words {
		w = strings.Trim(w, ",.?!")
		next := ""
		if i+1 < len(words) {
			next = strings.Trim(words[i+1], ",.?!")
		}
		switch {
		case w == "🙂", slices.Contains(days, w), hour.MatchString(w), slices.Contains(lockScreenWords(lang), w):
		case day.MatchString(w) && slices.Contains(months, next):
		case i > 0 && day.MatchString(words[i-1]) && slices.Contains(months, w):
		default:
			t.Errorf("%s: %q says %q, which is on no list", lang, text, w)
		}
	}
}

// TestEveryTemplateKeepsToTheLockScreen fills every template with everything there is, and a step
// beyond, on every kind of phone.
func TestEveryTemplateKeepsToTheLockScreen(t *testing.T) {
	themes := append(program.Themes(), "", "Melati")
	times := [][2]time.Time{ // At, Was
		{ahead(1, 9, 0), time.Time{}}, {ahead(0, 13, 30), ahead(1, 9, 0)}, {ahead(4, 19, 5), ahead(0, 18, 0)},
		{ahead(8, 7, 45), ahead(3, 8, 0)}, {ahead(-1, 9, 0), ahead(-2, 9, 0)}, {},
	}
	for _, words := range languages(t) {
		said := map[string]bool{}
		for _, theme := range themes {
			contact := own(theme)
			contact.Word, contact.Cover = "Melati", 77
			for _, c := range onEveryPhone(contact) {
				for tm := range templates + 1 {
					eachFill(times, func(f Fill) { said[Compose(words, tm, f, c).String()] = true })
				}
			}
		}
		if len(said) < 100 {
			t.Errorf("%s: only %d different lines", words.Lang(), len(said))
		}
		for line := range said {
			if line != emptiest {
				checkLockScreen(t, words.Lang(), line)
			}
			if strings.Contains(line, "Melati") {
				t.Errorf("%s: %q says what is nobody's business", words.Lang(), line)
			}
		}
	}
}

// onEveryPhone is a contact in every mode, on a phone of her own and on others.
func onEveryPhone(c program.Contact) []program.Contact {
	first, odd, shared := c, c, c
	first.Mode, odd.Mode, shared.Phone = program.OpenFirst, "?", program.PhoneFamily
	return []program.Contact{c, first, odd, shared}
}

// eachFill gives every noun and place, and one beyond, at each time.
func eachFill(times [][2]time.Time, do func(Fill)) {
	for noun := range nouns + 1 {
		for place := range places + 1 {
			for _, at := range times {
				do(Fill{Noun: noun, Place: place, At: at[0], Was: at[1], Now: now()})
			}
		}
	}
}

// TestEveryTemplateHasItsWords fails for a template that nothing was written for: it would only
// ever say the emptiest line.
func TestEveryTemplateHasItsWords(t *testing.T) {
	for _, words := range languages(t) {
		for tm := Template(1); tm < templates; tm++ {
			w := wordings()[tm]
			for _, key := range []string{w.key, w.quiet, w.placed, w.from, w.closed} {
				if key != "" && !words.Has(key) || w.key == "" || w.quiet == "" {
					t.Errorf("%s: template %d: no text %q", words.Lang(), tm, key)
				}
			}
			if w.timed && w.closed == "" {
				t.Errorf("template %d tells a time, and has nothing for those who may not see one", tm)
			}
			for _, c := range onEveryPhone(own(program.ThemeBusiness)) {
				f := Fill{Noun: NounOrder, Place: PlaceHall, At: ahead(0, 15, 0), Was: ahead(1, 9, 0), Now: now()}
				if got := Compose(words, tm, f, c); got == (Line{}) {
					t.Errorf("%s: template %d says nothing", words.Lang(), tm)
				}
			}
		}
		for n := range nouns {
			if w := n.word(words); w == "" || strings.Contains(w, "discreet") {
				t.Errorf("%s: noun %d is %q", words.Lang(), n, w)
			}
		}
		for p := PlaceNone + 1; p < places; p++ {
			if w := p.word(words); w == "" || strings.Contains(w, "discreet") {
				t.Errorf("%s: place %d is %q", words.Lang(), p, w)
			}
		}
	}
}

// TestSamples holds the sentences of the tone guide.
func TestSamples(t *testing.T) {
	words := indonesian(t)
	class, cooking, business := own(program.ThemeClass), own(program.ThemeCooking), own(program.ThemeBusiness)
	shared, quiet := class, own(program.ThemeNone)
	shared.Phone = program.PhoneBorrowed
	tomorrow := Fill{Place: PlaceUsual, At: ahead(1, 9, 0), Now: now()}
	for _, c := range []struct {
		t       Template
		f       Fill
		contact program.Contact
		want    string
	}{
		{Hello, Fill{}, class, "Halo Kak 🙂 Kalau ada kabar, saya sampaikan di sini ya."},
		{Hello, Fill{}, quiet, "Halo Kak 🙂 Kalau ada kabar, saya sampaikan di sini ya."},
		{Welcome, Fill{}, class, "Halo Kak, selamat datang di catatan usaha 🙂 Sebelum mulai, boleh saya jelaskan sebentar?"},
		{Welcome, Fill{}, quiet, "Halo Kak, selamat datang 🙂 Sebelum mulai, boleh saya jelaskan sebentar?"},
		{News, Fill{}, shared, "Halo Kak, ada kabar untuk Kakak. Ketuk <i>Lihat</i> saat santai."},
		{News, Fill{}, quiet, "Halo Kak 🙂 ada kabar."},
		{Tomorrow, tomorrow, class, "Halo Kak, besok ada kelas jam 09.00 di tempat biasa ya."},
		{Tomorrow, tomorrow, cooking, "Halo Kak, besok ada kelas masak jam 09.00 di tempat biasa ya."},
		{Tomorrow, tomorrow, business, "Halo Kak, besok ada belajar usaha jam 09.00 di tempat biasa ya."},
		{Tomorrow, tomorrow, quiet, "Halo Kak 🙂 ada kabar."},
		{Tomorrow, tomorrow, shared, "Halo Kak, ada kabar jadwal. Ketuk saat santai."},
		{Tomorrow, Fill{Noun: NounGathering, At: ahead(3, 9, 0), Now: now()}, class, "Halo Kak, Sabtu ada kumpul jam 09.00 ya."},
		{Tomorrow, Fill{Noun: NounCooking, At: ahead(0, 14, 0), Now: now()}, class, "Halo Kak, hari ini ada kelas jam 14.00 ya."},
		{Tomorrow, Fill{At: ahead(6, 14, 0), Now: now()}, class, "Halo Kak, Selasa ada kelas jam 14.00 ya."},
		{Tomorrow, Fill{At: ahead(7, 14, 0), Now: now()}, class, "Halo Kak, Rabu, 2 Des ada kelas jam 14.00 ya."},
		{Tomorrow, Fill{At: ahead(-1, 9, 0), Now: now()}, class, "Halo Kak, ada kabar jadwal. Ketuk saat santai."},
		{Tomorrow, Fill{Now: now()}, class, "Halo Kak, ada kabar jadwal. Ketuk saat santai."},
		{Tomorrow, Fill{At: now()}, class, "Halo Kak, ada kabar jadwal. Ketuk saat santai."},
		{Today, Fill{At: ahead(0, 9, 0), Now: ahead(0, 7, 0)}, class, "Pagi Kak, sampai ketemu jam 09.00 ya 🙂"},
		{Today, Fill{At: ahead(0, 18, 0), Now: ahead(0, 16, 0)}, class, "Sore Kak, sampai ketemu jam 18.00 ya 🙂"},
		{Today, Fill{At: ahead(1, 9, 0), Now: now()}, class, "Halo Kak, besok ada kelas jam 09.00 ya."},
		{Moved, Fill{Noun: NounSchedule, At: ahead(2, 13, 30), Was: ahead(1, 9, 0), Now: now()}, class, "Halo Kak, jadwal besok pindah ke Jumat jam 13.30 ya. Maaf mendadak."},
		{Moved, Fill{At: ahead(1, 13, 30), Was: ahead(1, 9, 0), Now: now()}, class, "Halo Kak, kelas pindah ke besok jam 13.30 ya. Maaf mendadak."},
		{Moved, Fill{At: ahead(1, 13, 30), Was: ahead(-1, 9, 0), Now: now()}, class, "Halo Kak, kelas pindah ke besok jam 13.30 ya. Maaf mendadak."},
		{Cancelled, tomorrow, class, "Halo Kak, kelas besok jam 09.00 tidak jadi ya. Nanti saya kabari lagi."},
		{OwnNote, Fill{}, class, "Halo Kak, ada catatan dari Kakak sendiri 🙂"},
		{OwnNote, Fill{}, shared, "Halo Kak, ada kabar untuk Kakak. Ketuk <i>Lihat</i> saat santai."},
		{Glad, Fill{}, class, "Halo Kak, ada kabar senang 🙂"},
		{Finished, Fill{}, shared, "Halo Kak, permintaan Kakak sudah selesai. Terima kasih ya."},
		{Finished, Fill{}, quiet, "Terima kasih ya, Kak 🙂"},
		{LongTime, Fill{}, class, "Halo Kak, lama tidak jumpa. Kalau berkenan, kabari ya."},
		{Noted, Fill{}, quiet, "Baik, Kak. Terima kasih sudah memberi kabar."},
		{Tomorrow, tomorrow, program.Contact{}, "Halo Kak 🙂 ada kabar."}, // nothing is known
		{Template(0), tomorrow, class, "Halo 🙂"},
		{templates, tomorrow, class, "Halo 🙂"},
	} {
		if got := Compose(words, c.t, c.f, c.contact).String(); got != c.want {
			t.Errorf("template %d:\n got %s\nwant %s", c.t, got, c.want)
		}
	}
}

// TestZones checks that "besok" is said where the institution is, wherever the clock came from.
func TestZones(t *testing.T) {
	for _, c := range []struct {
		t    Template
		f    Fill
		want string
	}{
		{Tomorrow, Fill{At: ahead(1, 9, 0), Now: ahead(1, 0, 30).UTC()}, "Halo Kak, hari ini ada kelas jam 09.00 ya."},
		{Tomorrow, Fill{At: ahead(1, 1, 0), Now: ahead(0, 23, 30).UTC()}, "Halo Kak, besok ada kelas jam 01.00 ya."},
		{Today, Fill{At: ahead(0, 9, 0), Now: ahead(0, 7, 0).UTC()}, "Pagi Kak, sampai ketemu jam 09.00 ya 🙂"},
		{Moved, Fill{At: ahead(1, 9, 0), Was: ahead(1, 1, 0).UTC(), Now: now()}, "Halo Kak, kelas pindah ke besok jam 09.00 ya. Maaf mendadak."},
		{Moved, Fill{At: ahead(2, 9, 0), Was: ahead(1, 1, 0).UTC(), Now: now().UTC()}, "Halo Kak, kelas besok pindah ke Jumat jam 09.00 ya. Maaf mendadak."},
	} {
		if got := Compose(indonesian(t), c.t, c.f, own(program.ThemeClass)).String(); got != c.want {
			t.Errorf("\n got %s\nwant %s", got, c.want)
		}
	}
}

// TestLeavesMore goes with what a message says.
func TestLeavesMore(t *testing.T) {
	class := own(program.ThemeClass)
	shared, quiet := class, own(program.ThemeNone)
	shared.Phone = program.PhoneUnknown
	at := Fill{At: ahead(1, 9, 0), Now: now()}
	for _, c := range []struct {
		t       Template
		contact program.Contact
		want    bool
	}{
		{Tomorrow, class, false}, {Tomorrow, shared, true}, {Tomorrow, quiet, true}, {News, class, true}, {Glad, class, true},
		{OwnNote, class, true}, {Hello, quiet, false}, {Finished, quiet, false}, {Noted, shared, false}, {0, class, false}, {templates, class, false},
	} {
		if got := LeavesMore(c.t, at, c.contact); got != c.want {
			t.Errorf("template %d, %s, %s: %v", c.t, c.contact.Phone, c.contact.Theme, got)
		}
	}
}

// TestSpoiltTexts puts into the texts what must never be sent: every template then greets only.
func TestSpoiltTexts(t *testing.T) {
	for _, bad := range []string{
		"Halo Kak, besok BIMTEK eks-PSK ya", "Modal {{.Noun}} sudah cair", "Rp2.000.000 besok", "Hubungi 08127654321", "Kabar untuk M-417", "{{.Nama}} besok kelas",
		"Kelas P.S.K besok", "Kelas <b>prog</b>ram", "Kabar dari Kharisma", "",
	} {
		for tm := Template(1); tm < templates; tm++ {
			words := spoilt{indonesian(t), map[string]string{}}
			w := wordings()[tm]
			for _, key := range []string{w.key, w.quiet, w.placed, w.from, w.closed} {
				words.by[key] = bad
			}
			for _, c := range onEveryPhone(own(program.ThemeClass)) {
				f := Fill{At: ahead(0, 15, 0), Now: now()}
				if got := Compose(words, tm, f, c).String(); got != emptiest {
					t.Errorf("template %d: %q", tm, got)
				}
			}
		}
	}
	words := spoilt{indonesian(t), map[string]string{"discreet.noun.class": "temu wicara"}}
	if got := Compose(words, Tomorrow, Fill{At: ahead(1, 9, 0), Now: now()}, own(program.ThemeClass)).String(); got != emptiest {
		t.Errorf("%q", got)
	}
	if got := Compose(nil, Hello, Fill{}, own(program.ThemeClass)); got != (Line{}) {
		t.Errorf("%s", got.String())
	}
}

// TestAnyTimeMakesALine tries times of every kind, with any template, on any phone.
func TestAnyTimeMakesALine(t *testing.T) {
	all := languages(t)
	rapid.Check(t, func(t *rapid.T) {
		moment := rapid.Custom(func(t *rapid.T) time.Time {
			zone := time.FixedZone("", 3600*rapid.IntRange(-12, 14).Draw(t, "zone"))
			return time.Unix(rapid.Int64Range(1764000000, 1864000000).Draw(t, "second"), 0).In(zone)
		})
		f := Fill{Noun: Noun(rapid.Byte().Draw(t, "noun")), Place: Place(rapid.Byte().Draw(t, "place"))}
		f.At, f.Was, f.Now = moment.Draw(t, "at"), moment.Draw(t, "was"), moment.Draw(t, "now")
		c := rapid.SampledFrom(onEveryPhone(own(rapid.SampledFrom(program.Themes()).Draw(t, "theme")))).Draw(t, "contact")
		tm := Template(rapid.ByteRange(1, byte(templates)-1).Draw(t, "template"))
		words := rapid.SampledFrom(all).Draw(t, "words")
		line := Compose(words, tm, f, c).String()
		if line == emptiest {
			t.Fatalf("template %d says nothing with %s", tm, fmt.Sprint(f))
		}
		checkLockScreen(t, words.Lang(), line)
	})
}
