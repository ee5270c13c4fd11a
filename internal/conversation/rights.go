package conversation

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Rights is the one table of rights, with a row for every flow: whoever may start it may make
// such reports, about those whom she accompanies when it is about a participant.
func Rights(flows []*flow.Flow) program.Rights {
	rows := make([]program.Right, 0, len(flows))
	for _, f := range flows {
		row := program.Right{Deed: program.ReportDeed(f.ID), Scope: program.Own}
		if f.About == flow.Participant {
			row.Scope = program.Hers
		}
		for _, role := range f.Start {
			row.Roles = append(row.Roles, program.Role(role))
		}
		rows = append(rows, row)
	}
	return program.NewRights(rows...)
}

// may reports whether the person has a right to a deed.
func (v *visit) may(d program.Deed) bool { return v.rights.May(v.person.Role, d) }

// mine is the flows that the person may start.
func (v *visit) mine() []*flow.Flow {
	all := make([]*flow.Flow, 0, len(v.Flows))
	for _, f := range v.Flows {
		if v.may(program.ReportDeed(f.ID)) {
			all = append(all, f)
		}
	}
	return all
}

// commands plans the list of commands that her Telegram shows: those she has a right to, and none
// for a participant, whose phone must not tell what this is.
func (v *visit) commands() {
	m := turn.Message{Form: turn.Commands}
	if v.may(program.UseMenu) {
		for _, f := range v.mine() {
			m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text(f.TitleKey()), Data: f.Command}})
		}
		for _, c := range []turn.Button{{Label: "card.menu", Data: "menu"}, {Label: "card.help", Data: "bantuan"}, {Label: "card.cancel", Data: "batal"}} {
			m.Buttons = append(m.Buttons, []turn.Button{{Label: v.t.Text(c.Label), Data: c.Data}})
		}
	}
	v.plan.Messages = append(v.plan.Messages, m)
}

// move is a button of the house's own cards: the right it needs, the cards it stands on, and
// what it does. A button without a right cannot be written down here, and one that is not
// written down does nothing.
type move struct {
	deed program.Deed
	on   []screen // none: on every card
	do   func(v *visit, value string) error
}

// moves are the buttons by name; flows have their own, and their own rights.
type moves map[string]move

