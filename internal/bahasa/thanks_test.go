package bahasa

import "testing"

func TestThanks(t *testing.T) {
	for text, want := range map[string]bool{
		"makasih": true, "Makasih ya Kak 🙏": true, "terima kasih banyak": true, "ok trims": true, "mokasih nian": true, "terimakasih": true,
		"": false, "ok": false, "terima uang 50rb": false, "makasih, besok ke rumah melati": false, "kasih modal": false, "terima": false,
	} {
		if got := Thanks(text); got != want {
			t.Errorf("Thanks(%q) = %v", text, got)
		}
	}
}
