package bahasa

import "testing"

// The target is one typed answer in less than 20 microseconds.

func BenchmarkAmount(b *testing.B) {
	for _, text := range []string{"250rb", "Rp 1.200.000,-", "sejuta dua ratus lima puluh ribu", "alhamdulillah laku 450rb modal 200rb kak"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				Amount(text, OmzetLimits())
			}
		})
	}
}

func BenchmarkDate(b *testing.B) {
	now := referenceNow()
	for _, text := range []string{"kemarin", "senin minggu lalu", "Jumat, 20 November 2026"} {
		b.Run(text, func(b *testing.B) {
			b.ReportAllocs()
			for b.Loop() {
				DatePast(text, now)
			}
		})
	}
}

func BenchmarkDateTime(b *testing.B) {
	b.ReportAllocs()
	now := referenceNow()
	for b.Loop() {
		DateTimeFuture("senin depan jam setengah sepuluh pagi", now)
	}
}

func BenchmarkYesNo(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		YesNo("iya kak, siap")
	}
}

func BenchmarkCommand(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		ReadCommand("batal aja kak")
	}
}

func BenchmarkForbidden(b *testing.B) {
	b.ReportAllocs()
	text := "td pg ke rmh kenanga ktmu org nya jualan jln 4 hr omzet 320rb modal 180rb blm ada kendala"
	b.SetBytes(int64(len(text)))
	for b.Loop() {
		Forbidden(text)
	}
}

func BenchmarkRupiah(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		Indonesian.Rupiah(1_250_000)
	}
}
