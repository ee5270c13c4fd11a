package doctor_test

import (
	"io/fs"
	"slices"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/doctor"
	"github.com/dampingi/dampingi/internal/texts"
	"github.com/dampingi/dampingi/locales"
)

var now = time.Date(2026, 11, 25, 10, 0, 0, 0, time.UTC)

// sound is a bot that polls, with everything as it should be.
func sound() doctor.Facts {
	return doctor.Facts{
		Now: now, Version: "v1", Zone: "Asia/Jakarta", Listen: "127.0.0.1:8081", User: 999,
		Settings: &doctor.File{Path: "/etc/dampingi/dampingi.env", Mode: 0o600, Owner: 999},
		Telegram: &doctor.Telegram{Dated: true},
		Service:  doctor.Service{Running: true, Ready: true},
		Data:     doctor.File{Path: "/var/lib/dampingi", Mode: fs.ModeDir | 0o700, Owner: 999},
		Files:    []doctor.File{{Path: "/var/lib/dampingi/dampingi.db", Mode: 0o600, Owner: 999}},
		Disk:     &doctor.Disk{Free: 10 << 30, Size: 20 << 30},
		Key:      doctor.Key{File: doctor.File{Path: "/etc/dampingi/dampingi.key", Mode: 0o600, Owner: 999}},
		Database: &doctor.Database{Version: 7, Newest: 7},
		Audit:    &doctor.Audit{Lines: 3},
		Redis:    &doctor.Redis{Writes: true, Told: true, Config: true, AOF: true, Policy: "noeviction"},
		Backup:   &doctor.Backup{Dir: "/backup", Newest: now.Add(-5 * time.Hour), Oldest: now.Add(-20 * 24 * time.Hour)},
	}
}

