package records

import (
	"context"
	"crypto/rand"
	"encoding/base64"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	personColumns = `p.id, p.role, p.name, p.lang, p.active, t.wrapped, t.alias, c.key, c.sealed,
		n.person, x.sealed, x.word, x.checked_on, x.paused, x.silent_until, p.away_until`
	personMore   = ` LEFT JOIN participant t ON t.code = p.id LEFT JOIN pin n ON n.person = p.id LEFT JOIN contact x ON x.code = p.id `
	personTables = ` FROM person p LEFT JOIN chat c ON c.owner = p.id` + personMore
	sqlByChat    = `SELECT ` + personColumns + ` FROM chat c JOIN person p ON p.id = c.owner` + personMore + `WHERE c.key = $1`
	sqlPerson    = `SELECT ` + personColumns + personTables + `WHERE p.id = $1`
	sqlPeople    = `SELECT ` + personColumns + personTables + `ORDER BY p.id`
	sqlStaff     = `SELECT ` + personColumns + personTables + `WHERE p.role <> 'peserta' AND p.active = 1 ORDER BY p.id`
	sqlAddPerson = `INSERT INTO person (id, role, name, lang, active) VALUES ($1, $2, $3, $4, $5)`
	sqlAddHer    = `INSERT INTO participant
		(code, wrapped, alias, stage, companion, concentration, seen_before, last_seen, added_at, stage_since, second)
		VALUES ($1, $2, $3, $4, $5, $6, $7, $7, $8, $9, $10)`
	sqlActive   = `SELECT active FROM person WHERE id = $1`
	sqlOwner    = `SELECT owner FROM chat WHERE key = $1`
	sqlBindChat = `INSERT INTO chat (key, owner, sealed, reachable, changed_at) VALUES ($1, $2, $3, 1, $4)`

	sqlVoidInvitation = `DELETE FROM invitation WHERE person = $1 AND used_at IS NULL AND token <> $2`
	sqlInvite         = `INSERT INTO invitation (token, person, expires_at)
		SELECT $1, id, $3 FROM person WHERE id = $2 AND active = 1
		ON CONFLICT (token) DO UPDATE SET expires_at = invitation.expires_at`
	sqlInvitation = `SELECT i.person, i.expires_at, i.used_by, p.active, c.key FROM invitation i
		JOIN person p ON p.id = i.person LEFT JOIN chat c ON c.owner = p.id WHERE i.token = $1`
	sqlUseInvitation = `UPDATE invitation SET used_at = $2, used_by = $3 WHERE token = $1`
	sqlReachable     = `SELECT reachable FROM chat WHERE key = $1`
)

// DefaultLang is the language of whoever has not chosen one.
const DefaultLang = "id"

// person opens one row of personColumns, as far as it can be opened.
func (s *Store) person(r row) (program.Person, error) {
	p := program.Person{ID: r.str(0), Role: program.Role(r.str(1)), Lang: r.str(3), Active: r.int(4) != 0}
	var name []byte
	var err error
	if r.null(5) {
		name, err = s.vault.Open(r.blob(2), bindName(p.ID))
	} else {
		name, err = s.hers(&p, r)
	}
	if err != nil {
		err = fmt.Errorf("open the name of %s: %w", p.ID, err)
	}
	p.Name = string(name)
	p.HasPIN = !r.null(9)
	p.Away = program.Date(r.str(15))
	if r.null(7) {
		return p, err
	}
	chat, unread := s.openChat(r.str(7), r.blob(8))
	if unread != nil {
		err = errors.Join(err, fmt.Errorf("open the chat of %s: %w", p.ID, unread))
	}
	p.Chat = chat
	return p, err
}

// hers opens what a participant's own key seals: her safe contact, and her alias.
func (s *Store) hers(p *program.Person, r row) ([]byte, error) {
	key, err := s.vault.Unwrap(r.blob(5), bindKey(p.ID))
	if err != nil {
		return nil, err
	}
	if p.Safe, err = s.openContact(key, p.ID, contactRow{r.blob(10), r.str(11), r.str(12), r.int(13), r.time(14, s.zone)}); err != nil {
		return nil, err
	}
	return key.Open(r.blob(6), bindAlias(p.ID))
}

func (s *Store) alias(code string, wrapped, sealed []byte) ([]byte, error) {
	key, err := s.vault.Unwrap(wrapped, bindKey(code))
	if err != nil {
		return nil, err
	}
	return key.Open(sealed, bindAlias(code))
}

func (s *Store) onePerson(ctx context.Context, text string, arg any) (program.Person, error) {
	var p program.Person
	err := s.read(ctx, func(c *conn) error {
		found := false
		err := c.query(text, func(r row) (err error) {
			found = true
			p, err = s.person(r)
			return err
		}, arg)
		if err == nil && !found {
			return turn.ErrNotFound
		}
		return err
	})
	return p, err
}

