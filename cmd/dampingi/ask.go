package main

import (
	"errors"
	"fmt"
	"io"
	"os"
	"strings"

	"golang.org/x/term"
)

// errStopped says that the answers ended before the questions.
var errStopped = errors.New("there are no more answers")

// answerMost is beyond any answer, in bytes.
const answerMost = 4096

// asker asks one question at a time, at a terminal or through a pipe, and each until it is answered.
type asker struct {
	w     *world
	hello string // said before the first question, if there is one
}

// atTerminal gives the terminal at which somebody sits.
func (w *world) atTerminal() (*os.File, bool) {
	f, ok := w.in.(*os.File)
	return f, ok && term.IsTerminal(int(f.Fd())) //nolint:gosec // a small number
}

// ask puts a question until check takes the answer, and gives what it made of it. check says what is wrong in a sentence.
func (a *asker) ask(question string, check func(answer string) (value, wrong string)) (string, error) {
	return a.until(question, a.line, check)
}

// secret is ask for what must not be seen on the screen.
func (a *asker) secret(question string, check func(answer string) (value, wrong string)) (string, error) {
	return a.until(question, a.hidden, check)
}

func (a *asker) until(question string, read func() (string, error), check func(string) (string, string)) (string, error) {
	if a.hello != "" {
		fmt.Fprintln(a.w.out, a.hello)
		a.hello = ""
	}
	for {
		fmt.Fprintf(a.w.out, "\n%s\n> ", question)
		answer, err := a.wait(read)
		if err != nil {
			fmt.Fprintln(a.w.out)
			return "", err
		}
		value, wrong := check(strings.TrimSpace(answer))
		if wrong == "" {
			return value, nil
		}
		fmt.Fprintln(a.w.out, wrong)
	}
}

// wait gives up with the command: a terminal that is read cannot be told to stop. What it hides is shown again then.
func (a *asker) wait(read func() (string, error)) (string, error) {
	if f, ok := a.w.atTerminal(); ok {
		fd := int(f.Fd()) //nolint:gosec // a small number
		if as, err := term.GetState(fd); err == nil {
			defer func() { _ = term.Restore(fd, as) }()
		}
	}
	type result struct {
		line string
		err  error
	}
	got := make(chan result, 1)
	go func() {
		line, err := read()
		got <- result{line, err}
	}()
	select {
	case r := <-got:
		return r.line, r.err
	case <-a.w.ctx.Done():
		return "", errStopped
	}
}

// line reads one line and not a byte more: what comes behind it may be hidden.
func (a *asker) line() (string, error) {
	var line []byte
	for one := make([]byte, 1); ; {
		n, err := a.w.in.Read(one)
		switch {
		case n == 1 && one[0] == '\n':
			return string(line), nil
		case n == 1 && len(line) < answerMost:
			line = append(line, one[0])
		case err != nil && len(line) > 0 && errors.Is(err, io.EOF):
			return string(line), nil
		case errors.Is(err, io.EOF):
			return "", errStopped
		case err != nil:
			return "", fmt.Errorf("read the answer: %w", err)
		}
	}
}

// hidden reads one line that a terminal does not show.
func (a *asker) hidden() (string, error) {
	f, ok := a.w.atTerminal()
	if !ok {
		return a.line()
	}
	answer, err := term.ReadPassword(int(f.Fd())) //nolint:gosec // a small number
	fmt.Fprintln(a.w.out)
	if errors.Is(err, io.EOF) {
		return "", errStopped
	}
	if err != nil {
		return "", fmt.Errorf("read the answer: %w", err)
	}
	return string(answer), nil
}
