package discreet

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"github.com/dampingi/dampingi/internal/program"
)

// lockScreen is how many characters of a message are seen without a tap (safety.md 3.5 rule 2).
const lockScreen = 100

// values are what might be filled in somewhere, by her or by who writes about her.
func values() *rapid.Generator[string] {
	telling := slices.Concat(NeverSaid(), unsayable(), exposing())
	return rapid.OneOf(
		rapid.SampledFrom([]string{"Melati", "Mawar", "Bu RT", "<b>Melati</b>", "{{.Noun}}", "M-417", "0812 7741 0233", "Rp2.000.000", "warung pempek"}),
		rapid.SampledFrom(telling),
		rapid.Custom(func(t *rapid.T) string { // hidden among other things
			w := rapid.SampledFrom(telling).Draw(t, "word")
			return rapid.SampledFrom([]string{"jadi " + w + " lagi", strings.ToUpper(w), w + "nya", strings.Join(strings.Split(w, ""), "."), "<i>" + w + "</i>"}).Draw(t, "hidden")
		}),
		rapid.String(),
	)
}

// contacts are all that can be agreed with somebody.
func contacts() *rapid.Generator[program.Contact] {
	return rapid.Custom(func(t *rapid.T) program.Contact {
		return program.Contact{
			Chat: program.ChatYes, Word: values().Draw(t, "word"), Cover: rapid.Int().Draw(t, "cover"),
			Phone: rapid.SampledFrom([]program.PhoneUse{program.PhoneOwn, program.PhoneFamily, program.PhoneBorrowed, program.PhoneUnknown, ""}).Draw(t, "phone"),
			Mode:  rapid.SampledFrom([]program.OpenMode{program.OpenFirst, program.OpenAtOnce, ""}).Draw(t, "mode"),
			Theme: rapid.SampledFrom(append(program.Themes(), "", "Melati", "bimtek")).Draw(t, "theme"),
		}
	})
}

// TestNoLineTells puts every template, with every theme and way of opening, on a lock screen, with days,
// hours, nouns and places of any kind.
func TestNoLineTells(t *testing.T) {
	all := languages(t)
	rapid.Check(t, func(t *rapid.T) {
		f := Fill{Noun: Noun(rapid.Byte().Draw(t, "noun")), Place: Place(rapid.Byte().Draw(t, "place")), Now: now()}
		f.At = now().Add(time.Duration(rapid.IntRange(-48, 24*40).Draw(t, "hours")) * time.Hour)
		f.Was = now().Add(time.Duration(rapid.IntRange(-48, 24*40).Draw(t, "was")) * time.Hour)
		c := contacts().Draw(t, "contact")
		for _, words := range all {
			for tm := Template(1); tm < templates; tm++ {
				line := Compose(words, tm, f, c).String()
				seen := []rune(shown(line))
				if first := string(seen[:min(len(seen), lockScreen)]); line != emptiest {
					checkLockScreen(t, words.Lang(), first)
				}
				if word, bad := Forbidden(line); bad {
					t.Fatalf("%s: template %d says %q: %s", words.Lang(), tm, word, line)
				}
				if c.Opens() != program.OpenAtOnce && wordings()[tm].timed && strings.ContainsFunc(line, func(r rune) bool { return '0' <= r && r <= '9' }) {
					t.Fatalf("%s: template %d tells a time where nothing may be seen: %s", words.Lang(), tm, line)
				}
			}
			checkLockScreen(t, words.Lang(), Cover(words, c).String())
		}
	})
}

// TestNoPageTells fills every page with what must never be said, in whatever way it is hidden.
func TestNoPageTells(t *testing.T) {
	all := languages(t)
	rapid.Check(t, func(t *rapid.T) {
		key := PageKey(rapid.ByteRange(1, byte(pageKeys)-1).Draw(t, "page"))
		value := values().Draw(t, "value")
		for _, words := range all {
			page := Open(words, key, valuesFor(words.Text(pageTexts()[key]), value)).String()
			if word, bad := Unsayable(page); bad {
				t.Fatalf("%s: page %s says %q: %s", words.Lang(), fmt.Sprint(key), word, page)
			}
		}
	})
}
