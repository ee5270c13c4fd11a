package conversation

import (
	"errors"
	"fmt"
	"maps"
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
	"github.com/dampingi/dampingi/internal/turn"
)

// What is known of a partner besides its flows' answers: what it has given so far, and what somebody
// thinks, by the person's id.
const (
	fieldSupports = "dukungan"
	fieldOpinion  = "pendapat."
)

// partnerNoun is how partners (program.md F12) are shown.
func partnerNoun() noun {
	return noun{
		kind: program.Partner, icon: "🤝", title: "matter.partners", word: "mitra",
		label: func(_ *visit, m program.Matter) string { return m.Fields.Get("nama") },
		lines: (*visit).partnerLines,
		hides: func(v *visit, _ program.Matter, field string) bool {
			return !program.PartnerField(v.person.Role, field)
		},
		apart: []string{"bentuk", "cara", "nilai", "tanggal", "tujuan", "hasil", "tindak_lanjut"},
		sieves: []sieve{{"supplier", "🚚", "partners.suppliers", func(m program.Matter) bool {
			return m.Fields.Get("jenis") == "pedagang_besar"
		}}},
	}
}

// partnerConsequences are what follows from reports about partners, permits and the institution.
func partnerConsequences() consequences {
	all := consequences{
		"mitra": (*visit).partnerNews, "mitra_kabar": (*visit).partnerNews,
		"mitra_dukungan": (*visit).partnerSupport, "kunjungan_perusahaan": (*visit).partnerVisited,
		"rencana_kunjungan": (*visit).partnerOuting, "undangan_masuk": (*visit).partnerOuting,
		"minta_pendapat": (*visit).askOpinion, "pendapat": (*visit).tellOpinion,
	}
	maps.Copy(all, permitConsequences())
	maps.Copy(all, profileConsequences())
	return all
}

// partnerNews says by when a partner should be heard of again; what was agreed on earlier holds, where
// it is not asked anew. A partner is nobody's own.
func (v *visit) partnerNews(s *saving) error {
	s.matter.Owner = ""
	agreed := s.answer("tindak_lanjut")
	if _, asked := s.f.Step("tindak_lanjut"); !asked {
		if before := s.was.Fields.Get("tindak_lanjut"); before > string(v.today()) {
			agreed = before
		}
	}
	if agreed == "" {
		delete(s.matter.Fields, "tindak_lanjut")
	}
	s.matter.Due = program.PartnerDue(s.matter.Status, program.Date(agreed), v.now)
	return nil
}

// silentPartners offers to speak with partners of whom something was to be heard by now.
func (v *visit) silentPartners() (*flow.FaceButton, error) {
	all, err := v.matters(program.MatterFilter{Kind: program.Partner, Open: true})
	if err != nil {
		return nil, err
	}
	n := 0
	for _, m := range all {
		if !m.Due.IsZero() && m.Due.Before(v.now) {
			n++
		}
	}
	if n == 0 {
		return nil, nil
	}
	return &flow.FaceButton{Label: "🤝 " + v.t.Plain("partners.silent", map[string]any{"Count": n}), Action: "matters:partner"}, nil
}

// partnerSupport adds to what a partner has given so far.
func (v *visit) partnerSupport(s *saving) error {
	given := s.matter.Fields[fieldSupports]
	s.matter.Fields[fieldSupports] = append(slices.Clone(given), s.answer("tanggal")+" "+s.answer("bentuk"))
	return v.partnerNews(s)
}

// partnerVisited keeps the day and the result of the last visit together: a result that is still to
// come is not that of the visit before.
func (v *visit) partnerVisited(s *saving) error {
	delete(s.matter.Fields, "kunjungan_hasil")
	s.matter.Fields["kunjungan_tanggal"] = []string{s.answer("tanggal")}
	if result := s.answer("hasil"); result != "" {
		s.matter.Fields["kunjungan_hasil"] = []string{result}
	}
	return v.partnerNews(s)
}

