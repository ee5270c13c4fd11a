// Package flows holds the flow files that come with the house, and their older versions.
package flows

import (
	"embed"
	"errors"
	"fmt"
	"io/fs"
	"path"
	"strings"

	"github.com/dampingi/dampingi/internal/flow"
)

// Files are the flow files: the current ones at the top, older versions in archive/.
//
//go:embed *.yaml archive
var Files embed.FS

// All gives the current flows, sorted by file name.
func All() ([]*flow.Flow, error) { return Read(Files, ".") }

// Archive gives the older versions: conversations that started with them go on with them,
// and their reports keep their words.
func Archive() ([]*flow.Flow, error) { return Read(Files, "archive") }

// Read parses the flow files of a directory, sorted by file name. Every mistake of every
// file is in the error. A file bears its flow's id: id.yaml, or id-version.yaml in an archive.
func Read(files fs.FS, dir string) ([]*flow.Flow, error) {
	names, err := fs.Glob(files, path.Join(dir, "*.yaml"))
	if err != nil {
		return nil, fmt.Errorf("list flows: %w", err)
	}
	var out []*flow.Flow
	var errs []error
	for _, name := range names {
		data, err := fs.ReadFile(files, name)
		if err != nil {
			errs = append(errs, fmt.Errorf("read flow: %w", err))
			continue
		}
		f, err := flow.Parse(name, data)
		if err != nil {
			errs = append(errs, err)
			continue
		}
		base := strings.TrimSuffix(path.Base(name), ".yaml")
		if base != f.ID && base != fmt.Sprintf("%s-%d", f.ID, f.Version) {
			errs = append(errs, fmt.Errorf("%s:1:1: the flow %q, version %d, is not what the file's name says", name, f.ID, f.Version))
		}
		out = append(out, f)
	}
	return out, errors.Join(errs...)
}
