package main

import (
	"strings"
	"testing"
)

// TestTamperedRecordsAreRefusedAndNamed changes rows behind the bot's back, as somebody would who
// can write to the file and has no key: what was changed is refused, everything else still works in
// the chat, and `dampingi verify` names the row without saying what stands in it.
func TestTamperedRecordsAreRefusedAndNamed(t *testing.T) {
	const unlocked = `DROP TRIGGER audit_stays; DROP TRIGGER audit_holds; `
	for name, tt := range map[string]struct {
		tamper string
		hidden string   // who is not in the picker any more
		left   int      // reports that can still be read, of two
		named  []string // what verify says
	}{
		"nothing": {tamper: `SELECT 1`, left: 2},
		"an alias": {
			`UPDATE participant SET alias = (SELECT alias FROM participant WHERE code = 'D-482') WHERE code = 'M-203'`,
			"M-203", 2, []string{"participant M-203"},
		},
		"her key": {
			`UPDATE participant SET wrapped = (SELECT wrapped FROM participant WHERE code = 'D-482') WHERE code = 'M-417'`,
			"M-417", 1, []string{"participant M-417", "report "},
		},
		"a report without its last byte": {
			`UPDATE report SET answers = substr(answers, 1, length(answers) - 1) WHERE participant = 'M-417'`,
			"", 1, []string{"report "},
		},
		"a report about somebody else": {
			`UPDATE report SET participant = 'D-482' WHERE participant = 'M-417'`, "", 1, []string{"report "},
		},
		"the audit": {unlocked + `UPDATE audit SET actor = 'yuli' WHERE seq = 1`, "", 2, []string{"jejak 1:"}},
		"a line of the audit gone": {
			unlocked + `DELETE FROM audit WHERE seq = 1`, "", 2, []string{"jejak 1:"},
		},
	} {
		t.Run(name, func(t *testing.T) {
			t.Parallel()
			log := &notes{}
			h := newHouse(t, houseOptions{logs: log})
			h.summary()
			h.press(rinaChat, "Simpan")
			h.say(rinaChat, "D-482 kemarin home visit, ketemu, tercapai, tidak ada kendala")
			h.until("the second report is asked about", func() bool { _, _, ok := h.button(rinaChat, "Simpan"); return ok })
			h.press(rinaChat, "Simpan")
			h.recorded(2)
			h.damage(tt.tamper)

			h.say(rinaChat, "/menu")
			h.shows(rinaChat, "Mau mencatat apa?")
			h.say(rinaChat, "/kunjungan")
			for _, code := range []string{"M-417", "M-203", "K-388", "K-208", "R-130", "D-482"} {
				if strings.Contains(h.shown(rinaChat), code) == (code == tt.hidden) {
					t.Errorf("%s in the picker:\n%s", code, h.shown(rinaChat))
				}
			}
			h.say(yuliChat, "/menu")
			h.shows(yuliChat, "What")

			_, out, _ := ended(t, "reports", "list", "--json", "--data-dir", h.dir)
			if got := strings.Count(out, "\n"); got != tt.left {
				t.Errorf("%d reports are listed, want %d:\n%s", got, tt.left, out)
			}
			code, _, said := ended(t, "verify", "--data-dir", h.dir)
			if (code == exitDone) != (tt.named == nil) {
				t.Errorf("verify ends with %d: %s", code, said)
			}
			for _, row := range tt.named {
				if !strings.Contains(said, row) {
					t.Errorf("verify does not name %q:\n%s", row, said)
				}
			}
			for _, secret := range []string{"Melati", "Mawar", "Dahlia", "Rina"} {
				if strings.Contains(said+log.String(), secret) {
					t.Errorf("%s is told: %s", secret, said)
				}
			}
		})
	}
}