// partnerLines tell more of a partner to those who may know it.
func (v *visit) partnerLines(m program.Matter) ([]string, error) {
	var lines []string
	if given := m.Fields[fieldSupports]; len(given) > 0 && program.PartnerField(v.person.Role, "bentuk") {
		lines = append(lines, v.supportLine(m, given))
	}
	if day := m.Fields.Get("kunjungan_tanggal"); day != "" && program.PartnerField(v.person.Role, "kabar") {
		result := m.Fields.Get("kunjungan_hasil")
		if result == "" {
			result = v.t.Text("partners.no_result")
		}
		lines = append(lines, v.t.Format("partners.visit", map[string]any{"Day": v.day(program.Date(day)), "Result": result}))
	}
	outings, err := v.outingLines(m)
	if err != nil {
		return nil, err
	}
	opinions, err := v.opinionLines(m)
	return slices.Concat(lines, outings, opinions), err
}

// supportLine says how often a partner has given something, and what the last was.
func (v *visit) supportLine(m program.Matter, given []string) string {
	day, _, _ := strings.Cut(given[len(given)-1], " ")
	last := []string{v.choiceLabel("mitra_dukungan", "bentuk", m), v.choiceLabel("mitra_dukungan", "cara", m)}
	if worth, err := strconv.ParseInt(m.Fields.Get("nilai"), 10, 64); err == nil && program.PartnerField(v.person.Role, "nilai") {
		last = append(last, bahasa.Lang(v.t.Lang()).Rupiah(worth))
	}
	last = append(last, v.day(program.Date(day)))
	return v.t.Format("partners.support", map[string]any{"Count": len(given), "Last": strings.Join(last, " · ")})
}

// The prompt with which a companion is asked what she thinks; its subject is the partner's id.
const promptOpinion = "opinion"

// askOpinion asks a companion what a partner's social funds would help most with. She answers when
// she likes, as often as she likes: her latest word holds.
func (v *visit) askOpinion(s *saving) error {
	p, err := v.onDuty(s.answer("ditanya"))
	if err != nil {
		return err
	}
	if !v.rights.May(p.Role, program.ReportDeed("pendapat")) {
		return refused{"partners.ask_companion"}
	}
	t := v.Words(p.Lang)
	text := t.Format("partners.asked", map[string]any{"Name": p.Name, "Partner": s.matter.Fields.Get("nama")})
	v.prompt(p, promptOpinion, s.matter.ID, text, flow.FaceButton{Label: "✍️ " + t.Text("partners.write"), Action: "write"})
	return nil
}

// onDuty is somebody who was picked, if she is still here; picking was earlier.
func (v *visit) onDuty(id string) (program.Person, error) {
	p, err := v.Store.Person(v.ctx, id)
	if errors.Is(err, turn.ErrNotFound) || err == nil && (!p.Active || !p.Role.Staff()) {
		return p, refused{"partners.nobody"}
	}
	if err != nil {
		return p, fmt.Errorf("find who was picked: %w", err)
	}
	return p, nil
}

// writeOpinion begins what she was asked for.
func (v *visit) writeOpinion(p turn.Prompt) error {
	f := v.flowNamed("pendapat")
	m, ok, err := v.seen(p.Subject)
	if err != nil {
		return err
	}
	if f == nil || !ok {
		return v.refuse()
	}
	v.fresh = true
	return v.begin(f, flow.Input{Known: v.aboutMatter(f, m)})
}

// tellOpinion keeps what somebody thinks beside what others do, and tells the chairs that it is there.
func (v *visit) tellOpinion(s *saving) error {
	s.matter.Fields[fieldOpinion+v.person.ID] = []string{s.answer("pendapat")}
	delete(s.matter.Fields, "pendapat")
	return v.tellChairs("partners.opinion_came", map[string]any{
		"Who": v.person.Name, "Code": s.matter.Code(), "Partner": s.matter.Fields.Get("nama"),
	})
}

// opinionLines are what people think: to the chair all of it, to others their own.
func (v *visit) opinionLines(m program.Matter) ([]string, error) {
	var lines []string
	for _, field := range slices.Sorted(maps.Keys(m.Fields)) {
		id, is := strings.CutPrefix(field, fieldOpinion)
		if !is || id != v.person.ID && v.person.Role != program.Chair {
			continue
		}
		who, err := v.labelOf(flow.Person, id)
		if err != nil {
			return nil, err
		}
		lines = append(lines, v.t.Format("partners.opinion", map[string]any{"Who": who, "What": m.Fields.Get(field)}))
	}
	return lines, nil
}
