package records_test

import (
	"context"
	"database/sql"
	"path/filepath"
	"runtime"
	"testing"
	"time"

	_ "modernc.org/sqlite"

	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/records"
)

// The institution of the benchmark: two years of a million reports.
const (
	benchReports = 1_000_000
	benchPeople  = 4_000
	benchStaff   = 80
)

// million fills a database with generated people and reports, behind the bot's back: what they say is
// sealed for nobody, and the digest does not read it.
func million(b *testing.B, path string) {
	b.Helper()
	db, err := sql.Open("sqlite", "file:"+path+"?_pragma=synchronous(OFF)&_pragma=journal_mode(WAL)")
	must(b, err)
	defer func() { must(b, db.Close()) }()
	for _, text := range []string{
		`DROP TRIGGER watch_report`, `DROP TRIGGER watch_participant`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?1 - 1)
			INSERT INTO person (id, role, lang, active) SELECT 's-' || i, 'pendamping', 'id', 1 FROM n`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)
			INSERT INTO person (id, role, lang, active) SELECT 'P-' || i, 'peserta', 'id', 1 FROM n`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?2 - 1)
			INSERT INTO participant (code, wrapped, alias, stage, companion, concentration, last_seen, added_at)
			SELECT 'P-' || i, x'00', x'00', CASE i % 4 WHEN 0 THEN 'bimtek' WHEN 1 THEN 'modal' ELSE 'usaha_berjalan' END, 's-' || (i % ?1), 'dagang',
				date('2026-11-22', '-' || (i % 50) || ' days'), 1 FROM n`,
		`WITH RECURSIVE n (i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < ?3 - 1)
			INSERT INTO report (id, flow, flow_version, participant, author, occurred_on, created_at, answers)
			SELECT 'r-' || i, CASE i % 2 WHEN 0 THEN 'kunjungan' ELSE 'usaha' END, 1, 'P-' || (i * 7 % ?2), 's-' || (i * 7 % ?2 % ?1),
				date('2026-11-22', '-' || (i % 728) || ' days'), 1, zeroblob(200) FROM n`,
		`INSERT INTO fact (report, n, field, code) SELECT id, 0, CASE flow WHEN 'usaha' THEN 'arah' ELSE 'jenis' END,
			CASE flow WHEN 'usaha' THEN CASE seq % 3 WHEN 0 THEN 'naik' WHEN 1 THEN 'tetap' ELSE 'turun' END ELSE 'home_visit' END FROM report`,
		`INSERT INTO fact (report, n, field, code) SELECT id, 1, 'kendala', CASE seq % 4 WHEN 0 THEN 'modal' WHEN 1 THEN 'kurang_laku' ELSE 'tidak_ada' END FROM report WHERE flow = 'usaha'`,
	} {
		_, err := db.Exec(text, benchStaff, benchPeople, benchReports)
		must(b, err)
	}
}

// BenchmarkDigest makes the digest of a week out of a million reports of two years by 4,000 participants
// and 80 companions, which are generated once.
func BenchmarkDigest(b *testing.B) {
	path := filepath.Join(b.TempDir(), dbRow)
	zone, err := time.LoadLocation("Asia/Jakarta")
	must(b, err)
	v := newVault(b)
	at := time.Date(2026, 11, 23, 8, 0, 0, 0, zone)
	begin := func() *records.Store {
		s, err := records.Open(context.Background(), path, v, records.Options{Zone: zone, Now: func() time.Time { return at }})
		must(b, err)
		return s
	}
	must(b, begin().Close())
	million(b, path)
	s := begin()
	defer func() { must(b, s.Close()) }()
	// The running week is counted anew each time.
	at = time.Date(2026, 11, 22, 12, 0, 0, 0, zone)
	week, err := digest.ParseWeek("2026-W47")
	must(b, err)
	var was, is runtime.MemStats
	runtime.ReadMemStats(&was)
	b.ReportAllocs()
	for b.Loop() {
		f, err := s.Digest(context.Background(), week)
		must(b, err)
		if f.Along.Visits.Now < 4000 || f.Process.Reached.Count != benchPeople {
			b.Fatalf("%+v %+v", f.Along, f.Process.Reached)
		}
	}
	runtime.ReadMemStats(&is)
	b.ReportMetric(float64(is.TotalAlloc-was.TotalAlloc)/float64(b.N)/(1<<20), "MB/digest")
}
