package records

import (
	"context"
	"crypto/rand"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5"
)

// Led is that this process leads: as long as it does, it alone works off what came and what is due.
type Led struct {
	Came <-chan struct{} // another process, or this one, has put something into the inbox
	Lost <-chan struct{} // closed when this process leads no more

	stop  context.CancelFunc
	ended chan struct{}
}

// Close lets another process lead.
func (l *Led) Close() {
	l.stop()
	<-l.ended
}

// Lead waits until no other process leads, or until ctx is done. Who leads with PostgreSQL holds an
// advisory lock, which the server takes back with the connection: when the process dies, the next one
// leads at once. With SQLite it is ErrNotHere: Lease is for that.
func (s *Store) Lead(ctx context.Context) (*Led, error) {
	led, err := s.engine.lead(ctx)
	if err != nil {
		return nil, fmt.Errorf("wait until nobody else leads: %w", err)
	}
	return led, nil
}

const (
	leadPing   = 2 * time.Second  // how often the server is asked, when it says nothing
	leadAnswer = 5 * time.Second  // how long it may take to answer
	leadAgain  = time.Second      // between attempts to reach it
	leadLost   = 20 * time.Second // without the server, nobody knows any more who leads

	pgLeads   = `INSERT INTO lease (name, holder, until) VALUES ('leading', $1, 0) ON CONFLICT (name) DO UPDATE SET holder = excluded.holder`
	pgLed     = `SELECT count(*) FROM lease WHERE name = 'leading' AND holder = $1`
	pgTake    = `SELECT pg_advisory_lock($1)`
	pgTry     = `SELECT pg_try_advisory_lock($1)`
	pgListen  = `LISTEN dampingi_inbox`
	pgPatient = `SET lock_timeout = 0` // whoever leads may do so for months
)

// leading is the connection that holds the lock and hears what comes.
type leading struct {
	engine *postgres
	conn   *pgx.Conn
	name   string // of this time of leading, by which it is known that nobody has led since
	came   chan struct{}
}

func (e *postgres) lead(ctx context.Context) (*Led, error) {
	l := &leading{engine: e, name: rand.Text(), came: make(chan struct{}, 1)}
	for {
		err := l.take(ctx)
		if err == nil {
			break
		}
		if !pause(ctx, leadAgain) {
			return nil, ctx.Err()
		}
	}
	inner, stop := context.WithCancel(context.WithoutCancel(ctx))
	lost, ended := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(ended)
		defer close(lost)
		l.hold(inner)
	}()
	return &Led{Came: l.came, Lost: lost, stop: stop, ended: ended}, nil
}

// take waits for the lock, and notes who leads now.
func (l *leading) take(ctx context.Context) (err error) {
	if l.conn, err = l.engine.connect(ctx, pgPatient, pgListen); err != nil {
		return err
	}
	if _, err = l.conn.Exec(ctx, pgTake, lockLeading); err == nil {
		_, err = l.conn.Exec(ctx, pgLeads, l.name)
	}
	if err != nil {
		l.drop()
	}
	return err
}

// hold keeps the lock and hears what comes, until ctx is done or another leads.
func (l *leading) hold(ctx context.Context) {
	defer l.drop()
	for ctx.Err() == nil {
		if l.hear(ctx) == nil || ctx.Err() != nil {
			continue
		}
		l.drop()
		if !l.again(ctx) {
			return
		}
	}
}

// hear waits for something to come; when nothing does, it asks whether the server is there.
func (l *leading) hear(ctx context.Context) error {
	short, stop := context.WithTimeout(ctx, leadPing)
	_, err := l.conn.WaitForNotification(short)
	stop()
	if err == nil {
		l.tell()
		return nil
	}
	answer, stop := context.WithTimeout(ctx, leadAnswer)
	defer stop()
	return l.conn.Ping(answer)
}

func (l *leading) tell() {
	select {
	case l.came <- struct{}{}:
	default: // somebody is about to look
	}
}

// again takes the lock once more after the connection broke, as when the server is started anew. That
// goes well when nobody has led meanwhile.
func (l *leading) again(ctx context.Context) bool {
	ctx, stop := context.WithTimeout(ctx, leadLost)
	defer stop()
	for {
		if mine, known := l.retake(ctx); known {
			l.tell() // whatever came meanwhile
			return mine
		}
		l.drop()
		if !pause(ctx, leadAgain/5) {
			return false
		}
	}
}

// retake tells whether it is known who leads, and whether that is still us.
func (l *leading) retake(ctx context.Context) (mine, known bool) {
	var err error
	if l.conn, err = l.engine.connect(ctx, pgPatient, pgListen); err != nil {
		return false, false
	}
	free, ours := false, 0
	if err := l.conn.QueryRow(ctx, pgLed, l.name).Scan(&ours); err != nil {
		return false, false
	}
	if ours == 0 {
		return false, true
	}
	if err := l.conn.QueryRow(ctx, pgTry, lockLeading).Scan(&free); err != nil || !free { // the server may still hold it for us
		return false, false
	}
	// Somebody may have come and gone between the two questions.
	err = l.conn.QueryRow(ctx, pgLed, l.name).Scan(&ours)
	return ours == 1, err == nil
}

// drop ends the connection, and the lock with it.
func (l *leading) drop() {
	if l.conn == nil {
		return
	}
	end, stop := context.WithTimeout(context.Background(), leadAnswer)
	defer stop()
	_ = l.conn.Close(end) // whatever it says, it is over
	l.conn = nil
}

// pause waits for d; false when ctx ends first.
func pause(ctx context.Context, d time.Duration) bool {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-ctx.Done():
		return false
	case <-t.C:
		return true
	}
}
