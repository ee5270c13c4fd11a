package conversation

import (
	"fmt"
	"slices"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// The stages of a capital, as its life names them.
const (
	aidProposed = "diusulkan"
	aidApproved = "disetujui"
	aidPapers   = "berkas"
	aidBook     = "buku_jadi"
	aidHanded   = "buku_diserahkan"
	aidPaid     = "cair"
	aidShopping = "belanja"
	aidControl  = "kontrol"
	aidDone     = "selesai"
	aidPutOff   = "ditunda"
	aidOff      = "batal"
)

// The flows of a capital.
const (
	flowPropose = "modal_usul"
	flowApprove = "modal_setuju"
	flowHalt    = "modal_henti"
	flowBook    = "modal_tahap"
	flowPay     = "modal_cair"
	flowPlan    = "modal_rencana"
	flowShop    = "modal_belanja"
	flowStrike  = "modal_coret"
	flowFinish  = "modal_beres"
	flowControl = "modal_kontrol"
)

// aidNoun is how capitals (modal usaha, program.md F06) are shown.
func aidNoun() noun {
	return noun{
		kind: program.Aid, icon: "💰", title: "matter.aids", word: "modal",
		label: func(_ *visit, m program.Matter) string { return m.Participant },
		lines: (*visit).aidLines,
		hides: (*visit).aidHides,
		suits: aidSuits, beside: (*visit).besideAid,
	}
}

// aidStages are the stages of a capital at which a flow about it makes sense.
func aidStages() map[string][]string {
	planning := []string{aidProposed, aidApproved, aidPapers, aidBook, aidHanded, aidPutOff}
	granted := []string{aidApproved, aidPapers, aidBook, aidHanded}
	return map[string][]string{
		flowApprove: {aidProposed, aidPutOff},
		flowHalt:    granted,
		flowBook:    {aidApproved, aidPapers, aidBook},
		flowPay:     granted,
		flowPlan:    planning,
		flowShop:    {aidPaid, aidShopping},
		flowStrike:  append([]string{aidPaid, aidShopping}, planning...),
		flowFinish:  {aidShopping},
		flowControl: {aidControl},
	}
}

// aidSuits reports whether a flow fits a capital where it stands. Only what is listed is struck out, and
// while she does not agree to its being noted, it can only be called off. What cannot be read now is
// told when it is saved.
func aidSuits(v *visit, f *flow.Flow, m program.Matter) bool {
	if !slices.Contains(aidStages()[f.ID], m.Status) {
		return false
	}
	if ok, err := v.agreedToCapital(m.Participant); err == nil && !ok {
		return f.ID == flowApprove || f.ID == flowHalt
	}
	if f.ID != flowStrike {
		return true
	}
	all, err := v.aidRecords(m, "")
	return err != nil || len(all.listed(m)) > 0
}

// aidHides reports whether an answer about a capital does not stand on its card: where the money comes
// from is for those who decide, what speaks for her and the amounts have lines of their own, and nothing
// is shown while she does not agree to it.
func (v *visit) aidHides(m program.Matter, field string) bool {
	if ok, err := v.agreedToCapital(m.Participant); err != nil || !ok {
		return true
	}
	switch field {
	case "sumber_dana":
		return !v.may(program.ReportDeed(flowApprove))
	case "prioritas", "jumlah_disetujui", "jumlah_cair":
		return true
	}
	return false
}

// agreedToCapital reports whether a participant has agreed that her capital is noted.
func (v *visit) agreedToCapital(code string) (bool, error) {
	all, err := v.Store.Consents(v.ctx, code)
	if err != nil {
		return false, fmt.Errorf("look at her consents: %w", err)
	}
	return all.Allow(program.CapitalData, program.DateOf(v.now)), nil
}
