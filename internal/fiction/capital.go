package fiction

import (
	"strconv"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// capitalHour is the hour at which a step of a capital is due.
const capitalHour = 8

// capital tells how far somebody's capital has come: the days ago on which it came to each stage.
type capital struct {
	alias    string
	ago      []int // as far as it has come
	shopping []int64
	other    bool // what was bought last is something else than was planned
}

// capitalWay is what a capital comes by.
func capitalWay() []string {
	return []string{"diusulkan", "disetujui", "berkas", "buku_jadi", "buku_diserahkan", "cair", "belanja", "kontrol", "selesai"}
}

// capitals are capitals at every stage. Five were paid out on one day of last week and are being spent; one
// has just been paid out; the goods of one are to be looked at tomorrow.
func (g *seeder) capitals() []life {
	paid := g.sinceMonday() + 6 // the Tuesday of last week
	now := min(1, g.sinceMonday())
	all := []capital{
		{alias: "Anggrek", ago: []int{5}},
		{alias: busy, ago: []int{30, 26, 20, 12}},
		{alias: paidOut, ago: []int{25, 20, 14, 8, 3, 2}},
		{alias: "Kamboja", ago: []int{40, 35, 28, 20, paid + 1, paid, now}, shopping: []int64{450000, 180000}},
		{alias: "Edelweis", ago: []int{40, 34, 28, 20, paid + 1, paid, now}, shopping: []int64{600000}},
		{alias: "Aster", ago: []int{41, 35, 27, 19, paid + 1, paid, now}, shopping: []int64{300000, 250000}},
		{alias: "Begonia", ago: []int{39, 35, 28, 19, paid + 1, paid, 0}, shopping: []int64{520000}, other: true},
		{alias: "Tulip", ago: []int{44, 36, 29, 21, paid + 1, paid, now, 0}, shopping: []int64{410000, 370000}},
		{alias: looked, ago: []int{50, 44, 36, 28, 22, 20, 15, 6}, shopping: []int64{700000, 120000}},
		{alias: "Gardenia", ago: []int{330, 322, 318, 310, 302, 300, 296, 290, 200}, shopping: []int64{640000}},
	}
	lives := make([]life, 0, len(all))
	for i, c := range all {
		lives = append(lives, g.capital(c, int64(8+i%5)*100000))
	}
	return lives
}

// capital is the life of one.
func (g *seeder) capital(c capital, sum int64) life {
	w := g.called(c.alias)
	l := life{m: program.Matter{Kind: program.Aid, Participant: w.code}}
	for i, ago := range c.ago {
		s := step{status: capitalWay()[i], at: g.at(ago, 10+i/2), by: w.companion, fields: program.Fields{}}
		s.fields["tanggal_"+s.status] = []string{string(g.day(ago))}
		s.due = func(m program.Matter, at time.Time) time.Time {
			day := program.CapitalDue(m.Status, program.DateOf(at))
			if day == "" {
				return time.Time{}
			}
			return day.Time(g.today.Location()).Add(capitalHour * time.Hour)
		}
		s.said = map[string]any{"tanggal": g.day(ago)}
		switch s.status {
		case "diusulkan":
			s.flow = "modal_usul"
			s.said["prioritas"] = []string{"modal_terbatas"}
			s.fields["prioritas"] = []string{"modal_terbatas"}
		case "disetujui":
			s.flow, s.by = "modal_setuju", Bina
			s.said["keputusan"], s.said["jumlah_disetujui"], s.said["sumber_dana"] = s.status, sum, "dinsos"
			s.fields["keputusan"], s.fields["jumlah_disetujui"], s.fields["sumber_dana"] = []string{s.status}, amounts(sum), []string{"dinsos"}
			l.steps = append(l.steps, s)
			l.steps = append(l.steps, g.planned(s, sum)...)
			continue
		case "berkas", "buku_jadi", "buku_diserahkan":
			s.flow = "modal_tahap"
			s.said["tahap"] = s.status
		case "cair":
			s.flow, s.by = "modal_cair", Bina
			s.said["jumlah_cair"] = sum
			s.fields["jumlah_cair"] = amounts(sum)
			s.facts = []program.Fact{{Field: "jumlah_cair", Number: &sum}}
		case "belanja":
			l.steps = append(l.steps, g.bought(s, c)...)
			continue
		case "kontrol":
			s.flow = "modal_beres"
		case "selesai":
			s.flow = "modal_kontrol"
			s.said["ada"], s.said["dipakai"], s.said["kondisi"] = "ya", "ya", "baik"
		}
		l.steps = append(l.steps, s)
	}
	return l
}

// planned are the lines of the plan, which the matter does not keep.
func (g *seeder) planned(approved step, sum int64) []step {
	lines := []struct {
		what, kind string
		part       int64
	}{{"Wajan dan kompor", "alat", 5}, {"Tepung dan gula", "bahan", 3}, {"Kemasan", "kemasan", 2}}
	all := make([]step, 0, len(lines))
	for i, line := range lines {
		s := approved
		s.flow, s.status, s.fields = "modal_rencana", "", nil
		s.at = s.at.Add(time.Duration(i+1) * time.Minute)
		s.said = map[string]any{"barang": line.what, "kategori": line.kind, "perkiraan": sum * line.part / 10}
		s.facts = []program.Fact{{Field: "kategori", Code: line.kind}}
		all = append(all, s)
	}
	return all
}

// bought is what was spent so far.
func (g *seeder) bought(first step, c capital) []step {
	all := make([]step, 0, len(c.shopping))
	for i, sum := range c.shopping {
		fits := "ya"
		if c.other && i == len(c.shopping)-1 {
			fits = "sebagian"
		}
		s := first
		s.flow = "modal_belanja"
		s.at = s.at.Add(time.Duration(i) * time.Minute)
		what, kind := "Wajan dan kompor", "alat"
		if i > 0 {
			what, kind = "Tepung dan gula", "bahan"
		}
		s.said = map[string]any{"barang": what, "kategori": kind, "jumlah": sum, "sesuai": fits, "tanggal": program.DateOf(s.at)}
		s.facts = []program.Fact{{Field: "kategori", Code: kind}, {Field: "jumlah", Number: &sum}, {Field: "sesuai", Code: fits}}
		if fits != "ya" {
			s.said["alasan_beda"] = "Wajannya lebih mahal, jadi beli yang kecil."
		}
		all = append(all, s)
	}
	return all
}

// amounts is a sum as a matter keeps it.
func amounts(sum int64) []string { return []string{strconv.FormatInt(sum, 10)} }
