package doctor

import (
	"io/fs"
	"time"
)

// Facts is what was found. What was not looked at, because there is none or something before it is missing, is nil.
type Facts struct {
	Now      time.Time
	Version  string
	Zone     string
	Settings *File // nil: settings are from the environment alone
	Token    Token
	Telegram *Telegram
	Rival    *Rival
	Webhook  Webhook
	Service  Service
	Listen   string // host and port
	User     int    // who looks; -1 where there are no users
	Data     File
	Files    []File // in the folder of the data, and the key
	Disk     *Disk
	Key      Key
	Database *Database
	Audit    *Audit
	Redis    *Redis
	Backup   *Backup
}

// File is how a file or a folder stands on the disk.
type File struct {
	Path    string
	Missing bool
	Closed  bool // this user may not read it
	Mode    fs.FileMode
	Owner   int // the number of the user whose it is; -1 where that is not known
}

// Token is the token in the settings.
type Token struct {
	Trouble string // "missing", "file" (cannot be read), "empty", "shape"; "" for none
	File    *File  // the one it stands in, if any of its own
}

// Telegram is what Telegram says of the bot.
type Telegram struct {
	Trouble string // why it could not be asked: "refused", "slow", "name", "trust", "time", "broken"; "" for none
	BadName bool   // the name says too much
	Groups  bool   // it can be taken into groups
	Dated   bool
	Ahead   time.Duration // by how much the clock here goes before Telegram's
	HookURL string        // compared, never shown
	Waiting int
	Failed  time.Time // when an update could not be brought
	Why     string    // what Telegram says about that
}

// Rival is whether somebody else takes the updates.
type Rival struct{ There, Unknown bool }

// Webhook is what the settings say about it.
type Webhook struct {
	URL    string // compared, never shown; "" for polling
	Secret bool
	Plain  bool // whoever brings updates does so without https too: a Bot API server of one's own
}

// Service is the bot that serves with these settings on this machine.
type Service struct {
	Running, Ready bool
	Deaf           bool      // it does not answer where its health is served
	Conflict       time.Time // when it last heard that another took its updates; zero: never
}

// Disk is the room where the data stand, in bytes.
type Disk struct{ Free, Size int64 }

// Key is the key file.
type Key struct {
	File
	Trouble string // "missing", "kind", "exposed", "folder", "damaged", "closed"; "" for none
	Beside  bool   // it stands in the folder of the data
}

// Database is the database, opened with the key.
type Database struct {
	Trouble         string // "missing", "wrong_key", "not_ours", "closed"; "" for none
	Damage          int    // complaints of SQLite
	Version, Newest int64  // of its tables, and that this program knows
}

// Audit is what looking through everything found.
type Audit struct{ Lines, Flaws int }

// Redis is how the Redis of the settings stands.
type Redis struct {
	Trouble                                     string // "url", "password", "silent"; "" for none
	Writes, Told, Config, AOF, Failing, Bounded bool
	Policy                                      string
}

// Backup is the folder of scheduled backups.
type Backup struct {
	Dir            string // "": none is set
	Missing        bool   // there is no such folder
	Newest, Oldest time.Time
}
