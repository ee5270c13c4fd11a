package conversation

import (
	"maps"

	"github.com/dampingi/dampingi/internal/discreet"
	"github.com/dampingi/dampingi/internal/program"
)

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
	all := staffMoves()
	for _, some := range []moves{recordMoves(), wayMoves(), weekMoves(), herMoves()} {
		maps.Copy(all, some)
	}
	return all
}

// plain is a button that means nothing besides itself.
func plain(do func(*visit) error) func(*visit, string) error {
	return func(v *visit, _ string) error { return do(v) }
}

// staffMoves are the buttons of the staff: those of reports, of the own phone, of a participant's
// safety, and of what the board looks after.
func staffMoves() moves {
	return moves{
		"menu":    {program.UseMenu, nil, plain((*visit).toMenu)},
		"help":    {program.UseMenu, []screen{menu}, plain((*visit).help)},
		"flow":    {program.UseMenu, []screen{menu, more}, (*visit).beginNamed},
		"draft":   {program.UseMenu, []screen{menu}, (*visit).takeUp},
		"undo":    {program.UseMenu, []screen{receipt}, plain((*visit).undo)},
		"again":   {program.UseMenu, []screen{receipt}, plain((*visit).anew)},
		"mend":    {program.UseMenu, []screen{takenBack}, plain((*visit).mend)},
		"resume":  {program.UseMenu, []screen{offer, dropped}, plain((*visit).resume)},
		"discard": {program.UseMenu, []screen{offer}, plain((*visit).discard)},

		"reopen": {program.UseMenu, []screen{hidden}, plain((*visit).toMenu)},
		"lock":   {program.UseMenu, []screen{menu, more}, plain((*visit).lock)},
		"pin":    {program.UseMenu, []screen{menu, more}, plain((*visit).choosePIN)},
		"steps":  {program.UseMenu, []screen{hardWord}, plain((*visit).toSteps)},
		"chair":  {program.UseMenu, []screen{safeSteps}, plain((*visit).callChair)},
		"not":    {program.UseMenu, []screen{hardWord, safeSteps}, plain((*visit).notHard)},
		"hide":   {program.UseMenu, nil, plain((*visit).hide)},

		"next": {program.UseMenu, []screen{menu}, (*visit).beginNext},

		"cares":   {program.SafeContact, []screen{menu, more, care}, plain((*visit).toCares)},
		"care":    {program.SafeContact, []screen{cares}, (*visit).toCare},
		"contact": {program.SafeContact, []screen{care}, plain((*visit).editContact)},
		"consent": {program.SafeContact, []screen{care}, plain((*visit).askConsent)},
		"guest":   {program.SafeContact, []screen{care}, plain((*visit).askVisit)},
		"keep":    {program.SafeContact, []screen{care}, plain((*visit).keepWard)},
		"word":    {program.SafeContact, []screen{care}, plain((*visit).toWord)},

		"page":   {program.UseMenu, []screen{cares, team, asked, calls, matters, friends, inviting, replying, todo}, (*visit).turnPage},
		"team":   {program.ManageTeam, []screen{menu, more, mate}, plain((*visit).toTeam)},
		"mate":   {program.ManageTeam, []screen{team}, (*visit).toMate},
		"notes":  {program.OpenNotes, []screen{menu, more, notes, notesWhy}, plain((*visit).toNotes)},
		"why":    {program.OpenNotes, []screen{notesWhy}, (*visit).openNotes},
		"asked":  {program.SeeRequests, []screen{menu, more, asked}, plain((*visit).toAsked)},
		"calls":  {program.AnswerCall, []screen{menu, more, calls}, plain((*visit).toCalls)},
		"called": {program.AnswerCall, []screen{calls}, (*visit).askDone},
		"reach":  {program.AnswerCall, []screen{calls}, plain((*visit).didCall)},
		"done":   {program.SeeRequests, []screen{asked}, (*visit).askDone},
		"did":    {program.SeeRequests, []screen{asked}, plain((*visit).did)},
		"invite": {program.UseMenu, []screen{care, mate}, plain((*visit).inviteShown)},
		"sure":   {program.UseMenu, []screen{care, mate}, (*visit).toSure},
		"really": {program.UseMenu, []screen{sure}, plain((*visit).really)},
		"back":   {program.UseMenu, []screen{sure, wordNew, link}, plain((*visit).back)},
	}
}

