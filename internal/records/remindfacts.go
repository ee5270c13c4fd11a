package records

import (
	"context"
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

const sqlHerOwn = herColumns + `WHERE code = $1`

// ReminderFacts gives what is known of a subject, as far as rules of reminders depend on it;
// turn.ErrNotFound when there is no such thing any more.
func (s *Store) ReminderFacts(ctx context.Context, subject program.Subject) (reminder.Facts, error) {
	f := reminder.Facts{Subject: subject}
	var err error
	if f.People, err = s.sharedStaff(ctx); err == nil {
		switch subject.Kind() {
		case program.AboutHer:
			f.Her, err = s.herFacts(ctx, subject.ID())
		case program.AboutMatter:
			f.Matter, err = s.matterFacts(ctx, subject.ID())
		case program.AboutStaff:
			f.Staff, err = s.staffFacts(ctx, subject.ID())
		case program.AboutHouse:
			f.House, err = s.houseFacts(ctx)
		default:
			err = turn.ErrNotFound
		}
	}
	if err != nil {
		return f, fmt.Errorf("look at what may have to be told: %w", err)
	}
	return f, nil
}

// sharedStaff is Staff for all that are looked at one after the other: reading them for each would be most
// of the work. Watched has them read anew.
func (s *Store) sharedStaff(ctx context.Context) ([]program.Person, error) {
	staff, age := s.known.everybody()
	if staff != nil {
		return staff, nil
	}
	staff, err := s.Staff(ctx)
	if err == nil {
		s.known.keepStaff(staff, age)
	}
	return staff, err
}

// herFacts is what is known of a participant. Each part has a reader of its own.
func (s *Store) herFacts(ctx context.Context, code string) (*reminder.Her, error) {
	h := &reminder.Her{}
	found, err := s.participants(ctx, sqlHerOwn, code)
	if err != nil {
		return nil, err
	}
	if len(found) == 0 {
		return nil, turn.ErrNotFound
	}
	h.Participant = found[0]
	person, err := s.Person(ctx, code)
	if err != nil {
		return nil, err
	}
	h.Joined, h.Contact = person.Chat != 0, person.Safe
	if h.Joined {
		if h.Reached, err = s.Reachable(ctx, person.Chat); err != nil && !errors.Is(err, turn.ErrNotFound) {
			return nil, err
		}
	}
	if h.Consents, err = s.Consents(ctx, code); err != nil {
		return nil, err
	}
	if h.Stages, err = s.StageChanges(ctx, code, "", ""); err != nil {
		return nil, err
	}
	for _, part := range []func(context.Context, *reminder.Her) error{s.businessFacts, s.dateFacts, s.placeFacts} {
		if err := part(ctx, h); err != nil {
			return nil, err
		}
	}
	return h, nil
}

// matterFacts is what is known of a matter; one that has ended is none.
func (s *Store) matterFacts(ctx context.Context, id string) (*reminder.Matter, error) {
	m, err := s.Matter(ctx, id)
	if err != nil {
		return nil, err
	}
	f := &reminder.Matter{Matter: m, Changed: program.DateOf(m.ChangedAt.In(s.zone))}
	if m.Participant != "" {
		if f.Companion, err = s.CompanionOf(ctx, m.Participant); err != nil {
			return nil, err
		}
		if f.Second, err = s.SecondOf(ctx, m.Participant); err != nil {
			return nil, err
		}
	}
	return f, s.careFacts(ctx, f)
}
