package conversation

import (
	"slices"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// How capitals, partners, permits and what comes round for the institution are told. Sessions are in
// tellmeetings.go.

// houseTellers are their rows.
func houseTellers() map[string]teller {
	return map[string]teller{
		"N03":  {icon: "🧺", line: (*visit).unspentLine, acts: []act{{"🔍", "remind_house.aid_note", noteAid, nil}, seeAct()}},
		"N03B": {icon: "🧺", line: (*visit).unspentLine, acts: []act{seeAct()}},
		"N04":  {icon: "💰", line: (*visit).stuckLine, acts: []act{seeAct()}},
		"N13":  {icon: "🤝", line: (*visit).silentLine, acts: []act{{"💬", "remind_house.partner_news", subjectFlow("mitra_kabar"), nil}, seeAct()}},
		"P1":   {icon: "📜", line: (*visit).permitLine, acts: []act{{"🔁", "remind_house.permit_renew", subjectFlow("izin_perpanjang"), nil}, seeAct()}},
		"P2":   {icon: "🗓️", line: (*visit).outingAheadLine, acts: []act{seeAct()}},
		"P3": {icon: "🏢", line: (*visit).outingOverLine, acts: []act{
			{"🏢", "remind_house.outing_note", subjectFlow("kunjungan_perusahaan"), nil}, {"🕊️", "remind_house.outing_off", doClose("tidak_jadi"), nil}}},
		"H1": {icon: "🎯", line: (*visit).yearLine, acts: []act{
			{"✏️", "remind_house.year_change", freshFlow("profil"), nil}, {"👌", "remind_house.year_same", doClose("tetap"), nil}}},
		"H2": {icon: "🌱", line: houseLine("remind_house.month"), acts: []act{
			{"🌱", "remind_house.month_note", freshFlow("perbaikan"), nil}, {"🕊️", "remind_house.month_none", doClose(program.NotNeeded), nil}}},
		"H3": {icon: "🌷", line: (*visit).foundedLine, acts: []act{{"🙏", "remind_house.thanks", doClose("dibaca"), nil}}},
	}
}

// seeAct opens the card of what it is about.
func seeAct() act { return act{"👁", "remind_house.see", subjectFlow(""), nil} }

// subjectFlow begins a flow about the matter of a duty; where it does not fit (any more), or is nobody's
// to begin, the card of the matter is shown: what can be done stands there.
func subjectFlow(id string) func(*visit, duty) error {
	return func(v *visit, d duty) error {
		if d.facts.Matter == nil {
			return v.refuse()
		}
		m, ok, err := v.seen(d.facts.Matter.ID)
		if err != nil {
			return err
		}
		if !ok {
			return v.refuse()
		}
		if f := v.flowNamed(id); f != nil && concerns(f, m.Kind) && !m.Ended() && v.suited(f, m) {
			return v.begin(f, flow.Input{Known: v.aboutMatter(f, m)})
		}
		v.setAside()
		return v.matterOf(m.ID)
	}
}

// houseLine is a line that says the same each time.
func houseLine(key string) func(*visit, duty) (string, error) {
	return func(v *visit, _ duty) (string, error) { return v.t.Text(key), nil }
}

// noteAid begins what a capital waits for: what was bought, or a look at the goods.
func noteAid(v *visit, d duty) error {
	next := flowControl
	if d.facts.Matter != nil && d.facts.Matter.Status == aidPaid {
		next = flowShop
	}
	return subjectFlow(next)(v, d)
}

// unspentLine says since when a capital waits for shopping, or its goods for a look.
func (v *visit) unspentLine(d duty) (string, error) {
	m, key := d.facts.Matter, "remind_house.control"
	if m.Status == aidPaid {
		key = "remind_house.unspent"
	}
	since := program.Date(m.Fields.Get(aidStageDay(m.Status)))
	return v.t.Format(key, map[string]any{"Code": m.Participant, "Days": since.DaysUntil(v.today())}), nil
}

// stuckLine says for how many weeks a capital has been at its stage.
func (v *visit) stuckLine(d duty) (string, error) {
	m := d.facts.Matter
	since := program.Date(m.Fields.Get(aidStageDay(m.Status)))
	return v.t.Format("remind_house.stuck", map[string]any{
		"Code": m.Code(), "Whose": m.Participant, "Weeks": since.DaysUntil(v.today()) / oneWeek, "Stage": v.t.Text(statusKey(m.Matter)),
	}), nil
}

// silentLine says what was agreed on with a partner, or for how long there was no news.
func (v *visit) silentLine(d duty) (string, error) {
	m := d.facts.Matter
	args := map[string]any{"Code": m.Code(), "Name": m.Fields.Get("nama"), "Days": m.Changed.DaysUntil(v.today())}
	if agreed := m.Fields.Get("tindak_lanjut"); agreed != "" {
		args["Day"] = v.day(program.Date(agreed))
		return v.t.Format("remind_house.partner_agreed", args), nil
	}
	return v.t.Format("remind_house.partner_silent", args), nil
}

// permitLine says for how long a permit is still good.
func (v *visit) permitLine(d duty) (string, error) {
	m, key := d.facts.Matter, "permits.soon"
	days, _ := program.PermitLeft(m.Day, v.today())
	if days == 0 {
		key = "permits.today"
	}
	return v.t.Format(key, map[string]any{"Name": m.Fields.Get("nama"), "Days": days, "Code": m.Code()}), nil
}

// outingAheadLine says where somebody goes.
func (v *visit) outingAheadLine(d duty) (string, error) {
	return v.outingLine(d, "remind_house.outing_ahead", func(o program.Outing) bool {
		return o.Who == d.Person && o.When.Equal(d.Until)
	}), nil
}

// outingOverLine asks what became of going there.
func (v *visit) outingOverLine(d duty) (string, error) {
	return v.outingLine(d, "remind_house.outing_over", func(o program.Outing) bool {
		return program.DateOf(o.When.In(v.Zone)).AddDays(1) == program.DateOf(d.Due.In(v.Zone))
	}), nil
}

// outingLine tells of the outing of a partner that is meant.
func (v *visit) outingLine(d duty, key string, meant func(program.Outing) bool) string {
	args := map[string]any{"Partner": d.facts.Matter.Fields.Get("nama"), "When": "", "What": ""}
	if i := slices.IndexFunc(d.facts.Matter.Outings, meant); i >= 0 {
		o := d.facts.Matter.Outings[i]
		args["When"], args["What"] = v.moment(o.When), o.What
	}
	return v.t.Format(key, args)
}

// yearLine asks how many are to be reached, and says what is on record.
func (v *visit) yearLine(d duty) (string, error) {
	fields := d.facts.House.Profile.Fields
	estimate, target := fields.Get("perkiraan_sasaran"), fields.Get("target_binaan")
	if estimate == "" && target == "" {
		return v.t.Text("remind_house.year"), nil
	}
	args := map[string]any{"Estimate": orDash(estimate), "Target": orDash(target)}
	return v.t.Format("remind_house.year_known", args), nil
}

// orDash is a figure, or a dash for none.
func orDash(figure string) string {
	if strings.TrimSpace(figure) == "" {
		return "–"
	}
	return figure
}

// foundedLine says how old the institution is today.
func (v *visit) foundedLine(d duty) (string, error) {
	founded := program.Date(d.facts.House.Profile.Fields.Get("tanggal_berdiri"))
	return v.t.Format("remind_house.founded", map[string]any{"Years": v.now.Year() - founded.Time(v.Zone).Year()}), nil
}