// PersonByChat gives whose chat it is, staff or participant, active or not;
// turn.ErrNotFound for a stranger's.
func (s *Store) PersonByChat(ctx context.Context, chat int64) (program.Person, error) {
	key := s.chatKey(chat)
	p, age, ok := s.known.person(key)
	if ok {
		return p, nil
	}
	p, err := s.onePerson(ctx, sqlByChat, key)
	if err != nil {
		return program.Person{}, fmt.Errorf("find the person of a chat: %w", err)
	}
	s.known.keepPerson(key, p, age)
	return p, nil
}

// Person gives somebody by id or code; turn.ErrNotFound when there is nobody.
func (s *Store) Person(ctx context.Context, id string) (program.Person, error) {
	p, err := s.onePerson(ctx, sqlPerson, id)
	if err != nil {
		return program.Person{}, fmt.Errorf("find person %s: %w", id, err)
	}
	return p, nil
}

// People gives everybody, staff and participants, by id. Whose name or chat cannot be opened is
// there without what cannot be read, with an error in the log.
func (s *Store) People(ctx context.Context) ([]program.Person, error) {
	return s.people(ctx, sqlPeople)
}

// Staff gives the institution's own people who are active, likewise.
func (s *Store) Staff(ctx context.Context) ([]program.Person, error) {
	return s.people(ctx, sqlStaff)
}

func (s *Store) people(ctx context.Context, text string) ([]program.Person, error) {
	var people []program.Person
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			p, err := s.person(r)
			if err != nil {
				s.log.ErrorContext(ctx, "somebody's name or chat cannot be opened", "id", p.ID, "error", err)
			}
			people = append(people, p)
			return nil
		})
	})
	if err != nil {
		return nil, fmt.Errorf("read the people: %w", err)
	}
	return people, nil
}

// newcomer is a person with everything sealed; participant is nil for staff.
type newcomer struct {
	program.Person
	name        any
	chat        sealedChat
	participant *program.Participant
	today       program.Date
	wrapped     []byte
	alias       []byte
}

func (s *Store) newPerson(p program.Person) (newcomer, error) {
	if p.Lang == "" {
		p.Lang = DefaultLang
	}
	n := newcomer{Person: p}
	name, err := s.vault.Seal([]byte(p.Name), bindName(p.ID))
	if err != nil {
		return n, fmt.Errorf("seal the name of %s: %w", p.ID, err)
	}
	n.name = name
	if p.Chat != 0 {
		n.chat.key, n.chat.sealed, err = s.sealChat(p.Chat)
	}
	return n, err
}

func (s *Store) newParticipant(p program.Participant) (newcomer, error) {
	n, _, err := s.newHer(p)
	return n, err
}

// newHer makes a participant with a key of her own.
func (s *Store) newHer(p program.Participant) (newcomer, sealer, error) {
	if p.Code == "" { // which stands for reports about nobody
		return newcomer{}, nil, errors.New("a participant needs a code")
	}
	if p.Lang == "" {
		p.Lang = DefaultLang
	}
	n := newcomer{
		Person:      program.Person{ID: p.Code, Role: program.Beneficiary, Lang: p.Lang, Active: true},
		participant: &p, today: s.today(),
	}
	key, wrapped, err := s.vault.NewPersonKey(bindKey(p.Code))
	if err != nil {
		return n, nil, err
	}
	n.wrapped = wrapped
	n.alias, err = key.Seal([]byte(p.Alias), bindAlias(p.Code))
	return n, key, err
}

func (n *newcomer) store(c *conn, at int64) error {
	if _, err := c.exec(sqlAddPerson, n.ID, string(n.Role), n.name, n.Lang, n.Active); err != nil {
		return err
	}
	if p := n.participant; p != nil {
		_, err := c.exec(sqlAddHer, p.Code, n.wrapped, n.alias, string(p.Stage), text(p.Companion),
			p.Concentration, text(p.LastSeen), at, string(n.today), text(p.Second))
		if err != nil {
			return err
		}
		if err := n.agreed(c, at); err != nil {
			return err
		}
	}
	if n.chat.key == "" {
		return nil
	}
	return bindOwner(c, n.chat, n.ID, at)
}

// AddPerson adds one of the staff, with her chat if it is known already. Participants come
// with AddParticipant.
func (s *Store) AddPerson(ctx context.Context, p program.Person) error {
	if p.Role == program.Beneficiary || p.ID == "" {
		return fmt.Errorf("add person %s: %w", p.ID, errors.New("staff need an id and a role of staff"))
	}
	n, err := s.newPerson(p)
	if err != nil {
		return fmt.Errorf("add person %s: %w", p.ID, err)
	}
	at := s.now().UnixMilli()
	if err := s.write(ctx, func(c *conn) error { return n.store(c, at) }); err != nil {
		return fmt.Errorf("add person %s: %w", p.ID, err)
	}
	return nil
}

