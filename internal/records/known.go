package records

import (
	"regexp"
	"slices"
	"sync"

	"github.com/dampingi/dampingi/internal/program"
)

// known keeps the people who are talking and whom they accompany, opened, so that not every
// turn has to read and open them again. It is always right:
//
//   - A write that concerns people forgets them after its commit and before whoever wrote is
//     answered.
//   - What was read before such a write is not taken in after it.
//   - What another process wrote (dampingi people, import) is noticed by the next
//     transaction. Since an update is handled only after a transaction has taken it in, nobody
//     who has been let go is listened to once more.
type known struct {
	mu        sync.Mutex
	age       uint64                    // counts the forgettings
	others    int64                     // the number that changes when another process has written
	people    map[string]program.Person // by the chat's key
	caseloads map[string]caseload       // by the companion
	keys      map[int64]string          // of chats; these never change
	staff     []program.Person          // all of them; nil when they are to be read
}

// caseload is whom a companion accompanies on a day: with the day, a consent may end.
type caseload struct {
	day program.Date
	all []program.Participant
}

// knownMost bounds each of them.
const knownMost = 2048

func newKnown() *known {
	return &known{
		people: make(map[string]program.Person), caseloads: make(map[string]caseload), keys: make(map[int64]string),
	}
}

// key gives what stands for a chat. It is needed four times a step, which would make hashing
// it a thirtieth of a step's cost.
func (k *known) key(chat int64, hash func(int64) string) string {
	k.mu.Lock()
	defer k.mu.Unlock()
	key, ok := k.keys[chat]
	if !ok {
		key = hash(chat)
		put(k.keys, chat, key)
	}
	return key
}

// person gives whose chat it is, or the age at which somebody may be taken in.
func (k *known) person(chat string) (p program.Person, age uint64, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	p, ok = k.people[chat]
	return p, k.age, ok
}

// caseload gives whom a companion accompanies, or the age at which they may be taken in. All
// who ask share it: nobody may change it.
func (k *known) caseload(companion string, day program.Date) (all []program.Participant, age uint64, ok bool) {
	k.mu.Lock()
	defer k.mu.Unlock()
	load := k.caseloads[companion]
	return slices.Clip(load.all), k.age, load.day == day
}

// everybody gives the staff, or nothing and the age at which they may be taken in. All who ask share
// them: nobody may change them.
func (k *known) everybody() (staff []program.Person, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	return slices.Clip(k.staff), k.age
}

// keepStaff takes the staff in, read since the age.
func (k *known) keepStaff(staff []program.Person, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age == k.age {
		k.staff = staff
	}
}

// keepPerson takes somebody in who was read since the age.
func (k *known) keepPerson(chat string, p program.Person, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age == k.age {
		put(k.people, chat, p)
	}
}

// keepCaseload takes in whom a companion accompanies, read since the age.
func (k *known) keepCaseload(companion string, load caseload, age uint64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if age == k.age {
		put(k.caseloads, companion, load)
	}
}

// put makes room by forgetting any other.
func put[K comparable, V any](m map[K]V, key K, v V) {
	if len(m) >= knownMost {
		for other := range m {
			delete(m, other)
			break
		}
	}
	m[key] = v
}

// stale is what a transaction has made out of date.
type stale struct {
	people    bool     // anybody may have changed
	caseloads []string // the order of these companions' participants has
}

// any tells whether anything is.
func (s *stale) any() bool { return s.people || len(s.caseloads) > 0 }

// notice forgets everybody when another process has written: then the number is another one.
func (k *known) notice(others int64) {
	k.mu.Lock()
	same := k.others == others
	k.mu.Unlock()
	if same {
		return
	}
	k.forget(stale{people: true}) // before the number is known to whoever asks beside us
	k.mu.Lock()
	k.others = others
	k.mu.Unlock()
}

// own takes in the number that a write of ours has left, unless another process wrote meanwhile.
func (k *known) own(others int64) {
	k.mu.Lock()
	defer k.mu.Unlock()
	if k.others == others-1 {
		k.others = others
	}
}

// forget forgets what is out of date.
func (k *known) forget(s stale) {
	if !s.any() {
		return
	}
	k.mu.Lock()
	defer k.mu.Unlock()
	k.age++
	if s.people {
		clear(k.people)
		clear(k.caseloads)
		k.staff = nil
		return
	}
	for _, companion := range s.caseloads {
		delete(k.caseloads, companion)
	}
}

// concernsPeople tells of a statement whether it writes what known keeps: the text decides,
// so that nobody has to remember it with a new one.
func concernsPeople(text string) bool { return writesPeople.MatchString(text) }

var writesPeople = regexp.MustCompile(`(?is)\b(INSERT(\s+OR\s+\w+)?\s+INTO|REPLACE\s+INTO|UPDATE(\s+OR\s+\w+)?|DELETE\s+FROM)\s+(person|participant|chat|pin|contact|consent)\b`) //nolint:gochecknoglobals // compiled once, never changed
