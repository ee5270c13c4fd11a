package main

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"github.com/alecthomas/kong"
	"github.com/hashicorp/go-envparse"
)

// settingsFile is what stands in the file of settings, by the names that they have in the environment. There need not be one.
type settingsFile struct {
	path   string // "" where none is named and none is at one of the usual places
	found  bool
	values map[string]string
}

// What can be wrong with the file of settings; explain says what to do about it.
var (
	errSettingsMissing = errors.New("there is no such file of settings")
	errSettingsClosed  = errors.New("the file of settings may not be read")
	errSettingsLine    = errors.New("the file of settings cannot be understood")
	errSettingsUnknown = errors.New("the file of settings has names that mean nothing")
)

// settingsTrouble says in which file, and where in it.
type settingsTrouble struct {
	file string
	what string // the line, or the names
	kind error
}

// Error says it in English; explain in the administrator's language.
func (t *settingsTrouble) Error() string { return t.kind.Error() + ": " + t.file + " " + t.what }

// Unwrap gives the kind.
func (t *settingsTrouble) Unwrap() error { return t.kind }

// settingsPlaces is where the file is looked for when nobody names one: where init was run by hand, and where the service has it.
func settingsPlaces() []string { return []string{settingsName, serviceSettings} }

const (
	settingsName    = "dampingi.env"
	serviceSettings = "/etc/dampingi/dampingi.env"
	settingsMost    = 1 << 20
)

// readSettings reads the file that --settings or SETTINGS names, or else the first there is at the usual places. A file that
// is named and not there yet is found false, and no error: init makes it.
func readSettings(args []string, named string, places []string) (settingsFile, error) {
	if path, ok := settingsFlag(args); ok {
		named = path
	}
	if named != "" {
		return openSettings(named)
	}
	for _, path := range places {
		if _, err := os.Stat(path); err != nil && !filepath.IsAbs(path) {
			continue // nor is it here where this user may not look into the folder, such as root's
		}
		if file, err := openSettings(path); file.found || err != nil {
			return file, err
		}
	}
	return settingsFile{}, nil
}

// settingsFlag finds --settings before the command line is parsed, which needs what is in the file.
func settingsFlag(args []string) (path string, ok bool) {
	for i, a := range args {
		switch value, joined := strings.CutPrefix(a, "--settings="); {
		case a == "--":
			return path, ok
		case joined:
			path, ok = value, true
		case a == "--settings" && i+1 < len(args):
			path, ok = args[i+1], true
		}
	}
	return path, ok
}

// openSettings reads one file.
func openSettings(path string) (settingsFile, error) {
	file := settingsFile{path: path}
	f, err := os.Open(path) //nolint:gosec // the administrator names it
	switch {
	case errors.Is(err, fs.ErrNotExist):
		return file, nil
	case errors.Is(err, fs.ErrPermission):
		return file, &settingsTrouble{file: path, kind: errSettingsClosed}
	case err != nil:
		return file, fmt.Errorf("open the settings: %w", err)
	}
	defer f.Close() //nolint:errcheck // only read
	file.found = true
	data, err := io.ReadAll(io.LimitReader(f, settingsMost))
	if err != nil {
		return file, fmt.Errorf("read the settings: %w", err)
	}
	file.values = map[string]string{}
	var wrong []string // its text may repeat a part of a line, and with it of the token
	line := 0
	for text := range bytes.Lines(bytes.TrimPrefix(data, []byte("\ufeff"))) { // some editors put it there
		line++
		values, err := envparse.Parse(bytes.NewReader(text))
		if err != nil || cutShort(string(text)) {
			wrong = append(wrong, strconv.Itoa(line))
		}
		maps.Copy(file.values, values)
	}
	if len(wrong) > 0 {
		return file, &settingsTrouble{file: path, what: strings.Join(wrong, ", "), kind: errSettingsLine}
	}
	return file, nil
}

