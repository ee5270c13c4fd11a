package discreet

import (
	"strings"
	"testing"

	"github.com/dampingi/dampingi/internal/program"
)

// TestCover checks each answer that can be agreed, and that an odd one is the barest.
func TestCover(t *testing.T) {
	for _, words := range languages(t) {
		said := map[string]bool{}
		for i := range program.CoverVariants {
			line := Cover(words, program.Contact{Cover: i}).String()
			said[line] = true
			checkLockScreen(t, words.Lang(), line)
			if line == emptiest || !strings.Contains(line, "<i>") {
				t.Errorf("%s: cover %d: %s", words.Lang(), i, line)
			}
		}
		if len(said) != program.CoverVariants {
			t.Errorf("%s: %d different answers", words.Lang(), len(said))
		}
		barest := Cover(words, program.Contact{Cover: barestCover})
		for _, i := range []int{-1, program.CoverVariants, 1 << 40} {
			if Cover(words, program.Contact{Cover: i}) != barest {
				t.Errorf("%s: cover %d is not the barest", words.Lang(), i)
			}
		}
	}
	if got := Cover(indonesian(t), program.Contact{}).String(); got != "Ini layanan pengingat jadwal kelas. Kalau salah sambung, ketik <i>berhenti</i> ya. Terima kasih." {
		t.Errorf("%s", got)
	}
	words := spoilt{indonesian(t), map[string]string{"discreet.cover.class": "Ini program lembaga."}}
	if got := Cover(words, program.Contact{}); got != (Line{}) {
		t.Errorf("%s", got.String())
	}
}

// TestAsksWho holds questions and what only looks like one.
func TestAsksWho(t *testing.T) {
	for _, text := range []string{
		"ini siapa?", "Ini siapa", "INI SIAPA???", "siapa ini", "siapa ini!?", "sopo iki", "iki sopo", "ini sapo", "ini sapa ya", "sapa nih", "nomor siapa ini", "ini nomor siapa ya kak",
		"no siapa ini", "ini nomernya siapa", "who is this", "Who's this?", "who’s this", "whos this", "who dis", "new phone who dis", "who are you?", "who r u", "sorry, who is this please?", "whose number is this?",
		"dengan siapa ini ya", "maaf ini dengan siapa ya?", "Maaf, dengan siapa ya", "dgn siapa ini", "ini siapa sih", "siapaaa iniiii", "siapa?", "siapa ya", "siapa lo", "kamu siapa", "anda siapa ya", "siapa kamu", "siapa namanya",
		"halo ini siapa ya", "assalamualaikum, ini siapa ya", "permisi bu ini siapa", "ini siapa yang chat", "siapa yang chat saya ini", "dari siapa ini", "ini dari mana ya", "dari mana ini", "maaf ini darimana",
		"mau tanya ini siapa ya", "boleh tahu ini siapa?", "saya tidak kenal, ini siapa", "ini siapa kok chat saya terus", "sinten niki", "ini\u200b siapa", "ＩＮＩ ＳＩＡＰＡ", "🤔 ini siapa 🤔", "siapa ini...", "ini siape", "siapo ini yuk", "wa siapa ini", "ini siapa, ini siapa",
	} {
		if !AsksWho(text) {
			t.Errorf("%q is not understood", text)
		}
	}
	for _, text := range []string{
		"", " ", "?", "ini", "ini ya", "siapa yang ditengok", "Siapa yang ditengok, Kak?", "siapa yang datang besok", "siapa saja", "siapa aja yang ikut", "siapa yang", "siapa saya", "siapa tahu", "siapa mau", "siapa yang pesan",
		"ini siapa yang punya", "siapa gurunya", "besok siapa yang masak", "sapa", "sapa saja saya", "sp", "mana ini", "ini di mana ya", "di mana kelasnya", "dari mana", "berhenti", "ini jadwal siapa", "apa ini", "ini melati", "terima kasih",
		"siapa ketuanya", "kelas apa ini", "siapa dia", "who is coming tomorrow", "who will cook", "is this on thursday", "you", "that is it", "saya tahu ini", "chat saya ya", strings.Repeat("ini siapa ", 50), strings.Repeat("ini ", 12) + "siapa",
	} {
		if AsksWho(text) {
			t.Errorf("%q is taken for the question", text)
		}
	}
}

// FuzzAsksWho checks that no text makes it panic and that it looks at short ones only.
func FuzzAsksWho(f *testing.F) {
	for _, s := range []string{"ini siapa?", "", "\xff", "dari mana", "siapa\x00ini", "👍", strings.Repeat("ini ", 50)} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if AsksWho(text) && (len(text) > longestWho || strings.TrimSpace(text) == "") {
			t.Fatalf("%q", text)
		}
		if AsksWho(text + " ditengok") {
			t.Fatalf("%q and more", text)
		}
	})
}

// TestAsksWhoIsBounded checks that a megabyte is not even read.
func TestAsksWhoIsBounded(t *testing.T) {
	long := strings.Repeat("ini siapa ", 100_000)
	if n := testing.AllocsPerRun(10, func() { AsksWho(long) }); n > 0 {
		t.Errorf("%v allocations for a long text", n)
	}
}
