package main

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/simulator"
	"github.com/dampingi/dampingi/internal/turn"
)

// startReports is what an institution has on record after many years.
const startReports = 100_000

// BenchmarkStart is from starting the program until it is ready, on many records: everything that has to
// be read before anybody is answered. It is ready when Telegram has answered its first call.
func BenchmarkStart(b *testing.B) {
	bin := buildBot(b)
	sim := simulator.New(simulator.Options{Token: benchToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
	server := httptest.NewServer(sim.Handler())
	b.Cleanup(func() { sim.Close(); server.Close() })
	dir := b.TempDir()
	seedReports(b, dir, startReports)
	env := []string{"TELEGRAM_API_URL=" + server.URL, "TELEGRAM_TOKEN=" + benchToken}
	startBot(b, bin, dir, env).stop() // what is due by then is told once, and the files are in memory
	var took []time.Duration
	var rest, own, cpu float64
	for b.Loop() {
		began := time.Now()
		bot := startBot(b, bin, dir, env)
		took = append(took, time.Since(began))
		b.StopTimer()
		cpu += float64(bot.cpu().Milliseconds())
		time.Sleep(2 * time.Second)
		rest, own = max(rest, bot.memory("VmRSS")), max(own, bot.memory("RssAnon"))
		bot.stop()
		b.StartTimer()
	}
	slices.Sort(took)
	b.ReportMetric(float64(took[len(took)/2].Milliseconds()), "ms-p50")
	b.ReportMetric(float64(took[len(took)-1].Milliseconds()), "ms-longest")
	b.ReportMetric(cpu/float64(len(took)), "cpu-ms") // on a machine that others use as well, this is what can be compared
	b.ReportMetric(rest/1e6, "rss-MB")
	b.ReportMetric(own/1e6, "own-MB")
}

// seedReports makes a database with a crowd, and reports about all of them over ten years.
func seedReports(b *testing.B, dir string, n int) {
	b.Helper()
	const people = 125
	seedCrowd(b, dir, people, crowdEach)
	set := &Settings{DataDir: dir, Timezone: "Asia/Jakarta"}
	store, _, err := demoStore(b.Context(), set, time.Now, nil)
	if err != nil {
		b.Fatal(err)
	}
	now := time.Now()
	var plan turn.Plan
	for i := range n {
		by, her, ago := i%people, i/people%crowdEach, i*3650/n
		at := now.AddDate(0, 0, -ago)
		plan.Reports = append(plan.Reports, program.Report{
			ID: fmt.Sprintf("r%d", i), Flow: "kunjungan", FlowVersion: 1, Author: fmt.Sprintf("p%d", by), Participant: fmt.Sprintf("M-%d-%d", by, her),
			OccurredOn: program.DateOf(at), CreatedAt: at,
			Answers: []byte(`{"tanggal":"` + string(program.DateOf(at)) + `","jenis":"home_visit","hasil":"tercapai","kendala":["tidak_ada"],"catatan":"jualan ramai sekali"}`),
			Facts:   []program.Fact{{Field: "jenis", Code: "home_visit"}, {Field: "hasil", Code: "tercapai"}},
		})
		if len(plan.Reports) == 2000 || i == n-1 {
			if err := store.Commit(b.Context(), plan); err != nil {
				b.Fatal(err)
			}
			plan.Reports = nil
		}
	}
	if err := store.Close(); err != nil {
		b.Fatal(err)
	}
}
