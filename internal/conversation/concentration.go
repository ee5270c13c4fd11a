package conversation

import (
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// Concentration (program.md F03): first the field, which is her choice, then what she will learn in it.

// chosen plans the field that she has chosen. With both steps taken, her way goes on.
func (v *visit) chosen(s *saving) error {
	code := s.report.Participant
	to := program.Choosing
	if s.answer("olahan")+s.answer("dagangan")+s.answer("layanan") != "" {
		to = program.TemuWicara
	}
	if err := v.advance(s, code, to, program.Choosing); err != nil {
		return err
	}
	v.plan.Way.Chosen = append(v.plan.Way.Chosen, turn.Concentration{Participant: code, Field: s.answer("bidang")})
	v.audit("participant.field", code)
	return nil
}

// unchosen offers to ask those who are accepted for their field.
func (v *visit) unchosen() (*flow.FaceButton, error) {
	n, err := v.standingAt(program.Choosing)
	if err != nil || n == 0 {
		return nil, err
	}
	return &flow.FaceButton{Label: "🧭 " + v.t.Plain("outreach.unchosen", map[string]any{"Count": n}), Action: "next:konsentrasi"}, nil
}
