package program

import (
	"bytes"
	"encoding/csv"
	"errors"
	"io"
	"slices"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// RosterLine is one person of a roster, as a CSV file tells.
type RosterLine struct {
	Line          int
	Role          Role
	Name          string // staff: a nickname; participants: an alias
	Chat          int64  // Telegram id; 0 when she gets an invitation
	Companion     string // participants: a companion's id, or a name in the same file
	Second        string // participants: who stands in for her, likewise
	Stage         Stage
	Concentration string
	LastSeen      Date
	Agreed        ConsentWay // participants: how she agreed to be accompanied; empty when she has not been asked yet
}

// Mistake is one thing that is wrong in a file, with its place; Key is what to say about it.
type Mistake struct {
	Line   int
	Column string
	Key    string // under "import." in locales
	Value  string // what was written there; never a number that belongs to a person
}

// The columns of a roster, in Bahasa Indonesia or in English.
var rosterColumns = map[string]string{ //nolint:gochecknoglobals // a table, never changed
	"peran": "role", "role": "role",
	"nama": "name", "name": "name", "alias": "name",
	"telegram_id": "telegram_id", "telegram": "telegram_id", "id_telegram": "telegram_id",
	"pendamping": "companion", "companion": "companion",
	"pendamping_kedua": "second", "second_companion": "second",
	"tahap": "stage", "stage": "stage",
	"konsentrasi": "concentration", "concentration": "concentration",
	"persetujuan": "consent", "consent": "consent",
	"terakhir_ditengok": "last_seen", "last_seen": "last_seen",
}

// What must not be in the bot at all, whatever the column is called (program.md 2.1): a
// column is refused when one of these is among its words.
var forbiddenWords = []string{ //nolint:gochecknoglobals // a table, never changed
	"nik", "kk", "ktp", "lengkap", "asli", "alamat", "address", "rt", "rw", "telepon", "telp", "hp", "phone", "wa", "whatsapp",
	"lahir", "birth", "umur", "usia", "email", "foto", "photo", "agama", "nikah", "suami", "anak", "rekening", "bank",
}

// rosterMost is the largest file that is read; a roster of ten thousand is smaller.
const rosterMost = 4 << 20

// ParseRoster reads a roster and all its mistakes. known are the people who are on record
// already, whom participants may be assigned to by id or by name; today bounds the days of
// the past. The file may be written with commas or, as Excel in Indonesia does, with
// semicolons.
func ParseRoster(file io.Reader, known []Person, today Date) ([]RosterLine, []Mistake) {
	p := rosterParser{known: known, today: today, names: map[string]int{}, chats: map[int64]int{}}
	data, err := io.ReadAll(io.LimitReader(file, rosterMost+1))
	switch {
	case err != nil || len(data) > rosterMost:
		p.wrong(1, "", "import.unreadable", "")
		return nil, p.mistakes
	case !utf8.Valid(data):
		p.wrong(1, "", "import.encoding", "")
		return nil, p.mistakes
	}
	p.reader = rosterReader(data)
	if p.header() {
		p.body()
		p.companions()
	}
	slices.SortStableFunc(p.mistakes, func(a, b Mistake) int { return a.Line - b.Line })
	return p.lines, p.mistakes
}

// rosterReader reads fields the way the file separates them, which its header tells.
func rosterReader(data []byte) *csv.Reader {
	data = bytes.TrimPrefix(data, []byte("\ufeff"))
	comma := ','
	if line, rest, ok := bytes.Cut(data, []byte("\n")); ok && bytes.HasPrefix(bytes.ToLower(line), []byte("sep=")) {
		// Excel's own hint. Its line stays as an empty one, so that the others keep their numbers.
		data = append([]byte("\n"), rest...)
	}
	head, _, _ := bytes.Cut(bytes.TrimLeft(data, "\r\n"), []byte("\n"))
	for _, c := range []rune{';', '\t'} {
		if bytes.Count(head, []byte(string(c))) > bytes.Count(head, []byte(string(comma))) {
			comma = c
		}
	}
	r := csv.NewReader(bytes.NewReader(data))
	r.Comma, r.FieldsPerRecord, r.TrimLeadingSpace = comma, -1, comma != '\t'
	return r
}

type rosterParser struct {
	reader   *csv.Reader
	known    []Person
	today    Date
	columns  []string
	lines    []RosterLine
	mistakes []Mistake
	names    map[string]int // where a name was first
	chats    map[int64]int
}

// wrong notes a mistake. A value with as many digits as a phone number has is not repeated: it
// would stay on the screen and in whatever is copied from it.
func (p *rosterParser) wrong(line int, column, key, value string) {
	if len(strings.Map(onlyDigits, value)) > longestDate {
		value = "…"
	}
	p.mistakes = append(p.mistakes, Mistake{Line: line, Column: column, Key: key, Value: value})
}

// longestDate is how many digits a date has, which is fewer than a phone number.
const longestDate = 8

func onlyDigits(c rune) rune {
	if c < '0' || c > '9' {
		return -1
	}
	return c
}

// header reads the names of the columns; it tells whether the lines can be read with them.
func (p *rosterParser) header() bool {
	record, err := p.reader.Read()
	if err != nil {
		p.wrong(1, "", "import.empty", "")
		return false
	}
	line, _ := p.reader.FieldPos(0)
	for _, written := range record {
		name := columnName(written)
		column, ok := rosterColumns[name]
		switch {
		case ok && slices.Contains(p.columns, column):
			p.wrong(line, name, "import.column_twice", strings.TrimSpace(written))
		case ok:
		case name == "":
			p.wrong(line, name, "import.column_unnamed", strconv.Itoa(len(p.columns)+1))
		case forbiddenColumn(name):
			p.wrong(line, name, "import.column_forbidden", strings.TrimSpace(written))
		default:
			p.wrong(line, name, "import.column_unknown", strings.TrimSpace(written))
		}
		p.columns = append(p.columns, column)
	}
	there := true
	for _, need := range [][2]string{{"role", "peran"}, {"name", "nama"}} {
		if !slices.Contains(p.columns, need[0]) {
			p.wrong(line, need[0], "import.column_missing", need[1])
			there = false
		}
	}
	return there
}

// columnName is a column's name in small letters, with _ for whatever separates its words.
func columnName(s string) string {
	words := strings.FieldsFunc(strings.ToLower(s), func(c rune) bool { return !unicode.IsLetter(c) && !unicode.IsDigit(c) })
	return strings.Join(words, "_")
}

// forbiddenColumn reports whether a column's name promises what must not be kept here.
func forbiddenColumn(name string) bool {
	return slices.ContainsFunc(strings.Split(name, "_"), func(word string) bool { return slices.Contains(forbiddenWords, word) })
}

// body reads every line.
func (p *rosterParser) body() {
	for {
		record, err := p.reader.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		var syntax *csv.ParseError
		if errors.As(err, &syntax) {
			p.wrong(syntax.StartLine, "", "import.syntax", "")
			continue
		}
		if err != nil {
			p.wrong(len(p.lines)+2, "", "import.unreadable", "")
			return
		}
		if !slices.ContainsFunc(record, func(s string) bool { return strings.TrimSpace(s) != "" }) {
			continue // Excel writes an empty row as its separators
		}
		line, _ := p.reader.FieldPos(0)
		if slices.ContainsFunc(record[min(len(record), len(p.columns)):], func(s string) bool { return strings.TrimSpace(s) != "" }) {
			p.wrong(line, "", "import.too_many_fields", strconv.Itoa(len(record)))
			continue
		}
		p.line(line, record)
	}
	if len(p.lines) == 0 && len(p.mistakes) == 0 {
		p.wrong(1, "", "import.nobody", "")
	}
}
