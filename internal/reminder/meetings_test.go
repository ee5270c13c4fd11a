package reminder_test

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

// meeting is a session that is led by the chair.
func meeting(t *testing.T, status, begins string) reminder.Matter {
	t.Helper()
	return reminder.Matter{Changed: "2026-11-20", Matter: program.Matter{
		Kind: program.Session, Status: status, Owner: "ketua", Day: program.Date(begins[:10]), Fields: program.Fields{"jenis": {"bimtek"}, "mulai": {begins}},
		OpenedAt: time.Date(2026, 11, 20, 10, 0, 0, 0, palembang(t)),
	}}
}

func TestASessionThatIsOverIsClosed(t *testing.T) {
	t.Parallel()
	m := meeting(t, "diumumkan", "2026-11-26T14:00")
	said(t, "S1", aboutMatter(m), "2026-11-27 08:59", "2026-11-27 09:00")
	said(t, "S1", aboutMatter(m), "2026-11-27 09:00", "2026-12-01 00:00", "2026-11-27 09:00 0 ketua")
	said(t, "S1", aboutMatter(m), "2026-12-01 09:00", "2026-12-27 00:00", "2026-12-01 09:00 1 ketua", "2026-12-01 09:00 1 sekretaris")
	m.Owner = ""
	said(t, "S1", aboutMatter(m), "2026-12-01 09:00", "2026-12-27 00:00", "2026-12-01 09:00 1 sekretaris")
	for _, status := range []string{"rencana", "diundur", "batal", "selesai"} {
		said(t, "S1", aboutMatter(meeting(t, status, "2026-11-26T14:00")), "2026-11-27 09:00", "")
	}
	m.Fields["mulai"] = nil
	said(t, "S1", aboutMatter(m), "2026-11-27 09:00", "")
}

func TestWhoHasNotAnsweredIsToldToHerCompanionAlone(t *testing.T) {
	t.Parallel()
	zone := palembang(t)
	invited := time.Date(2026, 11, 20, 10, 0, 0, 0, zone)
	guest := func(code, companion string, reply program.Reply) reminder.Guest {
		return reminder.Guest{Companion: companion, Attendance: program.Attendance{Participant: code, InvitedAt: invited, Reply: reply, RepliedAt: invited.Add(time.Hour)}}
	}
	m := meeting(t, "diumumkan", "2026-11-30T09:00")
	m.Guests = []reminder.Guest{guest("M-417", "rina", program.NotReplied), guest("Y-271", "yuli", program.CannotCome), guest("M-203", "rina", program.WillCome)}
	said(t, "S2", aboutMatter(m), "2026-11-28 08:59", "2026-11-28 09:00")
	said(t, "S2", aboutMatter(m), "2026-11-28 09:00", "2026-11-30 09:00", "2026-11-28 09:00 0 rina")
	said(t, "S2", aboutMatter(m), "2026-11-30 09:00", "")

	m.Guests[0].InvitedAt = time.Date(2026, 11, 28, 10, 0, 0, 0, zone) // a day is for answering
	said(t, "S2", aboutMatter(m), "2026-11-28 10:00", "2026-11-29 09:00")
	m.Guests[0].Withdrawn = true
	said(t, "S2", aboutMatter(m), "2026-11-29 09:00", "")

	m.Fields["moved_at"] = []string{invited.Add(2 * time.Hour).Format(time.RFC3339)} // they answered about another time
	said(t, "S2", aboutMatter(m), "2026-11-28 09:00", "2026-11-30 09:00", "2026-11-28 09:00 0 yuli", "2026-11-28 09:00 0 rina")
	if all := aboutMatter(m).Unanswered(); len(all) != 2 {
		t.Errorf("%d have not answered, want 2", len(all))
	}
	m.Status = "diundur"
	said(t, "S2", aboutMatter(m), "2026-11-28 09:00", "")
}

func TestSpeakersHaveALetter(t *testing.T) {
	t.Parallel()
	m := meeting(t, "rencana", "2026-12-12T09:00")
	said(t, "S3", aboutMatter(m), "2026-11-28 09:00", "")
	m.Fields["narasumber"] = []string{"pengurus"} // one of the house needs no letter
	said(t, "S3", aboutMatter(m), "2026-11-28 09:00", "")
	m.Fields["narasumber"] = []string{"pengurus", "dinas_sosial"}
	said(t, "S3", aboutMatter(m), "2026-11-28 08:59", "2026-11-28 09:00")
	said(t, "S3", aboutMatter(m), "2026-11-28 09:00", "2026-12-09 00:00", "2026-11-28 09:00 0 sekretaris")
	said(t, "S3", aboutMatter(m), "2026-12-09 09:00", "2026-12-12 09:00", "2026-12-09 09:00 1 sekretaris")
	m.OpenedAt = time.Date(2026, 12, 1, 15, 0, 0, 0, palembang(t)) // planned late: the day after
	said(t, "S3", aboutMatter(m), "2026-12-01 15:00", "2026-12-02 09:00")
	m.OpenedAt = time.Date(2026, 12, 10, 15, 0, 0, 0, palembang(t)) // too late for both
	said(t, "S3", aboutMatter(m), "2026-12-10 15:00", "2026-12-12 09:00", "2026-12-09 09:00 1 sekretaris")
}

