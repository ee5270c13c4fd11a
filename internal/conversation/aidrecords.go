package conversation

import (
	"encoding/json"
	"slices"

	"github.com/dampingi/dampingi/internal/program"
)

// A capital's plan, what was bought and how it was controlled are not kept beside its reports: they
// are those reports which stand, so that taking one back takes its line away.

// aidStruck is the field of a capital with the reports whose lines were struck out.
const aidStruck = "dicoret"

// aidRecords are the reports of a capital, read.
type aidRecords struct {
	plan, bought []program.CapitalLine // all that were ever noted, those that were struck out too
	struck       []string
	controls     []aidCheck
}

// aidCheck is one look at the goods.
type aidCheck struct {
	On    program.Date
	There string `json:"ada"`
	Used  string `json:"dipakai"`
	State string `json:"kondisi"`
	Note  string `json:"catatan"`
}

// aidRecords reads the standing reports of a capital, but for one (none when empty).
func (v *visit) aidRecords(m program.Matter, but string) (aidRecords, error) {
	all := aidRecords{struck: m.Fields[aidStruck]}
	reports, err := v.Store.MatterReports(v.ctx, m.ID)
	if err != nil {
		return all, err //nolint:wrapcheck // says what it was about
	}
	for _, r := range reports {
		if r.ID != but {
			all.add(r)
		}
	}
	return all, nil
}

// add reads one report.
func (a *aidRecords) add(r program.Report) {
	switch r.Flow {
	case flowPlan:
		a.plan = append(a.plan, aidLine(r, len(a.plan)+1))
	case flowShop:
		a.bought = append(a.bought, aidLine(r, len(a.bought)+1))
	case flowControl:
		check := aidCheck{On: r.OccurredOn}
		_ = json.Unmarshal(r.Answers, &check) // what cannot be read stays empty
		a.controls = append(a.controls, check)
	}
}

// aidLine reads a line of a plan, or of what was bought.
func aidLine(r program.Report, no int) program.CapitalLine {
	var said struct {
		What     string `json:"barang"`
		Category string `json:"kategori"`
		Planned  int64  `json:"perkiraan"`
		Spent    int64  `json:"jumlah"`
		AsPlan   string `json:"sesuai"`
	}
	_ = json.Unmarshal(r.Answers, &said) // what cannot be read stays empty
	return program.CapitalLine{
		ID: r.ID, No: no, On: r.OccurredOn, What: said.What, Category: said.Category, Amount: said.Planned + said.Spent, AsPlan: said.AsPlan,
	}
}

// looks are the days of all looks at the goods.
func (a aidRecords) looks() []program.Date {
	days := make([]program.Date, 0, len(a.controls))
	for _, c := range a.controls {
		days = append(days, c.On)
	}
	return days
}

// ledger is what of it counts: what was not struck out.
func (a aidRecords) ledger() program.Ledger {
	return program.Ledger{Plan: a.standing(a.plan), Bought: a.standing(a.bought)}
}

func (a aidRecords) standing(lines []program.CapitalLine) []program.CapitalLine {
	return slices.DeleteFunc(slices.Clone(lines), func(l program.CapitalLine) bool { return slices.Contains(a.struck, l.ID) })
}

// listed are the lines that can be struck out now: those of the plan, until the capital is paid out,
// and those of what was bought from then on.
func (a aidRecords) listed(m program.Matter) []program.CapitalLine {
	if m.Status == aidPaid || m.Status == aidShopping {
		return a.standing(a.bought)
	}
	return a.standing(a.plan)
}
