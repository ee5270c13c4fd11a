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

// NeedsChair reports whether a step of the way waits for the chair, although it is one: what ends
// an accompaniment or calls it a success is said by two (program.md 2.3).
func NeedsChair(from, to, before Stage) bool {
	return !Follows(from, to, before) || to == Independent || to == Concluded
}
