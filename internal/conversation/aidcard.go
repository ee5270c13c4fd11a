package conversation

import (
	"slices"
	"strconv"
	"strings"

	"github.com/dampingi/dampingi/internal/bahasa"
	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// aidLines are what a capital's card tells: what speaks for her, when it came where, the plan against
// what was bought, and the looks at the goods.
func (v *visit) aidLines(m program.Matter) ([]string, error) {
	ok, err := v.agreedToCapital(m.Participant)
	if err != nil {
		return nil, err
	}
	if !ok {
		return []string{v.t.Text("capital.no_consent_card")}, nil
	}
	all, err := v.aidRecords(m, "")
	if err != nil {
		return nil, err
	}
	ticks, err := v.aidTicks(m)
	if err != nil {
		return nil, err
	}
	var lines []string
	if len(ticks) > 0 {
		lines = append(lines, v.t.Format("capital.for_her", map[string]any{"Ticks": "✓ " + strings.Join(ticks, ", ✓ ")}))
	}
	if dates := v.aidDates(m); dates != "" {
		lines = append(lines, dates)
	}
	lines = append(lines, v.aidAmounts(m)...)
	if m.Status == aidProposed && m.Author == v.person.ID && v.may(program.ReportDeed(flowApprove)) {
		lines = append(lines, v.t.Text("capital.wait_other"))
	}
	return slices.Concat(lines, v.aidPlan(all.ledger()), v.aidShopping(all.ledger()), v.aidChecks(m, all.controls)), nil
}

// aidTicks are what speaks for her. That she would like more company is between her, her companion and
// the chair; what sessions she attended is for those who may see them.
func (v *visit) aidTicks(m program.Matter) ([]string, error) {
	var ticks []string
	for _, code := range m.Fields["prioritas"] {
		private := code == "perlu_lebih_sering" && !v.may(program.Accompany) && !v.may(program.OpenNotes)
		if code != "tidak_ada" && !private {
			ticks = append(ticks, v.aidWord(flowPropose, "prioritas", code))
		}
	}
	if !v.may(program.SeeDeed(program.Session)) {
		return ticks, nil
	}
	places, err := v.Store.Attendance(v.ctx, "", m.Participant)
	if err != nil {
		return nil, err //nolint:wrapcheck // says what it was about
	}
	for _, place := range places {
		if place.Came != program.Present && place.Came != program.Late {
			continue
		}
		session, err := v.Store.Matter(v.ctx, place.Session)
		if err != nil {
			return nil, err //nolint:wrapcheck // says what it was about
		}
		key, ok := map[string]string{
			"penyuluhan_kesehatan": "capital.attended_health", "pemberdayaan_advokasi": "capital.attended_advocacy",
		}[session.Fields.Get("jenis")]
		if ok && !slices.Contains(ticks, v.t.Text(key)) {
			ticks = append(ticks, v.t.Text(key))
		}
	}
	return ticks, nil
}

// aidDates are the days on which a capital came to its stages, in their order.
func (v *visit) aidDates(m program.Matter) string {
	var dates []string
	for _, stage := range []string{
		aidProposed, aidPutOff, aidApproved, aidPapers, aidBook, aidHanded, aidPaid, aidShopping, aidControl, aidDone, aidOff,
	} {
		if day := program.Date(m.Fields.Get(aidStageDay(stage))); day != "" {
			at := m
			at.Status = stage
			dates = append(dates, v.t.Text(statusKey(at))+" "+v.shortDay(day))
		}
	}
	return strings.Join(dates, " → ")
}

// shortDay is a day without its weekday.
func (v *visit) shortDay(d program.Date) string {
	long := v.day(d)
	if _, short, ok := strings.Cut(long, ", "); ok {
		return short
	}
	return long
}

// aidAmounts are what was approved and what was paid out.
func (v *visit) aidAmounts(m program.Matter) []string {
	approved, ok := amountOf(m, "jumlah_disetujui")
	if !ok {
		return nil
	}
	args := map[string]any{"Approved": v.rupiah(approved)}
	paid, ok := amountOf(m, "jumlah_cair")
	if !ok {
		return []string{v.t.Format("capital.approved", args)}
	}
	args["Paid"] = v.rupiah(paid)
	return []string{v.t.Format("capital.paid", args)}
}

// amountOf is an amount that a matter keeps; false for none.
func amountOf(m program.Matter, field string) (int64, bool) {
	n, err := strconv.ParseInt(m.Fields.Get(field), 10, 64)
	return n, err == nil
}

// aidPlan is the plan, line by line.
func (v *visit) aidPlan(l program.Ledger) []string {
	if len(l.Plan) == 0 {
		return []string{v.t.Text("capital.plan_none")}
	}
	lines := append([]string{v.t.Text("capital.plan")}, v.planLines(l.Plan)...)
	return append(lines, v.t.Format("capital.plan_sum", map[string]any{"Planned": v.rupiah(l.Planned())}))
}

// planLines are lines of a plan.
func (v *visit) planLines(all []program.CapitalLine) []string {
	lines := make([]string, 0, len(all))
	for _, line := range all {
		lines = append(lines, v.t.Format("capital.plan_line", v.aidLineWords(flowPlan, line)))
	}
	return lines
}

// boughtLines are lines of what was bought.
func (v *visit) boughtLines(all []program.CapitalLine) []string {
	lines := make([]string, 0, len(all))
	for _, line := range all {
		key := "capital.bought_line"
		if line.AsPlan != "ya" {
			key = "capital.bought_line_other"
		}
		lines = append(lines, v.t.Format(key, v.aidLineWords(flowShop, line)))
	}
	return lines
}

// aidShopping is what was bought, and how it stands to the plan.
func (v *visit) aidShopping(l program.Ledger) []string {
	if len(l.Bought) == 0 {
		return nil
	}
	lines := append([]string{v.t.Text("capital.bought")}, v.boughtLines(l.Bought)...)
	sums := map[string]any{"Planned": v.rupiah(l.Planned()), "Spent": v.rupiah(l.Spent()), "Left": v.rupiah(l.Left()), "Over": v.rupiah(-l.Left())}
	key := "capital.left"
	if l.Left() < 0 {
		key = "capital.over"
	}
	lines = append(lines, v.t.Format(key, sums))
	if percent, ok := l.AsPlanned(); ok {
		lines = append(lines, v.t.Format("capital.as_planned", map[string]any{"Percent": percent}))
	}
	return lines
}

// aidChecks are the looks at the goods. Whoever does not accompany her sees them no closer than needed:
// the chair without the notes, the treasurer only whether the goods are there.
func (v *visit) aidChecks(m program.Matter, all []aidCheck) []string {
	if len(all) == 0 {
		return nil
	}
	hers, err := v.accompanies(m.Participant)
	hers = hers && err == nil
	lines := []string{v.t.Text("capital.controls")}
	for _, c := range all {
		said := []string{v.aidWord(flowControl, "ada", c.There)}
		if hers || v.may(program.OpenNotes) {
			said = append(said, v.aidWord(flowControl, "dipakai", c.Used), v.aidWord(flowControl, "kondisi", c.State))
		}
		if hers {
			said = append(said, c.Note)
		}
		said = slices.DeleteFunc(said, func(s string) bool { return s == "" })
		lines = append(lines, v.t.Format("capital.control_line", map[string]any{"Day": v.shortDay(c.On), "Said": strings.Join(said, ", ")}))
	}
	return lines
}

// aidLineWords are the words of a line.
func (v *visit) aidLineWords(flowID string, l program.CapitalLine) map[string]any {
	return map[string]any{
		"No": l.No, "What": l.What, "Category": v.aidWord(flowID, "kategori", l.Category), "Amount": v.rupiah(l.Amount),
		"Day": v.shortDay(l.On), "AsPlan": strings.ToLower(v.aidWord(flowID, "sesuai", l.AsPlan)),
	}
}

// aidWord is what an answer to a choice is called; empty for none.
func (v *visit) aidWord(flowID, step, code string) string {
	i := slices.IndexFunc(v.Flows, func(f *flow.Flow) bool { return f.ID == flowID })
	if code == "" || i < 0 {
		return ""
	}
	return v.t.Text(v.Flows[i].ChoiceKey(step, code))
}

// rupiah writes an amount.
func (v *visit) rupiah(n int64) string { return bahasa.Lang(v.t.Lang()).Rupiah(n) }
