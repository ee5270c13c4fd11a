package main

import (
	"context"
	"errors"
	"io/fs"
	"net/url"
	"os"
	"os/user"
	"path/filepath"
	"regexp"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/redis"
	"github.com/dampingi/dampingi/internal/telegram"
	"github.com/dampingi/dampingi/internal/turn"
)

// trouble is what is wrong with a value, as a sentence of locales/; the zero one is none.
type trouble struct {
	key  string
	args map[string]any
}

// says is the sentence, or nothing.
func (w *world) says(t trouble) string {
	if t.key == "" {
		return ""
	}
	return w.words.Plain(t.key, t.args)
}

// tokenShape is what @BotFather gives: the bot's number, a colon, and 35 signs.
var tokenShape = regexp.MustCompile(`^[0-9]{5,16}:[A-Za-z0-9_-]{30,64}$`) //nolint:gochecknoglobals // never changed

// tokenShaped reports whether a token looks like one; a Bot API server of one's own may have others than Telegram.
func tokenShaped(api, token string) bool {
	if api != telegram.DefaultURL {
		return strings.Contains(token, ":") && !strings.ContainsFunc(token, unicode.IsSpace)
	}
	return tokenShape.MatchString(token)
}

// bot is what Telegram tells about the owner of a token.
type bot struct {
	name  string // without the @; "" where Telegram was not asked or did not answer
	shown string // as everybody sees it
	mute  bool   // Telegram could not be reached
}

// tokenTrouble looks at a token, by its shape and then, unless offline, by asking Telegram. The token is never repeated.
func tokenTrouble(ctx context.Context, api, token string, offline bool) (bot, trouble) {
	switch {
	case token == "":
		return bot{}, trouble{key: "init.token_missing"}
	case !tokenShaped(api, token):
		return bot{}, trouble{key: "init.token_shape"}
	case offline:
		return bot{}, trouble{}
	}
	sender, err := telegram.NewSender(telegram.SenderOptions{URL: api, Token: token})
	if err != nil {
		return bot{}, trouble{key: "init.api_url"}
	}
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	me, err := sender.Me(ctx)
	var t *turn.Trouble
	switch {
	case err == nil:
		return bot{name: me.Username, shown: me.Name}, trouble{}
	case errors.As(err, &t) && t.Kind == turn.Unauthorized:
		return bot{}, trouble{key: "init.token_refused"}
	}
	return bot{mute: true}, trouble{}
}

// nameTrouble looks at the name under which everybody sees the bot.
func nameTrouble(name string) trouble {
	if utf8.RuneCountInString(name) > 64 || strings.ContainsFunc(name, unicode.IsControl) {
		return trouble{key: "init.name_long"}
	}
	if word, bad := discreet.Forbidden(name); bad {
		return trouble{"init.name_forbidden", map[string]any{"Word": word}}
	}
	return trouble{}
}

// chairTrouble looks at the chair's nickname.
func chairTrouble(name string) trouble {
	return trouble{program.NameTrouble(program.Chair, name), map[string]any{"Value": name}}
}

// zones are the zones of Indonesia, in the order in which they are offered, each with the words for it.
func zones() [][]string {
	return [][]string{
		{"Asia/Jakarta", "1", "wib", "jakarta", "palembang", "barat"},
		{"Asia/Makassar", "2", "wita", "makassar", "tengah"},
		{"Asia/Jayapura", "3", "wit", "jayapura", "timur"},
	}
}

// zoneMeant is the zone that an answer means.
func zoneMeant(answer string) (string, bool) {
	for _, z := range zones() {
		for _, word := range z {
			if strings.EqualFold(answer, word) {
				return z[0], true
			}
		}
	}
	return "", false
}

// folderTrouble looks whether data can stand in a folder: one that is there, or one that can be made.
func folderTrouble(dir string) trouble {
	about := map[string]any{"Dir": dir}
	if dir == "" || strings.ContainsFunc(dir, unicode.IsControl) || strings.HasPrefix(dir, "~") {
		return trouble{"init.folder_name", about}
	}
	info, err := os.Stat(dir)
	switch {
	case errors.Is(err, fs.ErrNotExist):
		if parent := filepath.Dir(filepath.Clean(dir)); parent != filepath.Clean(dir) {
			if t := folderTrouble(parent); t.key == "init.folder_open" || t.key == "" { // what is made in it is not open
				return trouble{}
			}
		}
		return trouble{"init.folder_closed", about}
	case err != nil:
		return trouble{"init.folder_closed", about}
	case !info.IsDir():
		return trouble{"init.folder_file", about}
	}
	try, err := os.MkdirTemp(dir, ".try-")
	if err != nil {
		return trouble{"init.folder_closed", about}
	}
	_ = os.Remove(try)
	if info.Mode().Perm()&0o002 != 0 {
		return trouble{"init.folder_open", about}
	}
	return trouble{}
}

// redisTrouble looks whether conversations can be kept in Redis.
func redisTrouble(ctx context.Context, url string) trouble {
	ctx, cancel := context.WithTimeout(ctx, 10*time.Second)
	defer cancel()
	found, err := redis.Inspect(ctx, url)
	switch {
	case errors.Is(err, redis.ErrURL):
		return trouble{key: "init.redis_url"}
	case err != nil || !found.Writes:
		return trouble{key: "init.redis_silent"}
	}
	return trouble{}
}

// hookTrouble looks at what a webhook needs. A Bot API server of one's own brings updates without https too.
func hookTrouble(api, address, secret string) trouble {
	u, err := url.Parse(address)
	switch {
	case address == "":
		return trouble{}
	case err != nil || u.Host == "" || u.Scheme != "https" && api == telegram.DefaultURL:
		return trouble{key: "init.webhook_https"}
	case secret == "":
		return trouble{key: "init.webhook_secret"}
	}
	return trouble{}
}

// serviceUser is the user under whom the service of deploy/dampingi.service runs.
const serviceUser = "dampingi"

// rootTrouble refuses to make as root what the service could not read then: its settings, its key and its data.
func rootTrouble(file string, uid int, lookup func(string) (*user.User, error)) trouble {
	if uid != 0 || file != serviceSettings {
		return trouble{}
	}
	if _, err := lookup(serviceUser); err != nil {
		return trouble{}
	}
	return trouble{"init.as_root", map[string]any{"User": serviceUser}}
}
