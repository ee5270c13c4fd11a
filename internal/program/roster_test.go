package program

import (
	"slices"
	"strings"
	"testing"
	"unicode"
)

// TestNameTrouble walks along the edges of what a nickname and an alias may be.
func TestNameTrouble(t *testing.T) {
	for _, c := range []struct {
		role Role
		name string
		want string
	}{
		{Companion, "Yu", ""},
		{Companion, "Nur'aini", ""},
		{Companion, "H. Ahmad-Yani", ""},
		{Companion, strings.Repeat("a", 24), ""},
		{Companion, strings.Repeat("a", 25), "import.name_length"},
		{Companion, "Y", "import.name_length"},
		{Companion, "", "import.name_missing"},
		{Companion, "Rina 2", "import.name_signs"},
		{Companion, "Rina@kantor", "import.name_signs"},
		{Beneficiary, "Bunga Mawar", ""},
		{Beneficiary, "Séroja", ""},
		{Beneficiary, strings.Repeat("é", 20), ""},
		{Beneficiary, strings.Repeat("é", 21), "import.alias_length"},
		{Beneficiary, "M", "import.alias_length"},
		{Beneficiary, "Nur'aini", "import.alias_signs"},
		{Beneficiary, "Melati 🌷", "import.alias_signs"},
		{Beneficiary, "<b>", "import.alias_signs"},
	} {
		if got := NameTrouble(c.role, c.name); got != c.want {
			t.Errorf("%s %q: %q, want %q", c.role, c.name, got, c.want)
		}
	}
}

// FuzzParseRoster looks at what holds for every file: each mistake has its line and repeats no
// number of a person, and whoever comes through is fit to be put on record.
func FuzzParseRoster(f *testing.F) {
	for _, seed := range []string{
		"peran,nama\npeserta,Melati\n",
		"\ufeffPeran;Nama;Telegram ID\r\npendamping;Rina;1002\r\n;;\r\n",
		"sep=;\nrole;alias;telegram\npeserta;\"Mel\nati\";0812 3456 7890\n",
		"peran\tnama\ttelegram_id\npeserta\tMelati\t6,28E+09\n",
		"peran,nama,nik\npeserta,Melati,1671012345678901\n",
		"peran,nama,pendamping,terakhir_ditengok\npeserta,Melati,Rina,31/02/2026\n\"",
	} {
		f.Add(seed)
	}
	known := []Person{{ID: "r", Role: Companion, Name: "Rina", Chat: 7}, {ID: "M-417", Role: Beneficiary, Name: "Melati"}}
	f.Fuzz(func(t *testing.T, file string) {
		lines, mistakes := ParseRoster(strings.NewReader(file), known, "2026-11-25")
		last := strings.Count(file, "\n") + 1
		for _, m := range mistakes {
			if m.Line < 1 || m.Line > last || !strings.HasPrefix(m.Key, "import.") {
				t.Fatalf("%+v in a file of %d lines", m, last)
			}
			if n := strings.Count(strings.Map(onlyDigits, m.Value), "") - 1; n > longestDate {
				t.Fatalf("%+v repeats a number", m)
			}
		}
		if len(mistakes) > 0 {
			return
		}
		names, chats := map[string]bool{}, map[int64]bool{7: true}
		for _, l := range lines {
			key := nameKey(l.Role, l.Name)
			if names[key] || l.Chat != 0 && chats[l.Chat] || NameTrouble(l.Role, l.Name) != "" || !slices.Contains(Roles(), l.Role) {
				t.Fatalf("came through: %+v", l)
			}
			if strings.ContainsFunc(l.Name, unicode.IsDigit) || l.LastSeen > "2026-11-25" {
				t.Fatalf("came through: %+v", l)
			}
			names[key], chats[l.Chat] = true, true
		}
	})
}
