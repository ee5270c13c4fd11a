package texts

import (
	"errors"
	"fmt"
	"io/fs"
	"maps"
	"slices"
)

// With is a book that also says what the message files at the top of another file system add. They
// add to every language that there is, and change nothing: a key that is there already is a mistake,
// like a language that is not. All mistakes are told.
func (b *Book) With(files fs.FS) (*Book, error) {
	added, err := Load(files)
	if err != nil {
		return nil, err
	}
	var errs []error
	for _, lang := range added.langs {
		if _, ok := b.words[lang]; !ok {
			errs = append(errs, fmt.Errorf("%s.toml: the house does not speak this language", lang))
		}
	}
	all := &Book{words: make(map[string]*Words, len(b.words)), langs: b.langs}
	for _, lang := range b.langs {
		more, ok := added.words[lang]
		if !ok {
			errs = append(errs, fmt.Errorf("%s.toml: the file is missing", lang))
			continue
		}
		words := &Words{lang: lang, tag: b.words[lang].tag, by: maps.Clone(b.words[lang].by)}
		for _, key := range more.keys {
			if _, taken := words.by[key]; taken {
				errs = append(errs, fmt.Errorf("%s.toml: %s: the house says this already", lang, key))
				continue
			}
			words.by[key] = more.by[key]
		}
		words.keys = slices.Sorted(maps.Keys(words.by))
		all.words[lang] = words
	}
	return all, errors.Join(errs...)
}