// cases are what may be found, and the one thing that is said of it, besides what is good.
var cases = []struct {
	want string
	mark doctor.Mark
	when func(*doctor.Facts)
}{
	{"settings_exposed", doctor.Wrong, func(f *doctor.Facts) { f.Settings.Mode = 0o604 }},
	{"settings_group", doctor.Doubt, func(f *doctor.Facts) { f.Settings.Mode = 0o640 }},
	{"settings_none", doctor.Good, func(f *doctor.Facts) { f.Settings = nil }},
	{"zone_unknown", doctor.Wrong, func(f *doctor.Facts) { f.Zone = "Mars/Base" }},
	{"zone_abroad", doctor.Doubt, func(f *doctor.Facts) { f.Zone = "Europe/Berlin" }},
	{"token_missing", doctor.Wrong, func(f *doctor.Facts) { f.Token.Trouble, f.Telegram = "missing", nil }},
	{"token_file", doctor.Wrong, func(f *doctor.Facts) { f.Token.Trouble, f.Telegram = "file", nil }},
	{"token_empty", doctor.Wrong, func(f *doctor.Facts) { f.Token.Trouble, f.Telegram = "empty", nil }},
	{"token_shape", doctor.Wrong, func(f *doctor.Facts) { f.Token.Trouble, f.Telegram = "shape", nil }},
	{"token_exposed", doctor.Wrong, func(f *doctor.Facts) { f.Token.File = &doctor.File{Path: "/t", Mode: 0o644} }},
	{"token_unasked", doctor.Good, func(f *doctor.Facts) { f.Telegram = nil }},
	{"token_refused", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "refused"} }},
	{"token_slow", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "slow"} }},
	{"token_name", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "name"} }},
	{"token_trust", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "trust"} }},
	{"token_time", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "time"} }},
	{"token_broken", doctor.Wrong, func(f *doctor.Facts) { f.Telegram = &doctor.Telegram{Trouble: "broken"} }},
	{"name_forbidden", doctor.Wrong, func(f *doctor.Facts) { f.Telegram.BadName = true }},
	{"name_groups", doctor.Doubt, func(f *doctor.Facts) { f.Telegram.Groups = true }},
	{"clock_ahead", doctor.Doubt, func(f *doctor.Facts) { f.Telegram.Ahead = 6 * time.Second }},
	{"clock_behind", doctor.Wrong, func(f *doctor.Facts) { f.Telegram.Ahead = -61 * time.Second }},
	{"webhook_https", doctor.Wrong, func(f *doctor.Facts) { hook(f, "http://a.id/h", "http://a.id/h") }},
	{"webhook_secret", doctor.Wrong, func(f *doctor.Facts) { hook(f, "https://a.id/h", "https://a.id/h"); f.Webhook.Secret = false }},
	{"webhook_good", doctor.Good, func(f *doctor.Facts) { hook(f, "https://a.id/h", "https://a.id/h") }},
	{"webhook_good", doctor.Good, func(f *doctor.Facts) { hook(f, "http://a.id/h", "http://a.id/h"); f.Webhook.Plain = true }},
	{"webhook_left", doctor.Doubt, func(f *doctor.Facts) {
		f.Telegram.HookURL, f.Service, f.Rival = "https://b.id", doctor.Service{Running: false}, nil
	}},
	{"webhook_foreign", doctor.Wrong, func(f *doctor.Facts) { f.Telegram.HookURL = "https://b.id" }},
	{"webhook_unregistered", doctor.Wrong, func(f *doctor.Facts) { hook(f, "https://a.id/h", "") }},
	{"webhook_other", doctor.Wrong, func(f *doctor.Facts) { hook(f, "https://a.id/h", "https://b.id/h") }},
	{"webhook_failing", doctor.Wrong, func(f *doctor.Facts) {
		hook(f, "https://a.id/h", "https://a.id/h")
		f.Telegram.Failed, f.Telegram.Why = now.Add(-time.Minute), "Wrong response from the webhook: 502"
	}},
	{"webhook_waiting", doctor.Doubt, func(f *doctor.Facts) { hook(f, "https://a.id/h", "https://a.id/h"); f.Telegram.Waiting = 51 }},
	{"webhook_waiting", doctor.Doubt, func(f *doctor.Facts) { f.Telegram.Waiting = 51 }},
	{"rival_there", doctor.Wrong, func(f *doctor.Facts) { f.Service.Conflict = now.Add(-time.Minute) }},
	{"rival_there", doctor.Wrong, func(f *doctor.Facts) { f.Rival = &doctor.Rival{There: true} }},
	{"rival_unknown", doctor.Doubt, func(f *doctor.Facts) { f.Rival = &doctor.Rival{Unknown: true} }},
	{"rival_good", doctor.Good, func(f *doctor.Facts) { f.Service.Conflict = now.Add(-time.Hour) }},
	{"service_stopped", doctor.Doubt, func(f *doctor.Facts) { f.Service = doctor.Service{} }},
	{"service_deaf", doctor.Doubt, func(f *doctor.Facts) { f.Service = doctor.Service{Running: true, Deaf: true} }},
	{"service_unready", doctor.Wrong, func(f *doctor.Facts) { f.Service.Ready = false }},
	{"listen_unreadable", doctor.Wrong, func(f *doctor.Facts) { f.Listen = "8081" }},
	{"listen_open", doctor.Doubt, func(f *doctor.Facts) { f.Listen = "0.0.0.0:8081" }},
	{"listen_good", doctor.Good, func(f *doctor.Facts) { f.Listen = "[::1]:8081" }},
	{"data_missing", doctor.Wrong, func(f *doctor.Facts) { f.Data.Missing, f.Database, f.Files = true, nil, nil }},
	{"data_closed", doctor.Wrong, func(f *doctor.Facts) { f.Data.Closed, f.Database, f.Files = true, nil, nil }},
	{"data_open", doctor.Wrong, func(f *doctor.Facts) { f.Data.Mode = fs.ModeDir | 0o720 }},
	{"data_readable", doctor.Doubt, func(f *doctor.Facts) { f.Data.Mode = fs.ModeDir | 0o755 }},
	{"data_file", doctor.Wrong, func(f *doctor.Facts) { f.Files[0].Mode = 0o644 }},
	{"owner_other", doctor.Wrong, func(f *doctor.Facts) { f.Files[0].Owner = 0 }},
	{"owner_you", doctor.Wrong, func(f *doctor.Facts) { f.User = 1000 }},
	{"owner_good", doctor.Good, func(f *doctor.Facts) { f.User = 0 }},
	{"disk_full", doctor.Wrong, func(f *doctor.Facts) { f.Disk.Free = 100 << 20 }},
	{"disk_low", doctor.Doubt, func(f *doctor.Facts) { f.Disk.Free = 900 << 20 }},
	{"disk_low", doctor.Doubt, func(f *doctor.Facts) { f.Disk.Size = 600 << 30 }},
	{"key_beside", doctor.Doubt, func(f *doctor.Facts) { f.Key.Beside = true }},
	{"key_missing", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "missing", nil }},
	{"key_kind", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "kind", nil }},
	{"key_exposed", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "exposed", nil }},
	{"key_folder", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "folder", nil }},
	{"key_damaged", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "damaged", nil }},
	{"key_closed", doctor.Wrong, func(f *doctor.Facts) { f.Key.Trouble, f.Database = "closed", nil }},
	{"database_missing", doctor.Wrong, func(f *doctor.Facts) { f.Database.Trouble = "missing" }},
	{"database_wrong_key", doctor.Wrong, func(f *doctor.Facts) { f.Database.Trouble = "wrong_key" }},
	{"database_not_ours", doctor.Wrong, func(f *doctor.Facts) { f.Database.Trouble = "not_ours" }},
	{"database_closed", doctor.Wrong, func(f *doctor.Facts) { f.Database.Trouble = "closed" }},
	{"database_silent", doctor.Wrong, func(f *doctor.Facts) { f.Database.Trouble = "silent" }},
	{"database_damaged", doctor.Wrong, func(f *doctor.Facts) { f.Database.Damage = 2 }},
	{"database_newer", doctor.Wrong, func(f *doctor.Facts) { f.Database.Version = 8 }},
	{"database_older", doctor.Doubt, func(f *doctor.Facts) { f.Database.Version = 6 }},
	{"audit_flawed", doctor.Wrong, func(f *doctor.Facts) { f.Audit.Flaws = 1 }},
	{"redis_none", doctor.Good, func(f *doctor.Facts) { f.Redis = nil }},
	{"redis_url", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Trouble = "url" }},
	{"redis_password", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Trouble = "password" }},
	{"redis_silent", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Trouble = "silent" }},
	{"redis_readonly", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Writes = false }},
	{"redis_untold", doctor.Doubt, func(f *doctor.Facts) { f.Redis.Told, f.Redis.Config = false, false }},
	{"redis_forgets", doctor.Wrong, func(f *doctor.Facts) { f.Redis.AOF = false }},
	{"redis_managed", doctor.Doubt, func(f *doctor.Facts) { f.Redis.AOF, f.Redis.Config = false, false }},
	{"redis_closed", doctor.Good, func(f *doctor.Facts) { f.Redis.Config = false }},
	{"redis_failing", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Failing = true }},
	{"redis_evicts", doctor.Wrong, func(f *doctor.Facts) { f.Redis.Policy, f.Redis.Bounded = "allkeys-lru", true }},
	{"redis_policy", doctor.Doubt, func(f *doctor.Facts) { f.Redis.Policy = "allkeys-lru" }},
	{"backup_none", doctor.Doubt, func(f *doctor.Facts) { f.Backup = &doctor.Backup{} }},
	{"backup_missing", doctor.Wrong, func(f *doctor.Facts) { f.Backup.Missing = true }},
	{"backup_empty", doctor.Wrong, func(f *doctor.Facts) { f.Backup.Newest = time.Time{} }},
	{"backup_late", doctor.Wrong, func(f *doctor.Facts) { f.Backup.Newest = now.Add(-49 * time.Hour) }},
	{"backup_old", doctor.Doubt, func(f *doctor.Facts) { f.Backup.Oldest = now.Add(-36 * 24 * time.Hour) }},
}

