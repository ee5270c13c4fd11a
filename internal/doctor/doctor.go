// Package doctor judges how an institution's bot is set up: from what was found on a machine, it says check by check what is
// good, what is doubtful and what is wrong. It is pure: whoever calls it looks, and puts the findings into words.
package doctor

// Mark is how a check came out.
type Mark string

// The marks, from the best to the worst.
const (
	Good  Mark = "good"
	Doubt Mark = "doubt" // it works, and somebody should look at it
	Wrong Mark = "wrong" // it does not work, or somebody may be harmed
)

// Finding is what one check says. Its sentence is the text "doctor.CHECK_CODE", filled in with Args, which name files, numbers
// and settings, and never a secret or a person.
type Finding struct {
	Check string
	Mark  Mark
	Code  string
	Args  map[string]any
}

// Key is the text that says it.
func (f Finding) Key() string { return "doctor." + f.Check + "_" + f.Code }

// Title is the text that names the check.
func (f Finding) Title() string { return "doctor." + f.Check + "_title" }

// Names are the names of all checks, in the order in which they are told.
func Names() []string {
	var names []string
	for _, c := range checks() {
		names = append(names, c.name)
	}
	return names
}

// check is one row of the table: what is looked at, and the rule that judges it.
type check struct {
	name  string
	judge func(Facts) []finding
}

// finding is a Finding before it has its check's name.
type finding struct {
	mark Mark
	code string
	args args
}

type args = map[string]any

// checks is everything that is looked at, in the order in which it is told: first what the bot is, then the way to Telegram,
// then what is kept. Every code has its sentence in locales/ under [doctor].
func checks() []check {
	return []check{
		{"version", version},   // which build this is
		{"settings", settings}, // the file of settings: whose it is, and who can read the token in it
		{"zone", zone},         // one of Indonesia's zones
		{"token", token},       // there, shaped like one, and known to Telegram
		{"name", name},         // nothing on a lock screen names the institution; no groups
		{"clock", clock},       // this machine's against Telegram's
		{"webhook", webhook},   // the address here and the one there, and whether updates arrive
		{"rival", rival},       // nobody else takes the updates of the same token
		{"service", service},   // the bot serves, and says that it is ready
		{"listen", listen},     // health and metrics are for this machine
		{"data", data},         // the folder: there, and closed to others
		{"owner", owner},       // everything in it belongs to the user of the service
		{"disk", disk},         // room to write
		{"key", key},           // there, closed to others, and apart from the data
		{"database", database}, // opens with that key, sound, of this version
		{"audit", audit},       // nobody changed the records; looked through on request
		{"redis", redis},       // there, writes everything down, throws nothing away
		{"backup", backup},     // there, recent, and none older than may be kept
	}
}

// Look judges the facts. A check that has nothing to look at says nothing.
func Look(f Facts) []Finding {
	var all []Finding
	for _, c := range checks() {
		for _, found := range c.judge(f) {
			all = append(all, Finding{Check: c.name, Mark: found.mark, Code: found.code, Args: found.args})
		}
	}
	return all
}

// Worst is the worst mark there is; Good where there is none.
func Worst(all []Finding) Mark {
	worst := Good
	for _, f := range all {
		if f.Mark == Wrong || f.Mark == Doubt && worst == Good {
			worst = f.Mark
		}
	}
	return worst
}

// one is what a check says that has one thing to say.
func one(mark Mark, code string, with args) []finding { return []finding{{mark, code, with}} }

// orGood is what a check says that found nothing to complain of.
func orGood(found []finding, with args) []finding {
	if len(found) == 0 {
		return one(Good, "good", with)
	}
	return found
}
