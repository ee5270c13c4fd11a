package program

import "slices"

// Deed is something that somebody wants to do or to see, and needs a right for. The menus,
// the commands, the lists to pick from and the checks are all derived from the table of Rights.
type Deed string

// The deeds of the house itself. Every flow adds one of its own: ReportDeed.
const (
	UseMenu   Deed = "menu"      // be spoken to as one of the institution's own people
	SeeWeek   Deed = "week"      // how many reports of each kind there are this week, and nothing else
	Accompany Deed = "accompany" // have participants of her own, and see their codes and aliases

	SafeContact Deed = "contact"      // see and settle how a participant may be reached, her kata aman and her phone
	AnswerAlarm Deed = "alarm"        // be told of a kata aman, by code, and take care of her
	SeeRequests Deed = "requests"     // see what participants have asked for about their data, and note it as done
	ManageTeam  Deed = "team"         // cut off a lost phone of the staff, invite anew, let somebody go
	OpenNotes   Deed = "notes"        // read what companions have noted about a participant, with a reason, on record
	Decide      Deed = "decide"       // say yes or not yet to what others propose about a participant's way
	HandOver    Deed = "hand_over"    // give a participant another companion, and not only propose it
	SeeDigest   Deed = "digest"       // be told each Monday how the week before was, and who opened whose data
	InfoSheet   Deed = "info_sheet"   // figures for guests: none that fewer than five are behind
	SeeAll      Deed = "participants" // see every participant's code, alias and stage
	AnswerCall  Deed = "call"         // be told that a participant would like to be called, and note that she was
	Invite      Deed = "invite"       // invite participants to a session, note what they answered, and whether they came
	OwnData     Deed = "own_data"     // what is held about oneself: see it, correct it, withdraw, pause, erase
)

// SeeDeed is seeing the matters of a kind: their list, and their cards as far as they are hers to see.
func SeeDeed(k MatterKind) Deed { return Deed("see." + string(k)) }

// ReportDeed is making and taking back reports of a kind.
func ReportDeed(flow string) Deed { return Deed("report." + flow) }

// Scope says over whom a right reaches.
type Scope uint8

// The scopes. What no row of the table allows is nobody's.
const (
	Nobody Scope = iota
	Own          // what is about nobody else
	Hers         // the participants whom she accompanies
	Everybody
)

// String is the scope's name, as in docs/rights.md.
func (s Scope) String() string { return [...]string{"–", "own", "hers", "all"}[s] }

// Right is one row of the table: a deed, how far it reaches, and whose right it is.
type Right struct {
	Deed  Deed
	Scope Scope
	Roles []Role
}

// Rights is the one table of who may do what (program.md 2.4). It denies what it does not allow.
type Rights struct{ rows []Right }

// NewRights makes the table of the house's own rights and of those that are added, one row for
// each flow.
func NewRights(more ...Right) Rights {
	return Rights{rows: append([]Right{
		{UseMenu, Everybody, []Role{Chair, Secretary, Treasurer, Coordinator, Companion}},
		{SeeWeek, Everybody, []Role{Chair, Secretary, Treasurer}},
		{Accompany, Hers, []Role{Coordinator, Companion}},
		{SafeContact, Hers, []Role{Coordinator, Companion}},
		{AnswerAlarm, Everybody, []Role{Chair}},
		{AnswerAlarm, Hers, []Role{Coordinator, Companion}},
		{SeeRequests, Everybody, []Role{Chair, Secretary}},
		{SeeRequests, Hers, []Role{Coordinator, Companion}},
		{AnswerCall, Hers, []Role{Coordinator, Companion}},
		{ManageTeam, Everybody, []Role{Chair, Secretary}},
		{OpenNotes, Everybody, []Role{Chair}},
		{SeeDigest, Everybody, []Role{Chair}},
		{SeeAll, Everybody, []Role{Chair, Secretary, Treasurer}},
		{SeeDeed(Case), Everybody, []Role{Chair}},
		{SeeDeed(Case), Hers, []Role{Secretary, Treasurer, Coordinator, Companion}},
		{SeeDeed(Session), Everybody, []Role{Chair, Secretary, Coordinator, Companion}},
		{Invite, Everybody, []Role{Chair, Secretary, Coordinator}},
		{Invite, Hers, []Role{Companion}},
		{SeeDeed(Task), Everybody, []Role{Chair, Secretary}},
		{SeeDeed(Task), Hers, []Role{Treasurer, Coordinator, Companion}},
		{SeeDeed(Aid), Everybody, []Role{Chair, Treasurer}},
		{SeeDeed(Aid), Hers, []Role{Coordinator, Companion}},
		{SeeDeed(Partner), Everybody, []Role{Chair, Secretary, Treasurer, Coordinator, Companion}},
		{SeeDeed(Candidacy), Everybody, []Role{Chair, Secretary, Treasurer}},
		{SeeDeed(Candidacy), Hers, []Role{Coordinator, Companion}},
		{Decide, Everybody, []Role{Chair}},
		{HandOver, Everybody, []Role{Chair, Secretary}},
		{SeeDeed(Proposal), Everybody, []Role{Chair}},
		{SeeDeed(Proposal), Hers, []Role{Coordinator, Companion}},
		{SeeDeed(Permit), Everybody, []Role{Chair, Secretary}},
		{SeeDeed(Profile), Everybody, []Role{Chair, Secretary}},
		{InfoSheet, Everybody, []Role{Chair, Secretary, Coordinator, Companion}},
		{OwnData, Own, []Role{Beneficiary}},
	}, more...)}
}

// Scope is how far a role's right to a deed reaches: Nobody when it has none.
func (r Rights) Scope(role Role, deed Deed) Scope {
	widest := Nobody
	for _, row := range r.rows {
		if row.Deed == deed && row.Scope > widest && slices.Contains(row.Roles, role) {
			widest = row.Scope
		}
	}
	return widest
}

// May reports whether a role has a right to a deed at all.
func (r Rights) May(role Role, deed Deed) bool { return r.Scope(role, deed) != Nobody }

// Deeds lists every deed of the table once, in its order.
func (r Rights) Deeds() []Deed {
	var all []Deed
	for _, row := range r.rows {
		if !slices.Contains(all, row.Deed) {
			all = append(all, row.Deed)
		}
	}
	return all
}
