package flow

import (
	"fmt"
	"slices"
	"strings"
)

// Check looks at what a single file cannot show: whether every question can be reached,
// whether two flows or the house's commands start with the same word, and whether the words
// are there in every language, short enough and kind. It gives every mistake it finds.
//
// Texts may also have Keys() []string (all keys, for those that nothing uses and those that
// another language lacks) and Forms(key) []string (the plural forms of a text).
func Check(flows []*Flow, texts ...Texts) []error {
	c := &checker{}
	for _, f := range flows {
		c.deadEnds(f)
		c.reachable(f)
	}
	c.starts(flows)
	for _, t := range texts {
		c.words(flows, t)
	}
	c.languages(texts)
	return c.errs
}

// checker gathers mistakes.
type checker struct {
	errs []error
}

// fail notes a mistake, once: versions of a flow share most of their texts.
func (c *checker) fail(format string, args ...any) {
	err := fmt.Errorf(format, args...)
	same := func(e error) bool { return e.Error() == err.Error() }
	if !slices.ContainsFunc(c.errs, same) {
		c.errs = append(c.errs, err)
	}
}

// keyed are texts that know all their keys.
type keyed interface{ Keys() []string }

// formed are texts that know the plural forms of a key.
type formed interface{ Forms(key string) []string }

// houseWords are the messages that mean something everywhere (program.md 4.6), in their
// canonical spellings: no flow may start with one, and no label may be one, because typing
// it would not give the answer.
func houseWords() []string {
	return []string{
		"batal", "menu", "bantuan", "kunci", "kembali", "lewati", "ulang", "simpan", "mulai",
		"start", "tutup", "berhenti", "stop", "data saya", "datasaya", "selesai", "lanjut", "buang",
		"batalkan", "ubah", "tambah", "catat lagi", "ya", "tidak", "hari ini", "kemarin", "besok",
		"setuju", "hapus", "kirim", "help", "cancel", "back", "skip", "repeat", "save", "done", "edit",
		"ini siapa", "aman", "rangkuman", "bahasa", "jam",
	}
}

// listWords are the messages that show a list where no question is open: no flow may start with one,
// but a label may be one.
func listWords() []string {
	return []string{"kasus", "kegiatan", "tugas", "modal", "seleksi", "mitra", "izin", "usulan", "teman", "tim", "permintaan"}
}

// deadEnds reports a flow that asks nothing, and one that is there twice.
func (c *checker) deadEnds(f *Flow) {
	if !slices.ContainsFunc(f.Steps, func(s Question) bool { return s.Asked != Never && s.Asked != Known }) {
		c.fail("flow %s: no step is ever asked", f.ID)
	}
}

// starts reports words that would start two things.
func (c *checker) starts(flows []*Flow) {
	owner := map[string]string{}
	version := map[string]bool{}
	for _, f := range flows {
		if v := fmt.Sprintf("%s version %d", f.ID, f.Version); version[v] {
			c.fail("flow %s is there twice", v)
		} else {
			version[v] = true
		}
		for _, w := range append([]string{f.Command}, f.Keywords...) {
			word := tidy(w)
			switch {
			case slices.Contains(houseWords(), word) || slices.Contains(listWords(), word):
				c.fail("flow %s: %q is a command of the house", f.ID, w)
			case owner[word] == "":
				owner[word] = f.ID
			case owner[word] != f.ID:
				c.fail("flow %s: %q already starts the flow %s", f.ID, w, owner[word])
			}
		}
	}
}

// tidy is a message as commands are compared: small letters, single spaces, no slash.
func tidy(s string) string {
	return strings.TrimPrefix(strings.Join(strings.Fields(strings.ToLower(s)), " "), "/")
}

// languages reports texts that only some languages have, or that name other values.
func (c *checker) languages(texts []Texts) {
	all := map[string][]string{} // placeholders by key, of the first language that has it
	from := map[string]string{}
	var order []string
	for _, t := range texts {
		k, ok := t.(keyed)
		if !ok {
			continue
		}
		for _, key := range k.Keys() {
			names := placeholders(t.Text(key))
			if first, seen := from[key]; !seen {
				from[key], all[key] = t.Lang(), names
				order = append(order, key)
			} else if !slices.Equal(names, all[key]) {
				c.fail("%s: %s has the placeholders %v, %s has %v", wordsFile(t), key, names, first, all[key])
			}
		}
	}
	slices.Sort(order)
	for _, key := range order {
		for _, t := range texts {
			if _, ok := t.(keyed); ok && !t.Has(key) && !optionalKey(key) {
				c.fail("%s: %s is missing, %s has it", wordsFile(t), key, from[key])
			}
		}
	}
}

// optionalKey reports whether a language may do without a key of its own: one says "Tidak"
// where the other skips as everywhere.
func optionalKey(key string) bool { return strings.HasSuffix(key, ".skip") }

// placeholders lists the names in a text, sorted, each once.
func placeholders(s string) []string {
	var out []string
	for {
		_, after, ok := strings.Cut(s, "{{.")
		if !ok {
			break
		}
		name, rest, ok := strings.Cut(after, "}}")
		if !ok {
			break
		}
		out, s = append(out, name), rest
	}
	slices.Sort(out)
	return slices.Compact(out)
}
