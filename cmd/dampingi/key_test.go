package main

import (
	"strings"
	"testing"
)

// TestTheKeyIsRotatedWhileTheBotServes exchanges the key in the middle of a report, as an
// administrator would, and adds a companion afterwards: nobody notices anything.
func TestTheKeyIsRotatedWhileTheBotServes(t *testing.T) {
	h := newHouse(t, houseOptions{})
	h.say(rinaChat, "/kunjungan")
	h.presses(rinaChat, "M-417 · Melati", "Hari ini")
	code, out, errOut := ended(t, "key", "rotate", "--data-dir", h.dir)
	if code != exitDone || !strings.Contains(out, "Kunci baru dipakai. Disegel ulang: ") {
		t.Fatalf("exit %d, %s%s", code, out, errOut)
	}
	h.presses(rinaChat, "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan")
	h.recorded(1)
	if code, out, errOut = ended(t, "people", "add", "--data-dir", h.dir, "--role", "pendamping", "--name", "Sari", "--telegram-id", "901"); code != exitDone {
		t.Fatalf("exit %d, %s%s", code, out, errOut)
	}
	h.say(strangerChat, "/menu")
	h.shows(strangerChat, "Halo, Kak Sari")
	if code, out, errOut = ended(t, "verify", "--data-dir", h.dir); code != exitDone {
		t.Errorf("exit %d, %s%s", code, out, errOut)
	}
}
