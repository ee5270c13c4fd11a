package conversation

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// ballot is a vote's report, as it is on record.
type ballot struct {
	Choice program.VoteChoice `json:"suara"`
	Meets  []string           `json:"memenuhi"`
	Lacks  []string           `json:"belum"`
	Why    string             `json:"alasan"`
}

// board are the people who decide about candidates, in the order of their roles.
func (v *visit) board() ([]program.Person, error) {
	all, err := v.Store.Staff(v.ctx)
	if err != nil {
		return nil, fmt.Errorf("find the board: %w", err)
	}
	var board []program.Person
	for _, role := range program.Roles() {
		for _, p := range all {
			if p.Role == role && role.OnBoard() && p.Active {
				board = append(board, p)
			}
		}
	}
	return board, nil
}

// votesOn are the votes about a candidate that count.
func (v *visit) votesOn(matter string) ([]program.Vote, error) {
	board, err := v.board()
	if err != nil {
		return nil, err
	}
	reports, err := v.Store.ReportsOn(v.ctx, matter, "suara")
	if err != nil {
		return nil, fmt.Errorf("read the votes: %w", err)
	}
	votes := make([]program.Vote, 0, len(reports))
	for _, r := range reports {
		var b ballot
		if err := json.Unmarshal(r.Answers, &b); err != nil {
			return nil, fmt.Errorf("read the vote %s: %w", r.ID, err)
		}
		votes = append(votes, program.Vote{By: r.Author, Choice: b.Choice, Why: b.Why, Meets: b.Meets, Lacks: b.Lacks})
	}
	ids := make([]string, 0, len(board))
	for _, p := range board {
		ids = append(ids, p.ID)
	}
	return program.VotesThatCount(votes, ids), nil
}

// voteLines are what the board sees on a candidate's card besides her answers: what her companion
// recommends, and who has voted what, and why. Others see none of it.
func (v *visit) voteLines(m program.Matter) ([]string, error) {
	f := v.flowNamed("suara")
	if f == nil {
		return nil, nil
	}
	board, err := v.board()
	if err != nil {
		return nil, err
	}
	votes, err := v.votesOn(m.ID)
	if err != nil {
		return nil, err
	}
	lines := append(v.proposalLines(m), "", v.t.Text("votes.head"))
	if len(votes) == 0 {
		lines = append(lines, v.t.Text("votes.none"))
	}
	names, missing := map[string]string{}, []string{}
	for _, p := range board {
		names[p.ID] = p.Name
		if !voted(votes, p.ID) {
			missing = append(missing, p.Name)
		}
	}
	for _, vote := range votes {
		lines = append(lines, v.voteLine(f, names[vote.By], vote)...)
	}
	if len(missing) > 0 && !m.Ended() {
		lines = append(lines, v.t.Format("votes.missing", map[string]any{"Names": strings.Join(missing, ", ")}))
	}
	return lines, nil
}

// proposalLines are what her companion has written for the board. It is sensitive, so that the card
// itself shows it only to whoever accompanies her.
func (v *visit) proposalLines(m program.Matter) []string {
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == "ajukan" })
	if hers, err := v.accompanies(m.Participant); i < 0 || err != nil || hers {
		return nil
	}
	f, lines := v.Flows[i], []string{}
	for _, step := range []string{"prioritas", "kebutuhan"} {
		if codes := m.Fields[step]; len(codes) > 0 {
			lines = append(lines, v.t.Text(f.NameKey(step))+": "+v.considerations(f, step, codes))
		}
	}
	if said := m.Fields.Get("rekomendasi"); said != "" {
		lines = append(lines, v.t.Format("votes.said", map[string]any{"Text": said}))
	}
	return lines
}

// voted reports whether somebody's vote is among those that count.
func voted(votes []program.Vote, by string) bool {
	return slices.ContainsFunc(votes, func(vote program.Vote) bool { return vote.By == by })
}

// voteLine is one vote: what and why, then the considerations as this person sees them.
func (v *visit) voteLine(f *flow.Flow, name string, vote program.Vote) []string {
	args := map[string]any{"Name": name, "Vote": v.t.Text(f.ChoiceKey("suara", string(vote.Choice))), "Why": ""}
	if vote.Why != "" {
		args["Why"] = " · " + vote.Why
	}
	lines := []string{v.t.Format("votes.line", args)}
	if len(vote.Meets) > 0 {
		lines = append(lines, v.t.Format("votes.meets", map[string]any{"List": v.considerations(f, "memenuhi", vote.Meets)}))
	}
	if len(vote.Lacks) > 0 {
		lines = append(lines, v.t.Format("votes.lacks", map[string]any{"List": v.considerations(f, "belum", vote.Lacks)}))
	}
	return lines
}

// considerations are codes in words.
func (v *visit) considerations(f *flow.Flow, step string, codes []string) string {
	words := make([]string, 0, len(codes))
	for _, code := range codes {
		words = append(words, v.t.Text(f.ChoiceKey(step, code)))
	}
	return strings.Join(words, ", ")
}

// unvoted offers the candidates who wait for this person's vote.
func (v *visit) unvoted() (*flow.FaceButton, error) {
	n, err := v.Store.Unanswered(v.ctx, program.Candidacy, "menunggu", "suara", v.person.ID)
	if err != nil || n == 0 {
		return nil, err
	}
	args := v.names()
	args["Count"] = strconv.Itoa(n)
	return &flow.FaceButton{Label: "🗳 " + v.t.Plain("votes.waiting", args), Action: "matters:" + string(program.Candidacy)}, nil
}
