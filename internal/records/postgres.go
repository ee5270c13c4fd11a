package records

import (
	"context"
	"errors"
	"fmt"
	"net/url"
	"slices"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
)

// The advisory locks of a database of the house; the numbers mean nothing else.
const (
	lockWriting   = 0x64616d70_01 // whoever writes, for one transaction
	lockLeading   = 0x64616d70_02 // whoever works off what came, for as long as it lives
	lockMigrating = 0x64616d70_03
)

// What may be wrong with a database in PostgreSQL before anything is asked of it.
var (
	ErrAddress = errors.New("DATABASE_URL cannot be read; write postgres://user:password@host:5432/database, or " +
		"postgres:///database?host=/var/run/postgresql for a socket")
	ErrUnreachable = errors.New("PostgreSQL does not let us in")
	ErrTooOld      = errors.New("PostgreSQL is too old")
)

const (
	// pgOldest is the oldest version that the statements are for; 13 has pg_current_xact_id.
	pgOldest = 130000
	// pgWait is for how long a transaction waits for the one before it, as SQLite does.
	pgWait = 10 * time.Second
	// pgAnswer is for how long a statement may take until its first row.
	pgAnswer = time.Minute
	// pgConnect is for how long a server may take to let us in.
	pgConnect = 5 * time.Second
)

// IsPostgres tells whether a database is named by a URL of PostgreSQL.
func IsPostgres(path string) bool {
	return strings.HasPrefix(path, "postgres://") || strings.HasPrefix(path, "postgresql://")
}

// Named is how a database is named to people: without the password that a URL may have.
func Named(path string) string {
	if !IsPostgres(path) {
		return path
	}
	u, err := url.Parse(path)
	if err != nil {
		return "PostgreSQL"
	}
	return "PostgreSQL " + u.Host + u.Path
}

// postgres is a database that several processes share. All transactions that write wait for one
// another by an advisory lock, in whichever process they are: what was thought for SQLite's one writer
// holds, and rows that come later have higher numbers.
type postgres struct {
	config *pgx.ConnConfig
}

// There tells whether a database in PostgreSQL has records of the house.
func There(ctx context.Context, address string) (bool, error) {
	_, err := openPostgres(ctx, address, true)
	if errors.Is(err, ErrNotOurs) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("look into the database %s: %w", Named(address), err)
	}
	return true, nil
}

// ours gives ErrNotOurs for a database without records of the house.
func (e *postgres) ours(ctx context.Context) error {
	c, err := e.connect(ctx)
	if err != nil {
		return err
	}
	defer c.Close(ctx) //nolint:errcheck // nothing is lost with it
	there := false
	err = c.QueryRow(ctx, `SELECT to_regclass('meta') IS NOT NULL AND to_regclass('participant') IS NOT NULL`).Scan(&there)
	if err == nil && there {
		err = c.QueryRow(ctx, `SELECT EXISTS (SELECT 1 FROM meta WHERE name = 'canary')`).Scan(&there)
	}
	if err == nil && !there {
		err = ErrNotOurs
	}
	return err
}

// openPostgres reads the URL. Where made, there has to be a database of the house (ErrNotOurs);
// otherwise nothing is asked of the server yet.
func openPostgres(ctx context.Context, address string, made bool) (*postgres, error) {
	c, err := pgx.ParseConfig(address)
	if err != nil {
		return nil, ErrAddress // what pgx says may repeat the password
	}
	if c.ConnectTimeout == 0 {
		c.ConnectTimeout = pgConnect
	}
	c.StatementCacheCapacity = 1024 // all texts there are
	// A process that has died with its machine does not keep the others waiting.
	for name, value := range map[string]string{
		"lock_timeout": ms(pgWait), "idle_in_transaction_session_timeout": ms(pgWait), "timezone": "UTC",
		"tcp_keepalives_idle": "10", "tcp_keepalives_interval": "5", "tcp_keepalives_count": "3",
	} {
		if _, there := c.RuntimeParams[name]; !there {
			c.RuntimeParams[name] = value
		}
	}
	e := &postgres{config: c}
	if made {
		return e, e.ours(ctx)
	}
	return e, nil
}

func ms(d time.Duration) string { return fmt.Sprint(d.Milliseconds()) }

// connect opens a connection on which what is confirmed is on disk.
func (e *postgres) connect(ctx context.Context, settings ...string) (*pgx.Conn, error) {
	c, err := pgx.ConnectConfig(ctx, e.config)
	if err != nil {
		return nil, pgTrouble(fmt.Errorf("%w: %w", ErrUnreachable, err))
	}
	// Elsewhere an administrator may have it off, for speed.
	settings = append([]string{`DO $$ BEGIN IF current_setting('synchronous_commit') = 'off' THEN SET synchronous_commit = on; END IF; END $$`}, settings...)
	for _, s := range settings {
		if _, err := c.Exec(ctx, s); err != nil {
			return nil, pgTrouble(errors.Join(fmt.Errorf("prepare a connection to PostgreSQL: %w", err), c.Close(ctx)))
		}
	}
	return c, nil
}

