package guide

import (
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// scopes says who has a right, and over whom where that makes a difference.
func (g *Guide) scopes(deed program.Deed, whom bool) string {
	var parts []string
	for _, scope := range []program.Scope{program.Everybody, program.Hers, program.Own} {
		var roles []string
		for _, role := range program.Roles() {
			if g.Rights.Scope(role, deed) == scope {
				roles = append(roles, g.role(role))
			}
		}
		if len(roles) == 0 {
			continue
		}
		said := strings.Join(roles, ", ")
		switch {
		case whom && scope == program.Everybody:
			said = g.say("guide.who_all", map[string]any{"Roles": said})
		case whom && scope == program.Hers:
			said = g.say("guide.who_hers", map[string]any{"Roles": said})
		}
		parts = append(parts, said)
	}
	return strings.Join(parts, "; ")
}

// role is what a role is called.
func (g *Guide) role(r program.Role) string { return g.text("role." + string(r)) }

// saves says what is on record afterwards.
func (p *page) saves() string {
	f := p.f
	var parts []string
	switch f.Save.As {
	case flow.AsContact:
		parts = append(parts, p.text("guide.saves_contact"))
	case flow.AsConsent:
		parts = append(parts, p.text("guide.saves_consent"))
	case flow.AsReport:
		parts = append(parts, p.text("guide.saves_report"))
	}
	if f.Save.Opens != "" {
		parts = append(parts, p.becomes("guide.opens", program.MatterKind(f.Save.Opens)))
	}
	if f.Save.Moves != "" {
		parts = append(parts, p.becomes("guide.moves", program.MatterKind(f.Save.Moves)))
	}
	if len(f.Save.FollowUps) > 0 {
		parts = append(parts, p.text("guide.reminds"))
	}
	return strings.Join(parts, "; ")
}

// becomes says what a matter is then: its kind, and its status.
func (p *page) becomes(key string, kind program.MatterKind) string {
	said := p.say(key, map[string]any{"Kind": p.kind(kind)})
	var statuses []string
	if p.f.Save.To != "" {
		statuses = []string{p.text("status." + string(kind) + "." + p.f.Save.To)}
	}
	if st, ok := p.f.Step(p.f.Save.ToOf); ok {
		for _, o := range st.Choices {
			statuses = append(statuses, p.text(p.f.ChoiceKey(st.Name, o.Code)))
		}
	}
	if len(statuses) == 0 {
		return said
	}
	return said + " → " + strings.Join(statuses, " / ")
}

// reads says who can read it afterwards.
func (p *page) reads() string {
	f := p.f
	kind := program.MatterKind(f.Save.Opens + f.Save.Moves) // one of them is empty
	if f.About.Matter() {
		kind = program.MatterKind(f.About)
	}
	var parts []string
	switch {
	case f.Save.As != flow.AsReport:
		return p.scopes(program.SafeContact, true)
	case kind != "":
		parts = append(parts, p.say("guide.reads_card", map[string]any{"Kind": p.kind(kind), "Who": p.scopes(program.SeeDeed(kind), true)}))
	case f.About == flow.Participant:
		parts = append(parts, p.say("guide.reads_notes", map[string]any{"Who": p.scopes(program.OpenNotes, false)}))
	default:
		parts = append(parts, p.text("guide.reads_nobody"))
	}
	for i := range f.Steps {
		if f.Steps[i].Sensitive {
			return strings.Join(append(parts, p.text("guide.reads_sensitive")), ". ")
		}
	}
	return strings.Join(parts, ". ")
}

// kind is what the matters of a kind are called.
func (g *Guide) kind(k program.MatterKind) string {
	for _, one := range []struct {
		kind program.MatterKind
		key  string
	}{
		{program.Case, "matter.cases"}, {program.Session, "matter.sessions"}, {program.Task, "matter.tasks"}, {program.Aid, "matter.aids"},
		{program.Partner, "matter.partners"}, {program.Candidacy, "matter.selections"}, {program.Proposal, "matter.proposals"}, {program.Permit, "matter.permits"},
		{program.Profile, "guide.profile"},
	} {
		if one.kind == k {
			return strings.ToLower(g.text(one.key))
		}
	}
	return string(k)
}
