//go:build browser

package main

import (
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/fiction"
)

// bina is the chat of the treasurer, and wati that of the secretary.
const (
	bina = "1005"
	wati = "1004"
)

// TestBrowserACompanionsGuide goes through what docs/panduan-pendamping.md tells, and draws its pictures.
func TestBrowserACompanionsGuide(t *testing.T) {
	b := onAPhone(t, 760)
	b.chat = rina
	b.open("?chats=" + rina)
	b.press(`[data-testid="start"]`, "")
	b.shows("Mau mencatat apa?")
	b.write("td ke rmh melati, laku 450rb, modal kurang")
	b.shows("Bagaimana hasilnya?")
	b.picture("pendamping-kalimat.png")
	b.press(`[data-testid="button"]`, "Sebagian")
	b.shows("Sudah pas?")
	b.press(`[data-testid="button"]`, "Ubah")
	b.shows("Mana yang mau diubah?")
	b.picture("pendamping-ubah.png")
	b.press(`[data-testid="button"]`, "Omzet")
	b.write("500rb")
	b.shows("Rp500.000")
	b.press(`[data-testid="button"]`, "Simpan")
	b.shows("Tersimpan.")
	b.picture("pendamping-simpan.png")
	b.press(`[data-testid="button"]`, "Batalkan")
	b.shows("Sudah saya batalkan")
	b.press(`[data-testid="button"]`, "Perbaiki")
	b.shows("Sudah pas?")
	b.write("/kunci")
	b.shows("Layar sudah saya rapikan")
	b.wait(b.in(`!/Melati|Rp500|td ke/.test(phone.querySelector('[data-testid="messages"]').innerText)`), "nothing of what was written")
	b.picture("pendamping-kunci.png")
	b.press(`[data-testid="button"]`, "Buka")
	b.press(`[data-testid="button"]`, "Kunjungan Y-192 · Melati")
	b.shows("Sudah pas?")
}

// TestBrowserTheBoardsGuide goes through what docs/panduan-pengurus.md shows.
func TestBrowserTheBoardsGuide(t *testing.T) {
	b := onAPhone(t, 844)
	b.chat = wati
	b.open("?chats=" + wati)
	b.press(`[data-testid="start"]`, "")
	b.press(`[data-testid="button"]`, "Kegiatan")
	b.shows("Kegiatan baru")
	b.press(`[data-testid="button"]`, b.label("29 Nov"))
	b.shows("Diundang:")
	b.picture("pengurus-kegiatan.png")
	b.chat = bina
	b.open("?chats=" + bina)
	b.press(`[data-testid="start"]`, "")
	b.press(`[data-testid="button"]`, "Modal usaha")
	b.press(`[data-testid="button"]`, b.label("MU-"))
	b.shows("Prioritas:")
	b.picture("pengurus-modal.png")
}

// TestBrowserTheAdministratorsGuide goes through what docs/panduan-administrator.md shows of the phones:
// an invitation that is opened, and what whoever looks after the machine is told of it.
func TestBrowserTheAdministratorsGuide(t *testing.T) {
	b := onAPhone(t, 760)
	b.joins()
	b.picture("administrator-undangan.png")

	b.chat = wati
	b.open("?chats=" + wati)
	b.press(`[data-testid="start"]`, "")
	b.shows("Halo, Ibu Wati")
	b.demo.set.AdminChat = fiction.Wati // after the start: only this test looks
	lastNight := b.demo.clock().Add(-36 * time.Hour)
	b.demo.newestBackup = func() (time.Time, error) { return lastNight, nil }
	machine := &administrator{app: b.demo.app}
	look := func() {
		if err := machine.look(b.ctx); err != nil {
			t.Fatal(err)
		}
		b.clock(map[string]any{"advance": "1m"})
	}
	look()
	b.shows("Kabar tentang mesin akan saya kirim ke sini")
	for range 6 { // between two messages there are five minutes
		look()
	}
	b.shows("Belum ada cadangan")
	b.top("Kabar tentang mesin")
	b.picture("administrator-kabar.png")
}
