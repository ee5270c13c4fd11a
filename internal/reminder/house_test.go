package reminder_test

import (
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// palembang is the institution's zone.
func palembang(t *testing.T) *time.Location {
	t.Helper()
	zone, err := time.LoadLocation("Asia/Jakarta")
	if err != nil {
		t.Fatal(err)
	}
	return zone
}

// houseStaff are those who are told in these tests.
func houseStaff() []program.Person {
	return []program.Person{
		{ID: "ketua", Role: program.Chair, Active: true}, {ID: "sekretaris", Role: program.Secretary, Active: true},
		{ID: "bendahara", Role: program.Treasurer, Active: true}, {ID: "rina", Role: program.Companion, Active: true},
		{ID: "pergi", Role: program.Secretary},
	}
}

// look looks at what a rule alone has to say at a time.
func look(t *testing.T, rule string, f reminder.Facts, now string) reminder.Found {
	t.Helper()
	zone := palembang(t)
	set := reminder.Defaults(zone)
	set.Rules = map[string]reminder.Change{}
	for _, r := range reminder.Rules() {
		if r.ID != rule {
			set.Rules[r.ID] = reminder.Change{Off: true}
		}
	}
	book, err := reminder.New(set)
	if err != nil {
		t.Fatal(err)
	}
	at, err := time.ParseInLocation("2006-01-02 15:04", now, zone)
	if err != nil {
		t.Fatal(err)
	}
	f.People = houseStaff()
	return book.Look(f, at)
}

// lateOf is what of it was not told in time.
func lateOf(t *testing.T, rule string, f reminder.Facts, now string) []program.Reminder {
	t.Helper()
	return look(t, rule, f, now).Late
}

// dues is what a rule has to say at a time: when each was due, the step, and to whom, as text; and when it
// is next to be looked at.
func dues(t *testing.T, rule string, f reminder.Facts, now string) (open []string, next string) {
	t.Helper()
	zone, found := palembang(t), look(t, rule, f, now)
	for _, r := range found.Open {
		open = append(open, r.Due.In(zone).Format("2006-01-02 15:04")+" "+string(rune('0'+r.Step))+" "+r.Person)
	}
	if !found.Next.IsZero() {
		next = found.Next.In(zone).Format("2006-01-02 15:04")
	}
	return open, next
}

// said holds what a rule has to say at a time against what it should.
func said(t *testing.T, rule string, f reminder.Facts, now string, next string, want ...string) {
	t.Helper()
	open, at := dues(t, rule, f, now)
	if !slices.Equal(open, want) || at != next {
		t.Errorf("%s at %s: %q and next %s, want %q and %s", rule, now, open, at, want, next)
	}
}

// aboutMatter are the facts of a matter.
func aboutMatter(m reminder.Matter) reminder.Facts {
	m.ID = "m1"
	return reminder.Facts{Subject: program.SubjectOf(program.AboutMatter, "m1"), Matter: &m}
}

// capital is one at a stage since a day, looked at on some.
func capital(t *testing.T, status string, since program.Date, looks ...program.Date) reminder.Matter {
	t.Helper()
	m := reminder.Matter{Companion: "rina", Agreed: true, Matter: program.Matter{
		Kind: program.Aid, Status: status, Participant: "M-417", Fields: program.Fields{"tanggal_" + status: {string(since)}},
	}}
	if due := program.CapitalDue(status, since, looks...); due != "" {
		m.Due = due.Time(palembang(t)).Add(8 * time.Hour)
	}
	return m
}

func TestACapitalThatWasPaidOutWaitsForShopping(t *testing.T) {
	t.Parallel()
	f := aboutMatter(capital(t, "cair", "2026-11-24"))
	said(t, "N03", f, "2026-11-27 07:59", "2026-11-27 08:00")
	said(t, "N03", f, "2026-11-27 08:00", "2026-12-11 00:00", "2026-11-27 08:00 0 rina")
	said(t, "N03", f, "2026-12-11 08:00", "2027-02-09 00:00", "2026-12-11 08:00 1 rina")
	said(t, "N03", f, "2027-02-09 00:00", "")
	said(t, "N03B", f, "2026-12-11 07:59", "2026-12-11 08:00")
	said(t, "N03B", f, "2026-12-11 08:00", "2027-02-09 00:00", "2026-12-11 08:00 0 bendahara")
	f.Matter.Agreed = false
	said(t, "N03", f, "2026-11-27 08:00", "")
	said(t, "N03B", f, "2026-12-11 08:00", "")
	said(t, "N03", aboutMatter(capital(t, "belanja", "2026-11-24")), "2026-12-27 08:00", "")
}

func TestTheGoodsAreLookedAtThreeTimes(t *testing.T) {
	t.Parallel()
	f := aboutMatter(capital(t, "kontrol", "2026-08-31"))
	said(t, "N03", f, "2026-09-07 08:00", "2026-09-30 00:00", "2026-09-07 08:00 0 rina")
	said(t, "N03", f, "2026-09-30 08:00", "2026-11-29 00:00", "2026-09-30 08:00 1 rina") // the first was passed over
	said(t, "N03", f, "2026-11-29 08:00", "2027-01-28 00:00", "2026-11-29 08:00 2 rina")
	said(t, "N03B", f, "2026-09-21 08:00", "2026-11-20 00:00", "2026-09-21 08:00 0 bendahara")
	looked := aboutMatter(capital(t, "kontrol", "2026-08-31", "2026-09-07"))
	said(t, "N03", looked, "2026-09-07 08:00", "2026-09-30 08:00")
	said(t, "N03", aboutMatter(capital(t, "kontrol", "2026-08-31", "2026-11-29")), "2026-11-29 08:00", "")
}

func TestACapitalThatStallsIsToldOfOnMondays(t *testing.T) {
	t.Parallel()
	f := aboutMatter(capital(t, "buku_jadi", "2026-11-12")) // two weeks later it is a Thursday
	said(t, "N04", f, "2026-11-30 08:59", "2026-11-30 09:00")
	said(t, "N04", f, "2026-11-30 09:00", "2026-12-24 08:00", "2026-11-30 09:00 0 rina", "2026-11-30 09:00 0 bendahara")
	said(t, "N04", f, "2026-12-28 09:00", "2027-01-21 08:00", "2026-12-28 09:00 0 rina", "2026-12-28 09:00 0 bendahara")
	for _, status := range []string{"ditunda", "cair", "belanja", "kontrol", "selesai", "batal"} {
		said(t, "N04", aboutMatter(capital(t, status, "2026-10-01")), "2026-11-30 09:00", "")
	}
}

func TestAPartnerIsSpokenWithOnAMonday(t *testing.T) {
	t.Parallel()
	m := reminder.Matter{Matter: program.Matter{Kind: program.Partner, Status: "dibahas", Due: time.Date(2026, 11, 30, 9, 0, 0, 0, palembang(t))}}
	said(t, "N13", aboutMatter(m), "2026-11-30 08:59", "2026-11-30 09:00")
	said(t, "N13", aboutMatter(m), "2026-11-30 09:00", "2026-12-28 09:00", "2026-11-30 09:00 0 ketua", "2026-11-30 09:00 0 sekretaris")
	said(t, "N13", aboutMatter(m), "2026-12-28 09:00", "2027-01-25 09:00", "2026-12-28 09:00 0 ketua", "2026-12-28 09:00 0 sekretaris")
	m.Due = time.Time{}
	said(t, "N13", aboutMatter(m), "2026-12-28 09:00", "")
}

func TestAPermitIsSpokenOfInTime(t *testing.T) {
	t.Parallel()
	both := func(due string) []string { return []string{due + " ketua", due + " sekretaris"} }
	m := reminder.Matter{Changed: "2026-01-15", Matter: program.Matter{Kind: program.Permit, Status: "berlaku", Day: "2026-12-31"}}
	said(t, "P1", aboutMatter(m), "2026-10-02 07:59", "2026-10-02 08:00")
	said(t, "P1", aboutMatter(m), "2026-10-02 08:00", "2026-12-01 00:00", both("2026-10-02 08:00 0")...) // 90 days before
	said(t, "P1", aboutMatter(m), "2026-12-01 08:00", "2026-12-24 00:00", both("2026-12-01 08:00 1")...)
	said(t, "P1", aboutMatter(m), "2026-12-24 08:00", "2026-12-31 00:00", both("2026-12-24 08:00 2")...)
	said(t, "P1", aboutMatter(m), "2026-12-31 08:00", "2027-01-01 00:00", both("2026-12-31 08:00 3")...)
	said(t, "P1", aboutMatter(m), "2027-01-01 00:00", "")

	m.Changed = "2026-12-05" // put on record when it had 26 days left: they are known
	said(t, "P1", aboutMatter(m), "2026-12-05 10:00", "2026-12-24 08:00")
	m.Day = ""
	said(t, "P1", aboutMatter(m), "2026-12-24 08:00", "")
	m.Day, m.Status = "2026-12-31", "tidak_dipakai"
	said(t, "P1", aboutMatter(m), "2026-12-24 08:00", "")
}

func TestAnOutingIsToldOfBeforeAndAskedForAfter(t *testing.T) {
	t.Parallel()
	zone := palembang(t)
	out := program.Outing{
		When: time.Date(2026, 11, 27, 13, 30, 0, 0, zone), Who: "rina", Author: "sekretaris", At: time.Date(2026, 11, 25, 10, 0, 0, 0, zone),
	}
	with := func(o program.Outing, fields program.Fields) reminder.Facts {
		return aboutMatter(reminder.Matter{Matter: program.Matter{Kind: program.Partner, Fields: fields}, Outings: []program.Outing{o}})
	}
	said(t, "P2", with(out, nil), "2026-11-26 16:59", "2026-11-26 17:00")
	said(t, "P2", with(out, nil), "2026-11-26 17:00", "2026-11-27 13:30", "2026-11-26 17:00 0 rina")
	said(t, "P2", with(out, nil), "2026-11-27 13:30", "")
	said(t, "P3", with(out, nil), "2026-11-28 08:59", "2026-11-28 09:00")
	said(t, "P3", with(out, nil), "2026-11-28 09:00", "2026-12-12 00:00", "2026-11-28 09:00 0 sekretaris") // she may write it down
	said(t, "P3", with(out, program.Fields{"kunjungan_tanggal": {"2026-11-26"}}), "2026-11-28 09:00", "2026-12-12 00:00", "2026-11-28 09:00 0 sekretaris")
	said(t, "P3", with(out, program.Fields{"kunjungan_tanggal": {"2026-11-27"}}), "2026-11-28 09:00", "")

	chair := out
	chair.Who = "ketua"
	said(t, "P3", with(chair, nil), "2026-11-28 09:00", "2026-12-12 00:00", "2026-11-28 09:00 0 ketua")
	nobody := out
	nobody.Author = "pergi" // has left since
	said(t, "P3", with(nobody, nil), "2026-11-28 09:00", "2026-12-12 00:00", "2026-11-28 09:00 0 sekretaris")
	late := out
	late.At = time.Date(2026, 11, 26, 18, 0, 0, 0, zone) // asked after the hour: she knows
	said(t, "P2", with(late, nil), "2026-11-26 18:30", "")
	refused := out
	refused.Refused = true
	said(t, "P2", with(refused, nil), "2026-11-26 17:00", "")
	said(t, "P3", with(refused, nil), "2026-11-28 09:00", "")
}
