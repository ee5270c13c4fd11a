package bahasa

import (
	"strings"
	"testing"
)

func TestAsksCall(t *testing.T) {
	for text, want := range map[string]bool{
		"minta dihubungi": true, "Minta dihubungi ya Kak 🙏": true, "tolong hubungi saya": true, "telepon aku": true, "tlg telp aku dong": true,
		"bisa telpon saya?": true, "pengen ditelpon": true, "kak, mintak dihubungi": true, "call me": true, "please call me back": true, "TOLONG TELEPON SAYA SEKARANG": true,
		"": false, "telepon": false, "hubungi": false, "saya": false, "jangan hubungi saya": false, "jangan telepon dulu kak": false, "tidak mau dihubungi": false,
		"siapa yang hubungi saya": false, "hubungi suami saya": false, "nomor telepon saya": false, "dia telepon aku kemarin": false, "minta": false, "minta data": false,
		strings.Repeat("minta dihubungi ", 5): false, strings.Repeat("x", 300): false,
	} {
		if got := AsksCall(text); got != want {
			t.Errorf("AsksCall(%q) = %v", text, got)
		}
	}
}
