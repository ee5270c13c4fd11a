package conversation

import (
	"slices"
	"strconv"

	"github.com/dampingi/dampingi/internal/flow"
	"github.com/dampingi/dampingi/internal/program"
)

// besideAid shows what a question about a capital is about: the lines of which one is struck out, the
// plan that a purchase is held against, and what it comes to when an amount is approved.
func (v *visit) besideAid(f *flow.Flow, run flow.State, m program.Matter) ([]string, error) {
	line := f.ID == flowStrike && (run.At == "" || run.At == "nomor")
	plan := f.ID == flowShop && run.At == "sesuai"
	sum := f.ID == flowApprove && run.At == "jumlah_disetujui"
	if !line && !plan && !sum {
		return nil, nil
	}
	if ok, err := v.agreedToCapital(m.Participant); err != nil || !ok {
		return nil, err
	}
	all, err := v.aidRecords(m, "")
	if err != nil {
		return nil, err
	}
	if !line {
		return v.aidPlan(all.ledger()), nil
	}
	lines := all.listed(m)
	if no, err := strconv.Atoi(answered(f.Told(run), "nomor")); err == nil && run.At == "" {
		lines = slices.DeleteFunc(lines, func(l program.CapitalLine) bool { return l.No != no })
	}
	if m.Status == aidPaid || m.Status == aidShopping {
		return v.boughtLines(lines), nil
	}
	return v.planLines(lines), nil
}
