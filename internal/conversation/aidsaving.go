package conversation

import (
	"fmt"
	"maps"
	"slices"
	"strconv"

	"github.com/dampingi/dampingi/internal/program"
)

// aidConsequences are what follows from reports about capitals.
func aidConsequences() consequences {
	return consequences{
		flowPropose: proposeAid,
		flowApprove: onAid(decideAid),
		flowHalt:    onAid(decideAid),
		flowBook:    onAid(func(*visit, *saving, aidRecords) error { return nil }),
		flowPay:     onAid(payAid),
		flowPlan:    onAid(planAid),
		flowShop:    onAid(shopAid),
		flowStrike:  onAid(strikeAid),
		flowFinish:  onAid(finishShopping),
		flowControl: onAid(controlAid),
	}
}

// aidStageDay is the field with the day on which a capital came to a stage.
func aidStageDay(stage string) string { return "tanggal_" + stage }

// onAid is what every report about a capital needs: that it still fits, and that she agrees to its
// being noted. Calling it off needs no consent.
func onAid(then func(v *visit, s *saving, all aidRecords) error) func(v *visit, s *saving) error {
	return func(v *visit, s *saving) error {
		again := s.was.Last == s.report.ID // it is on record already
		if !again && !slices.Contains(aidStages()[s.f.ID], s.was.Status) {
			return refused{"say.matter_moved_on"}
		}
		ok, err := v.agreedToCapital(s.was.Participant)
		if err != nil {
			return err
		}
		if !ok && s.answer("keputusan") != aidOff {
			return v.notAgreed()
		}
		all, err := v.aidRecords(s.was, s.report.ID)
		if err != nil {
			return err
		}
		if err := then(v, s, all); err != nil {
			return err
		}
		v.dateAid(s, all.looks())
		return nil
	}
}

// notAgreed says that she has not agreed, and who can ask her.
func (v *visit) notAgreed() error {
	if v.may(program.ReportDeed("persetujuan")) {
		return refused{"capital.no_consent"}
	}
	return refused{"capital.no_consent_board"}
}

// dateAid notes since when a capital is where it is, and by when its next step is expected.
func (v *visit) dateAid(s *saving, looks []program.Date) {
	m := s.matter
	if s.f.ID == flowControl {
		looks = append(looks, s.report.OccurredOn)
	}
	delete(m.Fields, "tanggal")
	if m.Status != s.was.Status || s.f.ID == flowBook {
		m.Fields[aidStageDay(m.Status)] = []string{string(s.report.OccurredOn)}
	}
	due := program.CapitalDue(m.Status, program.Date(m.Fields.Get(aidStageDay(m.Status))), looks...)
	m.Due = due.Time(v.Zone)
	if !m.Due.IsZero() {
		m.Due = m.Due.Add(aidDueHour)
	}
}

// proposeAid opens a capital: for whom it makes sense, who agrees, and who has none this year. Nobody
// owns it: whoever accompanies her sees it, and nobody who did before.
func proposeAid(v *visit, s *saving) error {
	m := s.matter
	ok, err := v.agreedToCapital(m.Participant)
	if err != nil {
		return err
	}
	if !ok {
		return v.notAgreed()
	}
	stage, err := v.stageOf(m.Participant)
	if err != nil {
		return err
	}
	if !program.MayHaveCapital(stage) {
		return refused{"capital.not_yet"}
	}
	all, err := v.Store.Matters(v.ctx, program.MatterFilter{Kind: program.Aid, Participant: m.Participant})
	if err != nil {
		return fmt.Errorf("look at her capitals: %w", err)
	}
	for _, other := range all {
		if other.ID != m.ID && other.Year == m.Year && other.Status != aidOff {
			return refused{"capital.this_year"}
		}
	}
	m.Owner = ""
	v.dateAid(s, nil)
	return v.tellDeciders(*m)
}

// decideAid approves a capital, puts it off or calls it off. Whoever proposed it does not approve it.
func decideAid(v *visit, s *saving, _ aidRecords) error {
	m, key := s.matter, "capital.told_approved"
	switch m.Status {
	case aidApproved:
		if m.Author == v.person.ID {
			return refused{"capital.two_people"}
		}
		delete(m.Fields, "alasan")
		if err := v.bringHer(s, program.Capital, program.Bimtek, program.Trading); err != nil {
			return err
		}
	case aidPutOff:
		key = "capital.told_put_off"
	case aidOff:
		key = "capital.told_called_off"
		if err := v.backToTrade(s); err != nil {
			return err
		}
	}
	return v.tellCompanion(m.Participant, key, map[string]any{"Code": m.Code()})
}

// payAid pays a capital out, once there is a plan for it; more than was approved only by the word of
// those who may approve.
func payAid(v *visit, s *saving, all aidRecords) error {
	if len(all.ledger().Plan) == 0 {
		return refused{"capital.no_plan"}
	}
	approved, _ := amountOf(s.was, "jumlah_disetujui")
	if paid, _ := amountOf(*s.matter, "jumlah_cair"); paid > approved {
		switch {
		case !v.may(program.ReportDeed(flowApprove)):
			return refused{"capital.above_ask"}
		case s.answer("lebih") != "ya":
			return refused{"capital.above_confirm"}
		}
	}
	delete(s.matter.Fields, "lebih")
	return v.tellCompanion(s.matter.Participant, "capital.told_paid", map[string]any{"Code": s.matter.Code()})
}