func TestQuestionsOfParticipantsAreAnswered(t *testing.T) {
	t.Parallel()
	m := meeting(t, "selesai", "2026-11-19T09:00")
	said(t, "S5", aboutMatter(m), "2026-12-04 09:00", "")
	m.Fields["pertanyaan"] = []string{"Bagaimana mengurus izin?"}
	said(t, "S5", aboutMatter(m), "2026-12-04 08:59", "2026-12-04 09:00")
	said(t, "S5", aboutMatter(m), "2026-12-04 09:00", "2027-02-02 00:00", "2026-12-04 09:00 0 sekretaris")
}

// ofHouse are the facts of an institution.
func ofHouse(h reminder.House) reminder.Facts {
	return reminder.Facts{Subject: program.SubjectOf(program.AboutHouse, ""), House: &h}
}

func TestWhatTakesPlaceOnceAYearIsPlanned(t *testing.T) {
	t.Parallel()
	yearly := func(id string, day program.Date, status, kind string) program.Matter {
		return program.Matter{ID: id, Kind: program.Session, Day: day, Status: status, Fields: program.Fields{"jenis": {kind}, "pengulangan": {"tahunan"}}}
	}
	last := yearly("a", "2025-12-31", "selesai", "penyuluhan_kesehatan") // eleven months later is the last of November
	said(t, "S4", ofHouse(reminder.House{Sessions: []program.Matter{last}}), "2026-11-30 08:59", "2026-11-30 09:00")
	said(t, "S4", ofHouse(reminder.House{Sessions: []program.Matter{last}}), "2026-11-30 09:00", "2027-01-29 00:00", "2026-11-30 09:00 0 sekretaris")
	for name, c := range map[string]struct {
		other program.Matter
		want  []string
		next  string
	}{
		"planned":      {yearly("b", "2026-12-30", "rencana", "penyuluhan_kesehatan"), nil, "2027-12-06 09:00"},
		"put off":      {yearly("b", "", "diundur", "penyuluhan_kesehatan"), nil, ""},
		"called off":   {yearly("b", "2026-12-30", "batal", "penyuluhan_kesehatan"), []string{"2026-11-30 09:00 0 sekretaris"}, "2027-01-29 00:00"},
		"another kind": {yearly("b", "2026-12-30", "rencana", "pameran"), []string{"2026-11-30 09:00 0 sekretaris"}, "2027-01-29 00:00"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			h := reminder.House{Sessions: []program.Matter{last, c.other}}
			said(t, "S4", ofHouse(h), "2026-11-30 09:00", c.next, c.want...)
			due := time.Date(2026, 11, 30, 9, 0, 0, 0, palembang(t))
			if all := h.Unplanned(due, 11); len(all) != len(c.want) {
				t.Errorf("%d are not planned, want %d", len(all), len(c.want))
			}
		})
	}
}

func TestWhatComesRoundForTheInstitution(t *testing.T) {
	t.Parallel()
	profile := program.Matter{
		ID: "pl", Kind: program.Profile, OpenedAt: time.Date(2026, 11, 20, 10, 0, 0, 0, palembang(t)),
		Fields: program.Fields{"tanggal_berdiri": {"2008-02-29"}, "perbaikan_bulan": {"2026-11"}},
	}
	h := reminder.House{Profile: profile, Reviewed: "2026-11-20"}
	said(t, "H1", ofHouse(h), "2026-12-31 10:00", "2027-01-04 09:00") // the first Monday
	said(t, "H1", ofHouse(h), "2027-01-04 09:00", "2027-02-01 00:00", "2027-01-04 09:00 0 ketua")
	said(t, "H1", ofHouse(reminder.House{}), "2027-01-04 09:00", "2027-02-01 00:00", "2027-01-04 09:00 0 ketua") // or it was never said
	said(t, "H1", ofHouse(reminder.House{Reviewed: "2027-01-01"}), "2027-01-04 09:00", "2028-01-03 09:00")

	said(t, "H2", ofHouse(h), "2026-11-30 10:00", "2026-12-07 09:00")
	said(t, "H2", ofHouse(h), "2026-12-07 09:00", "2027-01-01 00:00", "2026-12-07 09:00 0 ketua")
	said(t, "H2", ofHouse(reminder.House{}), "2026-12-07 09:00", "") // nothing is known of the institution yet
	profile.Fields["perbaikan_bulan"] = []string{"2026-12"}
	said(t, "H2", ofHouse(h), "2026-12-07 09:00", "2027-01-04 09:00")
	profile.Fields["perbaikan_bulan"], profile.Fields["perbaikan_dulu"] = []string{"2027-01"}, []string{"2026-12", "mulai tepat waktu"}
	if late := lateOf(t, "H2", ofHouse(h), "2027-01-05 09:00"); len(late) != 0 {
		t.Errorf("what was done is too late: %v", late)
	}
	delete(profile.Fields, "perbaikan_dulu")
	if late := lateOf(t, "H2", ofHouse(h), "2027-01-05 09:00"); len(late) != 1 {
		t.Errorf("what was not told is %v", late)
	}

	all := []string{"2027-02-28 08:00 0 ketua", "2027-02-28 08:00 0 sekretaris", "2027-02-28 08:00 0 bendahara", "2027-02-28 08:00 0 rina"}
	said(t, "H3", ofHouse(h), "2026-12-07 09:00", "2027-02-28 08:00")
	said(t, "H3", ofHouse(h), "2027-02-28 08:00", "2027-03-01 00:00", all...)
	said(t, "H3", ofHouse(h), "2028-01-01 08:00", "2028-02-29 08:00")
	said(t, "H3", ofHouse(reminder.House{}), "2027-02-28 08:00", "")
}
