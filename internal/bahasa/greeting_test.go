package bahasa

import "testing"

func TestGreets(t *testing.T) {
	for text, want := range map[string]bool{
		"halo": true, "Hai kak": true, "hallo bot": true, "Assalamualaikum": true, "assalamu alaikum kak": true, "selamat pagi": true, "pagi kak": true, "met siang": true, "permisi": true,
		"": false, "selamat": false, "kak": false, "halo, td ke rmh melati": false, "pagi ke rumah melati": false, "malam ini": false, "jam 8 pagi": false, "melati": false,
	} {
		if got := Greets(text); got != want {
			t.Errorf("%q greets: %v", text, got)
		}
	}
}
