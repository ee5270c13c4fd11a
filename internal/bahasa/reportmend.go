package bahasa

import "strings"

// reportWords are the words of a report long enough to be known again with a
// letter wrong or without their vowels, grouped so that none is a slip of
// another.
const reportWords = "rumah kunjungan kunjungi tengok mampir telepon telpon ketemu bertemu ngobrol semangat hasil hasilnya tercapai sebagian " +
	"omzet omset jualan jualannya berjualan dagangan usaha usahanya penjualan pemasukan pendapatan untung modal modalnya belanja bahan harga naik turun tetap libur " +
	"kendala kendalanya hambatan masalah hujan cuaca sakit rusak mahal keluarga suami suaminya tempat waktu kualitas pemasok supplier dampingi mendampingi temani motivasi " +
	"konseling kontrol barang lanjut kemarin besok minggu senin selasa kamis jumat sabtu kurang habis kosong belum tidak orangnya mendukung pelanggan pembeli " +
	"komplain penghasilan bersih kotor pencairan tabungan mediasi sosialisasi penjangkauan kembali nanti mungkin didatangi datang diangkat dibalas berkembang katanya " +
	"minyak gula tepung telur kompor blender oven kulkas gerobak catatan mencatat sepi ramai mengeluh"

// mend reads words nobody knows as the word of a report they are a slip for.
// A word that is as near to two of them stays what it is.
func (r *reportReader) mend() {
	for i := range r.toks {
		t := &r.toks[i]
		if r.words[i].role != roleNone || len(t.raw) < 3 || len(t.raw) > maxNear || r.isKnown(i) || isGivenName(t.raw) || i > 0 && isHonorific(r.toks[i-1].raw) && !r.toks[i-1].is("cek") {
			continue
		}
		best := nearestWord(t.raw)
		if best == "" && !nearButOther(t.raw) {
			best = nearestAnswer(t.raw, numberSlips+" hampir sekitar sehari seminggu semalam malam siang depan butuh bertemu")
		}
		if best != "" {
			t.text = canon(best)
			r.words[i].w, r.words[i].own = reportWord(*t)
		}
	}
}

// nearestWord returns the one word of a report that typed is a slip for.
func nearestWord(typed string) string {
	best, found := 2, ""
	for word := range strings.SplitSeq(reportWords, " ") {
		d := nearWord(typed, word)
		switch {
		case d < best:
			best, found = d, word
		case d == best && d < 2:
			found = "" // as near to another
		}
	}
	return found
}
