package main

import (
	"bytes"
	"fmt"
	"io"
	"path/filepath"

	"github.com/dampingi/dampingi/internal/conversation"
	"github.com/dampingi/dampingi/internal/digest"
	"github.com/dampingi/dampingi/internal/handout"
	"github.com/dampingi/dampingi/internal/paper"
)

// digestCmd prints the digest of a week, as the chair gets it.
type digestCmd struct {
	Week string `help:"The ISO week, such as 2026-W47; the last one that is over when there is none."`
	Out  string `help:"A folder for the digest as text, pictures, workbook and PDF." type:"path" placeholder:"DIR"`
}

// Run prints the week, or writes it into files. What has been made once is told as it was.
func (c *digestCmd) Run(w *world, s *Settings) error {
	zone, err := s.zone()
	if err != nil {
		return err
	}
	now := w.now().In(zone)
	week := digest.LastFinished(now)
	if c.Week != "" {
		if week, err = digest.ParseWeek(c.Week); err != nil {
			return usageError{w.wrong("digestcmd.bad_week", map[string]any{"Week": c.Week})}
		}
	}
	if !week.Over(now) {
		return w.wrong("digestcmd.not_over", map[string]any{"Week": week.String()})
	}
	known, err := s.kinds()
	if err != nil {
		return err
	}
	store, _, err := openStore(w.ctx, s, w.now, w.log)
	if err != nil {
		return err
	}
	defer closeStore(w, store)
	figures, err := store.Digest(w.ctx, week)
	if err != nil {
		return err
	}
	words := known.book.For(s.CommandLang)
	speaker := conversation.NewSpeaker(w.ctx, store, known.current, words, zone, words.Text("say.board"))
	speaker.House = s.Institution
	if c.Out == "" {
		_, err = fmt.Fprintln(w.out, whole(figures, speaker))
		return err
	}
	return c.write(w, figures, speaker)
}

// whole is all of a digest, also of one that is too long for one message.
func whole(f digest.Figures, s digest.Speaker) string {
	text, all := f.Text(s)
	if !all {
		text = f.Title(s)
		for _, b := range f.Blocks(s) {
			text += "\n\n" + b.Text()
		}
	}
	return digest.Plain(text)
}

// write writes every form of a digest, unless one of the files is there already.
func (c *digestCmd) write(w *world, f digest.Figures, s digest.Speaker) error {
	pictures, err := handout.Pictures(f, s)
	if err != nil {
		return err
	}
	doc := handout.Document(f, s, pictures)
	book, err := paper.XLSX(doc)
	if err != nil {
		return err
	}
	pdf, err := paper.PDF(doc)
	if err != nil {
		return err
	}
	type file struct {
		name string
		data []byte
	}
	files := []file{{handout.Name(f, ".txt"), []byte(whole(f, s) + "\n")}}
	for _, p := range pictures {
		files = append(files, file{p.Name, p.PNG})
	}
	files = append(files, file{handout.Name(f, ".xlsx"), book}, file{handout.Name(f, ".pdf"), pdf})
	for _, one := range files {
		if err := free(w, filepath.Join(c.Out, one.name)); err != nil {
			return err
		}
	}
	for _, one := range files {
		path := filepath.Join(c.Out, one.name)
		if err := writeOut(w, path, func(to io.Writer) error { _, err := io.Copy(to, bytes.NewReader(one.data)); return err }); err != nil {
			return err
		}
		fmt.Fprintln(w.out, path)
	}
	return nil
}
