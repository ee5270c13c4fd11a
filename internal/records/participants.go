package records

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

const (
	herColumns = `SELECT code, wrapped, alias, stage, companion, concentration, last_seen, lang,
			stage_since, added_at, second
		FROM participant JOIN person ON person.id = participant.code `

	sqlParticipants = herColumns + `WHERE ($1 = '' OR companion = $1) AND ($2 = '' OR stage = $2) ORDER BY code`
	// Whom nobody has seen yet comes first, then whom nobody has seen for longest.
	// Without her yes, or after it has ended, nothing is noted about her.
	sqlCaseload = herColumns + sqlHers + `
		AND EXISTS (SELECT 1 FROM consent WHERE consent.participant = code AND purpose = 'pendampingan'
			AND ended_at IS NULL AND status = 'diberikan' AND until >= $2)` + sqlUnseenFirst
	sqlEverybody = herColumns + `WHERE stage NOT IN ('terminasi', 'mengundurkan_diri', 'dirujuk')
		AND EXISTS (SELECT 1 FROM consent WHERE consent.participant = code AND purpose = 'pendampingan'
			AND ended_at IS NULL AND status = 'diberikan' AND until >= $1)` + sqlUnseenFirst
	// Those whose way has ended, and who have not taken back that something may be noted about them.
	sqlEnded = herColumns + `WHERE stage IN ('terminasi', 'mengundurkan_diri', 'dirujuk') AND ($1 = '' OR companion = $1)
		AND EXISTS (SELECT 1 FROM consent WHERE consent.participant = code AND purpose = 'pendampingan'
			AND ended_at IS NULL AND status = 'diberikan' AND until >= $2)` + sqlUnseenFirst
	sqlAssigned    = herColumns + sqlHers + sqlUnseenFirst
	sqlHers        = `WHERE companion = $1 AND companion <> '' AND stage NOT IN ('terminasi', 'mengundurkan_diri', 'dirujuk')`
	sqlUnseenFirst = ` ORDER BY CASE WHEN last_seen IS NULL THEN 0 ELSE 1 END, last_seen, code`

	sqlParticipantFor = herColumns + `WHERE companion = $1 AND code = $2`
)

// ParticipantFilter chooses participants; empty fields choose all.
type ParticipantFilter struct {
	Companion string
	Stage     program.Stage
}

// participants reads them. One that cannot be opened is left out with an error in the log, so
// that she does not keep back all the others.
func (s *Store) participants(ctx context.Context, text string, args ...any) ([]program.Participant, error) {
	var all []program.Participant
	err := s.read(ctx, func(c *conn) error {
		return c.query(text, func(r row) error {
			p := program.Participant{
				Code: r.str(0), Stage: program.Stage(r.str(3)), Companion: r.str(4),
				Concentration: r.str(5), LastSeen: program.Date(r.str(6)), Lang: r.str(7),
				Since: program.Date(r.str(8)), Second: r.str(10),
			}
			if added := r.time(9, s.zone); r.int(9) > 0 {
				p.Added = program.DateOf(added)
			}
			alias, err := s.alias(p.Code, r.blob(1), r.blob(2))
			if err != nil {
				s.log.ErrorContext(ctx, "the alias of a participant cannot be opened; she is left out", "code", p.Code, "error", err)
				return nil //nolint:nilerr // one that cannot be opened does not keep back the others
			}
			p.Alias = string(alias)
			all = append(all, p)
			return nil
		}, args...)
	})
	return all, err
}

// Participants gives whom the filter chooses, by code.
func (s *Store) Participants(ctx context.Context, filter ParticipantFilter) ([]program.Participant, error) {
	all, err := s.participants(ctx, sqlParticipants, filter.Companion, string(filter.Stage))
	if err != nil {
		return nil, fmt.Errorf("read the participants: %w", err)
	}
	return all, nil
}

// Caseload gives whom a companion accompanies now: never seen first, then longest unseen.
// Those whose way has ended (concluded, withdrawn, referred) are not in it, nor those who have not
// agreed to be accompanied, or not any more. What is returned is
// shared and must not be changed.
func (s *Store) Caseload(ctx context.Context, person string) ([]program.Participant, error) {
	today := s.today()
	all, age, ok := s.known.caseload(person, today)
	if ok {
		return all, nil
	}
	all, err := s.participants(ctx, sqlCaseload, person, string(today))
	if err != nil {
		return nil, fmt.Errorf("read the caseload of %s: %w", person, err)
	}
	s.known.keepCaseload(person, caseload{today, all}, age)
	return all, nil
}

// Everybody gives all whose way has not ended and who have agreed to be accompanied, in the order of
// Caseload.
func (s *Store) Everybody(ctx context.Context) ([]program.Participant, error) {
	all, err := s.participants(ctx, sqlEverybody, string(s.today()))
	if err != nil {
		return nil, fmt.Errorf("read all who are accompanied: %w", err)
	}
	return all, nil
}