// hook makes it a bot whose updates are brought.
func hook(f *doctor.Facts, here, there string) {
	f.Webhook, f.Telegram.HookURL = doctor.Webhook{URL: here, Secret: true}, there
}

func TestASoundBotHasNothingToPutRight(t *testing.T) {
	for _, f := range doctor.Look(sound()) {
		if f.Mark != doctor.Good {
			t.Errorf("%s is %s", f.Key(), f.Mark)
		}
	}
}

func TestEachThingThatIsBrokenIsTheOneThatIsTold(t *testing.T) {
	for _, c := range cases {
		f := sound()
		c.when(&f)
		found := doctor.Look(f)
		said := false
		for _, one := range found {
			switch key := strings.TrimPrefix(one.Key(), "doctor."); {
			case key == c.want:
				said = true
				if one.Mark != c.mark {
					t.Errorf("%s is %s, want %s", c.want, one.Mark, c.mark)
				}
			case key == "service_stopped" && !f.Service.Running: // what may be wrong before it is started
			case one.Mark != doctor.Good:
				t.Errorf("%s: also said %s", c.want, key)
			}
		}
		if !said {
			t.Errorf("%s is not said", c.want)
		}
		if worst := doctor.Worst(found); worst != c.mark {
			t.Errorf("%s: the worst is %s, want %s", c.want, worst, c.mark)
		}
	}
}

func TestWhatIsSaidHasItsSentenceAndEverySentenceIsSaid(t *testing.T) {
	book, err := texts.Load(locales.Files)
	if err != nil {
		t.Fatal(err)
	}
	said := map[string]bool{}
	look := func(f doctor.Facts) {
		for _, one := range doctor.Look(f) {
			said[one.Key()], said[one.Title()] = true, true
			for _, lang := range []string{"id", "en"} {
				words := book.For(lang)
				if text := words.Plain(one.Key(), one.Args); !words.Has(one.Key()) || strings.Contains(text, "{{") {
					t.Errorf("%s, %s: %q", lang, one.Key(), text)
				}
			}
		}
	}
	look(sound())
	for _, c := range cases {
		f := sound()
		c.when(&f)
		look(f)
	}
	for _, key := range book.For("id").Keys() {
		if strings.HasPrefix(key, "doctor.") && !said[key] && !slices.Contains([]string{"doctor.all_good", "doctor.some_doubt", "doctor.some_wrong"}, key) {
			t.Errorf("%s is never said here", key)
		}
	}
}

func TestWhatOthersSayIsCut(t *testing.T) {
	f := sound()
	hook(&f, "https://a.id/h", "https://a.id/h")
	f.Telegram.Failed, f.Telegram.Why = now, strings.Repeat("ä\n", 500)
	for _, one := range doctor.Look(f) {
		if why, ok := one.Args["Why"].(string); ok && (len([]rune(why)) > 121 || strings.Contains(why, "\n")) {
			t.Errorf("said in full: %q", why)
		}
	}
}
