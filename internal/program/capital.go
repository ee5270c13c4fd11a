package program

// What is known of a capital besides its stage (program.md 2.1, RencanaBelanja, Belanja,
// KontrolBarang): what is planned, what was bought, and what has become of it.

// How much a capital holds: lines of a plan, and of what was bought.
const (
	PlanMost     = 10
	ShoppingMost = 30
)

// CapitalLine is one line of a plan, or one thing that was bought. Its number is its place among all
// lines that were ever noted, so that it stays the same when another is struck out.
type CapitalLine struct {
	ID       string // the report that noted it
	No       int
	On       Date // of what was bought
	What     string
	Category string
	Amount   int64  // rupiah
	AsPlan   string // of what was bought: ya, sebagian, tidak
}

// Ledger is what a capital is planned for and what it was spent on.
type Ledger struct {
	Plan, Bought []CapitalLine
}

// Planned is the sum of the plan.
func (l Ledger) Planned() int64 { return sum(l.Plan) }

// Spent is the sum of what was bought.
func (l Ledger) Spent() int64 { return sum(l.Bought) }

// Left is what is left of the plan; below zero when more was spent.
func (l Ledger) Left() int64 { return l.Planned() - l.Spent() }

// AsPlanned is how much of what was spent went as it was planned, in whole percent, by rupiah; false
// when nothing was spent.
func (l Ledger) AsPlanned() (int, bool) {
	spent := l.Spent()
	if spent <= 0 {
		return 0, false
	}
	var so int64
	for _, line := range l.Bought {
		if line.AsPlan == "ya" {
			so += line.Amount
		}
	}
	return int(so * 100 / spent), true
}

func sum(lines []CapitalLine) int64 {
	var all int64
	for _, line := range lines {
		all += line.Amount
	}
	return all
}

// MayHaveCapital reports whether a capital can be proposed for somebody at a stage: she has learned
// her trade, or trades already.
func MayHaveCapital(s Stage) bool { return s == Bimtek || s == Capital || s == Trading }

// CapitalStalls is after how many days at one stage a capital waits for too long (program.md 2.7,
// N04), and ShoppingStalls after how many it should have been spent on something (N03).
const (
	CapitalStalls  = 14
	ShoppingStalls = 3
)

// ControlDays are the days after shopping on which somebody looks whether the goods are there.
func ControlDays() []int { return []int{7, 30, 90} }

// controlGrace is how many days before its day a look counts for a control.
const controlGrace = 3

// ControlsDone is how many of the controls are done or passed over: a look counts for the latest control
// whose time has come. A look in between is welcome, and counts for none.
func ControlsDone(shopped Date, looks ...Date) int {
	done := 0
	for i, days := range ControlDays() {
		for _, look := range looks {
			if look >= shopped.AddDays(days-controlGrace) {
				done = i + 1
			}
		}
	}
	return done
}

// CapitalDue is by when the next step of a capital is expected that has been at a stage since a day;
// looks are those at its goods. It is empty when nothing is waited for.
func CapitalDue(status string, since Date, looks ...Date) Date {
	switch status {
	case "selesai", "batal", "ditunda":
		return ""
	case "cair":
		return since.AddDays(ShoppingStalls)
	case "kontrol":
		days, done := ControlDays(), ControlsDone(since, looks...)
		if done == len(days) {
			return ""
		}
		return since.AddDays(days[done])
	}
	return since.AddDays(CapitalStalls)
}
