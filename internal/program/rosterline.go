package program

import (
	"cmp"
	"slices"
	"strconv"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"
)

// line reads one person.
func (p *rosterParser) line(n int, record []string) {
	get := func(column string) string {
		i := slices.Index(p.columns, column)
		if i < 0 || i >= len(record) {
			return ""
		}
		return strings.Join(strings.Fields(record[i]), " ")
	}
	if p.sensitive(n, record) {
		return
	}
	out := RosterLine{Line: n, Name: get("name"), Companion: get("companion"), Second: get("second"), Concentration: columnName(get("concentration"))}
	var err error
	switch role := get("role"); role {
	case "":
		p.wrong(n, "role", "import.role_missing", "")
	default:
		if out.Role, err = ParseRole(role); err != nil {
			p.wrong(n, "role", "import.role", role)
		}
	}
	p.name(n, out)
	if id := get("telegram_id"); id != "" {
		out.Chat = p.chat(n, id)
	}
	if out.Role == Beneficiary {
		p.participant(&out, get("stage"), get("last_seen"))
		p.agreed(&out, get("consent"))
	} else if with := cmp.Or(out.Companion, out.Second); out.Role != "" && with != "" {
		p.wrong(n, "companion", "import.companion_of_staff", with)
	}
	p.lines = append(p.lines, out)
}

// agreed reads how she agreed to be accompanied. Whoever enters a participant says so with it: a
// field that is left open means the form on paper.
func (p *rosterParser) agreed(out *RosterLine, said string) {
	way, err := ParseAgreed(said)
	if err != nil {
		p.wrong(out.Line, "consent", "import.consent", said)
	}
	out.Agreed = way
}

// sensitive finds numbers that belong to a person: they are neither kept nor repeated.
func (p *rosterParser) sensitive(n int, record []string) bool {
	found := false
	for i, field := range record {
		column := ""
		if i < len(p.columns) {
			column = p.columns[i]
		}
		switch digits := digitsOf(field); {
		case len(digits) >= 16:
			p.wrong(n, column, "import.id_number", "")
			found = true
		case column != "last_seen" && phoneLike(field, digits):
			p.wrong(n, column, "import.phone", "")
			found = true
		}
	}
	return found
}

// digitsOf is the digits of a text that has nothing else but what groups them; otherwise none.
func digitsOf(s string) string {
	var b strings.Builder
	for _, c := range strings.TrimSpace(s) {
		switch {
		case c >= '0' && c <= '9':
			b.WriteRune(c)
		case !strings.ContainsRune(" -.+()'", c):
			return ""
		}
	}
	return b.String()
}

// phoneLike is how a phone number betrays itself: by its first digits, or, when Excel has
// taken the zero away, by being longer than any Telegram id.
func phoneLike(s, digits string) bool {
	if len(digits) < 8 {
		return false
	}
	return strings.ContainsRune(s, '+') || digits[0] == '0' ||
		strings.HasPrefix(digits, "62") && len(digits) >= 11 || digits[0] == '8' && len(digits) >= 11
}

// The lengths of nicknames and aliases (program.md 2.1).
const nameLeast, nameMost, aliasMost = 2, 24, 20

// NameTrouble says what is wrong with a nickname or, for a participant, an alias: the key of
// the sentence under "import." in locales, or nothing.
func NameTrouble(role Role, name string) string {
	most, signs, badSigns, badLength := nameMost, " .'-", "import.name_signs", "import.name_length"
	letter := unicode.IsLetter
	if role == Beneficiary {
		most, signs, badSigns, badLength = aliasMost, " ", "import.alias_signs", "import.alias_length"
		// Letters that are written from right to left, or that only look like others, would make
		// a card say something else than it does.
		letter = func(c rune) bool { return unicode.Is(unicode.Latin, c) && unicode.IsLetter(c) }
	}
	switch n := utf8.RuneCountInString(name); {
	case name == "":
		return "import.name_missing"
	case strings.ContainsFunc(name, func(c rune) bool { return !letter(c) && !strings.ContainsRune(signs, c) }):
		return badSigns
	case n < nameLeast || n > most:
		return badLength
	}
	return ""
}

