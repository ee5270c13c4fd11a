package fiction

import (
	"fmt"
	"slices"
	"time"

	"github.com/dampingi/dampingi/internal/program"
)

// lastWeeks is for how many weeks before this one there are reports.
const lastWeeks = 12

// seen is how many days ago somebody was last with the i-th woman. Those whom nobody was with for long are
// told of in the next days, and none of them today.
func (g *seeder) seen(i int) int {
	w := &g.women[i]
	switch w.alias {
	case melati, mawar:
		return 5
	case unseen:
		return 29
	case busy:
		return 13
	case falls, again:
		return 8
	}
	if i%3 != 0 { // in this week
		return g.rand.IntN(g.sinceMonday() + 1)
	}
	return min(g.sinceMonday()+1+g.rand.IntN(5), w.every()-1)
}

// visits makes visits up.
func (g *seeder) visits() {
	kinds := []string{"home_visit", "teknis_usaha", "home_visit", "kontrol", "motivasi"}
	for i := range g.women {
		w := &g.women[i]
		if w.alias == unasked {
			continue
		}
		for ago, n := g.seen(i), 0; ago < 7*(lastWeeks+1); ago, n = ago+w.every()-g.rand.IntN(w.every()/3+1), n+1 {
			if n > 0 && g.today.AddDate(0, 0, -ago).Weekday() == time.Sunday {
				ago++
			}
			g.visit(w, ago, kinds[(i+n)%len(kinds)], n)
		}
	}
}

// visit makes one up; n counts them, the latest is 0.
func (g *seeder) visit(w *woman, ago int, kind string, n int) {
	result := []string{"tercapai", "tercapai", "sebagian", "belum"}[g.rand.IntN(4)]
	obstacle := []string{"tidak_ada", "modal", "kurang_laku", "relasi_pemasok"}[g.rand.IntN(4)]
	day := g.day(ago)
	r := program.Report{
		ID: fmt.Sprintf("demo-kunjungan-%s-%s", w.code, compact(day)), Flow: "kunjungan", Participant: w.code, Author: w.companion,
		OccurredOn: day, CreatedAt: g.at(ago, 15), Facts: []program.Fact{
			{Field: "jenis", Code: kind}, {Field: "hasil", Code: result}, {Field: "kendala", Code: obstacle}, {Field: "cara", Code: "tatap_muka"},
		},
	}
	answers := map[string]any{"tanggal": day, "jenis": kind, "hasil": result, "kendala": []string{obstacle}, "cara": "tatap_muka"}
	if news := goodNews()[w.alias]; news != "" && n == 0 {
		answers["kabar_baik"], answers["boleh_dikutip"] = news, "ya"
		r.Facts = append(r.Facts, program.Fact{Field: "boleh_dikutip", Code: "ya"})
	}
	if w.alias == again && n == 0 {
		tomorrow := g.day(-1)
		answers["tindak_lanjut_tanggal"] = tomorrow
		g.first.FollowUps = append(g.first.FollowUps, program.FollowUp{
			ID: r.ID + ".lagi", Report: r.ID, Participant: w.code, Person: w.companion, Due: tomorrow,
		})
	}
	g.tell(r, answers)
}

// goodNews is good news that may be told in its words.
func goodNews() map[string]string {
	return map[string]string{
		"Edelweis": "Pesanan kue untuk arisan sudah habis terjual.",
		"Wisteria": "Sekarang punya tiga pelanggan tetap.",
		"Lili":     "Anaknya ikut bangga melihat warungnya ramai.",
		onHerOwn:   "Bulan ini bisa menabung sendiri.",
	}
}

// compact is a day as it stands in an id.
func compact(d program.Date) string { return d.Time(time.UTC).Format("20060102") }

// checks makes looks at businesses up, each week one of everybody who trades; some weeks are told of fewer.
func (g *seeder) checks() {
	var traders []*woman
	for i := range g.women {
		if g.women[i].trades() {
			traders = append(traders, &g.women[i])
		}
	}
	sales := make([]int64, len(traders))
	for i := range sales {
		sales[i] = int64(200 + 10*g.rand.IntN(40))
	}
	fell := make([]bool, len(traders)) // when it was last looked at
	for week := lastWeeks; week >= 0; week-- {
		var told []int
		for i, w := range traders {
			if g.checked(w, i, week) {
				told = append(told, i)
			}
		}
		directions := g.directions(traders, told, fell, week)
		for _, i := range told {
			fell[i] = directions[i] == "turun"
			switch directions[i] {
			case "naik":
				sales[i] += sales[i] * 9 / 100
			case "turun":
				sales[i] -= sales[i] * 8 / 100
			}
			sales[i] = min(max(sales[i], 120), 900)
			g.check(traders[i], i, week, directions[i], sales[i]/10*10000)
		}
	}
}

