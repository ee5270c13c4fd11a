package records

import (
	"context"
	"fmt"
	"strconv"

	"github.com/dampingi/dampingi/internal/vault"
)

// sealedColumn is a column whose values are sealed with the institution's key. pick gives, in the
// order of the row's key, that key, the value, what the row is called, and whatever else bind needs;
// put replaces the value.
type sealedColumn struct {
	name, pick, put string
	first           any // what is smaller than every key
	bind            func(row) []byte
}

// resealMost is how many values share a transaction: few, since whoever talks with the bot waits.
const resealMost = 100

// sealedColumns lists every column that the institution's key seals, for those who verify and
// those who rotate. What a participant's own key seals is not among them: only her key is.
func sealedColumns() []sealedColumn {
	key := func(bind func(string) []byte) func(row) []byte {
		return func(r row) []byte { return bind(r.str(0)) }
	}
	return []sealedColumn{
		{"meta", `SELECT name, value, name FROM meta WHERE name > $1 AND name = 'canary' ORDER BY name LIMIT $2`,
			`UPDATE meta SET value = $2 WHERE name = $1`, "", func(row) []byte { return []byte(bindCanary) }},
		{"person", `SELECT id, name, id FROM person WHERE id > $1 AND name IS NOT NULL ORDER BY id LIMIT $2`,
			`UPDATE person SET name = $2 WHERE id = $1`, "", key(bindName)},
		{"participant", `SELECT code, wrapped, code FROM participant WHERE code > $1 ORDER BY code LIMIT $2`,
			`UPDATE participant SET wrapped = $2 WHERE code = $1`, "", key(bindKey)},
		{"chat", `SELECT key, sealed, owner FROM chat WHERE key > $1 ORDER BY key LIMIT $2`,
			`UPDATE chat SET sealed = $2 WHERE key = $1`, "", key(bindChat)},
		{"pin", `SELECT person, sealed, person FROM pin WHERE person > $1 ORDER BY person LIMIT $2`,
			`UPDATE pin SET sealed = $2 WHERE person = $1`, "", key(bindPIN)},
		{"deadline", `SELECT chat, sealed, chat FROM deadline WHERE chat > $1 ORDER BY chat LIMIT $2`,
			`UPDATE deadline SET sealed = $2 WHERE chat = $1`, "", key(bindChat)},
		{"conversation", `SELECT key, data, key FROM conversation WHERE key > $1 ORDER BY key LIMIT $2`,
			`UPDATE conversation SET data = $2 WHERE key = $1`, "", func(r row) []byte { return []byte(r.str(0)) }},
		{"report", `SELECT seq, answers, id FROM report WHERE seq > $1 AND participant IS NULL AND emptied_at IS NULL ORDER BY seq LIMIT $2`,
			`UPDATE report SET answers = $2 WHERE seq = $1`, int64(0), func(r row) []byte { return bindAnswers(r.str(2)) }},
		{"report", `SELECT seq, source, id FROM report WHERE seq > $1 AND participant IS NULL AND emptied_at IS NULL AND source IS NOT NULL ORDER BY seq LIMIT $2`,
			`UPDATE report SET source = $2 WHERE seq = $1`, int64(0), func(r row) []byte { return bindSource(r.str(2)) }},
		{"digest", `SELECT week, sealed, week FROM digest WHERE week > $1 ORDER BY week LIMIT $2`,
			`UPDATE digest SET sealed = $2 WHERE week = $1`, "", key(bindDigest)},
		{"matter", `SELECT id, fields, id FROM matter WHERE id > $1 AND participant IS NULL ORDER BY id LIMIT $2`,
			`UPDATE matter SET fields = $2 WHERE id = $1`, "", key(bindFields)},
		{"matter_change", `SELECT c.id, c.before, c.id FROM matter_change c JOIN matter m ON m.id = c.matter
			WHERE c.id > $1 AND m.participant IS NULL AND c.before IS NOT NULL ORDER BY c.id LIMIT $2`,
			`UPDATE matter_change SET before = $2 WHERE id = $1`, "", key(bindBefore)},
		{"inbox", `SELECT seq, body, CAST(update_id AS TEXT), update_id FROM inbox WHERE seq > $1 AND body IS NOT NULL ORDER BY seq LIMIT $2`,
			`UPDATE inbox SET body = $2 WHERE seq = $1`, int64(0), func(r row) []byte { return bindUpdate(r.int(3)) }},
		{"outbox", `SELECT seq, body, id FROM outbox WHERE seq > $1 ORDER BY seq LIMIT $2`,
			`UPDATE outbox SET body = $2 WHERE seq = $1`, int64(0), func(r row) []byte { return bindMessage(r.str(2)) }},
		{"dead_letter", `SELECT seq, body, ref, origin FROM dead_letter WHERE seq > $1 AND body IS NOT NULL ORDER BY seq LIMIT $2`,
			`UPDATE dead_letter SET body = $2 WHERE seq = $1`, int64(0), func(r row) []byte { return bindDead(r.str(3), r.str(2)) }},
	}
}

// open opens a row's value; the flaw is for one that cannot be opened.
func (col *sealedColumn) open(v *vault.Vault, r row) ([]byte, *Flaw) {
	plain, err := v.Open(r.blob(1), col.bind(r))
	if err != nil {
		return nil, &Flaw{Kind: Unreadable, Table: col.name, Row: r.str(2)}
	}
	return plain, nil
}

// bindDead is what a dead letter's body is bound to: what it was bound to before.
func bindDead(origin, ref string) []byte {
	if origin == "inbox" {
		if update, err := strconv.ParseInt(ref, 10, 64); err == nil {
			return bindUpdate(update)
		}
	}
	return bindMessage(ref)
}

// Reseal seals anew, with the newest key, all that an older one has sealed, a little at a time, so
// that the database can be used meanwhile. What cannot be opened is left as it is and told of. It
// can be interrupted and begun again.
func (s *Store) Reseal(ctx context.Context) (resealed int, unreadable []Flaw, err error) {
	for _, col := range sealedColumns() {
		for last := col.first; last != nil; {
			var some resealing
			err := s.write(ctx, func(c *conn) (err error) {
				some, err = s.resealSome(c, col, last) // it may be run twice
				return err
			})
			if err != nil {
				return resealed, unreadable, fmt.Errorf("seal %s anew: %w", col.name, err)
			}
			last = some.last
			resealed += some.n
			unreadable = append(unreadable, some.flaws...)
		}
	}
	return resealed, unreadable, nil
}

// resealing is what became of some values.
type resealing struct {
	last  any // the last one's key; nil at the end
	n     int
	flaws []Flaw
}

// resealSome seals the next values of a column anew.
func (s *Store) resealSome(c *conn, col sealedColumn, after any) (done resealing, err error) {
	type change struct {
		key    any
		sealed []byte
	}
	var changes []change
	rows := 0
	err = c.query(col.pick, func(r row) error {
		rows++
		done.last = r[0]
		if s.vault.Newest(r.blob(1)) {
			return nil
		}
		plain, flaw := col.open(s.vault, r)
		if flaw != nil { // it does not keep back the others
			done.flaws = append(done.flaws, *flaw)
			return nil
		}
		sealed, err := s.vault.Seal(plain, col.bind(r))
		clear(plain)
		changes = append(changes, change{r[0], sealed})
		return err
	}, after, resealMost)
	if err != nil {
		return done, err
	}
	for _, ch := range changes {
		if _, err := c.exec(col.put, ch.key, ch.sealed); err != nil {
			return done, err
		}
		done.n++
	}
	if rows < resealMost {
		done.last = nil
	}
	return done, nil
}