// AddParticipant adds a participant with a key of her own.
func (s *Store) AddParticipant(ctx context.Context, p program.Participant) error {
	n, err := s.newParticipant(p)
	if err != nil {
		return fmt.Errorf("add participant %s: %w", p.Code, err)
	}
	at := s.now().UnixMilli()
	if err := s.write(ctx, func(c *conn) error { return n.store(c, at) }); err != nil {
		return fmt.Errorf("add participant %s: %w", p.Code, err)
	}
	return nil
}

// Invite makes a token for an invitation link: 144 random bits, of which only a hash is
// kept, good once and for program.InvitationLife; an earlier unused one ends with it.
// turn.ErrNotFound when there is no such active person.
func (s *Store) Invite(ctx context.Context, person string) (string, error) {
	var raw [18]byte
	rand.Read(raw[:]) // never fails
	token := base64.RawURLEncoding.EncodeToString(raw[:])
	hash := s.vault.Lookup("invitation", token)
	expires := s.now().Add(program.InvitationLife).UnixMilli()
	if err := s.write(ctx, func(c *conn) error { return invite(c, person, hash, expires) }); err != nil {
		return "", fmt.Errorf("invite %s: %w", person, err)
	}
	return token, nil
}

// invite puts an invitation on record; the same one again changes nothing.
func invite(c *conn, person, hash string, expires int64) error {
	if _, err := c.exec(sqlVoidInvitation, person, hash); err != nil {
		return err
	}
	n, err := c.exec(sqlInvite, hash, person, expires)
	if err == nil && n == 0 {
		return turn.ErrNotFound
	}
	return err
}

// BindChat makes a chat somebody's only one, without an invitation, when the administrator
// knows it; turn.ErrNotFound when there is no such active person, turn.ErrTaken when the
// chat is another's.
func (s *Store) BindChat(ctx context.Context, person string, chat int64) error {
	var sealed sealedChat
	var err error
	if sealed.key, sealed.sealed, err = s.sealChat(chat); err != nil {
		return fmt.Errorf("bind the chat of %s: %w", person, err)
	}
	at := s.now().UnixMilli()
	err = s.write(ctx, func(c *conn) error {
		active := false
		if err := c.query(sqlActive, func(r row) error { active = r.int(0) != 0; return nil }, person); err != nil {
			return err
		}
		if !active {
			return turn.ErrNotFound
		}
		return bindOwner(c, sealed, person, at)
	})
	if err != nil {
		return fmt.Errorf("bind the chat of %s: %w", person, err)
	}
	return nil
}

// agreed puts on record how a newcomer agreed to be accompanied, if she has.
func (n *newcomer) agreed(c *conn, at int64) error {
	if n.participant.Agreed == "" {
		return nil
	}
	return storeConsent(c, &program.Consent{
		ID: "joined." + n.ID, Participant: n.ID, Purpose: program.Accompaniment, Status: program.Given, Way: n.participant.Agreed,
		Version: string(n.participant.Agreed), At: time.UnixMilli(at), Recorder: "admin",
		Until: program.ConsentUntil(program.Accompaniment, n.today),
	})
}

// storeJoin uses an invitation. The same chat may use it again, which changes nothing, for as long
// as it is still hers: one that was cut off is a stranger's, and does not come back with an old link.
func (p *plan) storeJoin(c *conn) error {
	at := p.Join.At.UnixMilli()
	if p.Join.At.IsZero() {
		at = p.at
	}
	person, usedBy, good := "", "", false
	err := c.query(sqlInvitation, func(r row) error {
		person, usedBy = r.str(0), r.str(2)
		again := usedBy == p.join.key && r.str(4) == p.join.key
		good = r.int(3) != 0 && (again || usedBy == "" && at < r.int(1))
		return nil
	}, p.token)
	if err != nil {
		return err
	}
	if !good {
		return turn.ErrNotFound
	}
	if usedBy != "" {
		return nil
	}
	if err := bindOwner(c, p.join, person, at); err != nil {
		return err
	}
	_, err = c.exec(sqlUseInvitation, p.token, at, p.join.key)
	return err
}

// Reachable says whether messages get through to a chat, as the last Reach told;
// turn.ErrNotFound for a stranger's.
func (s *Store) Reachable(ctx context.Context, chat int64) (bool, error) {
	reachable, found := false, false
	err := s.read(ctx, func(c *conn) error {
		err := c.query(sqlReachable, func(r row) error {
			found, reachable = true, r.int(0) != 0
			return nil
		}, s.chatKey(chat))
		if err == nil && !found {
			return turn.ErrNotFound
		}
		return err
	})
	if err != nil {
		return false, fmt.Errorf("look whether a chat is reachable: %w", err)
	}
	return reachable, nil
}
