package conversation

import (
	"errors"
	"fmt"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// A participant gets another companion. The chair and the secretary do it; others propose it. From
// that minute on she is nobody's but the new one's, who reads nothing that was noted before
// (program.md 2.4): companions have no way to read old reports, and what is written about matters of
// long before stays hidden from them, unless she has agreed.

// flowHandOver is the flow that hands somebody over.
const flowHandOver = "serah"

// handOver is what follows from a report that somebody is to have another companion.
func (v *visit) handOver(s *saving) error {
	code, to := s.report.Participant, s.answer("kepada")
	from, err := v.Store.CompanionOf(v.ctx, code)
	if err != nil {
		return fmt.Errorf("find whose participant she is: %w", err)
	}
	if from == to {
		if _, err := v.Store.Report(v.ctx, s.report.ID); err == nil { // it is on record already
			return v.tellOfHandover(code, "", to, s.answer("setuju"))
		}
		return refused{"handover.same"}
	}
	if !v.may(program.HandOver) {
		fields := codedOf(s)
		fields["dari"] = []string{from}
		return v.propose(s, fields)
	}
	ok, err := v.handOverNow(code, from, to)
	if err != nil {
		return err
	}
	if !ok {
		return refused{"handover.not_there"}
	}
	return v.tellOfHandover(code, from, to, s.answer("setuju"))
}

// handOverNow plans it; false when she is another's by now,
// or when the new companion does not accompany anybody any more.
func (v *visit) handOverNow(code, from, to string) (bool, error) {
	is, err := v.Store.CompanionOf(v.ctx, code)
	if errors.Is(err, turn.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, fmt.Errorf("find whose participant she is: %w", err)
	}
	if _, there, err := v.stillCompanion(to); err != nil || is != from || !there {
		return false, err
	}
	v.plan.Way.Handed = append(v.plan.Way.Handed, turn.Handover{Participant: code, To: to, By: v.person.ID})
	v.audit("person.assign", code)
	return true, nil
}

// stillCompanion is somebody by her id; false when she does not accompany anybody (any more).
func (v *visit) stillCompanion(id string) (program.Person, bool, error) {
	p, err := v.Store.Person(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) {
		return p, false, nil
	}
	if err != nil {
		return p, false, fmt.Errorf("find a companion: %w", err)
	}
	return p, p.Active && p.Role.Accompanies(), nil
}

// tellOfHandover tells both companions, by code only; from is empty when it is not known any more.
func (v *visit) tellOfHandover(code, from, to, agreed string) error {
	mate, err := v.Store.Person(v.ctx, to)
	if err != nil {
		return fmt.Errorf("find a companion: %w", err)
	}
	if was, err := v.Store.Person(v.ctx, from); err == nil && was.ID != v.person.ID {
		v.tell(was, v.Words(was.Lang).Format("handover.gone", map[string]any{"Code": code, "Name": mate.Name}))
	}
	t := v.Words(mate.Lang)
	key := "handover.yours"
	if agreed != flow.Yes {
		key = "handover.yours_unasked"
	}
	v.tell(mate, t.Format(key, map[string]any{"Code": code}))
	return nil
}

// unreadDays is for how long before a handover the new companion may read what was written freely;
// handoversMost, among how many of a participant it is looked for.
const (
	unreadDays    = 90
	handoversMost = 20
)

// beforeHandover reports whether a matter is one of long before its participant was handed over to
// the person: what was written freely about it stays sealed, unless she has agreed.
func (v *visit) beforeHandover(m program.Matter) (bool, error) {
	if m.Participant == "" {
		return false, nil
	}
	all, err := v.Store.LatestReports(v.ctx, flowHandOver, m.Participant, "", handoversMost)
	if err != nil {
		return false, fmt.Errorf("look when she was handed over: %w", err)
	}
	for _, r := range all {
		if said := fieldsOf(r); said.Get("kepada") == v.person.ID {
			old := program.DateOf(m.OpenedAt.In(v.Zone)) < r.OccurredOn.AddDays(-unreadDays)
			return old && said.Get("setuju") != flow.Yes, nil
		}
	}
	return false, nil
}

// mayTake reports whether somebody of the staff can be picked in a flow: whom a participant is handed
// over to, or who stands in for her companion, accompanies others, and is not the person herself.
func (v *visit) mayTake(f *flow.Flow, p program.Person) bool {
	return f.ID != flowHandOver && f.ID != flowSecond || p.Role.Accompanies() && p.ID != v.person.ID
}

// mateLabel is what one of the staff is called in a list: while she is away, it says so.
func (v *visit) mateLabel(p program.Person) string {
	if !p.AwayOn(program.DateOf(v.now)) {
		return p.Name
	}
	return v.t.Plain("team.away_label", map[string]any{"Name": p.Name})
}
