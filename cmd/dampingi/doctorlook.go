package main

import (
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"net/http"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"

	"github.com/dampingi/dampingi/internal/backup"
	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/doctor"
	"github.com/dampingi/dampingi/internal/records"
	"github.com/dampingi/dampingi/internal/redis"
	"github.com/dampingi/dampingi/internal/telegram"
	"github.com/dampingi/dampingi/internal/vault"
)

// facts looks at everything there is. It changes nothing.
func (c *doctorCmd) facts(w *world, s *Settings) doctor.Facts {
	f := doctor.Facts{
		Now: w.now(), Version: version(), Zone: s.Timezone, Listen: s.Listen, User: os.Geteuid(),
		Webhook: doctor.Webhook{URL: s.WebhookURL, Secret: s.WebhookSecret != "", Plain: s.APIURL != telegram.DefaultURL},
		Data:    fileFacts(s.DataDir),
		Service: serviceFacts(w, s),
	}
	if w.file.found {
		file := fileFacts(w.file.path)
		f.Settings = &file
		f.Files = append(f.Files, file)
	}
	c.telegram(w, s, &f)
	var v *vault.Vault
	f.Key, v = keyFacts(s)
	if f.Key.Trouble == "" && !f.Key.Beside {
		f.Files = append(f.Files, f.Key.File)
	}
	entries, _ := os.ReadDir(s.DataDir) // what cannot be listed is told of the folder itself
	for _, e := range entries {
		f.Files = append(f.Files, fileFacts(filepath.Join(s.DataDir, e.Name())))
	}
	if disk := diskOf(s.DataDir); disk != nil {
		f.Disk = &doctor.Disk{Free: disk.Free, Size: disk.Size}
	}
	c.database(w, s, v, &f)
	if s.RedisURL != "" {
		f.Redis = redisFacts(w.ctx, s.RedisURL)
	}
	f.Backup = backupFacts(w, s.Backups.Dir)
	return f
}

// fileFacts is how a file or a folder stands.
func fileFacts(path string) doctor.File {
	info, err := os.Stat(path)
	if err != nil {
		return doctor.File{Path: path, Missing: errors.Is(err, fs.ErrNotExist), Closed: !errors.Is(err, fs.ErrNotExist), Owner: -1}
	}
	f := doctor.File{Path: path, Mode: info.Mode(), Owner: ownerOf(info)}
	if info.IsDir() {
		_, err := os.ReadDir(path)
		f.Closed = err != nil
	}
	return f
}

// telegram asks Telegram, when there is a token to ask with.
func (c *doctorCmd) telegram(w *world, s *Settings, f *doctor.Facts) {
	token, err := s.token()
	switch {
	case errors.Is(err, errNoToken):
		f.Token.Trouble = "missing"
	case errors.Is(err, errEmptyToken):
		f.Token.Trouble = "empty"
	case err != nil:
		f.Token.Trouble = "file"
	case !tokenShaped(s.APIURL, token):
		f.Token.Trouble = "shape"
	}
	if s.Token == "" && s.TokenFile != "" && f.Token.Trouble != "file" {
		file := fileFacts(s.TokenFile)
		f.Token.File = &file
	}
	if c.Offline || f.Token.Trouble != "" {
		return
	}
	probe := telegram.Probe{API: s.APIURL, Token: token, Clock: w.now}
	st, err := probe.Ask(w.ctx)
	if err != nil {
		f.Telegram = &doctor.Telegram{Trouble: telegram.Reason(err), Dated: st.Dated, Ahead: st.Ahead}
		return
	}
	_, bad := discreet.Forbidden(st.Name + " " + st.Username)
	f.Telegram = &doctor.Telegram{
		BadName: bad, Groups: st.Groups, Dated: st.Dated, Ahead: st.Ahead,
		HookURL: st.Hook.URL, Waiting: st.Hook.Waiting, Failed: st.Hook.Failed, Why: st.Hook.Why,
	}
	if s.WebhookURL != "" || st.Hook.URL != "" || f.Service.Running || c.Patience <= 0 {
		return // whoever polls beside a bot of one's own disturbs it
	}
	there, err := probe.Rival(w.ctx, c.Patience)
	f.Rival = &doctor.Rival{There: there, Unknown: err != nil}
}