// weekMoves are those of the chair's week.
func weekMoves() moves {
	return moves{
		"week":    {program.SeeDigest, []screen{menu, more}, plain((*visit).lastWeek)},
		"weekof":  {program.SeeDigest, []screen{weekly}, (*visit).anotherWeek},
		"decide":  {program.SeeDigest, []screen{weekly}, (*visit).toDecision},
		"block":   {program.SeeDigest, []screen{weekly}, (*visit).toBlock},
		"takeout": {program.SeeDigest, []screen{weekly}, (*visit).takeOut},
		"askteam": {program.SeeDigest, []screen{weekly}, plain((*visit).askTeam)},
		"noask":   {program.SeeDigest, []screen{weekly}, plain((*visit).askNobody)},
	}
}

// recordMoves are those of lists and cards: of matters, of participants, of a session, of figures for guests.
func recordMoves() moves {
	return moves{
		"more":    {program.UseMenu, []screen{menu}, func(v *visit, _ string) error { return v.turnedTo(more) }},
		"matters": {program.UseMenu, []screen{menu, more, matter}, (*visit).toMatters},
		"sift":    {program.UseMenu, []screen{matters}, (*visit).sift},
		"matter":  {program.UseMenu, []screen{matters}, (*visit).toMatter},
		"see":     {program.UseMenu, []screen{receipt}, plain((*visit).seeMatter)},
		"move":    {program.UseMenu, []screen{matter}, (*visit).moveMatter},
		"on":      {program.UseMenu, []screen{matter}, (*visit).onMatter},
		"open":    {program.UseMenu, []screen{matters}, (*visit).openNamed},
		"friends": {program.UseMenu, []screen{menu, more, friend, friends}, plain((*visit).toFriends)},
		"friend":  {program.UseMenu, []screen{friends}, (*visit).toFriend},
		"about":   {program.UseMenu, []screen{friend}, (*visit).aboutFriend},

		"info":     {program.InfoSheet, []screen{menu, more, weekly}, plain((*visit).toInfo)},
		"infotext": {program.InfoSheet, []screen{infoSheet}, plain((*visit).sendInfo)},
		"session":  {program.UseMenu, []screen{inviting, replying}, plain((*visit).toSession)},
		"invitee":  {program.Invite, []screen{inviting}, (*visit).turnGuest},
		"group":    {program.Invite, []screen{inviting}, (*visit).inviteGroup},
		"reply":    {program.Invite, []screen{replying}, (*visit).turnReply},
		"attend":   {program.Invite, []screen{menu}, plain((*visit).attendNext)},
	}
}

// wayMoves are those of a participant's way, of what is proposed about it, and of the staff's own cards.
func wayMoves() moves {
	return moves{
		"ended":     {program.UseMenu, []screen{friends}, plain((*visit).toEnded)},
		"decline":   {program.Decide, []screen{declining}, (*visit).decline},
		"undecided": {program.Decide, []screen{declining}, plain((*visit).leaveUndecided)},
		"progress":  {program.Accompany, []screen{menu}, plain((*visit).talkOfProgress)},
		"duties":    {program.UseMenu, []screen{menu, more, oneDuty}, plain((*visit).toDuties)},
		"duty":      {program.UseMenu, []screen{todo}, (*visit).toDuty},
		"wait":      {program.UseMenu, []screen{oneDuty}, (*visit).putOffDuty},
		"check":     {program.Accompany, []screen{receipt}, plain((*visit).nextCheck)},
		"act":       {program.UseMenu, []screen{oneDuty}, (*visit).doDuty},
		"me":        {program.UseMenu, []screen{menu, more, myHours}, plain((*visit).toMe)},
		"hours":     {program.UseMenu, []screen{me}, plain((*visit).toHours)},
		"hour":      {program.UseMenu, []screen{myHours}, (*visit).setHours},
		"leave":     {program.UseMenu, []screen{me, mate}, plain((*visit).leave)},
		"here":      {program.UseMenu, []screen{me, mate}, plain((*visit).here)},
		"profile":   {program.UseMenu, []screen{me}, plain((*visit).tellProfile)},
	}
}

