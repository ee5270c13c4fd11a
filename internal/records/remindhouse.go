package records

import (
	"context"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
)

const (
	// Whoever cannot go to a partner has said so to the prompt that asked her (conversation/outings.go).
	sqlRefused = `SELECT subject FROM prompt WHERE kind = 'outing' AND answer = 'cannot' AND subject = $1`

	yearAndMonth = 13 // months for which sessions are looked at
)

// careFacts is what rules want to know of a capital, a session that is not over, and a partner.
func (s *Store) careFacts(ctx context.Context, m *reminder.Matter) error {
	switch {
	case m.Ended():
	case m.Kind == program.Aid:
		consents, err := s.Consents(ctx, m.Participant)
		if err != nil {
			return err
		}
		m.Agreed = consents.Allow(program.CapitalData, s.today())
	case m.Kind == program.Session:
		return s.guestFacts(ctx, m)
	case m.Kind == program.Partner:
		return s.outingFacts(ctx, m)
	}
	return nil
}

// guestFacts is who is invited to a session, and who accompanies her.
func (s *Store) guestFacts(ctx context.Context, m *reminder.Matter) error {
	places, err := s.Attendance(ctx, m.ID, "")
	if err != nil {
		return err
	}
	for _, place := range places {
		companion, err := s.CompanionOf(ctx, place.Participant)
		if err != nil {
			return err
		}
		m.Guests = append(m.Guests, reminder.Guest{Attendance: place, Companion: companion})
	}
	return nil
}

// outingFacts is when somebody goes to a partner, and whether she has said that she cannot.
func (s *Store) outingFacts(ctx context.Context, m *reminder.Matter) error {
	reports, err := s.MatterReports(ctx, m.ID)
	if err != nil {
		return err
	}
	for _, r := range reports {
		o, ok := program.OutingOf(r, s.zone)
		if !ok {
			continue
		}
		err := s.read(ctx, func(c *conn) error {
			return c.query(sqlRefused, func(row) error { o.Refused = true; return nil }, r.ID)
		})
		if err != nil {
			return err
		}
		m.Outings = append(m.Outings, o)
	}
	return nil
}

// houseFacts is what is known of the institution.
func (s *Store) houseFacts(ctx context.Context) (*reminder.House, error) {
	all, err := s.Matters(ctx, program.MatterFilter{Kind: program.Profile})
	if err != nil {
		return nil, err
	}
	f := &reminder.House{}
	if len(all) > 0 {
		f.Profile = all[0]
		if f.Reviewed, err = s.reviewed(ctx, f.Profile.ID); err != nil {
			return nil, err
		}
	}
	recent, err := s.Matters(ctx, program.MatterFilter{Kind: program.Session, From: s.today().AddMonths(-yearAndMonth)})
	if err != nil {
		return nil, err
	}
	postponed, err := s.Matters(ctx, program.MatterFilter{Kind: program.Session, Status: "diundur"}) // they have no day
	if err != nil {
		return nil, err
	}
	f.Sessions = slices.Concat(recent, postponed)
	f.Candidates, err = s.candidatesSince(ctx)
	return f, err
}

// reviewed is when what is known of the institution was last gone through.
func (s *Store) reviewed(ctx context.Context, profile string) (program.Date, error) {
	reports, err := s.MatterReports(ctx, profile)
	var last program.Date
	for _, r := range reports {
		if r.Flow == "profil" {
			last = max(last, r.OccurredOn)
		}
	}
	return last, err
}