// Ended gives those whom a companion accompanied, or all ("*"), whose way has ended, and who have
// agreed to be noted about: so that the way can begin again.
func (s *Store) Ended(ctx context.Context, person string) ([]program.Participant, error) {
	switch person {
	case "":
		return nil, nil
	case "*":
		person = ""
	}
	all, err := s.participants(ctx, sqlEnded, person, string(s.today()))
	if err != nil {
		return nil, fmt.Errorf("read those whose way has ended: %w", err)
	}
	return all, nil
}

// Assigned gives whom a companion accompanies and whose way has not ended, in the order of Caseload,
// whether or not they have agreed to be noted about: so that they can be asked, and that it is on
// record how they may be reached. Nobody is assigned to nobody ("").
func (s *Store) Assigned(ctx context.Context, person string) ([]program.Participant, error) {
	all, err := s.participants(ctx, sqlAssigned, person)
	if err != nil {
		return nil, fmt.Errorf("read whom %s accompanies: %w", person, err)
	}
	return all, nil
}

// ParticipantFor gives a participant whom this companion accompanies, in any stage;
// turn.ErrNotFound when there is none or she is another's, and nobody can tell which.
func (s *Store) ParticipantFor(ctx context.Context, person, code string) (program.Participant, error) {
	found, err := s.participants(ctx, sqlParticipantFor, person, code)
	if err == nil && len(found) == 0 {
		err = turn.ErrNotFound
	}
	if err != nil {
		return program.Participant{}, fmt.Errorf("find participant %s for %s: %w", code, person, err)
	}
	return found[0], nil
}

// RosterLine is one line of a roster: either one of the staff or a participant.
type RosterLine struct {
	Line        int // where it stands in the file, for errors
	Person      *program.Person
	Participant *program.Participant
	Chat        int64 // a participant's, when it is known; 0 when not (staff have theirs in Person)
}

// ImportRoster adds everybody in a roster, or nobody. Staff are added before participants,
// so that a companion may stand anywhere in the file. Errors name the line.
func (s *Store) ImportRoster(ctx context.Context, lines []RosterLine) error {
	type entry struct {
		line int
		newcomer
	}
	var staff, participants []entry
	for _, l := range lines {
		var n newcomer
		var err error
		switch {
		case l.Person != nil && l.Participant == nil && l.Person.Role != program.Beneficiary:
			n, err = s.newPerson(*l.Person)
			staff = append(staff, entry{l.Line, n})
		case l.Participant != nil && l.Person == nil:
			if n, err = s.newParticipant(*l.Participant); err == nil && l.Chat != 0 {
				n.chat.key, n.chat.sealed, err = s.sealChat(l.Chat)
			}
			participants = append(participants, entry{l.Line, n})
		default:
			err = errors.New("a line is either one of the staff or a participant")
		}
		if err != nil {
			return fmt.Errorf("import the roster: line %d: %w", l.Line, err)
		}
	}
	at := s.now().UnixMilli()
	err := s.write(ctx, func(c *conn) error {
		for _, group := range [][]entry{staff, participants} {
			for i := range group {
				if err := group[i].store(c, at); err != nil {
					return fmt.Errorf("line %d: %w", group[i].line, err)
				}
			}
		}
		return nil
	})
	if err != nil {
		return fmt.Errorf("import the roster: %w", err)
	}
	return nil
}

const (
	sqlLease = `INSERT INTO lease (name, holder, until) VALUES ($1, $2, $3)
		ON CONFLICT (name) DO UPDATE SET holder = excluded.holder, until = excluded.until
		WHERE lease.holder = excluded.holder OR lease.until <= $4`
	sqlRelease = `DELETE FROM lease WHERE name = $1 AND holder = $2`
)

// Lease takes or prolongs a lease for a holder and says whether it has it; another's ends
// after its ttl or with Release.
func (s *Store) Lease(ctx context.Context, name, holder string, ttl time.Duration) (bool, error) {
	now := s.now()
	held := false
	err := s.write(ctx, func(c *conn) error {
		n, err := c.exec(sqlLease, name, holder, now.Add(ttl).UnixMilli(), now.UnixMilli())
		held = n > 0
		return err
	})
	if err != nil {
		return false, fmt.Errorf("take lease %s: %w", name, err)
	}
	return held, nil
}

// Release gives a lease back; one that is another's stays.
func (s *Store) Release(ctx context.Context, name, holder string) error {
	err := s.write(ctx, func(c *conn) error {
		_, err := c.exec(sqlRelease, name, holder)
		return err
	})
	if err != nil {
		return fmt.Errorf("release lease %s: %w", name, err)
	}
	return nil
}
