package main

import (
	"bytes"
	"encoding/json"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"filippo.io/age"

	"github.com/dampingi/dampingi/internal/backup"
	"github.com/dampingi/dampingi/internal/doctor"
	"github.com/dampingi/dampingi/internal/redis/redistest"
	"github.com/dampingi/dampingi/internal/simulator"
)

// patient is an institution's machine that doctor looks at, with a Telegram of its own.
type patient struct {
	t      *testing.T
	dir    string
	made   time.Time
	sim    *simulator.Server
	header func(http.Header) // what Telegram's answers have besides
	args   []string
	except []string // what is no news here
}

// newPatient is a machine on which everything is as it should be. made is a folder that init has filled.
func newPatient(t *testing.T, made string, o simulator.Options) *patient {
	t.Helper()
	if o.Token == "" {
		o.Token = houseToken
	}
	if o.Name == "" {
		o.Name, o.Username = "Buku Toko", "buku_toko_bot"
	}
	p := &patient{t: t, dir: t.TempDir(), made: time.Now(), sim: simulator.New(o), header: func(http.Header) {}, except: []string{"service_stopped"}}
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		p.header(w.Header())
		p.sim.Handler().ServeHTTP(w, r)
	}))
	t.Cleanup(func() { p.sim.Close(); server.Close() })
	for _, folder := range []string{p.dir, p.at("data"), p.at("backup")} {
		if err := os.MkdirAll(folder, 0o700); err != nil {
			t.Fatal(err)
		}
	}
	for _, name := range []string{"key", "data/dampingi.db"} {
		b, err := os.ReadFile(filepath.Join(made, name))
		if err != nil {
			t.Fatal(err)
		}
		p.write(name, string(b))
	}
	p.backs(0)
	p.write("dampingi.env", "TELEGRAM_TOKEN="+houseToken+"\nTELEGRAM_API_URL="+server.URL+"\nDATA_DIR="+p.at("data")+"\nKEY_FILE="+p.at("key")+
		"\nLISTEN=127.0.0.1:1\n")
	p.args = []string{"--settings", p.at("dampingi.env"), "doctor", "--json", "--patience", "0s"}
	return p
}

func (p *patient) at(name string) string { return filepath.Join(p.dir, name) }

func (p *patient) write(name, text string) {
	p.t.Helper()
	if err := os.WriteFile(p.at(name), []byte(text), 0o600); err != nil {
		p.t.Fatal(err)
	}
}

// must is for what is done to a machine.
func (p *patient) must(err error) {
	p.t.Helper()
	if err != nil {
		p.t.Fatal(err)
	}
}

// set adds lines to the settings.
func (p *patient) set(lines ...string) {
	p.t.Helper()
	b, err := os.ReadFile(p.at("dampingi.env"))
	p.must(err)
	p.write("dampingi.env", string(b)+strings.Join(lines, "\n")+"\n")
}

// look runs doctor and gives what it says, all of it and what is not good, each as CHECK_CODE.
func (p *patient) look() (all, bad []string) {
	p.t.Helper()
	code, out, errOut := ended(p.t, p.args...)
	var report doctorReport
	if err := json.Unmarshal([]byte(out), &report); err != nil {
		p.t.Fatalf("%v\n%s%s", err, out, errOut)
	}
	if wrong := report.Worst == doctor.Wrong; wrong != (code == exitWrong) || code != exitWrong && code != exitDone {
		p.t.Errorf("the worst is %s, and the exit code %d", report.Worst, code)
	}
	for _, secret := range []string{houseToken, "rahasia", "Buku Toko", "buku_toko", "Kharisma", "Ratna"} {
		if strings.Contains(out+errOut, secret) {
			p.t.Errorf("said %q:\n%s%s", secret, out, errOut)
		}
	}
	for _, l := range report.Checks {
		all = append(all, l.Check+"_"+l.Code)
		if l.Mark != doctor.Good && !slices.Contains(p.except, l.Check+"_"+l.Code) {
			bad = append(bad, l.Check+"_"+l.Code)
		}
	}
	return all, bad
}

// madeOnce is a folder with what init makes.
func madeOnce(t *testing.T) string {
	t.Helper()
	dir := t.TempDir()
	if code, _, said := ended(t, "--data-dir", filepath.Join(dir, "data"), "--key-file", filepath.Join(dir, "key"), "init", "--chair", "Ratna"); code != exitDone {
		t.Fatal(said)
	}
	return dir
}