func (p *rosterParser) name(n int, l RosterLine) {
	if key := NameTrouble(l.Role, l.Name); key != "" {
		p.wrong(n, "name", key, l.Name)
		return
	}
	key := nameKey(l.Role, l.Name)
	// Taking the same file in twice must not make everybody twice.
	if slices.ContainsFunc(p.known, func(k Person) bool { return nameKey(k.Role, k.Name) == key }) {
		p.wrong(n, "name", "import.name_known", l.Name)
		return
	}
	if first, ok := p.names[key]; ok {
		p.wrong(n, "name", "import.name_twice", strconv.Itoa(first))
		return
	}
	p.names[key] = n
}

// nameKey is what must be unique in a roster.
func nameKey(r Role, name string) string { return string(r) + " " + strings.ToLower(name) }

func (p *rosterParser) chat(n int, id string) int64 {
	chat, err := strconv.ParseInt(id, 10, 64)
	switch {
	case err != nil && strings.ContainsAny(id, "eE") && strings.ContainsAny(id, "0123456789"):
		p.wrong(n, "telegram_id", "import.telegram_id_shortened", id)
		return 0
	case err != nil || chat <= 0:
		p.wrong(n, "telegram_id", "import.telegram_id", id)
		return 0
	}
	if first, ok := p.chats[chat]; ok {
		p.wrong(n, "telegram_id", "import.telegram_id_twice", strconv.Itoa(first))
		return chat
	}
	p.chats[chat] = n
	if slices.ContainsFunc(p.known, func(k Person) bool { return k.Chat == chat }) {
		p.wrong(n, "telegram_id", "import.telegram_id_taken", "")
	}
	return chat
}

func (p *rosterParser) participant(l *RosterLine, stage, lastSeen string) {
	l.Stage = Registered
	var err error
	if stage != "" {
		if l.Stage, err = ParseStage(columnName(stage)); err != nil {
			p.wrong(l.Line, "stage", "import.stage", stage)
		}
	}
	if lastSeen != "" {
		switch l.LastSeen, err = rosterDate(lastSeen); {
		case err != nil:
			p.wrong(l.Line, "last_seen", "import.date", lastSeen)
		case l.LastSeen > p.today:
			p.wrong(l.Line, "last_seen", "import.date_future", lastSeen)
		}
	}
	if l.Concentration != "" && !slices.Contains(Concentrations(), l.Concentration) {
		p.wrong(l.Line, "concentration", "import.concentration", l.Concentration)
	}
}

// rosterDate reads a day as ISO writes it, or as Excel in Indonesia does, day first.
func rosterDate(s string) (Date, error) {
	if t, err := time.Parse("2/1/2006", strings.ReplaceAll(s, "-", "/")); err == nil {
		return DateOf(t), nil
	}
	return ParseDate(s)
}

// Concentrations are the fields of skill that can be chosen (program.md 2.2).
func Concentrations() []string { return []string{"tata_boga", "dagang", "salon", "kerajinan"} }

// companions checks that everybody who is said to accompany somebody, or to stand in, is one companion.
func (p *rosterParser) companions() {
	for i := range p.lines {
		l := &p.lines[i]
		if l.Role != Beneficiary {
			continue
		}
		said := l.Second
		l.Companion, l.Second = p.mate(l.Line, "companion", l.Companion), p.mate(l.Line, "second", said)
		if said != "" && strings.EqualFold(l.Second, l.Companion) {
			p.wrong(l.Line, "second", "import.second_same", said)
		}
	}
}

// mate is the companion whom a line means: her id when she is on record, and otherwise her name in the
// same file.
func (p *rosterParser) mate(line int, column, said string) string {
	if said == "" || slices.ContainsFunc(p.known, func(k Person) bool { return k.ID == said && k.Role.Accompanies() }) {
		return said
	}
	there, n := "", 0
	for _, k := range p.known {
		if k.Role.Accompanies() && strings.EqualFold(k.Name, said) {
			there, n = k.ID, n+1
		}
	}
	for _, r := range []Role{Companion, Coordinator} {
		if _, here := p.names[nameKey(r, said)]; here {
			n++
		}
	}
	switch {
	case n == 0:
		p.wrong(line, column, "import.companion_unknown", said)
	case n > 1:
		p.wrong(line, column, "import.companion_several", said)
	case there != "":
		return there
	}
	return said
}
