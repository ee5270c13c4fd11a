package main

import (
	"bytes"
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/turn"
)

// knows reports whether anything knows an alias: who is on record, what is noted, what is remembered
// of the chat, all of it opened.
func (h *house) knows(alias string) bool {
	h.t.Helper()
	all, err := h.store.Participants(h.t.Context(), records.ParticipantFilter{})
	if err != nil {
		h.t.Fatal(err)
	}
	for _, p := range all {
		if p.Alias == alias {
			return true
		}
	}
	for _, r := range h.reports() {
		if strings.Contains(string(r.Answers)+r.Source, alias) {
			return true
		}
	}
	return bytes.Contains(h.memory(rinaChat), []byte(alias))
}

// TestNothingIsKeptOfWhoMayNotBe types an alias and then hears that it may not be kept: she is under
// 18 after all, does not want to be spoken to again, or not to be noted. While it is typed it is
// remembered, or the test would see nothing.
func TestNothingIsKeptOfWhoMayNotBe(t *testing.T) {
	const alias = "Kenarisunyi"
	for name, c := range map[string]struct {
		first, then []string
		reports     int
	}{
		"under 18 after all":  {[]string{"ya", "warga sekitar", "belum mau", "boleh"}, []string{"[Ubah]", "[18 tahun ke atas]", "[Tidak]"}, 0},
		"not to be met again": {[]string{"ya", "warga sekitar", "belum mau", "boleh"}, []string{"[Ubah]", "[Disapa lagi]", "[Jangan lagi]", "[Simpan]"}, 1},
		"not to be noted": {
			[]string{"ya", "warga sekitar", "mau ikut", "setuju", "lisan"},
			[]string{"modal", "salon", "belum ada", "[Ubah]", "[Pendampingan]", "[Tidak dulu]", "[Simpan]"}, 1,
		},
		"taken back": {
			[]string{"ya", "warga sekitar", "mau ikut", "setuju", "lisan"},
			[]string{"modal", "salon", "belum ada", "[Simpan]", "[Batalkan]"}, 0,
		},
	} {
		t.Run(name, func(t *testing.T) {
			h := newHouse(t, houseOptions{})
			do := func(what string) {
				if label, ok := strings.CutPrefix(what, "["); ok {
					h.press(rinaChat, strings.TrimSuffix(label, "]"))
				} else {
					h.say(rinaChat, what)
				}
			}
			before, err := h.store.Participants(t.Context(), records.ParticipantFilter{})
			if err != nil {
				t.Fatal(err)
			}
			h.say(rinaChat, "jangkau")
			for _, what := range c.first {
				do(what)
			}
			do(alias)
			if !h.knows(alias) {
				t.Fatalf("the alias was not taken:\n%s", h.shown(rinaChat))
			}
			for _, what := range c.then {
				do(what)
			}
			if h.knows(alias) {
				t.Error("she is still known")
			}
			after, err := h.store.Participants(t.Context(), records.ParticipantFilter{})
			if err != nil || len(after) != len(before) {
				t.Errorf("%d on record, %v; there were %d", len(after), err, len(before))
			}
			if got := h.reports(); len(got) != c.reports || c.reports == 1 && got[0].Participant != "" {
				t.Errorf("reports: %+v", got)
			}
			for _, m := range h.sim.Messages(rinaChat, 0) {
				if !m.Deleted && strings.Contains(m.Text, alias) {
					t.Errorf("she is still shown:\n%s", m.Text)
				}
			}
		})
	}
}

// TestTwoVoteAtOnce lets two of the board save their votes at the same moment: both stand.
func TestTwoVoteAtOnce(t *testing.T) {
	h := newHouse(t, houseOptions{})
	p := &player{t: t, h: h}
	p.board()
	if err := h.store.Commit(t.Context(), turn.Plan{Way: turn.Way{Stages: []program.StageChange{{
		Cause: "before", Participant: "D-482", From: program.Trading, To: program.Registered, On: "2026-11-01", By: "rina",
	}}}}); err != nil {
		t.Fatal(err)
	}
	h.say(rinaChat, "ajukan seleksi")
	for _, what := range []string{"dahlia", "lewati", "modal", "lewati", "simpan"} {
		h.say(rinaChat, what)
	}
	voters := []int64{chairChat, transcriptPeople["sekretaris"], transcriptPeople["bendahara"]}
	for _, chat := range voters {
		h.say(chat, "suara seleksi")
		for _, what := range []string{"SL-26-001", "ya, setuju", "lewati", "lewati"} {
			h.say(chat, what)
		}
	}
	var pressed []func()
	for _, chat := range voters {
		answer := h.async(chat, "Simpan")
		pressed = append(pressed, func() { h.heard(answer) })
	}
	for _, wait := range pressed {
		wait()
	}
	h.quiet()
	by := map[string]int{}
	for _, r := range h.reports() {
		if r.Flow == "suara" {
			by[r.Author]++
		}
	}
	if len(by) != len(voters) || by["ketua"] != 1 || by["sekretaris"] != 1 || by["bendahara"] != 1 {
		t.Errorf("votes on record: %v\n%s", by, h.shown(chairChat))
	}
}

// TestAWomanIsPutOnRecordOnce saves a run whose saving the conversation has forgotten: Redis has lost
// its last second. There is one woman on record, with the alias that was given last.
func TestAWomanIsPutOnRecordOnce(t *testing.T) {
	for name, changed := range map[string][]string{
		"the same": nil, "another alias": {"Ubah", "Nama samaran", "Kenanga Pagi"}, "another answer": {"Ubah", "Usaha", "Ada, sudah jalan"},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			url := redistest.Start(t).URL()
			h := newHouse(t, houseOptions{redisURL: url})
			h.say(rinaChat, "jangkau")
			for _, what := range []string{"ya", "warga sekitar", "mau ikut", "setuju", "lisan", "Kenari", "modal", "salon", "belum ada"} {
				h.say(rinaChat, what)
			}
			lose := h.kept(url)
			h.press(rinaChat, "Simpan")
			h.shows(rinaChat, "Tersimpan")
			lose()
			h.say(rinaChat, "ulang")
			want := "Kenari"
			for _, what := range changed {
				if _, _, ok := h.button(rinaChat, what); ok {
					h.press(rinaChat, what)
				} else {
					h.say(rinaChat, what)
					want = what
				}
			}
			h.press(rinaChat, "Simpan")
			h.shows(rinaChat, "Tersimpan")
			all, err := h.store.Participants(t.Context(), records.ParticipantFilter{Stage: program.Registered})
			if err != nil || len(all) != 1 || all[0].Alias != want || all[0].Companion != "rina" {
				t.Fatalf("on record: %d %v, %v; want %s", len(all), all, err, want)
			}
			stand := 0
			for _, r := range h.reports() {
				if r.UndoneAt.IsZero() && r.Participant == all[0].Code {
					stand++
				}
			}
			if c, ok := h.answered(all[0].Code, program.Accompaniment); stand != 1 || !ok || c.Status != program.Given {
				t.Errorf("%d reports stand, consent %+v", stand, c)
			}
		})
	}
}
