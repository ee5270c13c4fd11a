package conversation

import (
	"errors"
	"fmt"
	"maps"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// Selection (program.md F02): a companion proposes, everybody of the board votes, and two of them
// accept. What speaks for a candidate is shown as ticks; nothing adds them up.

// candidacyNoun is how candidates before the board are shown. A list has her code and not her alias.
func candidacyNoun() noun {
	return noun{
		kind: program.Candidacy, icon: "🗳", title: "matter.selections", word: "seleksi",
		label: func(_ *visit, m program.Matter) string { return m.Participant },
		lines: (*visit).voteLines,
		moves: []matterMove{{
			name: "reconsider", icon: "🔁", key: "votes.again", deed: program.ReportDeed("putusan"),
			fits: func(_ *visit, m program.Matter) bool { return m.Status == "ditunda" },
			do:   (*visit).reconsider,
		}},
	}
}

// proposed puts a candidate before the board, once. Nobody in particular is responsible for it: whoever
// accompanies her sees what becomes of it.
func (v *visit) proposed(s *saving) error {
	code := s.report.Participant
	open, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: program.Candidacy, Participant: code, Open: true})
	if err != nil {
		return fmt.Errorf("look whether she is before the board: %w", err)
	}
	if slices.ContainsFunc(open, func(m program.Matter) bool { return m.ID != s.matter.ID }) {
		return refused{"votes.open_already"}
	}
	s.matter.Owner = ""
	return v.advance(s, code, program.Selection, program.Registered, program.Waiting)
}

// voted notes a vote. It stands in its own report, sealed with the candidate's key; the candidacy only
// moves on by it, so that a decision that did not know of it is not stored.
func (v *visit) voted(s *saving) error {
	if s.was.Ended() {
		return refused{"say.matter_moved_on"}
	}
	if _, err := v.agreeing(s.was.Participant); err != nil {
		return err
	}
	if program.VoteChoice(s.answer("suara")) != program.InFavour && s.answer("alasan") == "" {
		return refused{"votes.say_why"}
	}
	meets, lacks := answersTo(s.told, "memenuhi"), answersTo(s.told, "belum")
	if slices.ContainsFunc(meets, func(code string) bool { return slices.Contains(lacks, code) }) {
		return refused{"votes.both"}
	}
	s.matter.Fields = maps.Clone(s.was.Fields)
	return nil
}

// answersTo are all values of an answer.
func answersTo(told []flow.Answer, name string) []string {
	for _, a := range told {
		if a.Name == name {
			return a.Values
		}
	}
	return nil
}

// decided brings a candidate further on her way, and tells her companion. Nobody accepts anybody alone.
func (v *visit) decided(s *saving) error {
	code := s.was.Participant
	if _, err := v.agreeing(code); err != nil {
		return err
	}
	to := program.Waiting
	if s.matter.Status == "diterima" {
		votes, err := v.votesOn(s.was.ID)
		if err != nil {
			return err
		}
		if !program.MayAccept(votes) {
			return refused{"votes.two_needed"}
		}
		to = program.Choosing
	}
	if s.answer("alasan_umum") == "" {
		delete(s.matter.Fields, "alasan_umum") // of an earlier decision
	}
	if err := v.advance(s, code, to, program.Selection, program.Waiting); err != nil {
		return err
	}
	args := map[string]any{"Code": code, "Why": v.choiceLabel("putusan", "alasan_umum", *s.matter)}
	switch s.matter.Status {
	case "diterima":
		return v.tellCompanion(code, "votes.accepted", args)
	case "ditunda":
		return v.tellCompanion(code, "votes.deferred", args)
	}
	return v.tellCompanion(code, "votes.declined", args)
}

// undecided tells her companion that a decision of which she was told has been taken back.
func (v *visit) undecided(matter string) error {
	m, ok, err := v.seen(matter)
	if err != nil || !ok {
		return err
	}
	return v.tellCompanion(m.Participant, "votes.taken_back", map[string]any{"Code": m.Participant})
}

// reconsider brings a candidate who was put off before the board again.
func (v *visit) reconsider(m program.Matter) error {
	p, err := v.agreeing(m.Participant)
	var no refused
	switch {
	case errors.As(err, &no):
		v.said = no.key
		return v.turnedTo(matter)
	case err != nil:
		return err
	}
	if p.Stage == program.Waiting && m.Status == "ditunda" {
		v.stage(p.Code, program.Waiting, program.Selection, v.runID()+"."+m.ID, "")
	}
	return v.bring(m, "menunggu", nil)
}