// planAid adds a line to the plan: the report keeps it, and not the matter.
func planAid(_ *visit, s *saving, all aidRecords) error {
	s.matter.Fields = maps.Clone(s.was.Fields)
	if len(all.ledger().Plan) >= program.PlanMost {
		return refused{"capital.plan_full"}
	}
	return nil
}

// shopAid notes what was bought. Spending more than was planned is told, and not refused.
func shopAid(v *visit, s *saving, all aidRecords) error {
	s.matter.Fields = maps.Clone(s.was.Fields)
	ledger := all.ledger()
	if len(ledger.Bought) >= program.ShoppingMost {
		return refused{"capital.shopping_full"}
	}
	s.matter.Status = aidShopping
	price, _ := strconv.ParseInt(s.answer("jumlah"), 10, 64)
	if ledger.Left() < price {
		v.said = "capital.over_plan"
	}
	return nil
}

// strikeAid strikes a line out: it stays on record, and counts no more. What statistics add up of it is
// taken off by a fact of its own.
func strikeAid(_ *visit, s *saving, all aidRecords) error {
	s.matter.Fields = maps.Clone(s.was.Fields)
	no, _ := strconv.Atoi(s.answer("nomor"))
	lines := all.listed(s.was)
	i := slices.IndexFunc(lines, func(l program.CapitalLine) bool { return l.No == no })
	if i < 0 && s.was.Last != s.report.ID {
		return refused{"capital.no_such_line"}
	}
	if i < 0 {
		return nil
	}
	s.matter.Fields[aidStruck] = append(slices.Clone(s.was.Fields[aidStruck]), lines[i].ID)
	field, less := "perkiraan", -lines[i].Amount
	if s.was.Status == aidPaid || s.was.Status == aidShopping {
		field = "jumlah"
	}
	s.report.Facts = append(s.report.Facts, program.Fact{Field: field, Number: &less})
	return nil
}

// finishShopping ends it, with which her business runs; the controls count from that day.
func finishShopping(v *visit, s *saving, all aidRecords) error {
	s.matter.Fields = maps.Clone(s.was.Fields)
	if len(all.ledger().Bought) == 0 {
		return refused{"capital.no_shopping"}
	}
	return v.bringHer(s, program.Trading, program.Capital)
}

// controlAid notes a look at the goods; the one for the last control ends the capital. Of goods that are
// lost or broken somebody else may want to take care as well.
func controlAid(v *visit, s *saving, all aidRecords) error {
	s.matter.Fields = maps.Clone(s.was.Fields)
	shopped := program.Date(s.was.Fields.Get(aidStageDay(aidControl)))
	if s.report.OccurredOn < shopped {
		return refused{"capital.too_early"}
	}
	if program.ControlsDone(shopped, append(all.looks(), s.report.OccurredOn)...) == len(program.ControlDays()) {
		s.matter.Status = aidDone
	}
	if s.answer("ada") == "tidak" || slices.Contains([]string{"rusak", "hilang"}, s.answer("kondisi")) {
		v.said = "capital.goods_trouble"
	}
	return nil
}

// stageOf is where a participant stands; empty when the person may not see her.
func (v *visit) stageOf(code string) (program.Stage, error) {
	all, err := v.visible()
	i := slices.IndexFunc(all, func(p program.Participant) bool { return p.Code == code })
	if err != nil || i < 0 {
		return "", err
	}
	return all[i].Stage, nil
}

// bringHer brings the participant to the stage that follows from a report, from one of these.
func (v *visit) bringHer(s *saving, to program.Stage, from ...program.Stage) error {
	now, err := v.stageOf(s.matter.Participant)
	if err == nil && slices.Contains(from, now) {
		v.stage(s.matter.Participant, now, to, s.report.ID, "")
	}
	return err
}

// backToTrade brings a participant whose capital is called off back to her business, if that is where
// its approval took her from.
func (v *visit) backToTrade(s *saving) error {
	all, err := v.Store.StageChanges(v.ctx, s.matter.Participant, "", "")
	if err != nil {
		return fmt.Errorf("look at her way: %w", err)
	}
	if n := len(all); n == 0 || all[n-1].From != program.Trading || all[n-1].To != program.Capital {
		return nil
	}
	return v.bringHer(s, program.Trading, program.Capital)
}

// tellDeciders tells those who may approve a capital that one is proposed.
func (v *visit) tellDeciders(m program.Matter) error {
	for _, role := range program.Roles() {
		if !v.rights.May(role, program.ReportDeed(flowApprove)) {
			continue
		}
		people, err := v.staff(role)
		if err != nil {
			return err
		}
		for _, p := range people {
			if p.ID != v.person.ID {
				v.tell(p, v.Words(p.Lang).Format("capital.told_proposed", map[string]any{"Code": m.Code(), "Whose": m.Participant}))
			}
		}
	}
	return nil
}
