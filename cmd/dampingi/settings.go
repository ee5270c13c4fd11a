package main

import (
	"fmt"
	"log/slog"
	"os"
	"path/filepath"
	"strings"
	"time"
	_ "time/tzdata" // a small machine may have no zones of its own

	_ "golang.org/x/crypto/x509roots/fallback" // nor anybody whom it trusts

	"github.com/dampingi/dampingi/internal/reminder"
)

// Settings is what every command may be told, as a flag or in the environment.
type Settings struct {
	File          string     `name:"settings" env:"SETTINGS" placeholder:"FILE" help:"A file with lines NAME=value for all that follows; without it, dampingi.env here, or /etc/dampingi/dampingi.env."`
	Token         string     `name:"telegram-token" env:"TELEGRAM_TOKEN" help:"The bot's token."`
	TokenFile     string     `name:"telegram-token-file" env:"TELEGRAM_TOKEN_FILE" help:"A file that holds the token."`
	APIURL        string     `name:"telegram-api-url" env:"TELEGRAM_API_URL" default:"https://api.telegram.org" help:"The Bot API server."`
	RedisURL      string     `name:"redis-url" env:"REDIS_URL" help:"Redis for the conversations; without it they are kept in SQLite."`
	DatabaseURL   string     `name:"database-url" env:"DATABASE_URL" help:"PostgreSQL for the records, postgres://...; without it they are kept in SQLite. See docs/tumbuh.md."`
	DataDir       string     `name:"data-dir" env:"DATA_DIR" default:"./data" help:"Where the database and the key are."`
	KeyFile       string     `name:"key-file" env:"KEY_FILE" help:"The encryption key; without it, key in the data directory."`
	Listen        string     `env:"LISTEN" default:"127.0.0.1:8081" help:"Health, metrics and webhook."`
	WebhookURL    string     `name:"webhook-url" env:"WEBHOOK_URL" help:"Take updates by webhook instead of polling."`
	WebhookSecret string     `name:"webhook-secret" env:"WEBHOOK_SECRET" help:"The webhook's secret."`
	SendRate      float64    `name:"send-rate" env:"SEND_RATE" default:"30" help:"Messages a second in all, with Telegram's limit for each chat; 0 switches both off."`
	Recipients    []string   `name:"recipient" env:"AGE_RECIPIENT" help:"Whoever may read what leaves encrypted: public keys of age (age1...)."`
	Timezone      string     `env:"TIMEZONE" default:"Asia/Jakarta" help:"The institution's zone."`
	Institution   string     `env:"INSTITUTION" default:"Lembaga Kharisma" help:"The institution's name, on what the chair prints of a week."`
	DisplayName   string     `name:"display-name" env:"DISPLAY_NAME" help:"The name under which everybody sees the bot, something ordinary such as Catatan Usaha; without it, the one given at @BotFather stays."`
	FlowsDir      string     `name:"flows-dir" env:"FLOWS_DIR" help:"A folder with more kinds of reports: NAME.yaml, and their words in locales/id.toml and en.toml; see docs/flows.md."`
	HelpLine      string     `name:"help-line" env:"HELP_LINE" default:"SAPA 129: telepon 129 atau WhatsApp 08111-129-129, 24 jam" help:"Where women get help at any hour; shown only behind a button."`
	CommandLang   string     `name:"command-lang" env:"COMMAND_LANG" default:"id" enum:"id,en" help:"The language in which these commands answer: id or en."`
	RemindersFile string     `name:"reminders" env:"REMINDERS" help:"A YAML file with other hours, limits and numbers for reminders; see docs/pengingat.md."`
	LogLevel      slog.Level `name:"log-level" env:"LOG_LEVEL" default:"info" help:"debug, info, warn or error."`
	LogFormat     string     `name:"log-format" env:"LOG_FORMAT" default:"text" enum:"text,json" help:"text, or json for journald and Loki."`
	AdminChat     string     `name:"admin-chat" env:"ADMIN_CHAT" help:"Who is told of troubles with the machine: the id of one of the staff (dampingi people list) or a Telegram id; see docs/pemantauan.md."`

	Backups backupSettings `embed:""`
}

// zone is the institution's zone.
func (s *Settings) zone() (*time.Location, error) {
	zone, err := time.LoadLocation(s.Timezone)
	if err != nil {
		return nil, fmt.Errorf("TIMEZONE %q is not known: use a name such as Asia/Jakarta", s.Timezone)
	}
	return zone, nil
}

// reminders are the hours, limits and rules by which people are told things.
func (s *Settings) reminders(zone *time.Location) (reminder.Settings, error) {
	if s.RemindersFile == "" {
		return reminder.Defaults(zone), nil
	}
	return readReminders(s.RemindersFile, zone)
}

// database is the database file.
func (s *Settings) database() string { return filepath.Join(s.DataDir, "dampingi.db") }

// records is where the records are: the database file, or PostgreSQL.
func (s *Settings) records() string {
	if s.DatabaseURL != "" {
		return s.DatabaseURL
	}
	return s.database()
}

// key is the key file.
func (s *Settings) key() string {
	if s.KeyFile != "" {
		return s.KeyFile
	}
	return filepath.Join(s.DataDir, "key")
}

// token is the bot's token, from wherever it was given.
func (s *Settings) token() (string, error) {
	if s.Token != "" {
		return s.Token, nil
	}
	if s.TokenFile != "" {
		b, err := os.ReadFile(s.TokenFile)
		if err != nil {
			return "", fmt.Errorf("read TELEGRAM_TOKEN_FILE: %w", err)
		}
		if t := strings.TrimSpace(string(b)); t != "" {
			return t, nil
		}
		return "", errEmptyToken
	}
	return "", errNoToken
}