// checked reports whether somebody has looked at a business in a week: in this one not at all of them yet,
// and in the week before at all, so that nobody is late.
func (g *seeder) checked(w *woman, i, week int) bool {
	switch week {
	case 0:
		return w.alias != again && w.alias != "Wisteria"
	case 1:
		return true
	case lastWeeks - 1: // holidays
		return i%3 == 0
	}
	return (i+5*week)%11 > 0
}

// directions says how businesses went in a week. Nobody's goes down twice in a row, but for her of whom
// that is the story. In a few weeks so few went down that they are not shown.
func (g *seeder) directions(traders []*woman, told []int, fell []bool, week int) map[int]string {
	all := make(map[int]string, len(told))
	down, same := 5, 5
	if week == 4 || week == 8 {
		down = 2
	}
	order := slices.Clone(told)
	g.rand.Shuffle(len(order), func(a, b int) { order[a], order[b] = order[b], order[a] })
	for _, i := range order {
		if traders[i].alias != falls {
			continue
		}
		if all[i] = "naik"; week < 2 {
			all[i] = "turun"
			down--
		}
	}
	for _, i := range order {
		switch {
		case all[i] != "":
		case down > 0 && !fell[i] && traders[i].alias != melati:
			all[i], down = "turun", down-1
		case same > 0:
			all[i], same = "tetap", same-1
		default:
			all[i] = "naik"
		}
	}
	return all
}

// check makes one up. What is in the way changes from week to week; how far a business is does not.
func (g *seeder) check(w *woman, i, week int, direction string, sold int64) {
	ago := min(7*week+g.sinceMonday()-i%5, 7*week+g.sinceMonday())
	if week == 0 {
		ago = g.sinceMonday() - min(i%5, g.sinceMonday())
	}
	if w.alias == falls && week == 0 {
		ago = 0
	}
	obstacles := [][]string{{"tidak_ada"}, {"kurang_laku"}, {"modal"}}[(i+week)%3]
	if (i+week)%3 == 2 && i%4 == 0 {
		obstacles = append(obstacles, "relasi_pemasok")
	}
	level := []string{"merintis", "berjalan", "berkembang"}[i%3]
	days, day := int64(4+(i+week)%4), g.day(ago)
	r := program.Report{
		ID: fmt.Sprintf("demo-usaha-%s-%s", w.code, compact(day)), Flow: "usaha", Participant: w.code, Author: w.companion,
		OccurredOn: day, CreatedAt: g.at(ago, 16), Facts: []program.Fact{
			{Field: "jalan_hari", Number: &days}, {Field: "omzet", Number: &sold}, {Field: "arah", Code: direction}, {Field: "tingkat", Code: level},
		},
	}
	for _, o := range obstacles {
		r.Facts = append(r.Facts, program.Fact{Field: "kendala", Code: o})
	}
	g.tell(r, map[string]any{"jalan_hari": days, "omzet": sold, "arah": direction, "kendala": obstacles, "tingkat": level})
}

// outreach makes up how women were met, who are on record with nothing but that; and talks about how
// somebody develops, of whom one is to be had again the day after tomorrow.
func (g *seeder) outreach() {
	companions := []string{Rina, Yuli, Dewi}
	for week := lastWeeks; week >= 0; week-- {
		for n := range 2 + g.rand.IntN(2) {
			ago, by := 7*week+g.sinceMonday()-min(n, g.sinceMonday()), companions[(week+n)%len(companions)]
			said := []string{"mau", "pikir_dulu", "mau", "belum_mau"}[g.rand.IntN(4)]
			g.tell(program.Report{
				ID: fmt.Sprintf("demo-jangkau-%d-%d", week, n), Flow: "jangkau", Author: by, OccurredOn: g.day(ago), CreatedAt: g.at(ago, 11),
				Facts: []program.Fact{{Field: "hasil", Code: said}},
			}, map[string]any{"dewasa": "ya", "sumber": "warga", "hasil": said, "tanggal": g.day(ago)})
		}
	}
	for _, talk := range []struct {
		alias string
		ago   int
	}{{grows, 88}, {"Edelweis", 0}, {"Wisteria", g.sinceMonday()}} {
		w, ago := g.called(talk.alias), talk.ago
		r := program.Report{
			ID: "demo-perkembangan-" + w.code, Flow: "perkembangan", Participant: w.code, Author: w.companion,
			OccurredOn: g.day(ago), CreatedAt: g.at(ago, 14), Facts: []program.Fact{{Field: "momen", Code: "rutin"}, {Field: "bersama_peserta", Code: "ya"}},
		}
		answers := map[string]any{"momen": "rutin", "bersama_peserta": "ya", "tanggal": g.day(ago)}
		for i, name := range []string{"d1", "d2", "d3", "d4", "d5"} {
			level := int64(2 + i%3)
			answers[name] = level
			r.Facts = append(r.Facts, program.Fact{Field: name, Number: &level})
		}
		g.tell(r, answers)
	}
}