func newMoves() moves {
	plain := func(do func(*visit) error) func(*visit, string) error {
		return func(v *visit, _ string) error { return do(v) }
	}
	return moves{
		"menu":    {program.UseMenu, nil, plain((*visit).toMenu)},
		"help":    {program.UseMenu, []screen{menu}, plain((*visit).help)},
		"flow":    {program.UseMenu, []screen{menu}, (*visit).beginNamed},
		"draft":   {program.UseMenu, []screen{menu}, (*visit).takeUp},
		"undo":    {program.UseMenu, []screen{receipt}, plain((*visit).undo)},
		"again":   {program.UseMenu, []screen{receipt}, plain((*visit).anew)},
		"mend":    {program.UseMenu, []screen{takenBack}, plain((*visit).mend)},
		"resume":  {program.UseMenu, []screen{offer, dropped}, plain((*visit).resume)},
		"discard": {program.UseMenu, []screen{offer}, plain((*visit).discard)},

		"open":   {program.UseMenu, []screen{hidden}, plain((*visit).toMenu)},
		"lock":   {program.UseMenu, []screen{menu}, plain((*visit).lock)},
		"pin":    {program.UseMenu, []screen{menu}, plain((*visit).choosePIN)},
		"steps":  {program.UseMenu, []screen{hardWord}, plain((*visit).toSteps)},
		"chair":  {program.UseMenu, []screen{safeSteps}, plain((*visit).callChair)},
		"not":    {program.UseMenu, []screen{hardWord, safeSteps}, plain((*visit).notHard)},
		"hide":   {program.UseMenu, nil, plain((*visit).hide)},
		"h.hide": {program.OwnData, nil, plain((*visit).cover)},

		"cares":      {program.SafeContact, []screen{menu, care}, plain((*visit).toCares)},
		"care":       {program.SafeContact, []screen{cares}, (*visit).toCare},
		"contact":    {program.SafeContact, []screen{care}, plain((*visit).editContact)},
		"consent":    {program.SafeContact, []screen{care}, plain((*visit).askConsent)},
		"keep":       {program.SafeContact, []screen{care}, plain((*visit).keepWard)},
		"word":       {program.SafeContact, []screen{care}, plain((*visit).toWord)},
		"page":       {program.UseMenu, []screen{cares, team, asked}, (*visit).turnPage},
		"team":       {program.ManageTeam, []screen{menu, mate}, plain((*visit).toTeam)},
		"mate":       {program.ManageTeam, []screen{team}, (*visit).toMate},
		"notes":      {program.OpenNotes, []screen{menu, notes, notesWhy}, plain((*visit).toNotes)},
		"why":        {program.OpenNotes, []screen{notesWhy}, (*visit).openNotes},
		"asked":      {program.SeeRequests, []screen{menu}, plain((*visit).toAsked)},
		"done":       {program.SeeRequests, []screen{asked}, (*visit).done},
		"invite":     {program.UseMenu, []screen{care, mate}, plain((*visit).inviteShown)},
		"sure":       {program.UseMenu, []screen{care, mate}, (*visit).toSure},
		"really":     {program.UseMenu, []screen{sure}, plain((*visit).really)},
		"h.explain":  {program.OwnData, nil, plain((*visit).explain)},
		"h.later":    {program.OwnData, nil, plain((*visit).later)},
		"h.choices":  {program.OwnData, nil, func(v *visit, _ string) error { return v.herTo(herChoices) }},
		"h.yes":      {program.OwnData, []screen{herConsent}, func(v *visit, _ string) error { return v.answerConsent("yes") }},
		"h.no":       {program.OwnData, []screen{herConsent}, func(v *visit, _ string) error { return v.answerConsent("no") }},
		"h.consents": {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { v.m.Page = Page{}; return v.herTo(herConsents) }},
		"h.turn":     {program.OwnData, []screen{herConsents}, (*visit).turnConsent},
		"h.numbers":  {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { return v.herTo(herNumbers) }},
		"h.data":     {program.OwnData, []screen{herChoices}, plain((*visit).openData)},
		"h.opened":   {program.OwnData, []screen{herData}, func(v *visit, _ string) error { return v.herTo(herOpened) }},
		"h.alias":    {program.OwnData, []screen{herData}, func(v *visit, _ string) error { return v.herTo(herAlias) }},
		"h.correct":  {program.OwnData, []screen{herData}, plain((*visit).askCorrection)},
		"h.erase":    {program.OwnData, []screen{herData}, func(v *visit, _ string) error { return v.herTo(herErase) }},
		"h.keep":     {program.OwnData, []screen{herErasing}, plain((*visit).keepHers)},
		"h.pause":    {program.OwnData, []screen{herChoices}, plain((*visit).pauseHers)},
		"h.resume":   {program.OwnData, []screen{herChoices}, plain((*visit).resumeHers)},
		"h.word":     {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { return v.herTo(wordNew) }},
		"h.pin":      {program.OwnData, []screen{herChoices}, plain((*visit).choosePIN)},
		"h.lock":     {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { v.m.Active = 0; return v.cover() }},
		"back":       {program.UseMenu, []screen{sure, wordNew, link}, plain((*visit).back)},
	}
}

// act carries out a button of the house's own cards. One that is not of this card, or not of
// this person, is late like any other: it does not tell what others may do.
func (v *visit) act(action string) error {
	name, value, _ := strings.Cut(action, ":")
	if key, ok := strings.CutPrefix(action, padKey); ok && (v.m.Screen == pinNew || v.m.Screen == pinAgain) {
		return v.pad(key)
	}
	m, ok := v.moves[name]
	if !ok || !v.may(m.deed) || len(m.on) > 0 && !slices.Contains(m.on, v.m.Screen) {
		return v.refuse()
	}
	return m.do(v, value)
}

// beginNamed starts a flow from the menu; one that is not hers is not on it.
func (v *visit) beginNamed(id string) error {
	f := v.flowNamed(id)
	if f == nil || f.Unlisted {
		return v.refuse()
	}
	return v.begin(f, flow.Input{})
}

// refuse answers a button that is not on her card, although it has the card's revision: Telegram's
// own apps send no such thing. It is late like any other, and the audit knows of it.
func (v *visit) refuse() error {
	v.audit("press.refused", v.person.ID)
	v.toast = "say.stale"
	return v.show()
}
