package main

import (
	"fmt"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
)

// The crowd of the benchmark: everybody logs visits without a pause, as nobody ever will.
const (
	crowd      = 200
	crowdChat  = 10_000
	crowdEach  = 8 // participants of each
	benchToken = "7:bench"
)

// BenchmarkServe is the whole way of an update: from a press or a text until the next card is
// seen in the chat. The bot is the built binary in a process of its own, the people and their
// Telegram are in this one. One op is one step; what is reported besides is what the bot's
// process used.
func BenchmarkServe(b *testing.B) {
	bin := buildBot(b)
	for _, mode := range []string{"embedded", "redis"} {
		b.Run(mode, func(b *testing.B) {
			var env []string
			if mode == "redis" {
				env = append(env, "REDIS_URL="+redistest.Start(b).URL())
			}
			sim := simulator.New(simulator.Options{Token: benchToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot", KeepMessages: 8})
			server := httptest.NewServer(sim.Handler())
			dir := b.TempDir()
			seedCrowd(b, dir, crowd, crowdEach)
			for i := range crowd {
				sim.AddChat(crowdChat+int64(i), "Pendamping", "")
			}
			b.Cleanup(func() { sim.Close(); server.Close() })
			bot := startBot(b, bin, dir, append(env, "TELEGRAM_API_URL="+server.URL, "TELEGRAM_TOKEN="+benchToken, "SEND_RATE=0"))
			people := make([]*visitor, crowd)
			for i := range people {
				people[i] = &visitor{sim: sim, chat: crowdChat + int64(i)}
			}
			b.Run("visits", func(b *testing.B) { visits(b, bot, people) })
			b.Logf("%s peak RSS %.1f MB", mode, bot.peak()/1e6)
		})
	}
}

// visits lets the crowd take b.N steps.
func visits(b *testing.B, bot *process, people []*visitor) {
	b.Helper()
	var left atomic.Int64
	left.Store(int64(b.N))
	cpu, flushes := bot.cpu(), bot.metric("dampingi_commit_seconds_count")
	var all sync.WaitGroup
	b.ResetTimer()
	for _, p := range people {
		p.took = p.took[:0]
		all.Go(func() {
			for left.Add(-1) >= 0 {
				if err := p.step(); err != nil {
					b.Error(err)
					return
				}
			}
		})
	}
	all.Wait()
	b.StopTimer()
	cpu, flushes = bot.cpu()-cpu, bot.metric("dampingi_commit_seconds_count")-flushes
	var took []time.Duration
	for _, p := range people {
		took = append(took, p.took...)
	}
	slices.Sort(took)
	if len(took) == 0 {
		b.Fatal("nobody got an answer")
	}
	n := float64(len(took))
	b.ReportMetric(n/b.Elapsed().Seconds(), "steps/s")
	b.ReportMetric(float64(took[len(took)/2].Microseconds())/1e3, "p50-ms")
	b.ReportMetric(float64(took[len(took)*99/100].Microseconds())/1e3, "p99-ms")
	b.ReportMetric(cpu.Seconds()*1e4/n, "cpu-s/10k")
	b.ReportMetric(flushes*1e3/n, "flushes/1k")
	b.ReportMetric(bot.peak()/1e6, "peak-MB")
}

// visitor is one of the crowd, who always has a visit in the making.
type visitor struct {
	sim  *simulator.Server
	chat int64
	next int // the place of the next tap in taps
	took []time.Duration
}

// taps are an ordinary visit after /kunjungan: whom, when, what kind, result, obstacle,
// follow-up, save. Empty stands for the first button.
var taps = []string{"", "Hari ini", "Ke rumah", "Tercapai", "Tidak ada", "Tidak", "Simpan"} //nolint:gochecknoglobals // a table, never changed

// patience is how long a visitor waits for a card before she gives up.
const patience = 20 * time.Second

// step takes one step and waits for the card that answers it.
func (v *visitor) step() error {
	seen, _ := v.sim.Newest(v.chat)
	begun := time.Now()
	if v.next == 0 {
		if _, err := v.sim.Say(v.chat, "/kunjungan"); err != nil {
			return err
		}
	} else {
		data, ok := buttonOf(seen, taps[v.next-1])
		if !ok {
			return fmt.Errorf("no button %q on:\n%s", taps[v.next-1], drawn(seen))
		}
		if err := v.sim.Tap(v.chat, seen.MessageID, data); err != nil {
			return err
		}
	}
	giveUp := time.NewTimer(patience)
	defer giveUp.Stop()
	before := revision(seen)
	for {
		m, changed := v.sim.Newest(v.chat)
		if r := revision(m); r != "" && r != before {
			v.took = append(v.took, time.Since(begun))
			v.next = (v.next + 1) % (len(taps) + 1)
			return nil
		}
		select {
		case <-changed:
		case <-giveUp.C:
			return fmt.Errorf("no answer to step %d after %s, below:\n%s", v.next, patience, drawn(m))
		}
	}
}

// revision is which card of the chat a message shows, or nothing.
func revision(m simulator.Message) string {
	if m.ReplyMarkup == nil || len(m.ReplyMarkup.InlineKeyboard) == 0 {
		return ""
	}
	rev, _, _ := strings.Cut(m.ReplyMarkup.InlineKeyboard[0][0].CallbackData, ".")
	return rev
}

// buttonOf finds a button by the end of its label, or the first.
func buttonOf(m simulator.Message, label string) (data string, ok bool) {
	if m.ReplyMarkup == nil {
		return "", false
	}
	for _, row := range m.ReplyMarkup.InlineKeyboard {
		for _, b := range row {
			if strings.HasSuffix(b.Text, label) {
				return b.CallbackData, true
			}
		}
	}
	return "", false
}

// BenchmarkRest is the memory of the bot that has nothing to do, after it was reached by
// Telegram and has read its inbox.
func BenchmarkRest(b *testing.B) {
	bin := buildBot(b)
	for _, n := range []int{0, 1000} {
		b.Run(fmt.Sprintf("participants=%d", n), func(b *testing.B) {
			sim := simulator.New(simulator.Options{Token: benchToken, Name: "Catatan Usaha", Username: "catatan_usaha_bot"})
			server := httptest.NewServer(sim.Handler())
			dir := b.TempDir()
			seedCrowd(b, dir, n/crowdEach, crowdEach)
			b.Cleanup(func() { sim.Close(); server.Close() })
			bot := startBot(b, bin, dir, []string{"TELEGRAM_API_URL=" + server.URL, "TELEGRAM_TOKEN=" + benchToken})
			for b.Loop() {
				time.Sleep(startsWithin + time.Second)
				b.ReportMetric(bot.memory("VmRSS")/1e6, "rss-MB")
				b.ReportMetric(bot.memory("RssAnon")/1e6, "own-MB") // the rest is the program's file, which the system may drop and read again
				b.ReportMetric(bot.peak()/1e6, "peak-MB")
			}
		})
	}
}
