package main

import (
	"errors"
	"os"
	"os/user"
	"path/filepath"
	"strings"
	"testing"

	"github.com/hashicorp/go-envparse"
	"pgregory.net/rapid"
)

func TestRootMakesNothingForTheService(t *testing.T) {
	there := func(string) (*user.User, error) { return &user.User{}, nil }
	none := func(string) (*user.User, error) { return nil, errors.New("nobody") }
	for _, c := range []struct {
		file   string
		uid    int
		lookup func(string) (*user.User, error)
		want   string
	}{
		{serviceSettings, 0, there, "init.as_root"},
		{serviceSettings, 0, none, ""}, // in a container, for example
		{serviceSettings, 999, there, ""},
		{settingsName, 0, there, ""},
	} {
		if got := rootTrouble(c.file, c.uid, c.lookup).key; got != c.want {
			t.Errorf("%s as %d: %q, want %q", c.file, c.uid, got, c.want)
		}
	}
}

func TestFoldersForData(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "file"), nil, 0o600); err != nil {
		t.Fatal(err)
	}
	if err := os.Mkdir(filepath.Join(dir, "open"), 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.Chmod(filepath.Join(dir, "open"), 0o777); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]string{
		"": "", "a/b/c": "", "open/mine": "", "file": "init.folder_file", "file/below": "init.folder_closed", "open": "init.folder_open", "a\nb": "init.folder_name",
	} {
		if got := folderTrouble(filepath.Join(dir, name)).key; got != want {
			t.Errorf("%q: %q, want %q", name, got, want)
		}
	}
	if got := folderTrouble("~/data").key; got != "init.folder_name" { // no shell stands in for it here
		t.Errorf("~/data: %q", got)
	}
	if left, err := os.ReadDir(dir); err != nil || len(left) != 2 {
		t.Errorf("looking left something behind: %v, %v", left, err)
	}
}

func TestWhatIsWrittenIsWhatIsRead(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		want := rapid.StringMatching(`[ -~äéß🙂"\\#'$=]{0,40}`).Draw(t, "value")
		text := settingsWritten("Kepala\nkedua", []string{"A", "B"}, map[string]string{"A": want, "B": "b"})
		got, err := envparse.Parse(strings.NewReader(text))
		if err != nil || got["A"] != want || got["B"] != "b" || len(got) != 2 {
			t.Fatalf("%q became %q, %v, in:\n%s", want, got["A"], err, text)
		}
	})
}

func TestWhereTheFileOfSettingsIsLookedFor(t *testing.T) {
	dir := t.TempDir()
	first, second := filepath.Join(dir, "first.env"), filepath.Join(dir, "second.env")
	read := func(args []string, named string) string {
		t.Helper()
		file, err := readSettings(args, named, []string{first, second})
		if err != nil {
			t.Fatal(err)
		}
		if !file.found {
			return file.path + "?"
		}
		return filepath.Base(file.path) + " " + file.values["A"]
	}
	if got := read([]string{"serve"}, ""); got != "?" {
		t.Errorf("without any: %s", got)
	}
	for path, text := range map[string]string{first: "\ufeffA=1\r\n", second: "A=2\n"} {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	for _, c := range []struct {
		args  []string
		named string
		want  string
	}{
		{[]string{"serve"}, "", "first.env 1"},
		{[]string{"serve"}, second, "second.env 2"},
		{[]string{"serve", "--settings", second}, first, "second.env 2"},
		{[]string{"--settings=" + second, "serve"}, first, "second.env 2"},
		{[]string{"understand", "yesno", "--", "--settings=nowhere"}, "", "first.env 1"},
		{[]string{"--settings"}, "", "first.env 1"}, // the command line is refused anyway
		{[]string{"serve"}, "nowhere.env", "nowhere.env?"},
	} {
		if got := read(c.args, c.named); got != c.want {
			t.Errorf("%v, %q: %s, want %s", c.args, c.named, got, c.want)
		}
	}
}
