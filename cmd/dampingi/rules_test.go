package main

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"
	"time"

	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/reminder"
	"github.com/dampingi/dampingi/internal/turn"
)

// ruleCase is a rule of reminders at work: what has to be so for it to have something to say, when, to
// whom, and what ends it. What every rule has to hold is tested on each (TestEveryRule...).
type ruleCase struct {
	rule    string
	name    string
	arrange func(h *house) // what has to be so, at the houses' instant
	due     string         // when it is told, RFC3339
	chat    int64          // whom
	says    string         // a part of what she is told
	done    func(h *house) // the report, or whatever takes its reason away
	moved   func(h *house) // it is due at another time from now on; nil where there is no date to be moved
	movedTo string         // when it is told then

	besides map[string]string // a check (one of the names below) that does not apply to it, and why
}

// The checks that a case may say do not apply to it. Those that follow from the rule do not have to be
// named: what is urgent is told at any hour, what has a message of its own is in no bundle, and
// participants have hours and limits of their own, with tests of their own.
const (
	checkHours    = "hours"
	checkLimit    = "limit"
	checkTogether = "together"
	checkBusy     = "busy"
	checkAgain    = "again"
	checkLate     = "late"
)

// ruleCases are those of all rules.
func ruleCases() []ruleCase {
	return slices.Concat(contactCases(), houseCases(), businessCases(), thanksCases(), hersCases(), dateCases(), casesCases())
}

// ruleOf is the rule of a case, as the programme has it.
func ruleOf(c ruleCase) reminder.Rule {
	all := reminder.Rules()
	return all[slices.IndexFunc(all, func(r reminder.Rule) bool { return r.ID == c.rule })]
}

// contactCases are those of whom nobody has seen.
func contactCases() []ruleCase {
	return []ruleCase{
		{
			rule: "N01", name: "nobody has seen her", due: "2026-12-02T08:00:00+07:00", chat: yuliChat, says: "Y-271",
			arrange: func(h *house) { h.visits("yuli", "Y-271", "2026-11-18") },
			done:    func(h *house) { h.visits("yuli", "Y-271", "2026-11-30") },
			moved:   func(h *house) { h.visits("yuli", "Y-271", "2026-11-20") }, movedTo: "2026-12-04T08:00:00+07:00",
		},
		{
			rule: "N01", name: "nobody has seen another one of hers", due: "2026-12-02T08:00:00+07:00", chat: yuliChat, says: "Z-999",
			arrange: func(h *house) { h.joins("Z-999", "yuli", "bimtek"); h.visits("yuli", "Z-999", "2026-11-18") },
			done:    func(h *house) { h.visits("yuli", "Z-999", "2026-11-30") },
		},
	}
}

// reported puts a report on record, as if it had been given, with its coded answers ("arah=turun") and its
// numbers ("omzet=250000").
func (h *house) reported(flow, author, code string, day program.Date, facts ...string) {
	h.t.Helper()
	h.given++
	r := program.Report{
		ID: fmt.Sprintf("given-%d", h.given), Flow: flow, FlowVersion: 1, Participant: code, Author: author, OccurredOn: day,
		CreatedAt: h.time.Now().UTC(), Answers: json.RawMessage("{}"),
	}
	for _, f := range facts {
		field, value, _ := strings.Cut(f, "=")
		fact := program.Fact{Field: field, Code: value}
		if n, err := strconv.ParseInt(value, 10, 64); err == nil {
			fact = program.Fact{Field: field, Number: &n}
		}
		r.Facts = append(r.Facts, fact)
	}
	h.plan(turn.Plan{Reports: []program.Report{r}})
}

// joins puts a participant on record, with whoever accompanies her.
func (h *house) joins(code, companion string, stage program.Stage) {
	h.t.Helper()
	if err := h.store.AddParticipant(h.t.Context(), program.Participant{Agreed: program.OnPaper, Code: code, Alias: "Sedap", Stage: stage, Companion: companion}); err != nil {
		h.t.Fatal(err)
	}
}

// visits has somebody met on a day.
func (h *house) visits(companion, code string, day program.Date) {
	h.reported("kunjungan", companion, code, day, "bertemu=ya")
}

// instant reads a time of a case.
func instant(t testing.TB, s string) time.Time {
	t.Helper()
	at, err := time.Parse(time.RFC3339, s)
	if err != nil {
		t.Fatal(err)
	}
	return at
}

// goes lets time pass up to an instant.
func (h *house) goes(at time.Time) {
	h.t.Helper()
	h.time.Set(at)
	h.settle()
}

// said is how many messages of the bot in a chat have a part.
func (h *house) said(chat int64, part string) int {
	n := 0
	for _, m := range h.sim.Messages(chat, 0) {
		if m.From.IsBot && !m.Deleted && strings.Contains(m.Text, part) {
			n++
		}
	}
	return n
}

// everSaid is said with what was taken out of the chat again: the bot sweeps what it told after a day.
func (h *house) everSaid(chat int64, part string) int {
	n := 0
	for _, m := range h.sim.Messages(chat, 0) {
		if m.From.IsBot && strings.Contains(m.Text, part) {
			n++
		}
	}
	return n
}

// local is a time of the day of another time, where the institution is.
func local(at time.Time, days, hour, minute int) time.Time {
	zone := time.FixedZone("WIB", 7*3600)
	y, m, d := at.In(zone).Date()
	return time.Date(y, m, d+days, hour, minute, 0, 0, zone)
}