// broken is one thing that is wrong on a machine, and what is said of it.
type broken struct {
	want string
	how  func(p *patient)
}

// brokenFiles are those of the disk.
func brokenFiles() []broken {
	chmod := func(name string, mode os.FileMode) func(p *patient) {
		return func(p *patient) { p.must(os.Chmod(p.at(name), mode)) }
	}
	return []broken{
		{"settings_exposed", chmod("dampingi.env", 0o644)},
		{"settings_group", chmod("dampingi.env", 0o640)},
		{"zone_unknown", func(p *patient) { p.set("TIMEZONE=Asia/Palembang") }},
		{"zone_abroad", func(p *patient) { p.set("TIMEZONE=Asia/Tokyo") }},
		{"token_exposed", func(p *patient) {
			p.write("token", houseToken)
			p.must(os.Chmod(p.at("token"), 0o644))
			p.set("TELEGRAM_TOKEN=", "TELEGRAM_TOKEN_FILE="+p.at("token"))
		}},
		{"token_missing", func(p *patient) { p.set("TELEGRAM_TOKEN=") }},
		{"token_empty", func(p *patient) {
			p.write("token", "\n")
			p.set("TELEGRAM_TOKEN=", "TELEGRAM_TOKEN_FILE="+p.at("token"))
		}},
		{"token_file", func(p *patient) { p.set("TELEGRAM_TOKEN=", "TELEGRAM_TOKEN_FILE="+p.at("nowhere")) }},
		{"token_shape", func(p *patient) { p.set("TELEGRAM_TOKEN=rahasia") }},
		{"listen_open", func(p *patient) { p.set("LISTEN=0.0.0.0:1") }},
		{"listen_unreadable", func(p *patient) { p.set("LISTEN=8081") }},
		{"data_missing", func(p *patient) { p.set("DATA_DIR=" + p.at("nowhere")) }},
		{"data_open", chmod("data", 0o777)},
		{"data_readable", chmod("data", 0o755)},
		{"data_file", chmod("data/dampingi.db", 0o644)},
		{"key_missing", func(p *patient) { p.must(os.Remove(p.at("key"))) }},
		{"key_exposed", chmod("key", 0o640)},
		{"key_folder", func(p *patient) {
			p.must(os.Mkdir(p.at("open"), 0o700))
			p.must(os.Rename(p.at("key"), p.at("open/key")))
			p.must(os.Chmod(p.at("open"), 0o777))
			p.set("KEY_FILE=" + p.at("open/key"))
		}},
		{"key_kind", func(p *patient) { p.must(os.Symlink(p.at("key"), p.at("link"))); p.set("KEY_FILE=" + p.at("link")) }},
		{"key_damaged", func(p *patient) { p.write("key", "pempek") }},
		{"key_beside", func(p *patient) { p.must(os.Rename(p.at("key"), p.at("data/key"))); p.set("KEY_FILE=") }},
		{"database_missing", func(p *patient) { p.must(os.Remove(p.at("data/dampingi.db"))) }},
		{"database_wrong_key", func(p *patient) {
			if code, _, said := ended(p.t, "--data-dir", p.at("other"), "--key-file", p.at("other.key"), "init"); code != exitDone {
				p.t.Fatal(said)
			}
			p.set("KEY_FILE=" + p.at("other.key"))
		}},
		{"database_not_ours", func(p *patient) { p.write("data/dampingi.db", strings.Repeat("pempek ", 2000)) }},
		{"database_newer", func(p *patient) { p.meddle(`INSERT INTO goose_db_version (version_id, is_applied) VALUES (9999, 1)`) }},
		{"database_older", func(p *patient) {
			p.meddle(`DELETE FROM goose_db_version WHERE version_id = (SELECT MAX(version_id) FROM goose_db_version)`)
		}},
		{"database_damaged", func(p *patient) {
			p.meddle(`CREATE TABLE rusak (a TEXT NOT NULL); INSERT INTO rusak VALUES ('x'); PRAGMA writable_schema = ON;
				UPDATE sqlite_master SET sql = 'CREATE TABLE rusak (a TEXT NOT NULL, b TEXT NOT NULL)' WHERE name = 'rusak'`)
		}},
		{"audit_flawed", func(p *patient) {
			p.meddle(`DROP TRIGGER audit_stays; DELETE FROM audit`)
			p.args = append(p.args, "--deep")
		}},
		{"backup_none", func(p *patient) { p.t.Setenv("BACKUP_DIR", "") }},
		{"backup_missing", func(p *patient) { p.must(os.RemoveAll(p.at("backup"))) }},
		{"backup_empty", func(p *patient) { // what is left is the list of whom was erased, which is no backup
			p.must(os.Rename(p.backs(0), p.at("backup/"+erasedName("1f3a90c2"))))
		}},
		{"backup_late", func(p *patient) { p.must(os.Truncate(p.backs(0), 300)); p.backs(3) }}, // today's was torn
		{"backup_old", func(p *patient) { p.backs(36) }},
	}
}

