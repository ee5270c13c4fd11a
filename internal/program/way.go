package program

import "slices"

// StageChange is a participant's coming from one stage to another (program.md 2.1, RiwayatTahap).
type StageChange struct {
	Cause       string // the id of the report or the turn that brought it about
	Participant string
	From, To    Stage
	On          Date
	By          string      // person id
	Reason      StageReason // empty when it follows by itself
}

// StageReason is why somebody's stage was changed by hand (program.md 2.2-T). There is none for
// what a woman may have gone back to, and none may be added.
type StageReason string

// StageReasons lists them.
func StageReasons() []StageReason {
	return []StageReason{
		"mau_sendiri", "selesai_program", "pindah_daerah", "pekerjaan_lain", "keluarga", "kesehatan",
		"sulit_dihubungi", "tidak_cocok", "keputusan_pengurus", "dirujuk", "tidak_disebutkan",
	}
}

// Active reports whether the stage is one of the way itself: she is being accompanied.
func (s Stage) Active() bool {
	return slices.Contains([]Stage{
		Reached, Registered, Selection, Waiting, Choosing, TemuWicara, Bimtek, Capital, Trading, Independent,
	}, s)
}

// Aside reports whether the stage pauses or leaves the way: from there she may come back to where
// she was.
func (s Stage) Aside() bool {
	return slices.Contains([]Stage{Paused, LostContact, ReachAgain, Withdrawn, ReferredAway}, s)
}

// ways are the steps of the way that need nobody's yes (program.md 2.3).
func ways() map[Stage][]Stage {
	return map[Stage][]Stage{
		Reached:     {Registered},
		Registered:  {Selection},
		Selection:   {Choosing, Waiting},
		Waiting:     {Selection, Choosing},
		Choosing:    {TemuWicara},
		TemuWicara:  {Bimtek},
		Bimtek:      {Capital, Trading},
		Capital:     {Trading},
		Trading:     {Independent, Capital},
		Independent: {Concluded},
		Concluded:   {ReachAgain},
	}
}

// Follows reports whether a participant may come from one stage to another without the chair's
// yes; before is the active stage that she was in before from, for one that pauses the way.
func Follows(from, to, before Stage) bool {
	switch {
	case slices.Contains(ways()[from], to):
		return true
	case from.Active() && to.Aside():
		return true
	case from.Aside():
		return to == before && before.Active()
	}
	return false
}

// NeedsChair reports whether a step of the way waits for the chair, although it may be one: what ends
// an accompaniment or calls it a success is said by two (program.md 2.3), and who is taken in is for
// the board to say.
func NeedsChair(from, to, before Stage) bool {
	selected := from == Selection && (to == Choosing || to == Waiting) || from == Waiting && to == Choosing
	return !Follows(from, to, before) || selected || to == Independent || to == Concluded
}

// LastActive is the active stage that a participant was in last, as her history tells it, the
// earliest change first; empty when it tells of none.
func LastActive(history []StageChange) Stage {
	for _, change := range slices.Backward(history) {
		for _, stage := range []Stage{change.To, change.From} {
			if stage.Active() {
				return stage
			}
		}
	}
	return ""
}

// Criteria are the three signs by which a participant stands on her own feet (program.md row 155),
// each for three months or more.
type Criteria struct {
	Business  bool // she runs her business alone
	Income    bool // she has a steady income or work
	Customers bool // she has regular customers or orders
}

// Met reports whether all of them are there.
func (c Criteria) Met() bool { return c.Business && c.Income && c.Customers }

// ConcludeAfter is after how many months of accompaniment it may be concluded by others than
// herself: the year of the programme (program.md 2.3).
const ConcludeAfter = 12

// hersToSay are the reasons for which an accompaniment may end at any time: she wants it, or goes.
func hersToSay() []StageReason {
	return []StageReason{"mau_sendiri", "pindah_daerah", "pekerjaan_lain", "dirujuk"}
}

// Wish is that a participant comes to another stage, with what is said for it.
type Wish struct {
	From, To Stage
	Before   Stage // the active stage that she was in last; empty when nobody knows
	Reason   StageReason
	Criteria Criteria
	Months   int  // for how many whole months she has been accompanied
	Chair    bool // it is the chair's own wish
}

// Verdict is what becomes of a wish.
type Verdict uint8

// The verdicts.
const (
	NoSuchStage Verdict = iota // nobody comes there
	SameStage                  // she is there already
	NotYetAlone                // a sign that she stands on her own feet is missing
	TooEarly                   // her year is not over, and she has not asked for it
	WaitsForYes                // the chair is to decide
	AtOnce                     // it is done
)

// Verdict says what becomes of the wish.
func (w Wish) Verdict() Verdict {
	switch {
	case !slices.Contains(Stages(), w.To) || w.To == Reached:
		return NoSuchStage
	case w.From == w.To:
		return SameStage
	case w.To == Independent && w.Before != Independent && !w.Criteria.Met():
		return NotYetAlone
	case w.To == Concluded && w.Months < ConcludeAfter && !slices.Contains(hersToSay(), w.Reason):
		return TooEarly
	case NeedsChair(w.From, w.To, w.Before) && !w.Chair && !w.back():
		return WaitsForYes
	}
	return AtOnce
}

// back reports whether she only comes back to where she was.
func (w Wish) back() bool { return w.From.Aside() && w.To == w.Before && w.Before.Active() }

// Aftercare are the months after which somebody whose accompaniment is concluded is seen again, when
// she is to be seen for so many months (program.md 2.3).
func Aftercare(months int) []int {
	return slices.DeleteFunc([]int{3, 6, 12}, func(n int) bool { return n > months })
}