// herMoves are the buttons of a participant.
func herMoves() moves {
	to := func(s screen) func(*visit, string) error {
		return func(v *visit, _ string) error { return v.herTo(s) }
	}
	return moves{
		"h.hide":     {program.OwnData, nil, plain((*visit).cover)},
		"h.explain":  {program.OwnData, nil, plain((*visit).explain)},
		"h.later":    {program.OwnData, nil, plain((*visit).later)},
		"h.choices":  {program.OwnData, nil, to(herChoices)},
		"h.yes":      {program.OwnData, []screen{herConsent}, func(v *visit, _ string) error { return v.answerConsent("yes") }},
		"h.no":       {program.OwnData, []screen{herConsent}, func(v *visit, _ string) error { return v.answerConsent("no") }},
		"h.consents": {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { v.m.Page = Page{}; return v.herTo(herConsents) }},
		"h.turn":     {program.OwnData, []screen{herConsents}, (*visit).turnConsent},
		"h.schedule": {program.OwnData, []screen{menu, herNews}, plain((*visit).openSchedule)},
		"h.next":     {program.OwnData, []screen{herSchedule}, plain((*visit).nextOfHers)},
		"h.reply":    {program.OwnData, []screen{herSchedule, herNews}, (*visit).replyHers},
		"h.rate":     {program.OwnData, []screen{herSchedule}, (*visit).rate},
		"h.numbers":  {program.OwnData, []screen{herChoices}, to(herNumbers)},
		"h.data":     {program.OwnData, []screen{herChoices}, plain((*visit).openData)},
		"h.opened":   {program.OwnData, []screen{herData}, to(herOpened)},
		"h.alias":    {program.OwnData, []screen{herData}, to(herAlias)},
		"h.correct":  {program.OwnData, []screen{herData}, plain((*visit).askCorrection)},
		"h.erase":    {program.OwnData, []screen{herData}, to(herErase)},
		"h.keep":     {program.OwnData, []screen{herErasing}, plain((*visit).keepHers)},
		"h.pause":    {program.OwnData, []screen{herChoices}, plain((*visit).pauseHers)},
		"h.resume":   {program.OwnData, []screen{herChoices}, plain((*visit).resumeHers)},
		"h.word":     {program.OwnData, []screen{herChoices}, to(wordNew)},
		"h.pin":      {program.OwnData, []screen{herChoices}, plain((*visit).choosePIN)},
		"h.call":     {program.OwnData, nil, plain((*visit).callMe)},
		"h.when":     {program.OwnData, []screen{herCall}, (*visit).wishCall},
		"h.calloff":  {program.OwnData, []screen{herCall}, plain((*visit).callOff)},
		"h.target":   {program.OwnData, nil, plain((*visit).openTarget)},
		"h.near":     {program.OwnData, []screen{herTarget}, func(v *visit, _ string) error { return v.targetHolds(discreet.PageTargetNear) }},
		"h.still":    {program.OwnData, []screen{herTarget}, func(v *visit, _ string) error { return v.targetHolds(discreet.PageTargetStill) }},
		"h.retarget": {program.OwnData, []screen{herTarget}, to(herTargetNew)},
		"h.untarget": {program.OwnData, []screen{herTarget}, plain((*visit).dropTarget)},
		"h.guest":    {program.OwnData, []screen{menu}, plain((*visit).openGuest)},
		"h.glad":     {program.OwnData, []screen{menu}, plain((*visit).openGlad)},
		"h.own":      {program.OwnData, []screen{herData, herGrowth}, to(herOwn)},
		"h.growth":   {program.OwnData, []screen{herData, herOwn}, to(herGrowth)},
		"h.copy":     {program.OwnData, []screen{herData}, plain((*visit).askCopy)},
		"h.lock":     {program.OwnData, []screen{herChoices}, func(v *visit, _ string) error { v.m.Active = 0; return v.cover() }},
	}
}