// meddle changes the database behind the bot's back.
func (p *patient) meddle(statement string) {
	p.t.Helper()
	db := openRaw(p.t, p.at("data/dampingi.db"))
	_, err := db.Exec(statement)
	p.must(err)
	p.must(db.Close())
}

// backs puts a backup of some days ago into the folder, as big as one page, and gives its path.
func (p *patient) backs(days int) string {
	p.t.Helper()
	id, err := age.GenerateX25519Identity()
	p.must(err)
	var b bytes.Buffer
	w, err := age.Encrypt(&b, id.Recipient())
	p.must(err)
	_, err = w.Write(make([]byte, pageSize))
	p.must(err)
	p.must(w.Close())
	name := "backup/" + backup.File{House: "1f3a90c2", At: p.made.AddDate(0, 0, -days)}.Name()
	p.write(name, b.String())
	return p.at(name)
}

// brokenTelegram are those that Telegram tells of.
func brokenTelegram() []broken {
	fault := func(f simulator.Fault) func(p *patient) { return func(p *patient) { p.must(p.sim.Faults().Add(f)) } }
	date := func(off time.Duration) func(p *patient) {
		return func(p *patient) {
			p.header = func(h http.Header) { h.Set("Date", time.Now().Add(off).UTC().Format(http.TimeFormat)) }
		}
	}
	return []broken{
		{"token_refused", func(p *patient) { p.set("TELEGRAM_TOKEN=43:rahasia") }},
		{"token_slow", fault(simulator.Fault{Kind: "429", Method: "getMe", RetryAfter: 30})},
		{"token_broken", fault(simulator.Fault{Kind: "cut_before", Method: "getMe"})},
		{"token_name", func(p *patient) { p.set("TELEGRAM_API_URL=http://telegram.invalid") }},
		{"clock_behind", date(10 * time.Second)},
		{"clock_ahead", date(-time.Hour)},
		{"webhook_left", func(p *patient) { p.hook("https://127.0.0.1:1/rahasia") }},
		{"webhook_secret", func(p *patient) {
			p.set("WEBHOOK_URL=https://127.0.0.1:1/rahasia")
			p.hook("https://127.0.0.1:1/rahasia")
		}},
		{"webhook_unregistered", func(p *patient) { p.set("WEBHOOK_URL=https://127.0.0.1:1/rahasia", "WEBHOOK_SECRET=rahasia") }},
		{"webhook_other", func(p *patient) {
			p.set("WEBHOOK_URL=https://127.0.0.1:1/rahasia", "WEBHOOK_SECRET=rahasia")
			p.hook("https://127.0.0.1:1/lain")
		}},
		{"webhook_failing", func(p *patient) {
			p.set("WEBHOOK_URL=https://127.0.0.1:1/rahasia", "WEBHOOK_SECRET=rahasia")
			p.hook("https://127.0.0.1:1/rahasia")
			p.sim.AddChat(rinaChat, "Rina", "")
			if _, err := p.sim.Say(rinaChat, "halo"); err != nil {
				p.t.Fatal(err)
			}
			p.until(func() bool { return strings.Contains(p.call("getWebhookInfo"), "last_error_date") })
		}},
		{"rival_there", func(p *patient) {
			over := make(chan struct{})
			go func() {
				defer close(over)
				for p.t.Context().Err() == nil {
					p.call("getUpdates?timeout=1")
				}
			}()
			p.t.Cleanup(func() { <-over })
			p.args[len(p.args)-1] = "20s" // it is found long before
		}},
	}
}

