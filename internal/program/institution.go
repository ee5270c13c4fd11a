package program

import (
	"slices"
	"time"
)

// permitEnds is how many days before a permit runs out it is time to see to it (program.md row 147).
const permitEnds = 90

// PermitLeft is for how many days a permit is still good, the last one included: 0 on its last day,
// less when it is over; ends is false for one that never runs out.
func PermitLeft(until, today Date) (days int, ends bool) {
	end, now := until.Time(time.UTC), today.Time(time.UTC)
	if end.IsZero() || now.IsZero() {
		return 0, false
	}
	return int(end.Sub(now) / (24 * time.Hour)), true
}

// PermitEnding reports whether it is time to see to a permit.
func PermitEnding(until, today Date) bool {
	days, ends := PermitLeft(until, today)
	return ends && days <= permitEnds
}

// GuestGroup is a part of the way as guests are told of it: they hear of groups, never of somebody.
type GuestGroup string

// The groups; each woman who has been accepted is in one of them.
const (
	GroupLearning    GuestGroup = "belajar"
	GroupCapital     GuestGroup = "modal"
	GroupTrading     GuestGroup = "usaha"
	GroupIndependent GuestGroup = "mandiri"
	GroupConcluded   GuestGroup = "selesai"
	GroupAside       GuestGroup = "jeda"
)

// GuestGroups lists them in the order of the way.
func GuestGroups() []GuestGroup {
	return []GuestGroup{GroupLearning, GroupCapital, GroupTrading, GroupIndependent, GroupConcluded, GroupAside}
}

// GuestGroupOf is the group of somebody at a stage; false for those who have not been accepted (yet).
// Of those who paused or left the way, before says in which stages they were: who was met and never
// accepted is in no group. Without anything on record, she is taken for one who was.
func GuestGroupOf(stage Stage, before []Stage) (GuestGroup, bool) {
	switch stage {
	case Choosing, TemuWicara, Bimtek:
		return GroupLearning, true
	case Capital:
		return GroupCapital, true
	case Trading:
		return GroupTrading, true
	case Independent:
		return GroupIndependent, true
	case Concluded:
		return GroupConcluded, true
	case Paused, LostContact, ReachAgain, Withdrawn, ReferredAway:
		return GroupAside, len(before) == 0 || slices.ContainsFunc(before, accepted)
	case Reached, Registered, Selection, Waiting:
	}
	return "", false
}

// Standing is where somebody stands, for counting.
type Standing struct {
	Code    string
	Stage   Stage
	Refused bool // she said no to figures without names: guests are told of none that she is in
}

// CapitalReceived reports whether a capital that stands there has come into her hands.
func CapitalReceived(status string) bool {
	return slices.Contains([]string{"cair", "belanja", "kontrol", "selesai"}, status)
}

// accepted reports whether the stage is one of somebody who has been accepted.
func accepted(s Stage) bool {
	return slices.Contains([]Stage{Choosing, TemuWicara, Bimtek, Capital, Trading, Independent, Concluded}, s)
}