// cutShort reports whether a line has a # in the middle of a value without quotation marks, where the rest would be taken for a
// comment and a password would lose its end.
func cutShort(line string) bool {
	name, value, _ := strings.Cut(strings.TrimSpace(line), "=")
	if strings.HasPrefix(name, "#") || strings.ContainsAny(value[:min(1, len(value))], `'"`) {
		return false
	}
	at := strings.Index(value, "#")
	return at > 0 && value[at-1] != ' ' && value[at-1] != '\t'
}

// unknown is an error when the file has names that no flag knows: one that is misspelt would be passed over in silence.
func (f settingsFile) unknown(app *kong.Application) error {
	known := map[string]bool{}
	for _, flag := range app.Flags {
		for _, env := range flag.Envs {
			known[env] = true
		}
	}
	delete(known, "SETTINGS") // a file does not name another
	strange := slices.DeleteFunc(slices.Sorted(maps.Keys(f.values)), func(name string) bool { return known[name] })
	if len(strange) == 0 {
		return nil
	}
	return &settingsTrouble{file: f.path, what: strings.Join(strange, ", "), kind: errSettingsUnknown}
}

// resolver gives flags what the file says, unless the environment says something; the demo goes by none of a bot in use.
func (f settingsFile) resolver() kong.Resolver {
	return kong.ResolverFunc(func(ctx *kong.Context, _ *kong.Path, flag *kong.Flag) (any, error) {
		if ctx.Command() == "demo" {
			return nil, nil
		}
		for _, env := range flag.Envs {
			if _, set := os.LookupEnv(env); set {
				return nil, nil
			}
			if value := f.values[env]; value != "" && env != "SETTINGS" {
				return value, nil
			}
		}
		return nil, nil
	})
}

// given are the flags that were set at the command line, in the environment or in the file, by their names: of a value alone
// it cannot be told whether it is the default.
func given(ctx *kong.Context) map[string]*kong.Flag {
	all := map[string]*kong.Flag{}
	for _, step := range ctx.Path {
		if step.Flag != nil {
			all[step.Flag.Name] = step.Flag
		}
	}
	for _, flag := range ctx.Flags() {
		for _, env := range flag.Envs {
			if _, set := os.LookupEnv(env); set {
				all[flag.Name] = flag
			}
		}
	}
	return all
}

// aside reports whether a command works without the institution's records, so that settings which cannot be read are nothing to it.
func aside(command string) bool {
	name, _, _ := strings.Cut(command, " ")
	return slices.Contains([]string{"demo", "flows", "understand", "reminders"}, name)
}

// settingsWritten is the text of a file with these values, below a few lines that say what it is.
func settingsWritten(head string, names []string, values map[string]string) string {
	var b strings.Builder
	for line := range strings.Lines(head) {
		b.WriteString("# " + strings.TrimSpace(line) + "\n")
	}
	for _, name := range names {
		if value, ok := values[name]; ok {
			b.WriteString(name + "=" + quoted(value) + "\n")
		}
	}
	return b.String()
}

// quoted is a value as every reader of such files understands it: plain where it can be, or between double quotes.
func quoted(value string) string {
	plain := func(c rune) bool {
		return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9' || strings.ContainsRune("_-./:@,+%=?&", c)
	}
	if !strings.ContainsFunc(value, func(c rune) bool { return !plain(c) }) {
		return value
	}
	return `"` + strings.NewReplacer(`\`, `\\`, `"`, `\"`).Replace(value) + `"`
}

// settingsPath is where init puts the file when nobody names one: where the service looks, on a machine that is prepared for it.
func settingsPath() string {
	if info, err := os.Stat(filepath.Dir(serviceSettings)); err == nil && info.IsDir() {
		return serviceSettings
	}
	return settingsName
}

// settled refuses to begin with settings that are not those which were meant, for the commands that work on the institution's
// records: what is told of the file stands in the way, or a file that is named and is not there.
func (w *world) settled(parsed *kong.Context, unread error) error {
	command := parsed.Command()
	switch {
	case aside(command):
		return nil
	case unread != nil:
		return unread
	case w.file.path != "" && !w.file.found && command != "init":
		return &settingsTrouble{file: w.file.path, kind: errSettingsMissing}
	}
	return w.file.unknown(parsed.Model)
}