// call asks the patient's Telegram, and gives nothing when the test is over.
func (p *patient) call(method string) string {
	server := httptest.NewRecorder()
	req := httptest.NewRequestWithContext(p.t.Context(), http.MethodPost, "/bot"+houseToken+"/"+method, nil)
	p.sim.Handler().ServeHTTP(server, req)
	return server.Body.String()
}

// hook registers a webhook behind the bot's back.
func (p *patient) hook(address string) {
	p.t.Helper()
	if said := p.call("setWebhook?url=" + address); !strings.Contains(said, `"ok":true`) {
		p.t.Fatal(said)
	}
}

// until waits for what comes by itself.
func (p *patient) until(ok func() bool) {
	p.t.Helper()
	(&house{t: p.t}).until("it is so", ok)
}

func TestDoctorFindsWhatIsBroken(t *testing.T) {
	made := madeOnce(t)
	for _, b := range slices.Concat(brokenFiles(), brokenTelegram()) {
		t.Run(b.want, func(t *testing.T) {
			p := newPatient(t, made, simulator.Options{})
			t.Setenv("BACKUP_DIR", p.at("backup"))
			b.how(p)
			if all, bad := p.look(); !slices.Equal(bad, []string{b.want}) {
				t.Errorf("not good: %v, want %s; all: %v", bad, b.want, all)
			}
		})
	}
}

func TestDoctorFindsNothingWhereThereIsNothing(t *testing.T) {
	p := newPatient(t, madeOnce(t), simulator.Options{})
	t.Setenv("BACKUP_DIR", p.at("backup"))
	p.args[len(p.args)-1] = "1s"
	p.args = append(p.args, "--deep")
	if all, bad := p.look(); len(bad) > 0 || !slices.Contains(all, "rival_good") || !slices.Contains(all, "audit_good") || !slices.Contains(all, "clock_good") {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
}

func TestDoctorTellsOfANameThatTells(t *testing.T) {
	p := newPatient(t, madeOnce(t), simulator.Options{Name: "Lembaga Kharisma", Username: "kharisma_bot"})
	t.Setenv("BACKUP_DIR", p.at("backup"))
	if all, bad := p.look(); !slices.Equal(bad, []string{"name_forbidden"}) {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
}

func TestDoctorTellsOfOwners(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("only root can give a file away: what follows from owners is tested in internal/doctor")
		return
	}
	p := newPatient(t, madeOnce(t), simulator.Options{})
	t.Setenv("BACKUP_DIR", p.at("backup"))
	p.must(os.Chown(p.at("data/dampingi.db"), 65532, 65532))
	if all, bad := p.look(); !slices.Equal(bad, []string{"owner_other"}) {
		t.Errorf("not good: %v; all: %v", bad, all)
	}
}

func TestDoctorAsksRedis(t *testing.T) {
	made := madeOnce(t)
	for _, c := range []struct {
		want  string
		redis []string
		url   string
	}{
		{"redis_good", nil, ""},
		{"redis_forgets", []string{"--appendonly", "no"}, ""},
		{"redis_evicts", []string{"--maxmemory", "100mb", "--maxmemory-policy", "allkeys-lru"}, ""},
		{"redis_policy", []string{"--maxmemory-policy", "allkeys-lru"}, ""},
		{"redis_closed", []string{"--rename-command", "CONFIG", ""}, ""},
		{"redis_managed", []string{"--rename-command", "CONFIG", "", "--appendonly", "no"}, ""},
		{"redis_untold", []string{"--rename-command", "CONFIG", "", "--rename-command", "INFO", ""}, ""},
		{"redis_readonly", []string{"--replicaof", "127.0.0.1 1", "--replica-serve-stale-data", "yes"}, ""},
		{"redis_password", []string{"--requirepass", "rahasia"}, ""},
		{"redis_silent", nil, "redis://:rahasia@127.0.0.1:1/0"},
		{"redis_url", nil, "rahasia"},
	} {
		t.Run(c.want, func(t *testing.T) {
			p := newPatient(t, made, simulator.Options{})
			t.Setenv("BACKUP_DIR", p.at("backup"))
			if c.url == "" {
				c.url = redistest.Start(t, c.redis...).URL()
			}
			p.set("REDIS_URL=" + c.url)
			all, bad := p.look()
			if !slices.Contains(all, c.want) || len(bad) > 1 || len(bad) == 1 && bad[0] != c.want {
				t.Errorf("not good: %v, want %s; all: %v", bad, c.want, all)
			}
		})
	}
}
