package vitals

import (
	"slices"
	"time"
)

// Memory is what is remembered from one look to the next. It is kept over a restart, so that a bot that
// is started again and again says nothing twice.
type Memory struct {
	States map[Name]State `json:"states,omitempty"`
	Told   time.Time      `json:"told,omitzero"` // when the last message went out
}

// State is what is remembered of one trouble; the zero State is that of one that is over.
type State struct {
	Since time.Time `json:"since,omitzero"` // since when it lasts, as far as it was seen
	Well  time.Time `json:"well,omitzero"`  // since when it is not seen any more, while nobody was told of its end
	Told  time.Time `json:"told,omitzero"`  // when its beginning was last told
	Open  bool      `json:"open,omitzero"`  // its beginning was told, and its end was not
}

// News is something that the administrator is to be told: all of one look is one message.
type News struct {
	Name  Name
	Over  bool
	Since time.Time // when it began
	For   time.Duration
}

// How often somebody is told.
const (
	mutedFor = 6 * time.Hour   // the same trouble is told once in that time
	calmFor  = 5 * time.Minute // a trouble is over when it was not seen for so long
	bundled  = 5 * time.Minute // there is at most one message in that time
	dayFrom  = 7               // o'clock: from then on what can wait is told
	dayTo    = 21
)

// Look says what there is to be told now, and what is to be remembered once it is told. Nothing of its
// arguments is changed, and the same arguments give the same.
//
// A trouble is told once when it has lasted long enough, and once more when it is over. One that comes
// back within six hours is told after them, if it is still there; an end is told only of what was
// told. What happens and has no end is told at most once in six hours. There is at most one message in
// five minutes, with all that came together.
func Look(f Figures, was Memory) (all []News, now Memory) {
	now = Memory{States: make(map[Name]State), Told: earlier(was.Told, f.At)}
	may := f.At.Sub(now.Told) >= bundled || now.Told.IsZero()
	for _, t := range Troubles() {
		look := t.lasts
		if t.Last != nil {
			look = t.happens
		}
		s, news := look(f, was.States[t.Name].upTo(f.At), may)
		if news != nil {
			all = append(all, *news)
		}
		if s != (State{}) {
			now.States[t.Name] = s
		}
	}
	if len(all) > 0 {
		now.Told = f.At
	}
	return all, now
}

// happens is Look for a trouble that has no end.
func (t Trouble) happens(f Figures, s State, may bool) (State, *News) {
	last := earlier(t.Last(f), f.At)
	if !may || !last.After(s.Told) || !s.mayTell(f.At) {
		return s, nil
	}
	s.Told = f.At
	return s, &News{Name: t.Name, Since: last}
}

// lasts is Look for a trouble that begins and ends.
func (t Trouble) lasts(f Figures, s State, may bool) (State, *News) {
	if !t.Is(f) {
		return t.well(f, s, may)
	}
	if s.Well = (time.Time{}); s.Since.IsZero() {
		s.Since = f.At
	}
	if s.Open || !may || f.At.Sub(s.Since) < t.After || !s.mayTell(f.At) || !t.wakes(f.At) {
		return s, nil
	}
	s.Told, s.Open = f.At, true
	return s, &News{Name: t.Name, Since: s.Since}
}

// well is Look for a trouble that is not seen.
func (t Trouble) well(f Figures, s State, may bool) (State, *News) {
	if s.Open && s.Well.IsZero() {
		s.Well = f.At
	}
	var news *News
	switch {
	case s.Open && (!may || f.At.Sub(s.Well) < calmFor):
		return s, nil
	case s.Open:
		news = &News{Name: t.Name, Over: true, Since: s.Since, For: s.Well.Sub(s.Since)}
	}
	s = State{Told: s.Told}
	if s.mayTell(f.At) {
		s.Told = time.Time{} // and nothing needs to be remembered
	}
	return s, news
}

// mayTell reports whether it was not told lately.
func (s State) mayTell(now time.Time) bool { return s.Told.IsZero() || now.Sub(s.Told) >= mutedFor }

// wakes reports whether somebody may be told at that hour.
func (t Trouble) wakes(at time.Time) bool {
	return !t.Day || at.Hour() >= dayFrom && at.Hour() < dayTo
}

// upTo lets go of times that are still to come: the clock was put back, and nobody is to wait until it
// has come there again.
func (s State) upTo(now time.Time) State {
	s.Since, s.Well, s.Told = earlier(s.Since, now), earlier(s.Well, now), earlier(s.Told, now)
	return s
}

// earlier is the earlier of two times.
func earlier(a, b time.Time) time.Time {
	if b.Before(a) {
		return b
	}
	return a
}

// Lasting lists the troubles that are seen now, told or not, for whoever shows them.
func Lasting(f Figures) []Name {
	var names []Name
	for _, t := range Troubles() {
		if t.Last == nil && t.Is(f) || t.Last != nil && fresh(f, t.Last(f), eventFresh) {
			names = append(names, t.Name)
		}
	}
	return names
}

// Same reports whether nothing has changed that would have to be remembered.
func (m Memory) Same(o Memory) bool {
	if !m.Told.Equal(o.Told) || len(m.States) != len(o.States) {
		return false
	}
	for name, s := range m.States {
		p, ok := o.States[name]
		same := slices.EqualFunc([]time.Time{s.Since, s.Well, s.Told}, []time.Time{p.Since, p.Well, p.Told}, time.Time.Equal)
		if !ok || !same || s.Open != p.Open {
			return false
		}
	}
	return true
}