// migrate lets one process after the other bring the tables up to date.
func (e *postgres) migrate(ctx context.Context) error {
	c, err := e.connect(ctx, `SET lock_timeout = '60s'`)
	if err != nil {
		return err
	}
	defer c.Close(ctx) //nolint:errcheck // the lock goes with it, and nothing else
	version := 0
	if err := c.QueryRow(ctx, `SELECT current_setting('server_version_num')::int`).Scan(&version); err != nil {
		return fmt.Errorf("ask PostgreSQL for its version: %w", err)
	}
	if version < pgOldest {
		return fmt.Errorf("%w: it is %d, and %d is the oldest that does", ErrTooOld, version/10000, pgOldest/10000)
	}
	if _, err := c.Exec(ctx, `SELECT pg_advisory_lock($1)`, lockMigrating); err != nil {
		return fmt.Errorf("wait for another process that brings the tables up to date: %w", err)
	}
	db := stdlib.OpenDB(*e.config)
	return errors.Join(migrate(ctx, db, goose.DialectPostgres, "migrations/postgres"), db.Close())
}

func (e *postgres) dial(reads bool) (link, error) {
	return &pgLink{engine: e, reads: reads}, nil // it connects when it is asked for something
}

// pgError is trouble of PostgreSQL's, or of the way to it.
type pgError struct{ err error }

func (e *pgError) Error() string { return e.err.Error() }
func (e *pgError) Unwrap() error { return e.err }

// pgTrouble marks what is no refusal of ours.
func pgTrouble(err error) error {
	var marked *pgError
	if err == nil || errors.As(err, &marked) {
		return err
	}
	return &pgError{err}
}

func (e *postgres) failed(err error) bool {
	var trouble *pgError
	return errors.As(err, &trouble)
}

// refused is for what stays wrong: constraints (23), values that are none (22), too much of something (54).
func (e *postgres) refused(err error) bool {
	var said *pgconn.PgError
	if !errors.As(err, &said) || len(said.Code) < 2 {
		return false
	}
	switch said.Code[:2] {
	case "22", "23", "54":
		return true
	}
	return false
}

// unwritable is for what is the server's own: it has gone or is going (08, 57), has no room (53), its disk or its
// files are broken (58, XX), or it only reads (25006).
func (e *postgres) unwritable(err error) bool {
	var said *pgconn.PgError
	if !errors.As(err, &said) {
		return e.failed(err)
	}
	return said.Code == "25006" || len(said.Code) > 1 && slices.Contains([]string{"08", "53", "57", "58", "XX"}, said.Code[:2])
}

func (e *postgres) quick() string { return "" }

func (e *postgres) size() string { return `SELECT pg_database_size(current_database())` }

// pgErased are the tables in which something sealed is erased or emptied.
var pgErased = []string{"participant", "person", "contact", "target", "pin", "chat", "report", "fact", "matter", "matter_change", "attendance", "stage_change"} //nolint:gochecknoglobals // never changed

// scrub writes the tables anew without what was deleted, which PostgreSQL otherwise keeps until the
// place is needed. It takes the tables for itself meanwhile, a short time each. The log (WAL) and its
// archive have what was deleted until they are recycled: docs/tumbuh.md.
func (e *postgres) scrub(ctx context.Context) error {
	kept := ""
	config := e.config.Copy()
	config.OnNotice = func(_ *pgconn.PgConn, n *pgconn.Notice) {
		if digits := strings.IndexAny(n.Detail, "0123456789"); digits >= 0 && kept == "" {
			kept = n.Detail[digits:]
		}
	}
	c, err := (&postgres{config}).connect(ctx, `SET lock_timeout = '2s'`)
	if err != nil {
		return err
	}
	defer c.Close(ctx) //nolint:errcheck // nothing is lost with it
	for _, table := range pgErased {
		kept = ""
		if _, err := c.Exec(ctx, `VACUUM (FULL, VERBOSE) `+pgx.Identifier{table}.Sanitize()); err != nil {
			return fmt.Errorf("write table %s anew; it will be tried again: %w", table, err)
		}
		// It says how many deleted rows it had to keep, in the language of the server: "0 dead row versions ..."
		if !strings.HasPrefix(kept, "0 ") {
			return fmt.Errorf("table %s still has what was deleted, because somebody may be reading it; it will be tried again", table)
		}
	}
	// Only some may ask for it, and it comes by itself within minutes.
	_, _ = c.Exec(ctx, `CHECKPOINT`)
	return nil
}

func (e *postgres) copy(context.Context, string) error {
	return fmt.Errorf("%w: PostgreSQL is copied with pg_dump, see docs/tumbuh.md", ErrNotHere)
}