// serviceFacts asks the bot that serves on this machine, if there is one, how it is.
func serviceFacts(w *world, s *Settings) doctor.Service {
	serving, err := busy(s.DataDir)
	f := doctor.Service{Running: knowsLocks && serving && err == nil, Deaf: true}
	client := &http.Client{Timeout: 5 * time.Second}
	code, body := ask(w.ctx, client, s.Listen, "/healthz")
	if code != http.StatusOK || body != "ok\n" { // somebody else may answer there
		return f
	}
	f.Running, f.Deaf = true, false
	code, _ = ask(w.ctx, client, s.Listen, "/readyz")
	f.Ready = code == http.StatusOK
	_, metrics := ask(w.ctx, client, s.Listen, "/metrics")
	for line := range strings.Lines(metrics) {
		if value, ok := strings.CutPrefix(line, conflictMetric+" "); ok {
			if at, err := strconv.ParseFloat(strings.TrimSpace(value), 64); err == nil && at > 0 {
				f.Conflict = time.Unix(int64(at), 0)
			}
		}
	}
	return f
}

// ask fetches a page of the bot that serves; the code is 0 where nobody answers.
func ask(ctx context.Context, client *http.Client, listen, path string) (code int, body string) {
	host, port, err := net.SplitHostPort(listen)
	if err != nil {
		return 0, ""
	}
	if ip := net.ParseIP(host); host == "" || ip != nil && ip.IsUnspecified() {
		host = "127.0.0.1"
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+net.JoinHostPort(host, port)+path, nil)
	if err != nil {
		return 0, ""
	}
	resp, err := client.Do(req)
	if err != nil {
		return 0, ""
	}
	defer resp.Body.Close() //nolint:errcheck // only read
	text, err := io.ReadAll(io.LimitReader(resp.Body, 1<<20))
	if err != nil {
		return 0, ""
	}
	return resp.StatusCode, string(text)
}

// keyFacts looks at the key and opens it.
func keyFacts(s *Settings) (doctor.Key, *vault.Vault) {
	f := doctor.Key{File: fileFacts(s.key())}
	folder, err := filepath.Abs(filepath.Dir(s.key()))
	data, err2 := filepath.Abs(s.DataDir)
	f.Beside = errors.Join(err, err2) == nil && folder == data
	v, err := vault.Open(s.key())
	if err == nil {
		return f, v
	}
	f.Trouble = "closed"
	for _, known := range []struct {
		err  error
		code string
	}{
		{vault.ErrMissing, "missing"}, {vault.ErrKind, "kind"}, {vault.ErrExposed, "exposed"}, {vault.ErrFolder, "folder"}, {vault.ErrDamaged, "damaged"},
		{fs.ErrNotExist, "missing"},
	} {
		if errors.Is(err, known.err) {
			f.Trouble = known.code
			break
		}
	}
	return f, nil
}

// database opens the database with the key; without the key there is nothing to be said but whether it is there.
func (c *doctorCmd) database(w *world, s *Settings, v *vault.Vault, f *doctor.Facts) {
	if f.Data.Missing || f.Data.Closed {
		return
	}
	there, err := recordsThere(w.ctx, s)
	if err != nil {
		f.Database = &doctor.Database{Trouble: "silent"}
		return
	}
	if !there {
		f.Database = &doctor.Database{Trouble: "missing"}
		return
	}
	if v == nil {
		return
	}
	found, err := records.Inspect(w.ctx, s.records(), v, c.Deep)
	d := &doctor.Database{Damage: len(found.Damage), Version: found.Version, Newest: found.Newest}
	switch {
	case errors.Is(err, records.ErrWrongKey):
		d.Trouble = "wrong_key"
	case errors.Is(err, records.ErrNotOurs):
		d.Trouble = "not_ours"
	case err != nil:
		d.Trouble = "closed"
	case c.Deep && d.Damage == 0 && d.Version == d.Newest:
		f.Audit = &doctor.Audit{Lines: found.Proof.Audit, Flaws: len(found.Proof.Flaws)}
	}
	f.Database = d
}

// redisFacts asks Redis.
func redisFacts(ctx context.Context, url string) *doctor.Redis {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	found, err := redis.Inspect(ctx, url)
	switch {
	case errors.Is(err, redis.ErrURL):
		return &doctor.Redis{Trouble: "url"}
	case errors.Is(err, redis.ErrPassword):
		return &doctor.Redis{Trouble: "password"}
	case err != nil:
		return &doctor.Redis{Trouble: "silent"}
	}
	return &doctor.Redis{
		Writes: found.Writes, Told: found.Told, Config: found.Config, AOF: found.AOF,
		Failing: found.Failing, Bounded: found.Bounded, Policy: found.Policy,
	}
}

// backupFacts looks for the newest whole backup in a folder, and the oldest, by their names.
func backupFacts(w *world, dir string) *doctor.Backup {
	f := &doctor.Backup{Dir: dir}
	if dir == "" {
		return f
	}
	all, err := backupsIn(w, dir)
	f.Missing = err != nil
	if newest, ok := backup.Newest(all, w.now(), true); ok {
		f.Newest = newest.At
	}
	for _, b := range all {
		if f.Oldest.IsZero() || b.At.Before(f.Oldest) {
			f.Oldest = b.At
		}
	}
	return f
}
